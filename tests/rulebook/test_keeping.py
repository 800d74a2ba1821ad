"""What was compiled of a user's own rules is taken again as long as it is what would be made anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from archlint.importers import read_text
from archlint.model import InputError
from archlint.rulebook import builtin_catalog, builtin_rules
from archlint.rulebook.index import index_text
from archlint.rulebook.keeping import VARIABLE, cache_folder, kept
from archlint.rulebook.loading import Rulebook, load

RULE = (builtin_rules() / "failure/queue-without-dlq.yaml").read_text()
QUEUE = "archlint: 1\nname: A\ncomponents: {q: sqs, f: lambda}\nconnections: [q -> f]\n"


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with one rule of a user's own."""
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "our-queue.yaml").write_text(RULE.replace("id: queue-without-dlq", "id: our-queue", 1))
    return folder


@pytest.fixture
def installed(monkeypatch, tmp_path: Path) -> Callable[[Path], Rulebook]:
    """A rulebook with a folder of own rules, as an installed archlint has it."""
    file = tmp_path / "index.jsonl"
    file.write_text(index_text(load().rules.values()))
    monkeypatch.setattr("archlint.rulebook.loading.FILE", file)
    return lambda folder: Rulebook((builtin_rules(), folder), (builtin_catalog(),))


def titles(book: Rulebook) -> list[str]:
    architecture = read_text(QUEUE).architecture
    return [asked.rule.title for asked in book.rules_for(architecture, lambda _, group: group == "ours")]


def no_reading(monkeypatch) -> None:
    def read_rule(*_: object) -> None:
        pytest.fail("a rule was read anew")

    monkeypatch.setattr("archlint.rulebook.reading_rule.read_rule", read_rule)


def test_own_rules_are_read_once(monkeypatch, installed, own: Path) -> None:
    before = titles(installed(own))
    assert len(before) == 1
    no_reading(monkeypatch)
    assert titles(installed(own)) == before
    (asked,) = installed(own).rules_for(read_text(QUEUE).architecture, lambda id_, _: id_ == "our-queue")
    assert asked.rule.file == own / "our-queue.yaml"


def test_a_change_is_seen(installed, own: Path) -> None:
    titles(installed(own))
    file = own / "our-queue.yaml"
    file.write_text(file.read_text().replace("title: ", "title: Our ", 1))
    assert titles(installed(own))[0].startswith("Our ")


def test_a_rule_that_cannot_be_read_is_told_each_time(installed, own: Path) -> None:
    (own / "odd.yaml").write_bytes(b"id: \xff")
    (own / "other.yaml").write_text("id: other\n")
    for _ in range(2):
        with pytest.raises(InputError) as error:
            titles(installed(own))
        assert {Path(one.span.path if one.span else one.path).name for one in error.value.problems} == {
            "odd.yaml",
            "other.yaml",
        }


def test_a_folder_that_is_gone_is_no_empty_one(installed, tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    assert titles(installed(folder)) == []
    folder.rmdir()
    with pytest.raises(InputError, match="there is no such folder of rules"):
        titles(installed(folder))


def test_a_built_in_name_is_told(installed, own: Path) -> None:
    (own / "queue-without-dlq.yaml").write_text(RULE)
    for _ in range(2):
        with pytest.raises(InputError, match="`queue-without-dlq` is the name of a built-in rule"):
            titles(installed(own))


def test_a_kept_text_that_was_spoilt_is_made_anew(cache: Path) -> None:
    assert kept(["a"], lambda: "text") == "text"
    (file,) = cache.iterdir()
    assert kept(["a"], lambda: pytest.fail("it was made again")) == "text"
    for spoilt in (b"", b"text", file.read_bytes()[:-1], file.read_bytes() + b"\xff"):
        file.write_bytes(spoilt)
        assert kept(["a"], lambda: "text") == "text"


def test_parts_are_told_apart() -> None:
    assert kept(["a", "bc"], lambda: "one") == "one"
    assert kept(["ab", "c"], lambda: "two") == "two"


def test_only_its_owner_reads_what_is_kept(cache: Path) -> None:
    kept(["a"], lambda: "text")
    assert os.name == "nt" or not (cache.stat().st_mode | next(cache.iterdir()).stat().st_mode) & 0o077


def test_only_the_newest_stay(cache: Path) -> None:
    for number in range(70):
        kept([str(number)], lambda: "text")
        for file in cache.glob("*.new"):
            pytest.fail(f"{file} was left")
    assert len(list(cache.iterdir())) == 64


def test_nothing_is_kept_where_nothing_can_be(monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in ("", str(tmp_path / "file"), str(tmp_path / "file/below")):
        monkeypatch.setenv(VARIABLE, folder)
        assert kept(["a"], lambda: "one") == "one"
        assert kept(["a"], lambda: "two") == "two"


def test_without_a_home_there_is_no_folder(monkeypatch) -> None:
    def home() -> Path:
        message = "no home"
        raise RuntimeError(message)

    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr("pathlib.Path.home", home)
    assert cache_folder() is None


@pytest.mark.skipif(os.name == "nt", reason="another folder there")
def test_a_relative_folder_of_the_surroundings_does_not_count(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    folder = cache_folder()
    assert folder is not None
    assert folder.is_relative_to(tmp_path)
