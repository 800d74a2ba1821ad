"""A service in the making: what every reader of a part of serverless.yml works with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archlint.importers.infrastructure import End, Local, Stack
from archlint.importers.serverless import naming
from archlint.importers.serverless.ends import end_of
from archlint.importers.serverless.placed import Placed
from archlint.importers.serverless.variables import Variables
from archlint.model import Confidence, Site, Style, Value

NOTHING: Mapping[str, Value] = {}


@dataclass(slots=True)
class Building:
    """One serverless.yml on its way to a stack.

    ``root`` is the configuration before its variables are put in; ``service`` and ``stage`` name the deployment;
    ``known`` says which component a logical id that the framework makes belongs to.
    """

    stack: Stack
    variables: Variables
    root: Placed
    service: str
    stage: str
    known: dict[str, str] = field(default_factory=dict)

    def section(self, *keys: str) -> Placed | None:
        """A section of the configuration with its variables put in; None where it is not there or null."""
        found = self.root.get(keys[0])
        for key in keys[1:]:
            found = self.variables.resolved(found).get(key) if found is not None else None
        resolved = None if found is None else self.variables.resolved(found)
        return None if resolved is None or resolved.value is None else resolved

    def end(self, placed: Placed | None, type_: str) -> End | None:
        """What an ARN, a name or a reference means, if it says so; ``type_`` is what it must be."""
        end = None if placed is None else end_of(placed, type_)
        return Local(self.known[end.id]) if isinstance(end, Local) and end.id in self.known else end

    def function(self, placed: Placed | None) -> End | None:
        """A function by its key, its ARN, its name or a reference."""
        if placed is not None and isinstance(placed.value, str) and naming.function_id(placed.value) in self.known:
            return Local(self.known[naming.function_id(placed.value)])
        return self.end(placed, "lambda")

    def implied(
        self, id_: str, type_: str, site: Site, properties: Mapping[str, Value] = NOTHING, *, name: str = ""
    ) -> Local:
        """A resource that the framework makes, unless the configuration describes it itself."""
        same = (
            resource.id
            for resource in self.stack.resources.values()
            if resource.id == id_ or (name and resource.type == type_ and resource.name == name)
        )
        found = next(same, None)
        if found is None:
            self.stack.add(id_, type_, site, properties, label=name, name=name)
        return Local(found or id_)

    def connect(  # noqa: PLR0913  what a connection is made of
        self,
        source: End | None,
        target: End | None,
        style: Style,
        site: Site,
        *,
        action: str = "",
        properties: Mapping[str, Value] = NOTHING,
        confidence: Confidence = Confidence.CERTAIN,
    ) -> None:
        """Connect two ends; nothing where one of them is not known."""
        if source is not None and target is not None:
            self.stack.connect(source, target, style, site, action=action, properties=properties, confidence=confidence)

    def note(self, message: str, site: Site) -> None:
        """Note what could not be read."""
        self.stack.note(message, site)


def merged(sections: Iterable[Placed]) -> dict[str, Placed]:
    """The pairs of mappings one after the other; a later one replaces an earlier one of the same key."""
    found: dict[str, Placed] = {}
    for section in sections:
        found.update(section.fields)
    return found
