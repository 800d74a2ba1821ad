"""serverless-step-functions: state machines, their tasks and their events.

Source: https://github.com/serverless-operations/serverless-step-functions
"""

from __future__ import annotations

from archlint.importers.infrastructure import Local
from archlint.importers.infrastructure.symbols import parsed
from archlint.importers.infrastructure.workflows import connect_workflow
from archlint.importers.serverless import naming
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.ends import symbol_of
from archlint.importers.serverless.events.reading import read_events
from archlint.importers.serverless.events.trigger import Making
from archlint.importers.serverless.placed import Placed, truth
from archlint.model import UNKNOWN, Site, Value

_WORKFLOWS = frozenset({"standard", "express"})


def read_machines(making: Making) -> None:
    """Add the state machines to the stack, with their events."""
    building = making.building
    section = building.section("stepFunctions", "stateMachines")
    machines: list[tuple[str, Placed, Site]] = []
    for part in section.items if section is not None else []:
        machines += [(key, settings, part.key_site(key)) for key, settings in part.fields.items()]
    for key, settings, site in machines:
        id_ = _declare(building, key, settings, site)
        definition = settings.get("definition")
        if definition is not None:
            symbol = parsed(symbol_of(definition), building.variables.limits)
            inside = isinstance(definition.value, dict)
            connect_workflow(building.stack, Local(id_), symbol, definition.site, inside=inside)
        events = settings.get("events")
        read_events(making, [] if events is None else events.items, Local(id_), key)


def _declare(building: Building, key: str, settings: Placed, site: Site) -> str:
    given, name = settings.get("id"), settings.get("name")
    id_ = naming.machine_id(key, given.text if given is not None else None)
    building.stack.aliases[id_] = Local(key)
    kind = settings.get("type")
    word = (kind.text or "").lower() if kind is not None else None
    properties: dict[str, Value] = {
        "workflow": word if word is None or word in _WORKFLOWS else UNKNOWN,
        "tracing": truth(settings.at("tracingConfig", "enabled")),
    }
    building.stack.add(key, "step_functions", site, properties, name=name.text or "" if name is not None else "")
    return key
