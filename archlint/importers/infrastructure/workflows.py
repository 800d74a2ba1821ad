"""Definitions in the Amazon States Language to the connections of their state machine.

https://states-language.net/spec.html, https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archlint.importers.infrastructure.ends import End, Local
from archlint.importers.infrastructure.stack import Stack
from archlint.importers.infrastructure.symbols import Symbol, field, is_said, known, word
from archlint.importers.infrastructure.tasks import Call, call_of, names_target
from archlint.model import UNKNOWN, Confidence, Site, Value
from archlint.model.tuples import NamedTuple

_DEPTH = 40
"""Levels of Map and Parallel that are entered; AWS ends a definition by its size long before."""


_ACCESS = frozenset({"read", "write", "read_write"})


class _Around(NamedTuple):
    """What holds for the states of a region: a Catch or Retry further out, how many run, how they are chosen."""

    catch: bool = False
    retry: bool = False
    many: bool = False
    mode: str = ""


class _State(NamedTuple):
    name: str
    body: Mapping[str, Symbol]
    route: tuple[str | int, ...]
    around: _Around


class _Task(NamedTuple):
    call: Call
    state: _State


def is_definition(symbol: Symbol) -> bool:
    """Whether data is a state machine's definition."""
    return isinstance(symbol, dict) and isinstance(symbol.get("States"), dict) and "StartAt" in symbol


def connect_workflow(stack: Stack, machine: End, definition: Symbol, site: Site, *, inside: bool) -> bool:
    """Connect a state machine with what its tasks call; whether all that they call is known from the definition.

    ``site`` is where the definition stands; ``inside`` says that routes lead on inside it, which they do not where
    it is a text. Several tasks of one kind with one target are one connection, told by the one that fails most easily.
    """
    if not isinstance(definition, dict):
        return False
    choosing = _is_choice(definition)
    weakest: dict[object, _Task] = {}
    whole = True
    for state in _states(definition, (), _Around(mode="one_of" if choosing else ""), _DEPTH):
        calls = list(call_of(state.body, _is_jsonata(definition, state.body)))
        whole = whole and (bool(calls) or not names_target(state.body))
        if not calls and state.body.get("Type") == "Task" and isinstance(machine, Local):
            stack.mentioned.add(machine.id)  # it calls what is no component, such as an API of AWS
        for call in calls:
            key = (call.end, call.style, call.action not in _ACCESS and call.action)
            earlier = weakest.get(key)
            if earlier is None:
                weakest[key] = _Task(call, state)
                continue
            action = call.action if call.action == earlier.call.action else "read_write"
            told = state if _is_guarded(earlier.state) and not _is_guarded(state) else earlier.state
            weakest[key] = _Task(earlier.call._replace(action=action), told)
    for task in weakest.values():
        place = Site(site.document, (*site.route, *task.state.route), key=True) if inside else site
        stack.connect(
            machine,
            task.call.end,
            task.call.style,
            place,
            action=task.call.action,
            properties=_properties(task),
            confidence=Confidence.CERTAIN if task.call.sure else Confidence.LIKELY,
        )
    return whole


def longest_wait(definition: Symbol) -> int | float | None:
    """The longest fixed wait of a definition in seconds; None if there is none."""
    if not isinstance(definition, dict):
        return None
    found = [
        seconds
        for state in _states(definition, (), _Around(), _DEPTH)
        if state.body.get("Type") == "Wait"
        and isinstance(seconds := state.body.get("Seconds"), int | float)
        and not isinstance(seconds, bool)
    ]
    return max(found, default=None)


def _properties(task: _Task) -> dict[str, Value]:
    body, around = task.state.body, task.state.around
    properties: dict[str, Value] = {
        "retry": True if is_said(body.get("Retry")) or around.retry else None,
        "catch": True if is_said(body.get("Catch")) or around.catch else None,
        "instances": "many" if around.many else None,
        "mode": around.mode or None,
        "timeout": _seconds(body),
    }
    if task.call.integration != "request_response":
        properties["integration"] = task.call.integration
    return properties


def _seconds(body: Mapping[str, Symbol]) -> Value:
    value = body.get("TimeoutSeconds", body.get("TimeoutSecondsPath"))
    found = known(value)
    return UNKNOWN if isinstance(found, str) else found if isinstance(found, int | float) else None


def _is_guarded(state: _State) -> bool:
    said = is_said(state.body.get("Retry")) or is_said(state.body.get("Catch"))
    return said or state.around.catch or state.around.retry


def _is_jsonata(definition: Mapping[str, Symbol], body: Mapping[str, Symbol]) -> bool:
    return word(body.get("QueryLanguage", definition.get("QueryLanguage"))) == "JSONata"


def _states(
    region: Mapping[str, Symbol], route: tuple[str | int, ...], around: _Around, depth: int
) -> Iterator[_State]:
    states = region.get("States")
    if not isinstance(states, dict) or depth == 0:
        return
    for name, body in states.items():
        if not isinstance(body, dict):
            continue
        here = (*route, "States", name)
        yield _State(name, body, here, around)
        within = around._replace(
            catch=around.catch or is_said(body.get("Catch")), retry=around.retry or is_said(body.get("Retry"))
        )
        for index, branch in enumerate(_list(body.get("Branches"))):
            if isinstance(branch, dict):
                yield from _states(branch, (*here, "Branches", index), within._replace(mode="all"), depth - 1)
        for key in ("ItemProcessor", "Iterator"):
            if isinstance(processor := body.get(key), dict):
                yield from _states(processor, (*here, key), within._replace(many=True), depth - 1)


def _list(symbol: Symbol) -> list[Symbol]:
    return symbol if isinstance(symbol, list) else []


def _is_choice(definition: Mapping[str, Symbol]) -> bool:
    """Whether a definition only chooses one of several tasks: nothing runs after a task, nothing waits or repeats."""
    states = definition.get("States")
    bodies = {name: body for name, body in states.items() if isinstance(body, dict)} if isinstance(states, dict) else {}
    kinds = [word(body.get("Type")) for body in bodies.values()]
    if kinds.count("Choice") != 1 or kinds.count("Task") < 2 or set(kinds) & {"Parallel", "Map", "Wait"}:
        return False
    tasks = [body for body in bodies.values() if body.get("Type") == "Task"]
    return not any(
        is_said(body.get("Retry"))
        or is_said(body.get("Catch"))
        or field(bodies.get(word(body.get("Next")), {}), "Type") not in (None, "Succeed", "Fail", "Pass")
        for body in tasks
    )
