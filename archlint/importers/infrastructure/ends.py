"""The ends of connections, as infrastructure code names them before every stack is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from archlint.model.tuples import NamedTuple

if TYPE_CHECKING:  # a stack holds ends
    from archlint.importers.infrastructure.stack import Stack


class Local(NamedTuple):
    """A component of the same stack, by its id there, or what stands for one (a function's alias)."""

    id: str


class Named(NamedTuple):
    """A component by its type and physical name, as an ARN or a literal name gives them, without account and region."""

    type: str
    name: str


class Exported(NamedTuple):
    """What another stack exports (``Fn::ImportValue``, a remote state's output); ``type`` is what it must be."""

    export: str
    type: str = "other"


class Stored(NamedTuple):
    """What another stack keeps in an SSM parameter of this name; ``type`` is what it must be."""

    parameter: str
    type: str = "other"


class Output(NamedTuple):
    """An output of a stack nested in this one; ``nested`` is the id of that stack, ``type`` what it must be."""

    output: str
    nested: str
    type: str = "other"


class Inside(NamedTuple):
    """An end as another stack sees it: what a parent hands to the stack nested in it."""

    stack: Stack
    end: End


End: TypeAlias = Local | Named | Exported | Stored | Output | Inside


def typed(end: End, type_: str) -> End:
    """The same end with the type that it must have, where it says none itself."""
    match end:
        case Exported(export, "other"):
            return Exported(export, type_)
        case Stored(parameter, "other"):
            return Stored(parameter, type_)
        case Output(output, nested, "other"):
            return Output(output, nested, type_)
        case Named("other", name):
            return Named(type_, name)
        case Inside(stack, inner):
            return Inside(stack, typed(inner, type_))
        case _:
            return end
