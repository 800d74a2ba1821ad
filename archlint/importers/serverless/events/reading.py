"""Every event of a function or state machine, each by the reader of its kind."""

from __future__ import annotations

from collections import Counter

from archlint.importers.infrastructure import Local
from archlint.importers.serverless.events import apis, polled, pushed, timed
from archlint.importers.serverless.events.trigger import Making, Readers, Trigger
from archlint.importers.serverless.placed import Placed
from archlint.vocabulary import nearest

READERS: Readers = {**apis.READERS, **polled.READERS, **pushed.READERS, **timed.READERS}


def read_events(making: Making, entries: list[Placed], target: Local, owner: str) -> None:
    """Read the event entries of one function or state machine; an unknown kind is noted."""
    counted: Counter[str] = Counter()
    for entry in entries:
        pairs = entry.fields or ({entry.value: Placed(None, entry.site)} if isinstance(entry.value, str) else {})
        if not pairs and entry.value is not None:
            making.building.note("this event cannot be read", entry.site)
        for kind, body in pairs.items():
            reader = READERS.get(kind)
            if reader is None:
                near = nearest(kind, READERS)
                hint = f" (did you mean `{near}`?)" if near else ""
                making.building.note(f"`{kind[:80]}` is no event that archlint knows{hint}", entry.site)
                continue
            counted[kind] += 1
            reader(making, Trigger(kind, body, target, owner, counted[kind], entry.site))
