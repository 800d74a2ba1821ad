"""A git repository and the files of its commits, taken out of the object store.

Git is asked by arguments that cannot be options. Nothing is checked out, no filter, hook or attribute of the
repository has a say, and only regular files of the kinds that archlint reads are given, in bounded number and size.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from archlint.model import InputError, Problem
from archlint.model.tuples import NamedTuple
from archlint.source import Limits
from archlint.source.programs import program_named

_SUFFIXES = frozenset(
    {".yaml", ".yml", ".json", ".tf", ".hcl", ".tfvars", ".toml", ".asl", ".env", ".template", ".graphql"}
)
_NAMES = frozenset({".gitignore", ".env"})
_MOST_BYTES = 512 * 1024 * 1024
_PATIENCE = 120
"""Seconds."""

_HASH = re.compile(r"[0-9a-f]{40,64}\Z")
_FIXED = (
    "--no-pager",
    "--no-replace-objects",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "safe.bareRepository=explicit",
)
_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # what older versions fetch after all comes over no transport
    "LC_ALL": "C",
}


class Repository(NamedTuple):
    """The repository that holds a folder; ``asked`` is what the user gave, for messages. Raises :class:`InputError`."""

    folder: Path
    asked: str

    @property
    def top(self) -> Path:
        """Its root."""
        return Path(os.fsdecode(self._git("rev-parse", "--show-toplevel")).removesuffix("\n")).resolve()

    @property
    def prefix(self) -> str:
        """The folder from the root on: empty, or with a ``/`` at its end."""
        return os.fsdecode(self._git("rev-parse", "--show-prefix")).removesuffix("\n")

    def commit(self, revision: str) -> str:
        """The hash of the commit that a revision is."""
        verified = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        found = self._git(*verified, failing=f"git knows no revision `{revision}`")
        commit = found.decode("ascii", errors="replace").strip()
        if not _HASH.match(commit):
            raise self.problem(f"git knows no revision `{revision}`")
        return commit

    def export(self, commit: str, folder: Path, limits: Limits, wanted: str = "") -> None:
        """Write the files of a commit below a folder: those that may be inputs, and the one ``wanted``."""
        blobs = list(self._blobs(commit, wanted))
        if len(blobs) > limits.files:
            raise self.problem(f"there are more than {limits.files:,} files in this revision")
        if sum(size for _, size, _ in blobs) > _MOST_BYTES:
            raise self.problem(f"the files of this revision are larger than {_MOST_BYTES:,} bytes")
        data = self._git("cat-file", "--batch", given="".join(f"{blob}\n" for blob, _, _ in blobs).encode())
        position = 0
        for blob, size, path in blobs:
            start = data.index(b"\n", position) + 1
            if data[position:start].split()[-1:] != [str(size).encode()]:
                raise self.problem(f"git has no contents of `{path}` ({blob[:12]}): this is no full clone")
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data[start : start + size])
            position = start + size + 1

    def _blobs(self, commit: str, wanted: str) -> Iterator[tuple[str, int, str]]:
        """Hash, size and path of each regular file that may be an input, or that is wanted."""
        for entry in self._git("ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", commit).split(b"\0"):
            about, _, name = entry.partition(b"\t")
            fields = about.split()
            if len(fields) != 4 or not fields[0].startswith(b"100") or not fields[3].isdigit():
                continue  # a link or a submodule
            path = os.fsdecode(name)
            known = PurePosixPath(path).suffix in _SUFFIXES or PurePosixPath(path).name in _NAMES
            odd = any(part in {"", ".", ".."} or part.lower() == ".git" for part in path.split("/"))
            if not odd and (known or path == wanted):
                yield fields[2].decode("ascii"), int(fields[3]), path

    def _git(self, *arguments: str, given: bytes = b"", failing: str = "") -> bytes:
        program = program_named("git")
        if program is None:
            raise self.problem("git is not installed, and only git can read a revision")
        try:
            done = subprocess.run(  # noqa: S603  what the user gives stands behind --end-of-options
                [program, *_FIXED, *arguments],
                cwd=self.folder,
                env={**os.environ, **_QUIET},
                input=given,
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
            )
        except (subprocess.TimeoutExpired, ValueError) as error:
            raise self.problem("git does not answer") from error
        if done.returncode:
            said = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
            raise self.problem(failing or (said[0].removeprefix("fatal: ") if said else "git failed"))
        return done.stdout

    def problem(self, message: str) -> InputError:
        """What is wrong, with what the user gave."""
        return InputError([Problem(message, path=self.asked)])
