"""SAM's APIs: what they ask of their callers and what their stages set."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.importers.cloudformation.item import Item, Reader, number
from archlint.importers.cloudformation.readers.http_apis import throttle_routes
from archlint.importers.cloudformation.readers.rest_apis import connect_body, endpoint_of, stage_settings, throttle_of
from archlint.importers.infrastructure.arns import Target
from archlint.importers.infrastructure.ends import Local
from archlint.importers.infrastructure.issuers import issuing_pool
from archlint.importers.infrastructure.resource_policies import lets_everybody_in
from archlint.importers.infrastructure.symbols import Reference, Symbol, field, mapping, word
from archlint.model import UNKNOWN, Style, Value


def _api(item: Item) -> None:
    rest = item.type == "AWS::Serverless::Api"
    name = item.get("Name")
    if item.type == "AWS::Serverless::WebSocketApi":
        item.add("websocket_api", {"auth": _CONNECTS.get(word(item.get("Auth", "AuthType")))}, name)
    else:
        item.add("rest_api" if rest else "http_api", endpoint_of(item) if rest else {}, name)
    item.build.staged.add(item.id)
    if item.get("DefinitionBody") is not None or item.get("DefinitionUri") is not None:
        item.build.bodied.add(item.id)
    stage = word(item.get("StageName")) or "Prod"
    for made in (
        f"{item.id}.Stage",
        f"{item.id}{stage}Stage",
        f"{item.id}.Deployment",
        f"{item.id}ApiGatewayDefaultStage",
    ):
        item.build.scope.generated[made] = Reference(item.end)
    declare_auth(item, item.id, item.get("Auth"))


_CONNECTS = {"AWS_IAM": "iam", "CUSTOM": "lambda"}
"""How a WebSocket API checks who connects."""


def declare_auth(item: Item, api: str, auth: Symbol) -> None:
    """Note the authorizers of an API before its routes are read."""
    item.build.defaults[api] = word(field(auth, "DefaultAuthorizer"))
    if field(auth, "ApiKeyRequired") is True:
        item.build.keyed.add(api)
    if field(auth, "EnableIamAuthorizer") is True:
        item.build.schemes[api, "AWS_IAM"] = "iam"
    for name, body in mapping(field(auth, "Authorizers")).items():
        fields = mapping(body)
        kind = "lambda" if "FunctionArn" in fields else "cognito" if "UserPoolArn" in fields else "jwt"
        item.build.schemes[api, name] = kind


def _wires(item: Item) -> None:
    if item.type == "AWS::Serverless::Api":
        stage_settings(item, item.end)
    body = item.get("DefinitionBody")
    if body is None:
        body = item.get("DefinitionUri")
    if body is not None:
        connect_body(item, body, "DefinitionBody" if item.get("DefinitionBody") is not None else "DefinitionUri")
    apply_settings(item, item.end, item.properties)
    for key, route in mapping(item.get("Routes")).items():
        site = item.site("Routes", key)
        timeout = number(field(route, "IntegrationTimeout"))
        seconds = timeout / 1000 if isinstance(timeout, int | float) else timeout
        for function in item.ends(field(route, "FunctionArn"), "lambda"):
            properties: dict[str, Value] = {"route": key, "timeout": seconds}
            item.connect(item.end, function, Style.SYNC, site, action="invoke", properties=properties)
    for function in item.ends(item.get("Auth", "AuthArn"), "lambda"):
        item.connect(item.end, function, Style.SYNC, item.site("Auth", "AuthArn"), action="authorize")


def apply_settings(item: Item, api: Local, fields: Mapping[str, Symbol]) -> None:
    """Set what a SAM API says of its stage: the throttle of all routes, or of the usage plan that it makes."""
    settings = fields.get("DefaultRouteSettings")
    item.stack.set(api, "throttle", throttle_of(settings, "ThrottlingRateLimit", "ThrottlingBurstLimit"))
    throttle_routes(item, api, fields.get("RouteSettings"))
    plan = field(fields.get("Auth"), "UsagePlan", "Throttle")
    item.stack.set(api, "throttle", throttle_of(plan, "RateLimit", "BurstLimit"))


def _gates(item: Item) -> None:
    connect_gates(item, item.end, item.get("Auth"))


def connect_gates(item: Item, api: Local, auth: Symbol) -> None:
    """Connect an API with the authorizers that its routes use, or that it takes for a body's routes by default."""
    if _is_guarded(item, mapping(field(auth, "ResourcePolicy"))):
        item.build.guarded.add(api.id)
    default = word(field(auth, "DefaultAuthorizer"))
    for name, body in mapping(field(auth, "Authorizers")).items():
        used = item.build.gates.get((api, name))
        if used is None and name != default:
            continue
        if name == default:
            kind = item.build.schemes[api.id, name]
            item.stack.set(api, "auth", kind)
        routes = used if used and item.build.is_partly_open(api) else [None]
        ttl = number(field(body, "Identity", "ReauthorizeEvery"))
        for gate in _deciders(item, mapping(body)):
            for route in routes:
                properties: dict[str, Value] = {"authorizer_ttl": ttl, "route": route}
                place = item.site("Auth", "Authorizers", name)
                item.connect(api, gate, Style.SYNC, place, action="authorize", properties=properties)
    if field(auth, "ApiKeyRequired") is True and not default and api.id in item.build.bodied:
        item.stack.set(api, "auth", "api_key")
    if default == "AWS_IAM":
        item.stack.set(api, "auth", "iam")
    elif default and default not in mapping(field(auth, "Authorizers")):
        item.stack.set(api, "auth", UNKNOWN)


def _is_guarded(item: Item, policy: Mapping[str, Symbol]) -> bool:
    """Whether a policy lets only some callers in, or clients need a certificate and there is no way around it."""
    lists = policy.keys() - {"CustomStatements"}
    own = policy.get("CustomStatements")
    certified = item.get("Domain", "MutualTlsAuthentication") is not None
    return bool(lists or (own and not lets_everybody_in(own))) or (
        certified and item.get("DisableExecuteApiEndpoint") is True
    )


def _deciders(item: Item, fields: Mapping[str, Symbol]) -> list[Target]:
    found = [
        *item.ends(fields.get("FunctionArn"), "lambda"),
        *item.ends(fields.get("UserPoolArn"), "cognito_user_pool"),
    ]
    pool = issuing_pool(field(fields.get("JwtConfiguration"), "issuer"), item.stack)
    return found or ([pool] if pool is not None else [])


READERS = {
    "AWS::Serverless::Api": Reader(_api, _wires, _gates),
    "AWS::Serverless::HttpApi": Reader(_api, _wires, _gates),
    "AWS::Serverless::WebSocketApi": Reader(_api, _wires, _gates),
}
