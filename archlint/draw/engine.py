"""Running Graphviz: the one in pygraphviz's wheel, else a ``dot`` on PATH; in a process of its own either way.

Graphviz may abort the process it runs in, and may take long: so it never runs in ours.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from archlint.draw.errors import DrawingError
from archlint.source.programs import program_named

_SECONDS = 120
_FAILURES = 2
"""After so many processes in a row that lay nothing out it is not a graph that is at fault."""


def run_dot(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Lay DOT graphs out in one process, each as Graphviz's JSON; those that Graphviz refuses are left out.

    A graph that ends the process is skipped, and another process goes on after it. Raises :class:`DrawingError` if no
    Graphviz can be run, if it lays none of them out, or if it takes too long.
    """
    reasons = []
    for name, command in _commands():
        found: list[dict[str, Any]] = []
        place = failures = 0
        while place < len(texts) and failures < _FAILURES:
            try:
                done = _run(command, texts[place:])
            except OSError as error:
                reasons.append(f"{name}: {error}")
                break
            answers = _answers(done.stdout)
            found += answers
            if not done.returncode:
                break
            failures = 0 if answers else failures + 1
            place += len(answers) + 1
            reasons.append(f"{name}: {(done.stderr.strip().splitlines() or [f'it ended with {done.returncode}'])[-1]}")
        if found:
            return found
    told = "; ".join(dict.fromkeys(reasons)) or "it said nothing"
    message = f"no Graphviz can be run ({told}); `pip install --force-reinstall pygraphviz` brings one along"
    raise DrawingError(message)


def _run(command: Sequence[str], texts: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """One process on graphs. Raises OSError, or :class:`DrawingError` if it takes too long."""
    try:
        return subprocess.run(  # noqa: S603  our own interpreter, or the `dot` of the user's PATH
            command,
            input="\n".join(texts),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
            encoding="utf-8",
        )
    except subprocess.TimeoutExpired as error:
        message = f"the layout took longer than {_SECONDS} seconds; draw a part of the architecture instead"
        raise DrawingError(message) from error


def _commands() -> list[tuple[str, list[str]]]:
    commands = [("pygraphviz", [sys.executable, "-I", str(Path(__file__).with_name("graphviz_process.py"))])]
    if found := program_named("dot"):
        commands.append(("dot", [found, "-Tjson"]))
    return commands


def _answers(text: str) -> list[dict[str, Any]]:
    """The JSON documents that stand one after another; what an abort left unfinished is no document."""
    decoder = json.JSONDecoder()
    found = []
    place = 0
    while (place := text.find("{", place)) >= 0:
        try:
            answer, place = decoder.raw_decode(text, place)
        except json.JSONDecodeError:
            break
        found.append(answer)
    return found
