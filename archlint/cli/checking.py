"""What ``archlint check`` does: read, lint, fix, report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archlint.cli.console import When, answer, complain, paint_for, width_for
from archlint.cli.formats import known_report
from archlint.cli.inputs import Inputs, read_architecture, read_inputs
from archlint.cli.selecting import lint_settings
from archlint.cli.usage import wrong_usage
from archlint.importers import Reading
from archlint.lint import LintSettings
from archlint.lint import check as find
from archlint.lint.check import DRIFT
from archlint.model import Finding
from archlint.model.tuples import NamedTuple
from archlint.report.checkup import Checkup

if TYPE_CHECKING:  # imported only where two architectures are compared
    from archlint.diff import Comparison

_ORDER = ("info", "warning", "error")


class Wanted(NamedTuple):
    """The flags of ``check``."""

    paths: Sequence[str]
    format: str = "text"
    output: Path | None = None
    select: str = ""
    ignore: str = ""
    fail_on: str | None = None
    config: Path | None = None
    color: When = When.AUTO
    quiet: bool = False
    verbose: bool = False
    baseline: Path | None = None
    write_baseline: Path | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    strict: bool = False
    changed_from: str = ""
    against: str = ""


def run(wanted: Wanted) -> int:
    """Do all of it, and answer the exit code. Flags that make no sense together are wrong usage."""
    _refuse_together(wanted)
    report = known_report(wanted.format)
    inputs = read_inputs(wanted.paths, wanted.config)
    check = _Check(wanted, inputs)
    if inputs.reading.notes or wanted.verbose:
        from archlint.cli.notes import tell_inputs  # noqa: PLC0415  there is nothing to tell of most descriptions

        tell_inputs(inputs, quiet=wanted.quiet, verbose=wanted.verbose, strict=check.strict)
    findings = check.lint(inputs.reading)
    shown = check.shown(inputs.reading)
    if wanted.write_baseline is not None:
        return check.write_baseline(wanted.write_baseline, findings)
    checkup = Checkup(findings, shown, inputs.rulebook, whole=wanted.verbose)
    if wanted.fix or wanted.unsafe_fixes or wanted.diff:
        fixed = check.fix(findings)
        if wanted.diff:
            answer(fixed.diff, wanted.output)
            return check.code(findings)
        checkup = checkup._replace(findings=fixed.findings, reading=check.shown(fixed.reading), fixed=fixed.fixed)
    if not wanted.quiet or checkup.shown or wanted.format != "text" or checkup.fixed:
        answer(report(check.dressed(checkup)), wanted.output)
    return check.code(checkup.findings)


class _Fixed(NamedTuple):
    findings: Sequence[Finding]
    reading: Reading
    fixed: int
    diff: str


class _Check:
    def __init__(self, wanted: Wanted, inputs: Inputs) -> None:
        configuration = inputs.configuration
        self._wanted = wanted
        self._inputs = inputs
        self.strict = wanted.strict or configuration.strict
        self._settings: LintSettings = lint_settings(
            configuration, inputs.rulebook, wanted.select, wanted.ignore, strict=self.strict
        )
        self._baseline = wanted.baseline or configuration.baseline
        self._stale = 0
        self._given_up: set[str] = set()
        self._then: frozenset[str] | None = None
        self._against = read_architecture([wanted.against], wanted.config) if wanted.against else None

    def lint(self, reading: Reading) -> Sequence[Finding]:
        """Every finding, those that were known before marked as suppressed."""
        checked = find(reading.architecture, self._inputs.rulebook, self._settings, self._drift(reading))
        findings: Sequence[Finding] = checked.findings
        for rule in checked.unfinished:
            self._tell_of(rule)
        if self._baseline is not None and self._wanted.write_baseline is None:
            findings = self._known(self._baseline, findings)
        if self._wanted.changed_from:
            findings = self._new(findings)
        return findings

    def _tell_of(self, rule: str) -> None:
        """Say once that a rule was given up: its silence would mean that all is well."""
        if rule not in self._given_up:
            self._given_up.add(rule)
            complain(
                f"archlint: `{rule}` was given up: so densely connected, the architecture has too many ways to look"
            )

    def _drift(self, reading: Reading) -> Comparison | None:
        if self._against is None:
            return None
        from archlint.cli.drifting import drift_of  # noqa: PLC0415  only where two architectures are compared

        return drift_of(reading, self._against)

    def shown(self, reading: Reading) -> Reading:
        """The reading with the documents of what it is compared with, which findings may stand in."""
        if self._against is None:
            return reading
        return reading._replace(documents={**self._against.documents, **reading.documents})

    def _known(self, baseline: Path, findings: Sequence[Finding]) -> Sequence[Finding]:
        from archlint.cli.baselines import known_findings, stale_lines  # noqa: PLC0415  only with a baseline
        from archlint.lint.baseline import stale, without_known  # noqa: PLC0415

        known = known_findings(baseline)
        asked = [entry for entry in known if self._is_asked(entry.rule)]
        gone = stale(asked, findings)
        if not self._stale and not self._wanted.quiet:
            for line in stale_lines(baseline, gone, whole=len(asked) == len(known)):
                complain(f"archlint: {line}")
        self._stale = len(gone)
        return without_known(findings, (entry.fingerprint for entry in known), "baseline", "known from the baseline")

    def _is_asked(self, rule: str) -> bool:
        """Whether this run would find what a rule finds: of any other nobody knows whether it is still there."""
        group = self._inputs.rulebook.groups.get(rule)
        if group is None or rule in self._given_up or (group == DRIFT and self._against is None):
            return False
        return self._settings.wants(rule, group)

    def _new(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        from archlint.lint.baseline import without_known  # noqa: PLC0415  only against a revision

        if self._then is None:
            self._then = self._fingerprints_then()
        reason = f"was there at {self._wanted.changed_from}"
        return without_known(findings, self._then, "revision", reason)

    def _fingerprints_then(self) -> frozenset[str]:
        from archlint.cli.history import fingerprints_at  # noqa: PLC0415  only against a revision

        return fingerprints_at(self._wanted.changed_from, self._wanted.paths, self._inputs, self._settings)

    def write_baseline(self, file: Path, findings: Sequence[Finding]) -> int:
        """Write the baseline and say so."""
        from archlint.cli.baselines import write_baseline  # noqa: PLC0415  only with a baseline

        count = write_baseline(file, findings)
        if not self._wanted.quiet:
            complain(f"Wrote {file} with {count:,} finding{'' if count == 1 else 's'}.")
        return 0

    def fix(self, findings: Sequence[Finding]) -> _Fixed:
        """Fix what can be fixed, in the files unless only the difference is wanted."""
        from archlint.cli.repairing import diff_of, left_over, write_changes  # noqa: PLC0415  only where fixes are wanted
        from archlint.repair import repair  # noqa: PLC0415

        wanted, reading = self._wanted, self._inputs.reading
        repaired = repair(reading, findings, self.lint, unsafe=wanted.unsafe_fixes)
        diff = diff_of(reading, repaired.reading) if wanted.diff else ""
        if not wanted.diff:
            write_changes(reading, repaired.reading, wanted.paths)
        if not wanted.quiet:
            for line in left_over(repaired):
                complain(f"archlint: {line}")
            if wanted.diff:
                count = len(repaired.fixed)
                complain(f"Would fix {count:,} finding{'' if count == 1 else 's'}.")
        return _Fixed(repaired.findings, repaired.reading, len(repaired.fixed), diff)

    def dressed(self, checkup: Checkup) -> Checkup:
        """What a report is given besides the outcome: where it will be read."""
        wanted = self._wanted
        if wanted.format == "text":
            return checkup._replace(paint=paint_for(wanted.color, wanted.output), columns=width_for(wanted.output))
        from archlint.cli.places import link_to_lines, prefix_in_repository  # noqa: PLC0415  a terminal needs neither

        return checkup._replace(prefix=prefix_in_repository(), link=link_to_lines())

    def code(self, findings: Sequence[Finding]) -> int:
        """The exit code: 1 if a finding is at or above the threshold, or a strict run has stale entries."""
        threshold = (
            self._wanted.fail_on or self._inputs.configuration.fail_on or ("warning" if self.strict else "error")
        )
        if threshold == "never":
            return 0
        words = [finding.severity.word for finding in findings if not finding.suppressed]
        bad = any(_ORDER.index(word) >= _ORDER.index(threshold) for word in words)
        return int(bad or (self.strict and self._stale > 0))


def _refuse_together(wanted: Wanted) -> None:
    if wanted.write_baseline and (wanted.fix or wanted.unsafe_fixes or wanted.diff or wanted.changed_from):
        message = "--write-baseline stands alone: no --fix, --unsafe-fixes, --diff or --changed-from"
        raise wrong_usage(message)
    if wanted.diff and wanted.format != "text":
        message = "--diff is a report of its own: no --format"
        raise wrong_usage(message)
