"""Which component of one architecture is which of the other: by a hint, by id, by name, and last by shape.

Every step takes only what is unambiguous, so that the answer does not depend on the order of a file, and each match
says why it was made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

from archlint.diff.names import canonical, names_of, similarity, words
from archlint.diff.views import View
from archlint.model import Architecture, Component, Connection
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import vocabulary

_ENOUGH = 0.55
_MARGIN = 0.08
_CROWD = 40
"""More candidates than this that share something are not told apart by it."""
_OTHER_TYPE = 0.1
_UNMATCHED_NEIGHBOUR = 0.5
"""What an equal connection to something of the same type counts, if that is not matched itself yet."""


class Match(NamedTuple):
    """A component of the old and one of the new architecture, and why they are the same."""

    old: Component
    new: Component
    because: str


def match(old: Architecture, new: Architecture, view: View) -> list[Match]:
    """The matches, in the order of the old architecture."""
    found = _Matcher(old, new, view).run()
    return sorted(found, key=lambda one: old.order[one.old])


def service_pairs(matches: Iterable[Match]) -> dict[str, str]:
    """Old services to new ones: each with the one that has most of its components, if that is so the other way too."""
    votes: Counter[tuple[str | None, str | None]] = Counter()
    votes.update((one.old.service, one.new.service) for one in matches if one.old.service and one.new.service)
    forth = _favourites(votes, 0)
    back = _favourites(votes, 1)
    return {a: b for a, b in forth.items() if a is not None and b is not None and back.get(b) == a}


def _favourites(votes: Counter[tuple[str | None, str | None]], side: int) -> dict[str | None, str | None]:
    best: dict[str | None, tuple[int, bool, str, str | None]] = {}
    for pair, count in votes.items():
        mine, other = pair[side], pair[1 - side]
        rank = (count, mine == other, str(other), other)
        if mine not in best or rank[:3] > best[mine][:3]:
            best[mine] = rank
    return {mine: rank[3] for mine, rank in best.items()}


class _Matcher:
    def __init__(self, old: Architecture, new: Architecture, view: View) -> None:
        self._old = old
        self._new = new
        self._view = view
        self._free_old = dict.fromkeys(old.components)
        self._free_new = dict.fromkeys(new.components)
        self._to_new: dict[Component, Component] = {}
        self._matches: list[Match] = []

    def run(self) -> list[Match]:
        self._by_hint()
        for component in list(self._free_old):
            twin = self._new.by_id.get(component.id)
            if twin is not None and twin in self._free_new and self._may_be(component, twin):
                self._take(component, twin, "the same id")
        self._by_names()
        while self._by_shape():
            self._by_names()
        return self._matches

    def _may_be(self, old: Component, new: Component) -> bool:
        """Whether two components of one id are one: in two versions of a thing always, else if they are akin."""
        return not self._view.loose or self._kind(old) == self._kind(new)

    def _kind(self, component: Component) -> str:
        """What a component must share with its counterpart: the type, or what the type is for."""
        return vocabulary().types[component.type].category if self._view.loose else component.type

    def _take(self, old: Component, new: Component, because: str) -> None:
        del self._free_old[old], self._free_new[new]
        self._to_new[old] = new
        self._matches.append(Match(old, new, because))

    def _by_hint(self) -> None:
        """By the property `resource` of either side, which is an id of the other or the same `resource`."""
        self._pairs_by(_resources, _resources, "the same resource")
        self._pairs_by(_resources, _ids, "its resource")
        self._pairs_by(_ids, _resources, "its resource")

    def _by_names(self) -> None:
        services = service_pairs(self._matches)
        types = vocabulary().types

        def named(
            service: Callable[[Component], Hashable], kind: Callable[[Component], str]
        ) -> Callable[[Component], Iterable[Hashable]]:
            return lambda found: (
                (service(found), kind(found), name) for name in {canonical(name) for name in names_of(found)}
            )

        mapped = {**{name: name for name in self._old.services if name in self._new.services}, **services}
        for kind in (lambda found: found.type, lambda found: types[found.type].category):
            inside = named(lambda found: mapped.get(found.service or "", found.service), kind)
            self._pairs_by(inside, named(lambda found: found.service, kind), "the same name")
            everywhere = named(lambda _found: None, kind)
            self._pairs_by(everywhere, everywhere, "the same name")
            if not self._view.loose:
                break

    def _pairs_by(
        self,
        old_keys: Callable[[Component], Iterable[Hashable]],
        new_keys: Callable[[Component], Iterable[Hashable]],
        because: str,
    ) -> None:
        """Match what shares a key that nothing else on either side has."""
        ours, theirs = _owners(self._free_old, old_keys), _owners(self._free_new, new_keys)
        for key, mine in ours.items():
            others = theirs.get(key, [])
            if len(mine) == 1 and len(others) == 1 and mine[0] in self._free_old and others[0] in self._free_new:
                self._take(mine[0], others[0], because)

    def _by_shape(self) -> bool:
        """Match pairs that are each other's best by far; whether there were any."""
        scores = {pair: self._score(*pair) for pair in self._candidates()}
        best_old, best_new = _two_best(scores, 0), _two_best(scores, 1)
        chosen = [
            (old, new)
            for (old, new), (score, _) in scores.items()
            if score >= _ENOUGH and _is_clear(score, best_old[old]) and _is_clear(score, best_new[new])
        ]
        chosen.sort(key=lambda pair: self._old.order[pair[0]])
        for old, new in chosen:
            self._take(old, new, scores[old, new][1])
        return bool(chosen)

    def _candidates(self) -> dict[tuple[Component, Component], None]:
        """Pairs of a kind that share a word, a matched neighbour, or are among few of their type."""
        to_new = {old.id: new.id for old, new in self._to_new.items()}
        matched_new = frozenset(to_new.values())

        def keys(
            architecture: Architecture, known: Callable[[str], str | None]
        ) -> Callable[[Component], Iterator[Hashable]]:
            def of(component: Component) -> Iterator[Hashable]:
                kind = self._kind(component)
                yield kind
                for name in names_of(component):
                    yield from ((kind, word) for word in words(name))
                for out, edge, other in _edges(architecture, component):
                    if (neighbour := known(other.id)) is not None:
                        yield kind, out, edge.style, neighbour

            return of

        ours = _owners(self._free_old, keys(self._old, to_new.get))
        theirs = _owners(self._free_new, keys(self._new, lambda id_: id_ if id_ in matched_new else None))
        return {
            (mine, other): None
            for key, members in ours.items()
            if len(members) <= _CROWD and len(theirs.get(key, ())) <= _CROWD
            for mine in members
            for other in theirs.get(key, ())
        }

    def _score(self, old: Component, new: Component) -> tuple[float, str]:
        """How likely two components are one, and why in words."""
        name = max(similarity(one, other) for one in names_of(old) for other in names_of(new))
        agreeing, of = self._agreement(old, new)
        if not of:
            return 0.75 * name - (_OTHER_TYPE if old.type != new.type else 0), f"a similar name ({name:.0%})"
        properties = _agreeing_properties(old, new)
        score = 0.55 * agreeing / of + 0.35 * name + 0.1 * properties - (_OTHER_TYPE if old.type != new.type else 0)
        return score, f"its connections ({agreeing / of:.0%} alike) and name ({name:.0%})"

    def _agreement(self, old: Component, new: Component) -> tuple[float, float]:
        """How much of the connections of two components agree, and of how much."""
        mine = Counter(self._shape(self._old, old, {a.id: b.id for a, b in self._to_new.items()}))
        matched = {component.id: component.id for component in self._to_new.values()}
        theirs = Counter(self._shape(self._new, new, matched))
        weights = {key: 1.0 if key[3] else _UNMATCHED_NEIGHBOUR for key in (*mine, *theirs)}
        shared = sum(min(count, theirs[key]) * weights[key] for key, count in mine.items())
        whole = sum(count * weights[key] for side in (mine, theirs) for key, count in side.items())
        return 2 * shared, whole

    def _shape(
        self, architecture: Architecture, component: Component, known: Mapping[str, str]
    ) -> Iterator[tuple[bool, str, str, bool]]:
        for out, edge, other in _edges(architecture, component):
            neighbour = known.get(other.id)
            if neighbour is None and not self._view.expects(other):
                continue  # it cannot have a counterpart, and tells nothing
            yield out, edge.style.value, other.type if neighbour is None else neighbour, neighbour is not None


