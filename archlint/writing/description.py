"""A whole description: sorted, short, with a comment where something is inferred or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archlint.importers.description import service_name
from archlint.model import Architecture, Component, Connection, Properties, Service, Suppression
from archlint.model.elements import no_properties
from archlint.vocabulary import vocabulary
from archlint.writing.entries import Entry, entries
from archlint.writing.naming import Naming, name_all
from archlint.writing.scalars import flow, has_unknown, pairs, plain_value, text

_WIDEST = 110
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\u024f]")
_MENTIONED = "the code refers to it in another way than a connection"
_UNKNOWN = "what is unknown is set outside the input"
_NONE: Properties = no_properties()


def description_text(architecture: Architecture, sources: Sequence[str] = ()) -> str:
    """The text of a description that says what the architecture says; ``sources`` are the paths it was read from.

    Read again it gives the same graph. Ids that the format does not have are replaced by the nearest ones it has, and
    the property `resource` keeps them.
    """
    return "\n".join(_Writer(architecture).lines(sources)) + "\n"


class _Writer:
    def __init__(self, architecture: Architecture) -> None:
        self._architecture = architecture
        self._naming = name_all(architecture)
        ranks = {name: rank for rank, name in enumerate(vocabulary().types)}
        ordered = sorted(architecture.components, key=lambda found: (ranks[found.type], found.id))
        self._order = {component.id: place for place, component in enumerate(ordered)}
        self._members: dict[str | None, list[Component]] = {}
        self._own: dict[str | None, set[str]] = {}
        for component in ordered:
            place = self._naming.places[component]
            self._members.setdefault(place.service, []).append(component)
            self._own.setdefault(place.service, set()).add(place.name)
        self._edges: dict[str | None, list[Connection]] = {}
        for edge in architecture.connections:
            self._edges.setdefault(self._home(edge), []).append(edge)

    def lines(self, sources: Sequence[str]) -> Iterator[str]:
        architecture = self._architecture
        if sources:
            yield f"# Written by `archlint import` from {_UNPRINTABLE.sub('?', ', '.join(sources))}."
        yield "archlint: 1"
        yield f"name: {text(architecture.name if architecture.name.strip() else 'Architecture')}"
        if architecture.description.strip():
            yield f"description: {text(architecture.description)}"
        for name, shown in pairs(architecture.settings, vocabulary().architecture_properties):
            yield f"{name}: {shown}"
        yield from self._services()
        yield from self._section(None, "")
        yield from self._ignored()

    def _services(self) -> Iterator[str]:
        naming, services = self._naming, self._architecture.services
        if naming.one_service is not None:
            yield from self._one_service(naming.one_service)
            return
        yield "services:" if naming.services else "services: {}"
        for name, written in sorted(naming.services.items(), key=lambda pair: pair[1]):
            service = services.get(name)
            yield f"  {written}:"
            body = [*self._about(service, "    "), *self._section(written, "    ")]
            yield from body or ["    components: {}"]

    def _one_service(self, name: str) -> Iterator[str]:
        service = self._architecture.services.get(name)
        if service is None:
            return
        about = list(self._about(service, "  "))
        if name != service_name(self._architecture.name):
            about.insert(0, f"  name: {text(name)}")
        if about:
            yield "service:"
            yield from about

    def _about(self, service: Service | None, margin: str) -> Iterator[str]:
        if service is None:
            return
        for name, shown in pairs(service.properties, vocabulary().service_properties):
            yield f"{margin}{name}: {shown}"
        if service.patterns:
            yield f"{margin}patterns: {plain_value(service.patterns)}"

    def _section(self, service: str | None, margin: str) -> Iterator[str]:
        """The components and connections that stand in a service, or at the top level."""
        members = self._members.get(service, ())
        if members:
            yield f"{margin}components:"
            for component in members:
                yield from self._component(component, f"{margin}  ")
        edges = self._edges.get(service, ())
        if edges:
            names = self._names(edges, service)
            yield f"{margin}connections:"
            for entry in entries(sorted(edges, key=self._edge_order), names, self._order):
                yield from _entry(entry, f"{margin}  ")

    def _edge_order(self, edge: Connection) -> tuple[int, int, str, str, str]:
        said = flow(edge.properties, vocabulary().connection_properties)
        return self._order[edge.source.id], self._order[edge.target.id], edge.style.value, edge.action, said

    def _names(self, edges: Iterable[Connection], service: str | None) -> Mapping[str, str]:
        ends = {end for edge in edges for end in (edge.source, edge.target)}
        places = self._naming.places
        return {end.id: places[end].name if places[end].service == service else places[end].id for end in ends}

    def _home(self, edge: Connection) -> str | None:
        """The service in which a connection stands: that of its own ends, if each name means the same there."""
        places = self._naming.places
        ends = places[edge.source], places[edge.target]
        scopes = {end.service for end in ends if end.service is not None}
        if len(scopes) != 1:
            return None
        (service,) = scopes
        own = self._own[service]
        return None if any(end.service is None and end.name in own for end in ends) else service

    def _component(self, component: Component, margin: str) -> Iterator[str]:
        name = self._naming.places[component].name
        said = _said(component, self._naming)
        comment = f"   # {_UNKNOWN}" if any(has_unknown(value) for value in said.values()) else ""
        if not said:
            yield f"{margin}{name}: {component.type}"
            return
        known = vocabulary().types[component.type].properties
        short = f"{margin}{name}: {{type: {component.type}, {flow(said, known)}}}"
        if len(short) <= _WIDEST:
            yield f"{short}{comment}"
            return
        yield f"{margin}{name}:{comment}"
        yield f"{margin}  type: {component.type}"
        yield from (f"{margin}  {key}: {shown}" for key, shown in pairs(said, known))

    def _ignored(self) -> Iterator[str]:
        lines = [line for suppression in self._architecture.suppressions for line in self._suppression(suppression)]
        lines += self._mentioned()
        if lines:
            yield "ignore:"
            yield from dict.fromkeys(lines)

    def _suppression(self, suppression: Suppression) -> Iterator[str]:
        """An entry; a comment becomes one for each thing on its line, a connection being named by its source."""
        if suppression.subjects is None:
            about = [suppression.component] if suppression.component else [""]
        else:
            about = sorted({subject if isinstance(subject, str) else subject[0] for subject in suppression.subjects})
        for subject in about:
            named = f"component: {self._subject(subject)}, " if subject else ""
            yield f"  - {{rule: {text(suppression.rule)}, {named}reason: {text(suppression.reason)}}}"

    def _mentioned(self) -> Iterator[str]:
        """What code refers to in a way that is no connection, as an alarm does to its topic, is nobody's orphan."""
        edges = [edge for edge in self._architecture.connections if edge.action != "observe"]
        connected = {end for edge in edges for end in (edge.source, edge.target)}
        for component in self._architecture.components:
            if component.mentioned and component not in connected:
                yield f"  - {{rule: orphan-component, component: {self._subject(component.id)}, reason: {_MENTIONED}}}"

    def _subject(self, id_: str) -> str:
        component = self._architecture.by_id.get(id_)
        return text(self._naming.places[component].id if component else self._naming.services.get(id_, id_))


def _said(component: Component, naming: Naming) -> Properties:
    """The properties to write: with the resource's own id where the component has to have another one."""
    said = dict(component.properties)
    if component.label not in {"", naming.places[component].name.rpartition(".")[2]} and "label" not in said:
        said["label"] = component.label
    if naming.is_renamed(component) and "resource" not in said:
        own = component.id if component.service is None else component.id.removeprefix(f"{component.service}.")
        said["resource"] = own
    return said


def _entry(entry: Entry, margin: str) -> Iterator[str]:
    comment = f"   # {entry.comment}" if entry.comment else ""
    if not entry.properties:
        yield f"{margin}- {entry.chain}{comment}"
    else:
        yield f"{margin}- {entry.chain}: {{{entry.properties}}}{comment}"
