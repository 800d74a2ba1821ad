"""One resource of a template while it is read, and what its readers build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from archlint.importers.cloudformation.scope import Scope
from archlint.importers.context import Context
from archlint.importers.infrastructure.arns import Target, targets
from archlint.importers.infrastructure.ends import End, Local
from archlint.importers.infrastructure.networks import Networks
from archlint.importers.infrastructure.numbers import number_in
from archlint.importers.infrastructure.openapi import auth_of
from archlint.importers.infrastructure.permissions import Permissions
from archlint.importers.infrastructure.roles import Roles
from archlint.importers.infrastructure.stack import Stack
from archlint.importers.infrastructure.symbols import Symbol, known, mapping, options, shown, word
from archlint.importers.infrastructure.symbols import field as at
from archlint.model import UNKNOWN, Confidence, Route, Site, Style, Value
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple


@record(frozen=False, eq=False)
class Build:
    """A template in the making. ``paths`` are those of its constructs, ``resources`` its items, by logical id."""

    stack: Stack
    scope: Scope
    context: Context
    folder: Folder
    permissions: Permissions
    roles: Roles
    networks: Networks
    paths: Mapping[str, str] = fresh(factory=dict)
    resources: dict[str, Item] = fresh(factory=dict)
    authorizations: dict[str, list[str]] = fresh(factory=dict)
    """How the routes of each API authorize their callers, one entry a route."""
    staged: set[str] = fresh(factory=set)
    """The APIs that have a stage in the template."""
    registered: dict[str, list[End]] = fresh(factory=dict)
    """The services that register their tasks with a target group, by the group's id."""
    implicit: dict[str, Item] = fresh(factory=dict)
    """The APIs that SAM makes by itself, each with the first resource that has a route of it."""
    defaults: dict[str, str] = fresh(factory=dict)
    """The authorizer that SAM takes for the routes of an API that name none."""
    bodied: set[str] = fresh(factory=set)
    """The APIs whose OpenAPI body says how their routes authorize."""
    guarded: set[str] = fresh(factory=set)
    """The APIs that a policy or a client's certificate guards, whatever their routes ask for."""
    throttled: dict[str, set[str]] = fresh(factory=dict)
    """The routes of each API that have a throttle of their own; ``*`` stands for any method or path."""
    keyed: set[str] = fresh(factory=set)
    """The APIs of SAM whose routes ask for an API key by default."""
    schemes: dict[tuple[str, str], str] = fresh(factory=dict)
    """How an authorizer of SAM checks, by API and name."""
    gates: dict[tuple[End, str], list[str]] = fresh(factory=dict)
    """The routes that an authorizer checks, by API and authorizer."""

    def is_partly_open(self, api: End) -> bool:
        """Whether some routes of an API are checked and others are not."""
        kinds = self.authorizations.get(api.id, []) if isinstance(api, Local) else []
        return "none" in kinds

    def throttle_route(self, api: End, route: str, throttle: Value) -> None:
        """Note the throttle of one route of an API."""
        if throttle is not None and isinstance(api, Local):
            self.throttled.setdefault(api.id, set()).add(route)

    def is_throttled_by_route(self, api: str) -> bool:
        """Whether every route of an API has a throttle of its own."""
        told = self.throttled.get(api, set())
        return bool(told) and all(
            _covers(told, wire.properties.get("route"))
            for wire in self.stack.wires
            if wire.source == Local(api) and wire.action != "authorize"
        )

    def use_route(self, api: Local, auth: Symbol, route: str) -> bool:
        """Note how a route of SAM authorizes its callers; whether it is open although its API asks by default."""
        default = self.defaults.get(api.id, "")
        written = word(at(auth, "Authorizer"))
        name = written or default
        keyed = at(auth, "ApiKeyRequired") is True or (api.id in self.keyed and at(auth, "ApiKeyRequired") is not False)
        if api.id in self.bodied:
            return False
        kinds = self.authorizations.setdefault(api.id, [])
        if name in ("", "NONE"):
            on_purpose = bool(written and default) or (api.id in self.keyed and not keyed)
            kinds.append("api_key" if keyed else "open" if on_purpose else "none")
            return on_purpose
        if name == "AWS_IAM":
            kinds.append("iam")
            return False
        kinds.append(self.schemes.get((api.id, name), "unknown"))
        self.gates.setdefault((api, name), []).append(route)
        return False

    def authorize(self) -> None:
        """Say of each API how it authorizes its callers, once its authorizers are connected."""
        for id_, found in self.authorizations.items():
            kinds = [kind for kind in found if kind != "open"]
            if kinds:
                self.stack.set(Local(id_), "auth", auth_of(kinds, self.stack, Local(id_)))


def _covers(throttled: Iterable[str], route: Value) -> bool:
    """Whether one of several routes, in which a star stands for anything, is a route."""
    verb, _, path = route.partition(" ") if isinstance(route, str) else ("", "", "")
    patterns = (known.partition(" ") for known in throttled)
    return any(method in ("*", verb) and written in ("*", path) for method, _, written in patterns)


class Folder(NamedTuple):
    """Where a template's paths start from; ``path`` is None for standard input, whose paths lead nowhere."""

    path: str | None


