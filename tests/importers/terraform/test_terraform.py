"""Folders of .tf files and plans, read into graphs."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest

from archlint.importers import read
from archlint.lint import check
from archlint.model import InputError, is_unknown

HERE = Path(__file__).parent


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Writes files into a project and reads it."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def write(path: str = ".", **files: str):
        for name, text in files.items():
            file = tmp_path / name.replace("__", "/")
            file = file.with_name(file.name.replace("_tfvars", ".tfvars").replace("_json", ".json"))
            file = file if file.suffix else file.with_suffix(".tf")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(dedent(text))
        return read([path])

    return write


def edges(reading):
    return {f"{edge.source.id} {edge.style.arrow} {edge.target.id}": edge for edge in reading.architecture.connections}


def component(reading, id_):
    return reading.architecture.by_id[id_]


def place(reading, site):
    span = reading.span(site)
    return f"{span.path}:{span.line}:{span.column}"


def test_a_folder_and_its_plan_give_the_same_graph() -> None:
    folder, plan = read([HERE / "orders"]).architecture, read([HERE / "orders.plan.json"]).architecture

    def components(architecture):
        return sorted((c.id, c.type, dict(c.properties)) for c in architecture.components)

    def connections(architecture):
        return sorted((e.source.id, e.style.value, e.target.id, e.action) for e in architecture.connections)

    assert components(folder) == components(plan)
    assert connections(folder) == connections(plan)
    assert len(folder.connections) == 8


def test_ids_are_addresses_and_places_are_the_users_own() -> None:
    reading = read([HERE / "orders"])
    inbox = component(reading, "module.intake.aws_sqs_queue.inbox")
    assert place(reading, inbox.site).endswith("orders/modules/intake/main.tf:14:1")
    redrive = edges(reading)["module.intake.aws_sqs_queue.inbox !> module.intake.aws_sqs_queue.dead"]
    assert place(reading, redrive.site).endswith("orders/modules/intake/main.tf:18:20")
    assert inbox.properties == {"visibility_timeout": 120}
    assert [*reading.architecture.services] == ["orders"]


def test_a_plan_shows_nothing_secret(capsys) -> None:
    reading = read([HERE / "orders.plan.json"])
    text = next(iter(reading.documents.values())).text
    assert "9876543210" not in text
    assert "1234567890" not in text
    assert '"aws_lambda_function.projector"' in text
    written = (HERE / "orders.plan.json").read_text()
    assert len(text) == len(written)
    assert text.count("\n") == written.count("\n")


def test_a_plan_beside_its_files_says_nothing_new(project) -> None:
    reading = project(main='resource "aws_sqs_queue" "a" {}', plan_json=(HERE / "orders.plan.json").read_text())
    assert [c.id for c in reading.architecture.components] == ["aws_sqs_queue.a"]


def test_variables_locals_and_files_of_values(project) -> None:
    reading = project(
        main="""
        variable "seconds" { default = 40 }
        variable "days" { default = 4 }
        variable "name" {}
        locals { doubled = var.seconds * 2 }
        resource "aws_sqs_queue" "a" {
          name                       = "q-${var.name}"
          visibility_timeout_seconds = local.doubled
          message_retention_seconds  = var.days * 86400
          delay_seconds              = var.unheard
        }
        """,
        terraform_tfvars='name = "x"\ndays = 7',
        more_auto_tfvars="days = 9\nextra = 1",
    )
    queue = component(reading, "aws_sqs_queue.a")
    assert queue.properties["visibility_timeout"] == 80
    assert queue.properties["retention"] == 7 * 86400
    assert is_unknown(queue.properties["delay"])


def test_what_rests_on_a_default_is_likely(project) -> None:
    reading = project(
        main="""
        variable "failed_to" { default = "b" }
        resource "aws_sqs_queue" "b" { name = "b" }
        resource "aws_sqs_queue" "c" { name = "c" }
        resource "aws_lambda_function" "f" {
          dead_letter_config { target_arn = var.failed_to == "b" ? aws_sqs_queue.b.arn : aws_sqs_queue.c.arn }
        }
        """
    )
    (edge,) = edges(reading).values()
    assert edge.target.id == "aws_sqs_queue.b"
    assert edge.confidence.word == "likely"


def test_a_condition_that_is_not_known_leaves_both(project) -> None:
    reading = project(
        main="""
        variable "first" {}
        resource "aws_sqs_queue" "b" {}
        resource "aws_sqs_queue" "c" {}
        resource "aws_lambda_function" "f" {
          timeout = var.first ? 10 : 20
          dead_letter_config { target_arn = var.first ? aws_sqs_queue.b.arn : aws_sqs_queue.c.arn }
        }
        """
    )
    assert {(edge.target.id, edge.confidence.word) for edge in edges(reading).values()} == {
        ("aws_sqs_queue.b", "likely"),
        ("aws_sqs_queue.c", "likely"),
    }
    assert is_unknown(component(reading, "aws_lambda_function.f").properties["timeout"])


def test_count_and_for_each_are_one_component(project) -> None:
    reading = project(
        main="""
        variable "workers" { default = ["a", "b"] }
        resource "aws_sns_topic" "t" {}
        resource "aws_sqs_queue" "dead" { count = 0 }
        resource "aws_sqs_queue" "q" {
          for_each                   = toset(["x", "y", "z"])
          name                       = each.key
          visibility_timeout_seconds = each.key == "x" ? 60 : 90
          delay_seconds              = 5
        }
        resource "aws_sns_topic_subscription" "s" {
          for_each  = aws_sqs_queue.q
          topic_arn = aws_sns_topic.t.arn
          protocol  = "sqs"
          endpoint  = each.value.arn
        }
        resource "aws_sns_topic_subscription" "by_key" {
          for_each  = toset(["x", "y"])
          topic_arn = aws_sns_topic.t.arn
          protocol  = "sqs"
          endpoint  = aws_sqs_queue.q[each.value].arn
        }
        """
    )
    assert [c.id for c in reading.architecture.components] == ["aws_sns_topic.t", "aws_sqs_queue.q"]
    queue = component(reading, "aws_sqs_queue.q")
    assert queue.properties["delay"] == 5
    assert is_unknown(queue.properties["visibility_timeout"])
    edge = edges(reading)["aws_sns_topic.t -> aws_sqs_queue.q"]
    assert edge.properties["instances"] == 3
    assert edge.confidence.word == "certain"


def test_each_instance_of_a_connection_is_followed(project) -> None:
    reading = project(
        main="""
        locals {
          routes = { fast = { queue = aws_sqs_queue.fast.arn, size = 1 }, slow = { queue = aws_sqs_queue.slow.arn, size = 10 } }
        }
        resource "aws_sqs_queue" "fast" {}
        resource "aws_sqs_queue" "slow" {}
        resource "aws_lambda_function" "f" {}
        resource "aws_lambda_event_source_mapping" "m" {
          for_each         = { for name, route in local.routes : name => route if name != "none" }
          event_source_arn = each.value.queue
          function_name    = aws_lambda_function.f.arn
          batch_size       = each.value.size
        }
        """
    )
    found = edges(reading)
    assert found["aws_sqs_queue.fast -> aws_lambda_function.f"].properties == {"batch_size": 1}
    assert found["aws_sqs_queue.slow -> aws_lambda_function.f"].properties == {"batch_size": 10}


def test_modules_hand_values_in_and_out(project) -> None:
    reading = project(
        main="""
        module "queue" {
          source   = "./queue"
          for_each = { one = 30, two = 40 }
          hidden   = each.value
          settings = { name = each.key }
        }
        resource "aws_lambda_function" "f" {
          dead_letter_config { target_arn = module.queue["one"].arn }
        }
        """,
        queue__main="""
        variable "hidden" {}
        variable "settings" { type = object({ name = string, fifo = optional(bool, true) }) }
        resource "aws_sqs_queue" "this" {
          name                       = var.settings.name
          fifo_queue                 = var.settings.fifo
          visibility_timeout_seconds = var.hidden
        }
        output "arn" { value = one(aws_sqs_queue.this[*].arn) }
        """,
    )
    queue = component(reading, "module.queue.aws_sqs_queue.this")
    assert queue.label == "queue"
    assert queue.properties["fifo"] is True
    assert is_unknown(queue.properties["visibility_timeout"])
    assert [*edges(reading)] == ["aws_lambda_function.f !> module.queue.aws_sqs_queue.this"]
    assert [*reading.architecture.services] == [Path.cwd().name]


def test_roots_are_told_from_modules_below_a_folder(project) -> None:
    reading = project(
        orders__main='module "m" { source = "../shared" }',
        shared__main='resource "aws_sqs_queue" "q" {}',
        mail__main='resource "aws_sqs_queue" "q" {}',
    )
    assert sorted(c.id for c in reading.architecture.components) == [
        "mail.aws_sqs_queue.q",
        "orders.module.m.aws_sqs_queue.q",
    ]


def test_one_file_stands_for_its_folder(project) -> None:
    reading = project("main.tf", main='resource "aws_sqs_queue" "a" {}', more='resource "aws_sqs_queue" "b" {}')
    assert len(reading.architecture.components) == 2


@pytest.mark.parametrize(
    "source", ["../../outside", "./missing", "./empty", ".", "git::https://git.test/x.git", "acme/thing/aws"]
)
def test_a_module_that_cannot_be_followed_leaves_the_rest(project, source) -> None:
    reading = project(
        main=f"""
        module "m" {{ source = "{source}" }}
        resource "aws_sns_topic" "t" {{}}
        resource "aws_sns_topic_subscription" "s" {{
          topic_arn = aws_sns_topic.t.arn
          protocol  = "sqs"
          endpoint  = module.m.queue_arn
        }}
        """,
        empty__note_json="{}",
    )
    assert component(reading, "aws_sns_topic.t")
    (edge,) = edges(reading).values()
    assert edge.target.properties == {"external": True}
    assert edge.target.type == "sqs"


def test_modules_that_call_each_other_end(project) -> None:
    reading = project(
        a__main='module "b" { source = "../b" }\nresource "aws_sqs_queue" "a" {}',
        b__main='module "a" { source = "../a" }\nresource "aws_sqs_queue" "b" {}',
    )
    assert {c.id for c in reading.architecture.components} == {"aws_sqs_queue.a", "module.b.aws_sqs_queue.b"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('resource "aws_sqs_queue" "q" {\n  name = [1, 2\n}\n', "main.tf:3:1"),
        ('resource "aws_sqs_queue" "q" {\n', "main.tf:2:1"),
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


def test_names_tie_what_two_roots_declare_together(project) -> None:
    reading = project(
        a__main="""
        terraform {
          backend "s3" { key = "a/state" }
        }
        resource "aws_sqs_queue" "q" { name = "inbox" }
        output "queue" { value = aws_sqs_queue.q.arn }
        resource "aws_sns_topic" "t" { name = "news" }
        resource "aws_ssm_parameter" "p" {
          name  = "/topic"
          value = aws_sns_topic.t.arn
        }
        """,
        b__main="""
        data "aws_sqs_queue" "theirs" { name = "inbox" }
        data "terraform_remote_state" "a" {
          backend = "s3"
          config  = { key = "a/state" }
        }
        data "aws_ssm_parameter" "topic" { name = "/topic" }
        resource "aws_lambda_function" "f" {
          dead_letter_config { target_arn = data.aws_sqs_queue.theirs.arn }
        }
        resource "aws_lambda_function" "g" {
          dead_letter_config { target_arn = data.terraform_remote_state.a.outputs.queue }
        }
        resource "aws_sns_topic_subscription" "s" {
          topic_arn = data.aws_ssm_parameter.topic.value
          protocol  = "lambda"
          endpoint  = aws_lambda_function.f.arn
        }
        """,
    )
    assert set(edges(reading)) == {
        "b.aws_lambda_function.f !> a.aws_sqs_queue.q",
        "b.aws_lambda_function.g !> a.aws_sqs_queue.q",
        "a.aws_sns_topic.t -> b.aws_lambda_function.f",
    }


def test_a_states_values_alone_are_read(tmp_path) -> None:
    state = {
        "format_version": "1.0",
        "terraform_version": "1.9.0",
        "values": {
            "root_module": {
                "resources": [
                    _resource("aws_sqs_queue", "q", {"name": "inbox", "visibility_timeout_seconds": 60}),
                    _resource("aws_lambda_function", "f", {"function_name": "work", "timeout": 5}),
                    _resource(
                        "aws_lambda_event_source_mapping",
                        "m",
                        {
                            "event_source_arn": "arn:aws:sqs:eu-west-1:123456789012:inbox",
                            "function_name": "arn:aws:lambda:eu-west-1:123456789012:function:work",
                        },
                    ),
                ]
            }
        },
    }
    file = tmp_path / "state.json"
    file.write_text(json.dumps(state))
    assert [*edges(read([file]))] == ["aws_sqs_queue.q -> aws_lambda_function.f"]


def _resource(kind, name, values):
    return {"address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name, "values": values}


@pytest.mark.parametrize(
    "plan",
    [
        {"format_version": "1.2", "planned_values": [1]},
        {"format_version": "1.2", "planned_values": {"root_module": {"resources": [1, {"address": "x"}]}}},
        {
            "format_version": "1.2",
            "planned_values": {"root_module": {"resources": [_resource("aws_sqs_queue", "q", [1])]}},
            "configuration": {
                "root_module": {
                    "module_calls": {"a": 5, "b": {"module": {"resources": "x"}}},
                    "resources": [
                        1,
                        {"type": 3, "expressions": 5},
                        {"mode": "managed", "type": "aws_sqs_queue", "name": "q", "expressions": {"name": [[1]]}},
                    ],
                }
            },
        },
    ],
)
def test_a_plan_of_odd_shape_is_read_as_far_as_it_goes(plan, tmp_path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan))
    assert len(read([file]).architecture.components) <= 1


def test_unknown_values_stay_unknown(project) -> None:
    reading = project(
        main="""
        variable "prefix" {}
        resource "aws_s3_bucket" "b" {}
        resource "aws_lambda_function" "f" {}
        resource "aws_s3_bucket_notification" "n" {
          bucket = aws_s3_bucket.b.id
          lambda_function {
            lambda_function_arn = aws_lambda_function.f.arn
            events              = var.prefix
            filter_prefix       = var.prefix
          }
        }
        """
    )
    (edge,) = edges(reading).values()
    assert is_unknown(edge.properties["prefix"])
    assert is_unknown(edge.properties["event"])


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
