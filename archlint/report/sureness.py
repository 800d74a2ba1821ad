"""How sure a finding is, in words: what the least sure of its connections were read from."""

from __future__ import annotations

import re
from collections.abc import Mapping

from archlint.importers.description import is_description
from archlint.model import Confidence, Connection, Finding
from archlint.source import Document

_WORDS = {
    Confidence.LIKELY: "likely; it rests on {}",
    Confidence.GUESS: "a guess; it rests on {}, so it counts one level less",
}
_BASES = {
    (Confidence.LIKELY, "permission"): "what a permission allows",
    (Confidence.LIKELY, "environment"): "a name or an address in the environment",
    (Confidence.LIKELY, ""): "what a permission, a name or an address in the code allows",
    (Confidence.GUESS, "permission"): "a permission that is wide or shared",
    (Confidence.GUESS, "environment"): "a name in the environment",
    (Confidence.GUESS, ""): "a name or a wide permission",
}
_PERMISSION = re.compile(r"polic(?:y|ies)|statements?\b|\biam|permission|grant", re.IGNORECASE)
_ENVIRONMENT = re.compile(r"environment", re.IGNORECASE)


def sureness(finding: Finding, documents: Mapping[str, Document]) -> str:
    """How sure a finding is that is not certain; empty for one that is."""
    level = finding.confidence
    if level not in _WORDS:
        return ""
    edges = {*finding.path, *([finding.connection] if finding.connection is not None else [])}
    bases = {_basis(edge, documents) for edge in edges if edge.confidence <= level}
    basis = bases.pop() if len(bases) == 1 else ""
    told = "what the description says of its confidence" if basis == "description" else _BASES[level, basis]
    return _WORDS[level].format(told)


def _basis(edge: Connection, documents: Mapping[str, Document]) -> str:
    """What a connection that is not certain was read from, as far as its place tells."""
    document = documents.get(edge.site.document)
    if document is None or is_description(document):
        return "description" if document is not None else ""
    head, *rest = [str(part) for part in edge.site.route] or [""]
    type_, _, named = head.rpartition(".")
    route = [type_, *rest] if type_ and named else [head, *rest[1:]]  # a name of its own says nothing
    if any(map(_ENVIRONMENT.search, route)):
        return "environment"
    return "permission" if any(map(_PERMISSION.search, route)) else ""
