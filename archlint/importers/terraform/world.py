"""Everything that one root module declares, and the stack that it is translated into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, cast

from archlint.importers.infrastructure import End, Exported, Local, Named, Stack, Stored
from archlint.importers.infrastructure.arns import bare_name, named_by_arn
from archlint.importers.terraform.blocks import Block, Declared
from archlint.importers.terraform.kinds import FOLLOWED, NAMES, TYPES
from archlint.importers.terraform.values import NOTHING_KNOWN, Data, Evaluated, Json, Opaque, Ref, Text, refs_in
from archlint.model import Confidence, Site, Style, Value
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import vocabulary

_HOPS = 6
_ANY: frozenset[str] = frozenset()
T = TypeVar("T")
_UNKNOWN_PART = "\0"


class Target(NamedTuple):
    """An end of a connection, how sure it is, and its type where that is known."""

    end: End
    confidence: Confidence
    type: str = ""


class World:
    """What is declared, by address, and the stack in the making."""

    def __init__(self, declared: Mapping[str, Declared], stack: Stack) -> None:
        self.declared = declared
        self.stack = stack
        self._groups = vocabulary().groups
        self._made: dict[str, object] = {}
        self._given: dict[str, dict[str, Value]] = defaultdict(dict)
        self._supposed: list[tuple[list[Target], list[Target], Style, Site]] = []

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What is made of everything declared, made once: an index instead of a walk for each resource."""
        if key not in self._made:
            self._made[key] = make()
        return cast("T", self._made[key])

    def belonging(self, kind: str, attribute: str, end: End, *types: str) -> Sequence[tuple[Declared, Block]]:
        """The blocks of a kind whose attribute leads to an end."""

        def index() -> dict[End, list[tuple[Declared, Block]]]:
            found: dict[End, list[tuple[Declared, Block]]] = defaultdict(list)
            for item, block in self.of_kind(kind):
                for target in self.targets(block.get(attribute), *types):
                    found[target.end].append((item, block))
            return found

        return self.once(f"{kind}.{attribute}", index).get(end, ())

    def of_kind(self, *kinds: str) -> Iterator[tuple[Declared, Block]]:
        """The blocks of the resources of some kinds, data sources left out."""
        for item in self.declared.values():
            if item.kind in kinds and not is_data(item.address):
                for block in item.blocks:
                    yield item, block

    # --- ends -------------------------------------------------------------------------------------------------------

    def targets(self, value: Evaluated, *expected: str) -> list[Target]:
        """What a value leads to: components of this stack, and others by their names.

        ``expected`` are the types or groups that it may be; a bare name means a component where that is one type.
        """
        types = frozenset[str]().union(*(self._groups[name] for name in expected)) if expected else _ANY
        bare = expected[0] if len(expected) == 1 and expected[0] in TYPES_BY_NAME else ""
        confidence = Confidence.LIKELY if value.assumed else Confidence.CERTAIN
        found: dict[End, Target] = {}
        for target in self._resolve(value.data, types, bare, confidence):
            earlier = found.get(target.end)
            if earlier is None or earlier.confidence < target.confidence:
                found[target.end] = target
        return list(found.values())

    def _resolve(self, data: Data, types: frozenset[str], bare: str, sure: Confidence) -> Iterator[Target]:
        match data:
            case Ref():
                yield from self._reference(data, types, bare, sure)
            case str():
                yield from _by_text(data, types, bare, sure)
            case Text():
                yield from self._text(data, types, sure)
            case Opaque():
                yield from self._perhaps(data.refs, types, min(sure, Confidence.LIKELY))
            case Json():
                yield from self._perhaps(refs_in(data.data), types, min(sure, Confidence.LIKELY))
            case list():
                for item in data:
                    yield from self._resolve(item, types, bare, sure)

    def _perhaps(self, refs: tuple[Ref, ...], types: frozenset[str], sure: Confidence) -> Iterator[Target]:
        """What an unknown value may lead to; variables without a value only where nothing else is named."""
        declared = [ref for ref in refs if ref.address in self.declared]
        for ref in declared or refs:
            yield from self._reference(ref, types, "", sure)

    def _text(self, text: Text, types: frozenset[str], sure: Confidence) -> Iterator[Target]:
        """A text around a component's attribute means that component; else it may read as an ARN."""
        inside = [target for ref in refs_in(text) for target in self._reference(ref, types, "", sure)]
        local = [target for target in inside if isinstance(target.end, Local)]
        if local:
            yield from local
            return
        whole = "".join(part if isinstance(part, str) else _UNKNOWN_PART for part in text.parts)
        named = list(_by_text(whole, types, "", sure))
        yield from named or inside

    def _reference(self, ref: Ref, types: frozenset[str], bare: str, sure: Confidence) -> Iterator[Target]:
        seen = 0
        waiting: list[tuple[Data, Confidence]] = [(ref, sure)]
        while waiting and seen < _HOPS:
            seen += 1
            data, confidence = waiting.pop(0)
            if not isinstance(data, Ref):
                yield from self._resolve(data, types, bare, confidence)
                continue
            component = self.stack.resources.get(data.address)
            if component is not None:
                if not types or component.type in types:
                    yield Target(Local(data.address), confidence, component.type)
                continue
            item = self.declared.get(data.address)
            if item is None or is_data(data.address):
                yield from self._elsewhere(data, item, types, bare, confidence)
            elif item.kind in FOLLOWED:
                for block in item.blocks:
                    given = block.get(FOLLOWED[item.kind])
                    waiting.append((given.data, min(confidence, Confidence.LIKELY) if given.assumed else confidence))

    def _elsewhere(
        self, ref: Ref, item: Declared | None, types: frozenset[str], bare: str, sure: Confidence
    ) -> Iterator[Target]:
        """What is not declared here: a data source, a variable without a value, a module that is not at hand."""
        head = ref.address.rpartition("module.")[2].partition(".")[0] if ref.address.startswith("module.") else ""
        if item is not None:
            yield from self._looked_up(item, ref, types, bare, sure)
        elif ref.address.startswith("var.") or (head and "." not in ref.address.removeprefix(f"module.{head}")):
            type_ = _told_by_name(ref, types) or (bare if len(types) == 1 else "")
            if type_:
                yield Target(Exported(".".join((ref.address, *ref.path)), type_), sure, type_)

    def _looked_up(
        self, item: Declared, ref: Ref, types: frozenset[str], bare: str, sure: Confidence
    ) -> Iterator[Target]:
        expected = bare or _told_by_name(ref, types) or "other"
        if item.kind == "aws_ssm_parameter":
            name = item.block.get("name").data
            if isinstance(name, str):
                yield Target(Stored(name, expected), sure, expected)
        elif item.kind == "terraform_remote_state":
            key = state_key(item.block)
            if key and len(ref.path) > 1 and ref.path[0] == "outputs":
                yield Target(Exported(f"{key}:{ref.path[1]}", expected), sure, expected)
        elif (type_ := TYPES.get(item.kind)) is not None and (not types or type_ in types):
            name = physical_name(item.kind, item.block)
            yield Target(Named(type_, name or item.name), sure, type_)

    # --- connections ------------------------------------------------------------------------------------------------

    def wire(  # noqa: PLR0913  what a connection is made of
        self,
        sources: Iterable[Target],
        targets: Iterable[Target],
        style: Style,
        site: Site,
        *,
        action: str = "",
        properties: Mapping[str, Value] | None = None,
        assumed: bool = False,
    ) -> None:
        """Connect every source with every target."""
        listed = list(targets)
        for source in sources:
            for target in listed:
                confidence = min(source.confidence, target.confidence)
                if assumed:
                    confidence = min(confidence, Confidence.LIKELY)
                self.stack.connect(
                    source.end, target.end, style, site, action=action, properties=properties, confidence=confidence
                )

    def suppose(self, sources: list[Target], targets: list[Target], style: Style, site: Site) -> None:
        """Connect what a permission allows, at the end, and only where nothing surer connects it."""
        self._supposed.append((sources, targets, style, site))

    def finish(self) -> None:
        """Make the connections that are only supposed, where the same two ends have none."""
        known = {(wire.source, wire.target) for wire in self.stack.wires if wire.confidence is not Confidence.GUESS}
        for sources, targets, style, site in self._supposed:
            for source in sources:
                missing = [target for target in targets if (source.end, target.end) not in known]
                self.wire([source], missing, style, site, assumed=True)

    # --- components -------------------------------------------------------------------------------------------------

    def set_properties(self, targets: Iterable[Target], properties: Mapping[str, Value]) -> None:
        """Give components of this stack further properties."""
        given = {name: value for name, value in properties.items() if value is not None}
        for target in targets:
            if isinstance(target.end, Local) and target.end.id in self.stack.resources:
                resource = self.stack.resources[target.end.id]
                self.stack.resources[target.end.id] = resource._replace(properties={**resource.properties, **given})
                self._given[target.end.id].update(given)

    def taken(self) -> Mapping[str, Mapping[str, Value]]:
        """The further properties that components were given since this was last asked."""
        given, self._given = self._given, defaultdict(dict)
        return given

    @staticmethod
    def outside(type_: str, name: str) -> Target:
        """Something of a name that is not declared, such as the host of a URL."""
        return Target(Named(type_, name), Confidence.CERTAIN, type_)

    @classmethod
    def default_bus(cls) -> Target:
        """The account's default event bus."""
        return cls.outside("eventbridge_bus", "default")

    def written(self, value: Evaluated) -> Data:
        """A value, or what the attribute of another resource that it refers to is set to."""
        data = value.data
        for _ in range(_HOPS):
            item = self.declared.get(data.address) if isinstance(data, Ref) else None
            if not isinstance(data, Ref) or item is None or len(data.path) != 1:
                return data
            found = [block.get(data.path[0]).data for block in item.blocks]
            if any(value != found[0] for value in found):
                return NOTHING_KNOWN
            if found[0] is None:
                return data
            data = found[0]
        return data

    def itself(self, item: Declared) -> list[Target]:
        """A component as an end."""
        component = self.stack.resources.get(item.address)
        return [Target(Local(item.address), Confidence.CERTAIN, component.type)] if component is not None else []


