"""What `suggest` costs beside `check` on an architecture in which every pattern of the catalog stands many times.

Run by hand: ``python tests/bench/bench_suggest.py [COMPONENTS SERVICES]``. Nothing here is a test.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from bench import seconds

from archlint.importers import read_text
from archlint.model import Architecture, Component, Service
from archlint.model.record import replace
from archlint.rulebook import load
from archlint.rulebook.examples import example_of
from archlint.writing import description_text

AT_MOST = 3


def every_pattern(components: int, services: int) -> Architecture:
    """The examples of the catalog, again and again, spread over so many services, until there are enough components."""
    entries = load().catalog.values()
    examples = [read_text(example_of(entry.file)).architecture for entry in entries]
    homes = [f"s{number}" for number in range(services)]
    found: list[Component] = []
    edges = []
    for number in count():
        if len(found) >= components:
            break
        example = examples[number % len(examples)]
        places = {name: homes[(number + place) % services] for place, name in enumerate(example.services)}
        renamed = {one: _renamed(one, number, places, homes[number % services]) for one in example.components}
        found += renamed.values()
        edges += [
            replace(edge, source=renamed[edge.source], target=renamed[edge.target]) for edge in example.connections
        ]
    return Architecture(
        "Every pattern",
        tuple(found),
        tuple(edges),
        {name: Service(name, found[0].site) for name in homes},
    )


def _renamed(component: Component, number: int, places: Mapping[str, str], home: str) -> Component:
    if component.service is None:
        return replace(component, id=f"{component.name}-{number}")
    service = places.get(component.service, home)
    return replace(component, id=f"{service}.{component.name}-{number}", service=service)


def main(components: int = 1000, services: int = 60) -> None:
    """Print the ratio of the two commands."""
    architecture = every_pattern(components, services)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.yaml"
        path.write_text(description_text(architecture))
        command = [sys.executable, "-m", "archlint"]
        check = seconds([*command, "check", "--fail-on", "never", str(path)], 5)
        suggest = seconds([*command, "suggest", str(path)], 5)
    size = f"{len(architecture.components):,} components in {services:,} services"
    print(f"{size}: suggest {suggest:.3f} s, check {check:.3f} s, ratio {suggest / check:.2f}, at most {AT_MOST}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
