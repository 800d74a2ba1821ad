"""Every kind of input, read as a command reads it; what is read can be written as a description and read again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fuzz.bundles import unpack
from fuzz.guarding import scratch
from fuzz.judging import refused_or, require
from fuzz.samples import examples, tests_of
from fuzz.target import Target

from archlint.importers import KnownNames, Reading, read, read_text
from archlint.source import Limits, decode
from archlint.writing import description_text

_LIMITS = Limits(bytes=1_000_000)
_NAMES = KnownNames()


def judge_reading(reading: Reading) -> None:
    """Everything has a place, and the description of it is valid."""
    for element in (*reading.architecture.components, *reading.architecture.connections):
        span = reading.span(element.site)
        require(span.line > 0 and span.column > 0, f"{element} stands nowhere")
    for note in reading.notes:
        require(note.span is not None and note.span.line > 0, f"a note without a place: {note}")
    again = read_text(description_text(reading.architecture), path="<written>")
    for kind in ("components", "connections"):
        before, after = (len(getattr(one, kind)) for one in (reading.architecture, again.architecture))
        require(before == after, f"{before} {kind} were read, {after} were written")


def _description(data: bytes) -> None:
    def act() -> Reading:
        return read_text(decode(data, "<stdin>", _LIMITS), path="<stdin>", limits=_LIMITS)

    reading = refused_or(act, texts={"<stdin>": data.decode("utf-8", errors="replace")})
    if reading is not None:
        judge_reading(reading)


def _files(name: str, given: str, data: bytes) -> None:
    """A bundle of files, of which one or the whole folder is given."""
    with scratch() as folder:
        unpack(data, folder, name)
        reading = refused_or(lambda: read([given], _NAMES, limits=_LIMITS))
        if reading is not None:
            judge_reading(reading)


def _kind(name: str, given: str) -> Callable[[bytes], None]:
    return partial(_files, name, given)


def _machine(data: bytes) -> None:
    """A state machine in the language of AWS, in the file that a template names."""
    template = b"Resources:\n  Flow:\n    Type: AWS::Serverless::StateMachine\n    Properties: {DefinitionUri: flow.asl.json}\n"
    template += b"  Work: {Type: AWS::Lambda::Function, Properties: {Handler: a.b}}\n"
    _files("template.yaml", "template.yaml", template + b"=== flow.asl.json\n" + data.replace(b"\n=== ", b"\n"))


_YAML = (b"services:", b"components:", b"connections:", b"ignore:", b"include: [", b"archlint: 1\nname: x\n")
_ARROWS = (b" => ", b" -> ", b" !> ", b" =write=> ", b", ", b"{type: sqs}", b"lambda", b"timeout: 5s", b"unknown")
_FN = (
    *(
        b"!Ref ",
        b"!Sub ",
        b"!GetAtt ",
        b"!If [",
        b"Fn::Sub",
        b"Fn::Join",
        b"Fn::If",
        b"Fn::ForEach::X",
        b"Fn::FindInMap",
    ),
    *(b"${AWS::Region}", b"{{resolve:ssm:x}}", b"arn:aws:sqs:::q", b"Properties: ", b"Type: AWS::", b"DependsOn: "),
)
_HCL = (
    *(b"for_each = ", b"count = ", b"dynamic ", b"jsonencode(", b"templatefile(", b"var.", b"local.", b"each.value"),
    *(b"${", b"%{ for x in y }", b"<<EOT\n", b"[for k, v in x : k => v]", b"...", b"*", b"module.", b"data.", b"? :"),
    *(b"regex(", b"regexall(", b"replace(", b"range(", b"format(", b"setproduct(", b"repeat", b"pow(", b"join("),
)
_SLS = (b"${self:", b"${file(", b"${opt:", b"${env:", b"${ssm:", b"${param:", b"custom:", b"functions:", b"events:")

_INCLUDED = (b"=== a.yaml\n", b"include: a.yaml\n", b"../")
_FOLDER = (b"=== .gitignore\n", b"=== a/b.json\n", b"=== x.tf\n")
_CFN, _TF = tests_of("importers/cloudformation"), tests_of("importers/terraform")

TARGETS = (
    Target("description", _description, (*_YAML, *_ARROWS), first=examples),
    Target("includes", _kind("main.yaml", "main.yaml"), (*_YAML, *_INCLUDED), first=tests_of("importers")),
    Target("folder", _kind("main.yaml", "."), (*_YAML, *_FN, *_FOLDER)),
    Target("cloudformation", _kind("template.yaml", "template.yaml"), _FN, first=_CFN),
    Target(
        "sam", _kind("template.yaml", "template.yaml"), (*_FN, b"Events:", b"Policies:", b"Connectors:"), first=_CFN
    ),
    Target("cdk", _kind("manifest.json", "manifest.json"), (b'"artifacts":', b'"templateFile":', b"aws:cdk:path")),
    Target("terraform", _kind("main.tf", "."), _HCL, first=_TF),
    Target("plan", _kind("plan.json", "plan.json"), (b'"planned_values":', b'"child_modules":', b'"references":')),
    Target(
        "serverless", _kind("serverless.yml", "serverless.yml"), (*_SLS, *_FN), first=tests_of("importers/serverless")
    ),
    Target("compose", _kind("serverless-compose.yml", "serverless-compose.yml"), (*_SLS, b"dependsOn: ")),
    Target("asl", _machine, (b'"Type": "', b'"States":', b'"Next":', b'"Resource":', b".sync", b"$.", b"{% ")),
)
