"""``--changed-from REF``: the same inputs as they were at a git revision.

Files are taken out of git's object store one by one; nothing is checked out, and no filter, hook or attribute of the
repository has a say.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from archlint.model import InputError, Problem

_SUFFIXES = (".yaml", ".yml", ".json", ".tf", ".toml", ".gitignore")
_SECONDS = 120
_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}


def files_at(revision: str, paths: Sequence[str], folder: Path) -> list[Path]:
    """Write the project's files as they were at a revision into ``folder``, and answer where the inputs are there.

    An input that was not there then is left out. Raises :class:`InputError` if git does not know the revision.
    """
    if "-" in paths:
        raise InputError([Problem("standard input has no history", path="<stdin>", expected="paths in a git checkout")])
    starts = [Path(path).resolve() for path in paths]
    first = starts[0] if starts[0].is_dir() else starts[0].parent
    top = Path(_git(first, "rev-parse", "--show-toplevel").decode().removesuffix("\n")).resolve()
    for path in starts:
        if not path.is_relative_to(top):
            raise InputError([Problem(f"this is outside the git checkout {top}", path=str(path))])
    commit = _commit(top, revision)
    copy = folder / (top.name or "root")
    (copy / ".git").mkdir(parents=True)
    for name, data in _blobs(top, commit):
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    found = [copy / path.relative_to(top) for path in starts]
    return [path for path in found if path.exists()]


def _commit(top: Path, revision: str) -> str:
    try:
        found = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except InputError as error:
        message = f"--changed-from: git knows no revision `{revision}` here"
        expected = "a branch, tag or commit; in CI the history has to be fetched too (`fetch-depth: 0`)"
        raise InputError([Problem(message, expected=expected)]) from error
    return found.decode().strip()


def _blobs(top: Path, commit: str) -> Iterator[tuple[str, bytes]]:
    """Name and contents of every file of a kind that may be an input, ordinary files alone."""
    listed = _git(top, "ls-tree", "-r", "-z", "--full-tree", commit).decode("utf-8", "surrogateescape")
    wanted: list[tuple[str, str]] = []
    for line in listed.split("\0"):
        head, _, name = line.partition("\t")
        if head.startswith("100") and name.endswith(_SUFFIXES) and ".." not in name.split("/"):
            wanted.append((head.split()[2], name))
    asked = "".join(f"{blob}\n" for blob, _ in wanted).encode()
    answer = _git(top, "cat-file", "--batch", given=asked)
    place = 0
    for _, name in wanted:
        end = answer.index(b"\n", place)
        blob = answer[place:end].split()
        if len(blob) != 3:
            raise InputError([Problem(f"git has no contents of `{name}` at {commit[:12]}", expected="a full clone")])
        size = int(blob[2])
        yield name, answer[end + 1 : end + 1 + size]
        place = end + 2 + size


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = ["git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", *arguments]
    try:
        done = subprocess.run(  # noqa: S603  a fixed command; the revision follows --end-of-options
            command,
            cwd=folder,
            env={**os.environ, **_QUIET},
            input=given,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except FileNotFoundError as error:
        raise InputError([Problem("--changed-from needs git, which is not installed")]) from error
    except subprocess.TimeoutExpired as error:
        raise InputError([Problem(f"git did not answer within {_SECONDS} seconds")]) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError([Problem(f"git cannot say: {said[0] if said else 'it failed'}", path=str(folder))])
    return done.stdout
