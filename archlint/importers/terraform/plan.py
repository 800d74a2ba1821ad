"""A plan or state as ``terraform show -json`` prints it: attributes as planned, wiring by the configuration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from archlint.importers.context import Context
from archlint.importers.infrastructure import Stack
from archlint.importers.terraform.addresses import stripped
from archlint.importers.terraform.blocks import Block, Declared
from archlint.importers.terraform.masking import masked
from archlint.importers.terraform.plan_blocks import PlanBlock, PlanScope, Route
from archlint.importers.terraform.translating import translate
from archlint.model import Site
from archlint.source import Document, plain
from archlint.source.nodes import RawValue


def read(document: Document, path: Path | None, context: Context) -> list[Stack]:
    """The stack that a plan makes. What is secret in the file can be printed from no document of it afterwards."""
    data = plain(document.root, context.limits.depth)
    context.documents[document.path] = masked(document)
    name = path.resolve().parent.name if path is not None else ""
    stack = Stack(name or "terraform", Site(document.path, ()))
    if isinstance(data, dict):
        translate(_Plan(data, document.path).declared(), stack)
    return [stack]


class _Plan:
    def __init__(self, data: Mapping[str, RawValue], path: str) -> None:
        self._data = data
        self._path = path
        self._planned: dict[str, list[tuple[Route, dict[str, RawValue]]]] = defaultdict(list)
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
        waiting = [PlanScope(configuration, self._path, route, given=given)]
        while waiting:
            scope = waiting.pop(0)
            for place, resource in enumerate(_list(scope.configuration.get("resources"))):
                item = self._resource(scope, resource, (*scope.route, "resources", place))
                if item is not None:
                    yield item
            waiting += scope.children()

    def _resource(self, scope: PlanScope, resource: RawValue, route: Route) -> Declared | None:
        if not isinstance(resource, dict):
            return None
        kind, name = str(resource.get("type")), str(resource.get("name"))
        is_data = resource.get("mode") == "data"
        address = f"{scope.prefix}{'data.' if is_data else ''}{kind}.{name}"
        planned = self._planned.get(address, [])
        if not planned and not is_data:
            return None  # it is not there: `count` is 0, or it is to be removed
        several = "count_expression" in resource or "for_each_expression" in resource
        expressions = resource.get("expressions")
        blocks: list[Block] = [
            PlanBlock(
                scope.of_resource(resource),
                _dictionary(values.get("values")),
                _dictionary(expressions),
                values.get("sensitive_values"),
                route,
            )
            for _, values in planned or [((), {})]
        ]
        many = len(planned) if several and len(planned) > 1 else None
        return Declared(address, kind, name, blocks, many)

    def _without_configuration(self) -> Iterator[Declared]:
        """A state's resources: only values, whose ARNs and names say what belongs together."""
        nowhere = PlanScope({}, self._path)
        for address, found in self._planned.items():
            kind, name = str(found[0][1].get("type")), str(found[0][1].get("name"))
            blocks: list[Block] = [
                PlanBlock(nowhere, _dictionary(values.get("values")), None, values.get("sensitive_values"), route)
                for route, values in found
            ]
            yield Declared(address, kind, name, blocks, len(found) if len(found) > 1 else None)

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
                    waiting.append((inner, (*place, "child_modules", index)))


def _at(data: RawValue | Mapping[str, RawValue], *path: str) -> dict[str, RawValue]:
    found: RawValue | Mapping[str, RawValue] = data
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return dict(found) if isinstance(found, Mapping) else {}


def _list(value: RawValue) -> Sequence[RawValue]:
    return value if isinstance(value, list) else []


def _dictionary(value: RawValue) -> dict[str, RawValue]:
    return value if isinstance(value, dict) else {}
