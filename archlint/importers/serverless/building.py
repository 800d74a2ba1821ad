"""A service in the making: what every reader of a part of serverless.yml works with."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from archlint.importers.infrastructure import End, Local, Named, Resource, Stack
from archlint.importers.infrastructure.arns import target
from archlint.importers.infrastructure.symbols import Symbol, options, shown
from archlint.importers.serverless import naming
from archlint.importers.serverless.placed import Placed
from archlint.importers.serverless.templates import Template
from archlint.importers.serverless.variables import Variables
from archlint.model import Confidence, Site, Style, Value
from archlint.model.record import fresh, record

NOTHING: Mapping[str, Value] = {}


@record(frozen=False)
class Building:
    """One serverless.yml on its way to a stack.

    ``service`` and ``stage`` name the deployment.
    """

    stack: Stack
    variables: Variables
    template: Template
    service: str
    stage: str
    _named: dict[str, list[Resource]] = fresh(factory=dict)
    _seen: int = 0

    def section(self, *keys: str) -> Placed | None:
        """A section of the configuration with its variables put in; None where it is not there or null."""
        return self.variables.at(*keys)

    @property
    def stack_name(self) -> str:
        """The name that the stack is deployed with."""
        given = self.section("provider", "stackName")
        return (given.text if given is not None else None) or f"{self.service}-{self.stage}"

    def resource(self, end: End | None) -> Placed | None:
        """What is written of a resource of the template."""
        return self.template.section("Resources").get(end.id) if isinstance(end, Local) else None

    def symbol(self, placed: Placed) -> Symbol:
        """A value as a symbol."""
        return self.template.symbol(placed)

    def alias(self, id_: str, component: str) -> None:
        """Let a logical id that the framework makes mean a component."""
        self.stack.aliases[id_] = Local(component)
        self.template.know(id_, component)

    def end(self, placed: Placed | None, type_: str) -> End | None:
        """What an ARN, a name or a reference means, if it says so; ``type_`` is what it must be."""
        for option, _ in options(self.symbol(placed)) if placed is not None else ():
            found = target(option, type_)
            if found is not None:
                return self.local(found.end)
        return None

    def local(self, end: End) -> End:
        """The component of this stack that an alias or a name means; the end itself if it is none."""
        if isinstance(end, Local):
            alias = self.stack.aliases.get(end.id)
            return alias if isinstance(alias, Local) and end.id not in self.stack.resources else end
        if isinstance(end, Named):
            return next((Local(found.id) for found in self.named(end.name) if found.type == end.type), end)
        return end

    def named(self, name: str) -> list[Resource]:
        """The resources of a physical name."""
        resources = self.stack.resources
        if len(resources) > self._seen:  # they only ever become more
            for resource in islice(resources.values(), self._seen, None):
                if resource.name:
                    self._named.setdefault(resource.name, []).append(resource)
            self._seen = len(resources)
        return self._named.get(name, [])

    def name(self, written: str) -> str:
        """A physical name as ARNs show it, unknown parts in braces."""
        return shown(self.symbol(Placed(written, self.stack.site)))

    def function(self, placed: Placed | None) -> End | None:
        """A function by its key, its ARN, its name or a reference."""
        if placed is not None and isinstance(placed.value, str):
            alias = self.stack.aliases.get(naming.function_id(placed.value))
            if alias is not None:
                return alias
        return self.end(placed, "lambda")

    def implied(
        self, id_: str, type_: str, site: Site, properties: Mapping[str, Value] = NOTHING, *, name: str = ""
    ) -> Local:
        """A resource that the framework makes, unless the configuration describes it itself."""
        label, name = name, self.name(name)
        same = (resource.id for resource in self.named(name) if resource.type == type_)
        found = id_ if id_ in self.stack.resources else next(same, None)
        if found is None:
            self.stack.add(id_, type_, site, properties, label=label, name=name)
            return Local(id_)
        if name and not self.stack.resources[found].name:
            named = self.stack.resources[found]._replace(name=name)
            self.stack.resources[found] = named
            self._named.setdefault(name, []).append(named)
        return Local(found)

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
