"""Records: the part of dataclasses that archlint uses, at a fraction of what they cost a command that starts anew.

Importing ``dataclasses`` brings ``inspect`` and with it half of Python's own compiler, and each class it decorates is
compiled method by method: together a fifth of the time that ``check`` takes on a small file. The type checker treats a
record as what it replaces; that a frozen one is not changed is checked before it runs, and costs nothing then.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar, dataclass_transform, overload

R = TypeVar("R")
V = TypeVar("V")


class _Fresh:
    """Marks a field whose default is made anew for each record."""

    __slots__ = ("factory",)

    def __init__(self, factory: Callable[[], object]) -> None:
        self.factory = factory


def fresh(*, factory: Callable[[], V]) -> V:
    """The default of a field that must not be shared: ``list``, ``dict``."""
    made: Any = _Fresh(factory)
    value: V = made
    return value


@overload
def record(cls: type[R], /) -> type[R]: ...


@overload
def record(*, frozen: bool = True, eq: bool = True) -> Callable[[type[R]], type[R]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(fresh,))
def record(
    cls: type[R] | None = None, /, *, frozen: bool = True, eq: bool = True
) -> type[R] | Callable[[type[R]], type[R]]:
    """A class of named fields, in slots. With ``eq`` false records compare by identity; else by their fields.

    That what is ``frozen`` stays as it is, the type checker sees to; what is not has no hash of its fields.
    """

    def decorate(bare: type[R]) -> type[R]:
        return _made(bare, frozen=frozen, eq=eq)

    return decorate if cls is None else decorate(cls)


def replace(element: R, **changes: object) -> R:
    """A record that differs from another in some fields."""
    return type(element)(**{**dict(zip(_names(element), _values(element), strict=True)), **changes})


def _made(bare: type[R], *, frozen: bool, eq: bool) -> type[R]:
    names = tuple(bare.__annotations__)
    body = {name: value for name, value in vars(bare).items() if name not in names and name not in _ITS_OWN}
    defaults = {name: vars(bare)[name] for name in names if name in vars(bare)}
    remembers = any(isinstance(value, cached_property) for value in body.values())
    body["__slots__"] = (*names, "__dict__") if remembers else names
    body["__match_args__"] = names
    body["__init__"] = _initializer(names, defaults)
    body.setdefault("__repr__", _shown)
    if eq:
        body["__eq__"], body["__hash__"] = _equal, _hash if frozen else None
    metaclass: Any = type(bare)
    made: type[R] = metaclass(bare.__name__, bare.__bases__, body)
    return made


_ITS_OWN = frozenset({"__dict__", "__weakref__"})


def _initializer(names: tuple[str, ...], defaults: dict[str, object]) -> object:
    """The function that a person would write; assembled from the names in our own source, as named tuples are."""
    scope: dict[str, Any] = {}
    parameters, lines = [], []
    for name in names:
        value = name
        if name not in defaults:
            parameters.append(name)
        else:
            parameters.append(f"{name}=_default_{name}")
            scope[f"_default_{name}"] = default = defaults[name]
            if isinstance(default, _Fresh):
                scope[f"_make_{name}"] = default.factory
                value = f"_make_{name}() if {name} is _default_{name} else {name}"
        lines.append(f" self.{name} = {value}")
    exec(f"def __init__(self, {', '.join(parameters)}):\n" + "\n".join(lines), scope)  # noqa: S102  our own field names
    return scope["__init__"]


def _names(element: Any) -> tuple[str, ...]:  # noqa: ANN401  any record
    names: tuple[str, ...] = element.__match_args__
    return names


def _values(element: object) -> tuple[object, ...]:
    return tuple(getattr(element, name) for name in _names(element))


def _shown(self: object) -> str:
    fields = zip(_names(self), _values(self), strict=True)
    return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in fields)})"


def _equal(self: object, other: object) -> bool:
    return self is other or (type(other) is type(self) and _values(self) == _values(other))


def _hash(self: object) -> int:
    return hash(_values(self))
