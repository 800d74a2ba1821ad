"""The resources of a serverless.yml, read as CloudFormation; those that change what the framework makes too."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.importers.cloudformation.hints import apply_hints
from archlint.importers.cloudformation.item import Build, Item, read_properties
from archlint.importers.cloudformation.readers import readers
from archlint.importers.cloudformation.readers.functions import FUNCTION, custom_resource
from archlint.importers.infrastructure import Local
from archlint.importers.infrastructure.symbols import Reference, mapping
from archlint.importers.serverless import naming
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.placed import Placed
from archlint.importers.serverless.templates import overlaid
from archlint.model import UNKNOWN, Site

_FUNCTION = "AWS::Lambda::Function"
_AFTER_EVENTS = frozenset(
    {
        "AWS::ApiGatewayV2::Stage",
        "AWS::ApiGateway::Stage",
        "AWS::ApiGateway::Deployment",
        "AWS::ApiGateway::UsagePlan",
    }
)
"""What sets something on an API, which events make."""

_APIS = frozenset({"AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"})
"""What is throttled by its stage: without one in the file nobody knows how."""
_STAGED = frozenset({naming.REST_API, naming.HTTP_API, naming.WEBSOCKET_API})
"""The APIs whose stage the framework makes."""

_MADE: Mapping[str, tuple[str, str, str]] = {
    "HttpApiStage": ("AWS::ApiGatewayV2::Stage", "ApiId", naming.HTTP_API),
    "WebsocketsDeploymentStage": ("AWS::ApiGatewayV2::Stage", "ApiId", naming.WEBSOCKET_API),
    "ApiGatewayStage": ("AWS::ApiGateway::Stage", "RestApiId", naming.REST_API),
}
"""What the framework makes beside components: type, and the property that names the component it belongs to."""


class _Resource(Item):
    """A resource whose place may be in a file of its own."""

    __slots__ = ("place",)

    def __init__(self, item: Item, place: Site) -> None:
        super().__init__(item.id, item.type, item.properties, item.body, item.route, item.build, item.sure)
        self.place = place

    def site(self, *path: str | int) -> Site:
        """The place of a property; of the resource itself without one."""
        route = (*self.place.route, "Properties", *path) if path else self.place.route
        return Site(self.place.document, route, key=not path)


class Resources:
    """The resources of a service, read step by step between its functions and events."""

    def __init__(self, building: Building, build: Build) -> None:
        self._building = building
        self._build = build
        self._readers = readers()
        entries = dict(building.template.section("Resources"))
        for id_, body in building.template.section("extensions").items():
            entries[id_] = overlaid(entries[id_], body) if id_ in entries else body
        for id_, body in entries.items():
            item = self._item(id_, body)
            if item is not None:
                build.resources[item.id] = item
        self._items = list(build.resources.values())

    def _item(self, id_: str, body: Placed) -> Item | None:
        alias = self._building.stack.aliases.get(id_)
        made = _MADE.get(id_)
        written = body.get("Type")
        type_ = written.text or "" if written is not None else ""
        scope = self._building.template.scope
        fields = mapping(self._building.template.symbol(body))
        properties = dict(mapping(fields.get("Properties")))
        if isinstance(alias, Local):
            id_, type_ = alias.id, _FUNCTION
        elif made is not None:
            type_ = made[0]
            properties[made[1]] = Reference(Local(made[2]))
        if not type_:
            return None
        condition = body.get("Condition")
        truth = scope.condition(condition.text) if condition is not None else None
        if truth is not None and truth.value is False:
            return None
        sure = truth is None or (truth.value is True and not truth.assumed)
        return _Resource(Item(id_, type_, properties, fields, body.site.route, self._build, sure), body.site)

    def declare(self) -> None:
        """Add the components, once the functions are there."""
        for item in self._items:
            if item.type == _FUNCTION and item.id in self._building.stack.resources:
                self._change(item)
            elif item.type not in _AFTER_EVENTS:
                self._step(item, 0)

    def _change(self, item: Item) -> None:
        """Lay what is written of a function's resource over the function."""
        for name, value in read_properties(item, FUNCTION).items():
            self._building.stack.set(item.end, name, value)

    def connect(self) -> None:
        """Connect them, once the events are read."""
        for item in self._items:
            if item.type in _AFTER_EVENTS:
                self._step(item, 0)
        for item in self._items:
            self._step(item, 1)
            if item.type.startswith("Custom::"):
                custom_resource(item)
        for item in self._items:
            self._step(item, 2)
        self._build.authorize()
        for item in self._items:
            unstaged = item.type in _APIS and item.id not in self._build.staged | _STAGED
            if unstaged and "throttle" not in self._building.stack.resources[item.id].properties:
                self._building.stack.set(item.end, "throttle", UNKNOWN)

    def finish(self) -> None:
        """Apply what the author says about them beside what the template can say."""
        for item in self._items:
            apply_hints(item)

    def _step(self, item: Item, step: int) -> None:
        reader = self._readers.get(item.type)
        run = reader[step] if reader is not None else None
        if run is not None:
            run(item)
