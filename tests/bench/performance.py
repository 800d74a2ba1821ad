"""Every figure of docs/performance.md, as ratios: start-up, scale, the hardest searches.

Run by hand with an installed archlint: ``python tests/bench/performance.py [start] [scale] [hard] > table.md``. The times
of several runs are taken in turn and the best of each counts, in seconds of the processor, so that another load on the
machine does little harm. Nothing here is a test.
"""

from __future__ import annotations

import math
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import linear_regression

sys.path.insert(0, str(Path(__file__).parent))
from architectures import architecture
from hardest import HARDEST

_ARCHLINT = [str(Path(sys.executable).with_name("archlint"))]
_YAML = [sys.executable, "-c", "import yaml"]
_COMPOSE = "import sys, yaml; yaml.compose(open(sys.argv[1]).read(), Loader=yaml.CSafeLoader)"
SIZES = (10_000, 20_000, 40_000, 80_000, 160_000)


def seconds(command: Sequence[str]) -> float:
    """The processor's seconds that a command and its children take."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def megabytes(command: Sequence[str]) -> float:
    """The greatest memory of a command."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, "
        "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def best(commands: Sequence[Sequence[str]], runs: int) -> list[float]:
    """The least seconds of each command, run in turn."""
    rounds = [[seconds(command) for command in commands] for _ in range(runs + 1)]
    return [min(times) for times in zip(*rounds[1:], strict=True)]


def start(folder: Path) -> None:
    """How long a command takes to start, against importing yaml."""
    small = folder / "small.yaml"
    small.write_text(architecture(10))
    check = [*_ARCHLINT, "check", "--fail-on", "never", str(small)]
    rows = {
        "`archlint --version`": ([*_ARCHLINT, "--version"], 2.5),
        "`archlint --help`": ([*_ARCHLINT, "--help"], 2.5),
        "`archlint check`, 10 components, no findings": ([*check, "--ignore", "failure,observability"], 3),
        "`archlint check`, 10 components, with findings": (check, 3),
    }
    floor, *times = best([_YAML, *(command for command, _ in rows.values())], 15)
    print("| start-up | times `import yaml` | wanted |\n|---|---|---|")
    for (name, (_, most)), taken in zip(rows.items(), times, strict=True):
        print(f"| {name} | {taken / floor:.2f} | {most} |")


def scale(folder: Path) -> None:
    """How time and memory grow, and how much more than composing the text a check takes."""
    times, memory, ratios = [], [], []
    for size in SIZES:
        path = folder / f"{size}.yaml"
        path.write_text(architecture(size))
        check = [*_ARCHLINT, "check", "--quiet", "--fail-on", "never", "--format", "json", str(path)]
        compose, taken = best([[sys.executable, "-c", _COMPOSE, str(path)], check], 1)
        times.append(taken)
        memory.append(megabytes(check))
        ratios.append(taken / compose)
    print("\n| `archlint check`, 10,000 to 160,000 components | measured | wanted |\n|---|---|---|")
    print(f"| exponent of time | {_exponent(times):.2f} | 1.08 |")
    print(f"| exponent of memory | {_exponent(memory):.2f} | 1.08 |")
    print(f"| kilobytes for each component | {memory[-1] * 1024 / SIZES[-1]:.1f} | 24 |")
    print(f"| times composing the text in C (work of all processors) | {max(ratios):.2f} | 2 |")


def _exponent(values: Sequence[float]) -> float:
    return linear_regression([math.log(size) for size in SIZES], [math.log(value) for value in values]).slope


def hard(folder: Path) -> None:
    """How long the hardest architectures take, and how much longer than half of them."""
    print("\n| hard for a search | about so many components | seconds | times its half |\n|---|---|---|---|")
    for name, (make, size) in HARDEST.items():
        paths = [folder / f"{name}{part}.yaml" for part in (1, 2)]
        for part, path in enumerate(paths, 1):
            path.write_text(make(size * part // 2))
        commands = [[*_ARCHLINT, "check", "--fail-on", "never", "--format", "json", str(path)] for path in paths]
        half, whole = best(commands, 1)
        print(f"| {name} | {size:,} | {whole:.0f} | {whole / half:.1f} |")


PARTS: dict[str, Callable[[Path], None]] = {"start": start, "scale": scale, "hard": hard}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        for wanted in sys.argv[1:] or PARTS:
            PARTS[wanted](Path(name))
