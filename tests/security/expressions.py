"""Every regular expression of archlint, and texts on which one that goes back over its own steps takes long."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]  the only way to a parsed expression
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import archlint

PACKAGE = Path(archlint.__file__).parent
_SEARCHING = {"search", "sub", "finditer", "split", "findall"}


class Used(NamedTuple):
    """An expression, where it stands, and whether it is looked for at every place of a text."""

    where: str
    pattern: re.Pattern[str]
    searched: bool


def used() -> list[Used]:
    """The compiled ones in the modules, and those that stand in calls."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)
        tree = ast.parse(file.read_text(encoding="utf-8"))
        asked = _methods(tree)
        if asked or "re." in file.read_text(encoding="utf-8"):
            module = importlib.import_module(name) if not name.endswith(("__main__", "graphviz_process")) else None
            for variable, value in vars(module).items() if module else ():
                if isinstance(value, re.Pattern):
                    methods = asked.get(variable, {"search"})
                    found.append(Used(f"{name}.{variable}", value, bool(methods & _SEARCHING)))
            texts = {variable: value for variable, value in vars(module or re).items() if isinstance(value, str)}
            found += [Used(f"{name}: {text}", re.compile(text), searched) for text, searched in _inline(tree, texts)]
    return found


def _methods(tree: ast.Module) -> dict[str, set[str]]:
    """What is done with each name: ``_ID.match`` is ``{"_ID": {"match"}}``."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.setdefault(node.value.id, set()).add(node.attr)
    return found


def _inline(tree: ast.Module, texts: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """The expressions that functions of ``re`` are called with, written there or by the name of a text."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            first = node.args[0] if node.args else None
            written = first.value if isinstance(first, ast.Constant) else ""
            asked = _SEARCHING
            if isinstance(first, ast.Name):
                written, asked = texts.get(first.id, ""), {*_SEARCHING, "compile"}
            if node.func.value.id == "re" and isinstance(written, str) and written:
                yield written, node.func.attr in asked


def attacks(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Texts of about that length: what a part of the expression takes, again and again, and then something else."""
    seen = set()
    for before, part in _parts(parser.parse(pattern.pattern, pattern.flags)):
        for pump in (part, part[:1]):
            if pump and (before, pump) not in seen:
                seen.add((before, pump))
                many = pump * (length // len(pump))
                yield f"{before}{many}\0"
                yield f"{before}{many}\n\0"


def _parts(items: Any) -> Iterator[tuple[str, str]]:
    """Samples of every run of neighbours, and of what is inside them, each with a sample of what stands before."""
    listed = list(items)
    for start in range(len(listed)):
        before = "".join(_sample(item) for item in listed[:start])
        word = next((place for place in range(start, len(listed)) if listed[place][0] is not code.LITERAL), len(listed))
        for end in {*range(start + 1, min(start + 5, len(listed)) + 1), max(word, start + 1)}:
            yield before, "".join(_sample(item) for item in listed[start:end])
        for inner in _inside(listed[start]):
            yield from ((before + head, part) for head, part in _parts(inner))


def _inside(item: tuple[Any, Any]) -> Iterator[Any]:
    kind, value = item
    if kind is code.SUBPATTERN:
        yield value[-1]
    elif kind in {code.MAX_REPEAT, code.MIN_REPEAT}:
        yield value[2]
    elif kind is code.ATOMIC_GROUP:
        yield value
    elif kind is code.BRANCH:
        yield from value[1]
    elif kind in {code.ASSERT, code.ASSERT_NOT}:
        yield value[1]


def _sample(item: tuple[Any, Any]) -> str:
    """A text that an item takes; of what may be left out, one."""
    kind, value = item
    if kind is code.LITERAL:
        return chr(value)
    if kind is code.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if kind is code.ANY:
        return "a"
    if kind is code.IN:
        return _of_class(value)
    if kind in {code.MAX_REPEAT, code.MIN_REPEAT}:
        return _joined(value[2]) * max(value[0], 1)
    if kind is code.SUBPATTERN:
        return _joined(value[-1])
    if kind is code.ATOMIC_GROUP:
        return _joined(value)
    return _joined(value[1][0]) if kind is code.BRANCH else ""


def _joined(items: Sequence[tuple[Any, Any]]) -> str:
    return "".join(_sample(item) for item in items)


def _of_class(members: Sequence[tuple[Any, Any]]) -> str:
    shape = "".join(_class_text(member) for member in members)
    matcher = re.compile(f"[{shape}]")
    return next(one for one in "a \t$/.-:{01A_\"'#|é\0" if matcher.match(one)) if _any(matcher) else chr(members[-1][1])


def _any(matcher: re.Pattern[str]) -> bool:
    return any(matcher.match(one) for one in "a \t$/.-:{01A_\"'#|é\0")


_CLASSES = {
    code.CATEGORY_SPACE: r"\s",
    code.CATEGORY_NOT_SPACE: r"\S",
    code.CATEGORY_WORD: r"\w",
    code.CATEGORY_NOT_WORD: r"\W",
    code.CATEGORY_DIGIT: r"\d",
    code.CATEGORY_NOT_DIGIT: r"\D",
}


def _class_text(member: tuple[Any, Any]) -> str:
    kind, value = member
    if kind is code.NEGATE:
        return "^"
    if kind is code.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return _CLASSES[value] if kind is code.CATEGORY else re.escape(chr(value))
