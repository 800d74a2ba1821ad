"""The names that the framework makes: logical ids and physical names.

Source: https://www.serverless.com/framework/docs/providers/aws/guide/resources
"""

from __future__ import annotations

import re

REST_API = "ApiGatewayRestApi"
HTTP_API = "HttpApi"
WEBSOCKET_API = "WebsocketsApi"
DISTRIBUTION = "CloudFrontDistribution"
SHARED_ROLE = "IamRoleLambdaExecution"

MADE = (
    r"\b(?:ApiGatewayRestApi|HttpApi|WebsocketsApi|CloudFrontDistribution"
    r"|(?:SNSTopic|S3Bucket|CognitoUserPool)[0-9A-Za-z]+"
    r"|[0-9A-Za-z]+(?:EventsRuleSchedule[0-9]+|EventBridgeEventBus|IotTopicRule[0-9]+|LambdaFunctionUrl))\b"
)
"""The logical ids of components that events make."""

_ODD = re.compile(r"[^0-9A-Za-z]")


def normalized(name: str) -> str:
    """A name as the framework puts it into logical ids: ``my-fn`` is ``MyDashfn``."""
    name = name.replace("-", "Dash").replace("_", "Underscore")
    return name[:1].upper() + name[1:]


def function_id(key: str) -> str:
    """The logical id of a function."""
    return f"{normalized(key)}LambdaFunction"


def function_name(service: str, stage: str, key: str) -> str:
    """The physical name of a function that is given none."""
    return f"{service}-{stage}-{key}"


def alphanumeric(name: str) -> str:
    """A name with nothing but letters and digits, the first one large."""
    name = _ODD.sub("", name)
    return name[:1].upper() + name[1:]


def topic_id(name: str) -> str:
    """The logical id of a topic that an event makes."""
    return f"SNSTopic{alphanumeric(name)}"


def bucket_id(name: str) -> str:
    """The logical id of a bucket that an event makes."""
    return f"S3Bucket{alphanumeric(name)}"


def pool_id(name: str) -> str:
    """The logical id of a user pool that an event makes."""
    return f"CognitoUserPool{alphanumeric(name)}"


def bus_id(name: str) -> str:
    """The logical id of an event bus that an event makes."""
    return f"{_ODD.sub('', normalized(name))}EventBridgeEventBus"


def rule_id(function: str, number: int) -> str:
    """The logical id of an IoT rule of a function."""
    return f"{normalized(function)}IotTopicRule{number}"


def machine_id(key: str, given: str | None) -> str:
    """The logical id of a state machine of the step functions plugin: a given id or name, else made from its key."""
    return _ODD.sub("", normalized(given)) if given else f"{normalized(key)}StepFunctionsStateMachine"
