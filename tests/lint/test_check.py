from __future__ import annotations

from archlint.lint import LintSettings, check
from archlint.model import Confidence, Severity


def found(reading, rulebook, *rules: str) -> list[tuple[str, str]]:
    settings = LintSettings(select=frozenset(rules))
    findings = check(reading.architecture, rulebook, settings).findings
    return [(finding.rule, finding.component.id if finding.component else "") for finding in findings]


def test_rules_without_clauses_do_not_answer_for_each_other(describe, rulebook) -> None:
    reading = describe(
        "components: {posters: s3, f: lambda, cache: {type: elasticache, ttl: none}}\nconnections: [f => cache]"
    )
    assert found(reading, rulebook, "orphan-component", "cache-without-ttl") == [
        ("orphan-component", "posters"),
        ("cache-without-ttl", "cache"),
    ]


def test_each_rule_alone_finds_what_all_find_together(describe, rulebook) -> None:
    reading = describe(
        "components: {a: http_api, f: {type: lambda, timeout: 60s}, q: sqs, t: rds, n: sns}\n"
        "connections: [a => f, f -> q, q -> f, f => t, n -> f]"
    )
    together = check(reading.architecture, rulebook).findings
    alone = [
        finding
        for rule in rulebook.rules
        for finding in check(reading.architecture, rulebook, LintSettings(select=frozenset({rule}))).findings
    ]
    assert sorted(finding.fingerprint for finding in together) == sorted(finding.fingerprint for finding in alone)


def test_a_finding_names_everything_that_is_involved(describe, rulebook) -> None:
    reading = describe(
        "components: {q: sqs, r: sqs, f: lambda, g: lambda, db: {type: rds, max_connections: 50}}\nconnections:\n"
        "  - q -> f: {maximum_concurrency: 30}\n  - r -> g: {maximum_concurrency: 30}\n  - f, g => db\n"
    )
    settings = LintSettings(select=frozenset({"throttle-exceeds-connections"}))
    (finding,) = check(reading.architecture, rulebook, settings).findings
    assert {component.id for component in finding.components} == {"db", "f", "g"}
    assert "60 connections" in finding.message
    assert "45" in finding.message
    assert (finding.severity, finding.confidence) == (Severity.ERROR, Confidence.CERTAIN)


def test_selecting_and_ignoring() -> None:
    settings = LintSettings(
        select=frozenset({"failure", "sync-cycle"}), ignore=frozenset({"stream-poison-pill", "coupling"})
    )
    assert settings.wants("queue-without-dlq", "failure")
    assert settings.wants("sync-cycle", "coupling")
    assert not settings.wants("stream-poison-pill", "failure")
    assert not settings.wants("cache-without-ttl", "consistency")
