"""Loading rules and catalog entries from folders of YAML files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from archlint import __version__
from archlint.model import Architecture, InputError, Problem, Site
from archlint.model.record import record
from archlint.pattern.faults import Fault, Faults
from archlint.pattern.shape import Data
from archlint.rulebook.catalog_index import FILE as CATALOG
from archlint.rulebook.catalog_index import IndexedCatalog, catalog_index_text, read_catalog_index
from archlint.rulebook.entry import Entry
from archlint.rulebook.index import FILE, Indexed, index_text, read_index, relevant
from archlint.rulebook.places import builtin_catalog, builtin_rules
from archlint.rulebook.rule import Asked, Rule
from archlint.rulebook.sketches import Sketch, sketches_of
from archlint.search import Expanded
from archlint.source import Document, TooDeepError, doubled_keys, parse, plain, read_text

if TYPE_CHECKING:
    from archlint.rulebook.reading_entry import Names

_KEY = r"(?m)^[A-Za-z_]"
_EXAMPLES = ("\nexamples:", "\nexample:")


@record
class Rulebook:
    """Rules and catalog by folder; each is read from its files when it is first asked for.

    ``beside`` is what entries may name besides what is in these folders.
    Raises :class:`InputError` then, with everything that is wrong in every file.
    """

    rule_folders: tuple[Path, ...]
    catalog_folders: tuple[Path, ...]
    beside: Rulebook | None = None

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by id, in the order of their ids."""
        from archlint.rulebook.reading_rule import read_rule  # noqa: PLC0415  an installed archlint has read them

        found: dict[str, Rule] = {}
        problems: list[Problem] = []
        for file, data, document, faults in _files(self.rule_folders, problems):
            rule = read_rule(data, file, faults)
            problems += _problems(document, faults)
            if rule is not None and _new(rule.id, found, file, problems):
                found[rule.id] = rule
        _raise(problems)
        return dict(sorted(found.items()))

    @cached_property
    def catalog(self) -> Mapping[str, Entry]:
        """The catalog entries by id, in the order of their ids."""
        if CATALOG.is_file() and builtin_catalog() in self.catalog_folders:
            return self._indexed_catalog()
        from archlint.rulebook.reading_entry import read_entry  # noqa: PLC0415  likewise

        names = self._names
        found: dict[str, Entry] = {}
        problems: list[Problem] = []
        for file, data, document, faults in _files(self.catalog_folders, problems):
            entry = read_entry(data, file, faults, names)
            problems += _problems(document, faults)
            if entry is not None and _new(entry.id, found, file, problems):
                found[entry.id] = entry
        _raise(problems)
        return dict(sorted(found.items()))

    @property
    def _names(self) -> Names:
        """What an entry may name."""
        from archlint.rulebook.reading_entry import Names  # noqa: PLC0415  likewise

        others = self.beside._names if self.beside else Names(frozenset(), frozenset())  # noqa: SLF001  its own kind
        return Names(self.pattern_ids | others.patterns, self.rule_ids | others.rules)

    def _indexed_catalog(self) -> IndexedCatalog:
        """The built-in entries by the index that the wheel brings of them, and a user's own by one that is kept."""
        builtin = CATALOG.read_text(encoding="utf-8")
        rows = read_catalog_index(builtin)
        files: Mapping[str, Path] = {}
        if folders := tuple(folder for folder in self.catalog_folders if folder != builtin_catalog()):
            from archlint.rulebook.keeping import kept  # noqa: PLC0415  most have none of their own

            own = Rulebook((), folders, beside=self)
            files = _by_name(folders)
            known = (*sorted(self.pattern_ids), "", *sorted(self.rule_ids))
            made_of = _made_of(folders, "catalog", builtin, *known)
            found = read_catalog_index(kept(made_of, lambda: catalog_index_text(own.catalog.values())))
            _raise([_taken("pattern", id_, files) for id_ in sorted(found.keys() & rows.keys())])
            rows |= found
        return IndexedCatalog(rows, lambda id_: files.get(id_) or builtin_catalog() / f"{id_}.yaml")

    @cached_property
    def sketches(self) -> Mapping[str, Sequence[Sketch]]:
        """What tells at a glance whether a pattern may be near, by the ids of the advised entries."""
        catalog = self.catalog
        if isinstance(catalog, IndexedCatalog):
            return catalog.sketches
        return {id_: sketches_of(entry) for id_, entry in catalog.items() if entry.advised}

    @cached_property
    def _index(self) -> Mapping[str, Indexed]:
        """The built-in rules before they are read, where the wheel brings an index of them."""
        if not FILE.is_file() or builtin_rules() not in self.rule_folders:
            return {}
        return read_index(FILE.read_text(encoding="utf-8"))

    @cached_property
    def _own_index(self) -> Mapping[str, Indexed]:
        """A user's own rules before they are read: their names are none of built-in ones."""
        folders = self._own_folders
        if not folders:
            return {}
        from archlint.rulebook.keeping import kept  # noqa: PLC0415  likewise

        own = Rulebook(folders, ())
        made_of = _made_of(folders, "rules", FILE.read_text(encoding="utf-8"))
        found = read_index(kept(made_of, lambda: index_text(own.rules.values())))
        _raise([_taken("rule", id_, self._own_files) for id_ in sorted(found.keys() & self._index.keys())])
        return found

    @property
    def _own_folders(self) -> tuple[Path, ...]:
        return tuple(folder for folder in self.rule_folders if folder != builtin_rules())

    @cached_property
    def _own_files(self) -> Mapping[str, Path]:
        return _by_name(self._own_folders)

    def rules_for(self, architecture: Architecture, wants: Callable[[str, str], bool]) -> list[Asked]:
        """The rules that are wanted, by id and group, and could fire on this architecture."""
        if not self._index or "rules" in self.__dict__:
            return [Asked.of(rule) for rule in self.rules.values() if wants(rule.id, rule.group)]
        rows = [*relevant(self._index.values(), architecture), *relevant(self._own_index.values(), architecture)]
        return [self._read(row) for row in sorted(rows, key=lambda row: row.id) if wants(row.id, row.group)]

    def _read(self, row: Indexed) -> Asked:
        if row.id not in self._known:
            file = self._own_files.get(row.id) or builtin_rules() / row.group / f"{row.id}.yaml"
            self._known[row.id] = row.asked(file)
        return self._known[row.id]

    @cached_property
    def _known(self) -> dict[str, Asked]:
        return {}

    @cached_property
    def expanded(self) -> Expanded:
        """What searches have worked out about rules and entries, for the next search."""
        return {}

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """The group of every rule by the rule's id, from the index or the names of files and folders alone."""
        found = {id_: row.group for id_, row in self._index.items()}
        folders = [folder for folder in self.rule_folders if not found or folder != builtin_rules()]
        return found | {file.stem: file.parent.name for folder in folders for file in _below(folder)}

    @property
    def rule_ids(self) -> frozenset[str]:
        """The ids of all rules, from the names of their files."""
        return frozenset(self.groups)

    @property
    def pattern_ids(self) -> frozenset[str]:
        """The ids of all catalog entries, from the names of their files."""
        return frozenset(file.stem for folder in self.catalog_folders for file in _below(folder))