def _resources(component: Component) -> Iterable[str]:
    resource = component.properties.get("resource")
    return (resource,) if isinstance(resource, str) else ()


def _ids(component: Component) -> Iterable[str]:
    own = component.id if component.service is None else component.id.removeprefix(f"{component.service}.")
    return dict.fromkeys((component.id, own))


def _owners(
    components: Iterable[Component], keys: Callable[[Component], Iterable[Hashable]]
) -> dict[Hashable, list[Component]]:
    owners: dict[Hashable, list[Component]] = defaultdict(list)
    for component in components:
        for key in dict.fromkeys(keys(component)):
            owners[key].append(component)
    return owners


def _edges(architecture: Architecture, component: Component) -> Iterator[tuple[bool, Connection, Component]]:
    """A component's connections: whether each leaves it, and its other end."""
    for edge in architecture.outgoing(component):
        yield True, edge, edge.target
    for edge in architecture.incoming(component):
        yield False, edge, edge.source


def _agreeing_properties(old: Component, new: Component) -> float:
    shared = old.properties.keys() & new.properties.keys()
    if not shared:
        return 0.5
    return sum(old.properties[name] == new.properties[name] for name in shared) / len(shared)


def _two_best(
    scores: Mapping[tuple[Component, Component], tuple[float, str]], side: int
) -> dict[Component, tuple[float, float]]:
    best: dict[Component, tuple[float, float]] = {}
    for pair, (score, _) in scores.items():
        first, second = best.get(pair[side], (-1.0, -1.0))
        best[pair[side]] = (score, first) if score > first else (first, max(second, score))
    return best


def _is_clear(score: float, best: tuple[float, float]) -> bool:
    return score == best[0] and score - best[1] >= _MARGIN
