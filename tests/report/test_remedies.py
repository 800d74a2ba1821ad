"""What to change, in the language that the finding stands in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from archlint.importers import read
from archlint.importers.languages import language_of
from archlint.lint import LintSettings, check
from archlint.report.advice import SAID
from archlint.report.checkup import Checkup
from archlint.report.data import findings_data
from archlint.report.markdown import report as markdown
from archlint.report.sarif import report as sarif
from archlint.report.telling import told
from archlint.report.terms import SET
from archlint.vocabulary import vocabulary

SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Ledger: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, MasterUsername: a, MasterUserPassword: b}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      CodeUri: .
      Timeout: 60
      Environment: {Variables: {HOST: !GetAtt Ledger.Endpoint.Address}}
      Events:
        Job: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn}}
"""
PLAIN = """\
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function, Properties: {Timeout: 60}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Jobs.Arn, FunctionName: !Ref Work}}
"""
SERVERLESS = """\
service: shop
provider: {name: aws, runtime: python3.13}
functions:
  work:
    handler: a.b
    timeout: 60
    events: [{sqs: {arn: !GetAtt Jobs.Arn}}]
resources:
  Resources:
    Jobs: {Type: AWS::SQS::Queue}
    Ledger: {Type: AWS::RDS::DBCluster}
"""
TERRAFORM = """\
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}
resource "aws_lambda_function" "work" {
  function_name = "work"
  timeout       = 60
}
resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.work.arn
}
"""
DESCRIPTION = "archlint: 1\nname: A\ncomponents: {q: sqs, f: {type: lambda, timeout: 60}}\nconnections: [q -> f]\n"


@pytest.fixture
def checked(tmp_path: Path, rulebook):
    def run(text: str, name: str = "template.yaml", select: str = "") -> Checkup:
        (tmp_path / name).write_text(text)
        reading = read([tmp_path / name])
        wanted = frozenset({select}) if select else frozenset()
        findings = check(reading.architecture, rulebook, LintSettings(select=wanted)).findings
        return Checkup(findings, reading, rulebook)

    return run


def snippets(checkup: Checkup) -> list[tuple[str, str, str]]:
    return [
        (one["language"], one["term"], one["text"])
        for found in findings_data(checkup)["findings"]
        for one in found["snippets"]
    ]


@pytest.mark.parametrize(
    ("text", "name", "language"),
    [
        (SAM, "a.yaml", "sam"),
        (PLAIN, "a.yaml", "cloudformation"),
        (SERVERLESS, "serverless.yml", "serverless"),
        (TERRAFORM, "main.tf", "terraform"),
        (DESCRIPTION, "a.yaml", "description"),
    ],
)
def test_languages(checked, text: str, name: str, language: str) -> None:
    reading = checked(text, name).reading
    assert {language_of(document) for document in reading.documents.values()} == {language}


def test_a_redrive_policy(checked) -> None:
    (found,) = snippets(checked(PLAIN, select="queue-without-dlq"))
    assert found[:2] == ("CloudFormation", "RedrivePolicy")
    assert found[2].splitlines()[:2] == ["Jobs:", "  Properties:"]
    assert "maxReceiveCount: 5" in found[2]
    (found,) = snippets(checked(TERRAFORM, "main.tf", "queue-without-dlq"))
    assert found[2].splitlines()[0] == 'resource "aws_sqs_queue" "jobs" {'
    assert "redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue." in found[2]


def test_a_visibility_timeout(checked) -> None:
    rule = "visibility-timeout-too-short"
    assert snippets(checked(PLAIN, select=rule)) == [
        ("CloudFormation", "VisibilityTimeout", "Jobs:\n  Properties:\n    VisibilityTimeout: 360")
    ]
    (found,) = snippets(checked(TERRAFORM, "main.tf", rule))
    assert found[2] == 'resource "aws_sqs_queue" "jobs" {\n  visibility_timeout_seconds = 360\n}'
    (found,) = snippets(checked(SERVERLESS, "serverless.yml", rule))
    assert found[2] == "resources:\n  Resources:\n    Jobs:\n      Properties:\n        VisibilityTimeout: 360"
    assert snippets(checked(DESCRIPTION, select=rule)) == []


