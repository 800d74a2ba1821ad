"""Inputs that are valid on the outside and anything within: what Hypothesis makes of the words that readers know."""

from __future__ import annotations

import json
from typing import Any

from fuzz import structured
from fuzz.structured import chances, driven
from fuzz.target import Target
from fuzz.targets.findings import TARGETS as OF_FINDINGS
from fuzz.targets.readers import TARGETS as OF_READERS
from hypothesis import strategies as st

_RUN = {target.name: target.run for target in (*OF_READERS, *OF_FINDINGS)}
_CODE, _SLS, _TF = "importers/cloudformation", "importers/serverless", "importers/terraform"
_SHARED = "importers/infrastructure"


def _as_json(target: str, data: object) -> None:
    _RUN[target](json.dumps(data).encode())


def _described(text: str) -> None:
    for name in ("description", "check", "fix", "suggest"):
        _RUN[name](text.encode())


def _template(parts: tuple[dict[str, Any], object, bool]) -> None:
    resources, more, sam = parts
    transform = {"Transform": "AWS::Serverless-2016-10-31"} if sam else {}
    sections = more if isinstance(more, dict) else {"Outputs": more}
    _as_json("cloudformation", {**sections, **transform, "Resources": resources})


def _serverless(parts: tuple[object, object, object]) -> None:
    functions, resources, custom = parts
    named = functions if isinstance(functions, dict) else {"a": functions}
    _as_json(
        "serverless",
        {"service": "shop", "provider": {"name": "aws"}, "functions": named, "resources": resources, "custom": custom},
    )


def _machine(states: dict[str, Any]) -> None:
    _as_json("asl", {"StartAt": next(iter(states)), "States": states})


def _plan(parts: list[tuple[str, dict[str, Any]]]) -> None:
    resources = [
        {"address": f"{type_}.r{place}", "type": type_, "name": f"r{place}", "mode": "managed", "values": values}
        for place, (type_, values) in enumerate(parts)
    ]
    planned = {"root_module": {"resources": resources}}
    configuration = {"root_module": {"resources": [{**one, "expressions": {}} for one in resources]}}
    _as_json("plan", {"format_version": "1.2", "planned_values": planned, "configuration": configuration})


def _blocks(parts: list[tuple[str, dict[str, Any]]]) -> None:
    blocks = [
        f'resource "{type_}" "r{place}" {{\n'
        + "".join(f"  {name} = {_expression(value)}\n" for name, value in values.items() if name.isidentifier())
        + "}\n"
        for place, (type_, values) in enumerate(parts)
    ]
    _RUN["terraform"]("".join(blocks).encode())


def _expression(value: object) -> str:
    """A value as HCL: JSON but for the references that words look like."""
    if isinstance(value, str) and value.startswith("aws_") and value.isidentifier():
        return f"{value}.r0.arn"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_expression(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_expression, value)) + "]"
    return json.dumps(value)


_TYPES = st.sampled_from([word for word in structured.words_of(_TF) if word.startswith("aws_") and word.isidentifier()])
_KEYS = st.sampled_from([word for word in structured.words_of(_TF) if word.isidentifier()])
_RESOURCES = st.lists(
    st.tuples(_TYPES, st.dictionaries(_KEYS, structured.trees(_TF), max_size=5)), min_size=1, max_size=4
)
_TEMPLATES = st.tuples(structured.resources("AWS::", _CODE, _SHARED), structured.trees(_CODE, _SHARED), st.booleans())
_STATES = st.dictionaries(st.sampled_from("ABC"), structured.trees(_SHARED), min_size=1, max_size=3)

TARGETS = (
    Target("structured-description", driven(structured.descriptions(), _described), quick=25, first=chances),
    Target("structured-template", driven(_TEMPLATES, _template), quick=100, first=chances),
    Target(
        "structured-serverless", driven(st.tuples(*[structured.trees(_SLS)] * 3), _serverless), quick=100, first=chances
    ),
    Target("structured-asl", driven(_STATES, _machine), quick=100, first=chances),
    Target("structured-plan", driven(_RESOURCES, _plan), quick=100, first=chances),
    Target("structured-terraform", driven(_RESOURCES, _blocks), quick=100, first=chances),
)
