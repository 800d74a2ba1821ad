"""Fuzz archlint: ``python tests/fuzz/run.py --target description --runs 100000``.

Coverage-guided where atheris is installed (``pip install -e '.[fuzz]'``), by plain mutation elsewhere. An input that
breaks a target is kept in tests/fuzz/crashes; ``--input FILE`` runs it again.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.engine import Outcome, bounded, fuzz_plain
from fuzz.target import CRASHES, Target, targets

_GUIDED = Path(__file__).with_name("guided.py")
_CORPUS = Path(__file__).with_name("corpus")
_DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def main() -> int:
    """Fuzz as asked, print a line for each target, and answer 1 if one broke."""
    asked = _arguments()
    chosen = [targets()[name] for name in asked.target or targets()]
    if asked.input:
        return _again(chosen, asked.input)
    guided = asked.engine == "atheris" or (asked.engine == "auto" and find_spec("atheris") is not None)
    if asked.engine == "auto" and not guided:
        print("atheris is not installed (`pip install -e '.[fuzz]'`): plain mutation, not guided by coverage")
    broken = 0
    for target in chosen:
        outcome = _guided(target, asked) if guided else _plain(target, asked)
        broken += bool(outcome.crash)
        rate = outcome.runs / max(outcome.seconds, 0.001)
        said = f"BROKEN by {outcome.crash}\n{outcome.why}" if outcome.crash else "held"
        print(f"{target.name:24} {outcome.runs:>11,} runs {rate:>9,.0f}/s  {said}", flush=True)
    return int(broken > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", action="append", choices=sorted(targets()), help="one of them; default: all")
    parser.add_argument("--runs", type=int, default=100_000, help="how many inputs a target gets")
    parser.add_argument("--seconds", type=int, default=86_400, help="how long a target takes at most")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--engine", choices=("auto", "atheris", "plain"), default="auto")
    parser.add_argument("--input", type=Path, help="run this one input and show what happens")
    return parser.parse_args()


def _again(chosen: list[Target], file: Path) -> int:
    for target in chosen:
        with bounded():
            target.run(file.read_bytes())
        print(f"{target.name} held")
    return 0


def _plain(target: Target, asked: argparse.Namespace) -> Outcome:
    return fuzz_plain(target, asked.runs, asked.seed, time.time() + asked.seconds)


def _guided(target: Target, asked: argparse.Namespace) -> Outcome:
    """In a process of its own, whose last words are its statistics."""
    before = set(CRASHES.glob(f"{target.name}-*"))
    start = time.monotonic()
    command = [sys.executable, str(_GUIDED), target.name, str(asked.runs), str(asked.seed), str(asked.seconds)]
    done = subprocess.run(
        [*command, str(_CORPUS / target.name)], capture_output=True, text=True, errors="replace", check=False
    )
    runs = max((int(number) for number in _DONE.findall(done.stderr)), default=0)
    seconds = time.monotonic() - start
    new = sorted(set(CRASHES.glob(f"{target.name}-*")) - before)
    if not done.returncode and not new:
        return Outcome(runs, seconds)
    words = (done.stdout + done.stderr)[-3_000:]
    return Outcome(runs, seconds, str(new[0]) if new else "nothing that was kept", words)


if __name__ == "__main__":
    sys.exit(main())
