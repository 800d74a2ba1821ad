"""The relation ``unmet_claims``: what a service says it is and is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archlint.facts import Graph
from archlint.model import Value
from archlint.recognition import match_entry
from archlint.recognition.recognise import claims
from archlint.rulebook import Rulebook
from archlint.search import Search


class ClaimRow:
    """A claimed pattern that is not there; ``missing`` says in words what it lacks."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def value(self, name: str) -> Value:
        """A column: ``service``, ``pattern`` or ``missing``."""
        return self._values.get(name)


def unmet_claims(graph: Graph, rulebook: Rulebook) -> Sequence[ClaimRow]:
    """The claims without a match in their service. A match that an unknown value decides is not held against it."""
    wanted = list(claims(graph.architecture))
    if not wanted:
        return ()
    search = Search(graph)
    rows = []
    for service, pattern in wanted:
        entry = rulebook.catalog.get(pattern)
        if entry is None or any(matched.anchor.service == service for matched in match_entry(entry, search)):
            continue
        rows.append(ClaimRow({"service": service, "pattern": pattern, "missing": _missing()}))
    return rows


def _missing() -> str:
    return ""
