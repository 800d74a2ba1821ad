"""Events that wait for an answer over HTTP: http, httpApi, websocket, alb, url, cloudFront."""

from __future__ import annotations

import re

from archlint.importers.infrastructure import End, Local, Named
from archlint.importers.infrastructure.arns import host_in
from archlint.importers.infrastructure.symbols import shown
from archlint.importers.infrastructure.tasks import host_of
from archlint.importers.serverless import naming
from archlint.importers.serverless.authorizers import http_guard, rest_guard
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.events.trigger import Making, Readers, Trigger
from archlint.importers.serverless.placed import Placed, number, truth
from archlint.importers.serverless.routes import Guard, Route
from archlint.model import UNKNOWN, Site, Style, Value

_DEFAULT_ROUTE = "$default"
_PROXIES = frozenset({"http", "http_proxy", "http-proxy"})
_LISTENER = re.compile(r":listener/app/(?P<name>[^/]+)/")
_BUCKET_HOST = re.compile(r"\.s3[.-]")
_WAITING = "StartSyncExecution"
_ANY = frozenset({"*", "any"})


def _http(making: Making, trigger: Trigger) -> None:
    building, body = making.building, trigger.body
    end = rest_api(building, trigger.site)
    integration = (_text(trigger.get("integration")) or "").lower()
    if integration == "mock":
        return
    starts = building.stack.type_of(trigger.target) == "step_functions"
    asynchronous = not starts and truth(trigger.get("async")) is True
    properties: dict[str, Value] = {"async_invocation": True} if asynchronous else {}
    timeout = number(trigger.get("timeoutInMillis"))
    if timeout is not None:
        properties["timeout"] = timeout / 1000 if isinstance(timeout, int | float) else UNKNOWN
    target: End | None = trigger.target
    if integration in _PROXIES:
        target = _behind(building, body.at("request", "uri"))
    guard = rest_guard(building, body)
    waits = _text(trigger.get("action")) == _WAITING if starts else not asynchronous
    style = Style.SYNC if waits else Style.ASYNC
    route = Route(route_of(trigger.body), target, guard, style, properties, trigger.site)
    making.apis.route(naming.REST_API, end, route)


def rest_api(building: Building, site: Site) -> End:
    """The REST API of the service, or the one of another stack that it adds its routes to."""
    foreign = building.section("provider", "apiGateway", "restApiId")
    if foreign is not None:
        return building.end(foreign, "rest_api") or Local(naming.REST_API)
    return building.implied(naming.REST_API, "rest_api", site, _rest_properties(building))


def _rest_properties(building: Building) -> dict[str, Value]:
    endpoint = (_text(building.section("provider", "endpointType")) or "").lower()
    return {
        "throttle": _throttle(building),
        "endpoint": endpoint if endpoint in {"regional", "edge", "private"} else UNKNOWN if endpoint else None,
        "private": True if endpoint == "private" else None,
        "tracing": truth(building.section("provider", "tracing", "apiGateway")),
    }


def _throttle(building: Building) -> Value:
    """The throttle of the usage plan, or the defaults that the throttling plugin sets."""
    plans = building.section("provider", "apiGateway", "usagePlan") or building.section("provider", "usagePlan")
    for plan in plans.items if plans is not None else []:
        named = [plan, *plan.fields.values()]  # a list of plans has each under its name
        for throttle in (part.get("throttle") for part in named):
            if throttle is not None:
                return _limits(throttle.get("rateLimit"), throttle.get("burstLimit"))
    settings = building.section("custom", "apiGatewayThrottling")
    if settings is None:
        return None
    return _limits(settings.get("maxRequestsPerSecond"), settings.get("maxConcurrentRequests"))


def _limits(rate: Placed | None, burst: Placed | None) -> Value:
    limits: dict[str, Value] = {"rate": number(rate), "burst": number(burst)}
    return {name: value for name, value in limits.items() if value is not None} or None


def _behind(building: Building, uri: Placed | None) -> End | None:
    """What an HTTP integration leads to."""
    host = host_in(shown(building.symbol(uri))) if uri is not None else ""
    return Named("legacy_http", host) if host else None


def _http_api(making: Making, trigger: Trigger) -> None:
    building = making.building
    foreign = building.section("provider", "httpApi", "id")
    end = building.end(foreign, "http_api") if foreign is not None else None
    end = end or building.implied(naming.HTTP_API, "http_api", trigger.site)
    properties: dict[str, Value] = {}
    timeout = number(trigger.get("timeout") or building.section("provider", "httpApi", "timeout"))
    if timeout is not None:
        properties["timeout"] = timeout
    guard = http_guard(building, trigger.body)
    route = Route(route_of(trigger.body), trigger.target, guard, Style.SYNC, properties, trigger.site)
    making.apis.route(naming.HTTP_API, end, route)


