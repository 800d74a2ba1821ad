"""Every example of every rule and entry, judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archlint.facts import Graph
from archlint.importers import read_text
from archlint.lint import LintSettings, check
from archlint.model import InputError, Problem, Severity
from archlint.recognition import match_entry
from archlint.rulebook import Entry, Rule, Rulebook, load, load_folder
from archlint.rulebook.examples import Example, example_of, examples_of
from archlint.search import Search

ENOUGH = 2
"""Examples a rule needs, of each kind."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one example did: ``validated``, ``noisy`` (a finding too many), ``missing`` (one too few) or ``wrong``."""

    id: str
    file: Path
    line: int
    kind: str
    detail: str = ""

    @property
    def good(self) -> bool:
        """Whether the example holds."""
        return self.kind == "validated"


def prove(folder: Path | None = None) -> list[Verdict]:
    """Run the examples of a folder's rules and entries, of the built-in ones if none is given. Raises InputError."""
    if folder is None:
        rulebook, own = load(), load()
    else:
        if not folder.exists():
            raise InputError([Problem("there is no such folder", path=str(folder))])
        own = load_folder(folder)
        builtin = load()
        rulebook = Rulebook(own.rule_folders, (*builtin.catalog_folders, *own.catalog_folders))
    verdicts = [verdict for rule in own.rules.values() for verdict in _rule(rule, rulebook)]
    verdicts += [verdict for entry in own.catalog.values() for verdict in _entry(entry)]
    if not verdicts:
        raise InputError([Problem("no rule and no catalog entry is here", path=str(folder), expected="YAML files")])
    return verdicts


def _rule(rule: Rule, rulebook: Rulebook) -> Iterator[Verdict]:
    examples = examples_of(rule.file)
    for valid in (False, True):
        count = sum(example.valid is valid for example in examples)
        if count < ENOUGH:
            word = "valid" if valid else "invalid"
            detail = f"{count} {word} example{'s' * (count != 1)}; a rule needs {ENOUGH}"
            yield Verdict(rule.id, rule.file, 1, "wrong", detail)
    for example in examples:
        yield _example(rule, example, rulebook)


def _example(rule: Rule, example: Example, rulebook: Rulebook) -> Verdict:
    try:
        reading = read_text(example.text, path=f"{rule.file.name}:{example.line}")
    except InputError as error:
        return Verdict(rule.id, rule.file, example.line, "wrong", str(error))
    suppressed = {suppression.rule for suppression in reading.architecture.suppressions}
    settings = LintSettings(select=frozenset({rule.id, *suppressed}))
    found: dict[int, Severity] = {}
    for finding in check(reading.architecture, rulebook, settings).findings:
        if finding.rule == rule.id:
            found[reading.span(finding.site).line] = finding.severity
    wanted = {line: rule.severity if level is None else level for line, level in example.expected.items()}
    if not example.valid and not wanted:
        return Verdict(
            rule.id, rule.file, example.line, "wrong", "no line of this invalid example is marked `# finding`"
        )
    return _judged(rule, example, wanted, found)


def _judged(rule: Rule, example: Example, wanted: dict[int, Severity], found: dict[int, Severity]) -> Verdict:
    lines = example.text.splitlines()

    def at(numbers: set[int]) -> str:
        return ", ".join(f"`{lines[number - 1].strip()}`" for number in sorted(numbers))

    if missing := wanted.keys() - found.keys():
        return Verdict(rule.id, rule.file, example.line, "missing", f"no finding at {at(set(missing))}")
    if noisy := found.keys() - wanted.keys():
        return Verdict(rule.id, rule.file, example.line, "noisy", f"a finding at {at(set(noisy))}")
    for line, severity in wanted.items():
        if found[line] is not severity:
            detail = f"{found[line].word} and not {severity.word} at {at({line})}"
            return Verdict(rule.id, rule.file, example.line, "wrong", detail)
    return Verdict(rule.id, rule.file, example.line, "validated")


def _entry(entry: Entry) -> Iterator[Verdict]:
    text = example_of(entry.file)
    if not text:
        yield Verdict(entry.id, entry.file, 1, "wrong", "there is no example")
        return
    try:
        reading = read_text(text, path=entry.file.name)
    except InputError as error:
        yield Verdict(entry.id, entry.file, 1, "wrong", str(error))
        return
    matched = list(match_entry(entry, Search(Graph(reading.architecture))))
    if any(match.solution.truth is True for match in matched):
        yield Verdict(entry.id, entry.file, 1, "validated")
    else:
        yield Verdict(entry.id, entry.file, 1, "missing", "its own example does not match")