def test_a_mapping(checked) -> None:
    rule = "batch-without-partial-response"
    (found,) = snippets(checked(PLAIN, select=rule))
    assert "FunctionResponseTypes: [ReportBatchItemFailures]" in found[2]
    (found,) = snippets(checked(SERVERLESS, "serverless.yml", rule))
    event = {"arn": {"Fn::GetAtt": ["Jobs", "Arn"]}, "functionResponseType": "ReportBatchItemFailures"}
    assert yaml.load(found[2], _Tags) == {"functions": {"work": {"events": [{"sqs": event}]}}}


def test_every_report_offers_the_snippet(checked) -> None:
    checkup = checked(PLAIN, select="visibility-timeout-too-short")
    assert "= do:   in CloudFormation, set VisibilityTimeout of Jobs" in told(checkup)
    assert "    VisibilityTimeout: 360" in told(checkup)
    assert "VisibilityTimeout: 360" in markdown(checkup)
    (result,) = json.loads(sarif(checkup))["runs"][0]["results"]
    assert "In CloudFormation, set VisibilityTimeout of Jobs." in result["message"]["text"]
    assert result["properties"]["snippets"][0]["text"].endswith("VisibilityTimeout: 360")


BOTH = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Files: {Type: AWS::S3::Bucket, DeletionPolicy: Retain}
  Done: {Type: AWS::SNS::Topic}
  Mine:
    Type: AWS::Serverless::Function
    Properties: {Timeout: 5, Events: {Note: {Type: SNS, Properties: {Topic: !Ref Done}}}}
  Plain: {Type: AWS::Lambda::Function, Properties: {Timeout: 5}}
  Told: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Done, Protocol: lambda, Endpoint: !GetAtt Plain.Arn}}
  Rule:
    Type: AWS::Events::Rule
    Properties: {EventPattern: {source: [a]}, Targets: [{Id: a, Arn: !GetAtt Plain.Arn}]}
"""


def test_a_resource_is_told_of_in_its_own_words(checked) -> None:
    """SAM's function has another property than CloudFormation's, whatever the template around it is."""
    texts = {term: text for _, term, text in snippets(checked(BOTH, select="async-function-without-dlq"))}
    assert texts["DeadLetterConfig.TargetArn"].startswith("Plain:\n  Properties:\n    DeadLetterConfig:\n")
    sam = texts["EventInvokeConfig.DestinationConfig.OnFailure"]
    assert "        OnFailure: {Type: SQS, Destination: !GetAtt MineFailed.Arn}\n" in sam
    assert "\nMineFailed:\n  Type: AWS::SQS::Queue\n  Properties:\n    MessageRetentionPeriod: 1209600\n" in sam
    untransformed = BOTH.partition("\n")[2]
    assert {one[1] for one in snippets(checked(untransformed, "b.yaml", "async-function-without-dlq"))} == set(texts)


def test_what_stands_between_two_is_shown_where_it_stands(checked) -> None:
    texts = [text for _, _, text in snippets(checked(BOTH, select="subscription-without-dlq"))]
    assert [text.partition("\nDoneUndelivered:")[0].splitlines() for text in texts] == [
        [
            *("Mine:", "  Properties:", "    Events:", "      Note:", "        Properties:"),
            "          RedrivePolicy: {deadLetterTargetArn: !GetAtt DoneUndelivered.Arn}",
        ],
        ["Told:", "  Properties:", "    RedrivePolicy: {deadLetterTargetArn: !GetAtt DoneUndelivered.Arn}"],
    ]
    (found,) = snippets(checked(BOTH, select="event-target-without-dlq"))
    assert found[2].startswith(
        "Rule:\n"
        "  Properties:\n"
        "    Targets:\n"
        "      # in the target that is there\n"
        "      - Id: a\n"
        "        Arn: !GetAtt Plain.Arn\n"
        "        DeadLetterConfig:\n"
        "          Arn: !GetAtt DefaultUndelivered.Arn\n"
    )


def test_what_a_target_says_at_length_is_not_repeated(checked) -> None:
    rule = """\
Resources:
  Work: {Type: AWS::Lambda::Function}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [a]}
      Targets:
        - InputTransformer:
            InputTemplate: <a>
          Arn: {"Fn::GetAtt": [Work, Arn]}
          Id: work
          Input: >-
            {"long": 1}
