"""Services that can be deployed only together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from archlint.facts.cycles import knots, shortest_through
from archlint.facts.fact import Evidence
from archlint.facts.relation import Row
from archlint.model import UNKNOWN, Service

if TYPE_CHECKING:
    from archlint.facts.graph import Graph


def bundles(graph: Graph) -> Sequence[Row]:
    """A row for each stack with several ``services``, and for each circle of ``stacks`` that import each other.

    ``stack`` is unset for a circle, ``stacks`` for a stack. A service whose components are all shared on purpose (a
    platform) binds nobody.
    """
    services = [service for service in graph.architecture.services.values() if not _is_platform(graph, service)]
    by_stack: dict[str, list[str]] = {}
    for service in services:
        by_stack.setdefault(_stack(service), []).append(service.name)
    return [*_together(graph, services, by_stack), *_circles(graph, services, by_stack)]


def _is_platform(graph: Graph, service: Service) -> bool:
    members = graph.architecture.by_service.get(service.name, ())
    return bool(members) and all(graph.component_value(member, "shared") in (True, UNKNOWN) for member in members)


def _stack(service: Service) -> str:
    """The stack that deploys a service; one of its own, of the same name, if nothing is said."""
    stack = service.properties.get("stack")
    return stack if isinstance(stack, str) else service.name


def _together(graph: Graph, services: Sequence[Service], by_stack: Mapping[str, list[str]]) -> Iterator[Row]:
    said = {_stack(service) for service in services if isinstance(service.properties.get("stack"), str)}
    for stack, names in by_stack.items():
        if stack in said and len(names) > 1:
            yield _row(graph, names, stack, None, f"stack {stack}")


def _circles(graph: Graph, services: Sequence[Service], by_stack: Mapping[str, list[str]]) -> Iterator[Row]:
    stack_of = {service.name: _stack(service) for service in services}
    imports: dict[str, list[str]] = {}
    for service in services:
        listed = service.properties.get("imports")
        for name in listed if isinstance(listed, tuple) else ():
            other = stack_of.get(str(name), str(name))
            if other in by_stack and other != _stack(service):
                imports.setdefault(_stack(service), []).append(other)
    for members in knots(list(by_stack), imports):
        ring = shortest_through(members[0], members, imports)
        names = [name for stack in ring for name in by_stack[stack]]
        yield _row(graph, names, None, tuple(ring), "imports " + " ".join(sorted(ring)))


def _row(graph: Graph, names: Sequence[str], stack: str | None, stacks: tuple[str, ...] | None, key: str) -> Row:
    values = {"service": names[0], "services": tuple(names), "stack": stack, "stacks": stacks}
    members = tuple(member for name in names for member in graph.architecture.by_service.get(name, ()))
    return Row(values, service=names[0], key=key, evidence=Evidence(members))
