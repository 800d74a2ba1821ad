"""What the dimensions of CloudWatch's metrics name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WATCHED: Final[Mapping[str, tuple[str, ...]]] = {
    "QueueName": ("sqs",),
    "FunctionName": ("lambda",),
    "TopicName": ("sns",),
    "StateMachineArn": ("step_functions",),
    "TableName": ("dynamodb",),
    "StreamName": ("kinesis",),
    "DeliveryStreamName": ("firehose",),
    "ApiName": ("rest_api",),
    "ApiId": ("http_api", "websocket_api"),
    "EventBusName": ("eventbridge_bus",),
    "DBClusterIdentifier": ("aurora", "documentdb", "neptune"),
    "DBInstanceIdentifier": ("rds", "aurora"),
    "LoadBalancer": ("alb",),
    "BucketName": ("s3",),
    "GraphQLAPIId": ("appsync",),
    "LogGroupName": ("cloudwatch_logs",),
    "ScheduleGroup": ("schedule",),
    "ServiceName": ("ecs_service",),
    "UserPool": ("cognito_user_pool",),
    "PipeName": ("eventbridge_pipe",),
    "DomainName": ("opensearch",),
    "CacheClusterId": ("elasticache",),
    "DistributionId": ("cloudfront",),
}
"""The types of what each dimension names, first the one that a bare name is of."""
