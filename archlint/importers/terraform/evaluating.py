"""Expressions to values. Nothing is executed: what is not static comes out as unknown, with its references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from archlint.importers.terraform.functions import FUNCTIONS
from archlint.importers.terraform.literals import number, unescaped
from archlint.importers.terraform.operators import binary, choose, unary
from archlint.importers.terraform.templates import template
from archlint.importers.terraform.values import MISSING, NOTHING_KNOWN, Data, Opaque, Ref, opaque, weight_of
from archlint.model.record import fresh, record
from archlint.source.hcl import parse_template

if TYPE_CHECKING:
    from tree_sitter import Node

_DEEPEST = 60
_MOST_ITEMS = 10_000
_LONGEST = 4_000_000
_LAZY = frozenset({"try", "can"})


@record(frozen=False)
class State:
    """What the evaluation of one architecture shares: the work that may still be done, and how deep it is in.

    ``assumed`` is set whenever a variable's default is used, ``missed`` whenever something is looked for in vain;
    ``absent`` are files that are asked for and are not in the project.
    """

    steps: int = 1_000_000
    depth: int = 0
    assumed: bool = False
    missed: bool = False
    absent: list[str] = fresh(factory=list)

    def charge(self, *values: Data) -> None:
        """Count what goes through a function, an operator or a template as work."""
        self.steps -= weight_of(*values)


class Scope(Protocol):
    """Where names are looked up."""

    def lookup(self, name: str, path: Sequence[Data]) -> tuple[Data, int]:
        """The value of ``name`` followed by as many steps as belong to the name, and how many those are."""
        ...

    def file(self, written: str) -> str | None:
        """The text of a file inside the project, by its path from the root module's folder; None if there is none."""
        ...


