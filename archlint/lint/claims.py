"""The relation ``unmet_claims``: what a service says it is and is not."""

from __future__ import annotations

from collections.abc import Sequence

from archlint.facts import Graph
from archlint.lint.showing import listed
from archlint.lint.subjects import Told
from archlint.model import Value
from archlint.model.record import record
from archlint.recognition import match_entry
from archlint.recognition.loose import LooseEnds
from archlint.recognition.recognise import claims
from archlint.rulebook import Entry, Rulebook
from archlint.search import Search


@record
class ClaimRow:
    """A claimed pattern that is not there; ``missing`` says in words what it lacks."""

    service: str
    pattern: str
    missing: str

    def value(self, name: str) -> Value:
        """A column: ``service``, ``pattern`` or ``missing``."""
        return {"service": self.service, "pattern": self.pattern, "missing": self.missing}.get(name)

    def subject(self) -> Told:
        """What a finding about this row is about."""
        return Told(self.service, self.pattern)


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
        rows.append(ClaimRow(service, pattern, _missing(entry, service, search)))
    return rows


def _missing(entry: Entry, service: str, search: Search) -> str:
    """What the service lacks of the pattern where it is nearest to it, in words."""
    from archlint.recognition.near import ANYWHERE, Nearness, nearness  # noqa: PLC0415  only when a claim is not met

    asking = Nearness(search, LooseEnds(search.graph), ANYWHERE, least=0)
    members = search.graph.architecture.by_service.get(service, ())
    forms = [form for form in entry.forms if not form.narrows]
    near = [found for form in forms for one in members for found in asking.nearest(entry, form, one)]
    near = near or [found for form in forms for found in asking.without_anchor(entry, form, service)]
    best = max(near, key=nearness, default=None)
    if best is None or not best.missing:
        title = forms[0].roles[entry.anchor].title
        return f"its {title}" if best is None else "what tells it from a sibling"
    return listed(best.words)
