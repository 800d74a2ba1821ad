"""Running the examples of rules and catalog entries."""

from __future__ import annotations

from archlint.proving.prove import prove
from archlint.proving.verdict import Place, Verdict

__all__ = ["Place", "Verdict", "prove"]
