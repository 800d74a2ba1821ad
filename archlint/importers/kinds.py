"""The kinds of infrastructure code, told by content. Each reader is imported when a file of its kind is met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

from yaml import MappingNode, Node

from archlint.importers.files import TERRAFORM
from archlint.model.tuples import NamedTuple
from archlint.source import SHORT_TAG, Document

if TYPE_CHECKING:  # imported only with a reader: a description needs none of it
    from archlint.importers.context import Context
    from archlint.importers.infrastructure import Stack

ReadStacks: TypeAlias = "Callable[[Document, Path | None, Context], Sequence[Stack]]"
"""Reads a document of its kind; the path is None for standard input."""


class Kind(NamedTuple):
    """A kind of file: ``title`` for messages, the keys it has at the top, and the module whose ``read`` reads it.

    Where the keys at the top are too common to tell, ``inner`` is a key each entry of each of them must have.
    """

    title: str
    keys: tuple[frozenset[str], ...]
    module: str
    beside: tuple[str, ...] = ()
    """Ends of names: where files of it stand beside one of this kind, they say the same and are read instead."""
    inner: str = ""
    part: bool = False
    """Whether files of it mostly belong to another one: below a folder they count where no other kind is there."""

    def read(self, document: Document, path: Path | None, context: Context) -> Sequence[Stack]:
        """The stacks of a document."""
        return cast("ReadStacks", import_module(self.module).read)(document, path, context)


KINDS: tuple[Kind, ...] = (
    Kind(
        "a CloudFormation or SAM template",
        (frozenset({"Resources"}), frozenset({"AWSTemplateFormatVersion"})),
        "archlint.importers.cloudformation",
    ),
    Kind(
        "the manifest of a `cdk.out` folder",
        (frozenset({"version", "artifacts"}),),
        "archlint.importers.cloudformation.cdk",
    ),
    Kind(
        "a Terraform plan in JSON",
        (frozenset({"format_version", "planned_values"}), frozenset({"format_version", "terraform_version", "values"})),
        "archlint.importers.terraform.plan",
        beside=TERRAFORM,
    ),
    Kind(
        "a serverless.yml of the Serverless Framework",
        (frozenset({"service", "provider"}), frozenset({"service", "functions"})),
        "archlint.importers.serverless.reading",
    ),
    Kind(
        "a serverless-compose.yml",
        (frozenset({"services"}),),
        "archlint.importers.serverless.composing",
        inner="path",
    ),
    Kind(
        "a definition in the Amazon States Language",
        (frozenset({"StartAt", "States"}),),
        "archlint.importers.states",
        part=True,
    ),
)
"""In the order in which they are tried: a document is of the first kind one of whose sets of keys it has whole."""

SHORT_TAGS = frozenset({SHORT_TAG})
"""The short form of CloudFormation's intrinsic functions, which serverless.yml knows too. One that is not known is
noted where it stands, and the rest is read."""


def kind_of(document: Document) -> Kind | None:
    """The kind of infrastructure code that a document is, if it is one."""
    if not isinstance(document.root, MappingNode):
        return None
    pairs = document.pairs(document.root)
    for kind in KINDS:
        for needed in kind.keys:
            if needed <= pairs.keys() and (
                not kind.inner or all(_has(document, pairs[key][1], kind.inner) for key in needed)
            ):
                return kind
    return None


def _has(document: Document, section: Node, key: str) -> bool:
    """Whether a section has entries, all of them with a key."""
    entries = [entry for _, entry in document.pairs(section).values()] if isinstance(section, MappingNode) else []
    return bool(entries) and all(isinstance(entry, MappingNode) and key in document.pairs(entry) for entry in entries)
