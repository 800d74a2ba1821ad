"""The pattern language: what a rule or catalog entry asks of the component graph."""

from __future__ import annotations
