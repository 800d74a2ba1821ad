"""What a rule costs: the time of thirty rules and of all of them on the same input.

Run by hand: ``python tests/bench/bench_rules.py``. Nothing here is a test.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from architectures import architecture
from commands import seconds

from archlint.importers import read_text
from archlint.lint import LintSettings, check
from archlint.rulebook import Rulebook, builtin_catalog, load

RUNS = 9
SOME = 30


def asking(rulebook: Rulebook, size: int, rules: frozenset[str]) -> float:
    """The median time of asking rules, read beforehand, of an architecture of about ``size`` components."""
    found = read_text(architecture(size)).architecture
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        check(found, rulebook, LintSettings(select=rules))
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print a table of ratios: asking rules that are read, and a whole command with some and with all rules."""
    rulebook = load()
    usual = list(rulebook.rules)
    few = frozenset(usual[:: len(usual) // SOME][:SOME])
    share = len(usual) / SOME
    print(f"{len(few)} rules against all {len(usual)}              some       all  ratio  at most")
    with tempfile.TemporaryDirectory() as folder:
        for size in (10, 1_000, 5_000):
            path = Path(folder) / f"{size}.yaml"
            path.write_text(architecture(size))
            command = [sys.executable, "-m", "archlint", "check", "--fail-on", "never", "--format", "json", str(path)]
            some, every = seconds([*command, "--select", ",".join(sorted(few))], 5), seconds(command, 5)
            print(f"check, {size:6,} components        {some:8.4f} s {every:8.4f} s {every / some:6.2f}  2")
    for size in (10, 1_000, 5_000):
        some, every = asking(rulebook, size, few), asking(rulebook, size, frozenset(usual))
        print(f"asking alone, {size:6,} components {some:8.4f} s {every:8.4f} s {every / some:6.2f}  {share:.1f}")
    some, every = reading(few), reading(frozenset(usual))
    print(f"reading the files                {some:8.4f} s {every:8.4f} s {every / some:6.2f}  {share:.1f}")


def reading(rules: frozenset[str]) -> float:
    """The median time of reading rules from their files."""
    files = tuple(rule.file for rule in load().rules.values() if rule.id in rules)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        _ = Rulebook(files, (builtin_catalog(),)).rules
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
