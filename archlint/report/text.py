"""Findings for a person at a terminal."""

from __future__ import annotations

from archlint.report.checkup import Checkup
from archlint.report.counting import footer


def report(checkup: Checkup) -> str:
    """Every finding that is not suppressed, then a summary; the summary alone where there is none."""
    if not checkup.shown:
        return f"{footer(checkup)}\n"
    from archlint.report.telling import told  # noqa: PLC0415  a clean run has nothing to tell

    return told(checkup)
