"""SAM's connectors: permissions between two resources, by what those are.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
"""

from __future__ import annotations

from archlint.importers.cloudformation.item import Item, Reader
from archlint.importers.infrastructure.ends import End, Local, Named
from archlint.importers.infrastructure.symbols import Symbol, field, items, mapping, word
from archlint.model import Site, Style

_STORES = frozenset({"dynamodb", "s3"})
_WRITES = {
    "sqs": (Style.ASYNC, "send"),
    "sns": (Style.ASYNC, "publish"),
    "eventbridge_bus": (Style.ASYNC, "publish"),
    "step_functions": (Style.ASYNC, ""),
}
_PUSHES = frozenset({"sns", "s3", "eventbridge_rule", "schedule", "eventbridge_bus"})
_MAPPED = frozenset({"sqs", "dynamodb"})


def connect_connectors(item: Item) -> None:
    """Connect a resource with the destinations of the connectors embedded in it."""
    for name, body in mapping(item.body.get("Connectors")).items():
        properties = field(body, "Properties")
        site = Site(item.stack.site.document, (*item.route, "Connectors", name))
        _connect(item, Local(item.id), properties, site)


def _connector(item: Item) -> None:
    for source in _ends(item, item.get("Source")):
        _connect(item, source, item.properties, item.site())


def _connect(item: Item, source: End, properties: object, site: Site) -> None:
    fields = properties if isinstance(properties, dict) else dict(item.properties)
    granted = {word(value) for value, _ in items(fields.get("Permissions"))}
    for destination, _ in items(fields.get("Destination")):
        for target in _ends(item, destination):
            _pair(item, source, target, granted, site)


_TYPES = {
    "AWS::ApiGateway::RestApi": "rest_api",
    "AWS::ApiGatewayV2::Api": "http_api",
    "AWS::AppSync::GraphQLApi": "appsync",
    "AWS::DynamoDB::Table": "dynamodb",
    "AWS::Events::EventBus": "eventbridge_bus",
    "AWS::Lambda::Function": "lambda",
    "AWS::S3::Bucket": "s3",
    "AWS::SNS::Topic": "sns",
    "AWS::SQS::Queue": "sqs",
    "AWS::Serverless::Api": "rest_api",
    "AWS::Serverless::Function": "lambda",
    "AWS::Serverless::HttpApi": "http_api",
    "AWS::Serverless::SimpleTable": "dynamodb",
    "AWS::Serverless::StateMachine": "step_functions",
    "AWS::StepFunctions::StateMachine": "step_functions",
}
"""What a profile that names a resource by its ARN says that it is."""
_PLACES = "AWS::Location::PlaceIndex"


def _ends(item: Item, profile: Symbol) -> list[End]:
    """A resource by its id, or by its type and ARN or name where it is another stack's."""
    id_, type_ = word(field(profile, "Id")), word(field(profile, "Type"))
    known = item.build.resources.get(id_)
    if _PLACES in (type_, known.type if known is not None else ""):
        return [Named("other", "Location")]
    if id_:
        return [Local(id_)]
    for key in ("Arn", "Name", "QueueUrl", "ResourceId"):
        found = [target.end for target in item.ends(field(profile, key), _TYPES.get(type_, "other"))]
        if found:
            return [end for end in found if item.stack.type_of(end) != "other"]
    return []


def _pair(item: Item, source: End, target: End, granted: set[str], site: Site) -> None:
    from_, to = item.stack.type_of(source), item.stack.type_of(target)
    rule = _rule_of(item, source)
    if rule is not None or from_ in _MAPPED or from_ == "appsync" or item.build.permissions.is_settled(source):
        return  # a rule's targets, a mapping, a data source, a definition say it themselves; this only permits it
    if target == Named("other", "Location"):
        item.connect(source, target, Style.SYNC, site, action="invoke", sure=False)
        return
    if to == "sqs" and "Read" in granted:
        item.connect(source, target, Style.SYNC, site, action="read", sure=False)
    if to in _STORES:
        action = "read_write" if {"Read", "Write"} <= granted else "write" if "Write" in granted else "read"
        item.build.permissions.told(source, target)
        item.connect(source, target, Style.SYNC, site, action=action, sure=False)
    elif from_ in _PUSHES:
        item.connect(source, target, Style.ASYNC, site, action="deliver", sure=False)
    elif from_ in ("rest_api", "http_api", "websocket_api"):
        item.connect(source, target, Style.SYNC, site, action="invoke", sure=False)
    elif to in _WRITES and "Write" in granted:
        written, action = _WRITES[to]
        item.connect(source, target, written, site, action=action, sure=False)
    elif to == "lambda":
        style = Style.SYNC if from_ == "step_functions" else None
        item.connect(source, target, style, site, action="" if style else "invoke", sure=False)


def _rule_of(item: Item, source: End) -> Item | None:
    found = item.build.resources.get(source.id) if isinstance(source, Local) else None
    return found if found is not None and found.type in ("AWS::Events::Rule", "AWS::AppSync::DataSource") else None


READERS = {"AWS::Serverless::Connector": Reader(None, _connector)}
