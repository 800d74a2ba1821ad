"""What every reader of infrastructure code shares: stacks, their ends, and how stacks become one architecture."""

from __future__ import annotations

from archlint.importers.infrastructure.assembly import assemble
from archlint.importers.infrastructure.ends import End, Exported, Local, Named, Stored
from archlint.importers.infrastructure.stack import Stack

__all__ = ["End", "Exported", "Local", "Named", "Stack", "Stored", "assemble"]
