"""The relation ``unused_suppressions``: judgements on findings that are not there (any more)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from archlint.lint.subjects import Told
from archlint.lint.suppressing import UNUSED
from archlint.model import Site, Suppression, Value
from archlint.model.record import record


@record
class SuppressionRow:
    """A suppression without a finding; ``site`` is where it stands."""

    rule: str
    component: str | None
    site: Site

    def subject(self) -> Told:
        """What a finding about this row is about: the suppression itself."""
        return Told(None, f"{self.rule} {self.component or self.site.document}", self.site)

    def value(self, name: str) -> Value:
        """A column: ``rule``, ``component``, or ``where`` in words."""
        if name == "rule":
            return self.rule
        if name == "component":
            return self.component
        return f"about {self.component}" if self.component else "here"


def unused_suppressions(unused: Iterable[Suppression], asked: Callable[[str], bool]) -> list[SuppressionRow]:
    """The suppressions of no use; of a rule that was not asked nobody knows."""
    return [
        SuppressionRow(one.rule, one.component, one.site) for one in unused if one.rule != UNUSED and asked(one.rule)
    ]
