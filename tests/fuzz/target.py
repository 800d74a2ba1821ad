"""What is fuzzed: a function from bytes, the properties that it must keep, and where its first inputs are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
SEEDS = HERE / "seeds"
CRASHES = HERE / "crashes"


class BrokenError(AssertionError):
    """A property does not hold."""


class Target(NamedTuple):
    """``run`` takes any bytes and returns, or raises whatever is a fault of archlint. ``words`` are put into inputs.

    ``quick`` is how many inputs the test suite gives it, less where one takes long; ``first`` makes first inputs beside
    those in the folder.
    """

    name: str
    run: Callable[[bytes], None]
    words: Sequence[bytes] = ()
    quick: int = 200
    first: Callable[[], Sequence[bytes]] = tuple

    @property
    def folder(self) -> Path:
        """Where its first inputs are, a file each."""
        return SEEDS / self.name

    def seeds(self) -> list[bytes]:
        """Its first inputs, those of the folder before the others; the empty one if there are none."""
        files = sorted(self.folder.iterdir()) if self.folder.is_dir() else []
        return [*(file.read_bytes() for file in files), *self.first()] or [b""]


@cache
def targets() -> dict[str, Target]:
    """Every target by its name: those that the modules in ``targets/`` have in their ``TARGETS``."""
    return {target.name: target for target in _found()}


def _found() -> Iterator[Target]:
    for file in sorted((HERE / "targets").glob("[a-z]*.py")):
        yield from import_module(f"fuzz.targets.{file.stem}").TARGETS
