"""archlint beside other linters of CloudFormation and SAM: findings, time and memory on the same files.

    python tests/bench/peers.py FOLDER [--work FOLDER] [--files 100] [--runs 3] [--archlint COMMAND] [--json FILE]

FOLDER is searched for SAM templates. Each peer is installed from PyPI into a virtual environment of its own below
``--work`` (kept there for the next time). Every tool runs as a whole process, one file at a time, in turn with the
others, so that what else the machine does hits all of them; of several runs the fastest one counts. What is measured is
kept in ``figures.json``, and the pages are written anew. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from figures import main as write_tables
from figures import record
from templates import template

SIZES = (10, 400)
_RUNS_OF_SIZES = 5
"""How often the generated templates are run at least: they are two, and the ratios on them are quoted."""
_SAM = re.compile(r"AWS::Serverless-2016-10-31|AWS::Serverless::(?:Function|Api|HttpApi|StateMachine|SimpleTable)\b")
_VALIDATE = (
    "import json, sys; from cloudformation_validate import CelEngine; "
    "found = CelEngine().validate_template(sys.argv[1]).diagnostics; "
    "print(json.dumps([{'rule': one.rule_id, 'message': one.message} for one in found]))"
)


class Finding(NamedTuple):
    """What a tool says: its rule, its words, the line or resource it points at."""

    rule: str
    message: str
    place: str


class Tool(NamedTuple):
    """A linter: the packages it needs, its command for a file, and how its output is read."""

    name: str
    packages: tuple[str, ...]
    command: Callable[[Path, Path], list[str]]
    findings: Callable[[str], Iterable[Finding]]


class Run(NamedTuple):
    """One whole process: wall seconds, peak memory in MiB, what it printed."""

    seconds: float
    memory: float
    output: str


def _archlint_findings(output: str) -> Iterator[Finding]:
    for one in json.loads(output)["findings"] if output.strip() else ():
        yield Finding(one["rule"], one["message"], str(one["location"].get("line", "")))


def _cfn_lint_findings(output: str) -> Iterator[Finding]:
    for one in json.loads(output) if output.strip() else ():
        yield Finding(one["Rule"]["Id"], one["Message"], str(one["Location"]["Start"]["LineNumber"]))


def _checkov_findings(output: str) -> Iterator[Finding]:
    reports = json.loads(output) if output.strip() else []
    for report in reports if isinstance(reports, list) else [reports]:
        for one in report.get("results", {}).get("failed_checks", ()):
            yield Finding(one["check_id"], one["check_name"], one["resource"])


def _validate_findings(output: str) -> Iterator[Finding]:
    for one in json.loads(output) if output.strip() else ():
        yield Finding(one["rule"], one["message"], "")


def tools(archlint: Sequence[str]) -> list[Tool]:
    """The linters that are compared, archlint first."""
    return [
        Tool(
            "archlint",
            (),
            lambda _, file: [*archlint, "check", "--format", "json", "--fail-on", "never", str(file)],
            _archlint_findings,
        ),
        Tool(
            "cfn-lint",
            ("cfn-lint",),
            lambda home, file: [str(home / "bin/cfn-lint"), "--format", "json", "--", str(file)],
            _cfn_lint_findings,
        ),
        Tool(
            "cfn-lint with serverless rules",
            ("cfn-lint", "cfn-lint-serverless"),
            lambda home, file: [
                *(str(home / "bin/cfn-lint"), "--format", "json"),
                *("--append-rules", "cfn_lint_serverless.rules", "--", str(file)),
            ],
            _cfn_lint_findings,
        ),
        Tool(
            "cloudformation-validate",
            ("cloudformation-validate",),
            lambda home, file: [str(home / "bin/python"), "-c", _VALIDATE, str(file)],
            _validate_findings,
        ),
        Tool(
            "checkov",
            ("checkov",),
            lambda home, file: [
                *(str(home / "bin/checkov"), "--file", str(file), "--output", "json"),
                *("--quiet", "--compact", "--skip-download", "--framework", "cloudformation"),
            ],
            _checkov_findings,
        ),
    ]


def install(tool: Tool, work: Path) -> Path:
    """The virtual environment of a tool, made if it is not there yet."""
    home = work / "-".join(tool.packages)
    done = home / "installed"
    if tool.packages and not done.exists():
        venv.create(home, with_pip=True)
        subprocess.run([home / "bin/python", "-m", "pip", "install", "--quiet", *tool.packages], check=True)
        done.touch()
    return home


def run(command: Sequence[str]) -> Run:
    """Run a command; its time, and the most memory that it or a process it started had at once."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = 0
        output.seek(0)
        per_mib = 1024 * 1024 if sys.platform == "darwin" else 1024
        return Run(seconds, usage.ru_maxrss / per_mib, output.read().decode())