"""
    (found,) = snippets(checked(rule, select="event-target-without-dlq"))
    assert found[2].splitlines()[3:9] == [
        "      # in the target that is there",
        '      - Arn: {"Fn::GetAtt": [Work, Arn]}',
        "        Id: work",
        "        # InputTransformer as it is",
        "        # Input as it is",
        "        DeadLetterConfig:",
    ]


def test_what_keeps_a_store_stands_beside_its_properties(checked) -> None:
    rule = "stateful-resource-not-retained"
    table = "Resources: {Table: {Type: AWS::DynamoDB::Table}}\n"
    assert snippets(checked(table, select=rule)) == [
        ("CloudFormation", "DeletionPolicy", "Table:\n  DeletionPolicy: Retain\n  UpdateReplacePolicy: Retain")
    ]
    (found,) = snippets(checked('resource "aws_dynamodb_table" "loaves" {}\n', "main.tf", rule))
    assert found[2] == 'resource "aws_dynamodb_table" "loaves" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}'


def test_serverless_says_it_at_the_event_and_is_silent_where_it_cannot(checked) -> None:
    text = """\
service: shop
provider: {name: aws}
functions:
  work:
    handler: a.b
    events: [{sns: done}, {schedule: rate(1 day)}, {eventBridge: {pattern: {source: [a]}}}]
"""
    (found,) = snippets(checked(text, "serverless.yml", "subscription-without-dlq"))
    (event,) = yaml.load(found[2], _Tags)["functions"]["work"]["events"]
    assert event["sns"] == {
        "topicName": "done",
        "redrivePolicy": {"deadLetterTargetRef": "SNSTopicDoneUndelivered"},
    }
    events = [text for _, _, text in snippets(checked(text, "serverless.yml", "event-target-without-dlq"))]
    assert [text.splitlines()[3:7] for text in events] == [
        [
            "      # in the event that is there",
            "      - eventBridge:",
            "          pattern: {source: [a]}",
            "          deadLetterQueueArn: !GetAtt DefaultUndelivered.Arn",
        ]
    ]


class _Tags(yaml.SafeLoader):
    """Reads a template: a tag is the function of its long form."""


def _long_form(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> object:
    assert isinstance(node, yaml.ScalarNode)
    name = suffix if suffix == "Ref" else f"Fn::{suffix}"
    return {name: node.value.split(".", 1) if suffix == "GetAtt" else node.value}


_Tags.add_multi_constructor("!", _long_form)


def merged(old: object, new: object) -> object:
    """What stands there with what a snippet says; items of a list are the same if they have the same ``Id``."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}
    if isinstance(old, list) and isinstance(new, list) and all(isinstance(one, dict) for one in [*old, *new]):
        items = {one.get("Id", number): one for number, one in enumerate(old)}
        for number, one in enumerate((one for one in new if one not in old), len(old)):
            items[one.get("Id", number)] = merged(items.get(one.get("Id", number)), one)
        return list(items.values())
    return new


def pasted(template: str, checkup: Checkup) -> str:
    """A template with every snippet of its findings in it."""
    read_ = yaml.load(template, _Tags)
    for _, _, text in snippets(checkup):
        snippet = yaml.load(text, _Tags)
        above = {name: snippet.pop(name) for name in ("Globals",) if name in snippet}
        read_ = merged(read_, {**above, "Resources": snippet})
    return yaml.safe_dump(read_, sort_keys=False)


EVENTS = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Done: {Type: AWS::SNS::Topic}
  Mine:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      CodeUri: .
      Timeout: 5
      Events:
        Note: {Type: SNS, Properties: {Topic: !Ref Done}}
        Seen: {Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}}
        Tick: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}
        Tock: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
  Plain:
    Type: AWS::Lambda::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      Role: !Sub arn:aws:iam::${AWS::AccountId}:role/plain
      Code: {ZipFile: pass}
  Told: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Done, Protocol: lambda, Endpoint: !GetAtt Plain.Arn}}
  Rule:
    Type: AWS::Events::Rule
    Properties: {EventPattern: {source: [b]}, Targets: [{Id: a, Arn: !GetAtt Plain.Arn}]}
  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: rate(1 day)
      FlexibleTimeWindow: {Mode: "OFF"}
      Target: {Arn: !GetAtt Plain.Arn, RoleArn: !Sub "arn:aws:iam::${AWS::AccountId}:role/nightly"}
