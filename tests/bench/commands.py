"""How long `archlint check` takes, as ratios against a floor measured in the same run.

Run by hand: ``python tests/bench/commands.py`` with an installed archlint. Nothing here is a test.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from architectures import architecture

RUNS = 9
_START = "import yaml, typer"
_COMPOSE = "import sys, yaml; yaml.compose(open(sys.argv[1]).read(), Loader=yaml.CSafeLoader)"


def seconds(command: list[str], runs: int = RUNS) -> float:
    """The median wall time of a command, after one run that does not count."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def main() -> None:
    """Print a table of ratios."""
    check = [sys.executable, "-m", "archlint", "check", "--fail-on", "never"]
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for size in (10, 10_000, 20_000):
            paths[size] = Path(folder) / f"{size}.yaml"
            paths[size].write_text(architecture(size))
        floor = seconds([sys.executable, "-c", _START])
        small = seconds([*check, str(paths[10])])
        compose = seconds([sys.executable, "-c", _COMPOSE, str(paths[20_000])], 3)
        half = seconds([*check, str(paths[10_000])], 3)
        large = seconds([*check, str(paths[20_000])], 3)
    print("what                                    time    against                      ratio  at most")
    print(
        f"check, 10 components                 {small:6.3f} s  import yaml, typer  {floor:6.3f} s  {small / floor:5.2f}  2.5"
    )
    print(
        f"check, 20,000 components             {large:6.3f} s  composing in C      {compose:6.3f} s  {large / compose:5.2f}  3"
    )
    print(
        f"check, 20,000 components             {large:6.3f} s  10,000 components   {half:6.3f} s  {large / half:5.2f}  2.3"
    )


if __name__ == "__main__":
    main()
