"""Configuration and baseline files."""

from __future__ import annotations

from functools import partial

from fuzz.bundles import unpack
from fuzz.guarding import scratch
from fuzz.judging import refused_or
from fuzz.target import Target

from archlint.cli.baselines import known_findings
from archlint.cli.configuration import NAME
from archlint.cli.inputs import read_rules


def _configuration(name: str, data: bytes) -> None:
    """A configuration with the files it names, and the names in it."""
    with scratch() as folder:
        unpack(data, folder, name)
        refused_or(lambda: read_rules(["."], None))


def _baseline(data: bytes) -> None:
    with scratch() as folder:
        (folder / "known.json").write_bytes(data)
        refused_or(lambda: known_findings(folder / "known.json"))


_KEYS = (
    b"extends: ",
    b"select: [",
    b"ignore: [",
    b"severities: {",
    b"options: {",
    b"per-path:\n",
    b"limits: {",
    b"rules: ",
)
_TOML = (
    b"[tool.archlint]\n",
    b"[[tool.archlint.per-path]]\n",
    b"extends = ",
    b'"""',
    b"1979-05-27",
    b"[a.b]\n",
    b"0x1F",
)

TARGETS = (
    Target("configuration", partial(_configuration, NAME), (*_KEYS, b"=== a.yaml\n", b"=== rules/own.yaml\n")),
    Target("configuration-toml", partial(_configuration, "pyproject.toml"), (*_KEYS, *_TOML)),
    Target("baseline", _baseline, (b'"fingerprint":', b'"findings":', b'"version": 1')),
)
