"""Several sayings of one connection become one; what a surer one says already is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from archlint.model import UNKNOWN, Confidence, Connection, Style
from archlint.vocabulary import vocabulary

_READ_WRITE = frozenset({"read", "write", "read_write"})
_SENDS = frozenset({"send", "publish"})
_OBJECTS = ("prefix", "suffix")
_TOLD = ("route", "rule", "subscription", *_OBJECTS)
"""Properties that tell when a trigger triggers."""
_APART = (*_TOLD, "attached_to")
"""Properties that tell connections of the same ends, style and action apart."""
_Key = tuple[str, str, Style, str, str]


class Edges:
    """The connections of an architecture in the making, by ends, style, action, and route or rule."""

    def __init__(self) -> None:
        self._edges: dict[_Key, Connection] = {}
        self._undecided: dict[tuple[str, str], Connection] = {}

    def add(self, edge: Connection, *, undecided: bool = False) -> None:
        """Add a connection; one that is undecided is an invocation whose style nothing says."""
        if undecided:
            self._undecided.setdefault((edge.source.id, edge.target.id), edge)
            return
        told = " ".join(str(edge.properties[name]) for name in _APART if name in edge.properties)
        key = (edge.source.id, edge.target.id, edge.style, edge.action, told)
        earlier = self._edges.get(key)
        self._edges[key] = edge if earlier is None else _merged(earlier, edge)

    def settled(self) -> list[Connection]:
        """All connections in the order in which they were added, each said once."""
        edges = _store_access(self._edges)
        edges += _decided(self._undecided.values(), edges)
        edges = _without_impossible_waiting(edges)
        edges = _without_known_permissions(edges)
        edges = _without_known_triggers(edges)
        return _without_weaker(edges)


def _merged(first: Connection, second: Connection) -> Connection:
    """Two sayings of one connection: the surer one's place, the properties of both."""
    surer, other = (first, second) if first.confidence >= second.confidence else (second, first)
    properties = {**other.properties, **surer.properties}
    events = [found for edge in (first, second) if isinstance(found := edge.properties.get("event"), str)]
    if len(events) > 1:
        names = (name for event in events for name in event.split(", "))
        properties["event"] = ", ".join(dict.fromkeys(names))
    return Connection(
        surer.source,
        surer.target,
        surer.style,
        surer.action,
        properties,
        surer.site,
        surer.confidence,
    )


def _store_access(edges: dict[_Key, Connection]) -> list[Connection]:
    """Reading and writing the same store is one connection."""
    kept: dict[_Key, Connection] = {}
    for key, found in edges.items():
        edge = found
        if edge.action not in _READ_WRITE:
            kept[key] = edge
            continue
        group = (*key[:3], "store", "")
        earlier = kept.get(group)
        if earlier is not None and earlier.properties.get("route") != edge.properties.get("route"):
            earlier, edge = _without(earlier, "route"), _without(edge, "route")
        if earlier is not None and _write_differently(earlier, edge):
            earlier, edge = _without(earlier, *_OBJECTS), _without(edge, *_OBJECTS)
        if earlier is None:
            kept[group] = edge
        elif earlier.confidence == edge.confidence and earlier.action != edge.action:
            kept[group] = _with(_merged(earlier, edge), "read_write")
        else:
            kept[group] = _merged(earlier, edge)
    return list(kept.values())


def _write_differently(first: Connection, second: Connection) -> bool:
    """Whether two accesses write other objects of a bucket; a guess says nothing beside what is surer."""
    both = first.confidence == second.confidence or Confidence.GUESS not in (first.confidence, second.confidence)
    writing = "read" not in (first.action, second.action)
    return both and writing and any(first.properties.get(one) != second.properties.get(one) for one in _OBJECTS)


def _without(edge: Connection, *names: str) -> Connection:
    """A connection that does not say what another one between the same two says differently, such as an API's route."""
    kept = {name: value for name, value in edge.properties.items() if name not in names}
    return Connection(edge.source, edge.target, edge.style, edge.action, kept, edge.site, edge.confidence)


def _with(edge: Connection, action: str) -> Connection:
    return Connection(edge.source, edge.target, edge.style, action, edge.properties, edge.site, edge.confidence)