class Evaluator:
    """Evaluates syntax in a scope; ``names`` are those of loops, ``each`` and ``count``."""

    def __init__(self, state: State, scope: Scope, names: Mapping[str, Data]) -> None:
        self.state = state
        self._scope = scope
        self._names = names

    def value(self, node: Node) -> Data:
        """The value of an expression; unknown beyond the limits of depth and work."""
        state = self.state
        if state.depth >= _DEEPEST or state.steps <= 0:
            return NOTHING_KNOWN
        state.depth += 1
        state.steps -= 1
        try:
            return self._operand(node.children)
        except RecursionError:
            return NOTHING_KNOWN
        finally:
            state.depth -= 1

    def within(self, names: Mapping[str, Data]) -> Evaluator:
        """An evaluator that knows further names."""
        return Evaluator(self.state, self._scope, {**self._names, **names})

    def _operand(self, parts: Sequence[Node]) -> Data:
        """A value and the steps after it: ``a``, ``.b``, ``[0]``, ``[*].c``; parentheses stand around the value."""
        if not parts:
            return NOTHING_KNOWN
        first = parts[0]
        if first.type == "(":
            inner = next((part for part in parts if part.type == "expression"), None)
            value = self.value(inner) if inner is not None else NOTHING_KNOWN
            rest = parts[3:]
        elif first.type == "variable_expr":
            return self._variable(parts)
        elif len(parts) > 1 and parts[1].type == "?":
            return self._conditional(parts)
        else:
            value, rest = self._primary(first), parts[1:]
        return self._steps(value, rest) if rest else value

    def _primary(self, node: Node) -> Data:
        match node.type:
            case "literal_value":
                return self._literal(node.children[0])
            case "template_expr":
                return template(self, node.children[0])
            case "collection_value":
                inner = node.children[0]
                return self._object(inner) if inner.type == "object" else self._tuple(inner)
            case "for_expr":
                return self._for(node.children[0])
            case "operation":
                return self._operation(node.children[0])
            case "conditional":
                return self._conditional(node.children)
            case "function_call":
                return self._call(node)
            case "expression":
                return self.value(node)
        return NOTHING_KNOWN

    def _literal(self, node: Node) -> Data:
        written = source(node)
        match node.type:
            case "numeric_lit":
                return number(written)
            case "bool_lit":
                return written == "true"
            case "string_lit":
                return unescaped(written[1:-1])
        return None

    def _variable(self, parts: Sequence[Node]) -> Data:
        name = source(parts[0])
        if name in self._names:
            return self._steps(self._names[name], parts[1:])
        path = list(self._plain_steps(parts[1:]))
        value, used = self._scope.lookup(name, path)
        return self._steps(value, parts[1 + used :])

    def _plain_steps(self, parts: Sequence[Node]) -> Iterator[Data]:
        for part in parts:
            if part.type not in ("get_attr", "index"):
                return
            yield self._key(part)

    def _key(self, part: Node) -> Data:
        if part.type == "get_attr":
            return source(part.children[-1])
        inner = part.children[0]
        if inner.type == "legacy_index":
            return number(source(inner).lstrip("."))
        found = next((child for child in inner.children if child.type == "expression"), None)
        return self.value(found) if found is not None else NOTHING_KNOWN

    def _steps(self, value: Data, parts: Sequence[Node]) -> Data:
        for place, part in enumerate(parts):
            if part.type == "splat":
                rest = [*part.children[0].children[1:], *parts[place + 1 :]]
                return self._splat(value, rest)
            value = step(value, self._key(part))
        self.state.missed = self.state.missed or value is MISSING
        return value

    def _splat(self, value: Data, rest: Sequence[Node]) -> Data:
        if value is None:
            return []
        if isinstance(value, Opaque):
            return value
        if isinstance(value, dict):
            held = list(value.values())
            value = held if held and all(isinstance(item, dict | Ref) for item in held) else [value]
        items = value if isinstance(value, list) else [value]
        return [self._steps(item, rest) for item in items[:_MOST_ITEMS]]

    def _tuple(self, node: Node) -> Data:
        return [self.value(child) for child in node.named_children if child.type == "expression"]

    def _object(self, node: Node) -> Data:
        found: dict[str, Data] = {}
        unknown: list[Data] = []
        for element in node.named_children:
            if element.type == "object_elem":
                expressions = [child for child in element.named_children if child.type == "expression"]
                key, value = self._object_key(expressions[0]), self.value(expressions[-1])
                if isinstance(key, str | int | float) or key is None:
                    found[str(key)] = value
                else:
                    unknown += [key, value]
        if unknown:
            return opaque(*found.values(), *unknown)
        return found

    def _object_key(self, node: Node) -> Data:
        children = node.children
        if len(children) == 1 and children[0].type == "variable_expr":
            return source(children[0])
        return self.value(node)

    def _operation(self, node: Node) -> Data:
        parts = node.children
        place = next((i for i, part in enumerate(parts) if not part.is_named and part.type not in ("(", ")")), 0)
        operator = source(parts[place])
        if node.type == "unary_operation":
            return unary(operator, self._operand(parts[1:]))
        left = self._nested(parts[:place])
        return binary(operator, left, lambda: self._nested(parts[place + 1 :]))

    def _nested(self, parts: Sequence[Node]) -> Data:
        """An operand, one level deeper: chains of operators nest without an expression between."""
        state = self.state
        if state.depth >= _DEEPEST:
            return NOTHING_KNOWN
        state.depth += 1
        try:
            value = self._operand(parts)
            state.charge(value)
            return value
        finally:
            state.depth -= 1

    def _conditional(self, parts: Sequence[Node]) -> Data:
        expressions = [part for part in parts if part.type == "expression"]
        if len(expressions) != 3:
            return NOTHING_KNOWN
        condition, yes, no = expressions
        return choose(self.value(condition), lambda: self.value(yes), lambda: self.value(no))

    def _call(self, node: Node) -> Data:
        name = source(node.children[0])
        holder = next((child for child in node.children if child.type == "function_arguments"), None)
        expressions = [child for child in holder.children if child.type == "expression"] if holder else []
        if name in _LAZY:
            return self._attempt(name, expressions)
        arguments = [self.value(child) for child in expressions]
        if holder is not None and holder.children[-1].type == "ellipsis" and arguments:
            last = arguments.pop()
            if not isinstance(last, list):
                return opaque(*arguments, last)
            arguments += last[:_MOST_ITEMS]
        if name in ("file", "templatefile"):
            return self._file(name, arguments)
        function = FUNCTIONS.get(name)
        if function is None:
            return opaque(*arguments)
        self.state.charge(*arguments)
        if self.state.steps <= 0:
            return NOTHING_KNOWN
        try:
            value = function(*arguments)
        except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError):
            return opaque(*arguments)
        self.state.charge(value)
        return opaque(value) if _is_too_large(value) else value

    def _file(self, name: str, arguments: Sequence[Data]) -> Data:
        """``file`` and ``templatefile``, inside the project."""
        text = self._scope.file(arguments[0]) if arguments and isinstance(arguments[0], str) else None
        if text is None and arguments and isinstance(arguments[0], str):
            self.state.absent.append(arguments[0])
        self.state.charge(text)
        if text is None or name == "file":
            return opaque(*arguments) if text is None else text
        return rendered(text, arguments[1] if len(arguments) > 1 else {}, self.state)

    def _attempt(self, name: str, expressions: Sequence[Node]) -> Data:
        """``try`` takes the first value that is there; ``can`` says whether one is."""
        value: Data = MISSING
        before = self.state.missed
        for expression in expressions:
            self.state.missed = False
            value = self.value(expression)
            if value is not MISSING and not self.state.missed:
                break
            value = MISSING
        self.state.missed = before
        if name == "can":
            return NOTHING_KNOWN if isinstance(value, Opaque) and value is not MISSING else value is not MISSING
        return value

    def _for(self, node: Node) -> Data:
        intro = node.named_children[1]
        loop = [source(child) for child in intro.named_children if child.type == "identifier"]
        collection = self.value(next(child for child in intro.named_children if child.type == "expression"))
        bodies = [child for child in node.named_children[2:] if child.type == "expression"]
        condition = next((child for child in node.named_children if child.type == "for_cond"), None)
        test = condition.named_children[-1] if condition is not None else None
        entries = entries_of(collection)
        if entries is None or len(entries) > _MOST_ITEMS:
            inner = self.within(dict.fromkeys(loop, opaque(collection)))
            return opaque(collection, *(inner.value(body) for body in bodies))
        values: list[tuple[Data, Data]] = []
        unsure: list[Data] = []
        for key, value in entries:
            names = {loop[0]: key, loop[1]: value} if len(loop) > 1 else {loop[0]: value}
            inner = self.within(names)
            kept = inner.value(test) if test is not None else True
            if kept is False:
                continue
            made = [inner.value(body) for body in bodies]
            if kept is not True:
                unsure += made
            values.append((made[0], made[-1]))
        if unsure:
            return opaque(*(item for pair in values for item in pair))
        if node.type == "for_tuple_expr":
            return [value for _, value in values]
        return self._for_object(values, grouped=any(child.type == "ellipsis" for child in node.named_children))

    def _for_object(self, values: Sequence[tuple[Data, Data]], *, grouped: bool) -> Data:
        found: dict[str, Data] = {}
        for key, value in values:
            if not isinstance(key, str | int | float):
                return opaque(*(item for pair in values for item in pair))
            if grouped:
                group = found.setdefault(str(key), [])
                assert isinstance(group, list)
                group.append(value)
            else:
                found[str(key)] = value
        return found