def _websocket(making: Making, trigger: Trigger) -> None:
    building = making.building
    foreign = building.section("provider", "apiGateway", "websocketApiId")
    end = building.end(foreign, "websocket_api") if foreign is not None else None
    end = end or building.implied(naming.WEBSOCKET_API, "websocket_api", trigger.site)
    guard = rest_guard(building, trigger.body)
    text = _text(trigger.short("route")) or _DEFAULT_ROUTE
    making.apis.route(
        naming.WEBSOCKET_API,
        end,
        Route(text, trigger.target, guard, Style.SYNC, {}, trigger.site, after_connecting=True),
    )


def route_of(body: Placed) -> str:
    """``GET /orders`` from either form of an event."""
    if isinstance(body.value, str):
        method, _, path = body.value.strip().partition(" ")
        if not path:
            method, path = "*", method
    else:
        method, path = _text(body.get("method")) or "*", _text(body.get("path")) or "*"
    path = path.strip()
    if path == "*":
        return _DEFAULT_ROUTE
    method = "ANY" if method.lower() in _ANY else method.upper()
    return f"{method} {path if path.startswith('/') else '/' + path}"


def _alb(making: Making, trigger: Trigger) -> None:
    listener = trigger.get("listenerArn")
    end = _load_balancer(making.building, listener) if listener is not None else None
    if end is None:
        return
    paths = trigger.body.at("conditions", "path")
    methods = trigger.body.at("conditions", "method")
    method = " ".join(item.text or "" for item in methods.items) if methods is not None else "ANY"
    texts = [f"{method} {item.text}" for item in paths.items if item.text] if paths is not None else [_DEFAULT_ROUTE]
    guard = Guard("cognito", None) if trigger.get("authorizer") is not None else None
    for text in texts:
        key = end.id if isinstance(end, Local) else f"alb {end}"
        making.apis.route(key, end, Route(text, trigger.target, guard, Style.SYNC, {}, trigger.site))


def _load_balancer(building: Building, listener: Placed) -> End | None:
    """The load balancer of a listener: through the listener's own resource, or by its name in the ARN."""
    found = _LISTENER.search(listener.text or "")
    if found:
        return Named("alb", found["name"])
    end = building.end(listener, "alb")
    if isinstance(end, Local):
        resource = building.resource(end)
        balancer = resource.at("Properties", "LoadBalancerArn") if resource is not None else None
        return building.end(balancer, "alb") if balancer is not None else end
    return end


def _url(making: Making, trigger: Trigger) -> None:
    add_url(making.building, trigger.body, trigger.owner, trigger.site)


def add_url(building: Building, written: Placed, function: str, site: Site) -> None:
    """The URL of a function."""
    if written.value is None or written.value is False:
        return
    signed = (_text(written.get("authorizer")) or "").lower() == "aws_iam"
    streaming = _text(written.get("invokeMode")) == "RESPONSE_STREAM"
    properties: dict[str, Value] = {"auth": "iam" if signed else "none", "streaming": True if streaming else None}
    end = building.implied(f"{naming.function_id(function)}Url", "function_url", site, properties)
    building.connect(end, Local(function), Style.SYNC, site)


def _cloud_front(making: Making, trigger: Trigger) -> None:
    building = making.building
    end = building.implied(naming.DISTRIBUTION, "cloudfront", trigger.site)
    pattern = _text(trigger.get("pathPattern"))
    properties: dict[str, Value] = {"route": f"ANY {pattern}"} if pattern else {}
    building.connect(end, trigger.target, Style.SYNC, trigger.site, properties=properties)
    origin = trigger.get("origin")
    source = origin.get("DomainName") if origin is not None and isinstance(origin.value, dict) else origin
    if source is not None:
        fetched = _origin(building, source)
        action = "read" if fetched is not None and building.stack.type_of(fetched) == "s3" else ""
        building.connect(end, fetched, Style.SYNC, source.site, action=action)


def _origin(building: Building, origin: Placed) -> End | None:
    """What a distribution fetches from: a bucket, or a host."""
    if isinstance(origin.value, dict):
        return building.end(origin, "s3")
    text = origin.text or ""
    host = host_of(text.replace("s3://", "https://", 1) if "//" in text else f"https://{text}")
    if text.startswith("s3://") or _BUCKET_HOST.search(host):
        return Named("s3", _BUCKET_HOST.split(host)[0])
    return Named("third_party", host) if host else None


def _text(placed: Placed | None) -> str | None:
    return None if placed is None else placed.text


READERS: Readers = {
    "http": _http,
    "httpApi": _http_api,
    "websocket": _websocket,
    "alb": _alb,
    "url": _url,
    "cloudFront": _cloud_front,
}