@record(frozen=False, eq=False)
class Item:
    """A resource. ``properties`` are resolved; ``route`` leads to it; ``sure`` is false under a condition."""

    id: str
    type: str
    properties: Mapping[str, Symbol]
    body: Mapping[str, Symbol]
    route: Route
    build: Build
    sure: bool = True

    @property
    def end(self) -> Local:
        """The component that it is."""
        return Local(self.id)

    @property
    def stack(self) -> Stack:
        """The stack it belongs to."""
        return self.build.stack

    def site(self, *path: str | int) -> Site:
        """The place of a property; of the resource itself without one."""
        route = (*self.route, "Properties", *path) if path else self.route
        return Site(self.stack.site.document, route, key=not path)

    @property
    def label(self) -> str:
        """The path of its construct, where the CDK made the template; else empty: its id says it."""
        told = word(at(self.body.get("Metadata"), "aws:cdk:path")) or self.build.paths.get(self.id, "")
        _, *path = told.strip("/").split("/")
        return "/".join(path[:-1] if path[-1:] in (["Resource"], ["Default"]) else path)

    def get(self, *path: str) -> Symbol:
        """The property at a path of keys; None where there is none."""
        found = self.properties.get(path[0])
        return at(found, *path[1:]) if len(path) > 1 else found

    def text(self, *path: str) -> str:
        """A property that is a known text; else empty."""
        return word(self.get(*path))

    def ends(self, value: Symbol, type_: str = "other") -> Iterator[Target]:
        """The ends that a value means."""
        return targets(value, type_)

    def add(self, type_: str, properties: Mapping[str, Value] | None = None, name: Symbol = None) -> None:
        """Add the component; its physical name is ``name``."""
        tags = _tags(self.properties.get("Tags"))
        service = tags.get("archlint:service", "")
        self.stack.add(self.id, type_, self.site(), properties, label=self.label, name=shown(name))
        if tags:
            self.stack.tags[self.id] = tags
        if service:
            self.stack.services[self.id] = service

    def connect(  # noqa: PLR0913  what a connection is made of
        self,
        source: End | Target,
        target: End | Target,
        style: Style | None,
        site: Site,
        *,
        action: str = "",
        properties: Mapping[str, Value] | None = None,
        sure: bool = True,
    ) -> None:
        """Add a connection, which is as sure as its ends, the resource and ``sure`` are."""
        certain = sure and self.sure
        ends: list[End] = []
        for end in (source, target):
            if isinstance(end, Target):
                certain = certain and end.sure
                ends.append(end.end)
            else:
                ends.append(end)
        self.stack.connect(
            ends[0],
            ends[1],
            style,
            site,
            action=action,
            properties=properties,
            confidence=Confidence.CERTAIN if certain else Confidence.LIKELY,
        )

    def note(self, message: str, *path: str | int) -> None:
        """Note what could not be read."""
        self.stack.note(message, self.site(*path))


def _tags(tags: Symbol) -> dict[str, str]:
    """The tags whose values are known, of either form: a list of keys and values, or a mapping."""
    found: dict[str, str] = {}
    for value, _ in options(tags):
        if isinstance(value, dict):
            found |= {key: word(inner) for key, inner in value.items() if word(inner)}
        elif isinstance(value, list):
            for tag in value:
                if word(at(tag, "Key")) and word(at(tag, "Value")):
                    found[word(at(tag, "Key"))] = word(at(tag, "Value"))
    return found


Step: TypeAlias = Callable[[Item], None]


class Reader(NamedTuple):
    """How resources of a type are read: all are declared, then connected, then what rests on that is."""

    declare: Step | None = None
    connect: Step | None = None
    finish: Step | None = None


def number(symbol: Symbol) -> Value:
    """A number, also one written as text; unknown if it is not known."""
    if isinstance(symbol, str):
        return number_in(symbol)
    value = known(symbol)
    return value if value is None or (isinstance(value, int | float) and not isinstance(value, bool)) else UNKNOWN


def boolean(symbol: Symbol) -> Value:
    """A truth value, also one written as text; unknown if it is not known."""
    if isinstance(symbol, str):
        return {"true": True, "false": False}.get(symbol.lower(), UNKNOWN)
    return symbol if symbol is None or isinstance(symbol, bool) else UNKNOWN


def text(symbol: Symbol) -> Value:
    """A text; unknown if it is not known."""
    return known(symbol) if symbol is None or isinstance(symbol, str) else UNKNOWN


def is_set(symbol: Symbol) -> Value:
    """Whether something is there: unknown where a condition decides, absent where there is nothing."""
    if symbol in (None, {}, []):
        return None
    found = [option for option, _ in options(symbol)]
    return (
        True if isinstance(symbol, dict | list | str | int) or (len(found) > 1 and mapping(symbol) == {}) else UNKNOWN
    )


Table: TypeAlias = Mapping[str, tuple[tuple[str, ...], Callable[[Symbol], Value]]]
"""archlint's property: the path of the resource's property, and how its value is read."""


def read_properties(item: Item, table: Table) -> dict[str, Value]:
    """The properties that a table lists; what is absent is left to AWS's default."""
    found: dict[str, Value] = {}
    for name, (path, convert) in table.items():
        value = convert(item.get(*path))
        if value is not None:
            found[name] = value
    return found
