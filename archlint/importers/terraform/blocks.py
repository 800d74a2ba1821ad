"""What translators see of a resource, be it written in HCL or planned: attributes, nested blocks and places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from archlint.importers.terraform.values import Data, Evaluated
from archlint.model import Site, Value
from archlint.model.record import record
from archlint.model.tuples import NamedTuple

ABSENT = Evaluated(None)


class Block(Protocol):
    """A block with its attributes."""

    def get(self, name: str) -> Evaluated:
        """The value of an attribute; None where it is not set."""
        ...

    def blocks(self, name: str) -> Sequence[Block]:
        """The nested blocks of a type, those that are made dynamically too."""
        ...

    def site(self, name: str = "") -> Site:
        """The place of an attribute that is set; of the block itself where none is named or it is not set."""
        ...


def first(block: Block, *path: str) -> Block | None:
    """The first nested block along a path of types, if there is one."""
    found: Block | None = block
    for name in path:
        inner = found.blocks(name) if found is not None else ()
        found = inner[0] if inner else None
    return found


def nested(block: Block, *path: str) -> Sequence[Block]:
    """All nested blocks along a path of types."""
    found: list[Block] = [block]
    for name in path:
        found = [inner for holder in found for inner in holder.blocks(name)]
    return found


class DataBlock(NamedTuple):
    """A block made of data, such as the items of a list of objects."""

    data: dict[str, Data]
    place: Site
    assumed: bool = False

    def get(self, name: str) -> Evaluated:
        """The value of an attribute."""
        return Evaluated(self.data.get(name), self.assumed)

    def blocks(self, name: str) -> Sequence[Block]:
        """Nested data as blocks."""
        value = self.data.get(name)
        items = value if isinstance(value, list) else [value]
        return [DataBlock(item, self.place, self.assumed) for item in items if isinstance(item, dict)]

    def site(self, name: str = "") -> Site:  # noqa: ARG002  all of it stands at one place
        """The place of the data."""
        return self.place


@record(frozen=False)
class Declared:
    """A resource or data source: one block for each of its instances, all at one address.

    ``many`` is None for a single one, else their number or ``many``; ``assumed`` says that its being there rests on
    a variable's default or on a condition that is not known.
    """

    address: str
    kind: str
    name: str
    blocks: list[Block]
    many: Value = None
    assumed: bool = False

    def name_of(self, block: Block) -> str:
        """A name for one instance, told apart from those of other modules and instances."""
        name = self.name if self.address == f"{self.kind}.{self.name}" else self.address
        return name if len(self.blocks) == 1 else f"{name}[{self.blocks.index(block)}]"

    def beside(self, other: Declared, block: Block) -> Block | None:
        """The instance that an instance of another resource means: the only one, or of as many the one at its place.

        None where nothing tells which one it is.
        """
        if len(self.blocks) == 1:
            return self.blocks[0]
        return self.blocks[other.blocks.index(block)] if len(self.blocks) == len(other.blocks) else None

    @property
    def block(self) -> Block:
        """The block of the first instance."""
        return self.blocks[0]
