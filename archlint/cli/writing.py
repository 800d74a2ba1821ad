"""Files written whole or not at all: beside them first, then in their place."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from archlint.model import InputError, Problem
from archlint.model.tuples import NamedTuple


class Rewrite(NamedTuple):
    """New contents of a file, and the contents it must still have for them to be right."""

    path: Path
    before: bytes
    after: bytes


def write_file(path: Path, data: bytes) -> None:
    """Write one file, new or in place of an old one, through links. Raises :class:`InputError`.

    What is no file, such as ``/dev/null`` or a named pipe, is written to and stays what it is.
    """
    temporary = None
    try:
        path = path.resolve()
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as stream:
                stream.write(data)
            return
        temporary = _beside(path, data)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise _cannot_write(path, error) from error


def expect_folder(path: Path) -> None:
    """See before much work is done that a file could be written there. Raises :class:`InputError`."""
    if not path.resolve().parent.is_dir():
        raise _cannot_write(path, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))


def rewrite_files(rewrites: Iterable[Rewrite], roots: Sequence[Path]) -> None:
    """Give several files new contents: all of them, or none. Raises :class:`InputError`.

    A file that has changed since it was read is not touched, nor one that is outside every root, by a link or not.
    """
    wanted = [rewrite._replace(path=_target(rewrite.path, roots)) for rewrite in rewrites]
    ready: list[tuple[Rewrite, Path]] = []
    done: list[Rewrite] = []
    current = Path()
    try:
        for rewrite in wanted:
            current = rewrite.path
            ready.append((rewrite, _beside(current, rewrite.after)))
        for rewrite in wanted:
            if rewrite.path.read_bytes() != rewrite.before:
                message = "this file has changed since it was read; nothing was written"
                raise InputError([Problem(message, path=str(rewrite.path), expected="to run the command again")])
        for rewrite, temporary in ready:
            current = rewrite.path
            temporary.replace(current)
            done.append(rewrite)
    except OSError as error:
        for rewrite in done:
            with suppress(OSError):
                _beside(rewrite.path, rewrite.before).replace(rewrite.path)
        raise _cannot_write(current, error) from error
    finally:
        for _, temporary in ready:
            temporary.unlink(missing_ok=True)


def _target(path: Path, roots: Sequence[Path]) -> Path:
    """The file itself: a link is followed inside a root and nowhere else."""
    target = path.resolve()
    if not any(target.is_relative_to(root) for root in roots):
        message = "this file is outside the project, or a link leads there; nothing was written"
        raise InputError([Problem(message, path=str(path))])
    return target


def _beside(path: Path, data: bytes) -> Path:
    """A temporary file in the same folder, with the permissions that the file has or would get."""
    from tempfile import NamedTemporaryFile  # noqa: PLC0415  only where something is written

    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask()
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as stream:
        temporary = Path(stream.name)
        try:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
            temporary.chmod(mode)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    return temporary


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _cannot_write(path: Path, error: OSError) -> InputError:
    reason = (error.strerror or str(error)).lower()
    return InputError([Problem(f"cannot write this file: {reason}", path=str(path))])
