"""SAM functions: what SAM makes of one is its triggers, destinations, role and URL.

Resources that the transform makes have the names that it gives them.
"""

from __future__ import annotations

from archlint.importers.cloudformation.item import Item, Reader, read_properties
from archlint.importers.cloudformation.readers.functions import (
    SAM_FUNCTION,
    dead_letter,
    mounts,
    url_properties,
)
from archlint.importers.cloudformation.readers.iam import environment_of, run_as, sam_policies
from archlint.importers.cloudformation.sam_events import connect_events, declare_events
from archlint.importers.infrastructure.ends import Local
from archlint.importers.infrastructure.permissions import Principal
from archlint.importers.infrastructure.symbols import Either, Reference, Symbol, field, mapping, word
from archlint.model import Site, Style


def _function(item: Item) -> None:
    item.add("lambda", read_properties(item, SAM_FUNCTION), item.get("FunctionName"))
    generated = item.build.scope.generated
    alias = item.get("AutoPublishAlias")
    if alias is not None:
        for name in (f"{item.id}.Alias", f"{item.id}.Version", f"{item.id}Alias{word(alias)}"):
            generated[name] = Reference(item.end)
    run_as(item, item.get("Role"))
    if item.get("FunctionUrlConfig") is not None:
        properties = url_properties(mapping(item.get("FunctionUrlConfig")))
        item.stack.add(f"{item.id}Url", "function_url", item.site("FunctionUrlConfig"), properties)
        generated[f"{item.id}Url"] = Reference(Local(f"{item.id}Url"))
    _declare_destinations(item)
    declare_events(item)


def _wires(item: Item) -> None:
    if item.get("FunctionUrlConfig") is not None:
        item.connect(Local(f"{item.id}Url"), item.end, Style.SYNC, item.site("FunctionUrlConfig"))
    type_ = "sns" if word(item.get("DeadLetterQueue", "Type")) == "SNS" else "sqs"
    dead_letter(item, item.get("DeadLetterQueue", "TargetArn"), item.site("DeadLetterQueue"), type_)
    _destinations(item)
    if item.get("Role") is None or isinstance(item.get("Role"), Either):  # SAM takes no policies beside a role
        item.build.permissions.allow(Principal(item.end), sam_policies(item, item.get("Policies")))
    environment_of(item, item.get("Environment", "Variables"), ("Environment", "Variables"))
    mounts(item)
    connect_events(item)


_DESTINATIONS = (("OnFailure", Style.ERROR, "on_failure"), ("OnSuccess", Style.ASYNC, "on_success"))
_TYPES = {
    "SQS": "sqs",
    "SNS": "sns",
    "Lambda": "lambda",
    "EventBridge": "eventbridge_bus",
    "S3": "s3",
    "S3Bucket": "s3",
}
_MADE = {"SQS": ("Queue", "sqs"), "SNS": ("Topic", "sns")}


def _made(item: Item, key: str) -> tuple[Local, str] | None:
    """The queue or topic that SAM makes for a destination of which only the type is written."""
    config = item.get("EventInvokeConfig", "DestinationConfig", key)
    made = _MADE.get(word(field(config, "Type")))
    if made is None or field(config, "Destination") is not None:
        return None
    return Local(f"{item.id}EventInvokeConfig{key}{made[0]}"), made[1]


def _declare_destinations(item: Item) -> None:
    for key, _, _ in _DESTINATIONS:
        made = _made(item, key)
        if made is not None:
            item.stack.add(made[0].id, made[1], item.site("EventInvokeConfig", "DestinationConfig", key))


def _destinations(item: Item) -> None:
    for key, style, action in _DESTINATIONS:
        site = item.site("EventInvokeConfig", "DestinationConfig", key)
        made = _made(item, key)
        if made is not None:
            _destination(item, Reference(made[0]), made[1], style, action, site)
        config = item.get("EventInvokeConfig", "DestinationConfig", key)
        type_ = _TYPES.get(word(field(config, "Type")), "sqs")
        _destination(item, field(config, "Destination"), type_, style, action, site)


def _destination(  # noqa: PLR0913, PLR0917  what a destination is made of
    item: Item, value: Symbol, type_: str, style: Style, action: str, site: Site
) -> None:
    properties = {"attached_to": "function"} if style is Style.ERROR else {}
    for target in item.ends(value, type_):
        item.connect(item.end, target, style, site, action=action, properties=properties)


READERS = {"AWS::Serverless::Function": Reader(_function, _wires)}
