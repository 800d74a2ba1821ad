"""serverless-step-functions: state machines, their tasks and their events.

Source: https://github.com/serverless-operations/serverless-step-functions
"""

from __future__ import annotations

from archlint.importers.infrastructure import Local
from archlint.importers.infrastructure.symbols import parsed
from archlint.importers.infrastructure.workflows import connect_workflow
from archlint.importers.serverless import naming
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.events.reading import read_events
from archlint.importers.serverless.events.trigger import Making
from archlint.importers.serverless.placed import Placed, truth
from archlint.model import UNKNOWN, Site, Value
from archlint.model.tuples import NamedTuple

_WORKFLOWS = frozenset({"standard", "express"})


class Machine(NamedTuple):
    """A state machine: its key and its settings."""

    key: str
    settings: Placed


def declare_machines(building: Building) -> list[Machine]:
    """Add the state machines to the stack."""
    section = building.section("stepFunctions", "stateMachines")
    machines: list[Machine] = []
    for part in section.items if section is not None else []:
        for key, settings in part.fields.items():
            _declare(building, key, settings, part.key_site(key))
            machines.append(Machine(key, settings))
    return machines


def read_machine(making: Making, machine: Machine) -> None:
    """Connect a state machine with its tasks and with what starts it."""
    building, end = making.building, Local(machine.key)
    definition = machine.settings.get("definition")
    if definition is not None:
        symbol = parsed(building.symbol(definition), building.variables.limits)
        if symbol is UNKNOWN and definition.text:
            building.note("this definition is no JSON or YAML that can be read", definition.site)
        inside = isinstance(definition.value, dict)
        connect_workflow(building.stack, end, symbol, definition.site, inside=inside)
    events = machine.settings.get("events")
    read_events(making, [] if events is None else events.items, end, machine.key)


def _declare(building: Building, key: str, settings: Placed, site: Site) -> None:
    given, name = settings.get("id"), settings.get("name")
    written = given if given is not None else name
    id_ = naming.machine_id(key, building.name(written.text or "") if written is not None else None)
    building.alias(id_, key)
    kind = settings.get("type")
    word = (kind.text or "").lower() if kind is not None else None
    properties: dict[str, Value] = {
        "workflow": word if word is None or word in _WORKFLOWS else UNKNOWN,
        "tracing": truth(settings.at("tracingConfig", "enabled")),
    }
    building.stack.add(
        key, "step_functions", site, properties, name=building.name(name.text or "") if name is not None else ""
    )
