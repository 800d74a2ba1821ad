"""Suppressions and claims: what a description says about rules and patterns."""

from __future__ import annotations

from archlint.importers.connecting import ConnectionReader
from archlint.importers.draft import Draft
from archlint.importers.problems import Problems
from archlint.importers.values import ValueReader
from archlint.model import Site, Suppression
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import nearest

_KEYS = ("rule", "component", "reason")


def may_suppress(text: str) -> bool:
    """Whether a text may hold a comment that suppresses a finding: the head of a description alone is none."""
    return text.count("archlint") > text.count("\narchlint:") + text.startswith("archlint:")


class KnownNames(NamedTuple):
    """The ids a description may name; None means that they are not checked."""

    rules: frozenset[str] | None = None
    patterns: frozenset[str] | None = None
    groups: frozenset[str] = frozenset()
    """Of rules."""

    def fault(self, rule: str) -> tuple[str, str, str]:
        """What to say of a name that is no rule: the message, what is expected, and the nearest rule."""
        if rule in self.groups:
            expected = "one of its rules; `per-path` in the configuration takes groups too"
            return f"`{rule}` is a group of rules, and a suppression names one rule", expected, ""
        return f"unknown rule `{rule[:80]}`", "", nearest(rule, sorted(self.rules or ()))


def read_ignored(
    draft: Draft, problems: Problems, values: ValueReader, names: KnownNames, connections: ConnectionReader
) -> None:
    """Read every ``ignore`` entry: a rule, perhaps a component, and always a reason."""
    for document, node, route in draft.ignored:
        fields = values.fields(document, node, "a suppression")
        for name, (key, _) in fields.items():
            if name not in _KEYS:
                problems.unknown(document, key, "key of a suppression", name, _KEYS)
        for name in ("rule", "reason"):
            if name not in fields:
                problems.at(document, node, f"this suppression has no `{name}`", expected=f"`{name}: …`")
        texts = {name: values.text(document, fields[name][1], f"`{name}`") for name in _KEYS if name in fields}
        rule, component = texts.get("rule"), texts.get("component")
        if rule and names.rules is not None and rule not in names.rules:
            message, expected, near = names.fault(rule)
            problems.at(document, fields["rule"][1], message, expected=expected, suggestion=near)
        if component and component not in draft.services:
            found = connections.resolve(component, None, document)
            if found is None:
                names_there = [*draft.components, *draft.services]
                problems.unknown_component(document, fields["component"][1], component, names_there)
            component = component if found is None else found.id
        if rule and texts.get("reason"):
            draft.suppressions.append(Suppression(rule, component or None, texts["reason"], Site(document.path, route)))


def check_claims(draft: Draft, problems: Problems, names: KnownNames) -> None:
    """See that every claimed pattern exists."""
    if names.patterns is None:
        return
    for service in draft.services.values():
        for index, pattern in enumerate(service.patterns):
            if pattern and pattern not in names.patterns:
                document = draft.documents[service.site.document]
                site = Site(document.path, (*service.site.route, "patterns", index))
                suggestion = nearest(pattern, names.patterns)
                problems.at_site(document, site, f"unknown pattern `{pattern}`", suggestion=suggestion)
