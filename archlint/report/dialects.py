"""Snippets in other words than YAML's: in JSON, and in what the CDK is told, which writes its templates itself.

https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping

from yaml import ScalarNode

from archlint.importers.cloudformation.raw import Raw, raw_of
from archlint.importers.kinds import SHORT_TAGS
from archlint.model import InputError
from archlint.report.placing import value_at
from archlint.report.remedies import Remedy
from archlint.report.speaking import construct_of
from archlint.source import Document, TooDeepError, parse

_COMMENT = re.compile(r"^\s*# (?!\w+: )(.*)$", re.MULTILINE)
"""A line that is a comment, and no setting that is left to whoever pastes it."""
_OWN = ("Resource", "Default")
"""The last part of the path of what a construct makes as its own."""
_KEPT = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
_NAME = re.compile(r"[A-Za-z_]\w*")
_WIDEST = 70
"""Characters that a value may take on a line of its own."""


class _Verbatim(str):
    """An expression of TypeScript, no text."""

    __slots__ = ()


def in_json(remedy: Remedy) -> Remedy | None:
    """A remedy whose text is JSON: the members to paste, without the braces of what they stand in."""
    data = _data(remedy.snippet)
    if not data:
        return None
    members = (f"{_text(key)}: {_written(value, 0, _text, opened=True)}" for key, value in data.items())
    where = "; ".join([remedy.where, *_COMMENT.findall(remedy.snippet)])
    return remedy._replace(snippet=",\n".join(members), where=where)


def in_cdk(remedy: Remedy, document: Document, documents: Mapping[str, Document]) -> Remedy | None:
    """A remedy in TypeScript: overrides of what a construct makes, and resources of the first level beside it."""
    data = _data(remedy.snippet)
    if not data or "Properties" in data:
        return None  # of what, is not known
    there = next((id_ for id_ in [*data, *_referred(data)] if value_at(document, ("Resources", id_)) is not None), "")
    path = construct_of(there, document, documents)
    resource = _of(document, there, path)
    names = {there: resource, **{id_: _variable(id_) for id_ in data if id_ != there}}
    lines = [f"// construct: {_construct(path)}"] if path else []
    lines += [f"// {comment}" for comment in _COMMENT.findall(remedy.snippet)]
    for id_, body in data.items():
        if id_ != there:
            lines.append(_resource(names[id_], id_, _referring(body, names)))
    lines += _overrides(resource, _referring(data.get(there), names))
    where = f"the construct {_construct(path)}" if path else remedy.where
    return remedy._replace(language="CDK", where=where, snippet="\n".join(lines))


def _data(text: str) -> dict[str, Raw]:
    """What a snippet says; nothing if it repeats what YAML has no plain text for, such as a control character."""
    try:
        data = raw_of(parse("", text, tags=SHORT_TAGS).root)
    except (InputError, TooDeepError):
        return {}
    return data if isinstance(data, dict) else {}


def _variable(id_: str) -> str:
    return id_[:1].lower() + id_[1:]


def _construct(path: str) -> str:
    head, _, last = path.rpartition("/")
    return head if head and last in _OWN else path


def _of(document: Document, id_: str, path: str) -> str:
    """What a construct makes as its own, by the class of its type."""
    node = value_at(document, ("Resources", id_, "Type"))
    class_ = f"Cfn{node.value.rpartition(':')[2]}" if isinstance(node, ScalarNode) else "CfnResource"
    itself = path and _construct(path) == path
    return f"(construct as {class_})" if itself else f"(construct.node.defaultChild as {class_})"


def _resource(name: str, id_: str, body: Raw) -> str:
    fields = body if isinstance(body, dict) else {}
    said = {"type": fields.get("Type"), "properties": fields.get("Properties")}
    props = _written({key: value for key, value in said.items() if value is not None}, 0, _key, opened=True)
    return f'const {name} = new CfnResource(Stack.of(construct), "{id_}", {props});'


def _overrides(resource: str, body: Raw) -> Iterator[str]:
    fields = body if isinstance(body, dict) else {}
    properties = fields.get("Properties")
    kept = {key: value for key, value in fields.items() if key != "Properties"}
    if kept == _KEPT:
        yield f"{resource}.applyRemovalPolicy(RemovalPolicy.RETAIN);"
    else:
        yield from (f'{resource}.addOverride("{key}", {_written(value, 0, _key)});' for key, value in kept.items())
    for path, value in _leaves(properties) if isinstance(properties, dict) else ():
        yield f'{resource}.addPropertyOverride("{path}", {_written(value, 0, _key)});'


def _leaves(fields: dict[str, Raw]) -> Iterator[tuple[str, Raw]]:
    """The settings with the paths of their keys, down to where there is more than one, or a function."""
    for key, value in fields.items():
        only = next(iter(value)) if isinstance(value, dict) and len(value) == 1 else "Ref"
        if isinstance(value, dict) and not only.startswith(("Ref", "Fn::")):
            yield from ((f"{key}.{path}", inner) for path, inner in _leaves(value))
        else:
            yield key, value


def _referred(value: Raw) -> Iterator[str]:
    """The logical ids that a value refers to."""
    match value:
        case {"Ref": str(id_)} | {"Fn::GetAtt": [str(id_), _]}:
            yield id_
        case dict() | list():
            for inner in value.values() if isinstance(value, dict) else value:
                yield from _referred(inner)


def _referring(value: Raw, names: Mapping[str, str]) -> Raw:
    """A value whose references are expressions, as far as what they refer to has a name."""
    if isinstance(value, list):
        return [_referring(item, names) for item in value]
    match value:
        case {"Ref": str(id_)} if id_ in names:
            return _Verbatim(f"{names[id_]}.ref")
        case {"Fn::GetAtt": [str(id_), str(attribute)]} if id_ in names:
            return _Verbatim(f'{names[id_]}.getAtt("{attribute}")')
        case dict():
            return {key: _referring(inner, names) for key, inner in value.items()}
    return value


def _written(value: Raw, margin: int, key: Callable[[str], str], *, opened: bool = False) -> str:
    """A value on one line where it is short, else an entry a line; ``key`` writes the keys of mappings."""
    line = _in_line(value, key)
    if not isinstance(value, dict | list) or not value or (not opened and len(line) <= _WIDEST):
        return line
    inside = "  " * (margin + 1)
    entries = (f"{inside}{name}{_written(inner, margin + 1, key)}" for name, inner in _entries(value, key))
    inner = ",\n".join(entries)
    return f"{line[0]}\n{inner}\n{'  ' * margin}{line[-1]}"


def _in_line(value: Raw, key: Callable[[str], str]) -> str:
    if not isinstance(value, dict | list):
        return value if isinstance(value, _Verbatim) else _text(value)
    entries = ", ".join(f"{name}{_in_line(inner, key)}" for name, inner in _entries(value, key))
    return f"[{entries}]" if isinstance(value, list) else f"{{{entries}}}"


def _entries(value: list[Raw] | dict[str, Raw], key: Callable[[str], str]) -> Iterator[tuple[str, Raw]]:
    """What a value has inside, each with what stands before it."""
    if isinstance(value, list):
        yield from (("", item) for item in value)
    else:
        yield from ((f"{key(name)}: ", inner) for name, inner in value.items())


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if _NAME.fullmatch(name) else _text(name)
