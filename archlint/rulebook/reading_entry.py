"""Reading a catalog file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from archlint.model.places import Route
from archlint.model.tuples import NamedTuple
from archlint.pattern.faults import Faults
from archlint.pattern.reading import PatternReader
from archlint.pattern.shape import Data, flag, items, mapping, only, text, words
from archlint.pattern.terms import Clause, Exemption
from archlint.rulebook.entry import Ambiguity, Entry, Form
from archlint.vocabulary import vocabulary

_REQUIRED = ("id", "name", "summary", "anchor", "roles", "match")
_PATTERN_KEYS = frozenset({"roles", "match", "same", "differ", "when", "unless"})
_KEYS = frozenset(
    {
        *_REQUIRED,
        *_PATTERN_KEYS,
        "aliases",
        "status",
        "use_when",
        "avoid_when",
        "since",
        "variants",
        "possible",
        "hides",
        "overlay",
        "generic",
        "hinted",
        "hints",
        "siblings",
        "rules",
        "references",
        "example",
    }
)
_VARIANT_KEYS = frozenset({*_PATTERN_KEYS, "because", "suggest", "narrows"})
_POSSIBLE_KEYS = frozenset({"patterns", "hint", "match", "when", "same", "differ", "unless"})
_STATUSES = ("current", "superseded")


class Names(NamedTuple):
    """The ids that an entry may name: those of patterns and of rules."""

    patterns: frozenset[str]
    rules: frozenset[str]


def read_entry(data: Data, file: Path, faults: Faults, names: Names) -> Entry | None:
    """An entry; None if something is wrong with it, which is noted."""
    before = len(faults.found)
    body = mapping(data, (), faults, "the file")
    only(body, _KEYS, (), faults, "a catalog entry")
    for key in _REQUIRED:
        if key not in body:
            faults.add((), f"a catalog entry needs `{key}`")
    if len(faults.found) > before:
        return None
    entry = _EntryReader(body, file, faults, names).read()
    return entry if len(faults.found) == before else None


class _EntryReader:
    def __init__(self, body: Mapping[str, Data], file: Path, faults: Faults, names: Names) -> None:
        self._body = body
        self._file = file
        self._faults = faults
        self._names = names

    def read(self) -> Entry:
        base = self._form(None, self._body, ())
        found: list[Form] = []
        variants = mapping(self._body.get("variants", {}), ("variants",), self._faults, "variants")
        for name, value in variants.items():
            route = ("variants", name)
            body = mapping(value, route, self._faults, f"variant `{name}`")
            only(body, _VARIANT_KEYS, route, self._faults, f"variant `{name}`")
            found.append(self._form(name, body, route))
        forms = [*(form for form in found if form.narrows), base, *(form for form in found if not form.narrows)]
        self._check_anchor(forms)
        return Entry(
            id=self._id(),
            name=self._text("name"),
            status=self._status(),
            summary=self._text("summary"),
            anchor=self._text("anchor"),
            forms=tuple(forms),
            file=self._file,
            aliases=self._words("aliases"),
            use_when=self._text("use_when"),
            avoid_when=self._text("avoid_when"),
            since=self._text("since"),
            ambiguities=self._ambiguities(),
            hides=self._hides(),
            overlay=self._flag(self._body, "overlay"),
            generic=self._flag(self._body, "generic"),
            hinted=self._flag(self._body, "hinted"),
            hints=self._hints(base),
            siblings=self._siblings(),
            rules=self._rules(),
            references=self._words("references"),
        )

    def _form(self, variant: str | None, body: Mapping[str, Data], route: Route) -> Form:
        """A form: what a variant does not say is as in the base; its roles are merged over the base's."""
        merged: dict[str, tuple[Data, Route]] = {
            key: (value, ()) for key, value in self._body.items() if key in _PATTERN_KEYS
        }
        reader = PatternReader(self._faults)
        reader.declare(self._roles(body), ("roles",) if variant is None else (*route, "roles"))
        if variant is not None:
            merged |= {key: (value, route) for key, value in body.items() if key in _PATTERN_KEYS}
        clauses: list[Clause] = []
        for key in ("match", "same", "differ", "when"):
            if key in merged:
                value, place = merged[key]
                clauses += reader.block({key: value}, place)
        exemptions: tuple[Exemption, ...] = ()
        if "unless" in merged:
            value, place = merged["unless"]
            exemptions = reader.exemptions(value, (*place, "unless"))
        reader.finish()
        if variant is None:
            return Form(None, reader.roles, tuple(clauses), exemptions)
        because = self._because(body, route)
        narrows = self._flag(body, "narrows", route)
        suggested = self._flag(body, "suggest", route, default=True) and not narrows
        return Form(variant, reader.roles, tuple(clauses), exemptions, because, suggested, narrows)

    def _because(self, body: Mapping[str, Data], route: Route) -> str:
        if "because" in body:
            return text(body["because"], (*route, "because"), self._faults, "because")
        self._faults.add(
            route, f"the variant `{route[-1]}` does not say what tells it apart", expected="`because`", key=True
        )
        return ""

    def _flag(self, body: Mapping[str, Data], key: str, route: Route = (), *, default: bool = False) -> bool:
        return flag(body.get(key, default), (*route, key), self._faults, f"`{key}`")

    def _roles(self, body: Mapping[str, Data]) -> dict[str, Data]:
        roles = dict(mapping(self._body["roles"], ("roles",), self._faults, "roles"))
        if body is self._body or "roles" not in body:
            return roles
        own = mapping(body["roles"], ("variants",), self._faults, "roles")
        named = {key.rstrip("+*?") for key in own}
        kept = {key: value for key, value in roles.items() if key.rstrip("+*?") not in named}
        return kept | {key: value for key, value in own.items() if value is not None}

    def _check_anchor(self, forms: list[Form]) -> None:
        anchor = self._text("anchor")
        for form in forms:
            role = form.roles.get(anchor)
            if role is None:
                self._faults.unknown(("anchor",), "role", anchor, form.roles)
                return
            if role.plural:
                self._faults.add(("anchor",), f"`{anchor}` is no single role", expected="a role without a count")
                return

    def _ambiguities(self) -> tuple[Ambiguity, ...]:
        if "possible" not in self._body:
            return ()
        return tuple(self._ambiguity(item, place) for place, item in items(self._body["possible"], ("possible",)))

    def _ambiguity(self, data: Data, route: Route) -> Ambiguity:
        body = mapping(data, route, self._faults, "possible")
        only(body, _POSSIBLE_KEYS, route, self._faults, "possible")
        reader = PatternReader(self._faults)
        reader.declare(self._body["roles"], ("roles",))
        clauses = reader.block(body, route)
        exemptions = reader.exemptions(body["unless"], (*route, "unless")) if "unless" in body else ()
        reader.finish()
        return Ambiguity(
            self._known(body.get("patterns", ()), (*route, "patterns"), "pattern", self._names.patterns),
            text(body.get("hint", ""), (*route, "hint"), self._faults, "hint"),
            reader.roles,
            clauses,
            exemptions,
        )

    def _text(self, key: str) -> str:
        return text(self._body.get(key, ""), (key,), self._faults, f"`{key}`").strip()

    def _words(self, key: str) -> tuple[str, ...]:
        return tuple(word for _, word in words(self._body.get(key, ()), (key,), self._faults, f"`{key}`"))

    def _known(self, data: Data, route: Route, what: str, known: Iterable[str]) -> tuple[str, ...]:
        """A list of names, each of which has to be known."""
        listed = words(data, route, self._faults, what)
        for place, word in listed:
            if word not in known:
                self._faults.unknown(place, what, word, sorted(known))
        return tuple(word for _, word in listed)

    def _hides(self) -> frozenset[str]:
        hidden = frozenset(self._known(self._body.get("hides", ()), ("hides",), "pattern", self._names.patterns))
        if self._file.stem in hidden:
            message = f"`{self._file.stem}` hides itself"
            self._faults.add(("hides",), message, expected="the names of other patterns")
        return hidden

    def _rules(self) -> tuple[str, ...]:
        return self._known(self._body.get("rules", ()), ("rules",), "rule", self._names.rules)

    def _hints(self, form: Form) -> dict[str, tuple[str, ...]]:
        """Properties by role; each has to be one of a type that the role may have."""
        types, found = vocabulary().types, {}
        for name, value in mapping(self._body.get("hints", {}), ("hints",), self._faults, "hints").items():
            route = ("hints", name)
            if name not in form.roles:
                self._faults.unknown(route, "role", name, form.roles)
                continue
            known = {property_ for type_ in form.roles[name].types for property_ in types[type_].properties}
            listed = list(words(value, route, self._faults, "hints"))
            for place, word in listed:
                if word not in known:
                    self._faults.unknown(place, "property", word, known)
            found[name] = tuple(word for _, word in listed)
        return found

    def _id(self) -> str:
        found = self._text("id")
        if found != self._file.stem:
            self._faults.add(
                ("id",), f"the entry `{found}` is in a file of another name", expected=f"`{self._file.stem}`"
            )
        return found

    def _status(self) -> str:
        status = self._text("status") or "current"
        if status not in _STATUSES:
            self._faults.unknown(("status",), "status", status, _STATUSES)
        return status

    def _siblings(self) -> dict[str, str]:
        siblings = mapping(self._body.get("siblings", {}), ("siblings",), self._faults, "siblings")
        for name in sorted(siblings.keys() - self._names.patterns):
            self._faults.unknown(("siblings", name), "pattern", name, sorted(self._names.patterns), key=True)
        return {name: text(value, ("siblings", name), self._faults, "a sibling") for name, value in siblings.items()}