def _decided(undecided: Iterable[Connection], edges: list[Connection]) -> list[Connection]:
    """Invocations whose style nothing says: who keeps failed events is called asynchronously, else the caller waits.

    That it waits is only likely where it has to answer somebody itself; else it is not known whether it does.
    """
    functions = vocabulary().members("function")
    apis = vocabulary().members("api")
    answering = {edge.target.id for edge in edges if edge.source.type in apis and edge.style is Style.SYNC}
    keeps = {
        edge.source.id
        for edge in edges
        if edge.style is Style.ERROR and edge.properties.get("attached_to") in (None, "function")
    }
    called = {
        (edge.source.id, edge.target.id)
        for edge in edges
        if edge.action in ("invoke", "orchestrate", "deliver", "on_success")
    }
    decided = []
    for edge in undecided:
        if (edge.source.id, edge.target.id) in called:
            continue
        target = edge.target
        pushed = target.type in functions and (
            target.id in keeps or "retry_attempts" in target.properties or "max_event_age" in target.properties
        )
        style = Style.ASYNC if pushed else Style.SYNC
        properties = edge.properties
        if not pushed and edge.source.id not in answering:
            properties = {**properties, "fire_and_forget": UNKNOWN}
        decided.append(Connection(edge.source, target, style, edge.action, properties, edge.site, Confidence.GUESS))
    return decided


def _without_impossible_waiting(edges: list[Connection]) -> list[Connection]:
    """A permission to start a workflow in either way does not say that the caller waits: few do, and few can."""
    started = {
        (edge.source.id, edge.target.id)
        for edge in edges
        if edge.style is Style.ASYNC and edge.target.type == "step_functions"
    }
    return [
        edge
        for edge in edges
        if not (
            edge.confidence is not Confidence.CERTAIN
            and edge.style is Style.SYNC
            and edge.target.type == "step_functions"
            and edge.action == "invoke"
            and (edge.source.id, edge.target.id) in started
        )
    ]


def _without_known_permissions(edges: list[Connection]) -> list[Connection]:
    """The permission to receive belongs to the mapping that polls, that to send to the failure destination.

    Both are needed for wiring that is there as a connection of its own, and say nothing more. The name of the queue
    that feeds a function is given to it to delete messages: that it sends there too is no good guess. Nor is it that
    somebody who may do everything with a queue takes messages away from the function that it feeds.
    """
    polled = {(edge.target.id, edge.source.id) for edge in edges if edge.action == "poll"}
    kept = {
        (edge.source.id, edge.target.id) for edge in edges if edge.style is Style.ERROR or edge.action == "on_success"
    }
    queues = vocabulary().members("queue")
    feeding = {queue for _, queue in polled}
    answer = []
    for edge in edges:
        pair = (edge.source.id, edge.target.id)
        permitted = edge.confidence is not Confidence.CERTAIN
        receives = edge.action == "read" and edge.target.type in queues and pair in polled
        reports = edge.style is not Style.ERROR and edge.action != "on_success" and pair in kept
        guessed = edge.confidence is Confidence.GUESS
        sends = guessed and edge.action in _SENDS and pair in polled
        takes = guessed and edge.action == "read" and edge.target.id in feeding and edge.target.type in queues
        if not (permitted and (receives or reports or sends or takes)):
            answer.append(edge)
    return answer


_TRIGGERS = frozenset({"invoke", "deliver", "authorize"})


def _without_known_triggers(edges: list[Connection]) -> list[Connection]:
    """The permission to invoke a function belongs to the trigger that tells when it does (a route, a filter)."""
    told = {
        (edge.source.id, edge.target.id)
        for edge in edges
        if edge.action in _TRIGGERS and (edge.confidence is Confidence.CERTAIN or _is_told(edge))
    }
    return [
        edge
        for edge in edges
        if edge.confidence is not Confidence.LIKELY
        or edge.action not in ("invoke", "deliver")
        or _is_told(edge)
        or (edge.source.id, edge.target.id) not in told
    ]


def _is_told(edge: Connection) -> bool:
    return any(name in edge.properties for name in _TOLD)


def _without_weaker(edges: list[Connection]) -> list[Connection]:
    """A guess beside something surer between the same two says nothing."""
    surest: dict[tuple[str, str], Confidence] = defaultdict(lambda: Confidence.GUESS)
    for edge in edges:
        if edge.style is not Style.ERROR:
            pair = (edge.source.id, edge.target.id)
            surest[pair] = max(surest[pair], edge.confidence)
    return [
        edge
        for edge in edges
        if edge.confidence is not Confidence.GUESS or surest[edge.source.id, edge.target.id] is Confidence.GUESS
    ]
