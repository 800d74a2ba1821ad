"""Several files in one input: each begins with a line ``=== path``."""

from __future__ import annotations

import re
from pathlib import Path

_HEAD = re.compile(rb"^=== ([A-Za-z0-9_./-]{1,80})(?:\r?\n|\Z)", re.MULTILINE)


def unpack(data: bytes, folder: Path, name: str) -> list[Path]:
    """Write the files below a folder, what stands before the first head as ``name``; their paths in order."""
    parts = _HEAD.split(data)
    files = [(name, parts[0])] if parts[0] or len(parts) == 1 else []
    files += [(head.decode(), body) for head, body in zip(parts[1::2], parts[2::2], strict=True)]
    written: dict[Path, None] = {}
    for path, body in files:
        steps = [step for step in path.split("/") if step not in {"", ".", "..", ".git"}]
        target = folder.joinpath(*steps[:4])
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
        except OSError:
            continue  # one file is the folder of another
        written[target] = None
    return [*written]
