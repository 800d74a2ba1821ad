"""What `suggest` costs beside `check` on an architecture in which every pattern of the catalog stands many times.

Run by hand: ``python tests/bench/bench_suggest.py [COMPONENTS SERVICES]``. Nothing here is a test.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from architectures import every_pattern
from commands import seconds

from archlint.writing import description_text

AT_MOST = 3


def main(components: int = 1000, services: int = 60) -> None:
    """Print the ratio of the two commands."""
    architecture = every_pattern(components, services)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.yaml"
        path.write_text(description_text(architecture))
        command = [sys.executable, "-m", "archlint"]
        check = seconds([*command, "check", "--fail-on", "never", str(path)], 5)
        suggest = seconds([*command, "suggest", str(path)], 5)
    size = f"{len(architecture.components):,} components in {services:,} services"
    print(f"{size}: suggest {suggest:.3f} s, check {check:.3f} s, ratio {suggest / check:.2f}, at most {AT_MOST}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
