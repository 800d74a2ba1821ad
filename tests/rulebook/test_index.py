"""The index of the wheel changes nothing but the time: a rule that it leaves out could not have fired."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from archlint.importers import read_text
from archlint.lint import LintSettings, check
from archlint.pattern.expressions import Expression
from archlint.rulebook.examples import examples_of
from archlint.rulebook.freezing import Freezing, Thawing
from archlint.rulebook.index import index_text, read_index, relevant
from archlint.rulebook.loading import load


def test_every_rule_that_fires_is_relevant(rulebook) -> None:
    rows = read_index(index_text(load().rules.values()))
    assert rows.keys() == rulebook.rules.keys()
    for rule in rulebook.rules.values():
        for example in examples_of(rule.file):
            architecture = read_text(example.text).architecture
            kept = {row.id for row in relevant(rows.values(), architecture)}
            if not example.valid:
                assert rule.id in kept
    few = read_text("archlint: 1\nname: A\ncomponents: {q: sqs, f: lambda}\nconnections: [q -> f]\n").architecture
    assert len(list(relevant(rows.values(), few))) < len(rows) / 2


def test_a_rule_from_the_index_is_the_rule_of_the_file(rulebook) -> None:
    row = read_index(index_text(load().rules.values()))["queue-without-dlq"]
    rule = row.asked(rulebook.rules["queue-without-dlq"].file).rule
    architecture = read_text(
        "archlint: 1\nname: A\ncomponents: {q: sqs, f: lambda}\nconnections: [q -> f]\n"
    ).architecture
    (finding,) = check(architecture, rulebook, LintSettings(select=frozenset({rule.id}))).findings
    assert (rule.id, rule.group, rule.severity) == (finding.rule, "failure", finding.severity)


def test_what_is_frozen_thaws_as_it_was(rulebook) -> None:
    freezing = Freezing()
    thawing = Thawing(freezing.sets)
    for term in (*rulebook.rules.values(), *rulebook.catalog.values()):
        frozen = freezing.freeze(term)
        again = thawing.thaw(json.loads(json.dumps(frozen)))
        assert freezing.freeze(again) == frozen
        assert _shown(again._replace(file=term.file)) == _shown(term)


def _shown(term: object) -> str:
    """All that a term is made of, expressions by what they say, sets in order."""
    if isinstance(term, Expression):
        return f"{term.text} {sorted(term.names)} {term.attributes}"
    if isinstance(term, frozenset):
        return f"{{{sorted(term)}}}"
    if isinstance(term, Mapping):
        return f"{{{[(key, _shown(value)) for key, value in term.items()]}}}"
    if isinstance(term, tuple | list):
        return f"{type(term).__name__ if hasattr(term, '_fields') else ''}({', '.join(_shown(part) for part in term)})"
    return repr(term)


def test_what_is_no_part_of_a_rule_cannot_be_frozen() -> None:
    with pytest.raises(TypeError, match="holds a object"):
        Freezing().freeze(object())
