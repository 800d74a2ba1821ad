"""The reports of ``check``, by name."""

from __future__ import annotations

from archlint.cli.usage import wrong_usage
from archlint.report.checkup import Report, report_named


def known_report(name: str) -> Report:
    """The report of a name; wrong usage with the nearest name if there is none."""
    report = report_named(name)
    if report is not None:
        return report
    from archlint.report.checkup import report_names  # noqa: PLC0415
    from archlint.vocabulary import nearest  # noqa: PLC0415

    names = report_names()
    near = nearest(name, names)
    hint = f"; did you mean `{near}`?" if near else f"; there are {', '.join(names)}"
    message = f"--format: there is no report `{name}`{hint}"
    raise wrong_usage(message)
