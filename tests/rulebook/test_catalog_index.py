"""The catalog's index changes nothing but the time: what it leaves out is nowhere near."""

from __future__ import annotations

from pathlib import Path

import pytest

from archlint.facts import Graph
from archlint.importers import read_text
from archlint.lint.near_misses import LEAST, near_misses
from archlint.model import InputError
from archlint.recognition.matching import match_form
from archlint.rulebook import builtin_catalog, builtin_rules
from archlint.rulebook.catalog_index import IndexedCatalog, catalog_index_text, read_catalog_index
from archlint.rulebook.examples import example_of, examples_of
from archlint.rulebook.loading import Rulebook, load
from archlint.rulebook.sketches import nearby
from archlint.search import Search

TEXT = catalog_index_text(load().catalog.values())


def indexed() -> IndexedCatalog:
    return IndexedCatalog(read_catalog_index(TEXT), lambda id_: builtin_catalog() / f"{id_}.yaml")


def near_in(text: str) -> list[str]:
    """The patterns that may be near something in an architecture."""
    return [id_ for id_, _ in nearby(read_text(text).architecture, indexed().sketches, LEAST)]


def with_index(monkeypatch, folder: Path, *own: Path) -> Rulebook:
    """A rulebook as an installed archlint has it."""
    file = folder / "catalog.jsonl"
    file.write_text(TEXT)
    monkeypatch.setattr("archlint.rulebook.loading.CATALOG", file)
    return Rulebook((builtin_rules(),), (builtin_catalog(), *own))


def test_an_entry_is_near_its_own_example_and_few_are_near_any(rulebook) -> None:
    near = 0
    for entry in rulebook.catalog.values():
        found = near_in(example_of(entry.file))
        assert (entry.id in found) is entry.advised
        near += len(found)
    assert near < len(rulebook.catalog) ** 2 / 4
    assert not near_in("archlint: 1\nname: A\ncomponents: {b: s3, q: sqs}\nconnections: [b -> q]\n")


def test_an_entry_from_the_index_is_the_entry_of_the_file(rulebook) -> None:
    assert list(indexed()) == list(rulebook.catalog)
    assert len(indexed()) == len(rulebook.catalog)
    for id_, entry in rulebook.catalog.items():
        found = indexed()[id_]
        assert found._replace(forms=()) == entry._replace(forms=())
        assert [form.variant for form in found.forms] == [form.variant for form in entry.forms]
    assert "no-such-pattern" not in indexed()


def test_a_form_that_is_whole_is_among_those_that_may_be(rulebook) -> None:
    texts = [example_of(entry.file) for entry in rulebook.catalog.values()]
    texts += [example.text for rule in rulebook.rules.values() for example in examples_of(rule.file)]
    whole = 0
    for text in texts:
        search = Search(Graph(read_text(text).architecture), expanded=rulebook.expanded)
        may_be = dict(nearby(search.graph.architecture, rulebook.sketches, 0.01))
        for id_ in rulebook.sketches:
            entry = rulebook.catalog[id_]
            for anchor in search.graph.architecture.components:
                for place, form in enumerate(entry.forms):
                    if match_form(entry, form, anchor, search) is not None:
                        assert may_be[id_][anchor][place] >= 1, (id_, anchor.id, text)
                        whole += 1
    assert whole > 100


def test_near_misses_are_those_of_the_whole_catalog(rulebook, monkeypatch, tmp_path) -> None:
    with_it = with_index(monkeypatch, tmp_path)
    texts = [example_of(entry.file) for entry in rulebook.catalog.values()]
    texts += [example.text for rule in rulebook.rules.values() for example in examples_of(rule.file)]
    count = 0
    for text in texts:
        graph = Graph(read_text(text).architecture)
        wanted = [(row.component, row.key) for row in near_misses(graph, rulebook)]
        assert [(row.component, row.key) for row in near_misses(graph, with_it)] == wanted
        count += len(wanted)
    assert count > 5


def test_own_entries_stand_beside_the_built_in_ones(monkeypatch, tmp_path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = (builtin_catalog() / "router.yaml").read_text()
    (own / "our-router.yaml").write_text(text.replace("id: router", "id: our-router", 1))
    book = with_index(monkeypatch, tmp_path, own)
    assert "our-router" in book.catalog
    assert "router" in book.catalog
    assert {"our-router", "router"} <= book.sketches.keys()
    (own / "router.yaml").write_text(text)
    with pytest.raises(InputError, match="`router` is the name of a built-in pattern"):
        _ = with_index(monkeypatch, tmp_path, own).catalog
