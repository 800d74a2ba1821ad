"""What AWS's own managed policies allow, as far as it connects something.

https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from archlint.importers.infrastructure.permissions import Statement
from archlint.model import Site


def managed_by_aws(policy: str, site: Site) -> Iterator[Statement]:
    """What a policy of AWS allows, by its name or ARN: on everything."""
    actions = _ACTIONS.get(policy.rpartition("/")[2], ())
    if actions:
        yield Statement(actions, ("*",), site)


_ACTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "AdministratorAccess": (),
    "AmazonDynamoDBFullAccess": ("dynamodb:*",),
    "AmazonDynamoDBFullAccess_v2": ("dynamodb:*",),
    "AmazonDynamoDBReadOnlyAccess": ("dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"),
    "AmazonS3FullAccess": ("s3:*",),
    "AmazonS3ReadOnlyAccess": ("s3:Get*", "s3:List*"),
    "AmazonS3ObjectLambdaExecutionRolePolicy": (),
    "AmazonSQSFullAccess": ("sqs:*",),
    "AmazonSNSFullAccess": ("sns:*",),
    "AmazonKinesisFullAccess": ("kinesis:*",),
    "AmazonKinesisFirehoseFullAccess": ("firehose:*",),
    "AmazonEventBridgeFullAccess": ("events:PutEvents",),
    "AWSStepFunctionsFullAccess": ("states:*",),
    "AWSLambda_FullAccess": ("lambda:InvokeFunction",),
    "AWSLambdaRole": ("lambda:InvokeFunction",),
    "AmazonSESFullAccess": ("ses:*",),
    "AmazonRekognitionFullAccess": ("rekognition:*",),
    "AmazonRekognitionReadOnlyAccess": ("rekognition:Detect*",),
    "AmazonTextractFullAccess": ("textract:*",),
    "ComprehendFullAccess": ("comprehend:*",),
    "ComprehendReadOnly": ("comprehend:Detect*",),
    "AmazonPollyFullAccess": ("polly:*",),
    "TranslateFullAccess": ("translate:*",),
    "AmazonTranscribeFullAccess": ("transcribe:*",),
    "AmazonBedrockFullAccess": ("bedrock:*",),
    "AmazonBedrockLimitedAccess": ("bedrock:InvokeModel",),
    "AmazonRDSDataFullAccess": ("rds-data:*",),
    "AmazonAthenaFullAccess": ("athena:StartQueryExecution",),
    "AmazonCognitoPowerUser": ("cognito-idp:*",),
    "AmazonSSMReadOnlyAccess": ("ssm:Get*",),
    "SecretsManagerReadWrite": ("secretsmanager:GetSecretValue",),
    "AmazonElastiCacheFullAccess": (),
}
"""The actions of a managed policy, on everything."""
