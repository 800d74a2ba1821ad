"""Files as they were in a git revision: brought into a folder of their own, so that includes come from there too.

Git is asked by arguments that cannot be options, runs nothing of the repository, and gives only regular files of the
kinds that archlint reads, in bounded number and size.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

from archlint.model import InputError, Problem
from archlint.source import Limits

_SUFFIXES = frozenset(
    {".yaml", ".yml", ".json", ".tf", ".hcl", ".tfvars", ".toml", ".asl", ".env", ".template", ".graphql"}
)
_NAMES = frozenset({".gitignore", ".env"})
_MOST_BYTES = 512 * 1024 * 1024
_PATIENCE = 60
_HASH = re.compile(r"[0-9a-f]{40,64}\Z")


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
    ``./`` or ``../``. Raises :class:`InputError`.
    """
    limits = limits or Limits()
    commit = _commit(wanted)
    inside = _inside(wanted)
    with TemporaryDirectory(prefix="archlint-") as name:
        root = Path(name).resolve()
        (root / ".git").mkdir()
        _export(wanted, commit, inside, root, limits)
        target = root / inside
        if not target.exists():
            raise _problem(wanted, f"there is no `{inside or '.'}` of a supported kind in this revision")
        yield target


def _commit(wanted: Revision) -> str:
    found = _git(wanted, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{wanted.revision}^{{commit}}")
    commit = found.decode("ascii", errors="replace").strip()
    if not _HASH.match(commit):
        raise _problem(wanted, f"git knows no revision `{wanted.revision}`")
    return commit


def _inside(wanted: Revision) -> str:
    """The path from the root of the repository."""
    if not wanted.path.startswith(("./", "../")) and wanted.path not in {".", ".."}:
        return _normal(wanted, wanted.path)
    prefix = os.fsdecode(_git(wanted, "rev-parse", "--show-prefix")).removesuffix("\n")
    return _normal(wanted, prefix + wanted.path)


def _normal(wanted: Revision, path: str) -> str:
    parts: list[str] = []
    for part in PurePosixPath(path).parts:
        if part == ".." and parts:
            parts.pop()
        elif part in {"..", "/"} or part.lower() == ".git" or "\0" in part:
            raise _problem(wanted, "this path is outside the repository")
        else:
            parts.append(part)
    return "/".join(parts)


def _export(wanted: Revision, commit: str, inside: str, root: Path, limits: Limits) -> None:
    """Write the files of a commit that may be read."""
    blobs = list(_blobs(wanted, commit, inside))
    if len(blobs) > limits.files:
        raise _problem(wanted, f"there are more than {limits.files:,} files in this revision")
    if sum(size for _, size, _ in blobs) > _MOST_BYTES:
        raise _problem(wanted, f"the files of this revision are larger than {_MOST_BYTES:,} bytes")
    asked = "".join(f"{blob}\n" for blob, _, _ in blobs).encode()
    data = _git(wanted, "cat-file", "--batch", given=asked)
    position = 0
    for _, size, path in blobs:
        start = data.index(b"\n", position) + 1
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data[start : start + size])
        position = start + size + 1


def _blobs(wanted: Revision, commit: str, inside: str) -> Iterator[tuple[str, int, str]]:
    """Hash, size and path of each regular file that is of a kind archlint reads, or the one that is asked for."""
    listed = _git(wanted, "ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", commit)
    for entry in listed.split(b"\0"):
        about, _, name = entry.partition(b"\t")
        fields = about.split()
        if len(fields) != 4 or not fields[0].startswith(b"100") or not fields[3].isdigit():
            continue  # a link or a submodule
        path = os.fsdecode(name)
        known = PurePosixPath(path).suffix in _SUFFIXES or PurePosixPath(path).name in _NAMES
        parts = path.split("/")
        safe = not path.startswith("/") and not any(part in {"", ".", ".."} or part.lower() == ".git" for part in parts)
        if safe and (known or path == inside):
            yield fields[2].decode("ascii"), int(fields[3]), path


def _git(wanted: Revision, *arguments: str, given: bytes = b"") -> bytes:
    program = shutil.which("git")
    if program is None:
        raise _problem(wanted, "git is not installed, and only git can read a revision")
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603  what the user gives stands behind --end-of-options
            [program, "--no-pager", "--no-replace-objects", *arguments],
            input=given,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            env=environment,
        )
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise _problem(wanted, "git does not answer") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        reason = said[0].removeprefix("fatal: ") if said else f"git knows no revision `{wanted.revision}`"
        raise _problem(wanted, reason)
    return done.stdout


def _problem(wanted: Revision, message: str) -> InputError:
    return InputError([Problem(message, path=wanted.written)])
