"""The language a document is written in, told by its content."""

from __future__ import annotations

from collections.abc import Mapping

from yaml import MappingNode, ScalarNode, SequenceNode

from archlint.importers.description import is_description
from archlint.importers.kinds import kind_of
from archlint.source import Document

LANGUAGES: Mapping[str, str] = {
    "description": "a description",
    "cloudformation": "CloudFormation",
    "sam": "SAM",
    "terraform": "Terraform",
    "serverless": "serverless.yml",
    "states": "Amazon States Language",
}
"""The languages and their titles."""

_PACKAGE = "archlint.importers."


def language_of(document: Document) -> str:
    """One of :data:`LANGUAGES`. What is of no known kind, such as an included fragment, counts as a description."""
    if document.path.endswith((".tf", ".tf.json")):
        return "terraform"
    if is_description(document):
        return "description"
    kind = kind_of(document)
    if kind is None:
        return "description"
    name = kind.module.removeprefix(_PACKAGE).partition(".")[0]
    return "sam" if name == "cloudformation" and _is_sam(document) else name if name in LANGUAGES else "description"


def _is_sam(document: Document) -> bool:
    """Whether a template is transformed by SAM."""
    assert isinstance(document.root, MappingNode)
    pair = document.pairs(document.root).get("Transform")
    listed = pair[1].value if pair is not None and isinstance(pair[1], SequenceNode) else [pair[1]] if pair else []
    return any(isinstance(node, ScalarNode) and node.value.startswith("AWS::Serverless-") for node in listed)
