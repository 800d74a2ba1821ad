"""A module that is called once: its variables have values, and every name in it can be looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from archlint.importers.terraform.addresses import MOST_APART, indexed
from archlint.importers.terraform.blocks import ABSENT, Block, Declared
from archlint.importers.terraform.data_sources import is_computed_here, read_data
from archlint.importers.terraform.evaluating import Evaluator, State, entries_of, source
from archlint.importers.terraform.folder import Folder, Place
from archlint.importers.terraform.instances import MOST_INSTANCES, Instances, counted, each_of
from archlint.importers.terraform.shaping import shaped
from archlint.importers.terraform.values import MISSING, NOTHING_KNOWN, Data, Evaluated, Ref, is_known, opaque
from archlint.model import Site
from archlint.model.record import record
from archlint.model.tuples import NamedTuple
from archlint.source.hcl import Expression

_ONE_OR_NONE = re.compile(r"\?\s*(?:1\s*:\s*0|0\s*:\s*1)\s*\)?\Z")

Names = Mapping[str, Data]
Inputs = Callable[[str], "Evaluated | None"]


class Callee(NamedTuple):
    """What a module call leads to: the module for each of its instances, by its key; none where it is not at hand."""

    modules: list[tuple[Data, Module]]
    instances: Instances


FindModules = Callable[["Module", str, Place], "Callee | None"]


@record(frozen=False)
class Setting:
    """What all modules of one root share: the state of evaluation, the files, and how called modules are found."""

    state: State
    file: Callable[[str], str | None]
    called: FindModules
    note: Callable[[str, Site], None]


class Module:
    """A folder's declarations with the values of its variables; the scope of the expressions in it.

    ``prefix`` is that of its addresses. ``inputs`` answers the value that is given to a variable, or None.
    ``root_path`` is the folder as expressions see it (``path.module``). ``stand_in`` is the call that all places of a
    module are shown at whose source is not the user's.
    """

    def __init__(  # noqa: PLR0913  what a called module is made of
        self,
        folder: Folder,
        setting: Setting,
        prefix: str = "",
        inputs: Inputs | None = None,
        *,
        path: str = ".",
        stand_in: Site | None = None,
    ) -> None:
        self.folder = folder
        self.prefix = prefix
        self.setting = setting
        self.path = path
        self.stand_in = stand_in
        self._inputs = inputs
        self._values: dict[tuple[str, str], Evaluated] = {}
        self._open: set[tuple[str, str]] = set()
        self._callees: dict[str, Callee | None] = {}
        self._instances: dict[str, Instances] = {}

    # --- the scope of expressions -----------------------------------------------------------------------------------

    def file(self, written: str) -> str | None:
        """The text of a file inside the project."""
        return self.setting.file(written)

    def lookup(self, name: str, path: Sequence[Data]) -> tuple[Data, int]:
        """The value of a name with the steps that belong to it."""
        first = str(path[0]) if path else ""
        match name:
            case "var":
                return self._once("var", first, self._variable), 1
            case "local":
                return self._once("local", first, self._local), 1
            case "path":
                return {"module": self.path, "root": ".", "cwd": "."}.get(first, NOTHING_KNOWN), 1
            case "module":
                return self._called(first, path)
            case "data":
                return self._data(path)
            case "each" | "count" | "self" | "terraform":
                return NOTHING_KNOWN, len(path)
        key = f"{name}.{first}"
        if key not in self.folder.resources:
            return NOTHING_KNOWN, len(path)
        return self._resource(key, self.folder.resources[key], path)

    def _resource(self, key: str, place: Place, path: Sequence[Data]) -> tuple[Data, int]:
        instances = self.instances(key, place)
        if not instances.names:
            return [], 1
        if (apart := self._apart(instances)) is not None:
            return self._one_of(key, place, apart, path)
        if len(path) < 2 and len(instances.names) > 1:
            return self._every(key, place, instances), 1
        used = 2 if len(path) > 1 and place.expression("for_each") is not None else 1
        attribute = place.expression(str(path[used])) if len(path) > used else None
        if attribute is not None and len(instances.names) == 1:
            state = self.setting.state
            before = state.assumed
            written = self._once("attribute", f"{key} {path[used]}", lambda _: self._attribute(attribute, instances))
            if isinstance(written, int | float):
                return written, used + 1
            state.assumed = before  # the resource is meant, whatever this attribute of it rests on
        return Ref(self.prefix + key), used

    def _every(self, key: str, place: Place, instances: Instances) -> Data:
        """All instances, by their keys or in order; each is the one component that they are."""
        ref = Ref(self.prefix + key)
        if place.expression("for_each") is not None and all(isinstance(own, str) for own, _ in instances.names):
            return {str(own): ref for own, _ in instances.names}
        return [ref for _ in instances.names]

    def _attribute(self, expression: Expression, instances: Instances) -> Data:
        return self.evaluator(instances.names[0][1]).value(expression.syntax)

    def _apart(self, instances: Instances) -> Mapping[str | int, Names] | None:
        """The instances by their keys, if they are components of their own: an expression speaks of one of them."""
        if not 1 < len(instances.names) <= MOST_APART or not self.folder.tells_apart:
            return None
        found: dict[str | int, Names] = {key: names for key, names in instances.names if isinstance(key, str | int)}
        return found if len(found) == len(instances.names) else None

    def _one_of(
        self, key: str, place: Place, instances: Mapping[str | int, Names], path: Sequence[Data]
    ) -> tuple[Data, int]:
        """The instance that the first step chooses; all of them, by their keys, where there is none."""
        address = self.prefix + key
        if len(path) < 2:
            refs: dict[str, Data] = {str(own): Ref(indexed(address, own)) for own in instances}
            return (refs if place.expression("for_each") is not None else list(refs.values())), 1
        chosen = path[1]
        if isinstance(chosen, str | int) and chosen in instances:
            return Ref(indexed(address, chosen)), 2
        return MISSING if is_known(chosen) else opaque(*(Ref(indexed(address, own)) for own in instances)), 2

    def _data(self, path: Sequence[Data]) -> tuple[Data, int]:
        if len(path) < 2:
            return NOTHING_KNOWN, len(path)
        key = f"{path[0]}.{path[1]}"
        place = self.folder.data.get(key)
        if place is None:
            return NOTHING_KNOWN, len(path)
        if is_computed_here(str(path[0])) and len(path) > 2:
            used = next((i for i, part in enumerate(path) if i > 1 and isinstance(part, str) and part in _TEXTS), None)
            if used is not None:
                keyed = f"{key}.{path[2]}" if used > 2 else key
                return self._once(
                    "data", keyed, lambda _: self._read(key, place, path[2] if used > 2 else None)
                ), used + 1
        indexed = len(path) > 2 and (place.expression("for_each") or place.expression("count")) is not None
        return Ref(f"{self.prefix}data.{key}"), 3 if indexed else 2

    def _read(self, key: str, place: Place, index: Data) -> Data:
        """A document that a data source makes of its arguments; of several instances, the one of an index."""
        instances = self.instances(f"data.{key}", place)
        for own, names in instances.names:
            if index is None or own == index or len(instances.names) == 1:
                return read_data(key.partition(".")[0], HclBlock(self, place, names), self.setting.state)
        return MISSING if is_known(index) else NOTHING_KNOWN

    def _called(self, name: str, path: Sequence[Data]) -> tuple[Data, int]:
        place = self.folder.calls.get(name)
        if place is None:
            return NOTHING_KNOWN, len(path)
        callee = self.callee(name)
        several = (place.expression("for_each") or place.expression("count")) is not None
        if callee is None:
            return Ref(f"{self.prefix}module.{name}"), min(2 if several else 1, len(path))
        if not several:
            if len(path) < 2:
                return NOTHING_KNOWN, len(path)
            return self._output_of(callee.modules, str(path[1])), 2
        if len(path) < 2:
            every: list[tuple[Data, Data]] = [
                (key, {output: module.output(output) for output in module.folder.outputs})
                for key, module in callee.modules
            ]
            if every and all(isinstance(key, str) for key, _ in every):
                return {str(key): outputs for key, outputs in every}, 1
            return [outputs for _, outputs in every], 1
        chosen = [(key, module) for key, module in callee.modules if key == path[1]]
        if len(path) < 3:
            found: Data = {o: self._output_of(chosen, o) for _, m in chosen[:1] for o in m.folder.outputs}
            return found if chosen else NOTHING_KNOWN, 2
        if not chosen and (not is_known(path[1]) or any(not is_known(key) for key, _ in callee.modules)):
            return opaque(*(module.output(str(path[2])) for _, module in callee.modules)), 3
        return self._output_of(chosen, str(path[2])), 3

    @staticmethod
    def _output_of(modules: Sequence[tuple[Data, Module]], output: str) -> Data:
        return modules[0][1].output(output) if modules else MISSING

    # --- named values -----------------------------------------------------------------------------------------------

    def output(self, name: str) -> Data:
        """The value of an output."""
        return self._once("output", name, self._output)

    def _once(self, what: str, name: str, make: Callable[[str], Data]) -> Data:
        """A value, evaluated once; one that needs itself is not known."""
        key = (what, name)
        state = self.setting.state
        if key not in self._values:
            if key in self._open:
                return NOTHING_KNOWN
            self._open.add(key)
            before, state.assumed = state.assumed, False
            data = make(name)
            self._values[key] = Evaluated(data, state.assumed)
            state.assumed = before
            self._open.discard(key)
        found = self._values[key]
        state.assumed = state.assumed or found.assumed
        return found.data

    def _variable(self, name: str) -> Data:
        place = self.folder.variables.get(name)
        if place is None:
            return NOTHING_KNOWN
        state = self.setting.state
        given = self._inputs(name) if self._inputs is not None else None
        if given is not None and not (given.data is None and self._is_not_nullable(place)):
            state.assumed = state.assumed or given.assumed
            data = given.data
        else:
            default = place.expression("default")
            if default is None:
                return Ref(f"var.{name}") if not self.prefix else NOTHING_KNOWN
            state.assumed = state.assumed or not self.prefix
            data = self.evaluator({}).value(default.syntax)
        type_ = place.expression("type")
        return shaped(data, type_.syntax, self.evaluator({})) if type_ is not None else data

    @staticmethod
    def _is_not_nullable(place: Place) -> bool:
        nullable = place.expression("nullable")
        return nullable is not None and source(nullable.syntax) == "false"

    def _local(self, name: str) -> Data:
        setting = self.folder.locals.get(name)
        return self.evaluator({}).value(setting.expression.syntax) if setting is not None else NOTHING_KNOWN

    def _output(self, name: str) -> Data:
        place = self.folder.outputs.get(name)
        value = place.expression("value") if place is not None else None
        return self.evaluator({}).value(value.syntax) if value is not None else MISSING

    # --- what is declared -------------------------------------------------------------------------------------------

    def evaluator(self, names: Names) -> Evaluator:
        """An evaluator of this module's expressions."""
        return Evaluator(self.setting.state, self, names)

    def evaluated(self, expression: Expression, names: Names) -> Evaluated:
        """The value of an expression and whether it rests on a default."""
        state = self.setting.state
        before, state.assumed = state.assumed, False
        found = Evaluated(self.evaluator(names).value(expression.syntax), state.assumed)
        state.assumed = before or found.assumed
        return found

    def callee(self, name: str) -> Callee | None:
        """What a module call leads to."""
        if name not in self._callees:
            self._callees[name] = None  # a module that needs its own output to know how often it is there
            self._callees[name] = self.setting.called(self, name, self.folder.calls[name])
        return self._callees[name]

    def declared(self) -> Iterator[Declared]:
        """The resources and data sources of this module alone that are there, with their instances."""
        for prefix, places in (("", self.folder.resources), ("data.", self.folder.data)):
            for key, place in places.items():
                kind, _, name = key.partition(".")
                instances = self.instances(f"{prefix}{key}", place)
                address = f"{self.prefix}{prefix}{key}"
                blocks: list[Block] = [HclBlock(self, place, names) for _, names in instances.names]
                if (apart := None if prefix else self._apart(instances)) is not None:
                    for own, block in zip(apart, blocks, strict=True):
                        yield Declared(indexed(address, own), kind, name, [block], None, instances.assumed)
                elif blocks:
                    yield Declared(address, kind, name, blocks, instances.many, instances.assumed)

    def prefix_of(self, name: str, key: Data, instances: Instances) -> str:
        """What the addresses in a called module begin with, in the instance of a key."""
        apart = self._apart(instances)
        call = f"{self.prefix}module.{name}"
        return f"{indexed(call, key) if apart is not None and isinstance(key, str | int) else call}."

    def instances(self, key: str, place: Place) -> Instances:
        """The instances of a resource, data source or module call."""
        if key not in self._instances:
            self._instances[key] = Instances([(None, {})])  # while it is being found out
            self._instances[key] = self._find_instances(place)
        return self._instances[key]

    def _find_instances(self, place: Place) -> Instances:
        for_each, count = place.expression("for_each"), place.expression("count")
        if for_each is not None:
            return each_of(self.evaluated(for_each, {}))
        if count is not None:
            single = bool(_ONE_OR_NONE.search(source(count.syntax)))
            return counted(self.evaluated(count, {}), single=single)
        return Instances([(None, {})])


