"""Where each component is written, and by which name: its own where the format has such names, else the nearest one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from archlint.model import Architecture, Component
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import is_component_name, is_service_name, vocabulary

_LONGEST = 255
_ODD = re.compile(r"[^A-Za-z0-9_-]+")
_OUTSIDE = ("actor", "external_system")


class Place(NamedTuple):
    """A component's service in the file (None is the top level) and its name there."""

    service: str | None
    name: str

    @property
    def id(self) -> str:
        """The full id that the description gives it."""
        return self.name if self.service is None else f"{self.service}.{self.name}"


class Naming(NamedTuple):
    """``one_service`` is set where the file is one service and says `service` instead of `services`."""

    one_service: str | None
    services: Mapping[str, str]
    places: Mapping[Component, Place]

    def is_renamed(self, component: Component) -> bool:
        """Whether the description cannot have the component's own id."""
        return self.places[component].id != component.id


def name_all(architecture: Architecture) -> Naming:
    """Names for every service and component of an architecture."""
    if _is_one_service(architecture):
        members: Sequence[Component] = architecture.components
        named = zip(members, _member_names(members, None), strict=True)
        return Naming(next(iter(architecture.services), ""), {}, {one: Place(None, name) for one, name in named})
    services = dict(zip(architecture.services, _distinct(architecture.services, "service"), strict=True))
    for name in dict.fromkeys(component.service for component in architecture.components):
        if name is not None and name not in services:
            services[name] = _free(_identifier(name, "service"), set(services.values()))
    places = {}
    for service in (None, *services):
        members = architecture.by_service.get(service, ())
        key = services[service] if service is not None else None
        for component, name in zip(members, _member_names(members, service), strict=True):
            places[component] = Place(key, name)
    return Naming(None, services, places)


def _is_one_service(architecture: Architecture) -> bool:
    """Whether a file without `services` says the same: in the service stands what such a file puts there."""
    if len(architecture.services) > 1:
        return False
    name = next(iter(architecture.services), None)
    if name is not None and (not _is_service(name) or not any(c.service == name for c in architecture.components)):
        return False
    outside = frozenset().union(*(vocabulary().members(group) for group in _OUTSIDE))
    for component in architecture.components:
        elsewhere = component.type in outside or component.properties.get("external") is True
        if component.service != (None if elsewhere else name) or _own(component, name) != component.id:
            return False
        if name is None and not elsewhere:
            return False  # a file without `services` would make a service for it
    return True


def _member_names(members: Sequence[Component], service: str | None) -> list[str]:
    """A name for each component of one service: its own, else the last part of an address, else one with its type."""
    own = [_own(component, service) for component in members]
    wanted = [name if _is_component(name) else _last_part(name) for name in own]
    often = Counter(wanted)
    taken = {name for name in own if _is_component(name)}
    names = []
    for component, name, short in zip(members, own, wanted, strict=True):
        if _is_component(name):
            names.append(name)
            continue
        base = short if often[short] == 1 and short not in taken else f"{short}-{component.type}"
        found = _free(_identifier(base, component.type), taken)
        taken.add(found)
        names.append(found)
    return names


def _is_service(name: str) -> bool:
    return len(name) <= _LONGEST and is_service_name(name)


def _is_component(name: str) -> bool:
    return len(name) <= _LONGEST and is_component_name(name)


def _own(component: Component, service: str | None) -> str:
    return component.id if service is None else component.id.removeprefix(f"{service}.")


def _last_part(address: str) -> str:
    """The name in an address such as ``module.a.aws_sqs_queue.inbox["x"]``: ``inbox-x``."""
    base, bracket, index = address.partition("[")
    return _ODD.sub("-", base.rpartition(".")[2] + bracket + index).strip("-")


def _identifier(name: str, kind: str) -> str:
    base = _ODD.sub("-", name).strip("-")[:200]
    return base if base[:1].isalpha() else f"{kind}-{base}".rstrip("-")


def _distinct(names: Iterable[str], kind: str) -> list[str]:
    listed = list(names)
    taken = {name for name in listed if _is_service(name)}
    found = []
    for name in listed:
        if not _is_service(name):
            name = _free(_identifier(name, kind), taken)  # noqa: PLW2901  the name that is written
            taken.add(name)
        found.append(name)
    return found


def _free(base: str, taken: set[str]) -> str:
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name
