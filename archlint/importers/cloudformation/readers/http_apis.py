"""API Gateway HTTP and WebSocket APIs: routes, integrations, authorizers and stages."""

from __future__ import annotations

from archlint.importers.cloudformation.item import Item, Reader, number
from archlint.importers.cloudformation.readers.iam import allowed_by
from archlint.importers.cloudformation.readers.rest_apis import connect_body, throttle_of
from archlint.importers.infrastructure.ends import End, Local
from archlint.importers.infrastructure.integrations import Integration, connect_integration, function_of
from archlint.importers.infrastructure.issuers import issuing_pool
from archlint.importers.infrastructure.symbols import Reference, Symbol, items, mapping, options, parts_of, word
from archlint.model import UNKNOWN, Style, Value

_AUTH = {"AWS_IAM": "iam", "JWT": "jwt", "CUSTOM": "lambda", "NONE": "none"}


def _api(item: Item) -> None:
    kind = "websocket_api" if word(item.get("ProtocolType")) == "WEBSOCKET" else "http_api"
    item.add(kind, {}, item.get("Name"))


def _api_wires(item: Item) -> None:
    if item.get("Body") is not None:
        connect_body(item, item.get("Body"), "Body")
    elif item.get("BodyS3Location") is not None:
        item.note("the body of this API is not in the project and was left aside", "BodyS3Location")
        item.stack.set(item.end, "auth", UNKNOWN)
    if item.get("Target") is not None:  # the short way: one route to everything
        route = word(item.get("RouteKey")) or "$default"
        integration = Integration("AWS_PROXY", item.get("Target"), item.site("Target"), route=route)
        connect_integration(item.stack, item.end, integration)
        item.build.staged.add(item.id)


def _route(item: Item) -> None:
    key = word(item.get("RouteKey")) or "$default"
    found = _integration_of(item)
    for api in item.ends(item.get("ApiId"), "http_api"):
        if found is not None:
            connect_integration(
                item.stack, api.end, _described(found, key), lambda value: allowed_by(item.build, value)
            )
        _authorize(item, api.end, key)


def _integration_of(item: Item) -> Item | None:
    for part in reversed(parts_of(item.get("Target"))):
        if isinstance(part, Reference) and isinstance(part.end, Local):
            return item.build.resources.get(part.end.id)
    return None


def _described(item: Item, route: str) -> Integration:
    return Integration(
        kind=word(item.get("IntegrationType")) or "AWS_PROXY",
        uri=item.get("IntegrationUri"),
        site=item.site("IntegrationUri") if item.get("IntegrationUri") is not None else item.site(),
        route=route,
        method=word(item.get("IntegrationMethod")),
        subtype=word(item.get("IntegrationSubtype")),
        credentials=item.get("CredentialsArn"),
        parameters=item.get("RequestParameters"),
        templates=item.get("RequestTemplates"),
        connection=item.get("ConnectionId"),
        milliseconds=item.get("TimeoutInMillis"),
    )


def _authorize(item: Item, api: End, route: str) -> None:
    kind = item.get("AuthorizationType")
    if route in ("$disconnect", "$default") or not isinstance(api, Local):
        websocket = item.stack.type_of(api) == "websocket_api"
    else:
        websocket = item.stack.type_of(api) == "websocket_api" and route != "$connect"
    if not websocket and isinstance(api, Local):  # a WebSocket API checks who connects, and nothing later
        auth = _AUTH.get(word(kind), "none" if kind is None else "unknown")
        item.build.authorizations.setdefault(api.id, []).append(auth)
    for value, _ in options(item.get("AuthorizerId")):
        end = getattr(value, "end", None)
        if isinstance(end, Local) and end.id in item.build.resources:
            item.build.gates.setdefault((api, end.id), []).append(route)


def _authorizer(item: Item) -> None:
    for api in item.ends(item.get("ApiId"), "http_api"):
        used = item.build.gates.get((api.end, item.id))
        if used is None:
            continue
        gate = function_of(item.get("AuthorizerUri"))
        target = gate or issuing_pool(item.get("JwtConfiguration", "Issuer"), item.stack)
        ttl = number(item.get("AuthorizerResultTtlInSeconds"))
        if target is None:
            continue
        for route in used if item.build.is_partly_open(api.end) else [None]:
            properties: dict[str, Value] = {"authorizer_ttl": ttl, "route": route}
            item.connect(api.end, target, Style.SYNC, item.site(), action="authorize", properties=properties)


def _stage(item: Item) -> None:
    for api in item.ends(item.get("ApiId"), "http_api"):
        item.stack.aliases.setdefault(item.id, api.end)
        if isinstance(api.end, Local):
            item.build.staged.add(api.end.id)
        settings = item.get("DefaultRouteSettings")
        item.stack.set(api.end, "throttle", throttle_of(settings, "ThrottlingRateLimit", "ThrottlingBurstLimit"))
        throttle_routes(item, api.end, item.get("RouteSettings"))


def throttle_routes(item: Item, api: End, settings: Symbol) -> None:
    """Note the throttles of single routes."""
    for route, found in mapping(settings).items():
        item.build.throttle_route(api, route, throttle_of(found, "ThrottlingRateLimit", "ThrottlingBurstLimit"))


def _link(item: Item) -> None:
    """A VPC link of a REST API leads to its network load balancer."""
    for target, _ in items(item.get("TargetArns")):
        for end in item.ends(target, "alb"):
            item.stack.aliases[item.id] = end.end


READERS = {
    "AWS::ApiGatewayV2::Api": Reader(_api, _api_wires),
    "AWS::ApiGatewayV2::Route": Reader(None, _route),
    "AWS::ApiGatewayV2::Authorizer": Reader(None, None, _authorizer),
    "AWS::ApiGatewayV2::Stage": Reader(_stage),
    "AWS::ApiGateway::VpcLink": Reader(_link),
}
