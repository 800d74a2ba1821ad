"""No regular expression of archlint takes time that grows faster than the text: texts come from outside."""

from __future__ import annotations

import re
import time

import pytest
from security.expressions import Used, attacks, used

LENGTH = 5_000
SECONDS = 0.02
"""A linear one takes a hundredth of that; a quadratic one on so long a text takes several times as long."""
USED = used()


def slowest(one: Used) -> tuple[float, str]:
    """The longest that any attack took, in seconds of processor time, and its beginning."""
    worst = (0.0, "")
    look = one.pattern.search if one.searched else one.pattern.match
    for text in attacks(one.pattern, LENGTH):
        start = time.process_time()
        look(text)
        took = time.process_time() - start
        if took > SECONDS:  # once more, for what the machine did in between
            start = time.process_time()
            look(text)
            took = min(took, time.process_time() - start)
        worst = max(worst, (took, text[:60]))
    return worst


@pytest.mark.parametrize("one", USED, ids=lambda one: one.where)
def test_no_expression_goes_back_over_a_long_text(one: Used) -> None:
    took, text = slowest(one)
    assert took < SECONDS, f"{took:.2f} s on {text!r}…"


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
def test_the_attacks_find_what_is_slow(written: str, length: int) -> None:
    pattern = re.compile(written)
    for text in attacks(pattern, length):
        start = time.process_time()
        pattern.search(text)
        if time.process_time() - start > SECONDS:
            return
    pytest.fail("none of the attacks takes long")


def test_every_expression_is_looked_at() -> None:
    assert len(USED) > 80
    assert any(one.searched for one in USED)
    assert any(not one.searched for one in USED)
