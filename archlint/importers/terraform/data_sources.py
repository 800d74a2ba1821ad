"""Data sources that only make a text of their arguments, such as a policy document."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.importers.terraform.blocks import Block
from archlint.importers.terraform.evaluating import State, rendered
from archlint.importers.terraform.values import NOTHING_KNOWN, Data, Json, Opaque, Text, is_known, opaque

POLICY = "aws_iam_policy_document"
_FIELDS = {
    "sid": "Sid",
    "effect": "Effect",
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
}


def is_computed_here(kind: str) -> bool:
    """Whether a data source of this kind is made of its arguments alone."""
    return kind in (POLICY, "template_file")


def read_data(kind: str, block: Block, state: State) -> Data:
    """The text that a data source makes."""
    if kind == POLICY:
        return Json({"Version": "2012-10-17", "Statement": list(_statements(block))})
    names, text = block.get("vars").data, block.get("template").data
    return rendered(text, names or {}, state) if isinstance(text, str) else opaque(text, names)


def _statements(block: Block) -> Iterator[Data]:
    for name in ("source_json", "override_json", "source_policy_documents", "override_policy_documents"):
        value = block.get(name).data
        for item in value if isinstance(value, list) else [value]:
            yield from _included(item)
    for statement in block.blocks("statement"):
        made: dict[str, Data] = {"Effect": "Allow"}
        for name, key in _FIELDS.items():
            value = statement.get(name).data
            if value is not None:
                made[key] = value
        for name, key in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
            principals = list(statement.blocks(name))
            if principals:
                made[key] = {
                    str(type_): principal.get("identifiers").data
                    for principal in principals
                    if isinstance(type_ := principal.get("type").data, str)
                }
        made |= _condition(statement)
        yield made


def _condition(statement: Block) -> dict[str, Data]:
    conditions: dict[str, Data] = {}
    for block in statement.blocks("condition"):
        test, variable = block.get("test").data, block.get("variable").data
        if isinstance(test, str) and isinstance(variable, str):
            group = conditions.setdefault(test, {})
            assert isinstance(group, dict)
            group[variable] = block.get("values").data
    return {"Condition": conditions} if conditions else {}


def _included(value: Data) -> Iterator[Data]:
    """The statements of another document."""
    data = value.data if isinstance(value, Json) else None
    statements = data.get("Statement") if isinstance(data, dict) else None
    if isinstance(statements, list):
        yield from statements
    elif isinstance(statements, dict):
        yield statements
    elif isinstance(value, Opaque | Text) and not is_known(value):
        yield {"Effect": "Allow", "Action": NOTHING_KNOWN, "Resource": opaque(value)}
