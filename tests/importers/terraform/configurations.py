"""Small configurations, and what is wired in them."""

from __future__ import annotations

from textwrap import dedent

from archlint.importers import read

NAMES = {
    "aws_sqs_queue": ("q", "r", "dead"),
    "aws_sns_topic": ("t",),
    "aws_lambda_function": ("f", "g"),
    "aws_dynamodb_table": ("d",),
    "aws_s3_bucket": ("b",),
    "aws_kinesis_stream": ("k",),
    "aws_cloudwatch_event_bus": ("bus",),
    "aws_kinesis_firehose_delivery_stream": ("fh",),
    "aws_api_gateway_rest_api": ("rest",),
    "aws_cognito_user_pool": ("pool",),
    "aws_rds_cluster": ("aurora",),
    "aws_db_proxy": ("proxy",),
    "aws_lb": ("lb",),
    "aws_cloudwatch_log_group": ("logs",),
    "aws_secretsmanager_secret": ("secret",),
    "aws_efs_file_system": ("disk",),
    "aws_ecs_service": ("ecs",),
    "aws_wafv2_web_acl": ("waf",),
    "aws_appsync_graphql_api": ("graph",),
}
"""Resources that a configuration may name without declaring them."""


def lines(text: str, tmp_path) -> list[str]:
    """The connections of a configuration; what it names and does not declare is declared for it."""
    declared = [
        f'resource "{kind}" "{name}" {{}}'
        for kind, names in NAMES.items()
        for name in names
        if f"{kind}.{name}." in text and f'"{kind}" "{name}"' not in text
    ]
    (tmp_path / "main.tf").write_text("\n".join([dedent(text), *declared, ""]))
    architecture = read([tmp_path]).architecture
    return sorted(
        f"{edge.source.name} {edge.style.arrow} {edge.target.name}: {_details(edge)}"
        for edge in architecture.connections
    )


def _details(edge) -> str:
    properties = {key: value for key, value in edge.properties.items() if key != "rule"}
    words = [edge.action, *(f"{key}={value}" for key, value in sorted(properties.items()))]
    return " ".join([*words, *([] if edge.confidence.word == "certain" else [edge.confidence.word])])


def edges(reading):
    return {f"{edge.source.id} {edge.style.arrow} {edge.target.id}": edge for edge in reading.architecture.connections}


def component(reading, id_):
    return reading.architecture.by_id[id_]


def place(reading, site):
    span = reading.span(site)
    return f"{span.path}:{span.line}:{span.column}"
