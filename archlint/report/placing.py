"""Where in a template a snippet belongs: the keys down to the mapping that is to be changed."""

from __future__ import annotations

from yaml import MappingNode, ScalarNode

from archlint.model import Site
from archlint.source import Document

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


def type_at(document: Document, site: Site) -> str:
    """The type of the resource of a template that a place is in; empty where there is none."""
    if len(site.route) < 2 or site.route[0] != "Resources":
        return ""
    _, node = document.node_at(site.route[:2])
    found = document.pairs(node).get("Type") if isinstance(node, MappingNode) else None
    return found[1].value if found is not None and isinstance(found[1], ScalarNode) else ""


def is_sam(type_: str) -> bool:
    """Whether a resource is one of those that SAM transforms."""
    return type_.startswith("AWS::Serverless::")


def keys_of(document: Document, site: Site) -> list[str] | None:
    """The keys down to the settings of a connection that stands in a template; None if they cannot be told.

    An event of SAM has properties of its own; a rule has a list of targets, a schedule one.
    """
    route = [str(part) for part in site.route]
    type_ = type_at(document, site)
    inner = route[3:]
    if is_sam(type_) and inner[:1] == ["Events"] and len(inner) > 1:
        return [route[1], "Properties", "Events", inner[1], "Properties"]
    if type_ not in _LINKS:
        return None
    head = [route[1], "Properties"]
    match type_, inner[:1]:
        case "AWS::Events::Rule", ["Targets"]:
            return [*head, "Targets", "- "]
        case "AWS::Events::Rule", _:
            return None
        case "AWS::Scheduler::Schedule", _:
            return [*head, "Target"]
    return head
