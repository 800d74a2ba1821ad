"""Loose ends: those of the own service first, and none where so many could be meant that nobody knows which is."""

from __future__ import annotations

import pytest
from counting import calls

from archlint.facts import Graph
from archlint.importers import read_text
from archlint.pattern.terms import Role
from archlint.recognition.loose import LooseEnds


def architecture(services: int, outside: int = 0) -> LooseEnds:
    """Services with a queue each that nothing fills, and such queues outside all services."""
    parts = "".join(f"  s{number}: {{components: {{inbox: sqs}}}}\n" for number in range(services))
    rest = "".join(f"  q{number}: sqs\n" for number in range(outside)) or "  c: client\n"
    text = f"archlint: 1\nname: Loose\nservices:\n{parts}components:\n{rest}"
    return LooseEnds(Graph(read_text(text).architecture))


def queue() -> Role:
    return Role("q", frozenset({"sqs"}), "queue")


def ids(loose: LooseEnds, service: str | None) -> list[str]:
    return [one.id for one in loose.fitting(queue(), service, forward=True)]


def test_the_own_service_comes_first_then_what_is_outside_all_then_others() -> None:
    assert ids(architecture(3, 2), "s1") == ["s1.inbox", "q0", "q1", "s0.inbox", "s2.inbox"]
    assert ids(architecture(3, 2), None) == ["q0", "q1", "s0.inbox", "s1.inbox", "s2.inbox"]


def test_of_many_others_nobody_knows_which_is_meant() -> None:
    assert ids(architecture(7), "s1")[1:] == [f"s{number}.inbox" for number in range(7) if number != 1]
    assert ids(architecture(8), "s1") == ["s1.inbox"]


def test_of_many_outside_all_services_neither() -> None:
    assert ids(architecture(2, 6), "s1") == ["s1.inbox", *(f"q{number}" for number in range(6)), "s0.inbox"]
    assert ids(architecture(2, 7), "s1") == ["s1.inbox", "s0.inbox"]


@pytest.mark.parametrize("outside", [0, 40])
def test_asking_for_every_service_takes_steps_in_proportion(outside: int) -> None:
    def steps(services: int) -> int:
        loose = architecture(services, outside)
        return calls(lambda: [ids(loose, f"s{number}") for number in range(services)])

    assert steps(400) < 2.2 * steps(200)
