"""The ends of connections, as infrastructure code names them before every stack is read."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Local(NamedTuple):
    """A component of the same stack, by its id there."""

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


End: TypeAlias = Local | Named | Exported | Stored
