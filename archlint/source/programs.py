"""Other programs, found where the user's system has them and never in what is being read."""

from __future__ import annotations

import shutil
from pathlib import Path


def program_named(name: str) -> str | None:
    """The absolute path of a program on PATH; None if there is none.

    What lies in the working folder came with the project, whatever PATH says: Windows looks there first.
    """
    found = shutil.which(name)
    if found is None or not Path(found).is_absolute() or Path(found).resolve().parent == Path.cwd().resolve():
        return None
    return found
