"""Realistic architectures of any size, for the benchmarks."""

from __future__ import annotations

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
