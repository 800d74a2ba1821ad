"""From two architectures to a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archlint.diff.comparison import (
    Comparison,
    ComponentDifference,
    ConnectionDifference,
    PropertyChange,
    ServiceDifference,
    Status,
)
from archlint.diff.matching import Match, match, service_pairs
from archlint.diff.views import EXACT, View
from archlint.model import Architecture, Component, Connection, Value
from archlint.vocabulary import vocabulary


def compare(old: Architecture, new: Architecture, view: View = EXACT) -> Comparison:
    """Compare two architectures. Deterministic; renames are recognised by hint, name and shape."""
    return _Comparer(old, new, view).run()


class _Comparer:
    def __init__(self, old: Architecture, new: Architecture, view: View) -> None:
        self._old = old
        self._new = new
        self._view = view
        self._matches = match(old, new, view)
        named = {name: name for name in old.services if name in new.services}
        free = set(new.services) - set(named)
        moved = {a: b for a, b in service_pairs(self._matches).items() if a not in named and b in free}
        self._services = named | moved

    def run(self) -> Comparison:
        return Comparison(
            self._old,
            self._new,
            tuple(self._components()),
            tuple(self._connections()),
            tuple(self._service_differences()),
            () if self._view.loose else tuple(self._settings()),
        )

    def _components(self) -> Iterator[ComponentDifference]:
        by_new = {one.new: one for one in self._matches}
        for component in self._new.components:
            found = by_new.get(component)
            if found is not None:
                yield self._pair(found)
            else:
                status = Status.ADDED if self._view.notices(component) else Status.SAME
                yield ComponentDifference(status, None, component)
        kept = {one.old for one in self._matches}
        for component in self._old.components:
            if component not in kept:
                status = Status.REMOVED if self._view.expects(component) else Status.SAME
                yield ComponentDifference(status, component, None)

    def _pair(self, found: Match) -> ComponentDifference:
        old, new = found.old, found.new
        changes = [PropertyChange("type", old.type, new.type)] if old.type != new.type else []
        defaults = vocabulary().types[new.type].defaults
        changes += self._changes(old.properties, new.properties, defaults, vocabulary().types[new.type].properties)
        moved = not self._view.loose and (
            old.name != new.name or self._services.get(old.service or "", old.service) != new.service
        )
        status = Status.CHANGED if changes or moved else Status.SAME
        return ComponentDifference(status, old, new, tuple(changes), found.because if old.id != new.id else "")

    def _changes(
        self, old: Mapping[str, Value], new: Mapping[str, Value], defaults: Mapping[str, Value], order: Iterable[str]
    ) -> Iterator[PropertyChange]:
        ranks = {name: rank for rank, name in enumerate(order)}
        for name in sorted(old.keys() | new.keys(), key=lambda name: (ranks.get(name, len(ranks)), name)):
            if not self._view.values(name, old, new, defaults.get(name)):
                yield PropertyChange(name, old.get(name), new.get(name))

    def _connections(self) -> Iterator[ConnectionDifference]:
        to_new = {one.old: one.new for one in self._matches}
        between: dict[tuple[Component, Component], list[Connection]] = {}
        for edge in self._old.connections:
            ends = (to_new.get(edge.source), to_new.get(edge.target))
            if ends[0] is not None and ends[1] is not None:
                between.setdefault((ends[0], ends[1]), []).append(edge)
        pairs: dict[Connection, Connection] = {}
        fresh: dict[tuple[Component, Component], list[Connection]] = {}
        for edge in self._new.connections:
            fresh.setdefault((edge.source, edge.target), []).append(edge)
        for key, edges in fresh.items():
            pairs |= self._paired(between.get(key, []), edges)
        for edge in self._new.connections:
            if edge in pairs:
                changes = tuple(self._edge_changes(pairs[edge], edge))
                yield ConnectionDifference(Status.CHANGED if changes else Status.SAME, pairs[edge], edge, changes)
            elif self._is_covered(edge, between.get((edge.source, edge.target), [])):
                yield ConnectionDifference(Status.SAME, None, edge)
            else:
                status = Status.ADDED if self._view.notices_connection(edge) else Status.SAME
                yield ConnectionDifference(status, None, edge)
        kept = set(pairs.values())
        for edge in self._old.connections:
            if edge not in kept:
                yield self._lost(edge, fresh, to_new)

    def _lost(
        self,
        edge: Connection,
        fresh: Mapping[tuple[Component, Component], list[Connection]],
        to_new: Mapping[Component, Component],
    ) -> ConnectionDifference:
        source, target = to_new.get(edge.source), to_new.get(edge.target)
        others = fresh.get((source, target), []) if source is not None and target is not None else []
        covered = self._view.loose and any(self._view.agree(edge, other) for other in others)
        expected = self._view.expects_connection(edge) and not covered
        return ConnectionDifference(Status.REMOVED if expected else Status.SAME, edge, None)

    def _is_covered(self, edge: Connection, others: Iterable[Connection]) -> bool:
        """Whether what is built is described already, in fewer connections."""
        return self._view.loose and any(self._view.agree(other, edge) for other in others)

    def _paired(self, old: Iterable[Connection], new: Iterable[Connection]) -> dict[Connection, Connection]:
        """New connections to old ones between the same ends: the equal ones first, then the most alike."""
        waiting = list(old)
        pairs: dict[Connection, Connection] = {}
        for alike in (self._equal, _same_route, self._view.agree, _same_style, _any):
            for edge in new:
                if edge in pairs:
                    continue
                found = next((other for other in waiting if alike(other, edge)), None)
                if found is not None:
                    pairs[edge] = found
                    waiting.remove(found)
        return pairs

    def _equal(self, old: Connection, new: Connection) -> bool:
        return self._view.agree(old, new) and not any(self._edge_changes(old, new))

    def _edge_changes(self, old: Connection, new: Connection) -> Iterator[PropertyChange]:
        if not self._view.agree(old, new):
            if old.style is not new.style:
                yield PropertyChange("style", old.style.value, new.style.value)
            if old.action != new.action:
                yield PropertyChange("action", old.action, new.action)
        words = vocabulary()
        defaults = {
            name: words.connection_default(name, new.source.type) for name in (*old.properties, *new.properties)
        }
        yield from self._changes(old.properties, new.properties, defaults, words.connection_properties)
        if not self._view.loose and old.confidence is not new.confidence:
            yield PropertyChange("confidence", old.confidence.word, new.confidence.word)

    def _service_differences(self) -> Iterator[ServiceDifference]:
        if self._view.loose:
            return
        back = {new: old for old, new in self._services.items()}
        for name, service in self._new.services.items():
            earlier = self._old.services[back[name]] if name in back else None
            if earlier is None:
                yield ServiceDifference(Status.ADDED, None, service)
                continue
            known = vocabulary().service_properties
            defaults = {key: property_.default for key, property_ in known.items()}
            changes = list(self._changes(earlier.properties, service.properties, defaults, known))
            if earlier.patterns != service.patterns:
                changes.append(PropertyChange("patterns", earlier.patterns, service.patterns))
            status = Status.CHANGED if changes or earlier.name != name else Status.SAME
            yield ServiceDifference(status, earlier, service, tuple(changes))
        for name, service in self._old.services.items():
            if name not in self._services:
                yield ServiceDifference(Status.REMOVED, service, None)

    def _settings(self) -> Iterator[PropertyChange]:
        for name in ("name", "description"):
            before, after = getattr(self._old, name), getattr(self._new, name)
            if before != after:
                yield PropertyChange(name, before, after)
        yield from self._changes(self._old.settings, self._new.settings, {}, vocabulary().architecture_properties)


def _same_route(old: Connection, new: Connection) -> bool:
    same = (old.style, old.action) == (new.style, new.action)
    return same and all(old.properties.get(name) == new.properties.get(name) for name in ("route", "rule", "event"))


def _same_style(old: Connection, new: Connection) -> bool:
    return old.style is new.style


def _any(old: Connection, new: Connection) -> bool:
    del old, new
    return True
