"""A rule's own fixes carried out on a text, one after the other."""

from __future__ import annotations

from archlint.fix import edited_texts
from archlint.importers import read_text
from archlint.lint import LintSettings, check
from archlint.model import Finding, Severity
from archlint.rulebook import Rulebook

_TURNS = 100
"""More fixes than any example needs: a rule whose fix makes a new finding of its own would go on for ever."""
_PATH = "example.yaml"


def repaired(text: str, rule: str, rulebook: Rulebook) -> tuple[str, tuple[Finding, ...]]:
    """The text with every fix of the rule made, and the findings of the rule that remain.

    Raises :class:`archlint.fix.EditError` if a fix cannot be written, and RuntimeError if the fixes come to no end.
    """
    settings = LintSettings(select=frozenset({rule}))
    for _ in range(_TURNS):
        reading = read_text(text, path=_PATH)
        found = tuple(one for one in check(reading.architecture, rulebook, settings).findings if not one.suppressed)
        fix = next((finding.fix for finding in found if finding.fix is not None), None)
        if fix is None:
            return text, found
        text = edited_texts(reading, fix.changes).get(_PATH, text)
    message = f"the fixes of {rule} come to no end"
    raise RuntimeError(message)


def new_errors(text: str, fixed: str, rulebook: Rulebook) -> tuple[str, ...]:
    """The rules with an error in the fixed text of which the text had none."""
    return tuple(sorted(_errors(fixed, rulebook) - _errors(text, rulebook)))


def _errors(text: str, rulebook: Rulebook) -> set[str]:
    found = check(read_text(text, path=_PATH).architecture, rulebook).findings
    return {finding.rule for finding in found if finding.severity is Severity.ERROR}
