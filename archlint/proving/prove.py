"""Every example of every rule and entry, judged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archlint.facts import Graph
from archlint.importers import read_text
from archlint.model import InputError, Problem
from archlint.proving.prove_rule import prove_rule
from archlint.proving.verdict import Verdict
from archlint.recognition import match_entry
from archlint.rulebook import Entry, Rulebook, load, load_folder
from archlint.rulebook.examples import example_of
from archlint.search import Search


def prove(folder: Path | None = None, beside: Rulebook | None = None) -> list[Verdict]:
    """Run the examples of a folder's rules and entries, of the built-in ones if none is given. Raises InputError.

    The entries may name what is ``beside`` the folder, or the built-in ones.
    """
    if folder is None:
        rulebook, own = load(), load()
    else:
        if not folder.exists():
            raise InputError([Problem("there is no such folder", path=str(folder))])
        own = load_folder(folder, beside)
        builtin = load()
        rulebook = Rulebook(own.rule_folders, (*builtin.catalog_folders, *own.catalog_folders))
    verdicts = [verdict for rule in own.rules.values() for verdict in prove_rule(rule, rulebook)]
    verdicts += [verdict for entry in own.catalog.values() for verdict in _entry(entry)]
    if not verdicts:
        raise InputError([Problem("no rule and no catalog entry is here", path=str(folder), expected="YAML files")])
    return verdicts


def _entry(entry: Entry) -> Iterator[Verdict]:
    text = example_of(entry.file)
    if not text:
        yield Verdict(entry.id, entry.file, 1, "wrong", "there is no example")
        return
    try:
        reading = read_text(text, path=entry.file.name)
    except InputError as error:
        yield Verdict(entry.id, entry.file, 1, "wrong", f"its example cannot be read: {error}")
        return
    matched = list(match_entry(entry, Search(Graph(reading.architecture))))
    if any(match.solution.truth is True for match in matched):
        yield Verdict(entry.id, entry.file, 1, "validated")
    else:
        yield Verdict(entry.id, entry.file, 1, "missing", "its own example does not match")
