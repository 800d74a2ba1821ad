"""The language that a place of the input is told of: its document's own, or that of what the document is part of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from posixpath import basename, dirname, join, normpath

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.importers.description import is_description
from archlint.importers.kinds import kind_of
from archlint.importers.languages import language_of
from archlint.model.places import Route
from archlint.model.tuples import NamedTuple
from archlint.report.placing import is_json, value_at
from archlint.source import Document

_FILE = re.compile(r"\$\{file\(([^()]+)\)\s*(?:,[^{}]*)?\}\Z")
"""A file that is asked for whole, be there another value or not where it is missing."""
_VARIABLE = re.compile(r"\$\{[^{}]*\}")
_DEEPEST = 5
"""Parts of parts of a serverless.yml, and so on."""
_TEMPLATE = ("properties", "templateFile")
_DEEPEST_KEYS = 6
_DEEPEST_IDS = 8
"""Levels of nesting below which a serverless.yml asks for no file, and a manifest names no construct."""
_REMEMBERED = 500
"""Documents whose answers are kept: every finding asks."""


class Speech(NamedTuple):
    """``language`` is one of the languages of infrastructure code, or ``description``.

    ``form`` is how it is written: ``yaml``, ``json`` or ``cdk``, which makes a template anew whenever it is run.
    ``mount`` are the keys of the serverless.yml below which a part of it stands.
    """

    language: str
    form: str = "yaml"
    mount: tuple[str, ...] = ()
    part: bool = False


def speech_at(path: str, documents: Mapping[str, Document]) -> Speech:
    """How to tell of what stands in a document."""
    document = documents.get(path)
    if document is None or is_description(document):
        return Speech("description")
    language = language_of(document)
    if language in {"cloudformation", "sam"} and is_synthesized(document, documents):
        return Speech(language, "cdk")
    form = "json" if is_json(document) and language != "terraform" else "yaml"
    if language == "description" and kind_of(document) is None:
        mount = _mount(document, documents, _DEEPEST)
        return Speech("description") if mount is None else Speech("serverless", form, mount, part=True)
    return Speech(language, form)


def is_synthesized(document: Document, documents: Mapping[str, Document]) -> bool:
    """Whether a template was made by the CDK, which writes it anew when it is run."""
    return _has_paths(document) or _manifest_beside(document, documents) is not None


@lru_cache(maxsize=_REMEMBERED)
def _has_paths(document: Document) -> bool:
    return "aws:cdk:path" in document.text


def construct_of(logical_id: str, document: Document, documents: Mapping[str, Document]) -> str:
    """The path of the construct that a resource of a template was made by; empty where it is not known."""
    if path := _text(document, ("Resources", logical_id, "Metadata", "aws:cdk:path")):
        return path
    told = {path for root in _told_of(document, documents) for path in _constructs(root).get(logical_id, ())}
    return told.pop() if len(told) == 1 else ""


@lru_cache(maxsize=_REMEMBERED)
def _constructs(told: Node) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path, id_ in _logical_ids(told, _DEEPEST_IDS):
        found.setdefault(id_, set()).add(path.strip("/"))
    return found


def _told_of(document: Document, documents: Mapping[str, Document]) -> Iterator[Node]:
    """What a manifest, or the file of a stack beside it, tells of the stack of a template; of all, if it is nested."""
    manifest = _manifest_beside(document, documents)
    artifacts = value_at(manifest, ("artifacts",)) if manifest is not None else None
    if manifest is None or not isinstance(artifacts, MappingNode):
        return
    routes = [("artifacts", name) for name in manifest.pairs(artifacts)]
    own = [route for route in routes if _text(manifest, (*route, *_TEMPLATE)) == basename(document.path)]
    for route in own or routes:
        if (said := value_at(manifest, (*route, "metadata"))) is not None:
            yield said
        file = _text(manifest, (*route, "additionalMetadataFile"))
        if (beside := documents.get(join(dirname(document.path), file))) is not None and file:
            yield beside.root


def _text(document: Document, route: Route) -> str:
    node = value_at(document, route)
    return node.value if isinstance(node, ScalarNode) else ""


def _manifest_beside(document: Document, documents: Mapping[str, Document]) -> Document | None:
    manifest = documents.get(join(dirname(document.path), "manifest.json"))
    kind = kind_of(manifest) if manifest is not None else None
    return manifest if kind is not None and kind.module.endswith(".cdk") else None


def _logical_ids(node: Node, depth: int, above: str = "") -> list[tuple[str, str]]:
    """The paths of constructs in a manifest, with the logical ids that stand below them."""
    if isinstance(node, SequenceNode) and depth:
        return [found for item in node.value for found in _logical_ids(item, depth - 1, above)]
    if not isinstance(node, MappingNode) or not depth:
        return []
    said = {key.value: value.value for key, value in node.value if isinstance(value, ScalarNode)}
    if said.get("type") == "aws:cdk:logicalId":
        return [(above, str(said.get("data")))]
    return [found for key, inner in node.value for found in _logical_ids(inner, depth - 1, str(key.value))]


def _mount(document: Document, documents: Mapping[str, Document], depth: int) -> tuple[str, ...] | None:
    """The keys down to where a serverless.yml includes a document; None where none does.

    A path with variables in it may mean many files, so one that is plain goes before.
    """
    asking = [other for other in documents.values() if other is not document and depth]
    meant = [(outer, route) for outer in asking for route, path in _asked(outer) if _means(path, document.path)]
    for outer, route in sorted(meant, key=lambda one: "${" in _text(*one)[2:]):
        keys = tuple(part for part in route if isinstance(part, str))
        if language_of(outer) == "serverless":
            return keys
        if kind_of(outer) is None and (above := _mount(outer, documents, depth - 1)) is not None:
            return (*above, *keys)
    return None


@lru_cache(maxsize=_REMEMBERED)
def _asked(document: Document) -> list[tuple[Route, str]]:
    return _included(document.root, (), _DEEPEST_KEYS) if "${file(" in document.text else []


def _included(node: Node, route: Route, depth: int) -> list[tuple[Route, str]]:
    """The files that a document asks for whole, with the places where it does."""
    if isinstance(node, ScalarNode):
        found = _FILE.match(node.value)
        return [(route, found[1].strip())] if found is not None else []
    if not depth:
        return []
    if isinstance(node, SequenceNode):
        items: list[tuple[str | int, Node]] = list(enumerate(node.value))
    else:
        items = [(str(key.value), value) for key, value in node.value] if isinstance(node, MappingNode) else []
    return [found for part, inner in items for found in _included(inner, (*route, part), depth - 1)]


def _means(written: str, path: str) -> bool:
    """Whether a path that is written in a file, perhaps with variables, may lead to another file.

    It is relative to the serverless.yml, which a part of it need not stand beside.
    """
    wanted = [part for part in normpath(written).split("/") if part not in {".", ".."}]
    names = path.split("/")[-len(wanted) :]
    return len(names) == len(wanted) and all(_fits(part, name) for part, name in zip(wanted, names, strict=True))


def _fits(written: str, name: str) -> bool:
    """Whether a name is what is written, with anything in place of variables."""
    first, *rest = _VARIABLE.split(written)
    if not rest:
        return written == name
    if not name.startswith(first) or not name[len(first) :].endswith(rest[-1]):
        return False
    at, end = len(first), len(name) - len(rest[-1])
    for piece in rest[:-1]:
        found = name.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True
