"""The words on a picture: what is said under a component and beside a connection."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from archlint.model import Component, Connection, Style, Value, is_unknown
from archlint.vocabulary import show_duration, vocabulary

_LONGEST = 400
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]+"
)
"""Control characters, and those that turn the direction of the text around them."""


def clean(text: str) -> str:
    """Text without control characters, cut to a length that a picture can hold."""
    plain = _UNSEEN.sub(" ", text[: _LONGEST * 2]).strip()
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


_DETAILS = (
    ("reserved_concurrency", "concurrency {}"),
    ("visibility_timeout", "visibility {}"),
    ("ttl", "TTL {}"),
    ("max_connections", "{} connections"),
    ("rate", "every {}"),
    ("cron", "{}"),
    ("fifo", "FIFO"),
    ("planned", "planned"),
)
_DURATIONS = frozenset({"visibility_timeout", "ttl", "rate"})


def details(component: Component, unsaid: Collection[str] = ()) -> Iterator[str]:
    """What matters about a component at a glance; its type where the icon alone does not say it."""
    if component.type in _unspoken():
        yield vocabulary().types[component.type].title
    properties = component.properties
    for name, text in _DETAILS:
        value = properties.get(name)
        if name not in unsaid and value is not None and not is_unknown(value) and value is not False:
            yield text.format(_shown(name, value)) if "{}" in text else text


@cache
def _unspoken() -> frozenset[str]:
    """The types that have the icon of another type before them."""
    first: dict[str, str] = {}
    for name, type_ in vocabulary().types.items():
        first.setdefault(type_.icon, name)
    named = set(first.values())
    return frozenset(name for name, type_ in vocabulary().types.items() if type_.icon and name not in named)


def _shown(name: str, value: Value) -> str:
    if name in _DURATIONS and isinstance(value, int | float):
        return show_duration(value)
    return clean(str(value))


def label_of(edge: Connection, unsaid: Collection[str] = ()) -> str:
    """What to say beside an arrow: the user's label, else the route, an unusual action or a number that matters."""
    properties = {name: value for name, value in edge.properties.items() if name not in unsaid}
    for name in ("label", "route", "event"):
        value = properties.get(name)
        if isinstance(value, str):
            return clean(value)
    if edge.style is Style.ERROR:
        receives = properties.get("max_receives")
        return f"after {receives} receives" if isinstance(receives, int) else ""
    batch, instances = properties.get("batch_size"), properties.get("instances")
    if isinstance(batch, int):
        return f"batch {batch}"
    if instances is not None and not is_unknown(instances):
        return f"\u00d7 {clean(str(instances))}"
    assumed = vocabulary().assumed_action(edge.source.type, edge.target.type, edge.style)
    return "" if edge.action in (assumed, "invoke") or "action" in unsaid else edge.action.replace("_", " ")
