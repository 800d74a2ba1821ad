"""Suggestions carried out in the user's own text, and kept only if together they lead where each leads alone."""

from __future__ import annotations

from collections.abc import Sequence

from archlint.facts import Graph
from archlint.fix import EditError, edited_texts
from archlint.importers import Reading
from archlint.lint import LintSettings, check
from archlint.model import Severity, Suggestion
from archlint.model.tuples import NamedTuple
from archlint.recognition import recognise
from archlint.recognition.missing import merged
from archlint.rulebook import Rulebook
from archlint.search import Search


class Refusal(NamedTuple):
    """A suggestion that was not carried out, and why."""

    suggestion: Suggestion
    why: str


class Applied(NamedTuple):
    """``reading`` is the architecture after the suggestions that were carried out."""

    reading: Reading
    applied: tuple[Suggestion, ...]
    refused: tuple[Refusal, ...]


def best_of_each_service(suggestions: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """The first suggestion of each service, in the same order."""
    best: dict[str | None, Suggestion] = {}
    for suggestion in suggestions:
        best.setdefault(suggestion.service, suggestion)
    return tuple(best.values())


def apply(
    reading: Reading, rulebook: Rulebook, suggestions: Sequence[Suggestion], settings: LintSettings | None = None
) -> Applied:
    """Carry suggestions out. One that does not hold beside the others is refused, and nothing of it is written."""
    run = _Applying(reading, rulebook, settings or LintSettings())
    run.attempt(suggestions)
    order = {id(suggestion): place for place, suggestion in enumerate(suggestions)}
    return Applied(run.reading, tuple(sorted(run.applied, key=lambda one: order[id(one)])), tuple(run.refused))


class _Applying:
    def __init__(self, reading: Reading, rulebook: Rulebook, settings: LintSettings) -> None:
        self.reading = reading
        self._settings = settings
        self.applied: list[Suggestion] = []
        self.refused: list[Refusal] = []
        self._rulebook = rulebook
        self._errors = self._errors_of(reading)

    def attempt(self, batch: Sequence[Suggestion]) -> None:
        """Carry a batch out together; if that does not do, its halves one after the other."""
        why = self._make(batch)
        if not why:
            self.applied += batch
        elif len(batch) == 1:
            self.refused.append(Refusal(batch[0], why))
        else:
            middle = len(batch) // 2
            self.attempt(batch[:middle])
            self.attempt(batch[middle:])

    def _make(self, batch: Sequence[Suggestion]) -> str:
        """Take the changes over if they do what they should; else say why not."""
        if not batch:
            return ""
        try:
            texts = edited_texts(self.reading, merged([change for one in batch for change in one.changes]))
        except EditError as error:
            return str(error)
        after = self.reading.again(texts)
        errors = self._errors_of(after)
        if new := errors.keys() - self._errors.keys():
            return f"it would bring a new error: {', '.join(sorted({errors[one] for one in new}))}"
        there = self._patterns_in(after)
        if any((one.pattern, one.anchor) not in there for one in batch):
            return "the pattern would still not be there"
        self.reading, self._errors = after, errors
        return ""

    def _errors_of(self, reading: Reading) -> dict[str, str]:
        """The rules of the errors, by identity."""
        return {
            finding.identity: finding.rule
            for finding in check(reading.architecture, self._rulebook, self._settings).findings
            if finding.severity is Severity.ERROR and not finding.suppressed
        }

    def _patterns_in(self, reading: Reading) -> set[tuple[str, str]]:
        """Each pattern that is whole, and its anchor."""
        found = recognise(Search(Graph(reading.architecture), expanded=self._rulebook.expanded), self._rulebook)
        return {(one.entry.id, one.anchor.id) for one in found.whole}
