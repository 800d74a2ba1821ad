"""Snippets of a state of a state machine, in its definition."""

from __future__ import annotations

from snippets import pasted, snippets

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
