"""Which rules are asked, and with what thresholds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from archlint.model import Severity, Value
from archlint.model.tuples import NamedTuple
from archlint.rulebook import Asked, Question

NONE: Mapping[str, Any] = MappingProxyType({})


class PathSettings(NamedTuple):
    """What holds for findings of some files: ``covers`` tells which, by the path a document is shown with.

    ``ignores`` tells which rules are suppressed there, for the ``reason``; ``severities`` are by rule id.
    """

    covers: Callable[[str], bool]
    ignores: Callable[[str], bool]
    reason: str
    severities: Mapping[str, Severity] = NONE


class LintSettings(NamedTuple):
    """``select`` empty means every rule; both lists hold rule ids and groups. ``options`` are by rule id.

    ``unchecked`` asks for a finding too where an unknown value keeps a rule from being sure. Rules that cannot find
    anything ``at_least`` so bad are not asked, but for those named in ``besides``.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = NONE
    options: Mapping[str, Mapping[str, Value]] = NONE
    per_path: tuple[PathSettings, ...] = ()
    unchecked: bool = False
    at_least: Severity = Severity.INFO
    besides: frozenset[str] = frozenset()

    def wants(self, rule: str, group: str) -> bool:
        """Whether a rule is asked: naming it wins over naming its group, leaving it out over asking for it."""
        if rule in self.ignore:
            return False
        if rule in self.select:
            return True
        return group not in self.ignore and (not self.select or group in self.select)

    def minds(self, asked: Asked) -> bool:
        """Whether a rule can find anything that is bad enough."""
        if self.at_least is Severity.INFO or asked.question.id in self.besides:
            return True
        rule = asked.rule
        set_for_paths = (setting.severities.get(rule.id) for setting in self.per_path)
        usual = (rule.severity, *(level.severity for level in rule.levels))
        possible = (self.severities.get(rule.id), *set_for_paths, *usual)
        return any(severity is not None and severity >= self.at_least for severity in possible)

    def options_of(self, question: Question) -> Mapping[str, Value]:
        """The rule's options, defaults filled in."""
        chosen = self.options.get(question.id, {})
        return {name: chosen.get(name, option.default) for name, option in question.options.items()}

    def severity_of(self, rule: str, document: str) -> Severity | None:
        """The severity that is set for a rule's findings in a document: the last setting for its path wins."""
        for setting in reversed(self.per_path):
            if rule in setting.severities and setting.covers(document):
                return setting.severities[rule]
        return self.severities.get(rule)
