"""Files as they were in a git revision: brought into a folder of their own, so that includes come from there too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from archlint.importers.repository import Repository
from archlint.model.tuples import NamedTuple
from archlint.source import Limits


class Revision(NamedTuple):
    """``written`` is what the user gave; ``revision`` and ``path`` are its two parts."""

    written: str
    revision: str
    path: str


def as_revision(written: str) -> Revision | None:
    """``HEAD~1:arch.yaml`` as a revision and a path; None for a file, a folder and standard input."""
    revision, colon, path = written.partition(":")
    if not colon or not revision or written == "-" or Path(written).exists():
        return None
    return Revision(written, revision, path)


@contextmanager
def checked_out(wanted: Revision, limits: Limits | None = None) -> Iterator[Path]:
    """The file or folder of a revision, below a temporary folder that is a project root of its own.

    A path is relative to the root of the repository as in ``git show``, or to the working folder if it begins with
    ``./`` or ``../``. Raises :class:`archlint.model.InputError`.
    """
    repository = Repository(Path.cwd(), wanted.written)
    commit = repository.commit(wanted.revision)
    inside = _inside(wanted.path, repository)
    with TemporaryDirectory(prefix="archlint-") as name:
        root = Path(name).resolve()
        (root / ".git").mkdir()
        repository.export(commit, root, limits or Limits(), inside)
        target = root / inside
        if not target.exists():
            raise repository.problem(f"there is no `{inside or '.'}` of a supported kind in this revision")
        yield target


def _inside(path: str, repository: Repository) -> str:
    """The path from the root of the repository."""
    from_here = path.startswith(("./", "../")) or path in {".", ".."}
    parts: list[str] = []
    for part in PurePosixPath(repository.prefix + path if from_here else path).parts:
        if part == ".." and parts:
            parts.pop()
        elif part in {"..", "/"} or part.lower() == ".git" or "\0" in part:
            raise repository.problem("this path is outside the repository")
        else:
            parts.append(part)
    return "/".join(parts)
