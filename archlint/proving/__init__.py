"""Running the examples of rules and catalog entries."""

from __future__ import annotations

from archlint.proving.prove import Verdict, prove

__all__ = ["Verdict", "prove"]
