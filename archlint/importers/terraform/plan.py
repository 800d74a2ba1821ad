"""A plan or state as ``terraform show -json`` prints it: attributes as planned, wiring by the configuration."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from archlint.importers.context import Context
from archlint.importers.infrastructure import Stack
from archlint.importers.terraform.addresses import MOST_APART, Part, indexed, key_in, parts_of, stripped, told_apart
from archlint.importers.terraform.blocks import Block, Declared
from archlint.importers.terraform.masking import masked
from archlint.importers.terraform.plan_blocks import Key, PlanBlock, PlanScope, Route
from archlint.importers.terraform.translating import translate
from archlint.model import Site, Value
from archlint.source import Document, TooDeepError, plain
from archlint.source.nodes import RawValue


def read(document: Document, path: Path | None, context: Context) -> list[Stack]:
    """The stack that a plan makes. What is secret in the file can be printed from no document of it afterwards."""
    context.documents[document.path] = masked(document)
    name = path.resolve().parent.name if path is not None else ""
    stack = Stack(name or "terraform", Site(document.path, ()))
    try:
        data = plain(document.root, context.limits.depth)
    except TooDeepError as error:
        context.problems.at(document, error.node, "this is nested too deeply")
        return [stack]
    if isinstance(data, dict):
        translate(_Plan(data, document.path).declared(), stack)
    return [stack]


class _Plan:
    def __init__(self, data: Mapping[str, RawValue], path: str) -> None:
        self._data = data
        self._path = path
        self._planned: dict[str, list[tuple[Route, dict[str, RawValue]]]] = defaultdict(list)
        self._called: dict[str, list[RawValue]] = defaultdict(list)
        self._known_keys: dict[str, Sequence[Key]] = {}
        self._apart: dict[Route, bool] = {}
        for top in (("planned_values",), ("values",)):
            self._collect(_at(data, *top, "root_module"), (*top, "root_module"))
        prior = ("prior_state", "values")
        self._collect(_at(data, *prior, "root_module"), (*prior, "root_module"), data_only=True)

    def declared(self) -> Iterator[Declared]:
        configuration = _at(self._data, "configuration", "root_module")
        if not configuration:
            yield from self._without_configuration()
            return
        given = {
            name: variable.get("value")
            for name, variable in _at(self._data, "variables").items()
            if isinstance(variable, dict)
        }
        route: Route = ("configuration", "root_module")
        waiting = [PlanScope(configuration, self._path, route, given=given, keys=self._keys)]
        while waiting:
            scope = waiting.pop(0)
            for place, resource in enumerate(_list(scope.configuration.get("resources"))):
                if isinstance(resource, dict):
                    yield from self._resource(scope, resource, (*scope.route, "resources", place))
            waiting += scope.children()

    def _resource(self, scope: PlanScope, resource: dict[str, RawValue], route: Route) -> Iterator[Declared]:
        kind, name = str(resource.get("type")), str(resource.get("name"))
        is_data = resource.get("mode") == "data"
        local = f"{'data.' if is_data else ''}{kind}.{name}"
        planned = self._of(scope, local)
        if not planned and not is_data:
            return  # it is not there: `count` is 0, or it is to be removed
        address, keys = scope.prefix + local, self._keys(scope, local)
        if keys:
            for key in keys:
                own = [values for values in planned if values.get("index") == key]
                yield Declared(indexed(address, key), kind, name, _blocks(scope, resource, own, route, key), None)
            return
        yield Declared(address, kind, name, _blocks(scope, resource, planned or [{}], route), _many(planned))

    def _of(self, scope: PlanScope, local: str) -> list[dict[str, RawValue]]:
        """The planned instances of a resource that are in a scope's own instance of each module around."""
        wanted = parts_of(scope.prefix)
        return [
            values
            for _, values in self._planned.get(stripped(scope.prefix) + local, ())
            if all(part.key in ("", own.key) for part, own in zip(wanted, _modules(values), strict=False))
        ]

    def _keys(self, scope: PlanScope, local: str) -> Sequence[Key]:
        """The keys of a resource's or module's instances, if the module that calls them tells them apart."""
        if not self._tells_apart(scope):
            return ()
        address = scope.prefix + local
        if address not in self._known_keys:
            self._known_keys[address] = self._found_keys(scope, local)
        return self._known_keys[address]

    def _found_keys(self, scope: PlanScope, local: str) -> Sequence[Key]:
        if local.startswith("module."):
            found: Sequence[RawValue] = self._called.get(stripped(scope.prefix) + local, ())
        else:
            found = [values.get("index") for values in self._of(scope, local)]
        keys = dict.fromkeys(key for key in found if isinstance(key, str | int))
        return [*keys] if 1 < len(keys) <= MOST_APART and all(isinstance(key, str | int) for key in found) else ()

    def _tells_apart(self, scope: PlanScope) -> bool:
        known = self._apart.get(scope.route)
        if known is None:
            calls = scope.configuration.get("module_calls")
            own = {name: value for name, value in scope.configuration.items() if name != "module_calls"}
            called = [
                {name: value for name, value in call.items() if name != "module"}
                for call in (calls.values() if isinstance(calls, dict) else ())
                if isinstance(call, dict)
            ]
            known = self._apart[scope.route] = told_apart(json.dumps([own, called]))
        return known

    def _without_configuration(self) -> Iterator[Declared]:
        """A state's resources: only values, whose ARNs and names say what belongs together."""
        nowhere = PlanScope({}, self._path)
        for address, found in self._planned.items():
            kind, name = str(found[0][1].get("type")), str(found[0][1].get("name"))
            blocks: list[Block] = [
                PlanBlock(nowhere, _dictionary(values.get("values")), None, values.get("sensitive_values"), route)
                for route, values in found
            ]
            yield Declared(address, kind, name, blocks, _many([values for _, values in found]))

    def _collect(self, module: Mapping[str, RawValue], route: Route, *, data_only: bool = False) -> None:
        waiting: list[tuple[Mapping[str, RawValue], Route]] = [(module, route)]
        while waiting:
            found, place = waiting.pop()
            for index, resource in enumerate(_list(found.get("resources"))):
                if not isinstance(resource, dict) or (data_only and resource.get("mode") != "data"):
                    continue
                address = stripped(str(resource.get("address")))
                if address.endswith(f"{resource.get('type')}.{resource.get('name')}"):
                    self._planned[address].append(((*place, "resources", index), resource))
            for index, inner in enumerate(_list(found.get("child_modules"))):
                if isinstance(inner, dict):
                    address = str(inner.get("address"))
                    last = address.rpartition("module.")[2]
                    self._called[stripped(address)].append(key_in(last))
                    waiting.append((inner, (*place, "child_modules", index)))


