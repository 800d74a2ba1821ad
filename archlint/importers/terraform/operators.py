"""Operators and conditions over values, some of which are not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeGuard

from archlint.importers.terraform.values import NOTHING_KNOWN, Data, Ref, Text, is_known, opaque

_PERHAPS_NOTHING = ("var.", "data.", "module.")
"""Addresses that may stand for nothing: all others are attributes of resources, which have a value."""

_LARGEST = 1e18

Later = Callable[[], Data]


def unary(operator: str, value: Data) -> Data:
    """``!`` and ``-``."""
    if operator == "!":
        truth = truth_of(value)
        return opaque(value) if truth is None else not truth
    if isinstance(value, int | float) and not isinstance(value, bool):
        return -value
    return opaque(value)


def binary(operator: str, left: Data, later: Later) -> Data:
    """Every operator with two sides; the right one is only evaluated where it matters."""
    if operator in ("&&", "||"):
        return _logic(operator, left, later)
    right = later()
    if operator in ("==", "!="):
        same = equal(left, right)
        return opaque(left, right) if same is None else same is (operator == "==")
    if not _is_number(left) or not _is_number(right):
        return opaque(left, right)
    return _arithmetic(operator, left, right)


def choose(condition: Data, yes: Later, no: Later) -> Data:
    """A conditional expression; both branches where the condition cannot be decided."""
    truth = truth_of(condition)
    if truth is not None:
        return yes() if truth else no()
    first, second = yes(), no()
    return first if first == second and is_known(first) else opaque(first, second)


def truth_of(value: Data) -> bool | None:
    """The truth of a value; None if it is not known."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else None


def equal(left: Data, right: Data) -> bool | None:
    """Whether two values are equal; None if it is not known. A resource's attribute is neither null nor empty."""
    for one, other in ((left, right), (right, left)):
        if other in (None, "") and (_is_set(one) or (isinstance(one, Text) and bool(one.parts))):
            return False
    if isinstance(left, Ref) and left == right and left.path:
        return True
    if not is_known(left) or not is_known(right):
        return None
    if _is_number(left) and isinstance(right, str):
        return str(left) == right
    if _is_number(right) and isinstance(left, str):
        return str(right) == left
    return left == right


def _is_set(value: Data) -> bool:
    return isinstance(value, Ref) and bool(value.path) and not value.address.startswith(_PERHAPS_NOTHING)


def _logic(operator: str, left: Data, later: Later) -> Data:
    deciding = operator == "||"
    first = truth_of(left)
    if first is deciding:
        return deciding
    right = later()
    second = truth_of(right)
    if second is deciding:
        return deciding
    return opaque(left, right) if first is None or second is None else not deciding


def _arithmetic(operator: str, left: float, right: float) -> Data:
    """The result; unknown where it is too large for anything that infrastructure has."""
    if max(abs(left), abs(right)) > _LARGEST:
        return NOTHING_KNOWN
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/" if right:
            quotient = left / right
            return int(quotient) if quotient.is_integer() else quotient
        case "%" if right:
            return left % right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right
    return NOTHING_KNOWN


def _is_number(value: Data) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
