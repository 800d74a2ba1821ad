"""What the CDK synthesizes: a folder with a manifest, stacks, stages, nested stacks and assets."""

from __future__ import annotations

import json

import pytest
from in_short import edges

from archlint.importers import read


def queue(path: str | None = None) -> dict:
    return {"Type": "AWS::SQS::Queue", **({"Metadata": {"aws:cdk:path": path}} if path else {})}


@pytest.fixture
def synthesized(project):
    """An application of two stacks, one with a nested one, and a stage; its folder is one that git ignores."""
    project.write(".gitignore", "cdk.out\n")

    def write(name, data):
        project.write(f"cdk.out/{name}", json.dumps(data))

    def stack(file, **more):
        return {"type": "aws:cloudformation:stack", "properties": {"templateFile": file}, **more}

    write("cdk.out", {"version": "38.0.0"})
    write("tree.json", {"version": "tree-0.1", "tree": {}})
    write("Shop.assets.json", {"version": "38.0.0", "files": {}})
    write("asset.123/template.json", {"Resources": {"Stray": queue()}})
    write(
        "manifest.json",
        {
            "version": "38.0.0",
            "artifacts": {
                "Shop.assets": {"type": "cdk:asset-manifest", "properties": {"file": "Shop.assets.json"}},
                "Shop": stack("Shop.template.json"),
                "Workers": stack(
                    "Workers.template.json",
                    metadata={"/Workers/Work/Resource": [{"type": "aws:cdk:logicalId", "data": "Work1234"}]},
                ),
                "assembly-Prod": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}},
            },
        },
    )
    write(
        "Shop.template.json",
        {
            "Resources": {
                "Inbox5678": queue("Shop/Inbox/Resource"),
                "Failures": {
                    "Type": "AWS::CloudFormation::Stack",
                    "Properties": {"TemplateURL": {"Fn::Join": ["", ["https://s3.", {"Ref": "AWS::Region"}]]}},
                    "Metadata": {
                        "aws:asset:path": "Failures.nested.template.json",
                        "aws:asset:property": "TemplateURL",
                    },
                },
                "LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a": {"Type": "AWS::Lambda::Function", "Properties": {}},
            },
            "Outputs": {
                "ExportsOutput": {
                    "Value": {"Fn::GetAtt": ["Inbox5678", "Arn"]},
                    "Export": {"Name": "Shop:ExportsOutputFnGetAttInbox5678Arn"},
                }
            },
        },
    )
    write("Failures.nested.template.json", {"Resources": {"Dead": queue()}})
    write(
        "Workers.template.json",
        {
            "Resources": {
                "Work1234": {"Type": "AWS::Lambda::Function", "Properties": {}},
                "Map": {
                    "Type": "AWS::Lambda::EventSourceMapping",
                    "Properties": {
                        "EventSourceArn": {"Fn::ImportValue": "Shop:ExportsOutputFnGetAttInbox5678Arn"},
                        "FunctionName": {"Ref": "Work1234"},
                    },
                },
            }
        },
    )
    write("assembly-Prod/manifest.json", {"version": "38.0.0", "artifacts": {"ProdShop": stack("ProdShop.template.json", displayName="Prod/Shop")}})  # fmt: skip
    write("assembly-Prod/ProdShop.template.json", {"Resources": {"Own": queue()}})
    return project


@pytest.mark.parametrize("what", ["cdk.out", "cdk.out/manifest.json"])
def test_a_synthesized_folder(synthesized, what) -> None:
    reading = synthesized.read(what)
    architecture = reading.architecture
    assert [c.id for c in architecture.components] == [
        "Shop.Inbox5678",
        "Failures.Dead",
        "Workers.Work1234",
        "Prod-Shop.Own",
    ]
    assert edges(architecture) == ["Shop.Inbox5678 -> Workers.Work1234: poll"]
    assert [c.label for c in architecture.components] == ["Inbox", "Dead", "Work", "Own"]
    assert reading.notes == []


def test_a_stack_that_is_not_there_is_noted(synthesized) -> None:
    (synthesized.root / "cdk.out/Workers.template.json").unlink()
    reading = synthesized.read("cdk.out")
    assert [note.message for note in reading.notes] == [
        "the template `Workers.template.json` of this stack cannot be read"
    ]
    assert "Shop.Inbox5678" in reading.architecture.by_id


@pytest.mark.parametrize("file", ["../../etc/passwd", "/etc/passwd"])
def test_a_manifest_leads_nowhere_else(synthesized, file) -> None:
    manifest = {"version": "1", "artifacts": {"S": {"type": "aws:cloudformation:stack", "properties": {"templateFile": file}}}}  # fmt: skip
    synthesized.write("cdk.out/manifest.json", json.dumps(manifest))
    assert "cannot be read" in synthesized.read("cdk.out/manifest.json").notes[0].message


def test_a_stage_inside_itself_is_noted(synthesized) -> None:
    manifest = {
        "version": "1",
        "artifacts": {"S": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "."}}},
    }
    synthesized.write("cdk.out/manifest.json", json.dumps(manifest))
    assert "cannot be read" in synthesized.read("cdk.out/manifest.json").notes[0].message


def test_a_nested_stack_is_found_by_the_manifest_of_assets(tmp_path) -> None:
    """The CDK writes the address in its bucket where its command line adds no metadata."""
    name = "a" * 64
    files = {
        "manifest.json": {
            "version": "36.0.0",
            "artifacts": {
                "Shop": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Shop.template.json"}}
            },
        },
        "Shop.template.json": {
            "Resources": {
                "Jobs": {"Type": "AWS::SQS::Queue"},
                "Inner": {
                    "Type": "AWS::CloudFormation::Stack",
                    "Properties": {
                        "Parameters": {"Jobs": {"Fn::GetAtt": ["Jobs", "Arn"]}},
                        "TemplateURL": {
                            "Fn::Join": [
                                "",
                                ["https://s3.", {"Ref": "AWS::Region"}, f".amazonaws.com/assets/{name}.json"],
                            ]
                        },
                    },
                },
            }
        },
        "Shop.assets.json": {"version": "36.0.0", "files": {name: {"source": {"path": "Inner.nested.template.json"}}}},
        "Inner.nested.template.json": {
            "Parameters": {"Jobs": {"Type": "String"}},
            "Resources": {
                "Work": {"Type": "AWS::Lambda::Function"},
                "From": {
                    "Type": "AWS::Lambda::EventSourceMapping",
                    "Properties": {"FunctionName": {"Ref": "Work"}, "EventSourceArn": {"Ref": "Jobs"}},
                },
            },
        },
    }
    for file, data in files.items():
        (tmp_path / file).write_text(json.dumps(data))
    reading = read([tmp_path])
    assert edges(reading.architecture) == ["Shop.Jobs -> Inner.Work: poll"]
    assert not reading.notes
    for odd in ({}, {"files": {name: {"source": {"path": "../x.json"}}}}, {"files": 1}):
        (tmp_path / "Shop.assets.json").write_text(json.dumps(odd))
        assert read([tmp_path / "manifest.json"]).notes
