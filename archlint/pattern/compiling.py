"""The syntax of expressions: a small, whitelisted part of Python's.

An expression is compiled once to closures; nothing is ever evaluated as Python.
"""

from __future__ import annotations

import _ast as ast  # the classes alone: ``ast`` around them takes longer to import than to compile all rules
from collections.abc import Callable, Mapping, Sequence
from typing import cast
from warnings import catch_warnings

from archlint.model import UNKNOWN, Component, Connection, Value, is_unknown
from archlint.pattern.expressions import (
    NAMESPACES,
    Bound,
    Evaluate,
    Expression,
    ExpressionError,
    Row,
    Scope,
    truth_of,
)
from archlint.pattern.functions import ARITY, FUNCTIONS, QUANTITIES, SHAPED
from archlint.pattern.truth import Truth, all_of, any_of, negated

_LONGEST = 2_000
"""Characters of an expression; keeps Python's parser from being handed something deep."""


def parse_expression(text: str) -> Expression:
    """Compile an expression; :class:`ExpressionError` says what is wrong with it."""
    if len(text) > _LONGEST:
        message = f"an expression has at most {_LONGEST:,} characters"
        raise ExpressionError(message)
    try:
        with catch_warnings(action="ignore"):  # about odd numbers and escapes, which would go to standard error
            tree = _parsed(text)
        compiler = _Compiler()
        evaluate = compiler.compile(tree)
    except (SyntaxError, RecursionError, MemoryError, OverflowError) as error:
        message = f"`{text}` is no expression"
        raise ExpressionError(message) from error
    return Expression(text, frozenset(compiler.names), tuple(dict.fromkeys(compiler.attributes)), evaluate)


def compiled(text: str) -> Evaluate:
    """How to evaluate an expression that has been checked."""
    return _Compiler().compile(_parsed(text))


def _parsed(text: str) -> ast.expr:
    """The syntax tree of an expression."""
    tree = compile(text.strip(), "<expression>", "eval", ast.PyCF_ONLY_AST)
    assert isinstance(tree, ast.Expression)
    return tree.body


def _source(node: ast.expr) -> str:
    """An expression as one would write it."""
    from ast import unparse  # noqa: PLC0415  only for what is wrong

    return unparse(node)


_CONSTANTS: Mapping[str, Value] = {"true": True, "false": False, "True": True, "False": False}


