"""APIs in the making: their routes, and who guards them, until every event is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from archlint.importers.infrastructure import End, Local
from archlint.importers.serverless.building import Building
from archlint.model import UNKNOWN, Site, Style, Unknown, Value

_BY_ITSELF = frozenset({"iam", "jwt", "cognito", "api_key"})
"""The ways of authorization that ask no function of the user's."""


class Guard(NamedTuple):
    """Who decides about a request: how (a word of an API's ``auth``), by what component, and for how long it holds."""

    kind: str
    end: End | None
    ttl: int | float | Unknown | None = None


class Route(NamedTuple):
    """A route of an API: ``GET /orders``, its target, its guard."""

    text: str
    target: End | None
    guard: Guard | None
    style: Style
    properties: dict[str, Value]
    site: Site
    action: str = ""


@dataclass(slots=True)
class Api:
    """An API: its end, its properties if it belongs to this stack, and its routes."""

    end: End
    routes: list[Route] = field(default_factory=list)


class Apis:
    """The APIs of a service, by their ids."""

    def __init__(self, building: Building) -> None:
        self._building = building
        self._apis: dict[str, Api] = {}

    def route(self, id_: str, end: End, route: Route) -> None:
        """Add a route to an API; the first one brings the API into being."""
        self._apis.setdefault(id_, Api(end)).routes.append(route)

    def finish(self) -> None:
        """Connect every API with what stands behind it and with who guards it."""
        for api in self._apis.values():
            self._connect(api)
            self._authorize(api)
            self._declare_auth(api)

    def _connect(self, api: Api) -> None:
        open_ = any(route.guard is None for route in api.routes)
        for route in api.routes:
            properties: dict[str, Value] = {"route": route.text, **route.properties}
            if open_ and route.guard is not None and route.guard.kind == "iam":
                properties["signature"] = True  # the API as a whole is open, this route takes signed requests only
            self._building.connect(
                api.end, route.target, route.style, route.site, action=route.action, properties=properties
            )

    def _authorize(self, api: Api) -> None:
        """One connection for the whole API where the same one guards every route, else one for each route."""
        guards = [route.guard for route in api.routes]
        whole = None not in guards and len({guard.end for guard in guards if guard is not None}) == 1
        for route in api.routes[:1] if whole else api.routes:
            if route.guard is None or route.guard.end is None:
                continue
            properties: dict[str, Value] = {"authorizer_ttl": route.guard.ttl}
            if not whole:
                properties["route"] = route.text
            self._building.connect(
                api.end, route.guard.end, Style.SYNC, route.site, action="authorize", properties=properties
            )

    def _declare_auth(self, api: Api) -> None:
        kinds = [route.guard.kind if route.guard is not None else "none" for route in api.routes]
        resource = self._building.stack.resources.get(api.end.id) if isinstance(api.end, Local) else None
        if resource is None or "auth" in resource.properties:
            return
        auth: Value = None
        if "none" not in kinds:
            auth = kinds[0]
        elif "api_key" in kinds:
            auth = UNKNOWN  # some routes take a key and some none: nothing can be said of all of them
        if auth is not None:
            self._building.stack.resources[resource.id] = resource._replace(
                properties={**resource.properties, "auth": auth}
            )
