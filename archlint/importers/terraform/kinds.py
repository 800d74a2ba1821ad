"""Terraform's resource types: which are components, of which type, and which only lead to one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from archlint.vocabulary import vocabulary

_LINKS = frozenset({"eventbridge_rule", "sns_subscription", "authorizer", "log_subscription", "kinesis_consumer"})
"""Types that Terraform's resources of their name do not make a component of: they are connections."""

_FURTHER = {
    "aws_alb": "alb",
    "aws_bedrockagentcore_agent_runtime": "bedrock",
    "aws_cloudwatch_composite_alarm": "cloudwatch_alarm",
    "aws_elasticsearch_domain": "opensearch",
    "aws_msk_serverless_cluster": "msk",
    "aws_s3_directory_bucket": "s3",
    "aws_ses_domain_identity": "ses",
    "aws_ses_email_identity": "ses",
    "aws_sesv2_email_identity": "ses",
}

TYPES: Final[Mapping[str, str]] = {
    **{
        kind: type_.name
        for type_ in vocabulary().types.values()
        if type_.name not in _LINKS and type_.name not in ("stack", "websocket_api")
        for kind in type_.terraform
    },
    **_FURTHER,
}
"""Component types by resource type; those of APIs and load balancers depend on their attributes too."""

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_cloudwatch_composite_alarm": ("alarm_name",),
    "aws_cloudwatch_metric_alarm": ("alarm_name",),
    "aws_db_instance": ("identifier", "db_instance_identifier"),
    "aws_docdb_cluster": ("cluster_identifier",),
    "aws_elasticache_cluster": ("cluster_id",),
    "aws_elasticache_replication_group": ("replication_group_id",),
    "aws_lambda_function": ("function_name",),
    "aws_mq_broker": ("broker_name",),
    "aws_msk_cluster": ("cluster_name",),
    "aws_msk_serverless_cluster": ("cluster_name",),
    "aws_neptune_cluster": ("cluster_identifier",),
    "aws_opensearch_domain": ("domain_name",),
    "aws_rds_cluster": ("cluster_identifier",),
    "aws_redshift_cluster": ("cluster_identifier",),
    "aws_s3_bucket": ("bucket",),
    "aws_timestreamwrite_table": ("table_name",),
}
"""The attributes that hold the name in AWS, where it is not ``name``."""

FOLLOWED: Final[Mapping[str, str]] = {
    "aws_api_gateway_deployment": "rest_api_id",
    "aws_api_gateway_integration": "rest_api_id",
    "aws_api_gateway_resource": "rest_api_id",
    "aws_api_gateway_stage": "rest_api_id",
    "aws_api_gateway_vpc_link": "target_arns",
    "aws_apigatewayv2_deployment": "api_id",
    "aws_apigatewayv2_stage": "api_id",
    "aws_cognito_user_pool_client": "user_pool_id",
    "aws_cognito_user_pool_domain": "user_pool_id",
    "aws_db_proxy_endpoint": "db_proxy_name",
    "aws_docdb_cluster_instance": "cluster_identifier",
    "aws_dynamodb_global_secondary_index": "table_name",
    "aws_dynamodb_table_replica": "global_table_arn",
    "aws_elasticache_global_replication_group": "primary_replication_group_id",
    "aws_efs_access_point": "file_system_id",
    "aws_kinesis_stream_consumer": "stream_arn",
    "aws_lambda_alias": "function_name",
    "aws_lambda_provisioned_concurrency_config": "function_name",
    "aws_lb_listener": "load_balancer_arn",
    "aws_lb_listener_rule": "listener_arn",
    "aws_alb_listener": "load_balancer_arn",
    "aws_neptune_cluster_instance": "cluster_identifier",
    "aws_opensearchserverless_access_policy": "name",
    "aws_rds_cluster_endpoint": "cluster_identifier",
    "aws_rds_cluster_instance": "cluster_identifier",
    "aws_redshiftserverless_namespace": "namespace_name",
    "aws_s3_access_point": "bucket",
    "aws_s3_bucket_notification": "bucket",
    "aws_s3_bucket_website_configuration": "bucket",
    "aws_secretsmanager_secret_version": "secret_id",
    "aws_sfn_alias": "state_machine_arn",
    "aws_sqs_queue_policy": "queue_url",
}
"""The attribute that leads from a resource that is no component to the one that it belongs to."""
