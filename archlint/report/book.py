"""Pages of the rulebook: rules and patterns for a reader, and as data."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.report.data import VERSION, Json
from archlint.report.paint import Paint
from archlint.rulebook import Entry, Rule
from archlint.rulebook.examples import example_of, examples_of


def rules_table(rules: Iterable[Rule], paint: Paint) -> str:
    """One line a rule, by group."""
    lines: list[str] = []
    group = ""
    listed = sorted(rules, key=lambda rule: (rule.group, rule.id))
    longest = max((len(rule.id) for rule in listed), default=0)
    for rule in listed:
        if rule.group != group:
            group = rule.group
            lines += [*([""] if lines else []), paint(group, "bold")]
        lines.append(f"  {rule.id.ljust(longest)}  {rule.severity.word.ljust(7)}  {rule.title}")
    return "\n".join(lines) + "\n"


def rules_data(rules: Iterable[Rule]) -> Json:
    """Every rule as data."""
    return {"version": VERSION, "rules": [rule_data(rule) for rule in rules]}


def rule_data(rule: Rule) -> Json:
    """One rule as data."""
    return {
        "id": rule.id,
        "group": rule.group,
        "title": rule.title,
        "severity": rule.severity.word,
        "why": rule.why,
        "fixable": rule.fixable,
        "patterns": list(rule.patterns),
        "options": {
            name: {"default": option.default, "description": option.description}
            for name, option in rule.options.items()
        },
        "references": list(rule.references),
    }


def rule_page(rule: Rule, paint: Paint) -> str:
    """A rule's page: what, why, when it does not fire, examples."""
    lines = [
        f"{paint(rule.id, 'bold')}  ({rule.group}, {rule.severity.word}{', fixable' if rule.fixable else ''})",
        rule.title,
        "",
    ]
    lines += [paint("Why", "bold"), *rule.why.splitlines(), ""]
    if because := [exemption.because for exemption in rule.exemptions if exemption.because]:
        lines += [paint("Does not fire where", "bold"), *(f"  - {text}" for text in because), ""]
    if rule.options:
        lines.append(paint("Options", "bold"))
        lines += [f"  {name} (default {option.default}): {option.description}" for name, option in rule.options.items()]
        lines.append("")
    for example in examples_of(rule.file):
        word = "Valid" if example.valid else "Invalid"
        why = f": {example.because}" if example.because else ""
        lines += [f"{paint(word, 'green' if example.valid else 'red')}{why}"]
        lines += [f"    {line}" for line in example.shown.rstrip().splitlines()]
        lines.append("")
    if rule.patterns:
        lines += [f"Patterns that help: {', '.join(rule.patterns)}", ""]
    lines += rule.references
    return "\n".join(lines).rstrip() + "\n"


def entries_table(entries: Iterable[Entry], paint: Paint) -> str:
    """One line a pattern."""
    listed = list(entries)
    longest = max((len(entry.id) for entry in listed), default=0)
    lines = []
    for entry in listed:
        old = paint(" (superseded)", "yellow") if entry.status != "current" else ""
        lines.append(f"{paint(entry.id.ljust(longest), 'bold')}  {entry.name}{old}")
        lines.append(f"{' ' * longest}  {entry.summary.splitlines()[0]}")
    return "\n".join(lines) + "\n"


def entries_data(entries: Iterable[Entry]) -> Json:
    """The catalog as data."""
    return {"version": VERSION, "patterns": [entry_data(entry) for entry in entries]}


def entry_data(entry: Entry) -> Json:
    """One pattern as data."""
    return {
        "id": entry.id,
        "name": entry.name,
        "aliases": list(entry.aliases),
        "status": entry.status,
        "summary": entry.summary,
        "use_when": entry.use_when,
        "avoid_when": entry.avoid_when,
        "since": entry.since,
        "variants": [form.variant for form in entry.forms if form.variant],
        "siblings": dict(entry.siblings),
        "rules": list(entry.rules),
        "references": list(entry.references),
    }


def entry_page(entry: Entry, paint: Paint, diagram: str = "") -> str:
    """A pattern's page: what it is for, its siblings, its example with a diagram of it."""
    names = f" (also {', '.join(entry.aliases)})" if entry.aliases else ""
    lines = [f"{paint(entry.name, 'bold')}{names}  {entry.id}, {entry.status}", entry.summary, ""]
    for title, text in (("Use it when", entry.use_when), ("Not when", entry.avoid_when), ("Since 2018", entry.since)):
        if text:
            lines += [paint(title, "bold"), *(f"  {line}" for line in text.splitlines()), ""]
    if variants := [form for form in entry.forms if form.variant]:
        lines += [paint("Variants", "bold"), *(f"  {form.variant}: {form.because}" for form in variants), ""]
    if entry.siblings:
        lines.append(paint("It is another pattern if", "bold"))
        lines += [f"  {sibling}: {text}" for sibling, text in entry.siblings.items()] + [""]
    if entry.rules:
        lines += [paint("Rules", "bold"), f"  {', '.join(entry.rules)}", ""]
    if diagram:
        lines += [paint("Diagram", "bold"), *(f"  {line}".rstrip() for line in diagram.rstrip().splitlines()), ""]
    lines += [paint("Example", "bold"), *(f"    {line}" for line in example_of(entry.file).rstrip().splitlines()), ""]
    lines += entry.references
    return "\n".join(lines).rstrip() + "\n"
