"""Realistic architectures of any size, for the benchmarks."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from archlint.importers import read_text
from archlint.model import Architecture, Component, Service
from archlint.model.record import replace
from archlint.rulebook import load
from archlint.rulebook.examples import example_of

_SERVICE = """\
  s{n}:
    components:
      api: {{type: http_api, auth: jwt, throttle: {{rate: 40, burst: 80}}}}
      receiver: {{type: lambda, timeout: 10s}}
      inbox: {{type: sqs, visibility_timeout: 60s}}
      worker: {{type: lambda, timeout: 10s, vpc: true, idempotent: true}}
      ledger: {{type: aurora, max_connections: 90, retained: true}}
      dead: {{type: sqs, retention: 14d}}
      depth: {{type: cloudwatch_alarm, metric: ApproximateNumberOfMessagesVisible}}
      reader: {{type: lambda, timeout: 10s}}
      table: {{type: dynamodb, keys: [id], retained: true}}
      booked: {{type: sns, interface: true}}
    connections:
      - client => api => receiver -> inbox
      - inbox -> worker: {{batch_size: 10, maximum_concurrency: 5, report_batch_item_failures: true}}
      - worker =write=> ledger
      - inbox !> dead: {{max_receives: 5}}
      - depth -observe-> dead
      - api => reader =read=> table
      - s{before}.booked -> inbox
"""


def architecture(components: int) -> str:
    """A description with about that many components, ten in each service."""
    services = max(components // 10, 1)
    parts = [_SERVICE.format(n=n, before=max(n - 1, 0)) for n in range(services)]
    return "archlint: 1\nname: Benchmark\nservices:\n" + "".join(parts) + "components:\n  client: client\n"


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


CLEAN = """\
archlint: 1
name: Clean
services:
  orders:
    components:
      client: client
      api: {type: http_api, auth: jwt, throttle: {rate: 40, burst: 80}}
      receiver: {type: lambda, timeout: 10s, idempotent: true}
      table: {type: dynamodb, retained: true}
      inbox: {type: sqs, visibility_timeout: 180s}
      worker: {type: lambda, timeout: 30s, idempotent: true}
      dead: {type: sqs, retention: 14d, replay: by hand}
      depth: {type: cloudwatch_alarm, metric: ApproximateNumberOfMessagesVisible}
      age: {type: cloudwatch_alarm, metric: ApproximateAgeOfOldestMessage}
      ledger: {type: dynamodb, retained: true}
    connections:
      - client => api => receiver => table
      - receiver -> inbox
      - inbox -> worker: {batch_size: 10, maximum_concurrency: 5, report_batch_item_failures: true}
      - worker => ledger
      - inbox !redrive!> dead: {max_receives: 5}
      - depth -observe-> dead
      - age -observe-> inbox
"""
"""Ten components in which nothing is wrong."""
