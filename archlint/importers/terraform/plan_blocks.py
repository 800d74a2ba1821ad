"""Blocks of a plan: a planned value where it is known, else the references of the configuration."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from archlint.importers.terraform.addresses import indexed, key_in, stripped
from archlint.importers.terraform.blocks import ABSENT, Block
from archlint.importers.terraform.data_sources import POLICY, is_computed_here, read_data
from archlint.importers.terraform.evaluating import State
from archlint.importers.terraform.values import NOTHING_KNOWN, Data, Evaluated, Opaque, Ref, opaque, refs_in
from archlint.model import Site
from archlint.model.record import fresh, record, replace
from archlint.source.nodes import RawValue

Route: TypeAlias = "tuple[str | int, ...]"
Key: TypeAlias = "str | int"

_DOCUMENTS = frozenset(
    {
        "assume_role_policy",
        "body",
        "container_definitions",
        "definition",
        "event_pattern",
        "filter_policy",
        "input",
        "pattern",
        "policy",
        "redrive_policy",
        "request_parameters",
        "request_templates",
        "schema",
    }
)
"""Attributes that hold a document: what refers to something inside them is no reference as a whole."""
_LISTS = frozenset({"alarm_actions", "identifiers", "provider_arns", "resources", "target_arns"})
"""Attributes that are lists: each reference is an item."""
_PROVIDED: Mapping[str, frozenset[RawValue]] = {
    "authorization": frozenset({"NONE"}),
    "authorization_type": frozenset({"NONE"}),
    "authorizer_result_ttl_in_seconds": frozenset({300}),
    "batch_size": frozenset({10, 100}),
    "delay_seconds": frozenset({0}),
    "event_bus_name": frozenset({"default"}),
    "idle_timeout": frozenset({60}),
    "invoke_mode": frozenset({"BUFFERED"}),
    "max_connections_percent": frozenset({100}),
    "max_message_size": frozenset({262_144, 1_048_576}),
    "maximum_batching_window_in_seconds": frozenset({0}),
    "memory_size": frozenset({128}),
    "message_retention_seconds": frozenset({345_600}),
    "parallelization_factor": frozenset({1}),
    "retention_in_days": frozenset({0}),
    "retention_period": frozenset({24}),
    "timeout": frozenset({3}),
    "timeout_milliseconds": frozenset({29_000, 30_000}),
    "type": frozenset({"STANDARD"}),
    "visibility_timeout_seconds": frozenset({30}),
}
"""Values that the provider plans where a configuration says nothing."""
_KEYS = frozenset({"each.key", "count.index"})
_PLAIN = re.compile(r"(?!arn:|\w+://)[^{\[\s]")
_HOPS = 20


def _none(scope: PlanScope, local: str) -> Sequence[Key]:  # noqa: ARG001  as PlanScope.keys
    return ()


@record
class PlanScope:
    """A module of the configuration: what the references in it mean.

    ``given`` are the values of the root's variables; ``each`` is what a resource is there for each of, and ``key``
    that of the instance that is read, if instances are told apart. ``keys`` answers those of a resource or module
    (``aws_sqs_queue.inbox``, ``module.intake``) of the scope whose instances are.
    """

    configuration: Mapping[str, RawValue]
    path: str
    route: Route = ()
    prefix: str = ""
    parent: tuple[PlanScope, Mapping[str, RawValue]] | None = None
    given: Mapping[str, RawValue] = fresh(factory=dict)
    each: RawValue = None
    key: Key | None = None
    keys: Callable[[PlanScope, str], Sequence[Key]] = _none

    def children(self) -> list[PlanScope]:
        """The modules that this one calls."""
        calls = self.configuration.get("module_calls")
        found = []
        for name, call in calls.items() if isinstance(calls, dict) else ():
            module = call.get("module") if isinstance(call, dict) else None
            if isinstance(call, dict) and isinstance(module, dict):
                route = (*self.route, "module_calls", name, "module")
                address = f"{self.prefix}module.{name}"
                for key in self.keys(self, f"module.{name}") or (None,):
                    prefix = f"{address if key is None else indexed(address, key)}."
                    parent = (self.of_resource(call, key), call)
                    found.append(PlanScope(module, self.path, route, prefix, parent, keys=self.keys))
        return found

    def of_resource(self, resource: Mapping[str, RawValue], key: Key | None = None) -> PlanScope:
        """The scope of a resource's expressions: it knows what ``each`` goes over, and which instance is read."""
        return replace(self, each=resource.get("for_each_expression"), key=key)

    def expression(self, raw: RawValue, hops: int = 0) -> Data:
        """The value of an expression: its constant, or what its references lead to."""
        if not isinstance(raw, dict) or hops > _HOPS:
            return NOTHING_KNOWN
        if "constant_value" in raw:
            return data_of(raw["constant_value"])
        listed = raw.get("references")
        names = [str(name) for name in listed] if isinstance(listed, list) else []
        whole = [name for name in names if not any(other.startswith((f"{name}.", f"{name}[")) for other in names)]
        if self.key is not None and len(whole) > 1:  # the key chooses one, and is nothing by itself
            whole = [name for name in whole if name not in _KEYS]
        found = [self.reference(name, hops + 1) for name in whole]
        if len(found) == 1:
            return found[0]
        return opaque(*found)

    def reference(self, name: str, hops: int = 0) -> Data:
        """What one reference leads to."""
        head, *rest = stripped(name).split(".")
        match head:
            case "var" if rest:
                return self._variable(rest[0], hops)
            case "module" if len(rest) > 1:
                return self._output(rest[0], rest[1], key_in(name), hops)
            case "each":
                return opaque(self._outer(self.each, hops)) if rest[:1] == ["value"] else NOTHING_KNOWN
            case "local" | "path" | "count" | "terraform" | "self" | "module":
                return NOTHING_KNOWN
            case "data" if len(rest) > 1:
                if is_computed_here(rest[0]) and rest[0] == POLICY:
                    return self._document(rest[0], rest[1])
                return Ref(f"{self.prefix}data.{rest[0]}.{rest[1]}", tuple(rest[2:]))
        return self._resource(f"{head}.{rest[0]}", tuple(rest[1:]), key_in(name)) if rest else NOTHING_KNOWN

    def _resource(self, local: str, path: tuple[str, ...], key: Key | None) -> Data:
        """A resource; of instances that are told apart the one of the key that is written or read, else any."""
        address, keys = self.prefix + local, self.keys(self, local)
        refs = [Ref(indexed(address, one), path) for one in self._chosen(keys, key)]
        return refs[0] if len(refs) == 1 else opaque(*refs) if refs else Ref(address, path)

    def _chosen(self, keys: Sequence[Key], written: Key | None) -> Sequence[Key]:
        return next(([key] for key in (written, self.key) if key is not None and key in keys), keys)

    def _outer(self, raw: RawValue, hops: int) -> Data:
        return self.expression(raw, hops) if raw is not None else NOTHING_KNOWN

    def _variable(self, name: str, hops: int) -> Data:
        if self.parent is not None:
            scope, call = self.parent
            expressions = call.get("expressions")
            given = expressions.get(name) if isinstance(expressions, dict) else None
            if given is not None:
                return scope.expression(given, hops)
        elif name in self.given:
            return data_of(self.given[name])
        variables = self.configuration.get("variables")
        declared = variables.get(name) if isinstance(variables, dict) else None
        return data_of(declared["default"]) if isinstance(declared, dict) and "default" in declared else NOTHING_KNOWN

    def _output(self, module: str, name: str, key: Key | None, hops: int) -> Data:
        address = f"{self.prefix}module.{module}"
        chosen = self._chosen(self.keys(self, f"module.{module}"), key)
        prefixes = {f"{indexed(address, one)}." for one in chosen} or {f"{address}."}
        found = [child.output(name, hops) for child in self.children() if child.prefix in prefixes]
        return found[0] if len(found) == 1 else opaque(*found)

    def output(self, name: str, hops: int) -> Data:
        """The value of one of this module's outputs."""
        outputs = self.configuration.get("outputs")
        output = outputs.get(name) if isinstance(outputs, dict) else None
        return self.expression(output.get("expression"), hops) if isinstance(output, dict) else NOTHING_KNOWN

    def _document(self, kind: str, name: str) -> Data:
        """A policy document by the configuration of its data source."""
        resources = self.configuration.get("resources")
        for place, resource in enumerate(resources if isinstance(resources, list) else ()):
            if isinstance(resource, dict) and (resource.get("type"), resource.get("name")) == (kind, name):
                expressions = resource.get("expressions")
                own = expressions if isinstance(expressions, dict) else {}
                block = PlanBlock(self, {}, own, None, (*self.route, "resources", place))
                return read_data(kind, block, State())
        return NOTHING_KNOWN


