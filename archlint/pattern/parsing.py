"""The syntax of expressions: a small, whitelisted part of Python's.

An expression is read once, by Python's own parser, into an outline: a list of a word that says what it is, and its
parts, which :mod:`archlint.pattern.compiling` makes functions of. Nothing is ever evaluated as Python.
"""

from __future__ import annotations

import _ast as ast  # the classes alone: ``ast`` around them takes longer to import than to read all rules
from collections.abc import Mapping, Sequence
from warnings import catch_warnings

from archlint.model import Value, is_unknown
from archlint.pattern.compiling import compiled
from archlint.pattern.expressions import NAMESPACES, Expression, ExpressionError, Outline
from archlint.pattern.functions import ARITY, FUNCTIONS, QUANTITIES, SHAPED

_LONGEST = 2_000
"""Characters of an expression; keeps Python's parser from being handed something deep."""


def parse_expression(text: str) -> Expression:
    """Read an expression; :class:`ExpressionError` says what is wrong with it."""
    if len(text) > _LONGEST:
        message = f"an expression has at most {_LONGEST:,} characters"
        raise ExpressionError(message)
    try:
        with catch_warnings(action="ignore"):  # about odd numbers and escapes, which would go to standard error
            tree = _parsed(text)
        reader = _Reader()
        outline = reader.outline(tree)
        evaluate = compiled(outline)
    except (SyntaxError, RecursionError, MemoryError, OverflowError) as error:
        message = f"`{text}` is no expression"
        raise ExpressionError(message) from error
    return Expression(text, frozenset(reader.names), tuple(dict.fromkeys(reader.attributes)), outline, evaluate)


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
_ARITHMETIC: Mapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
}
_COMPARISONS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}


class _Reader:
    """Turns a syntax tree into an outline and notes the names it meets."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def outline(self, node: ast.expr) -> Outline:
        match node:
            case ast.Constant(value=bool() | int() | float() | str() as constant):
                return ["value", constant]
            case ast.Name(id=name) if name in _CONSTANTS:
                return ["value", _CONSTANTS[name]]
            case ast.Name(id=name):
                self.names.add(name)
                return ["name", name]
            case ast.Attribute(value=ast.Name(id=namespace), attr=attr) if namespace in NAMESPACES:
                self.attributes.append((namespace, attr))
                return ["setting", namespace, attr]
            case ast.Attribute(value=ast.Name(id=name), attr=attr):
                self.names.add(name)
                self.attributes.append((name, attr))
                return ["property", name, attr]
            case ast.Attribute(value=ast.Attribute(value=ast.Name(id=name), attr=attr), attr=field):
                self.names.add(name)
                self.attributes.append((name, f"{attr}.{field}"))
                return ["field", name, attr, field]
            case ast.BoolOp(op=op, values=values):
                return ["and" if isinstance(op, ast.And) else "or", *map(self.outline, values)]
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return ["not", self.outline(operand)]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return ["-", ["value", 0], self.outline(operand)]
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                return [_ARITHMETIC[type(op)], self.outline(left), self.outline(right)]
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                return self._comparison(left, ops, comparators)
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return ["list", *map(self.outline, items)]
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self._call(name, args)
            case _:
                message = f"`{_source(node)}` is not of the expression language"
                raise ExpressionError(message)

    def _comparison(self, left: ast.expr, ops: Sequence[ast.cmpop], comparators: Sequence[ast.expr]) -> Outline:
        kinds = [type(op) for op in ops]
        if odd := [kind for kind in kinds if kind not in _COMPARISONS]:
            message = f"`{odd[0].__name__}` is not of the expression language"
            raise ExpressionError(message)
        return ["compare", [_COMPARISONS[kind] for kind in kinds], [*map(self.outline, (left, *comparators))]]

    def _call(self, name: str, args: Sequence[ast.expr]) -> Outline:
        if name in {"set", "unset", "known"}:
            return self._is_set(name, args)
        if name in SHAPED and len(args) == 1 and isinstance(args[0], ast.Name):
            role = args[0].id
            self.names.add(role)
            return ["shaped", name, role]
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
        return ["call", name, *map(self.outline, args)]

    def _is_set(self, name: str, args: Sequence[ast.expr]) -> Outline:
        match args:
            case [ast.Attribute(value=ast.Name(id=role), attr=attr)] if role not in NAMESPACES:
                self.names.add(role)
                self.attributes.append((role, attr))
                return [name, role, attr]
            case [ast.Attribute(value=ast.Name(id=namespace), attr=attr)] if name == "known":
                self.attributes.append((namespace, attr))
                return ["known setting", namespace, attr]
            case _:
                message = f"`{name}` takes one property, as in `{name}(queue.retention)`"
                raise ExpressionError(message)
