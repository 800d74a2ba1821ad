"""Step Functions: state machines of CloudFormation and of SAM, and their aliases."""

from __future__ import annotations

from collections.abc import Callable

from archlint.importers.cloudformation.included import read_included
from archlint.importers.cloudformation.item import Item, Reader, boolean
from archlint.importers.cloudformation.readers.iam import run_as, sam_policies
from archlint.importers.cloudformation.sam_events import connect_events, declare_events
from archlint.importers.infrastructure.permissions import Principal
from archlint.importers.infrastructure.symbols import (
    Either,
    Hole,
    Reference,
    Symbol,
    filled,
    items,
    mapping,
    options,
    parsed,
    parts_of,
    text_of,
    word,
)
from archlint.importers.infrastructure.workflows import connect_workflow, is_definition, longest_wait
from archlint.model import UNKNOWN, Route, Site, Value


def _machine(item: Item) -> None:
    kind = item.get("StateMachineType") if not _is_sam(item) else item.get("Type")
    tracing = boolean(
        item.get("TracingConfiguration", "Enabled") if not _is_sam(item) else item.get("Tracing", "Enabled")
    )
    properties: dict[str, Value] = {
        "workflow": None if kind is None else word(kind).lower() or UNKNOWN,
        "tracing": tracing,
    }
    name = item.get("Name") if _is_sam(item) else item.get("StateMachineName")
    item.add("step_functions", properties, name)
    run_as(item, item.get("Role") if _is_sam(item) else item.get("RoleArn"))
    if _is_sam(item):
        declare_events(item)


def _is_sam(item: Item) -> bool:
    return item.type.startswith("AWS::Serverless::")


def _wires(item: Item) -> None:
    definition, site, inside = _definition(item)
    if _is_sam(item):
        if item.get("Role") is None or isinstance(item.get("Role"), Either):  # SAM takes no policies beside a role
            item.build.permissions.allow(Principal(item.end), sam_policies(item, item.get("Policies")))
        connect_events(item)
    if not is_definition(definition):
        return
    item.stack.set(item.end, "expected_duration", longest_wait(definition))
    if connect_workflow(item.stack, item.end, definition, site, inside=inside):
        item.build.permissions.settle(item.end)


def _definition(item: Item) -> tuple[Symbol, Site, bool]:
    """The definition as data, where it stands, and whether routes lead on inside it."""
    given = mapping(item.get("DefinitionSubstitutions"))

    def give(name: str) -> Symbol:
        return given.get(name, Hole(name))

    for key in ("Definition", "DefinitionBody"):
        for value, _ in options(item.get(key)):
            if isinstance(value, dict):
                return _substituted(value, give), item.site(key), True
    for value, _ in options(item.get("DefinitionString")):
        data = parsed(value, item.build.context.limits)
        if data is UNKNOWN and parts_of(value):
            item.note("this definition is no JSON that can be read", "DefinitionString")
        return _substituted(data, give), item.site("DefinitionString"), False
    for key in ("DefinitionUri", "DefinitionS3Location"):
        value = item.get(key)
        if isinstance(value, str):
            included = read_included(item, value, key)
            if included is not None:
                return filled(included.data, give), Site(included.path, _NO_ROUTE), True
    return None, item.site(), False


_NO_ROUTE: Route = ()


def _substituted(symbol: Symbol, give: Callable[[str], Symbol]) -> Symbol:
    """The ``${Name}`` that are left in the texts of data with symbols in it."""
    if isinstance(symbol, dict):
        return {key: _substituted(value, give) for key, value in symbol.items()}
    if isinstance(symbol, list):
        return [_substituted(value, give) for value in symbol]
    if isinstance(symbol, str):
        return filled(symbol, give) if "${" in symbol else symbol
    if parts_of(symbol) and not isinstance(symbol, Reference | Hole):
        pieces: list[Symbol] = [
            _substituted(part, give) if isinstance(part, str) else part for part in parts_of(symbol)
        ]
        return text_of(pieces)
    return symbol


def _stands_for_machine(item: Item) -> None:
    """A version or an alias stands for its machine."""
    versions = item.get("RoutingConfiguration")
    value: Symbol = item.get("StateMachineArn")
    if value is None:
        for entry, _ in items(versions):
            value = mapping(entry).get("StateMachineVersionArn")
    if value is None:
        value = item.get("DeploymentPreference", "StateMachineVersionArn")
    for machine in item.ends(value, "step_functions"):
        item.stack.aliases[item.id] = machine.end


READERS = {
    "AWS::StepFunctions::StateMachine": Reader(_machine, _wires),
    "AWS::Serverless::StateMachine": Reader(_machine, _wires),
    "AWS::StepFunctions::StateMachineVersion": Reader(_stands_for_machine),
    "AWS::StepFunctions::StateMachineAlias": Reader(_stands_for_machine),
}
