"""An architecture seen with defaults filled in and facts computed on demand."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar, cast

from archlint.facts.fact import Evidence
from archlint.facts.table import COMPONENT_FACTS, CONNECTION_FACTS
from archlint.model import UNKNOWN, Architecture, Component, Connection, Value
from archlint.vocabulary import ComponentType, vocabulary

T = TypeVar("T")
_ABSENT: Any = object()
"""Stands where a mapping has nothing; without a type, as a cast would be a call in the hottest places there are."""

DEFAULT_ACCOUNT_CONCURRENCY = 1000
"""https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""


class Graph:
    """Answers what a property of an element *is*: the written value, else AWS's default, else a computed fact.

    None is "unset"; :data:`archlint.model.UNKNOWN` is "set, and not known". Facts are computed once.
    """

    __slots__ = ("_memo", "architecture", "incoming", "outgoing", "vocabulary")

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self.vocabulary = vocabulary()
        self.outgoing: Callable[[Component], Sequence[Connection]] = architecture.outgoing
        self.incoming: Callable[[Component], Sequence[Connection]] = architecture.incoming
        self._memo: dict[Hashable, Any] = {}

    def component_value(self, component: Component, name: str) -> Value:
        """A component's property, pseudo-property (``id``, ``type``, ``service``, ``name``, ``claims``) or fact."""
        value: Value = component.properties.get(name, _ABSENT)
        if value is not _ABSENT:
            return value
        if (fact := COMPONENT_FACTS.get(name)) is not None:
            if component.type not in self.vocabulary.groups[fact.of]:
                return None
            found: Value = self._memo.get((name, component), _ABSENT)
            if found is _ABSENT:
                self._memo[name, component] = found = fact.compute(self, component)
            return found
        if name in _COMPONENT_FIELDS:
            return cast("Value", getattr(component, name))
        if name == "claims":
            return self._claims(component)
        type_ = self.vocabulary.types[component.type]
        if component.properties.get("external") is True and self._is_elsewhere(component, type_, name):
            return UNKNOWN
        return type_.defaults.get(name)

    def _is_elsewhere(self, component: Component, type_: ComponentType, name: str) -> bool:
        """Whether a property's value is written where infrastructure code that is not at hand declares the component.

        In a description an external component is all that its author says of it, and AWS's defaults hold.
        """
        if name not in type_.properties or name in _ABOUT_THE_MODEL:
            return False
        from archlint.facts.provenance import imported  # noqa: PLC0415  only where something external is asked about

        return imported(self, component)

    def _claims(self, component: Component) -> Value:
        service = self.architecture.services.get(component.service) if component.service else None
        return service.patterns if service else ()

    def connection_value(self, connection: Connection, name: str) -> Value:
        """A connection's property, pseudo-property (``action``, ``style``, ``confidence``) or fact."""
        value: Value = connection.properties.get(name, _ABSENT)
        if value is not _ABSENT:
            return value
        if (fact := CONNECTION_FACTS.get(name)) is not None:
            found: Value = self._memo.get((name, connection), _ABSENT)
            if found is _ABSENT:
                self._memo[name, connection] = found = fact.compute(self, connection)
            return found
        if name == "action":
            return connection.action
        if name == "style":
            return connection.style.value
        if name == "confidence":
            return connection.confidence.word
        return self.vocabulary.connection_default(name, connection.source.type)

    def system_value(self, name: str) -> Value:
        """What is said of the whole system: ``observability`` or a limit such as ``account_concurrency``."""
        settings = self.architecture.settings
        if name in settings:
            return settings[name]
        limits = settings.get("limits")
        if isinstance(limits, dict) and name in limits:
            return cast("Value", limits[name])
        return DEFAULT_ACCOUNT_CONCURRENCY if name == "account_concurrency" else None

    def written_value(self, element: Component | Connection, name: str) -> Value:
        """The value as it stands in the input, None where only a default holds; facts count as written."""
        if name in element.properties:
            return element.properties[name]
        if isinstance(element, Component):
            return self.component_value(element, name) if name in COMPONENT_FACTS or name in _COMPONENT_FIELDS else None
        return self.connection_value(element, name) if name in _CONNECTION_FIELDS or name in CONNECTION_FACTS else None

    def evidence(self, element: Component | Connection, name: str) -> Evidence:
        """The elements the fact ``name`` of an element rests on; nothing for a written property."""
        if isinstance(element, Component):
            return COMPONENT_FACTS[name].evidence(self, element) if name in COMPONENT_FACTS else Evidence()
        return CONNECTION_FACTS[name].evidence(self, element) if name in CONNECTION_FACTS else Evidence()

    def remember(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The result of ``compute``, made once for each key and graph."""
        found = self._memo.get(key, _ABSENT)
        if found is _ABSENT:
            found = self._memo[key] = compute()
        value: T = found
        return value


_ABOUT_THE_MODEL = frozenset(
    {"description", "external", "icon", "interface", "label", "planned", "resource", "shared", "tags"}
)
"""Properties that say something of the model and not of what runs on AWS."""
_COMPONENT_FIELDS = frozenset({"id", "type", "service", "name"})
_CONNECTION_FIELDS = frozenset({"action", "style", "confidence"})
