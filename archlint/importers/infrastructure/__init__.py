"""What every reader of infrastructure code shares: stacks, their ends, and how stacks become one architecture."""

from __future__ import annotations

from archlint.importers.infrastructure.assembly import assemble
from archlint.importers.infrastructure.ends import End, Exported, Inside, Local, Named, Output, Stored
from archlint.importers.infrastructure.stack import Note, Resource, Stack, Wire

__all__ = [
    "End",
    "Exported",
    "Inside",
    "Local",
    "Named",
    "Note",
    "Output",
    "Resource",
    "Stack",
    "Stored",
    "Wire",
    "assemble",
]
