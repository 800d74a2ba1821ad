"""Runs one target in a child process that may be ended at any time, and tells with which input it broke."""

from __future__ import annotations

import hashlib
import mmap
import os
import resource
import signal
import struct
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

from fuzz.mutating import Mutator
from fuzz.target import CRASHES, Target

SECONDS = 5
"""Of processor time that one input may take: what others do on the machine does not count."""
MEGABYTES = 512
"""Of memory that the child may use, the interpreter and all libraries included."""
_HEAD = struct.Struct("<QQ")
_ROOM = 1 << 21


class Outcome(NamedTuple):
    """``crash`` is the file of the input that broke the target, ``why`` the last words; both empty if none did."""

    runs: int
    seconds: float
    crash: str = ""
    why: str = ""


class Current:
    """The input that is being run and how many were, in memory shared with the child, so that they outlive it."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _ROOM)

    def begin(self, data: bytes) -> None:
        count, _ = _HEAD.unpack_from(self._memory)
        _HEAD.pack_into(self._memory, 0, count + 1, len(data))
        self._memory[_HEAD.size : _HEAD.size + len(data)] = data

    @property
    def runs(self) -> int:
        return int(_HEAD.unpack_from(self._memory)[0])

    @property
    def data(self) -> bytes:
        return bytes(self._memory[_HEAD.size : _HEAD.size + _HEAD.unpack_from(self._memory)[1]])


@contextmanager
def bounded(seconds: int = SECONDS) -> Iterator[None]:
    """Ends the process by a signal if what runs inside takes longer, even within a library's own code."""
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * 20)  # waiting for nothing takes no processor time
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def fuzz_plain(target: Target, runs: int, seed: int, until: float) -> Outcome:
    """Run a target on inputs made by mutation, the same ones for the same seed, until the first that breaks it."""
    current, start = Current(), time.monotonic()
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _child(target, inputs(target, runs, seed), until, current, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        said = stream.read().decode("utf-8", errors="replace").strip()
    _, status = os.waitpid(child, 0)
    seconds = time.monotonic() - start
    if not status:
        return Outcome(current.runs, seconds)
    why = f"ended by signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else said
    return Outcome(current.runs, seconds, str(kept(target, current.data)), why)


def _child(target: Target, made: Iterator[bytes], until: float, current: Current, writer: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for data in made:
            if time.time() > until:
                break
            current.begin(data)
            with bounded():
                target.run(data)
    except BaseException:  # noqa: BLE001  whatever it is, the parent is told
        os.write(writer, traceback.format_exc().encode(errors="replace")[-8_000:])
        os._exit(1)
    os._exit(0)


def inputs(target: Target, runs: int, seed: int) -> Iterator[bytes]:
    """The first inputs as they are, then mutated ones."""
    seeds = target.seeds()
    mutator = Mutator(seeds, target.words)
    yield from seeds[:runs]
    for number in range(len(seeds), runs):
        yield mutator.input(Random(f"{seed}:{target.name}:{number}"))


def kept(target: Target, data: bytes) -> Path:
    """Write an input that broke a target into a file, to be run again with ``--input``."""
    CRASHES.mkdir(exist_ok=True)
    file = CRASHES / f"{target.name}-{hashlib.sha256(data).hexdigest()[:12]}"
    file.write_bytes(data)
    return file
