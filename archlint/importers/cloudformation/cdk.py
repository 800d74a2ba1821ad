"""A folder that the CDK synthesized: its manifest, every stack and every stage in it. Assets are left aside.

https://docs.aws.amazon.com/cdk/v2/guide/configure-synth.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from archlint.importers.cloudformation.raw import Raw, raw_of
from archlint.importers.cloudformation.template import Origin, Templates
from archlint.importers.context import Context
from archlint.importers.infrastructure import Stack
from archlint.model import Site
from archlint.model.tuples import NamedTuple
from archlint.source import Document, TooDeepError

_STACK, _STAGE = "aws:cloudformation:stack", "cdk:cloud-assembly"


def read(document: Document, path: Path | None, context: Context) -> Sequence[Stack]:
    """The stacks of a manifest, those of its stages behind them."""
    return _Assembly(context, Templates(context)).read(document, path)


class _Made(NamedTuple):
    """A stack that was synthesized: its template's file, its name, the paths of its constructs by logical id."""

    file: str
    name: str
    paths: dict[str, str]


class _Assembly:
    def __init__(self, context: Context, templates: Templates) -> None:
        self._context = context
        self._templates = templates
        self._open: list[str] = []

    def read(self, document: Document, path: Path | None) -> list[Stack]:
        """The stacks of a manifest and of the stages that it names."""
        self._open.append(document.path)
        found: list[Stack] = []
        for id_, artifact in _artifacts(document, self._context):
            properties = artifact.get("properties")
            fields = properties if isinstance(properties, dict) else {}
            key = ("artifacts", id_)
            if artifact.get("type") == _STACK:
                name = str(artifact.get("displayName") or fields.get("stackName") or id_)
                made = _Made(str(fields.get("templateFile", "")), name, self._paths(artifact, path))
                found += self._stack(document, path, key, made)
            elif artifact.get("type") == _STAGE:
                found += self._stage(document, path, key, str(fields.get("directoryName", "")))
        self._open.pop()
        return found

    def _paths(self, artifact: dict[str, Raw], path: Path | None) -> dict[str, str]:
        """The paths of a stack's constructs by logical id, from the manifest or the file beside it."""
        metadata = artifact.get("metadata")
        beside = artifact.get("additionalMetadataFile")
        if isinstance(beside, str) and path is not None and (file := self._context.inside(path.parent, beside)):
            document = self._context.document(file)
            metadata = _data(document, self._context) if document is not None else None
        return dict(_logical_ids(metadata))

    def _stack(self, document: Document, path: Path | None, key: tuple[str, ...], made: _Made) -> list[Stack]:
        file, name = made.file, made.name
        target = self._context.inside(path.parent, file) if path is not None and file else None
        template = self._context.document(target) if target is not None and target.is_file() else None
        if template is None:
            return [_noted(document, key, name, f"the template `{file[:200]}` of this stack cannot be read")]
        return self._templates.read(Origin(template, target, name.replace("/", "-"), made.paths), {})

    def _stage(self, document: Document, path: Path | None, key: tuple[str, ...], folder: str) -> list[Stack]:
        target = self._context.inside(path.parent, f"{folder}/manifest.json") if path is not None and folder else None
        manifest = self._context.document(target) if target is not None and target.is_file() else None
        if manifest is None or manifest.path in self._open:
            return [_noted(document, key, folder, f"the stage in `{folder[:200]}` cannot be read")]
        return self.read(manifest, target)


def _artifacts(document: Document, context: Context) -> Iterator[tuple[str, dict[str, Raw]]]:
    whole = _data(document, context)
    artifacts = whole.get("artifacts") if isinstance(whole, dict) else None
    for id_, artifact in artifacts.items() if isinstance(artifacts, dict) else ():
        if isinstance(artifact, dict):
            yield id_, artifact


def _data(document: Document, context: Context) -> Raw:
    try:
        return raw_of(document.root, context.limits.depth)
    except TooDeepError as error:
        context.problems.at(document, error.node, "this is nested too deeply")
        return None


def _logical_ids(metadata: Raw) -> Iterator[tuple[str, str]]:
    for construct, entries in metadata.items() if isinstance(metadata, dict) else ():
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and entry.get("type") == "aws:cdk:logicalId":
                yield str(entry.get("data")), construct


def _noted(document: Document, key: tuple[str, ...], name: str, message: str) -> Stack:
    stack = Stack(name, Site(document.path, key, key=True))
    stack.note(message, stack.site)
    return stack
