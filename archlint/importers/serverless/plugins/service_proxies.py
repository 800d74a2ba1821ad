"""serverless-apigateway-service-proxy: routes that lead to a service of AWS without a function between.

Source: https://github.com/serverless-operations/serverless-apigateway-service-proxy
"""

from __future__ import annotations

from collections.abc import Mapping

from archlint.importers.serverless import naming
from archlint.importers.serverless.authorizers import shared_guard
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.events.apis import rest_api, route_of
from archlint.importers.serverless.events.pushed import default_bus
from archlint.importers.serverless.placed import Placed
from archlint.importers.serverless.routes import Apis, Guard, Route
from archlint.model import Site, Style
from archlint.model.tuples import NamedTuple

_READS = ("Get", "Query", "Scan", "BatchGet", "Head", "List")


class Proxy(NamedTuple):
    """A service behind a route: its component type, the setting that names the component, and the style."""

    type: str
    key: str
    style: Style


_PROXIES: Mapping[str, Proxy] = {
    "kinesis": Proxy("kinesis", "streamName", Style.ASYNC),
    "sqs": Proxy("sqs", "queueName", Style.ASYNC),
    "s3": Proxy("s3", "bucket", Style.SYNC),
    "sns": Proxy("sns", "topicName", Style.ASYNC),
    "dynamodb": Proxy("dynamodb", "tableName", Style.SYNC),
    "eventbridge": Proxy("eventbridge_bus", "eventBusName", Style.ASYNC),
}


def read_proxies(building: Building, apis: Apis) -> None:
    """Add the proxies' routes to the REST API."""
    section = building.section("custom", "apiGatewayServiceProxies")
    for entry in section.items if section is not None else []:
        for service, settings in entry.fields.items():
            proxy = _PROXIES.get(service)
            if proxy is None:
                building.note(f"`{service[:80]}` is no service proxy that archlint knows", entry.site)
            else:
                _add(building, apis, proxy, settings, entry.site)


def _add(building: Building, apis: Apis, proxy: Proxy, settings: Placed, site: Site) -> None:
    written = settings.get(proxy.key)
    target = building.end(written, proxy.type)
    if written is None and proxy.type == "eventbridge_bus":
        target = default_bus()
    action = ""
    if proxy.style is Style.SYNC:
        verb = settings.get("action")
        action = "read" if verb is not None and (verb.text or "").startswith(_READS) else "write"
    route = Route(route_of(settings), target, _guard(building, settings), proxy.style, {}, site, action)
    apis.route(naming.REST_API, rest_api(building, site), route)


def _guard(building: Building, settings: Placed) -> Guard | None:
    kind = settings.get("authorizationType")
    word = (kind.text or "").upper() if kind is not None else ""
    if word == "AWS_IAM":
        return Guard("iam", None)
    shared = settings.get("authorizerId")
    if shared is not None:
        return shared_guard(building, shared)
    private = settings.get("private")
    return Guard("api_key", None) if private is not None and private.value is True else None
