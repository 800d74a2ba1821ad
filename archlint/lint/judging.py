"""One rule's solutions made into findings: exceptions heard, the like merged, the severity settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING, cast

from archlint.facts import Row
from archlint.lint.subjects import About, Case, Subject, Told
from archlint.model import UNKNOWN, Component, Confidence, Finding, Severity
from archlint.model.record import replace
from archlint.model.tuples import NamedTuple
from archlint.pattern.truth import Truth
from archlint.rulebook import Asked, Level, Rule
from archlint.search import OutOfBudgetError, Search, Solution, steps_for

if TYPE_CHECKING:  # made for the type checker alone
    from archlint.lint.subjects import TellingRow


class Answer(NamedTuple):
    """What a rule finds; not ``finished`` if there may be more, and it took too long to look."""

    findings: Sequence[Finding]
    finished: bool = True


_KEPT = 20
"""Steps of the budget that a solution costs which is kept: it takes memory, and words."""


def judge(asked: Asked, search: Search, *, unchecked: bool = False) -> Iterator[Finding]:
    """The rule's findings: one a subject, however many ways there are to bind the other roles.

    ``unchecked`` adds one for each subject of which an unknown value alone keeps the rule from being sure. Raises
    :class:`OutOfBudgetError` after the last finding if there may be more.
    """
    by_subject: dict[Subject, Case] = {}
    unsure: dict[Subject, Case] = {}
    finished = True
    try:
        for subject, solution, exempt in _judged(asked, search, unchecked=unchecked):
            search.spend(_KEPT)
            if exempt is False and solution.truth is True:
                _put(by_subject, asked.rule, subject, solution)
            elif unchecked and exempt is not True and _rests_on_unknown(solution):
                _put(unsure, asked.rule, subject, solution)
    except OutOfBudgetError:
        finished = False
        search.limited_to(steps_for(search.graph.architecture))  # to tell of what has been found by now
    for case in by_subject.values():
        yield _finding(asked.rule, search, case)
    for key, case in unsure.items():
        if key not in by_subject:
            yield _unsure(_finding(asked.rule, search, case))
    if not finished:
        raise OutOfBudgetError


def _put(cases: dict[Subject, Case], rule: Rule, subject: Subject, solution: Solution) -> None:
    """Keep a solution with those of the same name and connection."""
    about, connection = subject
    named = _named(rule, about, solution)
    cases.setdefault((named, connection), Case(named, subject, [])).solutions.append(solution)


def _named(rule: Rule, about: About, solution: Solution) -> About:
    """What a finding is known by: of several members, as those of a cycle, the one whose id comes first.

    Which of them the finding stands at depends on their order in the file; how many findings there are does not.
    """
    if isinstance(about, Told):
        return about
    members = solution.members(rule.at)
    if isinstance(about, Component):
        return min(members, key=lambda member: member.id, default=about)
    return min((member.service for member in members if member.service), default=about)


def _judged(asked: Asked, search: Search, *, unchecked: bool) -> Iterator[tuple[Subject, Solution, Truth]]:
    """Every solution with its subject, and whether an exception holds."""
    question = asked.question
    wanted = frozenset((question.at,)) if question.at in question.roles else frozenset()
    for solution in search.solutions(question.roles, question.clauses, strict=not unchecked, wanted=wanted):
        rule = asked.rule
        subject = _subject(rule, solution)
        if subject[0] is None and not solution.components:
            continue  # a rule that asks of nothing has nothing to point at
        if not _speaks_of_the_outside(subject):
            yield subject, solution, _exempt(rule, search, solution)


def _rests_on_unknown(solution: Solution) -> bool:
    """Whether something in it is there and not known; what is not written at all leaves a rule unsure for ever."""
    written = [element.properties for element in solution.components]
    written += [edge.properties for edge in solution.used]
    return any(value is UNKNOWN for properties in written for value in properties.values())


def _unsure(finding: Finding) -> Finding:
    """The finding as a question: nobody knows whether it is one."""
    message = f"could not be checked, because a value is unknown: {finding.message}"
    return replace(finding, severity=Severity.INFO, message=message, fix=None)


def _subject(rule: Rule, solution: Solution) -> Subject:
    edge = solution.edges.get(rule.connection) if rule.connection else None
    connection = edge[0] if isinstance(edge, tuple) else edge
    if rule.at in solution.rows:
        return _about(solution.rows[rule.at]), connection
    members = solution.members(rule.at)
    component = members[0] if members else None
    if rule.about_service and component is not None:
        return component.service, connection
    return component, connection


def _about(row: object) -> Component | Told:
    if isinstance(row, Row):
        return row.component or Told(row.service, row.key)
    return cast("TellingRow", row).subject()


def _speaks_of_the_outside(subject: Subject) -> bool:
    """Whether the subject is managed elsewhere, or may be: nothing this architecture could change.

    How a state machine deals with a task is said in its own definition, whoever owns what the task calls.
    """
    about, connection = subject
    if not isinstance(about, Component) or not _is_elsewhere(about):
        return False
    return (
        connection is None
        or connection.source is about
        or connection.source.type != "step_functions"
        or _is_elsewhere(connection.source)
    )


def _is_elsewhere(component: Component) -> bool:
    return component.properties.get("external") in (True, UNKNOWN)


def _exempt(rule: Rule, search: Search, solution: Solution) -> Truth:
    """Whether an exception holds, or may hold: what is not known keeps a rule silent."""
    truth: Truth = False
    for exemption in rule.exemptions:
        found = search.truth(rule.roles, exemption.clauses, solution)
        if found is True:
            return True
        truth = None if found is None else truth
    return truth


def _finding(rule: Rule, search: Search, case: Case) -> Finding:
    from archlint.lint.evidence import sureness  # noqa: PLC0415  most rules find nothing
    from archlint.lint.wording import Wording  # noqa: PLC0415

    severity, level, solution = max(
        ((*_severity(rule, search, solution), solution) for solution in case.solutions),
        key=lambda graded: (graded[0], _badness(rule, search, graded[2])),
    )
    confidence = min(max(found.confidence for found in case.solutions), sureness(rule, search, solution))
    if level is not None:
        confidence = min(confidence, level.confidence)
    if confidence is Confidence.GUESS:
        severity = severity.lowered()
    wording = Wording(rule, search, level)
    return wording.finding(case, solution, severity, confidence)


def _badness(rule: Rule, search: Search, solution: Solution) -> float:
    """How bad a solution is by the rule's own measure; what is not known is no worse than anything."""
    value = rule.worst.evaluate(search.scope(solution)) if rule.worst is not None else None
    return value if isinstance(value, int | float) else -inf


def _severity(rule: Rule, search: Search, solution: Solution) -> tuple[Severity, Level | None]:
    """The first level that holds. Where it is not known whether it does, it counts only if it is milder."""
    for level in rule.levels:
        truth = search.truth(rule.roles, level.clauses, solution)
        if truth is True or (truth is None and level.severity < rule.severity):
            return level.severity, level
    return rule.severity, None
