"""What is known of the stack that deploys a component's service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.model import Component, Value

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

_RUNNING = ("compute", "api", "workflow", "eventbridge_pipe")


def service_runs(graph: Graph, component: Component) -> bool:
    """Whether anything runs in the component's service; a stack of stores, queues and networks alone has no logic."""
    if component.service is None:
        return False
    running = frozenset().union(*(graph.vocabulary.members(name) for name in _RUNNING))
    members = graph.architecture.by_service.get(component.service, ())
    return any(member.type in running and member.properties.get("external") is not True for member in members)


def outermost_stack(graph: Graph, component: Component) -> Value:
    """The stack with which the component's service is created, updated and rolled back; None outside every service.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
    """
    service = graph.architecture.services.get(component.service) if component.service else None
    return service.properties.get("nested_in", service.name) if service is not None else None
