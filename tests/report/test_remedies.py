"""What to change, in the language that the finding stands in."""

from __future__ import annotations

import json

import pytest
import yaml
from snippets import DESCRIPTION, PLAIN, SAM, SERVERLESS, TERRAFORM, Tags, merged, pasted, snippets

from archlint.importers.languages import language_of
from archlint.report.markdown import report as markdown
from archlint.report.sarif import report as sarif
from archlint.report.telling import told
from archlint.report.terms import SET
from archlint.vocabulary import vocabulary


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
    assert yaml.load(found[2], Tags) == {"functions": {"work": {"events": [{"sqs": event}]}}}


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
    (event,) = yaml.load(found[2], Tags)["functions"]["work"]["events"]
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


def test_the_words_of_descriptions_are_words_of_descriptions() -> None:
    only_said, types = vocabulary().only_said, vocabulary().types.values()
    known = {name for type_ in types for name in type_.properties} | set(vocabulary().connection_properties)
    assert known >= only_said
    assert not {term.what for term in SET} & only_said


MADE_BY_SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      ReservedConcurrentExecutions: 2
      FunctionUrlConfig: {AuthType: NONE}
      Policies: [{DynamoDBWritePolicy: {TableName: !Ref Table}}]
      Events:
        Job: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn, ScalingConfig: {MaximumConcurrency: 9}}}
  Copy:
    Type: AWS::Serverless::Function
    Properties:
      Events: {Change: {Type: DynamoDB, Properties: {Stream: !GetAtt Table.StreamArn, StartingPosition: LATEST}}}
  Count: {Type: AWS::Serverless::Function}
  Counted:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Count, EventSourceArn: !GetAtt Table.StreamArn, StartingPosition: LATEST}
"""


def test_what_sam_makes_is_set_where_it_is_said(checked) -> None:
    (url,) = snippets(checked(MADE_BY_SAM, select="open-function-url"))
    assert yaml.load(url[2], Tags) == {"Work": {"Properties": {"FunctionUrlConfig": {"AuthType": "AWS_IAM"}}}}
    (mapping,) = snippets(checked(MADE_BY_SAM, select="max-concurrency-exceeds-reserved"))
    event = {"Job": {"Properties": {"ScalingConfig": {"MaximumConcurrency": 2}}}}
    assert yaml.load(mapping[2], Tags) == {"Work": {"Properties": {"Events": event}}}


def test_a_destination_has_the_type_that_sam_permits_it_by(checked) -> None:
    rule = "stream-consumer-without-failure-destination"
    texts = {term: yaml.load(text, Tags) for _, term, text in snippets(checked(MADE_BY_SAM, select=rule))}
    event = texts["DestinationConfig.OnFailure"]["Copy"]["Properties"]["Events"]["Change"]["Properties"]
    arn = {"Fn::GetAtt": ["CopyFailed", "Arn"]}
    assert event["DestinationConfig"]["OnFailure"] == {"Type": "SQS", "Destination": arn}
    plain = texts["DestinationConfig.OnFailure.Destination"]["Counted"]["Properties"]["DestinationConfig"]
    assert plain["OnFailure"] == {"Destination": {"Fn::GetAtt": ["CountFailed", "Arn"]}}


def test_a_function_url_of_serverless_is_set_at_the_function(checked) -> None:
    text = """\
service: shop
provider:
  name: aws
  iam: {role: {statements: [{Effect: Allow, Action: "dynamodb:PutItem", Resource: !GetAtt Table.Arn}]}}
functions:
  hook: {handler: a.b, url: true}