"""


@pytest.mark.parametrize("rule", ["subscription-without-dlq", "event-target-without-dlq", "async-function-without-dlq"])
def test_a_pasted_snippet_mends_its_finding(checked, rule: str) -> None:
    before = checked(EVENTS, select=rule)
    assert before.findings
    assert not checked(pasted(EVENTS, before), select=rule).findings


def test_a_queue_lets_the_service_send_that_could_not_deliver(checked) -> None:
    """Without its permission the service drops what it could not deliver, and says nothing."""
    found, _ = (yaml.load(one[2], _Tags) for one in snippets(checked(EVENTS, select="subscription-without-dlq")))
    (statement,) = found["DoneUndeliveredPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "sns.amazonaws.com"}
    assert statement["Action"] == "sqs:SendMessage"
    assert statement["Resource"] == {"Fn::GetAtt": ["DoneUndelivered", "Arn"]}
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Ref": "Done"}}}


def test_each_kind_of_target_has_the_permission_that_it_takes(checked) -> None:
    """A rule needs the queue's, a schedule that of its own role, and SAM sees to it by itself."""
    texts = [text for _, _, text in snippets(checked(EVENTS, select="event-target-without-dlq"))]
    made = [text for text in texts if "DeadLetterConfig: {Type: SQS}" in text]
    assert len(made) == 3
    assert not any("AWS::SQS::Queue" in text for text in made)
    (rule,) = (text for text in texts if text.startswith("Rule:"))
    assert "Principal: {Service: events.amazonaws.com}" in rule
    (schedule,) = (text for text in texts if text.startswith("Nightly:"))
    assert "# the role of Nightly needs sqs:SendMessage on NightlyUndelivered" in schedule
    assert "Policy" not in schedule


PUSHED = """\
resource "aws_sns_topic" "done" {}
resource "aws_lambda_function" "work" { timeout = 60 }
resource "aws_sns_topic_subscription" "told" {
  topic_arn = aws_sns_topic.done.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.work.arn
}
resource "aws_cloudwatch_event_rule" "seen" { event_pattern = jsonencode({ source = ["a"] }) }
resource "aws_cloudwatch_event_target" "seen" {
  rule = aws_cloudwatch_event_rule.seen.name
  arn  = aws_lambda_function.work.arn
}
resource "aws_scheduler_schedule" "tick" {
  schedule_expression = "rate(1 day)"
  target {
    arn      = aws_lambda_function.work.arn
    role_arn = "arn:aws:iam::123456789012:role/tick"
  }
}
"""


def test_terraform_says_who_may_send_too(checked) -> None:
    (found,) = snippets(checked(PUSHED, "main.tf", "subscription-without-dlq"))
    assert 'resource "aws_sqs_queue_policy" "done_undelivered" {' in found[2]
    assert 'ArnEquals = { "aws:SourceArn" = aws_sns_topic.done.arn }' in found[2]
    texts = [text for _, _, text in snippets(checked(PUSHED, "main.tf", "event-target-without-dlq"))]
    (rule,) = (text for text in texts if "events.amazonaws.com" in text)
    assert rule.startswith('resource "aws_cloudwatch_event_target" "seen" {')
    (schedule,) = (text for text in texts if text is not rule)
    assert schedule.startswith(
        'resource "aws_scheduler_schedule" "tick" {\n  target {\n    dead_letter_config {\n      arn = aws_sqs_queue.'
    )
    assert "the role of aws_scheduler_schedule.tick needs sqs:SendMessage" in schedule


def test_an_alarm_that_the_fix_speaks_of_is_in_the_snippet(checked) -> None:
    for rule, queue in (("queue-without-dlq", "JobsDead"), ("async-function-without-dlq", "MineFailed")):
        template = PLAIN if rule == "queue-without-dlq" else EVENTS
        text = next(text for _, _, text in snippets(checked(template, select=rule)) if queue in text)
        alarm = yaml.load(text, _Tags)[f"{queue}Depth"]
        assert alarm["Type"] == "AWS::CloudWatch::Alarm"
        assert alarm["Properties"]["MetricName"] == "ApproximateNumberOfMessagesVisible"
        assert alarm["Properties"]["Dimensions"] == [
            {"Name": "QueueName", "Value": {"Fn::GetAtt": [queue, "QueueName"]}}
        ]
    (found,) = snippets(checked(TERRAFORM, "main.tf", "queue-without-dlq"))
    assert 'resource "aws_cloudwatch_metric_alarm" "jobs_dead_depth" {' in found[2]
    assert "dimensions          = { QueueName = aws_sqs_queue.jobs_dead.name }" in found[2]


