"""What the tasks of a workflow write, and whether something undoes it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from archlint.facts.fact import Evidence
from archlint.model import UNKNOWN, Component, Connection, Style, Value, is_unknown

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

_WRITES = frozenset({"write", "read_write"})
_UNDOING = ("compute", "workflow", "api", "external_system")


def written_stores(graph: Graph, workflow: Component) -> int:
    """How many stores its tasks write, each by a task of its own.

    A task is a function, a container or a function behind an API; a store that the workflow writes itself is one too.
    """
    writers = _writers(graph, workflow)
    return min(len(writers), len({task for tasks in writers.values() for task in tasks}))


def writing_tasks(graph: Graph, workflow: Component) -> Evidence:
    """The tasks that write, and their stores."""
    writers = _writers(graph, workflow)
    tasks = dict.fromkeys(task for found in writers.values() for task in found)
    calls = [edge for edge in _calls(graph, workflow) if edge.target in tasks or _leads_to(graph, edge.target, tasks)]
    writes = [
        edge
        for task in tasks
        for edge in graph.outgoing(task)
        if edge.target in writers and edge.action in _WRITES and edge.target != task
    ]
    return Evidence(tuple(dict.fromkeys((*tasks, *writers))), (*calls, *writes))


def compensates(graph: Graph, workflow: Component) -> Value:
    """Whether a failure leads to something that can undo: an error connection to it, or a second writer after a catch.

    Unknown where a catch says in AWS's own words where it leads, or nothing at all is known of it.
    """
    undoing = frozenset().union(*(graph.vocabulary.members(group) for group in _UNDOING))
    calls = _calls(graph, workflow)
    for component in (workflow, *(edge.target for edge in calls)):
        if any(edge.style is Style.ERROR and edge.target.type in undoing for edge in graph.outgoing(component)):
            return True
    catches = [value for edge in calls if (value := edge.properties.get("catch")) not in (None, False)]
    if any(is_unknown(value) or not isinstance(value, bool) for value in catches):
        return UNKNOWN
    return bool(catches) and any(len(tasks) > 1 for tasks in _writers(graph, workflow).values())


def orchestrator(graph: Graph, workflow: Component) -> bool:
    """Whether its service says that it orchestrates other services on purpose."""
    service = graph.architecture.services.get(workflow.service or "")
    return service is not None and service.properties.get("orchestrator") is True


def _calls(graph: Graph, workflow: Component) -> Sequence[Connection]:
    return [edge for edge in graph.outgoing(workflow) if edge.style is not Style.ERROR and edge.action != "observe"]


def _writers(graph: Graph, workflow: Component) -> Mapping[Component, list[Component]]:
    """The tasks that write each store."""
    return graph.remember(("writing tasks", workflow), lambda: _find_writers(graph, workflow))


def _find_writers(graph: Graph, workflow: Component) -> dict[Component, list[Component]]:
    stores = graph.vocabulary.members("store")
    found: dict[Component, list[Component]] = {}
    for edge in _calls(graph, workflow):
        if edge.target.type in stores and edge.action in _WRITES:
            found.setdefault(edge.target, []).append(edge.target)
        for task in _workers(graph, edge.target):
            for write in graph.outgoing(task):
                if write.target.type in stores and write.action in _WRITES and _holds_data(graph, write.target):
                    writers = found.setdefault(write.target, [])
                    if task not in writers:
                        writers.append(task)
    return found


def _leads_to(graph: Graph, called: Component, tasks: Container[Component]) -> bool:
    return any(task in tasks for task in _workers(graph, called))


def _holds_data(graph: Graph, store: Component) -> bool:
    return graph.component_value(store, "role") != "circuit_state"


def _workers(graph: Graph, task: Component) -> Iterator[Component]:
    compute = graph.vocabulary.members("compute")
    if task.type in compute:
        yield task
    elif task.type in graph.vocabulary.members("api"):
        for edge in graph.outgoing(task):
            if edge.style is Style.SYNC and edge.action == "invoke" and edge.target.type in compute:
                yield edge.target
