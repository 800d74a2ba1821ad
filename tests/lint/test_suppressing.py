"""Suppressions: where they hold, what they ask for, and what becomes of those that are of no use."""

from __future__ import annotations

import pytest

from archlint.importers import KnownNames, read_text
from archlint.lint import LintSettings, PathSettings, check
from archlint.model import InputError, Severity

HEAD = "archlint: 1\nname: Tea\n"
DLQ = "queue-without-dlq"


def read(text: str, rulebook):
    names = KnownNames(rulebook.rule_ids, rulebook.pattern_ids, frozenset(rulebook.groups.values()))
    return read_text(HEAD + text, names, path="tea.yaml")


def findings(text: str, rulebook, **settings):
    return check(read(text, rulebook).architecture, rulebook, LintSettings(**settings)).findings


def of(found, rule: str) -> list[tuple[str | None, bool, str, str]]:
    return [
        (one.component and one.component.id, one.suppressed, one.reason, one.suppressed_by)
        for one in found
        if one.rule == rule
    ]


@pytest.mark.parametrize(
    "components",
    [
        "  leaves: sqs  # archlint: ignore[queue-without-dlq] a toy\n",
        "  # archlint: ignore[queue-without-dlq] a toy\n  leaves: sqs\n",
        "  # archlint: ignore[queue-without-dlq] a toy\n  # and more\n  leaves: sqs\n",
        "  leaves: {type: sqs}  # archlint:ignore[ queue-without-dlq , orphan-component ]: a toy\n  x: dynamodb\n",
    ],
)
def test_a_comment_on_the_line_or_the_one_above(components: str, rulebook) -> None:
    found = findings(f"components:\n{components}  brew: lambda\nconnections: [leaves -> brew]\n", rulebook)
    assert of(found, DLQ) == [("leaves", True, "a toy", "comment")]


def test_a_comment_on_a_connection_holds_for_the_connection_alone(rulebook) -> None:
    text = (
        "components: {news: sns, f: lambda, g: lambda}\nconnections:\n"
        "  - news -> f  # archlint: ignore[subscription-without-dlq] nobody minds\n  - news -> g\n"
    )
    found = [one for one in findings(text, rulebook) if one.rule == "subscription-without-dlq"]
    assert [(one.connection.target.id, one.suppressed) for one in found] == [("f", True), ("g", False)]


def test_text_that_looks_like_a_comment_suppresses_nothing(rulebook) -> None:
    text = 'components: {leaves: {type: sqs, label: "# archlint: ignore[queue-without-dlq] x"}, brew: lambda}\nconnections: [leaves -> brew]\n'
    assert of(findings(text, rulebook), DLQ) == [("leaves", False, "", "")]


WHOLE = ""


@pytest.mark.parametrize(
    ("comment", "message", "suggestion", "underlined"),
    [
        ("ignore[queue-without-dlq]", "this suppression has no reason", "", WHOLE),
        ("ignore queue-without-dlq", "this suppression names no rule", "", WHOLE),
        ("ignore[] x", "this suppression names no rule", "", WHOLE),
        ("ignore[queue-without-dlq x", "this suppression has no closing `]`", "", WHOLE),
        ("ignore[queue-without-dl] x", "unknown rule `queue-without-dl`", DLQ, "queue-without-dl"),
        ("ignore[dlq-without-alarm,  nonsense ] x", "unknown rule `nonsense`", "", "nonsense"),
        ("disable[queue-without-dlq] x", "a comment of archlint cannot `disable`", "", "disable"),
    ],
)
def test_a_comment_that_is_wrong_is_told_with_its_place(
    comment: str, message: str, suggestion: str, underlined: str, rulebook
) -> None:
    line = f"  a: sqs  # archlint: {comment}"
    with pytest.raises(InputError) as raised:
        read(f"components:\n{line}\n", rulebook)
    (problem,) = raised.value.problems
    assert (problem.message, problem.suggestion, problem.span.line) == (message, suggestion, 4)
    assert line[problem.span.column - 1 : problem.span.end_column - 1] == (underlined or line[10:])


