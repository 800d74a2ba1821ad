"""From an architecture and a rulebook to findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from archlint.facts import Graph
from archlint.lint.judging import judge
from archlint.lint.settings import LintSettings
from archlint.model import Architecture, Finding, Suppression
from archlint.pattern.expressions import Row
from archlint.rulebook import Rule, Rulebook
from archlint.search import Search


class Checked(NamedTuple):
    """The findings, suppressed ones among them, in a stable order."""

    findings: tuple[Finding, ...]


def check(architecture: Architecture, rulebook: Rulebook, settings: LintSettings | None = None) -> Checked:
    """Ask every wanted rule. Findings come in the order of the files, of one component the worst first."""
    settings = settings or LintSettings()
    graph = Graph(architecture)
    search = Search(graph, {"unmet_claims": lambda: _unmet_claims(graph, rulebook)}, rulebook.expanded)
    wanted = rulebook.rules_for(architecture, settings.wants)
    found = [finding for rule in wanted for finding in _ask(rule, search, settings)]
    return Checked(tuple(_in_order(architecture, _suppressed(found, architecture.suppressions))))


def _unmet_claims(graph: Graph, rulebook: Rulebook) -> Sequence[Row]:
    if not any(service.patterns for service in graph.architecture.services.values()):
        return ()
    from archlint.lint.claims import unmet_claims  # noqa: PLC0415  only where something is claimed

    return unmet_claims(graph, rulebook)


def _ask(rule: Rule, search: Search, settings: LintSettings) -> Iterator[Finding]:
    search = search.with_options(settings.options_of(rule))
    severity = settings.severities.get(rule.id)
    for finding in judge(rule, search):
        yield finding if severity is None else replace(finding, severity=severity)


def _suppressed(findings: Iterable[Finding], suppressions: Iterable[Suppression]) -> list[Finding]:
    by_rule: dict[str, list[Suppression]] = {}
    for suppression in suppressions:
        by_rule.setdefault(suppression.rule, []).append(suppression)
    if not by_rule:
        return list(findings)
    return [_judged(finding, by_rule.get(finding.rule, [])) for finding in findings]


def _judged(finding: Finding, suppressions: Iterable[Suppression]) -> Finding:
    for suppression in suppressions:
        if suppression.component is None or suppression.component in _subjects(finding):
            return replace(finding, suppressed=True, reason=suppression.reason)
    return finding


def _subjects(finding: Finding) -> set[str | None]:
    subjects: set[str | None] = {finding.component.id if finding.component else finding.service}
    if finding.connection is not None:
        subjects |= {finding.connection.source.id, finding.connection.target.id}
    return subjects


def _in_order(architecture: Architecture, findings: Iterable[Finding]) -> list[Finding]:
    order = architecture.order
    files = {path: place for place, path in enumerate(architecture.documents)}

    def key(finding: Finding) -> tuple[int, int, int, str, str]:
        place = order[finding.component] if finding.component else -1
        return files.get(finding.site.document, 0), place, -finding.severity, finding.rule, finding.fingerprint

    return sorted(findings, key=key)