TYPES_BY_NAME = frozenset(vocabulary().types)


def is_data(address: str) -> bool:
    """Whether an address is a data source's."""
    return address.startswith("data.") or ".data." in address


def physical_name(kind: str, block: Block) -> str:
    """The name in AWS, where it is written down."""
    for attribute in NAMES.get(kind, ("name",)):
        name = block.get(attribute).data
        if isinstance(name, str) and name:
            return name
    return ""


def state_key(block: Block) -> str:
    """What tells a remote state from others: the key, path or workspace of its backend."""
    config = block.get("config").data
    if not isinstance(config, dict):
        return ""
    workspaces = config.get("workspaces")
    named = workspaces.get("name") if isinstance(workspaces, dict) else None
    for value in (config.get("key"), config.get("path"), named):
        if isinstance(value, str) and value:
            return value
    return ""


_WORDS = (
    ("state_machine", "step_functions"),
    ("topic", "sns"),
    ("sns", "sns"),
    ("queue", "sqs"),
    ("sqs", "sqs"),
    ("dlq", "sqs"),
    ("lambda", "lambda"),
    ("function", "lambda"),
    ("bucket", "s3"),
    ("firehose", "firehose"),
    ("table", "dynamodb"),
    ("dynamo", "dynamodb"),
    ("kinesis", "kinesis"),
    ("bus", "eventbridge_bus"),
)


def _told_by_name(ref: Ref, types: frozenset[str]) -> str:
    """The type that the name of a variable or of a module's output tells, last words first."""
    for name in reversed((*ref.address.split("."), *ref.path)):
        for word, type_ in _WORDS:
            if word in name.lower() and type_ in types:
                return type_
    return next(iter(types)) if len(types) == 1 else ""


def _by_text(text: str, types: frozenset[str], bare: str, sure: Confidence) -> Iterator[Target]:
    named = named_by_arn(text)
    if named is not None:
        if _UNKNOWN_PART not in named.name and (not types or named.type in types):
            yield Target(named, sure, named.type)
    elif (name := bare_name(bare, text)) and bare and not any(part in name for part in (_UNKNOWN_PART, ":", "/", "*")):
        yield Target(Named(bare, name), sure, bare)
