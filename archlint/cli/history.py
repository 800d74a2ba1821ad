"""The findings that were there at a git revision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from archlint.cli.console import complain
from archlint.cli.inputs import Inputs
from archlint.cli.revisions import files_at
from archlint.importers import read
from archlint.lint import LintSettings, check
from archlint.model import InputError


def fingerprints_at(revision: str, paths: Sequence[str], inputs: Inputs, settings: LintSettings) -> frozenset[str]:
    """The fingerprints of the findings then, by the rules and settings of now.

    If the inputs were not valid then, or not there, everything is new. Raises :class:`InputError` if there is no
    such revision.
    """
    with TemporaryDirectory(prefix="archlint-") as folder:
        then = files_at(revision, paths, Path(folder), inputs.configuration.limits)
        if not then:
            return frozenset()
        try:
            reading = read(then, limits=inputs.configuration.limits, services=inputs.configuration.services)
        except InputError:
            complain(f"archlint: the inputs were not valid at {revision}, so every finding counts as new")
            return frozenset()
    findings = check(reading.architecture, inputs.rulebook, settings._replace(per_path=())).findings
    return frozenset(finding.fingerprint for finding in findings)