def test_queues_that_sam_makes_have_alarms_of_their_own(checked) -> None:
    texts = [text for _, _, text in snippets(checked(EVENTS, select="event-target-without-dlq"))]
    assert sum("\nMineSeenQueueDepth:" in text for text in texts) == 1
    assert sum("\nMineTockQueueDepth:" in text for text in texts) == 1


def test_an_alarm_on_the_age_of_messages(checked) -> None:
    rule = "queue-without-age-alarm"
    checkup = checked(PLAIN, select=rule)
    assert "= do:   in CloudFormation, add AWS::CloudWatch::Alarm for Jobs" in told(checkup)
    (found,) = snippets(checkup)
    assert yaml.load(found[2], _Tags)["JobsAge"]["Properties"]["MetricName"] == "ApproximateAgeOfOldestMessage"
    assert not checked(pasted(PLAIN, checkup), select=rule).findings
    (found,) = snippets(checked(TERRAFORM, "main.tf", rule))
    assert found[2].startswith('resource "aws_cloudwatch_metric_alarm" "jobs_age" {')
    (found,) = snippets(checked(SERVERLESS, "serverless.yml", rule))
    assert list(yaml.load(found[2], _Tags)["resources"]["Resources"]) == ["JobsAge"]


def test_what_no_command_can_write_is_to_be_pasted(checked) -> None:
    """Only descriptions are changed, so whether a fix is safe is no question for a template."""
    for text, name in ((PLAIN, "a.yaml"), (TERRAFORM, "main.tf")):
        checkup = checked(text, name, "batch-without-partial-response")
        assert "= paste: Report which records failed, once the function returns them\n" in told(checkup)
        assert "- to do: Report which records failed" in markdown(checkup)
        assert not any("unsafe" in report(checkup) or "= fix:" in report(checkup) for report in (told, markdown))
    (finding,) = (checkup := checked(DESCRIPTION, select="batch-without-partial-response")).findings
    assert finding.fix is not None
    assert "= fix:  Report which records failed, once the function returns them (unsafe" in told(checkup)
    assert "- fix (unsafe): " in markdown(checkup)


APIS = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Rest: {Type: AWS::Serverless::Api, Properties: {StageName: live}}
  Http: {Type: AWS::Serverless::HttpApi}
  Show:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      CodeUri: .
      Timeout: 5
      Events:
        Rest: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /a, Method: post}}
        Http: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /a, Method: post}}
        Here: {Type: Api, Properties: {Path: /b, Method: post}}
        There: {Type: HttpApi, Properties: {Path: /b, Method: post}}
  Old: {Type: AWS::ApiGateway::RestApi, Properties: {Name: old}}
  Item: {Type: AWS::ApiGateway::Resource, Properties: {RestApiId: !Ref Old, ParentId: !GetAtt Old.RootResourceId, PathPart: a}}
  Post:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Old
      ResourceId: !Ref Item
      HttpMethod: POST
      AuthorizationType: AWS_IAM
      Integration:
        Type: AWS_PROXY
        IntegrationHttpMethod: POST
        Uri: !Sub arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Show.Arn}/invocations
  Made: {Type: AWS::ApiGateway::Deployment, DependsOn: Post, Properties: {RestApiId: !Ref Old}}
  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Old, DeploymentId: !Ref Made, StageName: live}}
  New: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: new, ProtocolType: HTTP}}
  Call:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref New, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Show.Arn, PayloadFormatVersion: "2.0"}
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref New, RouteKey: POST /a, AuthorizationType: AWS_IAM, Target: !Sub "integrations/${Call}"}
  Beta: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref New, StageName: $default, AutoDeploy: true}}