def rendered(text: str, names: Data, state: State) -> Data:
    """A template's text with its names filled in."""
    syntax = parse_template(text)
    if syntax is None or not isinstance(names, dict):
        return opaque(names)
    return template(Evaluator(state, _Nowhere(), names), syntax)


class _Nowhere:
    """The scope of a template file: it knows what it is given."""

    def lookup(self, name: str, path: Sequence[Data]) -> tuple[Data, int]:  # noqa: ARG002  as a scope
        return NOTHING_KNOWN, 0

    def file(self, written: str) -> str | None:  # noqa: ARG002  as a scope
        return None


def _is_too_large(value: Data) -> bool:
    return isinstance(value, str | list | dict) and len(value) > (_LONGEST if isinstance(value, str) else _MOST_ITEMS)


def step(value: Data, key: Data) -> Data:
    """One step into a value: an attribute or an index."""
    if isinstance(value, dict):
        if isinstance(key, str | int | float) and not isinstance(key, bool):
            return value.get(str(key), MISSING)
        return opaque(value, key)
    if isinstance(value, list):
        if isinstance(key, int) and not isinstance(key, bool):
            return value[key] if 0 <= key < len(value) else MISSING
        return opaque(value, key)
    if isinstance(value, Ref):
        if not isinstance(key, str | int):
            return value if value.path else Ref(value.address)
        if not value.path and isinstance(key, int):
            return value
        return Ref(value.address, (*value.path, str(key)))
    if value is MISSING:
        return MISSING
    return opaque(value)


def entries_of(collection: Data) -> list[tuple[Data, Data]] | None:
    """The keys and values of a collection; None if they are not known."""
    if isinstance(collection, dict):
        return list(collection.items())
    if isinstance(collection, list):
        return list(enumerate(collection))
    return None


def source(node: Node) -> str:
    """The text of a node."""
    return (node.text or b"").decode(errors="replace")
