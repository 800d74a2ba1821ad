"""Schedules: of the schedule event, and of an eventBridge event with one."""

from __future__ import annotations

import re

from archlint.importers.infrastructure import Local
from archlint.importers.serverless import naming
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.events.trigger import Making, Readers, Trigger
from archlint.importers.serverless.placed import Placed
from archlint.model import UNKNOWN, Style, Value

_RATE = re.compile(r"rate\(\s*(?P<count>[0-9]{1,6})\s+(?P<unit>minute|hour|day)s?\s*\)\Z")
_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}


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
    properties = when(written)
    end = building.implied(id_, "schedule", trigger.site, properties, name=name.text or "" if name is not None else "")
    building.connect(end, trigger.target, Style.ASYNC, trigger.site)
    return end


def when(written: Placed) -> dict[str, Value]:
    """``rate(5 minutes)`` as seconds, ``cron(…)`` as its expression."""
    text = (written.text or "").strip()
    if (rate := _RATE.match(text)) is not None:
        return {"rate": int(rate["count"]) * _SECONDS[rate["unit"]]}
    if text.startswith("cron("):
        return {"cron": text[len("cron(") :].rstrip(")")}
    return {} if text.startswith("at(") else {"rate": UNKNOWN}


READERS: Readers = {"schedule": _schedule}
