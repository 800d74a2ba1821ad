"""From an architecture and a rulebook to findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from archlint.facts import Graph
from archlint.lint.judging import Answer, judge
from archlint.lint.settings import LintSettings
from archlint.lint.suppressing import UNUSED, Suppressor
from archlint.model import Architecture, Finding
from archlint.model.record import replace
from archlint.model.tuples import NamedTuple
from archlint.pattern.expressions import Row
from archlint.pattern.terms import Cycle, Relation
from archlint.rulebook import Asked, Question, Rulebook
from archlint.search import OutOfBudgetError, Search, steps_for

if TYPE_CHECKING:  # imported only where two architectures are compared
    from archlint.diff import Comparison


LARGE = 200
"""Components from which on a second process pays for itself: it has to be made, and to send what it finds."""

DRIFT = "drift"
"""The group of the rules that compare what is described with what is built."""


class Checked(NamedTuple):
    """The findings, suppressed ones among them, in a stable order.

    ``unfinished`` are the ids of rules that were given up, as the architecture is too dense for them: they may have
    more to say.
    """

    findings: tuple[Finding, ...]
    unfinished: tuple[str, ...] = ()


def check(
    architecture: Architecture,
    rulebook: Rulebook,
    settings: LintSettings | None = None,
    drift: Comparison | None = None,
) -> Checked:
    """Ask every wanted rule. Findings come in the order of the files, of one component the worst first.

    ``drift`` compares what is described (old) with what is built (new), one of which is the architecture; without it
    the rules of drift are not asked.
    """
    settings = settings or LintSettings()
    graph = Graph(architecture)
    suppressor = Suppressor(architecture.suppressions, settings)
    search = Search(
        graph,
        {
            "unmet_claims": lambda: _unmet_claims(graph, rulebook),
            "near_misses": lambda: _near_misses(graph, rulebook),
            "drift": lambda: _drift(drift),
            "unused_suppressions": lambda: _unused(suppressor, rulebook, settings),
        },
        rulebook.expanded,
    )
    has_suppressions = bool(architecture.suppressions)

    def wants(rule: str, group: str) -> bool:
        asked = (rule != UNUSED or has_suppressions) and (group != DRIFT or drift is not None)
        return asked and settings.wants(rule, group)

    wanted = [asked for asked in rulebook.rules_for(architecture, wants) if settings.minds(asked)]
    rules = [asked for asked in wanted if asked.question.id != UNUSED]
    answers = _asked(rules, search, settings)
    found = suppressor.judged([one for answer in answers for one in answer.findings])
    for asked in wanted:
        if asked.question.id == UNUSED:
            found += suppressor.judged(_ask(asked, search, settings).findings)
    unfinished = tuple(one.question.id for one, answer in zip(rules, answers, strict=True) if not answer.finished)
    return Checked(tuple(_in_order(architecture, found)), unfinished)


def _asked(rules: Sequence[Asked], search: Search, settings: LintSettings) -> list[Answer]:
    """The answers of rules, in their order; of a large architecture two processors work them out."""
    architecture = search.graph.architecture
    if len(architecture.components) >= LARGE and DRIFT not in {asked.question.group for asked in rules}:
        from archlint.lint.sharing import asked_by_two, can_share  # noqa: PLC0415  only where it pays

        if can_share():
            longest_first = sorted(range(len(rules)), key=lambda number: not _looks_at_all(rules[number].question))
            return asked_by_two(architecture, longest_first, lambda number: _ask(rules[number], search, settings))
    return [_ask(asked, search, settings) for asked in rules]


def _looks_at_all(question: Question) -> bool:
    """Whether a rule asks something that is worked out of the whole architecture at once."""
    return any(isinstance(clause, Relation | Cycle) for clause in question.clauses)


def _drift(comparison: Comparison | None) -> Sequence[Row]:
    if comparison is None:
        return ()
    from archlint.lint.drift import drift_rows  # noqa: PLC0415  only where two architectures are compared

    return drift_rows(comparison)


def _unmet_claims(graph: Graph, rulebook: Rulebook) -> Sequence[Row]:
    if not any(service.patterns for service in graph.architecture.services.values()):
        return ()
    from archlint.lint.claims import unmet_claims  # noqa: PLC0415  only where something is claimed

    return unmet_claims(graph, rulebook)


def _near_misses(graph: Graph, rulebook: Rulebook) -> Sequence[Row]:
    from archlint.lint.near_misses import near_misses  # noqa: PLC0415  only where the rule is asked

    return near_misses(graph, rulebook)


def _unused(suppressor: Suppressor, rulebook: Rulebook, settings: LintSettings) -> Sequence[Row]:
    from archlint.lint.unused import unused_suppressions  # noqa: PLC0415  only where something is suppressed

    groups = rulebook.groups
    return unused_suppressions(suppressor.unused(), lambda rule: rule in groups and settings.wants(rule, groups[rule]))


def _ask(asked: Asked, search: Search, settings: LintSettings) -> Answer:
    """What a rule finds in as many steps as it may take."""
    search = search.with_options(settings.options_of(asked.question)).limited_to(steps_for(search.graph.architecture))
    found: list[Finding] = []
    try:
        for finding in judge(asked, search, unchecked=settings.unchecked):
            severity = settings.severity_of(asked.question.id, finding.site.document)
            found.append(finding if severity is None else replace(finding, severity=severity))
    except OutOfBudgetError:
        return Answer(found, finished=False)
    return Answer(found)


def _in_order(architecture: Architecture, findings: Iterable[Finding]) -> list[Finding]:
    findings = list(findings)
    if not findings:
        return findings
    order = architecture.order
    files = {path: place for place, path in enumerate(architecture.documents)}
    edges = {edge: place for place, edge in enumerate(architecture.connections)}

    def key(finding: Finding) -> tuple[int, int, int, str, int, str]:
        place = order.get(finding.component, -1) if finding.component else -1
        edge = edges.get(finding.connection, -1) if finding.connection else -1
        file = files.get(finding.site.document, 0)
        return file, place, -finding.severity, finding.rule, edge, finding.identity

    return sorted(findings, key=key)
