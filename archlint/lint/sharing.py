"""Asking rules with two processors, where an architecture is large enough for that to pay.

The process is forked once everything is read, so that nothing has to be handed over but what is found. Both halves take
the number of the next rule from one pipe until it is empty; the answers are put together in the order of the rules,
and so are the same however the work was shared. Where forking is not safe (threads, other systems than Linux) or fails,
one process asks all.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import IO, Any, NoReturn

from archlint.lint.judging import Answer
from archlint.model import UNKNOWN, Architecture, Component, Connection
from archlint.model.elements import no_properties

Ask = Callable[[int], Answer]
"""What a rule finds, by its number."""

_NUMBER = 2
"""Bytes of a rule's number in the pipe; reads and writes of so few are never torn."""


def can_share() -> bool:
    """Whether this process may be forked, and there is another processor to run on."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return False
    threading = sys.modules.get("threading")
    return threading is None or threading.active_count() == 1


def asked_by_two(architecture: Architecture, numbers: Sequence[int], ask: Ask) -> list[Answer]:
    """What as many rules find, in the order of their numbers, asked by this process and a child of it.

    They are asked in the order of ``numbers``: those that take longest come first, so that none is waited for.
    """
    turns = _turns(numbers)
    channel, child = _begin(turns, architecture, ask)
    try:
        found = dict(answers(turns, ask))
        os.close(turns)
        with os.fdopen(channel, "rb") as stream:
            found |= _received(stream, architecture)
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        os.waitpid(child, 0)
    return [found[number] if number in found else ask(number) for number in sorted(numbers)]


def _turns(numbers: Sequence[int]) -> int:
    """A pipe with the numbers of all rules: reading from it takes the next."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(number.to_bytes(_NUMBER, "big") for number in numbers))
    os.close(writing)
    return reading


def answers(turns: int, ask: Ask) -> Iterator[tuple[int, Answer]]:
    """What rules find, by their numbers, as long as there is one that nobody has taken."""
    while turn := os.read(turns, _NUMBER):
        number = int.from_bytes(turn, "big")
        yield number, ask(number)


def _begin(turns: int, architecture: Architecture, ask: Ask) -> tuple[int, int]:
    """Fork: where the child's answers can be read, and its process."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _answer(turns, writing, architecture, ask)
    os.close(writing)
    return reading, child


def _answer(turns: int, writing: int, architecture: Architecture, ask: Ask) -> NoReturn:
    """What the child does, to its end: a failure says nothing, and the parent asks again what it has no answer to."""
    code = 1
    try:
        found = dict(answers(turns, ask))
        with os.fdopen(writing, "wb") as stream:
            _Sending(stream, architecture).dump(found)
        code = 0
    finally:
        os._exit(code)


def _received(stream: IO[bytes], architecture: Architecture) -> dict[int, Answer]:
    """What the child has answered; nothing if it could not finish."""
    data = stream.read()
    if not data:
        return {}
    try:
        found: dict[int, Answer] = _Receiving(BytesIO(data), architecture).load()
    except (EOFError, pickle.UnpicklingError):
        return {}
    return found


class _Sending(pickle.Pickler):
    """Sends elements of the architecture, which the other side has too, by their number."""

    def __init__(self, stream: IO[bytes], architecture: Architecture) -> None:
        super().__init__(stream, protocol=pickle.HIGHEST_PROTOCOL)
        self._components = architecture.order
        self._connections = {edge: place for place, edge in enumerate(architecture.connections)}

    def persistent_id(self, obj: Any) -> tuple[str, int] | None:  # noqa: ANN401  whatever findings are made of
        if isinstance(obj, Component):
            return "component", self._components[obj]
        if isinstance(obj, Connection):
            return "connection", self._connections[obj]
        if obj is UNKNOWN:
            return "unknown", 0
        return ("nothing", 0) if obj is no_properties() else None


class _Receiving(pickle.Unpickler):
    """The other end. What is read here has been written by this very process's child."""

    def __init__(self, stream: IO[bytes], architecture: Architecture) -> None:
        super().__init__(stream)
        self._architecture = architecture

    def persistent_load(self, pid: Any) -> object:  # noqa: ANN401  as it was sent
        kind, place = pid
        if kind == "component":
            return self._architecture.components[place]
        if kind == "connection":
            return self._architecture.connections[place]
        return UNKNOWN if kind == "unknown" else no_properties()
