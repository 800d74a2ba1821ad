"""What a rule says of infrastructure code and not of a description: examples of rules are descriptions."""

from __future__ import annotations

import pytest

from archlint.lint import LintSettings, check
from archlint.model import UNKNOWN, Architecture, Component, Confidence, Connection, Service, Severity, Site, Style

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


def split(*beside: tuple[str, str], users: tuple[str, ...] = ("app",)) -> Architecture:
    """A table in a stack ``data``, with what else is in it, and a function of each other stack that reads it."""
    table = Component("data.orders", "dynamodb", "data", {}, PLACE)
    others = [Component(f"data.{name}", type_, "data", {}, PLACE) for name, type_ in beside]
    readers = [Component(f"{user}.get", "lambda", user, {}, PLACE) for user in users]
    edges = [Connection(one, table, Style.SYNC, "read", {}, PLACE, Confidence.LIKELY) for one in readers]
    services = {name: Service(name, PLACE) for name in ("data", *users)}
    return Architecture("A", (table, *others, *readers), tuple(edges), services, documents=("a.yaml",))


def test_a_stack_in_which_nothing_runs_is_the_storage_of_the_one_that_uses_it(rulebook) -> None:
    stateful = split(("jobs", "sqs"), ("net", "vpc"), ("files", "s3"))
    assert found(rulebook, "foreign-datastore-access", stateful) == []
    assert found(rulebook, "shared-datastore", stateful) == []
    for logic in ("lambda", "ecs_service", "step_functions", "http_api"):
        ((severity, _),) = found(rulebook, "foreign-datastore-access", split(("own", logic)))
        assert severity is ERROR, logic


def test_a_table_of_two_services_is_shared_wherever_it_is(rulebook) -> None:
    both = split(users=("app", "bills"))
    assert found(rulebook, "foreign-datastore-access", both) == []
    assert [severity for severity, _ in found(rulebook, "shared-datastore", both)] == [ERROR]


@pytest.mark.parametrize("rule", ["foreign-datastore-access", "shared-datastore"])
def test_where_code_says_which_stacks_are_one_service(rulebook, rule: str) -> None:
    architecture = split(("own", "lambda"), users=("app",) if rule.startswith("foreign") else ("app", "bills"))
    settings = LintSettings(select=frozenset({rule}))
    (finding,) = (one for one in check(architecture, rulebook, settings).findings if one.rule == rule)
    assert "`services` among the `overrides` of an archlint.yaml" in finding.help


def test_a_dead_letter_queue_that_other_code_may_use(rulebook) -> None:
    jobs, dead = (Component(name, "sqs", None, {}, PLACE) for name in ("jobs", "dead"))
    fn = Component("work", "lambda", None, {}, PLACE)
    edges = (
        Connection(jobs, fn, Style.ASYNC, "poll", {}, PLACE),
        Connection(fn, dead, Style.ERROR, "on_failure", {"attached_to": "function"}, PLACE),
    )
    architecture = Architecture("A", (jobs, dead, fn), edges, {}, documents=("a.yaml",))
    ((severity, message),) = found(rulebook, "dlq-ineffective-for-poll-source", architecture)
    assert severity is WARNING
    assert "never" not in message


@pytest.mark.parametrize(("place", "count"), [(PLACE, 1), (Site("a.yaml", ("components", "sort")), 0)])
def test_only_code_has_to_say_how_long_the_logs_of_a_function_are_kept(rulebook, place: Site, count: int) -> None:
    for properties, findings in (({}, count), ({"log_retention": 86400}, 0), ({"log_retention": UNKNOWN}, 0)):
        function = Component("sort", "lambda", None, properties, place)
        architecture = Architecture("A", (function,), (), {}, documents=("a.yaml",))
        told = found(rulebook, "log-retention-unset", architecture)
        assert [severity for severity, _ in told] == [INFO] * findings, properties
