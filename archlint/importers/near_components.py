"""What somebody may have meant by the name of a component that is not there."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.model.tuples import NamedTuple
from archlint.vocabulary import nearest

_MOST = 3


class Meant(NamedTuple):
    """The nearest name, or what is expected where several are as near."""

    suggestion: str = ""
    expected: str = ""


def meant_component(name: str, ids: Iterable[str], service: str | None = None) -> Meant:
    """The component of another service with that very name, of several the first three; else the most similar one.

    ``service`` is the one that the name stands in: of its own components nobody writes the whole id.
    """
    known = [id_.removeprefix(f"{service}.") for id_ in ids]
    same = [] if "." in name else [id_ for id_ in known if id_.rpartition(".")[2].lower() == name.lower()]
    if len(same) > 1:
        more = ", …" if len(same) > _MOST else ""
        return Meant(expected=f"one of {', '.join(f'`{id_}`' for id_ in same[:_MOST])}{more}")
    return Meant(same[0] if same else nearest(name, known))
