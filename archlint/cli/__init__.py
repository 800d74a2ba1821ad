"""The command line: the only place that prints, exits and reads configuration."""

from __future__ import annotations

from archlint.cli.main import main

__all__ = ["main"]
