"""A database behind a proxy is a store of the functions that reach it through the proxy."""

from __future__ import annotations

import pytest

from archlint.importers import read_text
from archlint.suggest import suggest

HEAD = """\
archlint: 1
name: Tickets
components:
  fan: client
  api: http_api
  sell: lambda
  book: {type: lambda, vpc: true}
  orders: sqs
  unsold: sqs
  pool: rds_proxy
  ledger: aurora
connections:
  - fan => api => sell
  - pool => ledger
"""


def patterns(rulebook, connections: str) -> set[tuple[str, str | None]]:
    found = suggest(read_text(HEAD + connections), rulebook)
    return {(match.pattern, match.variant) for match in found.matches}


@pytest.mark.parametrize(
    ("connections", "expected"),
    [
        ("  - sell =read=> pool\n", ("simple-web-service", None)),
        ("  - sell -> orders\n", ("simple-web-service", "without-store")),
        (
            (
                "  - sell -> orders\n  - orders -> book: {maximum_concurrency: 5}\n"
                "  - orders !> unsold\n  - book =write=> pool\n"
            ),
            ("scalable-webhook", None),
        ),
        ("  - api => book\n  - sell, book =read_write=> pool\n", ("robust-api", None)),
    ],
)
def test_a_proxy_is_a_store(rulebook, connections: str, expected: tuple[str, str | None]) -> None:
    assert expected in patterns(rulebook, connections)
