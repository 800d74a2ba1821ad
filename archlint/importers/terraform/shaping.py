"""Values as the type of a variable shapes them: attributes that are optional get their default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.importers.terraform.values import Data

if TYPE_CHECKING:
    from tree_sitter import Node

    from archlint.importers.terraform.evaluating import Evaluator

_DEEPEST = 12


def shaped(value: Data, type_: Node, evaluator: Evaluator, depth: int = 0) -> Data:
    """A value with what its type adds to it: ``optional(T)`` is null where it is not given, ``optional(T, D)`` is D."""
    call = _call(type_)
    if call is None or depth > _DEEPEST or value is None:
        return value
    name, arguments = call
    if name == "optional" and arguments:
        return shaped(value, arguments[0], evaluator, depth + 1)
    if name in ("map", "list", "set") and arguments:
        if isinstance(value, dict):
            return {key: shaped(item, arguments[0], evaluator, depth + 1) for key, item in value.items()}
        if isinstance(value, list):
            return [shaped(item, arguments[0], evaluator, depth + 1) for item in value]
    if name == "object" and arguments and isinstance(value, dict):
        return {**value, **_attributes(value, arguments[0], evaluator, depth)}
    return value


def _attributes(value: dict[str, Data], fields: Node, evaluator: Evaluator, depth: int) -> dict[str, Data]:
    found: dict[str, Data] = {}
    holder = fields.children[0] if fields.children else fields
    elements = holder.children[0].named_children if holder.type == "collection_value" else []
    for element in elements:
        expressions = [child for child in element.named_children if child.type == "expression"]
        if element.type != "object_elem" or len(expressions) < 2:
            continue
        name = (expressions[0].text or b"").decode(errors="replace").strip('"')
        type_ = expressions[-1]
        if value.get(name) is not None:
            found[name] = shaped(value[name], type_, evaluator, depth + 1)
            continue
        call = _call(type_)
        if call is not None and call[0] == "optional":
            default = evaluator.value(call[1][1]) if len(call[1]) > 1 else None
            found[name] = shaped(default, call[1][0], evaluator, depth + 1)
    return found


def _call(node: Node) -> tuple[str, list[Node]] | None:
    """The name and arguments of a type constructor."""
    inner = node.children[0] if node.type == "expression" and node.children else node
    if inner.type != "function_call":
        return None
    holder = next((child for child in inner.children if child.type == "function_arguments"), None)
    arguments = [child for child in holder.children if child.type == "expression"] if holder is not None else []
    return (inner.children[0].text or b"").decode(errors="replace"), arguments
