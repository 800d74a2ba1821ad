"""AppSync: APIs, data sources and the resolvers that use them."""

from __future__ import annotations

from archlint.importers.cloudformation.item import Item, Reader, boolean
from archlint.importers.cloudformation.readers.iam import allowed_by
from archlint.importers.infrastructure.ends import End, Named
from archlint.importers.infrastructure.openapi import prevailing
from archlint.importers.infrastructure.permissions import access_to
from archlint.importers.infrastructure.symbols import Symbol, field, items, mapping, shown, word
from archlint.importers.infrastructure.tasks import host_of
from archlint.model import UNKNOWN, Site, Style, Value

_AUTH = {
    "API_KEY": "api_key",
    "AWS_IAM": "iam",
    "AMAZON_COGNITO_USER_POOLS": "cognito",
    "OPENID_CONNECT": "jwt",
    "AWS_LAMBDA": "lambda",
}


def _api(item: Item) -> None:
    kind = item.get("AuthenticationType")
    properties: dict[str, Value] = {
        "auth": None if kind is None else _AUTH.get(word(kind), UNKNOWN),
        "tracing": boolean(item.get("XrayEnabled")),
        "private": _private(item),
    }
    item.add("appsync", properties, item.get("Name"))


def _private(item: Item) -> Value:
    return True if word(item.get("Visibility")) == "PRIVATE" else None


def _api_wires(item: Item) -> None:
    configured = [(item.get("UserPoolConfig"), item.get("LambdaAuthorizerConfig"))]
    configured += [
        (field(provider, "UserPoolConfig"), field(provider, "LambdaAuthorizerConfig"))
        for provider, _ in items(item.get("AdditionalAuthenticationProviders"))
    ]
    for pool, gate in configured:
        for target in item.ends(field(pool, "UserPoolId"), "cognito_user_pool"):
            item.connect(item.end, target, Style.SYNC, item.site("UserPoolConfig"), action="authorize")
        for target in item.ends(field(gate, "AuthorizerUri"), "lambda"):
            item.connect(item.end, target, Style.SYNC, item.site("LambdaAuthorizerConfig"), action="authorize")


_SOURCES = {
    "LambdaConfig": (("LambdaFunctionArn",), "lambda", Style.SYNC, "invoke"),
    "DynamoDBConfig": (("TableName",), "dynamodb", Style.SYNC, "read_write"),
    "EventBridgeConfig": (("EventBusArn",), "eventbridge_bus", Style.ASYNC, "publish"),
    "ElasticsearchConfig": (("Endpoint",), "opensearch", Style.SYNC, "read_write"),
    "OpenSearchServiceConfig": (("Endpoint",), "opensearch", Style.SYNC, "read_write"),
    "RelationalDatabaseConfig": (("RdsHttpEndpointConfig", "DbClusterIdentifier"), "aurora", Style.SYNC, "read_write"),
}


def _source(item: Item) -> None:
    for api in item.ends(item.get("ApiId"), "appsync"):
        for key, (path, type_, style, assumed) in _SOURCES.items():
            granted = allowed_by(item.build, item.get("ServiceRoleArn")) if type_ == "dynamodb" else []
            action = access_to(type_, granted) or assumed
            connect_source(item, api.end, item.get(key, *path), type_, style, action, item.site(key))
        endpoint = item.get("HttpConfig", "Endpoint")
        host = host_of(word(endpoint))
        if endpoint is not None:
            _http(item, api.end, endpoint, host)


def connect_source(  # noqa: PLR0913, PLR0917  what a data source is made of
    item: Item, api: End, value: Symbol, type_: str, style: Style, action: str, site: Site
) -> None:
    """Connect an API with one of its data sources."""
    properties: dict[str, Value] = {"via": "data_api"} if type_ == "aurora" else {}
    for target in item.ends(value, type_):
        item.connect(api, target, style, site, action=action, properties=properties)


_CALLED = frozenset({"step_functions", "sqs", "sns", "eventbridge_bus"})


