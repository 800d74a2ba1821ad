"""A definition in the Amazon States Language by itself: a state machine and what its tasks call.

What ``${Name}`` stands for is in the template that is not at hand: what a task calls by it is external. So is the kind
of the workflow, which no definition says.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archlint.importers.context import Context
from archlint.importers.infrastructure import Stack
from archlint.importers.infrastructure.ends import Local
from archlint.importers.infrastructure.symbols import Hole, Symbol, filled, word
from archlint.importers.infrastructure.workflows import connect_workflow, longest_wait
from archlint.model import UNKNOWN, Site
from archlint.source import Document, TooDeepError, plain

_ENDS = (".asl.json", ".asl.yaml", ".asl.yml", ".asl", ".json", ".yaml", ".yml")
_PLAIN = frozenset({"statemachine", "state-machine", "state_machine", "definition", "workflow", "index", "main"})
_FOLDERS = frozenset(
    {"statemachine", "statemachines", "state-machine", "state_machine", "workflow", "workflows", "src"}
)


def read(document: Document, path: Path | None, context: Context) -> Sequence[Stack]:
    """The stack of one state machine."""
    site = Site(document.path, ())
    name = _name(path)
    stack = Stack(name, site)
    try:
        definition = filled(plain(document.root, context.limits.depth), Hole)
    except TooDeepError as error:
        context.problems.at(document, error.node, "this is nested too deeply")
        return [stack]
    stack.title = _title(definition) or name
    waits = longest_wait(definition)
    stack.add(name, "step_functions", Site(document.path, ("StartAt",), key=True), {"workflow": UNKNOWN})
    stack.set(Local(name), "expected_duration", waits)
    stack.mentioned.add(name)  # what starts it stands elsewhere
    connect_workflow(stack, Local(name), definition, site, inside=True)
    return [stack]


def _title(definition: Symbol) -> str:
    comment = definition.get("Comment") if isinstance(definition, dict) else None
    return word(comment).strip().partition("\n")[0][:120]


def _name(path: Path | None) -> str:
    """A machine's name: its file's, or that of a folder above where the file is named as they all are."""
    if path is None:
        return "workflow"
    end = next((end for end in _ENDS if path.name.lower().endswith(end)), path.suffix)
    stem = path.name[: len(path.name) - len(end)]
    if stem.lower() not in _PLAIN:
        return stem
    above = (folder.name for folder in path.resolve().parents)
    return next((name for name in above if name and name.lower() not in _FOLDERS), stem)
