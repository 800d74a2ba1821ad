"""What ``archlint suggest`` answers."""

from __future__ import annotations

from archlint.facts import Graph
from archlint.importers import Reading
from archlint.lint import LintSettings, check
from archlint.model import Match, Possible, Severity, Suggestion
from archlint.model.record import record
from archlint.recognition import recognise
from archlint.rulebook import Rulebook
from archlint.search import Search
from archlint.suggest.nearby import nearby
from archlint.suggest.offering import offered
from archlint.suggest.trials import Trial


@record
class Answer:
    """Whole patterns, the nearest ones with the changes that complete them, and what the input cannot settle.

    ``contained`` are whole patterns that are part of a larger one, which is told with them.
    """

    matches: tuple[Match, ...]
    suggestions: tuple[Suggestion, ...]
    possible: tuple[Possible, ...]
    contained: tuple[tuple[Match, Match], ...] = ()

    def within(self, service: str) -> Answer:
        """What of it is in a service."""
        return Answer(
            tuple(one for one in self.matches if one.service == service),
            tuple(one for one in self.suggestions if one.service == service),
            tuple(one for one in self.possible if one.service == service),
            tuple(pair for pair in self.contained if pair[0].service == service),
        )


def suggest(
    reading: Reading, rulebook: Rulebook, pattern: str | None = None, settings: LintSettings | None = None
) -> Answer:
    """Recognise and suggest. With ``pattern`` only that one is suggested, at any distance.

    ``settings`` say which findings count: those that a suggestion may solve, and those that it must not bring.
    """
    settings = settings or LintSettings()
    search = Search(Graph(reading.architecture), expanded=rulebook.expanded)
    recognition = recognise(search, rulebook)
    bad = settings._replace(at_least=Severity.WARNING)
    findings = [one for one in check(reading.architecture, rulebook, bad).findings if not one.suppressed]
    near = nearby(search, rulebook, recognition, findings, pattern)
    return Answer(
        tuple(matched.as_match() for matched in recognition.matched),
        tuple(offered(near, Trial(reading, rulebook, findings, settings), asked=pattern is not None)),
        recognition.possible,
        tuple((one.matched.as_match(), one.within.as_match()) for one in recognition.contained),
    )
