"""How often a resource or module is there by ``count`` or ``for_each``, and what each instance knows of itself."""

from __future__ import annotations

from archlint.importers.terraform.evaluating import entries_of
from archlint.importers.terraform.values import NOTHING_KNOWN, Data, Evaluated, opaque
from archlint.model import Value
from archlint.model.tuples import NamedTuple

MOST_INSTANCES = 100
"""More of them are read as one that stands for all."""


class Instances(NamedTuple):
    """The instances of a resource or module: the names each knows (``each``, ``count``), and how many they are."""

    names: list[tuple[Data, dict[str, Data]]]
    many: Value = None
    assumed: bool = False


def each_of(given: Evaluated) -> Instances:
    """The instances of a ``for_each``; one for all of them where it is not known what it goes over."""
    entries = entries_of(given.data)
    if entries is None or len(entries) > MOST_INSTANCES:
        unknown = opaque(given.data)
        return Instances([(NOTHING_KNOWN, {"each": {"key": NOTHING_KNOWN, "value": unknown}})], "many", assumed=True)
    listed = isinstance(given.data, list)
    names: list[tuple[Data, dict[str, Data]]] = []
    for key, value in entries:
        own = value if listed else key
        names.append((own, {"each": {"key": own, "value": value}}))
    many: Value = None if len(names) == 1 else "many" if given.assumed else len(names)
    return Instances(names, many, given.assumed)


def counted(given: Evaluated, *, single: bool) -> Instances:
    """The instances of a ``count``, which is one at most if it is ``single``."""
    count = given.data
    if isinstance(count, bool) or not isinstance(count, int) or count > MOST_INSTANCES:
        many = None if single else "many"
        return Instances([(NOTHING_KNOWN, {"count": {"index": NOTHING_KNOWN}})], many, assumed=True)
    names: list[tuple[Data, dict[str, Data]]] = [(index, {"count": {"index": index}}) for index in range(count)]
    many_: Value = None if count <= 1 else "many" if given.assumed else count
    return Instances(names, many_, given.assumed)