class PlanBlock:
    """A block of a planned resource. Without ``expressions`` there is no configuration, and the values are all."""

    def __init__(
        self,
        scope: PlanScope,
        values: Mapping[str, RawValue],
        expressions: Mapping[str, RawValue] | None,
        sensitive: RawValue,
        route: Route,
    ) -> None:
        self._scope = scope
        self._values = values
        self._expressions = expressions
        self._sensitive = sensitive if isinstance(sensitive, dict) else {}
        self._route = route

    def get(self, name: str) -> Evaluated:
        """The value of an attribute. What is planned and not written counts unless it is the provider's default."""
        if self._sensitive.get(name) is True:
            return Evaluated(NOTHING_KNOWN)
        planned = self._values.get(name)
        if self._expressions is None:
            return Evaluated(data_of(planned))
        if name not in self._expressions:
            return Evaluated(data_of(planned)) if _is_chosen(name, planned) else ABSENT
        return Evaluated(self._wired(name, planned, self._scope.expression(self._expressions[name])))

    @staticmethod
    def _wired(name: str, planned: RawValue, written: Data) -> Data:
        """The planned value, unless the configuration says what it refers to."""
        refs = refs_in(written)
        if planned is None or (isinstance(planned, str) and refs and name not in _DOCUMENTS):
            if isinstance(written, Opaque | Ref) and name in _LISTS:
                return [*refs]
            return opaque(written) if name in _DOCUMENTS and isinstance(written, Ref) else written
        known = data_of(planned)
        if isinstance(known, list) and refs and all(item is None for item in known):
            return [*refs] if name in _LISTS else opaque(written)
        if isinstance(known, dict) and refs:
            return {**known, "": opaque(written)}
        return known

    def blocks(self, name: str) -> Sequence[Block]:
        """The nested blocks of a type: as they are written, or as planned where they are made dynamically."""
        if name == "lifecycle":  # no plan and no state has it
            return [PlanBlock(self._scope, {}, {"prevent_destroy": {}}, None, self._route)]
        planned = self._values.get(name)
        values = planned if isinstance(planned, list) else [planned] if isinstance(planned, dict) else []
        marks = self._sensitive.get(name)
        written = self._expressions.get(name) if self._expressions is not None else None
        items = written if isinstance(written, list) else [written] if isinstance(written, dict) else []
        found: list[Block] = []
        for place in range(len(items) or len(values)):
            value = values[place] if place < len(values) else {}
            item = items[place] if items else None
            mark = marks[place] if isinstance(marks, list) and place < len(marks) else None
            route = (*self._route, "expressions", name, *([place] if isinstance(written, list) else []))
            own = value if isinstance(value, dict) else {}
            inner = item if isinstance(item, dict) else None
            found.append(PlanBlock(self._scope, own, inner, mark, route if items else self._route))
        return found

    def site(self, name: str = "") -> Site:
        """The place of an attribute in the configuration, else of the resource."""
        nested = "expressions" in self._route
        if self._expressions is not None and name in self._expressions:
            inner = (name,) if nested else ("expressions", name)
            return Site(self._scope.path, (*self._route, *inner), key=True)
        return Site(self._scope.path, self._route if nested else (*self._route, "address"), key=nested)


def _is_chosen(name: str, planned: RawValue) -> bool:
    """Whether a plain value without an expression is more than a default; addresses and documents are wiring."""
    if isinstance(planned, bool):
        return planned
    if isinstance(planned, int | float):
        return planned >= 0 and planned not in _PROVIDED.get(name, ())
    if isinstance(planned, list):
        return bool(planned) and all(isinstance(item, str) and _is_chosen(name, item) for item in planned)
    return isinstance(planned, str) and bool(_PLAIN.match(planned)) and planned not in _PROVIDED.get(name, ())


def data_of(raw: RawValue) -> Data:
    """Plain data as values."""
    if isinstance(raw, dict):
        return {key: data_of(value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [data_of(item) for item in raw]
    return raw
