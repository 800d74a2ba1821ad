"""The path of a finding, hop by hop, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from archlint.model import Connection, Finding, Site, Style
from archlint.model.tuples import NamedTuple
from archlint.report.paint import Paint, safe

_SAYINGS: Mapping[str, str] = {
    "invoke": "{source} calls {target}",
    "read": "{source} reads {target}",
    "write": "{source} writes to {target}",
    "read_write": "{source} reads and writes {target}",
    "send": "{source} sends to {target}",
    "publish": "{source} publishes to {target}",
    "deliver": "{source} delivers to {target}",
    "poll": "{target} reads from {source}",
    "orchestrate": "{source} runs {target}",
    "authorize": "{target} authorizes for {source}",
    "observe": "{source} watches {target}",
    "redrive": "{source} gives up to {target}",
    "on_failure": "{source} fails to {target}",
    "on_success": "{source} hands its result to {target}",
}
_STYLES = {Style.SYNC: "green", Style.ASYNC: "cyan", Style.ERROR: "red"}


class Hop(NamedTuple):
    """A place of a finding: what is to be seen there, and whether it is the main one."""

    site: Site
    label: str
    primary: bool = False


def saying(edge: Connection) -> str:
    """One connection as a short sentence."""
    ends = {"source": edge.source.id, "target": edge.target.id}
    return _SAYINGS.get(edge.action, "{source} {action} {target}").format(action=edge.action, **ends)


def places(finding: Finding) -> list[Hop]:
    """Every place of a finding once: the main one, the rule's own labels, and a label for each further hop."""
    found = [Hop(finding.site, finding.label, True), *(Hop(one.site, one.message) for one in finding.related)]
    taken = {hop.site for hop in found}
    several = len(finding.path) > 1
    for number, edge in enumerate(finding.path, 1):
        words = saying(edge)
        if edge.site == finding.site and not finding.label:
            found[0] = found[0]._replace(label=words)
        elif edge.site not in taken:
            taken.add(edge.site)
            found.append(Hop(edge.site, f"{number}. {words}" if several else words))
    return found


def path_pieces(path: Sequence[Connection]) -> Iterator[tuple[str, Style | None, str]]:
    """Connections joined to chains: ``(joint, style, id)``; the joint is an arrow, ``""`` or ``;`` where one begins.

    No chain begins with what reads like a connection before it, such as another rule of the same bus.
    """
    here = None
    said = set()
    for edge in path:
        looks = edge.source.id, edge.style, edge.target.id
        if edge.source is not here:
            if looks in said:
                continue
            yield ("" if here is None else ";"), None, edge.source.id
        yield edge.style.arrow, edge.style, edge.target.id
        here = edge.target
        said.add(looks)


def path_line(path: Sequence[Connection]) -> str:
    """Connections in one line: chains joined where one goes on from the other, separate ones after a semicolon."""
    text = ""
    for joint, style, id_ in path_pieces(path):
        text += f" {joint} {id_}" if style else f"{joint}{' ' if joint else ''}{id_}"
    return text


def painted_path(path: Sequence[Connection], paint: Paint, columns: int) -> list[str]:
    """The path in lines of at most ``columns`` cells (0: in one), its arrows in the colours of their styles."""
    lines = [""]
    length = 0
    for joint, style, id_ in path_pieces(path):
        words = len(joint) + len(id_) + 2
        if columns and length and length + words > columns:
            lines.append("  ")
            length = 2
        before = " " if length > 2 and style else ""
        mark = paint(joint, _STYLES[style]) if style else joint
        lines[-1] += f"{before}{mark}{' ' if joint else ''}{safe(id_)}"
        length += words
    return lines
