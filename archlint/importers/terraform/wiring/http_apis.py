"""HTTP and WebSocket APIs: routes with their integrations, authorizers, throttling."""

from __future__ import annotations

from collections import defaultdict

from archlint.importers.infrastructure.issuers import issuing_pool
from archlint.importers.terraform.blocks import Block, Declared, first
from archlint.importers.terraform.properties import number, value_at
from archlint.importers.terraform.symbols import symbol_of
from archlint.importers.terraform.values import Evaluated, Text, refs_in
from archlint.importers.terraform.wiring.rest_apis import throttle, throttled_elsewhere
from archlint.importers.terraform.wiring.routes import Names, connect, connect_body, set_auth
from archlint.importers.terraform.world import Target, World
from archlint.model import Confidence, Site, Style, Value

_APIS = ("http_api", "websocket_api")
_INTEGRATION = "aws_apigatewayv2_integration"
_ROUTE = "aws_apigatewayv2_route"
_STAGE = "aws_apigatewayv2_stage"
_AUTH = {"NONE": "none", "AWS_IAM": "iam", "JWT": "jwt", "CUSTOM": "lambda"}
_ASKING = ("jwt", "lambda", "unknown")
"""Ways of authorizing that need an authorizer."""
_UNHEARD = "?"
_NAMES = Names("integration_type", "integration_uri", "credentials_arn")


_INVOKED = "/invocations"


def integration(world: World, item: Declared, block: Block) -> None:
    """``aws_apigatewayv2_integration``: one connection for each route that leads to it."""
    apis = world.targets(block.get("api_id"), *_APIS)
    for route, site in _routes(world, item, block) or [("", block.site())]:
        connect(world, apis, block, _NAMES, route=route, site=site)


def _inner(uri: Evaluated) -> Evaluated:
    """The function's own ARN inside the URI of an invocation."""
    if not isinstance(uri.data, str) or not uri.data.endswith(_INVOKED):
        return uri
    _, found, arn = uri.data.removesuffix(_INVOKED).partition("functions/arn:")
    return Evaluated(f"arn:{arn}", uri.assumed) if found else uri


def _routes(world: World, item: Declared, block: Block) -> list[tuple[str, Site]]:
    """The routes that lead to an integration; of routes and integrations for each of the same things, its own."""
    found: list[tuple[str, Site]] = []
    place = item.blocks.index(block)
    for holder, route in world.once("routes by integration", lambda: _by_integration(world)).get(item.address, ()):
        paired = len(holder.blocks) == len(item.blocks)
        if paired and holder.blocks.index(route) != place:
            continue
        key = route.get("route_key").data
        found.append((key if isinstance(key, str) else "", route.site("route_key")))
    return found


def _by_integration(world: World) -> dict[str, list[tuple[Declared, Block]]]:
    found: dict[str, list[tuple[Declared, Block]]] = defaultdict(list)
    for item, block in world.of_kind(_ROUTE):
        for address in {ref.address for ref in refs_in(block.get("target").data)}:
            found[address].append((item, block))
    return found


def api(world: World, item: Declared, block: Block) -> None:
    """``aws_apigatewayv2_api``: its quick target, and how its callers are authorized."""
    itself = world.itself(item)
    if not connect_body(world, itself, block):
        _connect(world, itself, block)
    staged = block.get("target").data is not None or world.belonging(_STAGE, "api_id", itself[0].end, *_APIS)
    if not staged or _is_throttled_by_route(world, itself):
        throttled_elsewhere(world, itself)


def _connect(world: World, itself: list[Target], block: Block) -> None:
    if block.get("target").data is not None:
        functions = world.targets(_inner(block.get("target")), "lambda")
        key = block.get("route_key").data
        properties: dict[str, Value] = {"route": key if isinstance(key, str) else "$default"}
        world.wire(itself, functions, Style.SYNC, block.site("target"), action="invoke", properties=properties)
    kinds: dict[str, set[str]] = defaultdict(set)
    uses: dict[str, list[str]] = defaultdict(list)
    for key, route in _own_routes(world, itself):
        written = route.get("authorization_type").data
        auth = _AUTH.get(str(written or "NONE"), "unknown")
        if auth == "none" and route.get("api_key_required").data is True:
            auth = "api_key"
        kinds[auth].add(key)
        asked = [ref.address for ref in refs_in(route.get("authorizer_id").data)]
        for address in [one for one in asked if one in world.declared] or ([_UNHEARD] if auth in _ASKING else ()):
            uses[address].append(key)
    for authorizer, gate in world.belonging("aws_apigatewayv2_authorizer", "api_id", itself[0].end, *_APIS):
        keys = uses.get(authorizer.address, [])
        if kinds and not keys and _UNHEARD not in uses:
            continue  # no route asks for it
        whole = not keys or len(keys) == sum(map(len, kinds.values()))
        _authorize(world, itself, gate, [None] if whole else [*keys])
    if itself[0].type == "websocket_api":
        kinds = {name: routes for name, routes in kinds.items() if "$connect" in routes}
    set_auth(world, itself, kinds)


def _own_routes(world: World, itself: list[Target]) -> list[tuple[str, Block]]:
    return [
        (key, route)
        for _, route in world.belonging(_ROUTE, "api_id", itself[0].end, *_APIS)
        if isinstance(key := route.get("route_key").data, str) and not key.startswith("OPTIONS ")
    ]


def _authorize(world: World, apis: list[Target], block: Block, routes: list[Value]) -> None:
    gates = world.targets(_lambda_of(block.get("authorizer_uri")), "lambda")
    jwt = first(block, "jwt_configuration")
    if not gates and jwt is not None:
        gates = _issuer(world, jwt.get("issuer"))
    ttl = value_at(block, "authorizer_result_ttl_in_seconds", number)
    for route in routes:
        properties: dict[str, Value] = {"authorizer_ttl": ttl, "route": route}
        world.wire(apis, gates, Style.SYNC, block.site(), action="authorize", properties=properties)


def _issuer(world: World, given: Evaluated) -> list[Target]:
    pool = issuing_pool(symbol_of(world, given), world.stack)
    if pool is None:
        return []
    return [Target(pool.end, Confidence.CERTAIN if pool.sure else Confidence.LIKELY, "cognito_user_pool")]


def _lambda_of(given: Evaluated) -> Evaluated:
    return given if isinstance(given.data, Text) else _inner(given)


def _is_throttled_by_route(world: World, itself: list[Target]) -> bool:
    """Whether every route of an API has a throttle of its own in one of its stages."""
    stages = world.belonging(_STAGE, "api_id", itself[0].end, *_APIS)
    settings = [inner for _, block in stages for inner in block.blocks("route_settings")]
    told = {str(inner.get("route_key").data) for inner in settings if _throttle(inner) is not None}
    routes: set[Value] = {key for key, _ in _own_routes(world, itself)} if told else set()
    if told and not routes:
        routes = {wire.properties.get("route") for wire in world.stack.wires if wire.source == itself[0].end}
    return bool(told) and routes <= told


def _throttle(block: Block) -> Value:
    return throttle(block, "throttling_rate_limit", "throttling_burst_limit")


def stage(world: World, _item: Declared, block: Block) -> None:
    """``aws_apigatewayv2_stage``."""
    inner = first(block, "default_route_settings")
    if inner is not None:
        apis = world.targets(block.get("api_id"), *_APIS)
        world.set_properties(apis, {"throttle": _throttle(inner)})


TRANSLATORS = {
    "aws_apigatewayv2_api": api,
    "aws_apigatewayv2_integration": integration,
    _STAGE: stage,
}
