"""A finding is as sure as what it cannot do without."""

from __future__ import annotations

import pytest

from archlint.lint import LintSettings, check
from archlint.model import Architecture, Component, Confidence, Connection, Severity, Site, Style

PLACE = Site("a.yaml", ("Resources",))
GUESS, LIKELY, CERTAIN = Confidence


def architecture(*triggers: Confidence) -> Architecture:
    fn = Component("f", "lambda", None, {}, PLACE)
    topics = [Component(f"n{place}", "sns", None, {}, PLACE) for place, _ in enumerate(triggers)]
    edges = [
        Connection(topic, fn, Style.ASYNC, "deliver", {}, PLACE, confidence)
        for topic, confidence in zip(topics, triggers, strict=True)
    ]
    return Architecture("A", (fn, *topics), tuple(edges), {}, documents=("a.yaml",))


@pytest.mark.parametrize(
    ("triggers", "severity", "confidence"),
    [
        ([CERTAIN], Severity.ERROR, CERTAIN),
        ([LIKELY], Severity.ERROR, LIKELY),
        ([GUESS], Severity.WARNING, GUESS),
        ([GUESS, GUESS], Severity.WARNING, GUESS),
        ([GUESS, CERTAIN], Severity.ERROR, CERTAIN),
        ([CERTAIN, LIKELY, GUESS], Severity.ERROR, CERTAIN),
    ],
)
def test_one_sure_trigger_is_enough(rulebook, triggers, severity: Severity, confidence: Confidence) -> None:
    settings = LintSettings(select=frozenset({"async-function-without-dlq"}))
    (finding,) = check(architecture(*triggers), rulebook, settings).findings
    assert (finding.severity, finding.confidence) == (severity, confidence)