"""


@pytest.mark.parametrize("rule", ["api-without-throttling", "public-api-without-auth"])
def test_what_an_api_lets_in_is_said_in_the_words_of_its_stage(checked, rule: str) -> None:
    before = checked(APIS, select=rule)
    found = {text.partition(":")[0] for _, _, text in snippets(before)}
    stages = {"Live", "Beta"} if rule == "api-without-throttling" else set()
    assert found == {"Rest", "Http", "Globals"} | stages
    assert not checked(pasted(APIS, before), select=rule).findings


def test_the_authorizer_that_a_template_has_is_the_default(checked) -> None:
    rule = "public-api-without-auth"
    event = "Events: {Post: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /a, Method: post}}}"
    function = f"  Show: {{Type: AWS::Serverless::Function, Properties: {{{event}}}}}\n"
    head = "Transform: AWS::Serverless-2016-10-31\nResources:\n" + function
    pool = (
        "  People: {Type: AWS::Cognito::UserPool}\n  Rest: {Type: AWS::Serverless::Api, Properties: {StageName: a}}\n"
    )
    (found,) = snippets(checked(head + pool, select=rule))
    assert "    UserPoolArn: !GetAtt People.Arn" in found[2]
    keys = "{Keys: {FunctionArn: !GetAtt Show.Arn}}"
    auth = f"  Rest: {{Type: AWS::Serverless::Api, Properties: {{StageName: a, Auth: {{Authorizers: {keys}}}}}}}\n"
    (found,) = snippets(checked(head + auth, select=rule))
    assert found[2] == "Rest:\n  Properties:\n    Auth:\n      DefaultAuthorizer: Keys"
    none = head.replace("Method: post", "Method: post, Auth: {Authorizer: NONE}")
    assert not snippets(checked(none + auth, select=rule))


LIMITED = """\
resource "aws_lambda_function" "work" { timeout = 5 }
resource "aws_apigatewayv2_api" "http" { protocol_type = "HTTP" }
resource "aws_apigatewayv2_stage" "live" {
  api_id = aws_apigatewayv2_api.http.id
  name   = "$default"
}
resource "aws_apigatewayv2_integration" "work" {
  api_id          = aws_apigatewayv2_api.http.id
  integration_uri = aws_lambda_function.work.arn
}
resource "aws_apigatewayv2_route" "work" {
  api_id    = aws_apigatewayv2_api.http.id
  route_key = "POST /a"
  target    = "integrations/${aws_apigatewayv2_integration.work.id}"
}
resource "aws_api_gateway_rest_api" "rest" { name = "rest" }
resource "aws_api_gateway_stage" "beta" {
  rest_api_id = aws_api_gateway_rest_api.rest.id
  stage_name  = "beta"
}
resource "aws_api_gateway_integration" "work" {
  rest_api_id = aws_api_gateway_rest_api.rest.id
  http_method = "POST"
  type        = "AWS_PROXY"
  uri         = aws_lambda_function.work.invoke_arn
}
"""


def test_limits_in_terraform(checked) -> None:
    rule = "api-without-throttling"
    texts = {term: text for _, term, text in snippets(checked(LIMITED, "main.tf", rule))}
    assert texts["default_route_settings"] == (
        'resource "aws_apigatewayv2_stage" "live" {\n'
        "  default_route_settings {\n"
        "    throttling_rate_limit  = 100\n"
        "    throttling_burst_limit = 200\n"
        "  }\n"
        "}"
    )
    assert texts["settings"].splitlines()[:5] == [
        'resource "aws_api_gateway_method_settings" "beta" {',
        "  rest_api_id = aws_api_gateway_rest_api.rest.id",
        "  stage_name  = aws_api_gateway_stage.beta.stage_name",
        '  method_path = "*/*"',
        "  settings {",
    ]
    kept = LIMITED.replace("default", "live").replace('"aws_apigatewayv2_stage"', '"aws_apigatewayv2_other"')
    assert {term for _, term, _ in snippets(checked(kept, "main.tf", rule))} == {"settings"}


FLOW = """\
Resources:
  Bake:
    Type: AWS::Lambda::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      Role: !Sub arn:aws:iam::${AWS::AccountId}:role/bake
      Code: {ZipFile: pass}
  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !Sub arn:aws:iam::${AWS::AccountId}:role/flow
      Definition:
        StartAt: Bake
        States:
          Bake: {Type: Task, Resource: !GetAtt Bake.Arn, Next: Each}
          Each:
            Type: Map
            ItemProcessor:
              StartAt: Wrap
              States:
                Wrap: {Type: Task, Resource: !GetAtt Bake.Arn, End: true}
            End: true
