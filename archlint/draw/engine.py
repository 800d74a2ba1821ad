"""Running Graphviz: the one in pygraphviz's wheel, else a ``dot`` on PATH; in a process of its own either way.

Graphviz may abort the process it runs in, and may take long: so it never runs in ours.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from archlint.draw.errors import DrawingError

_SECONDS = 120


def run_dot(text: str) -> str:
    """Lay a DOT graph out and give it as Graphviz's JSON. Raises :class:`DrawingError`."""
    reasons = []
    for name, command in _commands():
        try:
            done = subprocess.run(  # noqa: S603  our own interpreter, or the `dot` of the user's PATH
                command, input=text, capture_output=True, text=True, timeout=_SECONDS, check=False, encoding="utf-8"
            )
        except subprocess.TimeoutExpired as error:
            message = f"the layout took longer than {_SECONDS} seconds; draw a part of the architecture instead"
            raise DrawingError(message) from error
        except OSError as error:
            reasons.append(f"{name}: {error}")
            continue
        if done.returncode == 0 and done.stdout.lstrip().startswith("{"):
            return done.stdout
        lines = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        reasons.append(f"{name}: {lines[-1]}")
    message = (
        f"no Graphviz can be run ({'; '.join(reasons)}); `pip install --force-reinstall pygraphviz` brings one along"
    )
    raise DrawingError(message)


def _commands() -> list[tuple[str, list[str]]]:
    commands = [("pygraphviz", [sys.executable, "-I", str(Path(__file__).with_name("graphviz_process.py"))])]
    if found := shutil.which("dot"):
        commands.append(("dot", [found, "-Tjson"]))
    return commands
