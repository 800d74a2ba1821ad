"""Rules for a reader: one page each, a table of all, and both as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archlint.pattern.templates import Template
from archlint.report.counting import counted
from archlint.report.data import VERSION, Json
from archlint.report.pages import (
    Block,
    Bullets,
    Code,
    Page,
    Paragraphs,
    Section,
    page_markdown,
    page_text,
    table_markdown,
)
from archlint.report.paint import Paint
from archlint.rulebook import Option, Rule
from archlint.rulebook.examples import examples_of
from archlint.rulebook.sections import sections_of

_PATTERN = ("roles", "match", "same", "differ", "when")
_NOTHING = "roles: {}"


def rules_table(rules: Iterable[Rule], paint: Paint) -> str:
    """One line a rule, by group; an asterisk for a rule with a fix."""
    lines: list[str] = []
    group = ""
    listed = sorted(rules, key=lambda rule: (rule.group, rule.id))
    longest = max((len(rule.id) for rule in listed), default=0)
    for rule in listed:
        if rule.group != group:
            group = rule.group
            lines += [*([""] if lines else []), paint(group, "bold")]
        fix = "*" if rule.fixable else " "
        lines.append(f"  {rule.id.ljust(longest)}  {rule.severity.word.ljust(7)} {fix} {rule.title}")
    return (
        "\n".join([*lines, "", f"{counted(len(listed), 'rule')}; * has a fix. `archlint rules ID` explains one."])
        + "\n"
    )


def rules_markdown(rules: Iterable[Rule]) -> str:
    """A table of the rules for each group, with links to the page of each."""
    listed = sorted(rules, key=lambda rule: (rule.group, rule.id))
    groups = dict.fromkeys(rule.group for rule in listed)
    fixable = sum(rule.fixable for rule in listed)
    counts = f"{counted(len(listed), 'rule')} in {counted(len(groups), 'group')}; {fixable} have a fix."
    lines = ["# Rules", "", f"{counts} A group can be selected and ignored by its name, as a rule can.", ""]
    for group in groups:
        rows = [_row(rule) for rule in listed if rule.group == group]
        lines += [f"## {group}", "", table_markdown(("rule", "severity", "fix", "finds a"), rows)]
    return "\n".join(lines).rstrip() + "\n"


def _row(rule: Rule) -> list[str]:
    return [f"[{rule.id}]({rule.id}.md)", rule.severity.word, _safety(rule), rule.title]


def _safety(rule: Rule) -> str:
    plans = [rule.fix, *(level.fix for level in rule.levels)]
    words = {"safe" if plan.safe else "unsafe" for plan in plans if plan is not None}
    return ", ".join(sorted(words))


def rules_data(rules: Iterable[Rule]) -> Json:
    """Every rule as data."""
    return {"version": VERSION, "rules": [_data(rule) for rule in rules]}


def rule_data(rule: Rule) -> Json:
    """One rule as data, with its examples."""
    examples = [
        {
            "valid": example.valid,
            "because": example.because,
            "description": example.shown,
            "fixed": example.shown_fixed,
        }
        for example in examples_of(rule.file)
    ]
    return {"version": VERSION, **_data(rule), "examples": examples}


def _data(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "group": rule.group,
        "title": rule.title,
        "severity": rule.severity.word,
        "severities": sorted({rule.severity.word, *(level.severity.word for level in rule.levels)}),
        "why": rule.why,
        "message": _words(rule.message),
        "help": _words(rule.help) if rule.help else "",
        "exceptions": [exemption.because for exemption in rule.exemptions],
        "fixable": rule.fixable,
        "fix": _safety(rule) or None,
        "patterns": list(rule.patterns),
        "options": {name: _option(option) for name, option in rule.options.items()},
        "references": list(rule.references),
    }


def _option(option: Option) -> dict[str, object]:
    least = {"least": option.least} if _is_number(option) else {}
    return {"default": option.default, **least, "description": option.description}


def _is_number(option: Option) -> bool:
    return isinstance(option.default, int | float) and not isinstance(option.default, bool)


def _words(template: Template) -> str:
    """A template as it was written."""
    return "".join(part if isinstance(part, str) else f"{{{part.text}}}" for part in template.parts)


def rule_text(rule: Rule, paint: Paint) -> str:
    """A rule's page for a terminal."""
    return page_text(_page(rule), paint)


def rule_markdown(rule: Rule) -> str:
    """A rule's page as Markdown."""
    return page_markdown(_page(rule))


def _page(rule: Rule) -> Page:
    facts = [rule.group, rule.severity.word, *([f"{_safety(rule)} fix"] if rule.fixable else [])]
    sections = [
        Section("Why", [Paragraphs(rule.why)]),
        Section("Fires when", list(_fires(rule))),
        Section("Another severity where", [Bullets(levels)] if (levels := list(_levels(rule))) else []),
        Section(
            "Does not fire where", [Bullets([("", text) for text in _exceptions(rule)])] if rule.exemptions else []
        ),
        Section("Options", [Bullets(list(_options(rule)))] if rule.options else []),
        Section("Help", [Paragraphs(_words(rule.help))] if rule.help else []),
        Section("Fix", [Bullets(list(_fixes(rule)))] if rule.fixable else []),
        Section("Examples", list(_examples(rule))),
        Section("Patterns that solve it", [Paragraphs(", ".join(rule.patterns))] if rule.patterns else []),
        Section("References", [Bullets([("", reference) for reference in rule.references])] if rule.references else []),
    ]
    kept = [section for section in sections if section.blocks]
    return Page(rule.id, f"Group {', '.join(facts)}.", f"{rule.title}.", kept)


def _fires(rule: Rule) -> Iterator[Block]:
    """The pattern as the rule's file states it, and what is said then."""
    sections = sections_of(rule.file)
    pattern = "\n".join(sections[key] for key in _PATTERN if key in sections and sections[key] != _NOTHING)
    if pattern:
        yield Code(pattern)
    yield Paragraphs(f"It says: {_words(rule.message)}.")


def _levels(rule: Rule) -> Iterator[tuple[str, str]]:
    for level in rule.levels:
        if level.severity is not rule.severity and level.because:
            yield level.severity.word, level.because


def _exceptions(rule: Rule) -> list[str]:
    return list(dict.fromkeys(exemption.because for exemption in rule.exemptions if exemption.because))


def _options(rule: Rule) -> Iterator[tuple[str, str]]:
    for name, option in rule.options.items():
        least = f", at least {option.least}" if _is_number(option) else ""
        yield f"`{name}` (default {option.default}{least})", option.description


def _fixes(rule: Rule) -> Iterator[tuple[str, str]]:
    plans = [rule.fix, *(level.fix for level in rule.levels)]
    said = {_words(plan.description): plan.safe for plan in plans if plan is not None}
    for description, safe in said.items():
        yield ("safe" if safe else "unsafe"), description


def _examples(rule: Rule) -> Iterator[Block]:
    examples = examples_of(rule.file)
    for example in sorted(examples, key=lambda one: one.valid):
        yield Code(example.shown, "valid" if example.valid else "invalid", example.because)
        if example.shown_fixed is not None:
            yield Code(example.shown_fixed, "fixed")


def rule_documents(rules: Mapping[str, Rule]) -> dict[str, str]:
    """A folder of pages: the table as ``README.md``, and a page for each rule."""
    pages = {f"{rule.id}.md": rule_markdown(rule) for rule in rules.values()}
    return {"README.md": rules_markdown(rules.values()), **pages}
