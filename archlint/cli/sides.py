"""The two sides of ``archlint diff``: files, folders and git revisions, read and compared."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from archlint.model.tuples import NamedTuple

if TYPE_CHECKING:
    from archlint.diff import Comparison
    from archlint.importers import Reading
    from archlint.model import InputError, Problem


class Side(NamedTuple):
    """One of the two inputs; ``path`` shows the path of one of its documents, ``revision`` is git's or empty."""

    reading: Reading
    path: Callable[[str], str]
    revision: str = ""

    @property
    def paths(self) -> list[str]:
        """The files that this input was read from."""
        return [self.path(document) for document in self.reading.documents]

    @property
    def notes(self) -> list[Problem]:
        """What was left aside in this input, where it is written."""
        return [_moved(note, self.path) for note in self.reading.notes]


def compared(old: Reading, new: Reading) -> Comparison:
    """A description and the infrastructure that implements it are compared by what both could say."""
    from archlint.diff import EXACT, IMPLEMENTATION, compare  # noqa: PLC0415

    if old.is_described is new.is_described:
        return compare(old.architecture, new.architecture, EXACT)
    if old.is_described:
        return compare(old.architecture, new.architecture, IMPLEMENTATION)
    return compare(new.architecture, old.architecture, IMPLEMENTATION).inverted()


def read_side(written: str, config: Path | None) -> Side:
    """Read one input. Raises :class:`archlint.model.InputError`."""
    from archlint.cli.inputs import read_architecture  # noqa: PLC0415
    from archlint.importers.revisions import as_revision, checked_out  # noqa: PLC0415
    from archlint.model import InputError  # noqa: PLC0415

    revision = as_revision(written)
    if revision is None:
        return Side(read_architecture([written], config), str)
    with checked_out(revision) as path:
        root = next(folder for folder in (path, *path.parents) if (folder / ".git").is_dir())

        def shown(name: str) -> str:
            return f"{revision.revision}:{name.removeprefix(f'{root.as_posix()}/')}"

        try:
            return Side(read_architecture([str(path)], config), shown, revision.revision)
        except InputError as error:
            raise _elsewhere(error, shown) from error


def _elsewhere(error: InputError, shown: Callable[[str], str]) -> InputError:
    """The problems of a revision's files, with the paths that they have there."""
    from archlint.model import InputError  # noqa: PLC0415
    from archlint.source import decode  # noqa: PLC0415

    moved = InputError([_moved(problem, shown) for problem in error.problems])
    for problem in error.problems:
        for path in {span.path for span in (problem.span, *(place for place, _ in problem.related)) if span}:
            with suppress(OSError, InputError):  # a line is shown where it can be
                moved.texts[shown(path)] = decode(Path(path).read_bytes(), path)
    return moved


def _moved(problem: Problem, shown: Callable[[str], str]) -> Problem:
    """The problem, its files under the paths that they have for the user."""
    return problem._replace(
        span=problem.span and problem.span._replace(path=shown(problem.span.path)),
        related=tuple((span._replace(path=shown(span.path)), label) for span, label in problem.related),
        path=problem.path and shown(problem.path),
    )