def _blocks(
    scope: PlanScope,
    resource: dict[str, RawValue],
    planned: Sequence[dict[str, RawValue]],
    route: Route,
    key: Key | None = None,
) -> list[Block]:
    return [
        PlanBlock(
            scope.of_resource(resource, key),
            _dictionary(values.get("values")),
            _dictionary(resource.get("expressions")),
            values.get("sensitive_values"),
            route,
        )
        for values in planned
    ]


def _modules(values: Mapping[str, RawValue]) -> Sequence[Part]:
    """The modules around a planned resource."""
    return [part for part in parts_of(str(values.get("address"))) if part.kind == "module"]


def _many(planned: Sequence[Mapping[str, RawValue]]) -> Value:
    """How many instances there are, in words where several modules have them; None for a single one."""
    modules = {tuple(_modules(values)) for values in planned}
    return None if len(planned) < 2 else len(planned) if len(modules) == 1 else "many"


def _at(data: RawValue | Mapping[str, RawValue], *path: str) -> dict[str, RawValue]:
    found: RawValue | Mapping[str, RawValue] = data
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return dict(found) if isinstance(found, Mapping) else {}


def _list(value: RawValue) -> Sequence[RawValue]:
    return value if isinstance(value, list) else []


def _dictionary(value: RawValue) -> dict[str, RawValue]:
    return value if isinstance(value, dict) else {}
