"""Every component type that a language has is one there, unless it is a connection or needs more than its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archlint.importers import read
from archlint.vocabulary import vocabulary

LINKS = {"authorizer", "eventbridge_rule", "kinesis_consumer", "log_subscription", "sns_subscription", "stack"}
"""Types whose resources are connections, or the boundary of a service."""
MORE = {
    "AWS::Events::Rule": {"ScheduleExpression": "rate(1 hour)"},
    ("websocket_api", "AWS::ApiGatewayV2::Api"): {"ProtocolType": "WEBSOCKET"},
    "AWS::Route53::RecordSet": None,
    "aws_route53_record": None,  # a component only where it leads to one
    ("websocket_api", "aws_apigatewayv2_api"): {"protocol_type": "WEBSOCKET"},
}
"""What a resource has to say to be of a type; None where it takes others."""


def cases(language: str) -> list[tuple[str, str]]:
    return [
        (type_.name, kind)
        for type_ in vocabulary().types.values()
        if type_.name not in LINKS
        for kind in getattr(type_, language)
    ]


def needed(type_: str, kind: str):
    return MORE.get((type_, kind), MORE.get(kind, {}))


@pytest.mark.parametrize(("type_", "kind"), cases("cloudformation"))
def test_cloudformation(tmp_path: Path, type_: str, kind: str) -> None:
    properties = needed(type_, kind)
    if properties is None:
        pytest.skip("a component only where it leads to one")
    resource = {"Type": kind, "Properties": properties}
    (tmp_path / "template.json").write_text(json.dumps({"Resources": {"X": resource}}))
    found = read([tmp_path / "template.json"]).architecture.components
    assert [(component.id, component.type) for component in found] == [("X", type_)]


@pytest.mark.parametrize(("type_", "kind"), cases("terraform"))
def test_terraform(tmp_path: Path, type_: str, kind: str) -> None:
    body = needed(type_, kind)
    if body is None:
        pytest.skip("a component only where it leads to one")
    (tmp_path / "main.tf.json").write_text(json.dumps({"resource": {kind: {"x": body}}}))
    found = read([tmp_path]).architecture.components
    assert [(component.id, component.type) for component in found] == [(f"{kind}.x", type_)]


@pytest.mark.parametrize("type_", sorted(LINKS))
def test_links_are_no_components(tmp_path: Path, type_: str) -> None:
    for kind in vocabulary().types[type_].cloudformation:
        (tmp_path / "template.json").write_text(json.dumps({"Resources": {"X": {"Type": kind, "Properties": {}}}}))
        assert read([tmp_path / "template.json"]).architecture.components == ()
