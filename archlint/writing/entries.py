"""Connections as few, readable entries: chains where one leads on to the next, comma lists where ends are shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from archlint.model import Confidence, Connection, Properties, Style
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import vocabulary
from archlint.writing.scalars import flow, has_unknown

_WIDEST = 90
_LONGEST_CHAIN = 5
_CLOSES = frozenset({"authorize", "observe"})
"""Actions that are no part of what flows on."""


class Entry(NamedTuple):
    """One entry: the chain, its properties as written, what to say beside it, and the place of its first source."""

    chain: str
    properties: str
    comment: str
    order: int


class _Group(NamedTuple):
    """Connections from one source that an arrow with a comma list says."""

    source: str
    arrow: str
    targets: tuple[str, ...]
    properties: str
    comment: str
    goes_on: bool


def entries(edges: Sequence[Connection], names: Mapping[str, str], order: Mapping[str, int]) -> list[Entry]:
    """The entries of one section. ``names`` gives ids their names there, ``order`` the components' places."""
    groups = _grouped(edges, names)
    places = {name: order[id_] for id_, name in names.items() if id_ in order}
    plain = [group for group in groups if not group.properties]
    chained, single = _chains(plain, places)
    rest = _shared([*single, *(group for group in groups if group.properties)], places)
    return sorted([*chained, *rest], key=lambda entry: (entry.order, bool(entry.properties)))


def _grouped(edges: Iterable[Connection], names: Mapping[str, str]) -> list[_Group]:
    """Connections of one source that say the same but for their target, the lists no wider than a line."""
    gathered: dict[tuple[str, str, str, str, bool], list[str]] = {}
    for edge in edges:
        said: Properties = edge.properties
        if edge.confidence is not Confidence.CERTAIN:
            said = {**edge.properties, "confidence": edge.confidence.word}
        properties = flow(said, vocabulary().connection_properties)
        goes_on = edge.style is not Style.ERROR and edge.action not in _CLOSES
        key = (names[edge.source.id], _arrow(edge), properties, _comment(edge), goes_on)
        gathered.setdefault(key, []).append(names[edge.target.id])
    return [
        _Group(source, arrow, tuple(line), properties, comment, goes_on)
        for (source, arrow, properties, comment, goes_on), targets in gathered.items()
        for line in _lines(targets, _WIDEST - len(source))
    ]


def _arrow(edge: Connection) -> str:
    if edge.action == vocabulary().assumed_action(edge.source.type, edge.target.type, edge.style):
        return edge.style.arrow
    shaft = edge.style.arrow[0]
    return f"{shaft}{edge.action}{shaft}>"


def _comment(edge: Connection) -> str:
    parts = []
    if edge.confidence is Confidence.LIKELY:
        parts.append("inferred from a permission")
    elif edge.confidence is Confidence.GUESS:
        parts.append("a guess from a name or a wildcard")
    if any(has_unknown(value) for value in edge.properties.values()):
        parts.append("what is unknown is set outside the input")
    return "; ".join(parts)


def _lines(names: Sequence[str], widest: int) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    width = 0
    for name in names:
        if lines[-1] and width + len(name) > widest:
            lines.append([])
            width = 0
        lines[-1].append(name)
        width += len(name) + 2
    return lines


def _chains(groups: Sequence[_Group], places: Mapping[str, int]) -> tuple[list[Entry], list[_Group]]:
    """Chains of two arrows and more, and the groups that are in none."""
    waiting: dict[str, list[_Group]] = {}
    for group in groups:
        waiting.setdefault(group.source, []).append(group)
    reached = {group.targets[0] for group in groups if len(group.targets) == 1 and group.goes_on}
    starts = sorted(groups, key=lambda group: (group.source in reached, places[group.source]))
    used: set[int] = set()
    chained, single = [], []
    for start in starts:
        if id(start) in used:
            continue
        links = [start]
        used.add(id(start))
        while (following := _following(links, waiting, used)) is not None:
            links.append(following)
            used.add(id(following))
        if len(links) == 1:
            single.append(start)
        else:
            chained.append(Entry(_written(links), "", "", places[start.source]))
    return chained, single


def _following(links: Sequence[_Group], waiting: Mapping[str, list[_Group]], used: set[int]) -> _Group | None:
    last = links[-1]
    if len(links) >= _LONGEST_CHAIN or len(last.targets) != 1 or not last.goes_on:
        return None
    for group in waiting.get(last.targets[0], ()):
        fits = len(_written([*links, group])) <= _WIDEST
        if id(group) not in used and group.goes_on and fits:
            return group
    return None


def _written(links: Sequence[_Group]) -> str:
    return links[0].source + "".join(f" {group.arrow} {', '.join(group.targets)}" for group in links)


def _shared(groups: Sequence[_Group], places: Mapping[str, int]) -> list[Entry]:
    """An entry for each group; sources that say the same of the same targets stand in one."""
    together: dict[tuple[str, tuple[str, ...], str, str], list[str]] = {}
    for group in sorted(groups, key=lambda group: places[group.source]):
        key = (group.arrow, group.targets, group.properties, group.comment)
        together.setdefault(key, []).append(group.source)
    return [
        Entry(f"{', '.join(line)} {arrow} {', '.join(targets)}", properties, comment, places[line[0]])
        for (arrow, targets, properties, comment), sources in together.items()
        for line in _lines(sources, _WIDEST - sum(len(name) + 2 for name in targets))
    ]
