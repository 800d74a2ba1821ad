"""OpenAPI bodies with API Gateway's extensions to routes, authorizers and what they lead to.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from archlint.importers.infrastructure.arns import targets
from archlint.importers.infrastructure.ends import End
from archlint.importers.infrastructure.integrations import Allowed, Integration, connect_integration, function_of
from archlint.importers.infrastructure.issuers import issuing_pool
from archlint.importers.infrastructure.resource_policies import lets_everybody_in
from archlint.importers.infrastructure.stack import Stack
from archlint.importers.infrastructure.symbols import Symbol, field, mapping, options, word
from archlint.model import UNKNOWN, Site, Style, Value
from archlint.model.tuples import NamedTuple

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method")
_INTEGRATION = "x-amazon-apigateway-integration"
_AUTHORIZER = "x-amazon-apigateway-authorizer"
_POLICY = "x-amazon-apigateway-policy"


class Route(NamedTuple):
    """A route of a body; ``security`` names the schemes it asks for, () that it asks for none, None says nothing."""

    name: str
    operation: Mapping[str, Symbol]
    path: tuple[str | int, ...]
    security: tuple[str, ...] | None


def routes(body: Symbol) -> Iterator[Route]:
    """The routes of a body, in order."""
    overall = _schemes(field(body, "security"))
    for path, methods in mapping(field(body, "paths")).items():
        for method, operation in mapping(methods).items():
            if method.lower() not in _METHODS:
                continue
            verb = "ANY" if method.startswith("x-") else method.upper()
            name = "$default" if path.strip("/") == "$default" else f"{verb} {path}"
            fields = mapping(operation)
            own = _schemes(fields.get("security"))
            yield Route(name, fields, ("paths", path, method), overall if own is None else own)


_OPEN = "NONE"
"""What SAM writes where a route asks for nothing although its API does."""


def _schemes(security: Symbol) -> tuple[str, ...] | None:
    if not isinstance(security, list):
        return None
    names = (name for entry in security if isinstance(entry, dict) for name in entry)
    return tuple(name for name in names if name != _OPEN)


class Scheme(NamedTuple):
    """A security scheme: how it checks (``cognito``, ``jwt``, ``lambda``, ``iam``, ``api_key``), who does, how long."""

    auth: str
    gates: tuple[End, ...] = ()
    seconds: Value = None


def schemes(body: Symbol, stack: Stack) -> dict[str, Scheme]:
    """The security schemes of a body by name, those of OpenAPI 3 and of Swagger 2."""
    found = mapping(field(body, "components", "securitySchemes")) | mapping(field(body, "securityDefinitions"))
    return {name: _scheme(mapping(value), stack) for name, value in found.items()}


def _scheme(fields: Mapping[str, Symbol], stack: Stack) -> Scheme:
    kind = word(fields.get("x-amazon-apigateway-authtype")).lower()
    authorizer = fields.get(_AUTHORIZER)
    if kind in ("awssigv4", "aws_iam"):
        return Scheme("iam")
    if isinstance(authorizer, dict):
        type_ = word(authorizer.get("type")).lower()
        if type_ in ("cognito_user_pools", "jwt") or kind == "cognito_user_pools":
            pools = authorizer.get("providerARNs")
            gates = tuple(found.end for found in targets(pools, "cognito_user_pool"))
            pool = issuing_pool(field(authorizer.get("jwtConfiguration"), "issuer"), stack)
            return Scheme("cognito" if type_ != "jwt" else "jwt", gates or ((pool.end,) if pool else ()))
        gate = function_of(authorizer.get("authorizerUri"))
        seconds = authorizer.get("authorizerResultTtlInSeconds")
        shown_seconds = seconds if isinstance(seconds, int | float) else None if seconds is None else UNKNOWN
        return Scheme("lambda", (gate.end,) if gate else (), shown_seconds)
    if word(fields.get("type")) == "apiKey" and not kind:
        return Scheme("api_key")
    return Scheme("jwt" if word(fields.get("type")) in ("oauth2", "openIdConnect") else "")


def connect_openapi(
    stack: Stack, api: End, body: Symbol, site: Site, allowed: Allowed | None = None
) -> dict[str, Value]:
    """Connect an API with what its body says, and answer what that says about the API itself (``auth``).

    ``site`` is where the body stands.
    """
    known = schemes(body, stack)
    used: dict[str, list[str]] = {}
    asked: list[str] = []
    for route in routes(body):
        place = Site(site.document, (*site.route, *route.path))
        integration = route.operation.get(_INTEGRATION)
        names = [name for name in route.security or () if name in known]
        open_on_purpose = route.security == ()
        if not route.name.startswith("OPTIONS ") and integration is not None and not open_on_purpose:
            asked.append(_asked(route, [known[name].auth for name in names]))
        for value, _ in options(integration):
            if isinstance(value, dict):
                connect_integration(stack, api, _integration(value, route, place), allowed)
        for name in names:
            used.setdefault(name, []).append(route.name)
    partly_open = "none" in asked
    for name, guarded in used.items():
        place = Site(site.document, (*site.route, *_scheme_route(body, name)))
        _authorize(stack, api, known[name], place, guarded if partly_open else [None])
    auth = auth_of(asked, stack, api)
    if partly_open and any(known[name].auth and not known[name].gates for name in used):
        auth = UNKNOWN  # no connection shows which routes are open
    policy = field(body, _POLICY)
    guarded_by_policy = policy is not None and not lets_everybody_in(field(policy, "Statement"))
    return {"auth": UNKNOWN if guarded_by_policy and auth is None else auth}


_KINDS = {"aws_iam": "iam", "cognito_user_pools": "cognito", "custom": "lambda", "jwt": "jwt"}


def _asked(route: Route, auths: list[str]) -> str:
    """How a route authorizes its callers: by its schemes, else by what it says of itself; ``none`` if it is open."""
    strong = next((auth for auth in auths if auth and auth != "api_key"), "")
    own = word(field(route.operation.get("x-amazon-apigateway-auth"), "type")).lower()
    not_described = "unknown" if len(auths) < len(route.security or ()) else ""
    return strong or _KINDS.get(own, "") or not_described or ("api_key" if "api_key" in auths else "none")


def auth_of(kinds: Sequence[str], stack: Stack, api: End) -> Value:
    """How an API authorizes its callers, from how each of its routes does (``none``, ``iam``, …).

    Nothing is said where some routes are open and the connections of authorizers show which ones are not; where they
    do not show it, or a route's way is not known, it is unknown.
    """
    told = [kind for kind in kinds if kind != "none"]
    if "unknown" in told:
        return UNKNOWN
    if not told:
        return None
    if len(told) == len(kinds):
        return prevailing(told)
    shown = {"lambda", "cognito"}
    if any(wire.action == "authorize" and wire.source == api for wire in stack.wires):
        shown.add("jwt")
    return None if shown.issuperset(told) else UNKNOWN


_RANKS = ("lambda", "cognito", "jwt", "iam", "api_key")


def prevailing(kinds: Sequence[str]) -> str:
    """How most routes authorize their callers; a key alone counts only where nothing stronger does."""
    strong = [kind for kind in kinds if kind != "api_key"] or list(kinds)
    return max(sorted(set(strong), key=_RANKS.index), key=strong.count)


def _scheme_route(body: Symbol, name: str) -> tuple[str, ...]:
    two = isinstance(body, dict) and "securityDefinitions" in body
    return ("securityDefinitions", name) if two else ("components", "securitySchemes", name)


def _authorize(stack: Stack, api: End, scheme: Scheme, site: Site, guarded: Sequence[str | None]) -> None:
    """Connect an API with who decides for some routes, or for all by None."""
    for gate in scheme.gates:
        for route in guarded:
            properties: dict[str, Value] = {"authorizer_ttl": scheme.seconds, "route": route}
            stack.connect(api, gate, Style.SYNC, site, action="authorize", properties=properties)


def _integration(fields: Mapping[str, Symbol], route: Route, site: Site) -> Integration:
    kind = word(fields.get("type")).upper() or ("MOCK" if fields.get("uri") is None else "AWS")
    return Integration(
        kind=kind,
        uri=fields.get("uri"),
        site=site,
        route=route.name,
        method=word(fields.get("httpMethod")),
        subtype=word(fields.get("integrationSubtype")),
        credentials=fields.get("credentials"),
        parameters=fields.get("requestParameters"),
        templates=fields.get("requestTemplates"),
        connection=fields.get("connectionId"),
        milliseconds=fields.get("timeoutInMillis"),
        transfer=fields.get("responseTransferMode"),
        extra=(("public", True),) if route.security == () else (),
    )
