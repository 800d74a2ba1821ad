"""What a rule says of infrastructure code and not of a description: examples of rules are descriptions."""

from __future__ import annotations

import pytest

from archlint.lint import LintSettings, check
from archlint.model import Architecture, Component, Severity, Site

PLACE = Site("a.yaml", ("Resources",))
INFO, WARNING, ERROR = Severity


def found(rulebook, rule: str, architecture: Architecture) -> list[tuple[Severity, str]]:
    settings = LintSettings(select=frozenset({rule}))
    return [(one.severity, one.message) for one in check(architecture, rulebook, settings).findings if one.rule == rule]


@pytest.mark.parametrize(
    ("type_", "properties", "severity"),
    [
        ("s3", {}, INFO),
        ("s3", {"emptied": True}, WARNING),
        ("dynamodb", {}, WARNING),
    ],
)
def test_a_bucket_that_holds_objects_outlives_its_stack(rulebook, type_: str, properties, severity: Severity) -> None:
    store = Component("scans", type_, None, {"retained": False, **properties}, PLACE)
    architecture = Architecture("A", (store,), (), {}, documents=("a.yaml",))
    ((level, message),) = found(rulebook, "stateful-resource-not-retained", architecture)
    assert level is severity
    assert ("keeps the stack" in message) is (severity is INFO)
