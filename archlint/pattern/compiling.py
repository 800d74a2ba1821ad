"""Outlines of expressions made into functions: nothing is ever evaluated as Python."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from archlint.model import UNKNOWN, Component, Connection, Value, is_unknown
from archlint.pattern.expressions import Bound, Evaluate, Outline, Row, Scope, truth_of
from archlint.pattern.functions import FUNCTIONS, SHAPED
from archlint.pattern.truth import Truth, all_of, any_of, negated


def compiled(outline: Outline) -> Evaluate:
    """How to evaluate an expression that has been checked, by its outline."""
    kind, *parts = outline
    if kind in _ARITHMETIC:
        operate, first, second = _ARITHMETIC[kind], *map(compiled, parts)
        return lambda scope: _arithmetic(operate, first(scope), second(scope))
    return _MAKERS[kind](*parts)


def _constant(value: Value) -> Evaluate:
    return lambda _: value


def _name(name: str) -> Evaluate:
    return lambda scope: _as_value(scope.named(name))


def _setting(namespace: str, name: str) -> Evaluate:
    return lambda scope: scope.setting(namespace, name)


def _property(name: str, attribute: str) -> Evaluate:
    return lambda scope: _attribute(scope, name, attribute)


def _part(name: str, attribute: str, field: str) -> Evaluate:
    return lambda scope: _field(_attribute(scope, name, attribute), field)


def _every(*outlines: Outline) -> Evaluate:
    parts = [compiled(outline) for outline in outlines]
    return lambda scope: _value(all_of(truth_of(part(scope)) for part in parts))


def _some(*outlines: Outline) -> Evaluate:
    parts = [compiled(outline) for outline in outlines]
    return lambda scope: _value(any_of(truth_of(part(scope)) for part in parts))


def _not(outline: Outline) -> Evaluate:
    inner = compiled(outline)
    return lambda scope: _value(negated(truth_of(inner(scope))))


def _list(*outlines: Outline) -> Evaluate:
    members = [compiled(outline) for outline in outlines]
    return lambda scope: tuple(member(scope) for member in members)


def _comparison(kinds: Sequence[str], outlines: Sequence[Outline]) -> Evaluate:
    operands = [compiled(outline) for outline in outlines]
    if len(kinds) == 1:  # as nearly all are: without a list, a chain and a generator
        compare, (first, second) = _COMPARE[kinds[0]], operands
        return lambda scope: _value(compare(first(scope), second(scope)))

    def evaluate(scope: Scope) -> Value:
        values = [operand(scope) for operand in operands]
        pairs = zip(kinds, values, values[1:], strict=False)
        return _value(all_of(_COMPARE[kind](first, second) for kind, first, second in pairs))

    return evaluate


def _call(name: str, *outlines: Outline) -> Evaluate:
    function, operands = FUNCTIONS[name], [compiled(outline) for outline in outlines]
    return lambda scope: function(*(operand(scope) for operand in operands))


def _shaped(name: str, role: str) -> Evaluate:
    function = SHAPED[name]
    return lambda scope: function(scope.named(role))


def _known(name: str, attribute: str) -> Evaluate:
    return lambda scope: not is_unknown(_attribute(scope, name, attribute))


def _known_setting(namespace: str, name: str) -> Evaluate:
    return lambda scope: not is_unknown(scope.setting(namespace, name))


def _set(name: str, attribute: str) -> Evaluate:
    return lambda scope: _written(scope, name, attribute, wanted=True)


def _unset(name: str, attribute: str) -> Evaluate:
    return lambda scope: _written(scope, name, attribute, wanted=False)


def _attribute(scope: Scope, name: str, attr: str) -> Value:
    bound = scope.named(name)
    if isinstance(bound, Component | Connection):
        return scope.attribute(bound, attr)
    if isinstance(bound, tuple | list):
        return tuple(scope.attribute(element, attr) for element in cast("Sequence[Component]", bound))
    return None if bound is None else cast("Row", bound).value(attr)


def _field(value: Value, field: str) -> Value:
    """What a mapping says of one of its keys; of several mappings, each."""
    if isinstance(value, tuple):
        return tuple(_field(each, field) for each in value)
    if isinstance(value, Mapping):
        return value.get(field)
    return value if is_unknown(value) else None


def _written(scope: Scope, name: str, attr: str, *, wanted: bool) -> Value:
    bound = scope.named(name)
    elements = bound if isinstance(bound, tuple | list) else (bound,)
    return _value(all_of(_one_written(scope, element, attr, wanted=wanted) for element in elements))


def _one_written(scope: Scope, element: object, attr: str, *, wanted: bool) -> Truth:
    if element is None:
        return not wanted
    if isinstance(element, Component | Connection):
        value = scope.written(element, attr)
    else:
        value = cast("Row", element).value(attr)
    return None if is_unknown(value) else (value is not None) is wanted


def _as_value(bound: Bound) -> Value:
    if isinstance(bound, Component):
        return bound.id
    if isinstance(bound, Connection):
        return f"{bound.source.id} {bound.style.arrow} {bound.target.id}"
    if isinstance(bound, tuple | list):
        return tuple(_as_value(cast("Bound", element)) for element in bound)
    return cast("Value", bound)


def _value(truth: Truth) -> Value:
    return UNKNOWN if truth is None else truth


def _numbers(left: Value, right: Value) -> tuple[float, float] | None:
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left, right
    return None


def _arithmetic(operate: Callable[[float, float], float], left: Value, right: Value) -> Value:
    numbers = _numbers(left, right)
    if numbers is None:
        return UNKNOWN
    try:
        return operate(*numbers)
    except (ArithmeticError, ValueError):
        return UNKNOWN


def _equal(left: Value, right: Value) -> Truth:
    if is_unknown(left) or is_unknown(right):
        return None
    return left is not None and isinstance(left, bool) is isinstance(right, bool) and left == right


def _contains(item: Value, options: Value) -> Truth:
    if not isinstance(options, tuple):
        return None if is_unknown(options) else False
    return any_of(_equal(item, option) for option in options)


def _ordered(compare: Callable[[float, float], bool]) -> Callable[[Value, Value], Truth]:
    def truth(left: Value, right: Value) -> Truth:
        numbers = _numbers(left, right)
        return None if numbers is None else compare(*numbers)

    return truth


_ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
}

_COMPARE: Mapping[str, Callable[[Value, Value], Truth]] = {
    "==": _equal,
    "!=": lambda left, right: negated(_equal(left, right)),
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
    "in": _contains,
    "not in": lambda item, options: negated(_contains(item, options)),
}

_MAKERS: Mapping[str, Callable[..., Evaluate]] = {
    "value": _constant,
    "name": _name,
    "setting": _setting,
    "property": _property,
    "field": _part,
    "and": _every,
    "or": _some,
    "not": _not,
    "list": _list,
    "compare": _comparison,
    "call": _call,
    "shaped": _shaped,
    "known": _known,
    "known setting": _known_setting,
    "set": _set,
    "unset": _unset,
}