@pytest.mark.parametrize(
    "where", ["{a: sqs}  # archlint: ignore[failure] x", "{a: sqs}\nignore: [{rule: failure, reason: x}]"]
)
def test_a_group_where_a_rule_is_wanted_is_told_to_be_one(where: str, rulebook) -> None:
    with pytest.raises(InputError) as raised:
        read(f"components: {where}\n", rulebook)
    (problem,) = raised.value.problems
    assert problem.message == "`failure` is a group of rules, and a suppression names one rule"
    assert problem.expected == "one of its rules; `per-path` in the configuration takes groups too"


def test_other_comments_of_that_name_are_left_alone(rulebook) -> None:
    assert read("# archlint: see the handbook\ncomponents: {a: sqs}  # archlint: 1\n", rulebook)


def test_a_suppression_of_no_use_is_told_unless_its_rule_is_not_asked(rulebook) -> None:
    text = "components:\n  a: sqs\n  f: lambda  # archlint: ignore[queue-without-dlq] old\nconnections: [f -> a]\n"
    found = [one for one in findings(text, rulebook) if one.rule == "unused-suppression"]
    assert [(one.site.span.line, one.component, one.severity) for one in found] == [(5, None, Severity.WARNING)]
    assert of(findings(text, rulebook, ignore=frozenset({DLQ})), "unused-suppression") == []
    assert (
        of(findings(text, rulebook, select=frozenset({"sync-cycle", "unused-suppression"})), "unused-suppression") == []
    )


def test_settings_for_a_path(rulebook) -> None:
    text = "components: {leaves: sqs, brew: lambda}\nconnections: [leaves -> brew]\n"
    setting = PathSettings(
        "tea.yaml".__eq__, {DLQ}.__contains__, "old", {"batch-without-partial-response": Severity.ERROR}
    )
    found = findings(text, rulebook, per_path=(setting,))
    assert of(found, DLQ) == [("leaves", True, "old", "configuration")]
    assert [one.severity for one in found if one.rule == "batch-without-partial-response"] == [Severity.ERROR]
    elsewhere = setting._replace(covers="milk.yaml".__eq__)
    assert of(findings(text, rulebook, per_path=(elsewhere,)), DLQ) == [("leaves", False, "", "")]


def test_what_an_unknown_value_hides_is_told_when_asked_for(rulebook) -> None:
    text = "components: {q: {type: sqs, visibility_timeout: unknown}, f: {type: lambda, timeout: 60s}, d: sqs}\nconnections: [q -> f, q !> d]\n"
    assert of(findings(text, rulebook), "visibility-timeout-too-short") == []
    (one,) = [one for one in findings(text, rulebook, unchecked=True) if one.rule == "visibility-timeout-too-short"]
    assert one.message.startswith("could not be checked, because a value is unknown: ")
    assert (one.severity, one.fix) == (Severity.INFO, None)


def test_what_is_not_written_at_all_is_no_unknown_value(rulebook) -> None:
    text = "archlint: 1\nname: A\ncomponents: {q: sqs, f: lambda, d: sqs}\nconnections: [q -> f, q !> d]\n"
    found = check(read_text(text).architecture, rulebook, LintSettings(unchecked=True)).findings
    assert [finding.rule for finding in found if "could not be checked" in finding.message] == []


@pytest.mark.parametrize(
    ("rule", "name", "suppressed"),
    [
        ("queue-without-dlq", "tea", ["tea.leaves"]),
        ("queue-without-dlq", "milk", ["milk.churn"]),
        ("batch-without-partial-response", "tea", ["tea.leaves", "milk.churn"]),
        ("batch-without-partial-response", "milk", ["milk.churn"]),
        ("batch-without-partial-response", "tea.brew", ["tea.leaves", "milk.churn"]),
        ("service-too-small", "milk", []),
    ],
)
def test_the_name_of_a_service_means_its_components_and_connections(
    rule: str, name: str, suppressed: list[str], rulebook
) -> None:
    text = (
        "services:\n  tea: {components: {leaves: sqs, brew: lambda}, connections: [leaves -> brew]}\n"
        "  milk: {components: {churn: sqs}}\nconnections: [milk.churn -> tea.brew]\n"
        f"ignore: [{{rule: {rule}, component: {name}, reason: a toy}}]\n"
    )
    found = findings(text, rulebook)
    told = [(one.connection.source.id if one.connection else one.component.id) for one in found if one.suppressed]
    assert sorted(told, reverse=True) == sorted(suppressed, reverse=True)
    assert ("unused-suppression" in {one.rule for one in found}) == (not suppressed)
