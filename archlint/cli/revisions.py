"""``--changed-from REF``: the same inputs as they were at a git revision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archlint.importers.repository import Repository
from archlint.model import InputError, Problem
from archlint.source import Limits


def files_at(revision: str, paths: Sequence[str], folder: Path, limits: Limits) -> list[Path]:
    """Write the project's files as they were at a revision into ``folder``, and answer where the inputs are there.

    An input that was not there then is left out. Raises :class:`InputError` if git does not know the revision.
    """
    if "-" in paths:
        raise InputError([Problem("standard input has no history", path="<stdin>", expected="paths in a git checkout")])
    starts = [Path(path).resolve() for path in paths]
    repository = Repository(starts[0] if starts[0].is_dir() else starts[0].parent, f"--changed-from {revision}")
    top = repository.top
    for path in starts:
        if not path.is_relative_to(top):
            raise InputError([Problem(f"this is outside the git checkout {top}", path=str(path))])
    copy = folder / (top.name or "root")
    (copy / ".git").mkdir(parents=True)
    repository.export(repository.commit(revision), copy, limits)
    found = [copy / path.relative_to(top) for path in starts]
    return [path for path in found if path.exists()]
