"""Findings that somebody has judged: by comments, by ``ignore`` entries, by settings for a path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archlint.lint.settings import LintSettings
from archlint.model import Finding, Subject, Suppression
from archlint.model.record import replace

UNUSED = "unused-suppression"
"""The rule about suppressions. It is asked last, when it is known what they were good for."""


class Suppressor:
    """Marks findings as suppressed, and notes which suppressions were of use."""

    def __init__(self, suppressions: Iterable[Suppression], settings: LintSettings) -> None:
        self._by_rule: dict[str, list[Suppression]] = {}
        for suppression in suppressions:
            self._by_rule.setdefault(suppression.rule, []).append(suppression)
        self._per_path = settings.per_path
        self._used: set[Suppression] = set()

    def judged(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings, those that are suppressed marked so."""
        if not self._by_rule and not self._per_path:
            return list(findings)
        return [self._judged(finding) for finding in findings]

    def unused(self) -> list[Suppression]:
        """The suppressions that no finding has met so far, in the order in which they were read."""
        listed = [suppression for found in self._by_rule.values() for suppression in found]
        return [suppression for suppression in listed if suppression not in self._used]

    def _judged(self, finding: Finding) -> Finding:
        met = [one for one in self._by_rule.get(finding.rule, ()) if _meets(one, finding)]
        if met:
            self._used.update(met)
            kind = "description" if met[0].subjects is None else "comment"
            return replace(finding, suppressed=True, reason=met[0].reason, suppressed_by=kind)
        for setting in self._per_path:
            if setting.ignores(finding.rule) and setting.covers(finding.site.document):
                return replace(finding, suppressed=True, reason=setting.reason, suppressed_by="configuration")
        return finding


def _meets(suppression: Suppression, finding: Finding) -> bool:
    if suppression.subjects is not None:
        return not suppression.subjects.isdisjoint(_lines(finding))
    if suppression.component is None:
        return True
    return suppression.component in _named(finding)


def _named(finding: Finding) -> Iterable[str | None]:
    """The names that mean a finding: its component, the ends of its connection, and the services of them."""
    ends = (finding.connection.source, finding.connection.target) if finding.connection is not None else ()
    for component in (finding.component, *ends):
        if component is not None:
            yield from (component.id, component.service)
    yield finding.service


def _about(finding: Finding) -> str | None:
    return finding.component.id if finding.component else finding.service


def _lines(finding: Finding) -> Iterable[Subject]:
    """What a comment may stand at to mean a finding: its component (or service), or its connection."""
    if about := _about(finding):
        yield about
    if (edge := finding.connection) is not None:
        yield edge.source.id, edge.target.id, edge.style, edge.action
