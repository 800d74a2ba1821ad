"""The examples of one rule: each has the findings that it marks, and its fix gives the text that it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff

from archlint.diff import IMPLEMENTATION, Comparison, compare
from archlint.fix import EditError
from archlint.importers import Reading, read_text
from archlint.lint import LintSettings, check
from archlint.model import Finding, InputError, Severity
from archlint.proving.repair import new_errors, repaired
from archlint.proving.verdict import Place, Verdict
from archlint.rulebook import Rule, Rulebook
from archlint.rulebook.examples import Example, examples_of

ENOUGH = 2
"""Examples a rule needs, of each kind."""


def prove_rule(rule: Rule, rulebook: Rulebook) -> Iterator[Verdict]:
    """A verdict for each example, and one for each thing that the examples as a whole lack."""
    examples = examples_of(rule.file)
    for valid, word in ((False, "invalid"), (True, "valid")):
        count = sum(example.valid is valid for example in examples)
        if count < ENOUGH:
            detail = f"{count} {word} example{'s' * (count != 1)}; a rule needs {ENOUGH}"
            yield Verdict(rule.id, rule.file, 1, "wrong", detail)
    if rule.fixable is not any(example.fixed is not None for example in examples):
        detail = (
            "no example shows what the fix makes of it (`fixed`)" if rule.fixable else "there is no fix for `fixed`"
        )
        yield Verdict(rule.id, rule.file, 1, "wrong", detail)
    for example in examples:
        yield _example(rule, example, rulebook)


def _example(rule: Rule, example: Example, rulebook: Rulebook) -> Verdict:
    try:
        found = _findings(rule, example, rulebook)
    except InputError as error:
        return _unreadable(rule, example, error)
    wanted = {line: rule.severity if level is None else level for line, level in example.expected.items()}
    if not example.valid and not wanted:
        detail = "no line of this invalid example is marked `# finding`"
        return Verdict(rule.id, rule.file, example.line, "wrong", detail)
    if (verdict := _judged(rule, example, wanted, found)) is not None:
        return verdict
    if example.fixed is not None and (verdict := _repair(rule, example, rulebook)) is not None:
        return verdict
    return Verdict(rule.id, rule.file, example.line, "validated")


def _findings(rule: Rule, example: Example, rulebook: Rulebook) -> dict[int, Finding]:
    """The rule's findings by the line of the example they stand on; the worst where there are several."""
    reading = read_text(example.text, path=rule.file.name)
    suppressed = {suppression.rule for suppression in reading.architecture.suppressions}
    settings = LintSettings(select=frozenset({rule.id, *suppressed}))
    found: dict[int, Finding] = {}
    for finding in check(reading.architecture, rulebook, settings, _drift(example, reading)).findings:
        if finding.rule == rule.id and finding.site.document in reading.documents:  # and not in what it differs from
            line = reading.span(finding.site).line
            if line not in found or found[line].severity < finding.severity:
                found[line] = finding
    return found


def _drift(example: Example, reading: Reading) -> Comparison | None:
    """The example compared with what stands beside it."""
    if example.described is not None:
        return compare(read_text(example.described).architecture, reading.architecture, IMPLEMENTATION)
    if example.built is not None:
        return compare(reading.architecture, read_text(example.built).architecture, IMPLEMENTATION)
    return None


def _unreadable(rule: Rule, example: Example, error: InputError) -> Verdict:
    lines = example.text.splitlines()
    places = [
        Place(example.before + problem.span.line, lines[problem.span.line - 1], problem.message)
        for problem in error.problems
        if problem.span is not None and problem.span.line <= len(lines)
    ]
    detail = "the example cannot be read" if places else f"the example cannot be read: {error}"
    return Verdict(rule.id, rule.file, example.line, "wrong", detail, tuple(places))


def _judged(
    rule: Rule, example: Example, wanted: Mapping[int, Severity], found: Mapping[int, Finding]
) -> Verdict | None:
    lines = example.text.splitlines()

    def verdict(kind: str, detail: str, notes: Mapping[int, str]) -> Verdict:
        places = (Place(example.before + line, lines[line - 1], note) for line, note in sorted(notes.items()))
        return Verdict(rule.id, rule.file, example.line, kind, detail, tuple(places))

    if missing := wanted.keys() - found.keys():
        notes = dict.fromkeys(missing, "nothing is found here")
        notes |= {line: f"found here: {found[line].message}" for line in found.keys() - wanted.keys()}
        return verdict("missing", "a finding is expected and not there", notes)
    if noisy := found.keys() - wanted.keys():
        detail = f"a finding in {'a valid' if example.valid else 'an invalid'} example that is not marked"
        return verdict("noisy", detail, {line: found[line].message for line in noisy})
    if odd := [line for line, severity in wanted.items() if found[line].severity is not severity]:
        notes = {line: f"{found[line].severity.word}, and {wanted[line].word} is expected" for line in odd}
        return verdict("wrong", "a finding has another severity than it should", notes)
    return None


def _repair(rule: Rule, example: Example, rulebook: Rulebook) -> Verdict | None:
    def verdict(detail: str) -> Verdict:
        return Verdict(rule.id, rule.file, example.line, "wrong", detail)

    try:
        text, remaining = repaired(example.unmarked, rule.id, rulebook)
    except (EditError, RuntimeError) as error:
        return verdict(f"the fix cannot be made: {error}")
    if text != example.fixed:
        return verdict(f"the fix gives another text than `fixed` shows:\n{_difference(example.fixed or '', text)}")
    if remaining:
        return verdict(f"after the fix it is still found: {remaining[0].message}")
    if introduced := new_errors(example.unmarked, text, rulebook):
        return verdict(f"the fix leads to an error of {', '.join(introduced)}")
    return None


def _difference(shown: str, made: str) -> str:
    lines: Sequence[str] = list(
        unified_diff(shown.splitlines(), made.splitlines(), "fixed", "what the fix makes", lineterm="", n=1)
    )
    return "\n".join(lines)