resources: {Resources: {Table: {Type: AWS::DynamoDB::Table}}}
"""
    (found,) = snippets(checked(text, "serverless.yml", "open-function-url"))
    assert yaml.load(found[2], Tags) == {"functions": {"hook": {"url": {"authorizer": "aws_iam"}}}}


def test_the_words_of_descriptions_are_left_out_where_the_language_has_its_own(checked) -> None:
    rule = "batch-without-partial-response"
    assert "set report_batch_item_failures" not in told(checked(PLAIN, select=rule))
    assert "set report_batch_item_failures" in told(checked(DESCRIPTION, select=rule))


ELSEWHERE = """\
Transform: AWS::Serverless-2016-10-31
Parameters: {DlqArn: {Type: String}}
Resources:
  Given: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !Ref DlqArn, maxReceiveCount: 2}}}
  Shared:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {deadLetterTargetArn: !ImportValue shared-dlq-arn, maxReceiveCount: 2}}
  Common:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: !Sub "arn:aws:sqs:${AWS::Region}:1:common-dlq", maxReceiveCount: 2}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      CodeUri: .
      Timeout: 5
      Events:
        Given: {Type: SQS, Properties: {Queue: !GetAtt Given.Arn}}
        Shared: {Type: SQS, Properties: {Queue: !GetAtt Shared.Arn}}
        Common: {Type: SQS, Properties: {Queue: !GetAtt Common.Arn}}
"""
OUTSIDE = """\
variable "dlq_arn" { type = string }
resource "aws_lambda_function" "work" { timeout = 5 }
resource "aws_sqs_queue" "jobs" {
  redrive_policy = jsonencode({
    deadLetterTargetArn = var.dlq_arn
    maxReceiveCount     = 2
  })
}
resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.work.arn
}
resource "aws_sqs_queue" "notes" { name = "notes" }
resource "aws_sqs_queue_redrive_policy" "apart" {
  queue_url      = aws_sqs_queue.notes.id
  redrive_policy = jsonencode({ "deadLetterTargetArn" : var.dlq_arn, "maxReceiveCount" : 2 })
}
resource "aws_lambda_event_source_mapping" "notes" {
  event_source_arn = aws_sqs_queue.notes.arn
  function_name    = aws_lambda_function.work.arn
}
"""


def test_an_end_that_stands_elsewhere_is_not_named_anew(checked) -> None:
    """A parameter, an import or a queue that is known by its ARN has no attribute to ask for."""
    rule = "max-receive-count-too-low"
    before = checked(ELSEWHERE, select=rule)
    assert [text for _, _, text in snippets(before)] == [
        f"{name}:\n  Properties:\n    RedrivePolicy:\n      maxReceiveCount: 5"
        for name in ("Given", "Shared", "Common")
    ]
    assert not checked(pasted(ELSEWHERE, before), select=rule).findings
    assert [text for _, _, text in snippets(checked(OUTSIDE, "main.tf", rule))] == [
        (
            'resource "aws_sqs_queue" "jobs" {\n'
            "  redrive_policy = jsonencode({\n"
            "    deadLetterTargetArn = var.dlq_arn\n"
            "    maxReceiveCount     = 5\n"
            "  })\n"
            "}"
        ),
        (
            'resource "aws_sqs_queue_redrive_policy" "apart" {\n'
            '  redrive_policy = jsonencode({ "deadLetterTargetArn" : var.dlq_arn, "maxReceiveCount" : 5 })\n'
            "}"
        ),
    ]


def test_a_policy_that_is_no_mapping_of_its_own_is_left_alone(checked) -> None:
    rule = "max-receive-count-too-low"
    chosen = ELSEWHERE.replace(
        "{deadLetterTargetArn: !Ref DlqArn, maxReceiveCount: 2}", "!FindInMap [Policies, here, it]"
    )
    assert not any("Given" in text for _, _, text in snippets(checked(chosen, select=rule)))
    named = OUTSIDE.replace("= 2\n", "= local.receives\n") + "locals {\n  receives = 2\n}\n"
    first, *_ = snippets(checked(named, "main.tf", rule))
    assert "    maxReceiveCount     = 5\n" in first[2]


def test_no_alarm_watches_what_cannot_be_named(checked) -> None:
    """The name of a queue of several, or of one in another module, is not that of its block."""
    rule = "queue-without-age-alarm"
    several = TERRAFORM.replace(
        '  name = "jobs"\n', '  name     = "jobs-${each.key}"\n  for_each = toset(["a", "b"])\n'
    )
    several = several.replace("aws_sqs_queue.jobs.arn", 'aws_sqs_queue.jobs["a"].arn')
    assert checked(several, "main.tf", rule).findings
    assert not snippets(checked(several, "main.tf", rule))


@pytest.mark.parametrize(
    ("argument", "mapped", "parts"),
    [
        (
            'for_each = toset(["a", "b"])',
            "for_each = aws_sqs_queue.jobs\n  event_source_arn = each.value.arn",
            ("for_each            = aws_sqs_queue.jobs", '"jobs-age-${each.key}"', "QueueName = each.value.name"),
        ),
        (
            "count = 2",
            "count = 2\n  event_source_arn = aws_sqs_queue.jobs[count.index].arn",
            (
                "count               = length(aws_sqs_queue.jobs)",
                '"jobs-age-${count.index}"',
                "QueueName = aws_sqs_queue.jobs[count.index].name",
            ),
        ),
    ],
)
def test_what_is_there_several_times_is_watched_each_time(checked, argument, mapped, parts) -> None:
    rule = "queue-without-age-alarm"
    several = TERRAFORM.replace('  name = "jobs"\n', f"  {argument}\n")
    several = several.replace("event_source_arn = aws_sqs_queue.jobs.arn", mapped)
    (found,) = snippets(checked(several, "main.tf", rule))
    assert all(part in found[2] for part in parts)
    assert not checked(f"{several}\n{found[2]}\n", "main.tf", rule).findings


@pytest.mark.parametrize(
    ("topic", "subscription", "arn"),
    [
        ("count = 2", "count = 2\n  topic_arn = aws_sns_topic.news[count.index].arn", "aws_sns_topic.news[*].arn"),
        (
            'for_each = toset(["a"])',
            "for_each = aws_sns_topic.news\n  topic_arn = each.value.arn",
            "values(aws_sns_topic.news)[*].arn",
        ),
    ],
)
def test_one_queue_is_for_all_topics_of_a_resource(checked, topic, subscription, arn) -> None:
    written = f"""\
