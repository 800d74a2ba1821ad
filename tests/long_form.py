"""Architectures written out in long form, in which every part stands by itself and can be taken away or moved."""

from __future__ import annotations

import yaml

from archlint.model import Architecture


def plain(value):
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if hasattr(value, "items"):
        return {key: plain(item) for key, item in value.items()}
    return value


def as_data(architecture: Architecture) -> dict:
    """An architecture as a description in long form, in which every part stands by itself."""
    services = {
        name: {**plain(service.properties), "patterns": list(service.patterns), "components": {}}
        for name, service in architecture.services.items()
    }
    outside: dict = {}

    def full(component):
        scoped = component.service is None or component.id.startswith(f"{component.service}.")
        return component.id if scoped else f"{component.service}.{component.id}"

    for component in architecture.components:
        home = outside if component.service is None else services[component.service]["components"]
        home[component.name] = {"type": component.type, **plain(component.properties)}
    connections = [
        {
            "from": full(edge.source),
            "to": full(edge.target),
            "style": edge.style.value,
            "action": edge.action,
            **plain(edge.properties),
        }
        for edge in architecture.connections
    ]
    return {
        "archlint": 1,
        "name": architecture.name,
        "services": services,
        "components": outside,
        "connections": connections,
    }


def as_text(data: dict) -> str:
    """The description as YAML."""
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
