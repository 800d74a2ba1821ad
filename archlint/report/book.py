"""The catalog for a reader, and as data."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.report.data import VERSION, Json
from archlint.report.paint import Paint
from archlint.rulebook import Entry
from archlint.rulebook.examples import example_of


def entries_table(entries: Iterable[Entry], paint: Paint) -> str:
    """One line a pattern."""
    listed = list(entries)
    longest = max((len(entry.id) for entry in listed), default=0)
    lines = []
    for entry in listed:
        old = paint(" (superseded)", "yellow") if entry.status != "current" else ""
        lines.append(f"{paint(entry.id.ljust(longest), 'bold')}  {entry.name}{old}")
        lines += [f"{' ' * longest}  {line}" for line in entry.summary.splitlines()]
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
