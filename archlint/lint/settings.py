"""Which rules are asked, and with what thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from archlint.model import Severity, Value
from archlint.rulebook import Rule

NONE: Mapping[str, Any] = MappingProxyType({})


class LintSettings(NamedTuple):
    """``select`` empty means every rule; both lists hold rule ids and groups. ``options`` are by rule id."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = NONE
    options: Mapping[str, Mapping[str, Value]] = NONE

    def wants(self, rule: str, group: str) -> bool:
        """Whether a rule is asked: naming it wins over naming its group, leaving it out over asking for it."""
        if rule in self.ignore:
            return False
        if rule in self.select:
            return True
        return group not in self.ignore and (not self.select or group in self.select)

    def options_of(self, rule: Rule) -> Mapping[str, Value]:
        """The rule's options, defaults filled in."""
        chosen = self.options.get(rule.id, {})
        return {name: chosen.get(name, option.default) for name, option in rule.options.items()}