resource "aws_sns_topic" "news" {{
  {topic}
}}
resource "aws_sns_topic_subscription" "news" {{
  {subscription}
  protocol = "lambda"
  endpoint = aws_lambda_function.read.arn
}}
resource "aws_lambda_function" "read" {{
  function_name = "read"
}}
"""
    (found,) = snippets(checked(written, "main.tf", "subscription-without-dlq"))
    assert f'{{ "aws:SourceArn" = {arn} }}' in found[2]


MACHINE = """\
service: flow
plugins: [serverless-step-functions]
provider: {name: aws}
functions:
  old: {handler: a.b, events: [{cloudwatchEvent: {event: {source: [old]}}}]}
stepFunctions:
  stateMachines:
    fulfil:
      events:
        - schedule: rate(1 day)
        - eventBridge: {eventBusName: !Ref Bus, event: {source: [shop]}}
      definition: {StartAt: End, States: {End: {Type: Succeed}}}
resources: {Resources: {Bus: {Type: AWS::Events::EventBus, Properties: {Name: flow}}}}
"""


def test_an_event_of_a_state_machine_is_no_function(checked) -> None:
    """The plugin has a key of its own for rules, and none for schedules, as the framework has none for old rules."""
    rule = "event-target-without-dlq"
    before = checked(MACHINE, "serverless.yml", rule)
    assert len(before.findings) == 3
    (found,) = snippets(before)
    assert found[1] == "eventBridge.deadLetterConfig"
    assert found[2].splitlines()[:9] == [
        *("stepFunctions:", "  stateMachines:", "    fulfil:", "      events:"),
        *("        # in the event that is there", "        - eventBridge:"),
        *("            eventBusName: !Ref Bus", "            event: {source: [shop]}"),
        "            deadLetterConfig: !GetAtt BusUndelivered.Arn",
    ]
    mended = MACHINE.replace("event: {source: [shop]}", "event: {source: [shop]}, deadLetterConfig: !GetAtt Dead.Arn")
    mended = mended.replace("Resources: {Bus", "Resources: {Dead: {Type: AWS::SQS::Queue}, Bus")
    assert len(checked(mended, "serverless.yml", rule).findings) == 2


def test_a_setting_of_an_event_is_said_once(checked) -> None:
    text = """\
