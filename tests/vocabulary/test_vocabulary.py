from __future__ import annotations

import jsonschema
import pytest
import yaml

from archlint.draw.icons import icon_data
from archlint.model import UNKNOWN, Style
from archlint.vocabulary import ValueFault, nearest, parse_duration, parse_size, show_duration, show_size, vocabulary
from archlint.vocabulary.schema import json_schema

SYNC, ASYNC, ERROR = Style.SYNC, Style.ASYNC, Style.ERROR


@pytest.mark.parametrize(
    ("source", "target", "style", "action"),
    [
        ("sqs", "sqs", ERROR, "redrive"),
        ("lambda", "sqs", ERROR, "on_failure"),
        ("cloudwatch_alarm", "sqs", ASYNC, "observe"),
        ("step_functions", "lambda", SYNC, "orchestrate"),
        ("step_functions", "third_party", ASYNC, "orchestrate"),
        ("step_functions", "dynamodb", SYNC, "read_write"),
        ("sqs", "lambda", ASYNC, "poll"),
        ("kinesis", "lambda", ASYNC, "poll"),
        ("kinesis", "firehose", ASYNC, "deliver"),
        ("dynamodb", "lambda", ASYNC, "poll"),
        ("sns", "sqs", ASYNC, "deliver"),
        ("s3", "lambda", ASYNC, "deliver"),
        ("s3", "redshift", ASYNC, "deliver"),
        ("schedule", "lambda", ASYNC, "deliver"),
        ("firehose", "s3", ASYNC, "deliver"),
        ("lambda", "sqs", ASYNC, "send"),
        ("http_api", "sqs", ASYNC, "send"),
        ("lambda", "sns", ASYNC, "publish"),
        ("lambda", "kinesis", ASYNC, "publish"),
        ("lambda", "dynamodb", SYNC, "read_write"),
        ("lambda", "elasticache", SYNC, "read_write"),
        ("lambda", "secrets", SYNC, "read_write"),
        ("client", "http_api", SYNC, "invoke"),
        ("lambda", "lambda", ASYNC, "invoke"),
    ],
)
def test_the_assumed_action(source: str, target: str, style: Style, action: str) -> None:
    assert vocabulary().assumed_action(source, target, style) == action


@pytest.mark.parametrize(
    ("text", "seconds"), [("500ms", 0.5), ("30s", 30), ("5m", 300), ("6h", 21600), ("14d", 1209600)]
)
def test_durations(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds
    assert show_duration(seconds) == text


@pytest.mark.parametrize(("text", "size"), [("256KB", 262144), ("1MB", 1048576), ("100B", 100)])
def test_sizes(text: str, size: int) -> None:
    assert parse_size(text) == size
    assert show_size(size) == text


@pytest.mark.parametrize("text", ["", "5 minutes", "-1s", "1e9s", "30x", "٣s"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_duration(text)


def test_unknown_is_a_value_of_every_property() -> None:
    words = vocabulary()
    for type_ in words.types.values():
        for property_ in type_.properties.values():
            assert property_.read("unknown") is UNKNOWN


def test_a_value_of_the_wrong_type_says_what_was_expected() -> None:
    timeout = vocabulary().types["lambda"].properties["timeout"]
    with pytest.raises(ValueFault, match="a duration such as"):
        timeout.read("soon")


def test_a_wrong_choice_names_the_nearest() -> None:
    auth = vocabulary().types["rest_api"].properties["auth"]
    with pytest.raises(ValueFault) as caught:
        auth.read("cogito")
    assert caught.value.suggestion == "cognito"


def test_defaults_are_those_of_aws() -> None:
    types = vocabulary().types
    assert types["lambda"].defaults["timeout"] == 3
    assert types["rest_api"].defaults["timeout"] == 29
    assert types["http_api"].defaults["timeout"] == 30
    assert types["sqs"].defaults["retention"] == 4 * 86400
    assert vocabulary().connection_default("batch_size", "sqs") == 10
    assert vocabulary().connection_default("batch_size", "kinesis") == 100
    assert vocabulary().connection_default("batch_size", "sns") is None


def test_the_nearest_name() -> None:
    assert nearest("lamda", vocabulary().types) == "lambda"
    assert nearest("zzzzzz", vocabulary().types) == ""


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        *(
            ("function", "lambda"),
            ("Queue", "sqs"),
            ("postgres", "rds"),
            ("load-balancer", "alb"),
            ("external", "third_party"),
        ),
        *(("AWS::SQS::Queue", "sqs"), ("aws_dynamodb_table", "dynamodb"), ("AWS::Events::Rule", "eventbridge_rule")),
        *(("lamda", "lambda"), ("databse", "rds"), ("zzzzzz", "")),
    ],
)
def test_the_type_that_is_meant(name: str, type_: str) -> None:
    assert vocabulary().type_meant(name) == type_


def test_other_names_are_no_types_and_mean_one_type_each() -> None:
    known = vocabulary()
    words = [word for words in known.also_called.values() for word in words]
    assert known.also_called.keys() <= known.types.keys()
    assert not known.types.keys() & set(words)
    assert len(words) == len(set(words))


def test_every_icon_exists() -> None:
    assert [type_.name for type_ in vocabulary().types.values() if type_.icon and icon_data(type_.icon) is None] == []


def test_the_schema_takes_what_the_reader_takes() -> None:
    schema = json_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    good = """
archlint: 1
name: A
services:
  s:
    components: {a: http_api, t: {type: dynamodb, stream: NEW_IMAGE}, f: {type: lambda, timeout: unknown}}
    connections:
      - c => a => f
      - f =write=> t
      - t -> f: {batch_size: 5}
      - {from: f, to: t, style: sync, action: read}
components: {c: client}
"""
    assert list(validator.iter_errors(yaml.safe_load(good))) == []
    for bad in ("timeout: soon", "memori: 128", "retry_attempts: -1"):
        data = yaml.safe_load(f"archlint: 1\nname: A\ncomponents:\n  f: {{type: lambda, {bad}}}\n")
        assert list(validator.iter_errors(data)), bad
