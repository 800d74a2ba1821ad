"""Which form of a pattern it is, where a pattern has several."""

from __future__ import annotations

import pytest

from archlint.importers import read_text
from archlint.rulebook.examples import example_of
from archlint.suggest import suggest

FRUGAL = """\
archlint: 1
name: Freight
services:
  bills:
    components:
      queue: {type: sqs, fifo: FIFO, visibility_timeout: 2m}
      work: {type: lambda, timeout: 10s, idempotent: true, vpc: true}
      ledger: {type: aurora, max_connections: 90}
      dead: {type: sqs, fifo: FIFO, retention: 14d}
      import: {type: lambda, timeout: 10s}
    connections:
      - import -> queue
      - queue -> work: {maximum_concurrency: 5}
      - work =write=> ledger
      - queue !> dead: {max_receives: 5}
"""

WORKFLOW = """\
archlint: 1
name: Prices
services:
  prices:
    components:
      api: {type: http_api, auth: jwt}
      flow: {type: step_functions, workflow: KIND}
      fetch: {type: lambda, timeout: 5s}
      store: {type: lambda, timeout: 5s}
    connections:
      - api -> flow
      - flow => fetch, store
"""


def _variants(text: str, rulebook) -> dict[str, str | None]:
    return {match.pattern: match.variant for match in suggest(read_text(text), rulebook).matches}


@pytest.mark.parametrize(("fifo", "variant"), [("true", "fifo"), ("false", None)])
def test_a_consumer_of_a_fifo_queue(rulebook, fifo: str, variant: str | None) -> None:
    assert _variants(FRUGAL.replace("FIFO", fifo), rulebook)["frugal-consumer"] == variant


@pytest.mark.parametrize(("kind", "variant"), [("express", "express"), ("standard", None), ("unknown", None)])
def test_an_express_workflow(rulebook, kind: str, variant: str | None) -> None:
    assert _variants(WORKFLOW.replace("KIND", kind), rulebook)["state-machine"] == variant


def test_a_special_case_of_the_base_is_never_suggested(rulebook) -> None:
    for entry in rulebook.catalog.values():
        special = [form for form in entry.forms if form.narrows]
        assert not any(form.suggested for form in special)
        assert list(entry.forms[: len(special)]) == special, entry.id


def test_each_variant_says_what_makes_it_one(rulebook) -> None:
    for entry in rulebook.catalog.values():
        assert all(form.because for form in entry.forms if form.variant), entry.id
        assert example_of(entry.file)