service: shop
provider: {name: aws}
functions:
  work:
    handler: a.b
    reservedConcurrency: 4
    events: [{sqs: {arn: !GetAtt Jobs.Arn, maximumConcurrency: 50}}]
resources: {Resources: {Jobs: {Type: AWS::SQS::Queue}}}
"""
    (found,) = snippets(checked(text, "serverless.yml", "max-concurrency-exceeds-reserved"))
    assert found[2].splitlines()[4:] == [
        "      - sqs:",
        "          arn: !GetAtt Jobs.Arn",
        "          maximumConcurrency: 4",
    ]


INSIDE = """\
service: shop
provider: {name: aws}
functions: {}
resources:
  Resources:
    Jobs: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 600}}
    Topic: {Type: AWS::SNS::Topic}
    Plain:
      Type: AWS::Lambda::Function
      Properties: {Handler: a.b, Runtime: python3.13, Role: !GetAtt Role.Arn, Code: {ZipFile: pass}, Timeout: 5}
    Told: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: lambda, Endpoint: !GetAtt Plain.Arn}}
    Rule:
      Type: AWS::Events::Rule
      Properties: {EventPattern: {source: [a]}, Targets: [{Id: a, Arn: !GetAtt Plain.Arn}]}
    Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Plain, EventSourceArn: !GetAtt Jobs.Arn}}
"""


@pytest.mark.parametrize(
    "rule",
    [
        *("subscription-without-dlq", "event-target-without-dlq", "async-function-without-dlq"),
        *("batch-without-partial-response", "queue-without-dlq"),
    ],
)
def test_a_resource_of_a_serverless_yml_is_no_function_of_it(checked, rule: str) -> None:
    """What stands among its resources is told of in CloudFormation's words, and lets the services send."""
    before = checked(INSIDE, "serverless.yml", rule)
    (found,) = snippets(before)
    assert found[2].startswith("resources:\n  Resources:\n    ")
    template = merged(yaml.load(INSIDE, Tags), yaml.load(found[2], Tags))
    assert not checked(yaml.safe_dump(template), "serverless.yml", rule).findings
    assert ("AWS::SQS::QueuePolicy" in found[2]) == (rule in {"subscription-without-dlq", "event-target-without-dlq"})
    assert ("# the role of Plain needs" in found[2]) == (rule == "async-function-without-dlq")


def test_words_of_lift_and_of_asynchronous_invocations(checked) -> None:
    lift = """\
service: shop
provider: {name: aws}
plugins: [serverless-lift]
constructs: {mails: {type: queue, maxRetries: 2, worker: {handler: a.b}}}
"""
    (found,) = snippets(checked(lift, "serverless.yml", "max-receive-count-too-low"))
    assert found == ("serverless.yml", "maxRetries", "constructs:\n  mails:\n    maxRetries: 5")
    asked = "service: shop\nprovider: {name: aws}\nfunctions: {work: {handler: a.b, maximumEventAge: 30}}\n"
    (found,) = snippets(checked(asked, "serverless.yml", "invalid-concurrency-config"))
    assert found[2] == "functions:\n  work:\n    maximumEventAge: 60"
