"""What a command does grows in proportion to what it is given, counted in calls and not in seconds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bench.architectures import architecture, every_pattern
from counting import calls

from archlint.importers import Reading, read_text
from archlint.lint import check
from archlint.rulebook import Rulebook
from archlint.suggest import suggest
from archlint.writing import description_text

SMALL = 400
WORK: dict[str, Callable[[str, Reading, Rulebook], object]] = {
    "read": lambda text, _, __: read_text(text),
    "check": lambda _, reading, rulebook: check(reading.architecture, rulebook),
    "suggest": lambda _, reading, rulebook: suggest(reading, rulebook),
}
SHAPES: dict[str, Callable[[int], str]] = {
    "one service again and again": architecture,
    "every pattern": lambda size: description_text(every_pattern(size, size // 16)),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", WORK)
def test_twice_as_much_is_twice_the_work(name: str, shape: str, rulebook: Rulebook) -> None:
    def steps(size: int) -> int:
        text = SHAPES[shape](size)
        reading = read_text(text)
        return calls(lambda: WORK[name](text, reading, rulebook))

    steps(50)  # what is made once
    assert steps(2 * SMALL) < 2.1 * steps(SMALL)
