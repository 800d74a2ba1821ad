"""Schedules: of the schedule event, and of an eventBridge event with one."""

from __future__ import annotations

from archlint.importers.infrastructure import Local
from archlint.importers.infrastructure.schedules import timing
from archlint.importers.serverless import naming
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.events.trigger import Making, Readers, Trigger
from archlint.importers.serverless.placed import Placed
from archlint.model import Style


def _schedule(making: Making, trigger: Trigger) -> None:
    written = trigger.short("rate")
    if written is None:
        return
    for place, item in enumerate(written.items):
        add_schedule(making.building, trigger, item, f"EventsRuleSchedule{'' if place == 0 else f'At{place}'}")


def add_schedule(building: Building, trigger: Trigger, written: Placed, suffix: str) -> Local:
    """Add a schedule that invokes the trigger's target."""
    name = trigger.get("name")
    id_ = f"{naming.normalized(trigger.owner)}{suffix}{trigger.number}"
    properties = timing(building.symbol(written))
    end = building.implied(id_, "schedule", trigger.site, properties, name=name.text or "" if name is not None else "")
    building.connect(end, trigger.target, Style.ASYNC, trigger.site)
    return end


READERS: Readers = {"schedule": _schedule}
