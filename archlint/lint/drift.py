"""The relation ``drift``: where what is built departs from what is described."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archlint.diff import Comparison, ComponentDifference, ConnectionDifference, PropertyChange, Status
from archlint.lint.subjects import Told
from archlint.model import Component, Connection, Value, is_unknown
from archlint.model.record import record
from archlint.vocabulary import PropertyType, vocabulary


@record
class DriftRow:
    """One difference. ``kind`` is ``missing``, ``undescribed``, ``property`` or ``connection``."""

    kind: str
    name: str
    type: str
    how: str
    advice: str
    told: Told

    def subject(self) -> Told:
        """What a finding about this row is about."""
        return self.told

    def value(self, name: str) -> Value:
        """A column: ``kind``, ``name``, ``type``, ``how`` or ``advice``."""
        columns: dict[str, Value] = {
            "kind": self.kind,
            "name": self.name,
            "type": self.type,
            "how": self.how,
            "advice": self.advice,
        }
        return columns.get(name)


def drift_rows(comparison: Comparison) -> list[DriftRow]:
    """The differences of a comparison whose old architecture is described and whose new one is built."""
    rows = [row for found in comparison.components for row in _component(found)]
    return rows + [row for found in comparison.connections for row in _connection(found)]


def _component(found: ComponentDifference) -> Iterator[DriftRow]:
    component = found.component
    title = vocabulary().types[component.type].title
    match found.status:
        case Status.REMOVED:
            advice = f"build {component.id}, mark it `planned: true`, or take it out of the description"
            yield DriftRow("missing", component.id, title, "", advice, _about(component))
        case Status.ADDED:
            advice = f"describe {component.id}, or remove it"
            yield DriftRow("undescribed", component.id, title, "", advice, _about(component))
        case Status.CHANGED if found.changes:
            how = _changes(found.changes, vocabulary().types[component.type].properties)
            keys = ",".join(change.name for change in found.changes)
            advice = f"make {component.id} and its description say the same"
            yield DriftRow("property", component.id, title, how, advice, _about(component, keys))
        case _:
            pass


def _about(component: Component, key: str = "") -> Told:
    return Told(component.service, f"{component.id} {key}".strip(), component.site, component)


def _connection(found: ConnectionDifference) -> Iterator[DriftRow]:
    edge = found.connection
    name = f"{edge.source.id} {edge.style.arrow} {edge.target.id}"
    match found.status:
        case Status.REMOVED:
            how, advice = "is described and not built", f"build it, or take {name} out of the description"
        case Status.ADDED:
            how, advice = "is built and not described", f"describe {name}, or remove it"
        case Status.CHANGED if found.changes:
            how = f"is built in another way: {_changes(found.changes, vocabulary().connection_properties)}"
            advice = f"make {name} and its description say the same"
        case _:
            return
    yield DriftRow("connection", name, edge.action, how, advice, _about_connection(edge, found))


def _about_connection(edge: Connection, found: ConnectionDifference) -> Told:
    keys = ",".join(change.name for change in found.changes)
    key = f"{edge.source.id} {edge.style.value} {edge.action} {edge.target.id} {found.status.value} {keys}".strip()
    return Told(edge.source.service, key, edge.site, None, edge, edge.confidence)


def _changes(changes: tuple[PropertyChange, ...], known: Mapping[str, PropertyType]) -> str:
    return ", ".join(
        f"{change.name} is {_shown(change.new, known.get(change.name))} and described as "
        f"{_shown(change.old, known.get(change.name))}"
        for change in changes
    )


def _shown(value: Value, property_: PropertyType | None) -> str:
    if value is None:
        default = property_.default if property_ else None
        return f"{property_.show(default)} by default" if property_ and default is not None else "not set"
    return "not known" if is_unknown(value) else property_.show(value) if property_ else str(value)
