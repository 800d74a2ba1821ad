"""What formats without icons say of a component, and the families that give it a colour and a shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archlint.diff import Status
from archlint.draw.look import LIGHT
from archlint.draw.scene import Arrow, Line, Node
from archlint.draw.sheet import Sheet
from archlint.draw.signs import SIGNS, colour_of, signed, statuses_of
from archlint.draw.sizes import label_lines
from archlint.draw.wording import clean, details
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import vocabulary

COLOURS: Mapping[str, str] = {
    "general": "#5f6b7a",
    "compute": "#ed7100",
    "integration": "#e7157b",
    "database": "#c925d1",
    "storage": "#7aa116",
    "network": "#8c4fff",
    "analytics": "#8c4fff",
    "security": "#dd344c",
    "management": "#e7157b",
    "engagement": "#dd344c",
    "ml": "#01a88d",
    "iot": "#7aa116",
}
"""The colours of AWS's architecture icons, by the family of an icon."""

STATUS_COLOURS: Mapping[Status, str] = {status: colour_of(status, LIGHT) for status in SIGNS}
"""The colours of what became of parts between two versions."""

LEGEND: Mapping[Line, str] = {
    Line.SYNC: "synchronous: waits for the answer",
    Line.ASYNC: "asynchronous: does not wait",
    Line.ERROR: "failures",
    Line.WATCH: "watches",
}

_SHAPES = (("actor", "actor"), ("queue", "queue"), ("store", "store"), ("channel", "channel"))
"""Groups of types with a shape of their own, the first that fits."""


class Card(NamedTuple):
    """A component in words: its name, then its type, what matters and what is different; ``shape`` may be empty."""

    node: Node
    name: str
    about: str
    family: str
    shape: str

    @property
    def signed_name(self) -> str:
        """The name, after the sign of what became of the component."""
        return signed(self.node.change, self.name)

    @property
    def look(self) -> str:
        """The family, or what became of the component: each has a colour."""
        return self.node.change.status.value if self.node.change else self.family


def cards(sheet: Sheet) -> Iterator[Card]:
    """A card for each node, in order."""
    words = vocabulary()
    for node in sheet.scene.nodes:
        family = node.icon.partition(".")[0]
        family = family if family in COLOURS else "general"
        component = node.component
        if component is None:
            about = " ".join((*node.detail, *_different(node)))
            yield Card(node, " ".join(node.name), about, family, "")
            continue
        title = words.types[component.type].title
        about = ", ".join(
            dict.fromkeys((title, *(node.detail if node.change else details(component)), *_different(node)))
        )
        shape = next((shape for group, shape in _SHAPES if component.type in words.members(group)), "")
        yield Card(node, clean(component.label) or component.name, about, family, shape)


def _different(node: Node) -> tuple[str, ...]:
    return (node.change.text,) if node.change and node.change.text else ()


def arrow_label(arrow: Arrow) -> tuple[str, ...]:
    """The lines beside an arrow, the first after the sign of what became of it."""
    lines = label_lines(arrow)
    return (signed(arrow.change, lines[0] if lines else ""), *lines[1:]) if arrow.change else lines


def signs_of(sheet: Sheet) -> list[str]:
    """The signs of changes to explain, each with its meaning."""
    if not sheet.look.legend:
        return []
    return [f"{SIGNS[status]} {status.value}" for status in statuses_of(sheet.scene)]


def legend_of(sheet: Sheet) -> list[Line]:
    """The kinds of arrows to explain: those that occur, if a legend is wanted."""
    if not sheet.look.legend:
        return []
    return [line for line in Line if any(arrow.line is line for arrow in sheet.scene.arrows)]


def handles(names: Mapping[str, str], reserved: frozenset[str] = frozenset()) -> dict[str, str]:
    """For each key a readable name made of a text's letters, digits and ``_``; no two are alike in any case."""
    taken = set(reserved)
    found = {}
    for key, text in names.items():
        plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in text) or "_"
        handle, number = plain, 1
        while handle.lower() in taken:
            number += 1
            handle = f"{plain}_{number}"
        taken.add(handle.lower())
        found[key] = handle
    return found
