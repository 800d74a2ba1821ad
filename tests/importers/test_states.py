"""Definitions in the Amazon States Language, given by themselves."""

from __future__ import annotations

import json

import pytest
from in_short import edges

from archlint.importers import read, read_text
from archlint.lint import check
from archlint.model import InputError
from archlint.source import Limits

DEFINITION = {
    "Comment": "Bakes a loaf",
    "StartAt": "Knead",
    "States": {
        "Knead": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "${KneadFunction}"},
            "Retry": [{"ErrorEquals": ["States.ALL"]}],
            "Next": "Rise",
        },
        "Rise": {"Type": "Wait", "Seconds": 3600, "Next": "Tell"},
        "Tell": {
            "Type": "Task",
            "Resource": "arn:aws:states:::sns:publish",
            "Parameters": {"TopicArn": "arn:aws:sns:eu-west-1:123456789012:loaves", "Message": "done"},
            "End": True,
        },
    },
}


@pytest.mark.parametrize("name", ["bake.asl.json", "bake.json", "bake.asl.yaml", "statemachine/definition.asl.json"])
def test_a_definition_is_a_state_machine_and_what_it_calls(tmp_path, name):
    folder = tmp_path / "bake"
    file = folder / name
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(DEFINITION, indent=2))
    architecture = read([file]).architecture
    assert edges(architecture) == ["bake -> loaves: publish", "bake => KneadFunction: orchestrate"]
    machine = architecture.by_id["bake"]
    assert (machine.type, machine.properties["expected_duration"]) == ("step_functions", 3600)
    assert architecture.name == "Bakes a loaf"
    assert architecture.by_id["KneadFunction"].properties == {"external": True}


def test_findings_stand_at_the_state(tmp_path, rulebook):
    file = tmp_path / "bake.asl.json"
    file.write_text(json.dumps(DEFINITION, indent=2))
    reading = read([file])
    (finding,) = check(reading.architecture, rulebook).findings
    span = reading.span(finding.site)
    assert finding.rule == "task-without-retry-or-catch"
    assert reading.documents[finding.site.document].line(span.line)[span.column - 1 : span.end_column - 1] == '"Tell"'


def test_beside_a_template_it_is_a_part_of_that(tmp_path):
    (tmp_path / "bake.asl.json").write_text(json.dumps(DEFINITION))
    (tmp_path / "other.asl.json").write_text(json.dumps(DEFINITION))
    assert sorted(read([tmp_path]).architecture.services) == ["bake", "other"]
    (tmp_path / "template.yaml").write_text(
        "Resources: {Bake: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: bake.asl.json}}}\n"
    )
    machines = [one.id for one in read([tmp_path]).architecture.components if one.type == "step_functions"]
    assert machines == ["Bake"]


def test_one_that_is_nested_too_deeply_is_an_error(tmp_path):

    file = tmp_path / "deep.json"
    file.write_text(json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": [[[[[[1]]]]]]}}}))
    with pytest.raises(InputError, match="nested too deeply"):
        read([file], limits=Limits(depth=6))


def test_standard_input_is_recognised():
    assert [one.id for one in read(["-"], stdin=json.dumps(DEFINITION)).architecture.components][:1] == ["workflow"]
    assert read_text(json.dumps(DEFINITION)).architecture.by_id["workflow"].type == "step_functions"
