"""Modules and roots: values handed in and out, and what cannot be followed."""

from __future__ import annotations

from pathlib import Path

import pytest
from importers.terraform.configurations import component, edges


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
    one, two = (component(reading, f'module.queue["{key}"].aws_sqs_queue.this') for key in ("one", "two"))
    assert (one.label, two.label) == ("queue one", "queue two")
    assert one.properties == {"fifo": True, "visibility_timeout": 30}
    assert two.properties == {"fifo": True, "visibility_timeout": 40}
    assert [*edges(reading)] == ['aws_lambda_function.f !> module.queue["one"].aws_sqs_queue.this']
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
