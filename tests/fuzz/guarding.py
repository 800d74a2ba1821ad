"""What code that reads untrusted input must never do, watched by an audit hook while a target runs."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import Any

from fuzz.target import BrokenError

_FORBIDDEN = (
    "socket.",
    "os.system",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "subprocess.",
    "urllib.",
    "ctypes.dlopen",
)
_ROOTS = tuple({os.path.realpath(path) for path in (sys.prefix, sys.base_prefix, Path(__file__).parents[2])})
"""Where the interpreter, the libraries and archlint itself are."""


class _Watch:
    """The scratch folder while a target runs, else nothing; and what was seen first."""

    def __init__(self) -> None:
        self.folder = ""
        self.seen = ""

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.folder or self.seen:
            return
        if event == "open":
            self._opened(*arguments[:2])
        elif event.startswith(_FORBIDDEN):
            self.seen = f"{event} {arguments!r:.200}"

    def _opened(self, path: object, mode: object) -> None:
        if not isinstance(path, str | bytes):
            return  # a descriptor that is open already
        real = os.path.realpath(os.fsdecode(path))
        inside = real == self.folder or real.startswith(f"{self.folder}/")
        reads = not isinstance(mode, str) or not set(mode) & set("wax+")
        if not inside and not (reads and real.startswith(_ROOTS)) and real != os.devnull:
            self.seen = f"opened {real!r} for {mode!r}"


_watch = _Watch()
_hooked: list[bool] = []


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty project as the working folder, and nothing outside of it may be opened, started or called.

    Raises :class:`BrokenError` if something was.
    """
    if not _hooked:
        sys.addaudithook(_watch)  # can never be taken away again, so it is one
        _hooked.append(True)
    before = os.getcwd()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  a folder of its own is made there
    folder = Path(tempfile.mkdtemp(prefix="archlint-fuzz-", dir=memory))
    try:
        (folder / ".git").mkdir()
        os.chdir(folder)
        _watch.folder, _watch.seen = os.path.realpath(folder), ""
        yield folder
    finally:
        _watch.folder = ""
        os.chdir(before)
        rmtree(folder, ignore_errors=True)
    if _watch.seen:
        raise BrokenError(_watch.seen)
