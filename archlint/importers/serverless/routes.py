"""APIs in the making: their routes, and who guards them, until every event is read."""

from __future__ import annotations

from archlint.importers.infrastructure import End, Local
from archlint.importers.infrastructure.resource_policies import lets_everybody_in
from archlint.importers.serverless import naming
from archlint.importers.serverless.building import Building
from archlint.model import UNKNOWN, Site, Style, Unknown, Value
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple

_CONNECT = "$connect"


class Guard(NamedTuple):
    """Who decides about a request: how (a word of an API's ``auth``), by what component, and for how long it holds."""

    kind: str
    end: End | None
    ttl: int | float | Unknown | None = None


class Route(NamedTuple):
    """A route of an API: ``GET /orders``, its target, its guard; ``after_connecting`` is one of a WebSocket API."""

    text: str
    target: End | None
    guard: Guard | None
    style: Style
    properties: dict[str, Value]
    site: Site
    action: str = ""
    after_connecting: bool = False


@record(frozen=False)
class Api:
    """An API: its end, its properties if it belongs to this stack, and its routes."""

    end: End
    routes: list[Route] = fresh(factory=list)


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
        for route in api.routes:
            properties: dict[str, Value] = {"route": route.text, **route.properties}
            self._building.connect(
                api.end, route.target, route.style, route.site, action=route.action, properties=properties
            )

    def _authorize(self, api: Api) -> None:
        """One connection for the whole API where every route is guarded, else one for each route that is."""
        checked = _checked(api)
        whole = all(route.guard is not None for route in checked)
        for route in checked:
            if route.guard is None or route.guard.end is None:
                continue
            properties: dict[str, Value] = {"authorizer_ttl": route.guard.ttl}
            if not whole:
                properties["route"] = route.text
            self._building.connect(
                api.end, route.guard.end, Style.SYNC, route.site, action="authorize", properties=properties
            )

    def _declare_auth(self, api: Api) -> None:
        """How the API authorizes its callers, where all its routes do.

        Where some routes are open and no component decides about the others, which are cannot be told from the API.
        """
        guards = [route.guard for route in _checked(api)]
        kinds = [guard.kind for guard in guards if guard is not None]
        auth: Value = None
        if kinds and len(kinds) == len(guards):
            auth = next((kind for kind in kinds if kind != "api_key"), "api_key")
        elif kinds and not any(guard is not None and guard.end is not None for guard in guards):
            auth = UNKNOWN
        if auth is None and self._is_narrow(api):
            auth = UNKNOWN
        self._building.stack.set(api.end, "auth", auth)

    def _is_narrow(self, api: Api) -> bool:
        """Whether the policy of a REST API lets in only some callers."""
        section = self._building.section
        policy = section("provider", "apiGateway", "resourcePolicy") or section("provider", "resourcePolicy")
        is_rest = isinstance(api.end, Local) and api.end.id == naming.REST_API
        return is_rest and policy is not None and not lets_everybody_in(self._building.symbol(policy))


def _checked(api: Api) -> list[Route]:
    """The routes that may be guarded: a WebSocket API checks who connects, and nothing later."""
    return [route for route in api.routes if route.text == _CONNECT or not route.after_connecting]