"""


def test_a_state_is_retried_in_its_definition(checked) -> None:
    rule = "task-without-retry-or-catch"
    before = checked(FLOW, select=rule)
    (first, *_) = snippets(before)
    assert first[1] == "Retry"
    assert first[2].splitlines()[:6] == [
        *("Flow:", "  Properties:", "    Definition:", "      States:", "        Bake:", "          Retry:"),
    ]
    assert "            - ErrorEquals: [Lambda.ServiceException, Lambda.AWSLambdaException, " in first[2]
    template = FLOW
    while found := snippets(after := checked(template, select=rule)):
        assert all(language == "CloudFormation" for language, _, _ in found)
        template = pasted(template, after)
    assert not after.findings
    text = (
        FLOW.partition("      Definition:")[0]
        + """\
      DefinitionString: !Sub |
        {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Bake.Arn}", "End": true}}}
"""
    )
    branch = (
        FLOW.partition("        StartAt:")[0]
        + """\
        StartAt: Both
        States:
          Both:
            Type: Parallel
            Branches: [{StartAt: A, States: {A: {Type: Task, Resource: !GetAtt Bake.Arn, End: true}}}]
            End: true
"""
    )
    for hidden in (text, branch):
        assert checked(hidden, select=rule).findings
        assert not snippets(checked(hidden, select=rule))


def test_a_word_of_descriptions_has_a_place_beside_a_template(checked) -> None:
    api = APIS.partition("  Old:")[0]
    template = told(checked(api, select="public-api-without-auth"))
    place = "`overrides` of an archlint.yaml beside the file"
    assert f"; `public` is said in {place}" in template
    assert "`public` is said in" in markdown(checked(api, select="public-api-without-auth"))
    lost = told(checked("Resources: {Idle: {Type: AWS::DynamoDB::Table}}\n", select="stateful-resource-not-retained"))
    assert f"`ephemeral` is said in `Metadata: {{archlint: {{…}}}}` of the resource or in {place}" in lost
    code = LIMITED.replace('"POST /a"\n', '"POST /a"\n  authorization_type = "NONE"\n')
    assert f"; `public` is said in {place}" in told(checked(code, "main.tf", "public-api-without-auth"))
    description = (
        "archlint: 1\nname: A\ncomponents: {a: {type: http_api, auth: none}, f: lambda}\nconnections: [a => f]\n"
    )
    assert "is said in" not in told(checked(description, "c.yaml", select="public-api-without-auth"))
    assert "is said in" not in told(checked(PLAIN, "d.yaml", select="queue-without-dlq"))


def test_the_words_of_descriptions_are_words_of_descriptions() -> None:
    types = vocabulary().types.values()
    known = {name for type_ in types for name in type_.properties} | set(vocabulary().connection_properties)
    assert known >= SAID
    assert not {term.what for term in SET} & SAID


def test_a_subscription_among_a_topics_properties_becomes_a_resource(checked) -> None:
    rule = "subscription-without-dlq"
    topic = "  Done: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: lambda, Endpoint: !GetAtt Work.Arn}]}}\n"
    template = "Resources:\n  Work: {Type: AWS::Lambda::Function}\n" + topic
    (found,) = snippets(checked(template, select=rule))
    made = yaml.load(found[2], _Tags)["DoneToWork"]
    assert made["Type"] == "AWS::SNS::Subscription"
    assert list(made["Properties"]) == ["TopicArn", "Protocol", "Endpoint", "RedrivePolicy"]
    rest = template.replace(topic, "  Done: {Type: AWS::SNS::Topic}\n")
    assert not checked(pasted(rest, checked(template, select=rule)), select=rule).findings


def test_an_event_by_its_old_name_takes_the_new_one(checked) -> None:
    template = EVENTS.replace("Type: EventBridgeRule", "Type: CloudWatchEvent")
    before = checked(template, select="event-target-without-dlq")
    (text,) = (text for _, _, text in snippets(before) if "Seen:" in text)
    assert text.splitlines()[3:7] == [
        "      Seen:",
        "        Type: EventBridgeRule  # the same, with this setting",
        "        Properties:",
        "          DeadLetterConfig: {Type: SQS}",
    ]
    assert not checked(pasted(template, before), select="event-target-without-dlq").findings