_TEXTS = frozenset({"json", "minified_json", "rendered", "content"})


class HclBlock:
    """A block of a file, for one instance of the resource it belongs to.

    ``assumed`` says that its being there rests on a variable's default, ``perhaps`` that nothing tells whether it is.
    """

    def __init__(
        self, module: Module, place: Place, names: Names, *, assumed: bool = False, perhaps: bool = False
    ) -> None:
        self._module = module
        self._place = place
        self._names = names
        self._assumed = assumed or perhaps
        self._perhaps = perhaps

    def get(self, name: str) -> Evaluated:
        """The value of an attribute."""
        expression = self._place.expression(name)
        if expression is None:
            return ABSENT
        found = self._module.evaluated(expression, self._names)
        absent = self._module.setting.state.absent
        while absent:
            self._module.setting.note(f"`{absent.pop()[:200]}` is no file of the project", self.site(name))
        return Evaluated(found.data, found.assumed or self._assumed, self._perhaps)

    def blocks(self, name: str) -> Sequence[Block]:
        """The nested blocks of a type, those that are made dynamically too."""
        found: list[Block] = [
            HclBlock(self._module, place, self._names, assumed=self._assumed, perhaps=self._perhaps)
            for place in self._place.inner(name)
        ]
        for place in self._place.inner(f"dynamic.{name}"):
            found += self._dynamic(name, place)
        return found

    def _dynamic(self, name: str, place: Place) -> Iterator[Block]:
        content = place.inner("content")
        for_each = place.expression("for_each")
        if not content or for_each is None:
            return
        iterator = place.expression("iterator")
        named = source(iterator.syntax) if iterator is not None else name
        given = self._module.evaluated(for_each, self._names)
        assumed, perhaps = self._assumed or given.assumed, self._perhaps
        entries = entries_of(given.data)
        if entries is None or len(entries) > MOST_INSTANCES:
            entries, perhaps = [(NOTHING_KNOWN, opaque(given.data))], True
        for key, value in entries:
            names = {**self._names, named: {"key": key, "value": value}}
            yield HclBlock(self._module, content[0], names, assumed=assumed, perhaps=perhaps)

    def site(self, name: str = "") -> Site:
        """The place of an attribute that is set, else of the block."""
        if self._module.stand_in is not None:
            return self._module.stand_in
        if name and self._place.expression(name) is not None:
            return self._place.site_of(name)
        return self._place.site
