"""Showing a page on this machine that is loaded again when it changes."""

from __future__ import annotations

from archlint.live.server import PortError, serving
from archlint.live.state import Live, Shown

__all__ = ["Live", "PortError", "Shown", "serving"]