class _Compiler:
    """Turns a syntax tree into closures and notes the names it meets."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def compile(self, node: ast.expr) -> Evaluate:
        match node:
            case ast.Constant(value=bool() | int() | float() | str() as constant):
                return lambda _: constant
            case ast.Name(id=name) if name in _CONSTANTS:
                value = _CONSTANTS[name]
                return lambda _: value
            case ast.Name(id=name):
                self.names.add(name)
                return lambda scope: _as_value(scope.named(name))
            case ast.Attribute(value=ast.Name(id=namespace), attr=attr) if namespace in NAMESPACES:
                self.attributes.append((namespace, attr))
                return lambda scope: scope.setting(namespace, attr)
            case ast.Attribute(value=ast.Name(id=name), attr=attr):
                self.names.add(name)
                self.attributes.append((name, attr))
                return lambda scope: _attribute(scope, name, attr)
            case ast.Attribute(value=ast.Attribute(value=ast.Name(id=name), attr=attr), attr=field):
                self.names.add(name)
                self.attributes.append((name, f"{attr}.{field}"))
                return lambda scope: _field(_attribute(scope, name, attr), field)
            case ast.BoolOp(op=op, values=values):
                parts = [self.compile(value) for value in values]
                combine = all_of if isinstance(op, ast.And) else any_of
                return lambda scope: _value(combine(truth_of(part(scope)) for part in parts))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                inner = self.compile(operand)
                return lambda scope: _value(negated(truth_of(inner(scope))))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner = self.compile(operand)
                return lambda scope: _arithmetic(ast.Sub, 0, inner(scope))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                first, second, kind = self.compile(left), self.compile(right), type(op)
                return lambda scope: _arithmetic(kind, first(scope), second(scope))
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                return self._comparison(left, ops, comparators)
            case ast.List(elts=items) | ast.Tuple(elts=items):
                members = [self.compile(item) for item in items]
                return lambda scope: tuple(member(scope) for member in members)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self._call(name, args)
            case _:
                message = f"`{_source(node)}` is not of the expression language"
                raise ExpressionError(message)

    def _comparison(self, left: ast.expr, ops: Sequence[ast.cmpop], comparators: Sequence[ast.expr]) -> Evaluate:
        kinds = [type(op) for op in ops]
        if odd := [kind for kind in kinds if kind not in _COMPARE]:
            message = f"`{odd[0].__name__}` is not of the expression language"
            raise ExpressionError(message)
        operands = [self.compile(operand) for operand in (left, *comparators)]
        if len(kinds) == 1:  # as nearly all are: without a list, a chain and a generator
            compare, (first, second) = _COMPARE[kinds[0]], operands
            return lambda scope: _value(compare(first(scope), second(scope)))

        def evaluate(scope: Scope) -> Value:
            values = [operand(scope) for operand in operands]
            pairs = zip(kinds, values, values[1:], strict=False)
            return _value(all_of(_COMPARE[kind](first, second) for kind, first, second in pairs))

        return evaluate

    def _call(self, name: str, args: Sequence[ast.expr]) -> Evaluate:
        if name in {"set", "unset", "known"}:
            return self._is_set(name, args)
        if name in SHAPED and len(args) == 1 and isinstance(args[0], ast.Name):
            role = args[0].id
            self.names.add(role)
            return lambda scope: SHAPED[name](scope.named(role))
        function = FUNCTIONS.get(name)
        if function is None:
            known = sorted({*FUNCTIONS, *SHAPED, "set", "unset", "known"})
            message = f"there is no function `{name}`; there are {', '.join(known)}"
            raise ExpressionError(message)
        least, most = ARITY.get(name, (1, None))
        if len(args) < least or (most is not None and len(args) > most):
            message = f"`{name}` takes {least if least == most else f'{least} or more'} argument{'s' * (least > 1)}"
            raise ExpressionError(message)
        if name in QUANTITIES and isinstance(args[0], ast.Constant) and is_unknown(function(args[0].value)):
            message = f"`{_source(args[0])}` is no {name}"
            raise ExpressionError(message)
        operands = [self.compile(arg) for arg in args]
        return lambda scope: function(*(operand(scope) for operand in operands))

    def _is_set(self, name: str, args: Sequence[ast.expr]) -> Evaluate:
        match args:
            case [ast.Attribute(value=ast.Name(id=role), attr=attr)] if role not in NAMESPACES:
                self.names.add(role)
                self.attributes.append((role, attr))
                if name == "known":
                    return lambda scope: not is_unknown(_attribute(scope, role, attr))
                wanted = name == "set"
                return lambda scope: _written(scope, role, attr, wanted=wanted)
            case [ast.Attribute(value=ast.Name(id=namespace), attr=attr)] if name == "known":
                self.attributes.append((namespace, attr))
                return lambda scope: not is_unknown(scope.setting(namespace, attr))
            case _:
                message = f"`{name}` takes one property, as in `{name}(queue.retention)`"
                raise ExpressionError(message)


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


def _arithmetic(kind: type[ast.operator], left: Value, right: Value) -> Value:
    numbers = _numbers(left, right)
    if numbers is None:
        return UNKNOWN
    try:
        return _ARITHMETIC[kind](*numbers)
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


_ARITHMETIC: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
    ast.FloorDiv: lambda left, right: left // right,
}

_COMPARE: Mapping[type[ast.cmpop], Callable[[Value, Value], Truth]] = {
    ast.Eq: _equal,
    ast.NotEq: lambda left, right: negated(_equal(left, right)),
    ast.Lt: _ordered(lambda left, right: left < right),
    ast.LtE: _ordered(lambda left, right: left <= right),
    ast.Gt: _ordered(lambda left, right: left > right),
    ast.GtE: _ordered(lambda left, right: left >= right),
    ast.In: _contains,
    ast.NotIn: lambda item, options: negated(_contains(item, options)),
}
