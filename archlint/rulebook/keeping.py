"""What was compiled of a user's own rules and patterns, kept in the user's cache folder by what it was made of.

It is plain data under a digest of all that it depends on, so nothing in it can be old, and no project can put anything
there that another one would take. Where there is no such folder, or it cannot be written, everything is made anew.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

VARIABLE = "ARCHLINT_CACHE_DIR"
"""Names another folder; empty, nothing is kept."""

_MOST = 64
"""Files that are kept, the newest."""
_SUFFIX = ".jsonl"


def kept(made_of: Iterable[str], make: Callable[[], str]) -> str:
    """The text that is made of some texts, and of nothing else: as it was kept, else made now and kept from here on."""
    folder = cache_folder()
    if folder is None:
        return make()
    file = folder / f"{_digest(made_of)}{_SUFFIX}"
    text = _read(file)
    if text is None:
        text = make()
        with suppress(OSError):
            _write(file, text)
    return text


def cache_folder() -> Path | None:
    """Where this system wants such files to be; None if nowhere."""
    if (named := os.environ.get(VARIABLE)) is not None:
        return Path(named).absolute() if named else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", ""))
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", ""))
        base = base if base.is_absolute() else home / ".cache"
    return base / "archlint" if base.is_absolute() else None


def _digest(parts: Iterable[str]) -> str:
    """One digest of all parts; none can pass for the end of another and the beginning of the next."""
    digest = sha256()
    for part in parts:
        data = part.encode(errors="surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _read(file: Path) -> str | None:
    """What was kept in a file; None if nothing was, or it is not what was written."""
    try:
        digest, _, body = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return body.decode() if sha256(body).hexdigest().encode() == digest else None


def _write(file: Path, text: str) -> None:
    """Keep a text for this user alone, whole or not at all, and let the oldest ones go. Raises OSError."""
    from tempfile import mkstemp  # noqa: PLC0415  nothing is written in most runs

    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = text.encode()
    descriptor, temporary = mkstemp(dir=file.parent, suffix=".new")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(sha256(body).hexdigest().encode() + b"\n" + body)
        Path(temporary).replace(file)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    newest_first = sorted(file.parent.glob(f"*{_SUFFIX}"), key=lambda one: one.stat().st_mtime_ns, reverse=True)
    for old in newest_first[_MOST:]:
        old.unlink(missing_ok=True)
