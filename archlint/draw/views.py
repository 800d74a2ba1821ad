"""Which pictures an architecture is drawn as: one, a part of it, or an overview and one for each service."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archlint.draw.errors import DrawingError
from archlint.draw.overview import Unit, overview
from archlint.draw.scene import Part, Scene, make_scene
from archlint.draw.wording import clean
from archlint.model import Architecture, Component
from archlint.model.tuples import NamedTuple

MOST = 60
"""The most components of a picture that can be read."""
_PART = 40
"""The most components of a service in one of several pictures of it."""


class Choice(NamedTuple):
    """What to draw: a service with its neighbours, or what is around a component, up to ``depth`` connections away.

    ``everything`` draws all of it as one picture, however large. No service and no focus is the whole architecture.
    ``chiefly`` are the ids of the components that matter: where not all can be read in one picture they are drawn with
    their neighbours, else without them, and if they are too many themselves, only the services that have one of them.
    """

    service: str = ""
    focus: str = ""
    depth: int = 1
    everything: bool = False
    chiefly: frozenset[str] = frozenset()


class View(NamedTuple):
    """One picture of several; ``name`` tells it apart in the name of its file and is empty for the main one."""

    name: str
    scene: Scene


def views(architecture: Architecture, choice: Choice | None = None) -> list[View]:
    """The pictures, the main one first. The names of ``choice`` have to be known.

    Raises :class:`DrawingError` if there is nothing to draw, or more than can be read around the focus.
    """
    choice = choice or Choice()
    if not architecture.components:
        raise DrawingError("there is nothing to draw: the architecture has no components")
    if choice.focus:
        return [View("", _around_focus(architecture, choice))]
    if choice.service:
        return _of_service(architecture, choice)
    if choice.everything or len(architecture.components) <= MOST:
        return [View("", make_scene(architecture))]
    for depth in (1, 0) if choice.chiefly else ():
        shown = _reached(architecture, choice.chiefly, depth)
        if len(shown) <= MOST:
            return [View("", make_scene(architecture, Part(clean(architecture.name), shown, choice.chiefly)))]
    units = list(_units(architecture))
    names = _file_names([unit.name for unit in units])
    parts = [
        View(name, _unit_scene(architecture, unit, 1))
        for name, unit in zip(names, units, strict=True)
        if not choice.chiefly or choice.chiefly.intersection(unit.members)
    ]
    return [View("", overview(architecture, units)), *parts]


def _around_focus(architecture: Architecture, choice: Choice) -> Scene:
    shown = _reached(architecture, [choice.focus], choice.depth)
    if len(shown) > MOST and not choice.everything:
        message = (
            f"there are {len(shown)} components within {choice.depth} connections of `{choice.focus}`, more than can "
            "be read in one picture; use a smaller --depth, or --all to draw them anyway"
        )
        raise DrawingError(message)
    title = f"{clean(architecture.name)}: {choice.focus} and what is around it"
    return make_scene(architecture, Part(title, shown, shown))


def _of_service(architecture: Architecture, choice: Choice) -> list[View]:
    members = [component.id for component in architecture.by_service.get(choice.service, ())]
    if not members:
        raise DrawingError(f"there is nothing to draw: the service `{choice.service}` has no components")
    units = [Unit(choice.service, choice.service, tuple(members))]
    if not choice.everything:
        units = list(_split(architecture, choice.service))
    scenes = [_unit_scene(architecture, unit, choice.depth) for unit in units]
    names = ["", *_file_names([unit.name for unit in units])[1:]]
    return [View(name, scene) for name, scene in zip(names, scenes, strict=True)]


def _unit_scene(architecture: Architecture, unit: Unit, depth: int) -> Scene:
    shown = _reached(architecture, unit.members, depth)
    return make_scene(
        architecture, Part(f"{clean(architecture.name)}: {clean(unit.name)}", shown, frozenset(unit.members))
    )


def _reached(architecture: Architecture, start: Iterable[str], depth: int) -> frozenset[str]:
    """The ids that are at most so many connections away, either way."""
    found = set(start)
    rim = list(found)
    for _ in range(depth):
        rim = [near.id for name in rim for near in _neighbours(architecture, architecture.by_id[name])]
        rim = [name for name in dict.fromkeys(rim) if name not in found]
        if not rim:
            break
        found.update(rim)
    return frozenset(found)


def _neighbours(architecture: Architecture, component: Component) -> Iterator[Component]:
    for edge in architecture.outgoing(component):
        yield edge.target
    for edge in architecture.incoming(component):
        yield edge.source


def _units(architecture: Architecture) -> Iterator[Unit]:
    for name in architecture.services:
        yield from _split(architecture, name)


def _split(architecture: Architecture, service: str) -> Iterator[Unit]:
    """A service, in parts of components that are near each other if it is too large for one picture."""
    members = architecture.by_service.get(service, ())
    if len(members) <= MOST:
        if members:
            yield Unit(service, service, tuple(component.id for component in members))
        return
    count = -(-len(members) // _PART)
    size = -(-len(members) // count)
    order = _walk(architecture, members)
    for number in range(count):
        ids = set(order[number * size : (number + 1) * size])
        name = f"{service} ({number + 1} of {count})"
        yield Unit(name, service, tuple(component.id for component in members if component.id in ids))


def _walk(architecture: Architecture, members: Sequence[Component]) -> list[str]:
    """The members, each near those it is connected with."""
    own: Mapping[str, Component] = {component.id: component for component in members}
    order: dict[str, None] = {}
    for root in members:
        stack = [root]
        while stack:
            component = stack.pop()
            if component.id not in order:
                order[component.id] = None
                stack += [near for near in _neighbours(architecture, component) if near.id in own][::-1]
    return list(order)


def _file_names(names: Sequence[str]) -> list[str]:
    """Each name as a part of a file's name, no two the same on any file system."""
    taken: set[str] = set()
    found = []
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-")[:60] or "service"
        unique, number = plain, 1
        while unique.lower() in taken:
            number += 1
            unique = f"{plain}-{number}"
        taken.add(unique.lower())
        found.append(unique)
    return found
