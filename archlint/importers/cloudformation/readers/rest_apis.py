"""API Gateway REST APIs: resources, methods, authorizers, stages and usage plans."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.importers.cloudformation.included import read_included
from archlint.importers.cloudformation.item import Build, Item, Reader, number
from archlint.importers.cloudformation.readers.iam import allowed_by
from archlint.importers.infrastructure.ends import End, Local
from archlint.importers.infrastructure.integrations import Integration, connect_integration, function_of
from archlint.importers.infrastructure.openapi import connect_openapi
from archlint.importers.infrastructure.resource_policies import lets_everybody_in
from archlint.importers.infrastructure.symbols import Symbol, field, items, known, mapping, options, parsed, shown, word
from archlint.model import UNKNOWN, Site, Style, Value

_AUTH = {"AWS_IAM": "iam", "COGNITO_USER_POOLS": "cognito", "CUSTOM": "lambda", "JWT": "jwt"}


def _api(item: Item) -> None:
    item.add("rest_api", endpoint_of(item), item.get("Name"))


def endpoint_of(item: Item) -> dict[str, Value]:
    """The endpoint of a REST API: a private one is reached from its VPC alone."""
    configured = item.get("EndpointConfiguration")
    types = field(configured, "Types") if isinstance(configured, dict) and "Types" in configured else configured
    if isinstance(types, dict):
        types = types.get("Type")
    names = [word(value).lower() for value, _ in items(types)]
    kind: Value = None if types is None else next(iter(names), "") or UNKNOWN
    return {"endpoint": kind, "private": True if kind == "private" else None}


def _api_wires(item: Item) -> None:
    policy = item.get("Policy")
    written = parsed(policy, item.build.context.limits)  # it may be a text
    if policy is not None and not lets_everybody_in(field(written, "Statement")):
        item.build.guarded.add(item.id)
    body = item.get("Body")
    if body is not None:
        connect_body(item, body, "Body")
    elif item.get("BodyS3Location") is not None:
        item.note("the body of this API is not in the project and was left aside", "BodyS3Location")
        item.stack.set(item.end, "auth", UNKNOWN)


def connect_body(item: Item, body: Symbol, key: str) -> None:
    """Connect an API with what its OpenAPI body says: data, or the path of a file."""
    for value, _ in options(body):
        data: Symbol = parsed(value, item.build.context.limits) if isinstance(value, str) and "\n" in value else value
        site = item.site(key)
        if isinstance(data, str):
            included = read_included(item, data, key)
            if included is None:
                item.stack.set(item.end, "auth", UNKNOWN)
                continue
            data, site = item.build.scope.resolve(included.data), Site(included.path, ())
        if not isinstance(data, dict) or not {"paths", "openapi", "swagger"} & data.keys():
            item.stack.set(item.end, "auth", UNKNOWN)  # a bucket and key, or what nobody knows here
            continue
        item.stack.call(item.id, shown(field(data, "info", "title")))
        told = connect_openapi(item.stack, item.end, data, site, lambda value: allowed_by(item.build, value))
        for name, found in told.items():
            item.stack.set(item.end, name, found)


def _path_of(build: Build, value: Symbol, depth: int = 30) -> str:
    """The path of a resource of an API; empty for its root."""
    for found in options(value):
        symbol = found[0]
        end = getattr(symbol, "end", None)
        inner = build.resources.get(end.id) if isinstance(end, Local) else None
        if inner is not None and inner.type == "AWS::ApiGateway::Resource" and depth:
            return f"{_path_of(build, inner.get('ParentId'), depth - 1)}/{shown(inner.get('PathPart'))}"
    return ""


def _method(item: Item) -> None:
    verb = word(item.get("HttpMethod")).upper() or "ANY"
    route = f"{verb} {_path_of(item.build, item.get('ResourceId')) or '/'}"
    integration = mapping(item.get("Integration"))
    for api in item.ends(item.get("RestApiId"), "rest_api"):
        connect_integration(
            item.stack,
            api.end,
            rest_integration(integration, item.site("Integration"), route),
            lambda value: allowed_by(item.build, value),
        )
        if verb != "OPTIONS":
            _authorize(item, api.end, route, is_mock=word(integration.get("Type")) == "MOCK")


def rest_integration(fields: Mapping[str, Symbol], site: Site, route: str) -> Integration:
    """An integration of a REST API."""
    return Integration(
        kind=word(fields.get("Type")) or "MOCK",
        uri=fields.get("Uri"),
        site=site,
        route=route,
        method=word(fields.get("IntegrationHttpMethod")),
        credentials=fields.get("Credentials"),
        parameters=fields.get("RequestParameters"),
        templates=fields.get("RequestTemplates"),
        connection=fields.get("ConnectionId"),
        milliseconds=fields.get("TimeoutInMillis"),
        transfer=fields.get("ResponseTransferMode"),
    )


def _authorize(item: Item, api: End, route: str, *, is_mock: bool) -> None:
    kind = item.get("AuthorizationType")
    auth = _AUTH.get(word(kind), "none" if kind is None or word(kind) == "NONE" else "unknown")
    if auth == "none" and item.get("ApiKeyRequired") is True:
        auth = "api_key"
    if not is_mock and isinstance(api, Local):
        item.build.authorizations.setdefault(api.id, []).append(auth)
    for value, _ in options(item.get("AuthorizerId")):
        end = getattr(value, "end", None)
        authorizer = item.build.resources.get(end.id) if isinstance(end, Local) else None
        if authorizer is not None:
            authorizer.build.gates.setdefault((api, authorizer.id), []).append(route)


def _authorizer(item: Item) -> None:
    """An authorizer is the connection of its API with what decides; only routes that use it are checked."""
    for api in item.ends(item.get("RestApiId"), "rest_api"):
        used = item.build.gates.get((api.end, item.id))
        if used is None:
            continue
        ttl = number(item.get("AuthorizerResultTtlInSeconds"))
        gates = [*item.ends(item.get("ProviderARNs"), "cognito_user_pool")]
        gate = function_of(item.get("AuthorizerUri"))
        everywhere = not item.build.is_partly_open(api.end)
        for target in gates or ([gate] if gate else []):
            for route in [None] if everywhere else used:
                properties: dict[str, Value] = {"authorizer_ttl": ttl, "route": route}
                item.connect(api.end, target, Style.SYNC, item.site(), action="authorize", properties=properties)


def _stage(item: Item) -> None:
    for api in item.ends(item.get("RestApiId"), "rest_api"):
        item.stack.aliases.setdefault(item.id, api.end)
        stage_settings(item, api.end)


def stage_settings(item: Item, api: End) -> None:
    """What a stage sets for all methods: the throttle and tracing."""
    if isinstance(api, Local):
        item.build.staged.add(api.id)
    for settings, _ in items(item.get("MethodSettings")):
        path, verb = word(field(settings, "ResourcePath")) or "/*", word(field(settings, "HttpMethod")) or "*"
        throttle = throttle_of(settings, "ThrottlingRateLimit", "ThrottlingBurstLimit")
        if path in ("/*", "*") and verb == "*":
            item.stack.set(api, "throttle", throttle)
        else:
            written = "*" if path in ("/*", "*") else "/" + path.replace("~1", "/").lstrip("/")
            item.build.throttle_route(api, f"{verb.upper()} {written}", throttle)
    tracing = item.get("TracingEnabled")
    item.stack.set(
        api, "tracing", known(tracing) if isinstance(tracing, bool) else None if tracing is None else UNKNOWN
    )


def throttle_of(settings: Symbol, rate: str, burst: str) -> Value:
    """A throttle; None where neither is set, or a rate below zero says that there is none."""
    found = {"rate": number(field(settings, rate)), "burst": number(field(settings, burst))}
    told = {name: value for name, value in found.items() if value is not None}
    if any(isinstance(value, int | float) and value < 0 for value in told.values()):
        return None
    return told or None


def _deployment(item: Item) -> None:
    if item.get("StageName") is None:
        return
    for api in item.ends(item.get("RestApiId"), "rest_api"):
        if isinstance(api.end, Local):
            item.build.staged.add(api.end.id)
        description = item.get("StageDescription")
        item.stack.set(api.end, "throttle", throttle_of(description, "ThrottlingRateLimit", "ThrottlingBurstLimit"))


def _usage_plan(item: Item) -> None:
    throttle = throttle_of(item.get("Throttle"), "RateLimit", "BurstLimit")
    for stage, _ in items(item.get("ApiStages")):
        for api in item.ends(field(stage, "ApiId"), "rest_api"):
            item.stack.set(api.end, "throttle", throttle)


READERS = {
    "AWS::ApiGateway::RestApi": Reader(_api, _api_wires),
    "AWS::ApiGateway::Method": Reader(None, _method),
    "AWS::ApiGateway::Authorizer": Reader(None, None, _authorizer),
    "AWS::ApiGateway::Stage": Reader(_stage, None),
    "AWS::ApiGateway::Deployment": Reader(None, _deployment),
    "AWS::ApiGateway::UsagePlan": Reader(None, _usage_plan),
}
