"""draw.io's AWS shapes by the icons of the vocabulary; an icon that is not here is embedded as a picture.

The names are those of draw.io's own library ``aws4``.
"""

from __future__ import annotations

from collections.abc import Mapping

RESOURCES: Mapping[str, str] = {
    "analytics.AmazonOpensearchService": "elasticsearch_service",
    "analytics.Athena": "athena",
    "analytics.Glue": "glue",
    "analytics.KinesisDataAnalytics": "kinesis_data_analytics",
    "analytics.KinesisDataFirehose": "kinesis_data_firehose",
    "analytics.KinesisDataStreams": "kinesis_data_streams",
    "analytics.ManagedStreamingForKafka": "managed_streaming_for_kafka",
    "analytics.Redshift": "redshift",
    "compute.Batch": "batch",
    "compute.EC2": "ec2",
    "compute.Fargate": "fargate",
    "compute.Lambda": "lambda",
    "database.Aurora": "aurora",
    "database.DocumentDB": "documentdb_with_mongodb_compatibility",
    "database.Dynamodb": "dynamodb",
    "database.Elasticache": "elasticache",
    "database.Neptune": "neptune",
    "database.RDS": "rds",
    "database.Timestream": "timestream",
    "engagement.SES": "simple_email_service",
    "integration.Appsync": "appsync",
    "integration.Eventbridge": "eventbridge",
    "integration.MQ": "mq",
    "integration.SNS": "sns",
    "integration.SQS": "sqs",
    "integration.StepFunctions": "step_functions",
    "iot.IotCore": "iot_core",
    "management.Cloudformation": "cloudformation",
    "management.Cloudwatch": "cloudwatch_2",
    "management.SystemsManager": "systems_manager",
    "network.APIGateway": "api_gateway",
    "network.CloudFront": "cloudfront",
    "network.ELB": "elastic_load_balancing",
    "network.Privatelink": "vpc_privatelink",
    "network.Route53": "route_53",
    "security.Cognito": "cognito",
    "security.IdentityAndAccessManagementIam": "identity_and_access_management",
    "security.SecretsManager": "secrets_manager",
    "security.WAF": "waf",
    "storage.EFS": "elastic_file_system",
    "storage.S3": "s3",
}
"""White signs on a tile."""

SIGNS: Mapping[str, str] = {
    "database.ElasticacheForRedis": "elasticache_for_redis",
    "general.Client": "client",
    "general.InternetAlt1": "internet_alt1",
    "general.MobileClient": "mobile_client",
    "general.TraditionalServer": "traditional_server",
    "network.Endpoint": "endpoint",
    "network.NATGateway": "nat_gateway",
}
"""Signs in a colour of their own, without a tile."""
