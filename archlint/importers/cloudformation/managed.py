"""What SAM's policy templates allow, as far as it connects something.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
"""

from __future__ import annotations

from archlint.model.tuples import NamedTuple


class PolicyTemplate(NamedTuple):
    """A policy template of SAM: its actions, and the parameters that name the resource with that one's type."""

    actions: tuple[str, ...]
    parameters: tuple[str, ...] = ()


def _row(actions: str, parameters: str = "") -> PolicyTemplate:
    return PolicyTemplate(tuple(actions.split()), tuple(parameters.split()))


_READS = "dynamodb:GetItem dynamodb:Query dynamodb:Scan dynamodb:BatchGetItem"
_WRITES = "dynamodb:PutItem dynamodb:UpdateItem dynamodb:BatchWriteItem"
TEMPLATES: dict[str, PolicyTemplate] = {
    "SQSSendMessagePolicy": _row("sqs:SendMessage", "QueueName"),
    "SQSPollerPolicy": _row("sqs:ReceiveMessage", "QueueName"),
    "LambdaInvokePolicy": _row("lambda:InvokeFunction", "FunctionName"),
    "SNSPublishMessagePolicy": _row("sns:Publish", "TopicName"),
    "SNSCrudPolicy": _row("sns:Publish", "TopicName"),
    "EventBridgePutEventsPolicy": _row("events:PutEvents", "EventBusName"),
    "KinesisCrudPolicy": _row("kinesis:PutRecord", "StreamName"),
    "FirehoseWritePolicy": _row("firehose:PutRecord", "DeliveryStreamName"),
    "FirehoseCrudPolicy": _row("firehose:PutRecord", "DeliveryStreamName"),
    "DynamoDBCrudPolicy": _row(f"{_READS} {_WRITES}", "TableName"),
    "DynamoDBReadPolicy": _row(_READS, "TableName"),
    "DynamoDBWritePolicy": _row(_WRITES, "TableName"),
    "DynamoDBReconfigurePolicy": _row("", "TableName"),
    "S3ReadPolicy": _row("s3:GetObject s3:ListBucket", "BucketName"),
    "S3WritePolicy": _row("s3:PutObject", "BucketName"),
    "S3CrudPolicy": _row("s3:GetObject s3:PutObject s3:DeleteObject", "BucketName"),
    "S3FullAccessPolicy": _row("s3:GetObject s3:PutObject s3:DeleteObject", "BucketName"),
    "StepFunctionsExecutionPolicy": _row("states:StartExecution", "StateMachineName"),
    "StepFunctionsExecutionPolicy_v2": _row("states:StartExecution", "StateMachineName"),
    "StepFunctionsCallbackPolicy": _row("states:SendTaskSuccess", "StateMachineName"),
    "AWSSecretsManagerGetSecretValuePolicy": _row("secretsmanager:GetSecretValue", "SecretArn"),
    "SSMParameterReadPolicy": _row("ssm:GetParameter", "ParameterName"),
    "SSMParameterWithSlashPrefixReadPolicy": _row("ssm:GetParameter", "ParameterName"),
    "ElasticsearchHttpPostPolicy": _row("es:ESHttpPost", "DomainName"),
    "EcsRunTaskPolicy": _row("ecs:RunTask", "TaskDefinition"),
    "SESCrudPolicy": _row("ses:SendEmail"),
    "SESCrudPolicy_v2": _row("ses:SendEmail"),
    "SESSendBouncePolicy": _row("ses:SendEmail"),
    "SESEmailTemplateCrudPolicy": _row("ses:SendEmail"),
    "SESBulkTemplatedCrudPolicy": _row("ses:SendEmail"),
    "SESBulkTemplatedCrudPolicy_v2": _row("ses:SendEmail"),
    "RekognitionDetectOnlyPolicy": _row("rekognition:DetectLabels"),
    "RekognitionLabelsPolicy": _row("rekognition:DetectLabels"),
    "RekognitionFacesPolicy": _row("rekognition:CompareFaces"),
    "RekognitionFacesManagementPolicy": _row("rekognition:IndexFaces"),
    "RekognitionReadPolicy": _row("rekognition:SearchFaces"),
    "RekognitionNoDataAccessPolicy": _row("rekognition:DetectLabels"),
    "TextractPolicy": _row("textract:AnalyzeDocument"),
    "TextractDetectAnalyzePolicy": _row("textract:AnalyzeDocument"),
    "ComprehendBasicAccessPolicy": _row("comprehend:DetectSentiment"),
    "PollyFullAccessPolicy": _row("polly:SynthesizeSpeech"),
    "AthenaQueryPolicy": _row("athena:StartQueryExecution", "WorkGroupName"),
    "PinpointEndpointAccessPolicy": _row("mobiletargeting:SendMessages"),
    "MobileAnalyticsWriteOnlyAccessPolicy": _row(""),
    "EFSWriteAccessPolicy": _row("elasticfilesystem:ClientWrite", "FileSystem"),
}
