"""A folder of ``.tf`` files as a stack; and which of several folders are root modules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archlint.importers.context import Context
from archlint.importers.files import shown
from archlint.importers.infrastructure import Stack
from archlint.importers.terraform.folder import files_of, hcl_document
from archlint.importers.terraform.loading import Loader
from archlint.importers.terraform.mentions import note_mentions
from archlint.importers.terraform.module import Module
from archlint.importers.terraform.translating import translate
from archlint.importers.terraform.values import Evaluated
from archlint.model import Site
from archlint.source.hcl import literal


def read_folders(folders: Sequence[Path], context: Context) -> list[Stack]:
    """A stack for each folder that is a root module: a module that another of them calls is part of that one."""
    distinct = list({folder.resolve(): folder for folder in folders}.values())
    called: set[Path] = set()
    for folder in distinct:
        called |= _called_by(folder, context)
    roots = [folder for folder in distinct if folder.resolve() not in called] or distinct[:1]
    return [read_root(folder, context) for folder in roots]


def read_root(folder: Path, context: Context) -> Stack:
    """The stack that a root module's folder makes."""
    loader = Loader(folder, context)
    root = loader.root()
    site = root.folder.site or Site(shown(folder), ())
    stack = Stack(folder.resolve().name, site)
    world = translate((item for module in loader.every(root) for item in module.declared()), stack)
    key = _state_of(root)
    for name in root.folder.outputs if key else ():
        stack.exports |= {f"{key}:{name}": target.end for target in world.targets(Evaluated(root.output(name)))[:1]}
    note_mentions(stack, loader.every(root))
    stack.notes += loader.notes
    return stack


def _state_of(root: Module) -> str:
    """What other configurations name this one's state by: the key or path of its backend."""
    for place in root.folder.settings:
        for header in place.document.pairs(place.body):
            if header.startswith("backend."):
                backend = place.inner(header)[0]
                for name in ("key", "path"):
                    expression = backend.expression(name)
                    value = root.evaluated(expression, {}).data if expression is not None else None
                    if isinstance(value, str):
                        return value
    return ""


def _called_by(folder: Path, context: Context) -> set[Path]:
    """The folders of the local modules that a folder's files call directly."""
    found: set[Path] = set()
    for file in files_of(folder):
        document = hcl_document(file, context)
        if document is None:
            continue
        for source in literal(document, "module", "source"):
            target = context.inside(folder, source) if source.startswith(".") else None
            if target is not None and target != folder.resolve():
                found.add(target)
    return found
