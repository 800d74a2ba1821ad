"""What ``archlint suggest`` answers."""

from __future__ import annotations

from archlint.facts import Graph
from archlint.importers import Reading
from archlint.lint import check
from archlint.model import Match, Possible, Suggestion
from archlint.model.record import record
from archlint.recognition import recognise
from archlint.rulebook import Rulebook
from archlint.search import Search
from archlint.suggest.nearby import nearby
from archlint.suggest.offering import offered


@record
class Answer:
    """Whole patterns, the nearest ones with the changes that complete them, and what the input cannot settle."""

    matches: tuple[Match, ...]
    suggestions: tuple[Suggestion, ...]
    possible: tuple[Possible, ...]


def suggest(reading: Reading, rulebook: Rulebook, pattern: str | None = None) -> Answer:
    """Recognise and suggest. With ``pattern`` only that one is suggested, at any distance."""
    search = Search(Graph(reading.architecture), expanded=rulebook.expanded)
    recognition = recognise(search, rulebook)
    findings = check(reading.architecture, rulebook).findings
    near = nearby(search, rulebook, recognition, findings, pattern)
    return Answer(
        tuple(matched.as_match() for matched in recognition.matched),
        tuple(offered(near, reading, rulebook, findings, asked=pattern is not None)),
        recognition.possible,
    )
