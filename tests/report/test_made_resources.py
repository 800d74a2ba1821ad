"""Snippets of resources that have to be made, with what they need around them, pasted into their template."""

from __future__ import annotations

import pytest
import yaml
from snippets import DESCRIPTION, EVENTS, PLAIN, SERVERLESS, TERRAFORM, Tags, pasted, snippets

from archlint.report.markdown import report as markdown
from archlint.report.telling import told


@pytest.mark.parametrize("rule", ["subscription-without-dlq", "event-target-without-dlq", "async-function-without-dlq"])
def test_a_pasted_snippet_mends_its_finding(checked, rule: str) -> None:
    before = checked(EVENTS, select=rule)
    assert before.findings
    assert not checked(pasted(EVENTS, before), select=rule).findings


def test_a_queue_lets_the_service_send_that_could_not_deliver(checked) -> None:
    """Without its permission the service drops what it could not deliver, and says nothing."""
    found, _ = (yaml.load(one[2], Tags) for one in snippets(checked(EVENTS, select="subscription-without-dlq")))
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
        alarm = yaml.load(text, Tags)[f"{queue}Depth"]
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
    assert yaml.load(found[2], Tags)["JobsAge"]["Properties"]["MetricName"] == "ApproximateAgeOfOldestMessage"
    assert not checked(pasted(PLAIN, checkup), select=rule).findings
    (found,) = snippets(checked(TERRAFORM, "main.tf", rule))
    assert found[2].startswith('resource "aws_cloudwatch_metric_alarm" "jobs_age" {')
    (found,) = snippets(checked(SERVERLESS, "serverless.yml", rule))
    assert list(yaml.load(found[2], Tags)["resources"]["Resources"]) == ["JobsAge"]


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


def test_a_subscription_among_a_topics_properties_becomes_a_resource(checked) -> None:
    rule = "subscription-without-dlq"
    topic = "  Done: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: lambda, Endpoint: !GetAtt Work.Arn}]}}\n"
    template = "Resources:\n  Work: {Type: AWS::Lambda::Function}\n" + topic
    (found,) = snippets(checked(template, select=rule))
    made = yaml.load(found[2], Tags)["DoneToWork"]
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


STREAMS = {
    "template.yaml": """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Tides: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
  Chart:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      CodeUri: .
      Timeout: 5
      Events: {Tide: {Type: Kinesis, Properties: {Stream: !GetAtt Tides.Arn, StartingPosition: LATEST}}}
""",
    "serverless.yml": """\
service: shop
provider: {name: aws}
functions:
  chart-it:
    handler: a.b
    events: [{stream: {type: kinesis, arn: !GetAtt Tides.Arn}}]
resources:
  Resources:
    Tides: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
""",
    "main.tf": """\
resource "aws_kinesis_stream" "tides" { shard_count = 1 }
resource "aws_lambda_function" "chart" { function_name = "chart" }
resource "aws_lambda_event_source_mapping" "tides" {
  event_source_arn  = aws_kinesis_stream.tides.arn
  function_name     = aws_lambda_function.chart.arn
  starting_position = "LATEST"
}
""",
}


def test_an_alarm_on_how_far_a_function_is_behind(checked) -> None:
    """The function has the metric, so the alarm names it, and serverless.yml by the logical id that it is given."""
    rule = "stream-without-iterator-age-alarm"
    sam = checked(STREAMS["template.yaml"], select=rule)
    assert "= do:   in SAM, add AWS::CloudWatch::Alarm for Chart" in told(sam)
    assert "cloudwatch_alarm with metric" not in told(sam)
    (found,) = snippets(sam)
    alarm = yaml.load(found[2], Tags)["ChartLag"]["Properties"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/Lambda", "IteratorAge")
    assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": "Chart"}}]
    assert not checked(pasted(STREAMS["template.yaml"], sam), select=rule).findings
    (found,) = snippets(checked(STREAMS["serverless.yml"], "serverless.yml", rule))
    alarms = found[2].partition("  Resources:\n")[2]
    assert "Value: !Ref ChartDashitLambdaFunction}" in alarms
    assert not checked(STREAMS["serverless.yml"] + alarms, "serverless.yml", rule).findings
    (found,) = snippets(checked(STREAMS["main.tf"], "main.tf", rule))
    assert "dimensions          = { FunctionName = aws_lambda_function.chart.function_name }" in found[2]
    assert not checked(STREAMS["main.tf"] + found[2], "main.tf", rule).findings


def test_a_pipe_keeps_what_fails_where_it_says_how_it_reads(checked) -> None:
    rule = "event-target-without-dlq"
    template = """\
Resources:
  Tides: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
  Warn: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionString: "{}"}}
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties:
      RoleArn: !Sub arn:aws:iam::${AWS::AccountId}:role/pipe
      Source: !GetAtt Tides.Arn
      SourceParameters: {KinesisStreamParameters: {StartingPosition: LATEST}}
      Target: !Ref Warn
"""
    before = checked(template, select=rule)
    (found,) = snippets(before)
    assert found[1] == "SourceParameters.KinesisStreamParameters.DeadLetterConfig.Arn"
    assert "# the role of Pipe needs sqs:SendMessage on PipeUndelivered" in found[2]
    assert not checked(pasted(template, before), select=rule).findings
    code = """\
resource "aws_kinesis_stream" "tides" { shard_count = 1 }
resource "aws_sfn_state_machine" "warn" { definition = "{}" }
resource "aws_pipes_pipe" "pipe" {
  source = aws_kinesis_stream.tides.arn
  target = aws_sfn_state_machine.warn.arn
  source_parameters {
    kinesis_stream_parameters { starting_position = "LATEST" }
  }
}
"""
    (found,) = snippets(checked(code, "main.tf", rule))
    assert found[2].splitlines()[:5] == [
        'resource "aws_pipes_pipe" "pipe" {',
        "  source_parameters {",
        "    kinesis_stream_parameters {",
        "      dead_letter_config {",
        "        arn = aws_sqs_queue.pipe_undelivered.arn",
    ]