def sam_templates(folder: Path, most: int) -> list[Path]:
    """SAM templates below a folder, in order; of more than are wanted, some of every part of it."""
    found = (path for path in sorted(folder.rglob("*")) if path.suffix in (".yaml", ".yml", ".json") and path.is_file())
    sam = [path for path in found if _SAM.search(path.read_text(errors="replace"))]
    return sam if len(sam) <= most else [sam[place * len(sam) // most] for place in range(most)]


Measured = dict[str, dict[str, Run]]
"""The best run of each tool on each file."""


def measure(
    compared: Sequence[Tool],
    homes: Mapping[str, Path],
    files: Sequence[Path],
    runs: Callable[[Path], int],
    keep: Callable[[Measured], None],
) -> Measured:
    """Run every tool on every file, in turn, ``runs`` times, and keep the fastest run of each; tell after each file."""
    best: Measured = {tool.name: {} for tool in compared}
    for file in files:
        for _ in range(runs(file)):
            for tool in compared:
                found = run(tool.command(homes[tool.name], file))
                earlier = best[tool.name].get(str(file))
                if earlier is None or found.seconds < earlier.seconds:
                    best[tool.name][str(file)] = found
        print(".", end="", file=sys.stderr, flush=True)
        keep(best)
    print(file=sys.stderr)
    return best


def findings_of(compared: Sequence[Tool], best: Measured) -> dict[str, dict[str, list[dict[str, str]]]]:
    """Every finding, by tool and file."""
    return {
        tool.name: {file: [one._asdict() for one in tool.findings(run.output)] for file, run in best[tool.name].items()}
        for tool in compared
    }


def measured(
    compared: Sequence[Tool], best: Measured, files: Sequence[Path], generated: Mapping[int, Path]
) -> dict[str, Any]:
    """Of each tool its findings, its time against archlint's on the same file, and time and memory by size."""
    floor = best[compared[0].name]
    tools = {}
    for tool in compared:
        runs = [best[tool.name][str(file)] for file in files]
        found = [one for run in runs for one in tool.findings(run.output)]
        ratios = [run.seconds / floor[str(file)].seconds for run, file in zip(runs, files, strict=True)]
        sizes = {}
        for size, path in generated.items():
            one = best[tool.name][str(path)]
            sizes[str(size)] = [
                round(one.seconds, 2),
                round(one.seconds / floor[str(path)].seconds, 1),
                round(one.memory),
            ]
        tools[tool.name] = {
            "findings": len(found),
            "rules": len({one.rule for one in found}),
            "median": round(statistics.median(run.seconds for run in runs), 2),
            "ratio": round(statistics.median(ratios), 1),
            "least": round(min(ratios), 1),
            "sizes": sizes,
        }
    return {"templates": len(files), "tools": tools}


def main() -> None:
    """Measure and keep what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path, help="where the environments of the peers are kept")
    parser.add_argument("--files", type=int, default=100, help="how many templates at most")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--archlint", default=shutil.which("archlint") or "archlint")
    parser.add_argument("--json", type=Path, help="where every finding is written, to be judged by hand")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compared = tools([given.archlint])
        homes = {tool.name: install(tool, given.work or Path(folder) / "peers") for tool in compared}
        generated = {size: Path(folder) / f"{size}.yaml" for size in SIZES}
        for size, path in generated.items():
            path.write_text(template(size))
        files = sam_templates(given.folder, given.files)

        def keep(best: Measured) -> None:
            if given.json:
                given.json.write_text(json.dumps(findings_of(compared, best), indent=1))

        def runs(file: Path) -> int:
            return max(given.runs, _RUNS_OF_SIZES) if file in generated.values() else given.runs

        best = measure(compared, homes, [*generated.values(), *files], runs, keep)
        record("peers", measured(compared, best, files, generated))
    write_tables()


if __name__ == "__main__":
    main()
