"""Every figure of docs/performance.md, as ratios: start-up, scale, the hardest searches, a million components.

    python tests/bench/performance.py [start] [scale] [hard] [million]

with an installed archlint, of a wheel, as a checkout reads its rules from YAML. The times of several runs are taken in
turn and the best of each counts. What is measured is kept in ``figures.json``, and the pages are written anew.
A million components take 10 GB and an hour, so they are measured only where they are named. Nothing here is a test.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import linear_regression
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from architectures import CLEAN, architecture
from figures import main, record
from hardest import HARDEST

_ARCHLINT = [str(Path(sys.executable).with_name("archlint"))]
_YAML = [sys.executable, "-c", "import yaml"]
_COMPOSE = "import sys, yaml; yaml.compose(open(sys.argv[1]).read(), Loader=yaml.CSafeLoader)"
_CHECK = [*_ARCHLINT, "check", "--quiet", "--fail-on", "never", "--format", "json"]
Measured = dict[str, Any]
"""Figures by what was measured, each with what is wanted."""

SIZES = (10_000, 20_000, 40_000, 80_000, 160_000)


class Cost(NamedTuple):
    """What a command takes: seconds on the clock, the processors' seconds, and MiB at most."""

    clock: float
    work: float
    memory: float


def cost(command: Sequence[str]) -> Cost:
    """What a command and its children take. Exits with what it says if it ends with another code than 0 or 1."""
    before = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ends with {process.returncode}")
    return Cost(time.perf_counter() - before, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def best(commands: Sequence[Sequence[str]], runs: int) -> list[Cost]:
    """The least that each command takes, all run in turn."""
    rounds = [[cost(command) for command in commands] for _ in range(runs)]
    return [Cost(*map(min, zip(*costs, strict=True))) for costs in zip(*rounds, strict=True)]


def start(folder: Path) -> Measured:
    """How long a command takes to start, against importing yaml."""
    clean, small = folder / "clean.yaml", folder / "small.yaml"
    small.write_text(architecture(10))
    clean.write_text(CLEAN)
    check = [*_ARCHLINT, "check", "--fail-on", "never"]
    rows = {
        "`archlint --version`": ([*_ARCHLINT, "--version"], 2.5),
        "`archlint --help`": ([*_ARCHLINT, "--help"], 2.5),
        "`archlint check`, 10 components": ([*check, str(clean)], 3),
        f"`archlint check`, 11 components, {_findings(small)} findings": ([*check, str(small)], 3),
    }
    floor, *costs = best([_YAML, *(command for command, _ in rows.values())], 31)
    return {
        name: (round(taken.work / floor.work, 2), most)
        for (name, (_, most)), taken in zip(rows.items(), costs, strict=True)
    }


def _findings(path: Path) -> int:
    done = subprocess.run([*_ARCHLINT, "check", "--format", "json", path], capture_output=True, text=True, check=False)
    return len(json.loads(done.stdout)["findings"])


def scale(folder: Path) -> Measured:
    """How time and memory grow, and how much more than composing the text a check takes."""
    found: list[tuple[Cost, Cost]] = []
    for size in SIZES:
        path = folder / f"{size}.yaml"
        path.write_text(architecture(size))
        compose, check = best([[sys.executable, "-c", _COMPOSE, str(path)], [*_CHECK, str(path)]], 2)
        found.append((compose, check))
    checks = [check for _, check in found]
    sizes = f"{SIZES[0]:,} to {SIZES[-1]:,} components"
    return {
        f"exponent of the processors' time, {sizes}": (round(_exponent([one.work for one in checks]), 2), 1.08),
        f"exponent of memory, {sizes}": (round(_exponent([one.memory for one in checks]), 2), 1.08),
        **{
            f"times composing the same text in C, on the clock, {size:,} components": (_ratio(*costs, "clock"), 2)
            for size, costs in zip(SIZES, found, strict=True)
        },
        f"the same of all processors' work, {SIZES[-1]:,} components": (_ratio(*found[-1], "work"), None),
    }


def _exponent(values: Sequence[float]) -> float:
    return linear_regression([math.log(size) for size in SIZES], [math.log(value) for value in values]).slope


def _ratio(compose: Cost, check: Cost, what: str) -> float:
    return round(getattr(check, what) / getattr(compose, what), 2)


def million(folder: Path) -> Measured:
    """A million components, checked and looked through for what is nearly a pattern."""
    path, configuration = folder / "million.yaml", folder / "limits.yaml"
    path.write_text(architecture(1_000_000))
    configuration.write_text(
        "limits: {bytes: 4000000000, components: 10000000, connections: 100000000, nodes: 1000000000}\n"
    )
    told: dict[str, tuple[float, float | None]] = {}
    commands = {
        "check": [*_CHECK, str(path)],
        "suggest": [*_ARCHLINT, "suggest", "--format", "json", str(path)],
    }
    for name, command in commands.items():
        taken = cost([*command, "--config", str(configuration)])
        told[f"`archlint {name}`, minutes"] = (round(taken.clock / 60, 1), None)
        told[f"`archlint {name}`, GB"] = (round(taken.memory / 1024 * 1.074, 1), 24)
    return told


def hard(folder: Path) -> Measured:
    """How long the hardest architectures take, and how much longer than half of them."""
    found = {}
    for name, (make, size) in HARDEST.items():
        paths = [folder / f"{name}{part}.yaml" for part in (1, 2)]
        for part, path in enumerate(paths, 1):
            path.write_text(make(size * part // 2))
        half, whole = best([[*_CHECK, str(path)] for path in paths], 1)
        found[name] = (size, round(whole.work, 1), round(whole.work / half.work, 1))
    return found


PARTS: dict[str, Callable[[Path], Measured]] = {"start": start, "scale": scale, "hard": hard, "million": million}


if __name__ == "__main__":
    for wanted in sys.argv[1:] or ("start", "scale", "hard"):
        with tempfile.TemporaryDirectory() as name:
            record(wanted, PARTS[wanted](Path(name)))
    main()
