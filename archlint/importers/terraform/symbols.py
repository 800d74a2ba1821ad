"""Values as the symbols that all importers share, for what follows from documents: permissions, workflows, routes."""

from __future__ import annotations

from archlint.importers.infrastructure import Exported
from archlint.importers.infrastructure.symbols import Assumed, Either, Hole, Reference, Symbol, Text
from archlint.importers.terraform import values
from archlint.importers.terraform.values import Data, Evaluated, Json, Opaque, Ref
from archlint.importers.terraform.world import World
from archlint.model import UNKNOWN, Confidence

_DEEPEST = 60
_MOST = 100_000
_UNHEARD = Hole("?")
_PSEUDO = {
    "aws_caller_identity": Hole("AWS.AccountId"),
    "aws_partition": Hole("AWS.Partition"),
    "aws_region": Hole("AWS.Region"),
}
"""Data sources that say only where something is deployed."""


def symbol_of(world: World, value: Evaluated) -> Symbol:
    """A value as a symbol: references lead to components, or to what is declared elsewhere."""
    return _Maker(world, sure=not value.assumed).make(value.data, _DEEPEST)


class _Maker:
    def __init__(self, world: World, *, sure: bool) -> None:
        self._world = world
        self._sure = sure
        self._left = _MOST

    def make(self, data: Data, depth: int) -> Symbol:
        self._left -= 1
        if depth <= 0 or self._left <= 0:
            return UNKNOWN
        match data:
            case Ref():
                return self._reference(data)
            case values.Text():
                return Text(tuple(part if isinstance(part, str) else self._part(part) for part in data.parts))
            case Opaque():
                return self._perhaps(data)
            case Json():
                return self.make(data.data, depth)
            case list():
                return [self.make(item, depth - 1) for item in data]
            case dict():
                return {key: self.make(item, depth - 1) for key, item in data.items()}
            case str():
                return data if self._sure else Assumed(data)
        return data

    def _reference(self, ref: Ref) -> Reference | Hole:
        item = self._world.declared.get(ref.address)
        if item is not None and item.kind in _PSEUDO:
            return _PSEUDO[item.kind]
        for target in self._world.targets(Evaluated(ref)):
            sure = self._sure and target.confidence is Confidence.CERTAIN
            return Reference(target.end, ".".join(ref.path[-1:]), sure)
        if item is None and ref.address.startswith(("var.", "module.")):
            return Reference(Exported(".".join((ref.address, *ref.path))), ".".join(ref.path[-1:]), self._sure)
        return _UNHEARD

    def _part(self, part: Ref | Opaque) -> Reference | Hole:
        if isinstance(part, Ref):
            return self._reference(part)
        for ref in part.refs:
            found = self._reference(ref)
            if isinstance(found, Reference):
                return found._replace(sure=False)
        return _UNHEARD

    def _perhaps(self, data: Opaque) -> Symbol:
        found = [self._reference(ref) for ref in data.refs]
        known: list[Symbol] = [each._replace(sure=False) for each in found if isinstance(each, Reference)]
        return Either(tuple(known)) if known else _UNHEARD


__all__ = ["symbol_of"]