def _http(item: Item, api: End, endpoint: Symbol, host: str) -> None:
    """An HTTP data source: AWS's own endpoints are reached with what the source's role allows, others by their host."""
    site = item.site("HttpConfig")
    found = False
    if "://bedrock" in shown(endpoint):
        item.connect(api, Named("bedrock", "Bedrock"), Style.SYNC, site, action="invoke")
        return
    for statement in allowed_by(item.build, item.get("ServiceRoleArn")):
        for resource in statement.resources:
            for target in item.ends(resource):
                type_ = item.stack.type_of(target.end)
                if type_ in _CALLED:
                    style = Style.SYNC if "states:StartSyncExecution" in statement.actions else Style.ASYNC
                    item.connect(api, target, style, site, sure=False)
                    found = True
    if not found and host and not host.endswith(".amazonaws.com"):
        for target in item.ends(host.replace(":", "-"), "third_party"):
            item.connect(api, target, Style.SYNC, site)
    elif not found and not host:
        for target in item.ends(endpoint, "third_party"):
            if item.stack.type_of(target.end) in ("rest_api", "http_api", "alb", "function_url"):
                item.connect(api, target, Style.SYNC, site)


def _events(item: Item) -> None:
    """An API for events always asks its callers who they are: in the way that most of its providers tell."""
    kinds = [_AUTH.get(word(field(provider, "AuthType")), "") for provider in _providers(item)]
    properties: dict[str, Value] = {"auth": prevailing(kinds) if kinds and all(kinds) else UNKNOWN}
    item.add("appsync", properties, item.get("Name"))


def _events_wires(item: Item) -> None:
    for index, provider in enumerate(_providers(item)):
        site = item.site("EventConfig", "AuthProviders", index)
        for target in item.ends(field(provider, "CognitoConfig", "UserPoolId"), "cognito_user_pool"):
            item.connect(item.end, target, Style.SYNC, site, action="authorize")
        for target in item.ends(field(provider, "LambdaAuthorizerConfig", "AuthorizerUri"), "lambda"):
            item.connect(item.end, target, Style.SYNC, site, action="authorize")


def _providers(item: Item) -> list[Symbol]:
    return [provider for provider, _ in items(item.get("EventConfig", "AuthProviders"))]


def _sam_api(item: Item) -> None:
    auth = word(item.get("Auth", "Type"))
    properties: dict[str, Value] = {
        "auth": _AUTH.get(auth, UNKNOWN),
        "tracing": boolean(item.get("XrayEnabled")),
        "private": _private(item),
    }
    item.add("appsync", properties, item.get("Name"))


def _sam_wires(item: Item) -> None:
    for name, body in mapping(item.get("DataSources", "DynamoDb")).items():
        site = item.site("DataSources", "DynamoDb", name)
        connect_source(item, item.end, field(body, "TableName"), "dynamodb", Style.SYNC, "read_write", site)
    for name, body in mapping(item.get("DataSources", "Lambda")).items():
        site = item.site("DataSources", "Lambda", name)
        connect_source(item, item.end, field(body, "FunctionArn"), "lambda", Style.SYNC, "invoke", site)
    auth = item.get("Auth")
    for provider in (auth, *(value for value, _ in items(field(auth, "Additional")))):
        for target in item.ends(field(provider, "UserPool", "UserPoolId"), "cognito_user_pool"):
            item.connect(item.end, target, Style.SYNC, item.site("Auth"), action="authorize")
        for target in item.ends(field(provider, "LambdaAuthorizer", "AuthorizerUri"), "lambda"):
            item.connect(item.end, target, Style.SYNC, item.site("Auth"), action="authorize")


READERS = {
    "AWS::AppSync::GraphQLApi": Reader(_api, _api_wires),
    "AWS::AppSync::Api": Reader(_events, _events_wires),
    "AWS::AppSync::DataSource": Reader(None, _source),
    "AWS::Serverless::GraphQLApi": Reader(_sam_api, _sam_wires),
}
