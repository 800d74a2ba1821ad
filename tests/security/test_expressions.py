"""No regular expression of archlint takes time that grows faster than the text: texts come from outside."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from security.expressions import Used, attacks, used

LENGTH = 5_000
SLOW = 400
"""How many times as long as stepping once over such a text: linear ones take up to 80, quadratic ones 2,000."""
USED = used()


def fastest(look: Callable[[str], object], text: str, times: int = 1) -> float:
    """Seconds of processor time: the least of several runs, for what the machine does in between."""
    took = []
    for _ in range(times):
        start = time.process_time()
        look(text)
        took.append(time.process_time() - start)
    return min(took)


@pytest.fixture(scope="module")
def step() -> float:
    """What going once over a text of LENGTH takes on this machine."""
    return fastest(re.compile(r"\s*=").match, " " * LENGTH, times=50)


@pytest.mark.parametrize("one", USED, ids=lambda one: one.where)
def test_no_expression_goes_back_over_a_long_text(one: Used, step: float) -> None:
    look = one.pattern.search if one.searched else one.pattern.match
    for text in attacks(one.pattern, LENGTH):
        if fastest(look, text) > SLOW * step:
            took = fastest(look, text, times=5)
            assert took < SLOW * step, f"{took / step:.0f} times as long as one step over {text[:60]!r}…"


@pytest.mark.parametrize(
    ("written", "length"),
    [
        (r"(a+)+\Z", 20),
        (r"(?:a|aa)+b", 28),
        (r"\s*=", LENGTH),
        (r"\$\{([^}]*)\}", LENGTH),
        (r"functions/(.+)/x\Z", 4 * LENGTH),
        (r"x[^/]*y[^/]*y[^/]*z", 800),
    ],
)
def test_the_attacks_find_what_is_slow(written: str, length: int, step: float) -> None:
    pattern = re.compile(written)
    assert any(fastest(pattern.search, text) > SLOW * step for text in attacks(pattern, length))


def test_every_expression_is_looked_at() -> None:
    assert len(USED) > 80
    assert any(one.searched for one in USED)
    assert any(not one.searched for one in USED)
