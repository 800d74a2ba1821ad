"""Broken, hostile and large configurations, and the places of what they say."""

from __future__ import annotations

import pytest
from importers.terraform.configurations import component, place

from archlint.lint import check
from archlint.model import InputError


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('resource "aws_sqs_queue" "q" {\n  name = [1, 2\n}\n', "main.tf:3:1"),
        ('resource "aws_sqs_queue" "q" {\n', "main.tf:2:1"),
        ('resource "aws_sqs_queue" "q" {\n  delay_seconds = 3e1\n  name = [1e1, 2\n}\n', "main.tf:4:1"),
        ("this is no HCL ]\n", "main.tf:1"),
    ],
)
def test_broken_files_are_named_with_their_place(project, text, place) -> None:
    with pytest.raises(InputError) as caught:
        project(main=text)
    assert any(str(problem).startswith(place) for problem in caught.value.problems), caught.value.problems
    assert "this is no valid HCL" in str(caught.value)


@pytest.mark.parametrize(
    "expression",
    [
        "[" * 3000 + "]" * 3000,
        "1" + " + 1" * 3000,
        "!" * 3000 + "true",
        '"${' * 40 + "1" + '}"' * 40,
        '"' + "%{ if true }" * 800 + "%{ endif }" * 800 + '"',
        "local.b",
        "local.huge_20",
        "range(1000000000)",
        'replace(local.huge_9, "x", local.huge_9)',
        "[for a in range(9999) : [for b in range(9999) : b]]",
        "[for a in range(9999) : length(upper(local.huge_18))]",
        "[for a in range(9999) : local.huge_18 == a]",
        '[for a in range(9999) : "${a}${local.huge_18}"]',
        '"%{ for a in local.wide }%{ for b in local.wide }.%{ endfor }%{ endfor }"',
    ],
)
def test_hostile_expressions_come_to_an_end(project, expression) -> None:
    doubling = "\n".join(f'huge_{n + 1} = "${{local.huge_{n}}}${{local.huge_{n}}}"' for n in range(25))
    reading = project(
        main=f"""
        locals {{
          a = local.b
          b = local.a
          huge_0 = "xxxxxxxxxx"
          wide   = range(9999)
          {doubling}
        }}
        resource "aws_sqs_queue" "q" {{
          name          = {expression}
          delay_seconds = local.huge_25 == "" ? 1 : 1
        }}
        """
    )
    assert component(reading, "aws_sqs_queue.q").properties == {"delay": 1}


def test_blocks_nested_too_deeply_are_refused(project) -> None:
    with pytest.raises(InputError, match="nested too deeply"):
        project(main="a {\n" * 500 + "}\n" * 500)


def test_places_count_characters(project) -> None:
    reading = project(main='# größer\r\nlocals { ä = "ü" }\r\nresource "aws_sqs_queue" "q" { name = "é" }\r\n')
    assert place(reading, component(reading, "aws_sqs_queue.q").site) == "main.tf:3:1"


def test_many_resources_take_time_in_proportion(project) -> None:
    one = """
        resource "aws_sqs_queue" "q{n}" {{ redrive_policy = jsonencode({{ deadLetterTargetArn = aws_sqs_queue.q{n}.arn }}) }}
        resource "aws_apigatewayv2_api" "a{n}" {{ protocol_type = "HTTP" }}
        resource "aws_apigatewayv2_integration" "i{n}" {{
          api_id           = aws_apigatewayv2_api.a{n}.id
          integration_type = "AWS_PROXY"
          integration_uri  = aws_lambda_function.f{n}.invoke_arn
        }}
        resource "aws_apigatewayv2_route" "r{n}" {{
          api_id    = aws_apigatewayv2_api.a{n}.id
          route_key = "GET /"
          target    = "integrations/${{aws_apigatewayv2_integration.i{n}.id}}"
        }}
        resource "aws_lambda_function" "f{n}" {{ role = aws_iam_role.f{n}.arn }}
        resource "aws_iam_role" "f{n}" {{ name = "f{n}" }}
        """
    reading = project(main="".join(one.format(n=n) for n in range(1000)))
    assert len(reading.architecture.connections) == 2000


def test_comments_suppress_what_stands_below_or_before_them(project, rulebook) -> None:
    text = """
        # archlint: ignore[queue-without-dlq] replayed by hand
        resource "aws_sqs_queue" "a" {}
        resource "aws_sqs_queue" "b" {} // archlint: ignore[queue-without-dlq] replayed by hand
        /* archlint: ignore[queue-without-dlq] replayed by hand */
        resource "aws_sqs_queue" "c" { name = "# archlint: ignore[no-such-rule] inside a text" }
        resource "aws_sqs_queue" "d" {}
        resource "aws_lambda_function" "f" {}
        resource "aws_lambda_event_source_mapping" "m" {
          for_each         = toset([aws_sqs_queue.a.arn, aws_sqs_queue.b.arn, aws_sqs_queue.c.arn, aws_sqs_queue.d.arn])
          event_source_arn = each.value
          function_name    = aws_lambda_function.f.arn
        }
        resource "aws_lambda_event_source_mapping" "off" {
          event_source_arn = aws_sqs_queue.e.arn
          function_name    = aws_lambda_function.f.arn
          enabled          = false
        }
        resource "aws_sqs_queue" "e" {}
        """
    findings = [
        finding
        for finding in check(project(main=text).architecture, rulebook).findings
        if finding.rule == "queue-without-dlq"
    ]
    assert {f.component.name: f.suppressed for f in findings} == {"a": True, "b": True, "c": True, "d": False}


def test_a_resource_without_a_name_that_can_be_one_is_read_all_the_same(project) -> None:
    reading = project(main='resource "aws_s3_bucket" "`" {}\n')
    assert [(one.type, one.label) for one in reading.architecture.components] == [("s3", "`")]
