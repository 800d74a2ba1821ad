"""Where in a template a snippet belongs: the keys down to the mapping that is to be changed."""

from __future__ import annotations

import json

from yaml import MappingNode, Node, ScalarNode

from archlint.model import Site
from archlint.model.places import Route
from archlint.source import Document, TooDeepError

_LINKS = frozenset(
    {
        "AWS::Lambda::EventSourceMapping",
        "AWS::SNS::Subscription",
        "AWS::Events::Rule",
        "AWS::Scheduler::Schedule",
        "AWS::Pipes::Pipe",
    }
)
"""Resources that are a connection, or hold the settings of one."""
_STREAMS = frozenset(
    {
        *("KinesisStreamParameters", "DynamoDBStreamParameters"),
        *("kinesis_stream_parameters", "dynamodb_stream_parameters"),
    }
)
_START = 200
"""Characters within which a document begins."""
_LONGEST = 90
"""A value with more characters is not repeated."""


def keys_above(route: Route) -> Route:
    """The keys above the resources that a place is among: those of a serverless.yml stand below a key of their own."""
    return route[:1] if route[:2] == ("resources", "Resources") else ()


def type_at(document: Document, site: Site) -> str:
    """The type of the resource of a template that a place is in; empty where there is none."""
    head = keys_above(site.route)
    if len(site.route) < len(head) + 2 or site.route[len(head)] != "Resources":
        return ""
    _, node = document.node_at(site.route[: len(head) + 2])
    found = document.pairs(node).get("Type") if isinstance(node, MappingNode) else None
    return found[1].value if found is not None and isinstance(found[1], ScalarNode) else ""


def is_mapping(document: Document, site: Site) -> bool:
    """Whether a mapping with keys of its own stands at a place, and no function that makes one."""
    _, node = document.node_at(site.route)
    keys = document.pairs(node) if isinstance(node, MappingNode) and not node.tag.startswith("!") else {}
    return bool(keys) and not any(key.startswith(("Fn::", "Ref")) for key in keys)


def is_sam(type_: str) -> bool:
    """Whether a resource is one of those that SAM transforms."""
    return type_.startswith("AWS::Serverless::")


def is_json(document: Document) -> bool:
    """Whether a document is JSON, or YAML that looks like it."""
    return document.text[:_START].lstrip()[:1] == "{"


def keys_of(document: Document, site: Site) -> list[str] | None:
    """The keys down to the settings of a connection that stands in a template; None if they cannot be told.

    An event of SAM has properties of its own; a rule has a list of targets, a schedule one. In a serverless.yml they
    begin at its root.
    """
    over = keys_above(site.route)
    route = [str(part) for part in site.route[len(over) :]]
    type_ = type_at(document, site)
    inner = route[3:]
    if is_sam(type_) and inner[:1] == ["Events"] and len(inner) > 1:
        return [route[1], "Properties", "Events", inner[1], "Properties"]
    if type_ not in _LINKS:
        return None
    head = [*(("resources", "Resources") if over else ()), route[1], "Properties"]
    match type_, inner[:1]:
        case "AWS::Events::Rule", ["Targets"]:
            return [*head, "Targets", "- "]
        case "AWS::Events::Rule", _:
            return None
        case "AWS::Scheduler::Schedule", _:
            return [*head, "Target"]
    return head


def event_at(document: Document, site: Site) -> str:
    """The id of what SAM makes of the event that a place is in; empty where there is no event of SAM."""
    event = site.route[3:5]
    if not is_sam(type_at(document, site)) or len(event) < 2 or event[0] != "Events":
        return ""
    return f"{site.route[1]}{event[1]}"


def stream_at(document: Document, site: Site) -> str:
    """The key of what a pipe says of the stream that it reads, without which it reads none; empty if there is none."""
    own = site.route[: len(keys_above(site.route)) + 2]
    homes = ((*own, "Properties", "SourceParameters"), (*site.route[:1], "source_parameters"))
    nodes = [value_at(document, home) for home in homes]
    said = [key for node in nodes if isinstance(node, MappingNode) for key in document.pairs(node)]
    return next((key for key in said if key in _STREAMS), "")


def item_at(document: Document, site: Site) -> list[str]:
    """What an item of a list (a rule's target) says already, a line for each key; what needs more room as a comment."""
    end = len(keys_above(site.route)) + 5
    return _said(document, site.route[:end]) if len(site.route) >= end else []


def event_in(document: Document, site: Site) -> tuple[str, list[str]]:
    """The kind of an event of serverless.yml and what it says already, its short form made long; empty if unknown."""
    place = site.route.index("events") if "events" in site.route else len(site.route)
    route = site.route[: place + 2]
    _, item = document.node_at(route)
    kind = next(iter(document.pairs(item)), "") if isinstance(item, MappingNode) else ""
    if not kind or len(route) < place + 2:
        return "", []
    _, node = document.node_at((*route, kind))
    if isinstance(node, ScalarNode):
        text = written_at(document, (*route, kind))
        named = kind == "sns" and not node.tag.startswith("!") and not node.value.startswith(("arn:", "${"))
        return kind, [f"{'topicName' if named else 'arn'}: {text}"]
    return kind, _said(document, (*route, kind))


def _said(document: Document, route: Route) -> list[str]:
    _, node = document.node_at(route)
    if not isinstance(node, MappingNode):
        return []
    texts = {name: written_at(document, (*route, name)) for name in document.pairs(node)}
    longest = _LONGEST if not is_json(document) else max(map(len, texts.values()), default=0)
    kept = {name: text if len(text) <= longest else "" for name, text in texts.items()}
    lines = [f"{name}: {text}" if text else f"# {name} as it is" for name, text in kept.items()]
    return sorted(lines, key=lambda line: line.startswith("#"))


def value_at(document: Document, route: Route) -> Node | None:
    """The value of a key; None where it is not written."""
    _, above = document.node_at(route[:-1])
    found = document.pairs(above).get(str(route[-1])) if isinstance(above, MappingNode) else None
    key, value = document.node_at(route)
    return value if found is not None and found == (key, value) else None


def text_at(document: Document, route: Route) -> str:
    """The text of a value, on as many lines as it has; empty where there is none."""
    node = value_at(document, route)
    if node is None:
        return ""
    start, end = node.start_mark, node.end_mark
    if start.line == end.line:
        return document.line(start.line + 1)[start.column : end.column].strip()
    lines = [document.line(number + 1) for number in range(start.line, end.line + 1)]
    return "\n".join([lines[0][start.column :], *lines[1:-1], lines[-1][: end.column]]).strip()


def written_at(document: Document, route: Route) -> str:
    """The text of a value, on one line; empty where there is none, or where it needs lines of its own."""
    node = value_at(document, route)
    if node is not None and is_json(document) and not document.path.endswith(".tf.json"):
        from archlint.importers.cloudformation.raw import raw_of  # noqa: PLC0415  a description needs none of it

        try:
            return json.dumps(raw_of(node), ensure_ascii=False)
        except TooDeepError:
            return ""
    return "" if node is None or node.start_mark.line != node.end_mark.line else text_at(document, route)
