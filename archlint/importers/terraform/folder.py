"""A folder of ``.tf`` files: what is declared in it, by kind and name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from yaml import MappingNode

from archlint.importers.context import Context
from archlint.importers.files import TERRAFORM, leads_into, shown
from archlint.importers.terraform.addresses import told_apart
from archlint.model import InputError, Problem, Site
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple
from archlint.source import Document, read_text
from archlint.source.hcl import Expression, parse_hcl
from archlint.source.hcl_json import parse_hcl_json

_LOCALS = "locals"
_MERGED = "lifecycle"
"""The nested block that override files merge by argument; those of other types they replace."""


class Place(NamedTuple):
    """A block in its document, and the blocks of override files that are merged into it, the last one first.

    https://developer.hashicorp.com/terraform/language/files/override
    """

    document: Document
    route: tuple[str, ...]
    body: MappingNode
    overrides: tuple[Place, ...] = ()

    @property
    def site(self) -> Site:
        """The block's header."""
        return Site(self.document.path, self.route, key=True)

    def site_of(self, name: str) -> Site:
        """The place of an attribute that is set."""
        place = self._setting(name)
        return Site(place.document.path, (*place.route, name))

    def expression(self, name: str) -> Expression | None:
        """The expression of an attribute."""
        place = self._setting(name)
        pair = place.document.pairs(place.body).get(name)
        return pair[1] if pair is not None and isinstance(pair[1], Expression) else None

    def inner(self, name: str) -> list[Place]:
        """The nested blocks of a header, in order."""
        if name == _MERGED and (own := _nested(self, name)):
            return [
                own[0]._replace(overrides=tuple(inner for place in self.overrides for inner in _nested(place, name)))
            ]
        return _nested(self._setting(name), name)

    def _setting(self, name: str) -> Place:
        """Where an attribute or the nested blocks of a header are set: the last override that has such, else here."""
        type_ = name.removeprefix("dynamic.")
        for place in self.overrides:
            pairs = place.document.pairs(place.body)
            if type_ in pairs or f"dynamic.{type_}" in pairs:
                return place
        return self


class Setting(NamedTuple):
    """An attribute that stands by itself, such as a local value."""

    document: Document
    route: tuple[str, ...]
    expression: Expression


@record(frozen=False)
class Folder:
    """The declarations of a folder, in the order of its files; resources by ``TYPE.NAME``."""

    path: Path
    resources: dict[str, Place] = fresh(factory=dict)
    data: dict[str, Place] = fresh(factory=dict)
    variables: dict[str, Place] = fresh(factory=dict)
    outputs: dict[str, Place] = fresh(factory=dict)
    calls: dict[str, Place] = fresh(factory=dict)
    locals: dict[str, Setting] = fresh(factory=dict)
    settings: list[Place] = fresh(factory=list)
    providers: list[Place] = fresh(factory=list)
    site: Site | None = None

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents that declare more than variables, by their paths."""
        places = (self.resources, self.data, self.outputs, self.calls)
        declared = (part for held in places for place in held.values() for part in (place, *place.overrides))
        documents = [part.document for part in declared] + [setting.document for setting in self.locals.values()]
        return {document.path: document for document in documents}

    @cached_property
    def tells_apart(self) -> bool:
        """Whether an expression speaks of one of several instances by its key."""
        return any(told_apart(document.text) for document in self.documents.values())


def files_of(folder: Path) -> list[Path]:
    """The ``.tf`` and ``.tf.json`` files directly in a folder, overriding ones last."""
    try:
        found = [path for path in folder.iterdir() if path.name.endswith(TERRAFORM) and not path.name.startswith(".")]
    except OSError:
        return []
    return sorted((path for path in found if path.is_file()), key=lambda path: (_overrides(path), path.name))


def _overrides(path: Path) -> bool:
    stem = path.name.partition(".tf")[0]
    return stem == "override" or stem.endswith("_override")


def read_folder(path: Path, context: Context) -> Folder:
    """Read a folder's files. What is wrong with one is set aside, or a problem where no other can be read."""
    folder = Folder(path)
    refused: list[Problem] = []
    for file in files_of(path):
        document = hcl_document(file, context)
        if document is not None:
            declare(folder, document, overriding=_overrides(file))
        refused += context.refused.get(shown(file), ())
    kept = context.problems.found if folder.site is None else context.aside
    kept += refused
    return folder


def hcl_document(file: Path, context: Context) -> Document | None:
    """A file's document, read once; None for a link out of the project, or if it cannot be read."""
    name = shown(file)
    if name in context.refused or not leads_into(file, context.root):
        return None
    if name not in context.documents:
        try:
            read = parse_hcl_json if file.suffix == ".json" else parse_hcl
            context.documents[name] = read(name, read_text(file, name, context.limits), context.limits)
        except InputError as error:
            context.refused[name] = error.problems
            return None
    return context.documents[name]


def declare(folder: Folder, document: Document, *, overriding: bool = False) -> None:
    """Add what a document declares to a folder; an overriding one is merged into what is declared there."""
    assert isinstance(document.root, MappingNode)
    if folder.site is None:
        folder.site = Site(document.path, ())
    kept: Mapping[str, dict[str, Place]] = {
        "resource": folder.resources,
        "data": folder.data,
        "variable": folder.variables,
        "output": folder.outputs,
        "module": folder.calls,
    }
    for key, (_, value) in document.pairs(document.root).items():
        if not isinstance(value, MappingNode):
            continue
        word, _, rest = key.partition(".")
        place = Place(document, (key,), value)
        if word in kept:
            known = kept[word].get(rest) if overriding else None
            kept[word][rest] = known._replace(overrides=(place, *known.overrides)) if known is not None else place
        elif word == "provider":
            folder.providers.append(place)
        elif word.split("[")[0] == _LOCALS:
            folder.locals.update(_settings(place))
        elif word == "terraform":
            folder.settings.insert(0 if overriding else len(folder.settings), place)


def _settings(place: Place) -> Iterator[tuple[str, Setting]]:
    for name, (_, value) in place.document.pairs(place.body).items():
        if isinstance(value, Expression):
            yield name, Setting(place.document, (*place.route, name), value)


def _nested(place: Place, name: str) -> list[Place]:
    pairs = place.document.pairs(place.body)
    found: list[Place] = []
    key = name
    while (pair := pairs.get(key)) is not None and isinstance(pair[1], MappingNode):
        found.append(Place(place.document, (*place.route, key), pair[1]))
        key = f"{name}[{len(found)}]"
    return found
