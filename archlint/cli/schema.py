"""``archlint schema``."""

from __future__ import annotations

from archlint.cli.flags import Output


def schema(output: Output = None) -> int:
    """Print the JSON Schema of the description format, for completion in an editor."""
    from archlint.cli.console import answer  # noqa: PLC0415
    from archlint.report.data import dump  # noqa: PLC0415
    from archlint.vocabulary.schema import json_schema  # noqa: PLC0415

    answer(dump(json_schema()), output)
    return 0
