"""REST APIs: integrations with their routes, authorizers, throttling, tracing."""

from __future__ import annotations

from collections import defaultdict

from archlint.importers.infrastructure import Local
from archlint.importers.terraform.blocks import Block, Declared, first
from archlint.importers.terraform.properties import flag, number, value_at
from archlint.importers.terraform.values import Ref
from archlint.importers.terraform.wiring.routes import Names, connect, connect_body, set_auth
from archlint.importers.terraform.world import Target, World
from archlint.model import UNKNOWN, Style, Value
from archlint.model.tuples import NamedTuple

_METHOD = "aws_api_gateway_method"
_DEEPEST = 30
_UNHEARD = "?"
_AUTH = {"NONE": "none", "AWS_IAM": "iam", "COGNITO_USER_POOLS": "cognito", "CUSTOM": "lambda"}


class _Method(NamedTuple):
    """A method with the address of its authorizer: empty for none, ``?`` for one that is not known."""

    route: str
    auth: str
    authorizer: str


_NAMES = Names("type", "uri", "credentials")


def integration(world: World, item: Declared, block: Block) -> None:
    """``aws_api_gateway_integration``."""
    apis = world.targets(block.get("rest_api_id"), "rest_api")
    connect(world, apis, block, _NAMES, route=_route(world, item, block), site=block.site())


def _route(world: World, item: Declared, block: Block) -> str:
    method = world.written(block.get("http_method"))
    path = _path(world, item, block)
    return f"{method} {path}" if isinstance(method, str) and path else ""


def _path(world: World, holder: Declared, block: Block) -> str:
    """The path of what a method or integration is for, from the root down; empty if a part is not known."""
    parts: list[str] = []
    given = block.get("resource_id")
    for _ in range(_DEEPEST):
        data = world.written(given)
        item = world.declared.get(data.address) if isinstance(data, Ref) else None
        if item is None or item.kind != "aws_api_gateway_resource":
            is_root = isinstance(data, Ref) and data.path[-1:] == ("root_resource_id",)
            return "/" + "/".join(reversed(parts)) if is_root else ""
        step = item.beside(holder, block)
        part = step.get("path_part").data if step is not None else None
        if step is None or not isinstance(part, str):
            return ""
        parts.append(part)
        given = step.get("parent_id")
    return ""


def api(world: World, item: Declared, block: Block) -> None:
    """``aws_api_gateway_rest_api``: how its callers are authorized, by all of its methods."""
    itself = world.itself(item)
    if not _is_staged(world, itself):
        throttled_elsewhere(world, itself)
    if connect_body(world, itself, block):
        return
    methods = _methods(world, itself)
    kinds: dict[str, set[str]] = defaultdict(set)
    for method in methods:
        kinds[method.auth].add(method.route)
    for authorizer, gate in world.belonging("aws_api_gateway_authorizer", "rest_api_id", itself[0].end, "rest_api"):
        _authorize(world, itself, authorizer, gate, methods)
    set_auth(world, itself, kinds)
    if "auth" not in world.stack.resources[item.address].properties and block.get("policy").data is not None:
        world.set_properties(itself, {"auth": UNKNOWN})  # the policy may let in some callers alone


def _is_staged(world: World, itself: list[Target]) -> bool:
    """Whether an API has a stage in the configuration, be it made by its deployment."""
    deployments = world.belonging("aws_api_gateway_deployment", "rest_api_id", itself[0].end, "rest_api")
    made = [block for _, block in deployments if block.get("stage_name").data is not None]
    return bool(made or world.belonging("aws_api_gateway_stage", "rest_api_id", itself[0].end, "rest_api"))


def throttled_elsewhere(world: World, apis: list[Target]) -> None:
    """The throttle of an API is not known: what sets it is not in the configuration, or holds for single routes."""
    for api in apis:
        if isinstance(api.end, Local) and "throttle" not in world.stack.resources[api.end.id].properties:
            world.set_properties([api], {"throttle": UNKNOWN})


def _methods(world: World, itself: list[Target]) -> list[_Method]:
    found = []
    for item, block in world.belonging(_METHOD, "rest_api_id", itself[0].end, "rest_api"):
        verb = world.written(block.get("http_method"))
        if verb == "OPTIONS":
            continue
        written = block.get("authorization").data
        auth = _AUTH.get(str(written), "unknown")
        if auth == "none" and block.get("api_key_required").data is True:
            auth = "api_key"
        path = _path(world, item, block)
        asked = block.get("authorizer_id").data
        known = isinstance(asked, Ref) and asked.address in world.declared
        address = asked.address if isinstance(asked, Ref) and known else "" if asked is None else _UNHEARD
        found.append(_Method(f"{verb} {path}" if path else "", auth, address))
    return found


def _authorize(world: World, apis: list[Target], item: Declared, block: Block, methods: list[_Method]) -> None:
    gates = world.targets(block.get("authorizer_uri"), "lambda") or world.targets(
        block.get("provider_arns"), "cognito_user_pool"
    )
    ttl = value_at(block, "authorizer_result_ttl_in_seconds", number)
    guarded = [method for method in methods if method.authorizer == item.address]
    if methods and not guarded and all(method.authorizer != _UNHEARD for method in methods):
        return  # no method asks for it
    routes: list[Value] = [method.route for method in guarded]
    if not guarded or len(guarded) == len(methods):
        routes = [None]
    for route in routes:
        properties: dict[str, Value] = {"authorizer_ttl": ttl, "route": route or None}
        world.wire(apis, gates, Style.SYNC, block.site(), action="authorize", properties=properties)


def settings(world: World, _item: Declared, block: Block) -> None:
    """``aws_api_gateway_method_settings``: the throttle that holds for every method."""
    inner = first(block, "settings")
    if inner is not None and block.get("method_path").data in ("*/*", None):
        apis = world.targets(block.get("rest_api_id"), "rest_api")
        world.set_properties(apis, {"throttle": throttle(inner, "throttling_rate_limit", "throttling_burst_limit")})


def throttle(block: Block, rate: str, burst: str) -> Value:
    """A throttle of two attributes; None where neither is set."""
    found = {
        name: value
        for name, attribute in (("rate", rate), ("burst", burst))
        if (value := value_at(block, attribute, number)) is not None and value != -1
    }
    return found or None


def plan(world: World, _item: Declared, block: Block) -> None:
    """``aws_api_gateway_usage_plan``."""
    inner = first(block, "throttle_settings")
    if inner is not None:
        for stage in block.blocks("api_stages"):
            apis = world.targets(stage.get("api_id"), "rest_api")
            world.set_properties(apis, {"throttle": throttle(inner, "rate_limit", "burst_limit")})


def stage(world: World, _item: Declared, block: Block) -> None:
    """``aws_api_gateway_stage``."""
    apis = world.targets(block.get("rest_api_id"), "rest_api")
    world.set_properties(apis, {"tracing": value_at(block, "xray_tracing_enabled", flag)})


TRANSLATORS = {
    "aws_api_gateway_integration": integration,
    "aws_api_gateway_method_settings": settings,
    "aws_api_gateway_rest_api": api,
    "aws_api_gateway_stage": stage,
    "aws_api_gateway_usage_plan": plan,
}