def load(rule_folders: Iterable[Path] = (), catalog_folders: Iterable[Path] = ()) -> Rulebook:
    """The built-in rules and catalog, and those of a user's own folders."""
    return Rulebook((builtin_rules(), *rule_folders), (builtin_catalog(), *catalog_folders))


def load_folder(folder: Path, beside: Rulebook | None = None) -> Rulebook:
    """The rules and entries of one folder alone: a file with an ``anchor`` is an entry, any other a rule.

    Its entries may name what is ``beside`` it: the built-in rules and patterns, if nothing else is said.
    """
    rules = [file for file in _below(folder) if not _is_entry(file)]
    entries = [file for file in _below(folder) if _is_entry(file)]
    return Rulebook(tuple(rules), tuple(entries), beside or load())


def _is_entry(file: Path) -> bool:
    return "\nanchor:" in f"\n{_text(file)}"


def _below(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    return sorted(path for path in folder.rglob("*.yaml") if path.is_file())


def _files(folders: Sequence[Path], problems: list[Problem]) -> Iterator[tuple[Path, Data, Document, Faults]]:
    for folder in folders:
        if not folder.exists():
            problems.append(Problem("there is no such folder of rules", path=str(folder)))
            continue
        for file in _below(folder):
            try:
                document = parse(str(file), head(_text(file)))
                problems += (doubled := list(doubled_keys(document)))
                if not doubled:
                    yield file, plain(document.root), document, Faults()
            except InputError as error:
                problems += error.problems
            except TooDeepError as error:
                problems.append(Problem("this is nested too deeply", document.span_of(error.node)))


def _text(file: Path) -> str:
    return read_text(file, str(file))


def head(text: str) -> str:
    """A file's text without its examples, which come last and are read only to be run."""
    ends = [place for mark in _EXAMPLES if (place := text.find(mark)) >= 0]
    if not ends or re.compile(_KEY).search(text, min(ends) + len(min(_EXAMPLES, key=len))):
        return text  # none, or not last
    return text[: min(ends) + 1]


def _problems(document: Document, faults: Faults) -> list[Problem]:
    return [_problem(document, fault) for fault in faults.found]


def _problem(document: Document, fault: Fault) -> Problem:
    span = document.span(Site(document.path, fault.route, key=fault.key))
    return Problem(fault.message, span, fault.expected, fault.suggestion)


def _new(id_: str, found: Mapping[str, Rule | Entry], file: Path, problems: list[Problem]) -> bool:
    if id_ in found:
        message = f"`{id_}` is there already"
        problems.append(Problem(message, path=str(file), expected=f"another name than that of {found[id_].file}"))
    return id_ not in found


def _raise(problems: Sequence[Problem]) -> None:
    if problems:
        raise InputError(problems)


def _by_name(folders: Iterable[Path]) -> Mapping[str, Path]:
    """The files of folders by the ids that they are called by."""
    return {file.stem: file for folder in folders for file in _below(folder)}


def _made_of(folders: Iterable[Path], *besides: str) -> Iterator[str]:
    """All that a compiled form of folders depends on: the release, what is said ``besides``, every file and its name.

    What cannot be read stops whoever reads the folders; nothing is made of them then.
    """
    yield from (__version__, *besides)
    for folder in folders:
        yield "a folder" if folder.exists() else "none"
        for file in _below(folder):
            yield from (file.parent.name, file.name)
            with suppress(InputError):
                yield _text(file)


def _taken(kind: str, id_: str, files: Mapping[str, Path]) -> Problem:
    return Problem(f"`{id_}` is the name of a built-in {kind}", path=str(files[id_]))
