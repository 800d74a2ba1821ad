"""Authorizers of APIs: a function by name or ARN, a user pool, a token's issuer, IAM."""

from __future__ import annotations

from archlint.importers.infrastructure import End, Local
from archlint.importers.infrastructure.issuers import issuing_pool
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.placed import Placed, number
from archlint.importers.serverless.routes import Guard

_IAM = "aws_iam"
_POOL = "cognito_user_pools"
_POOL_ARN = ":cognito-idp:"


def rest_guard(building: Building, event: Placed) -> Guard | None:
    """The guard of an ``http`` or ``websocket`` event; an API key guards too."""
    authorizer = event.get("authorizer")
    if authorizer is None:
        private = event.get("private")
        return Guard("api_key", None) if private is not None and private.value is True else None
    if isinstance(authorizer.value, str):
        if authorizer.value.lower() == _IAM:
            return Guard("iam", None)
        return _guard_of(building, building.function(authorizer), authorizer, authorizer)
    kind = _word(authorizer.get("type"))
    if kind == _IAM:
        return Guard("iam", None)
    if (shared := authorizer.get("authorizerId")) is not None:
        return shared_guard(building, shared)
    written = authorizer.get("arn") or authorizer.get("name")
    if written is None:
        return _guard_of(building, building.function(authorizer), authorizer, authorizer)
    end = building.end(written, "cognito_user_pool") if kind == _POOL else building.function(written)
    return _guard_of(building, end, written, authorizer)


def _guard_of(building: Building, end: End | None, written: Placed, authorizer: Placed) -> Guard:
    text = written.text or ""
    resource = building.stack.resources.get(end.id) if isinstance(end, Local) else None
    is_pool = _POOL_ARN in text or _word(authorizer.get("type")) == _POOL
    if is_pool or (resource is not None and resource.type == "cognito_user_pool"):
        return Guard("cognito", end)
    return Guard("lambda", end, number(authorizer.get("resultTtlInSeconds")))


def shared_guard(building: Building, shared: Placed) -> Guard:
    """An authorizer that stands among the resources, or in another stack."""
    end = building.end(shared, "authorizer")
    if not isinstance(end, Local):
        return Guard("lambda", end)
    resource = building.resource(end)
    properties = resource.get("Properties") if resource is not None else None
    if properties is None:
        return Guard("lambda", None)
    pools = properties.get("ProviderARNs")
    if pools is not None and pools.items:
        return Guard("cognito", building.end(pools.items[0], "cognito_user_pool"))
    jwt = properties.get("JwtConfiguration")
    if jwt is not None:
        return _jwt(building, jwt.get("Issuer"))
    ttl = number(properties.get("AuthorizerResultTtlInSeconds"))
    return Guard("lambda", building.function(properties.get("AuthorizerUri")), ttl)


def http_guard(building: Building, event: Placed) -> Guard | None:
    """The guard of an ``httpApi`` event: one of the provider's, a shared one, or IAM."""
    authorizer = event.get("authorizer")
    if authorizer is None:
        return None
    if _word(authorizer.get("type")) == _IAM or _word(authorizer) == _IAM:
        return Guard("iam", None)
    if (shared := authorizer.get("id")) is not None:
        return shared_guard(building, shared)
    name = (authorizer.get("name") or authorizer).text
    defined = building.section("provider", "httpApi", "authorizers", name) if name else None
    if defined is None:
        return Guard("lambda", building.function(authorizer.get("name") or authorizer))
    if _word(defined.get("type")) == "request":
        function = defined.get("functionArn") or defined.get("functionName")
        return Guard("lambda", building.function(function), number(defined.get("resultTtlInSeconds")))
    return _jwt(building, defined.get("issuerUrl"))


def _jwt(building: Building, issuer: Placed | None) -> Guard:
    """A token's issuer: the user pool whose address it is, else something outside that is no component."""
    pool = issuing_pool(building.symbol(issuer), building.stack) if issuer is not None else None
    return Guard("jwt", building.local(pool.end) if pool is not None else None)


def _word(placed: Placed | None) -> str:
    return placed.value.lower() if placed is not None and isinstance(placed.value, str) else ""
