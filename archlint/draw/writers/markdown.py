"""Markdown with a Mermaid flowchart in it, as GitHub and GitLab show it."""

from __future__ import annotations

import re

from archlint.draw.sheet import Sheet
from archlint.draw.writers.mermaid import flowchart, legend_lines

_MARK = re.compile(r"[!-/:-@\[-`{-~]")


def write(sheet: Sheet) -> bytes:
    """The title, the chart and the legend as text."""
    legend = " \u00b7 ".join(legend_lines(sheet))
    lines = [f"# {_text(sheet.scene.title)}", "", "```mermaid", *flowchart(sheet), "```"]
    if legend:
        lines += ["", f"Arrows: {legend}."]
    return ("\n".join(lines) + "\n").encode()


def _text(text: str) -> str:
    """Text in which no mark means anything: HTML's own are entities, the others follow a backslash."""
    entities = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
    return _MARK.sub(lambda found: entities.get(found[0], f"\\{found[0]}"), text)
