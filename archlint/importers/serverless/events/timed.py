"""Schedules: of the schedule event, and of an eventBridge event with one."""

from __future__ import annotations

from archlint.importers.infrastructure import Local
from archlint.importers.infrastructure.schedules import timing
from archlint.importers.serverless import naming
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.events.trigger import Making, Readers, Trigger
from archlint.importers.serverless.placed import Placed
from archlint.model import Style, Value


def _schedule(making: Making, trigger: Trigger) -> None:
    written = trigger.short("rate")
    if written is None:
        return
    for place, item in enumerate(written.items):
        suffix = "" if place == 0 else f"At{place}"
        add_schedule(making.building, trigger, item, f"EventsRuleSchedule{suffix}", legacy=_is_rule(trigger))


def _is_rule(trigger: Trigger) -> bool:
    """Whether a rule of the default bus ticks, as where nothing is said, and not EventBridge Scheduler.

    https://www.serverless.com/framework/docs/providers/aws/events/schedule
    """
    method = trigger.get("method")
    return method is None or method.text == "eventBus"


def add_schedule(building: Building, trigger: Trigger, written: Placed, suffix: str, *, legacy: bool) -> Local:
    """Add a schedule that invokes the trigger's target; ``legacy`` where a rule does it."""
    name = trigger.get("name")
    id_ = f"{naming.normalized(trigger.owner)}{suffix}{trigger.number}"
    properties = timing(building.symbol(written))
    end = building.implied(id_, "schedule", trigger.site, properties, name=name.text or "" if name is not None else "")
    told: dict[str, Value] = {"legacy": True if legacy else None}
    building.connect(end, trigger.target, Style.ASYNC, trigger.site, properties=told)
    return end


READERS: Readers = {"schedule": _schedule}
