"""A description that lacks one thing of the Scalable Webhook: a throttle on the worker."""

from __future__ import annotations

WEBHOOK = """\
archlint: 1
name: Ferry manifest   # the title
services:
  manifest:
    components:
      api: http_api        # public
      take: lambda
      lines: {type: sqs, visibility_timeout: 2m}
      book: {type: lambda, timeout: 10s, idempotent: true}
      ledger: {type: rds, max_connections: 50}
      dead: sqs
    connections:
      - captain => api => take -> lines

      - lines -> book        # one at a time
      - book =write=> ledger
      - lines !> dead: {max_receives: 5}
components:
  captain: client
"""
