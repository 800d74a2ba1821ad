"""What a finding that is not certain rests on, in words."""

from __future__ import annotations

import pytest
from snippets import SAM, TERRAFORM

from archlint.report.telling import told

RULE = "queue-worker-not-throttled"
POLICY = "Policies: [{Statement: [{Effect: Allow, Action: rds-db:connect, Resource: !GetAtt Ledger.DBClusterArn}]}]"
HOST = "Environment: {Variables: {HOST: !GetAtt Ledger.Endpoint.Address}}"
CLUSTER = """\
resource "aws_rds_cluster" "ledger" { engine = "aurora-mysql" }
resource "aws_iam_role" "work" { assume_role_policy = "{}" }
resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = aws_rds_cluster.ledger.arn }] })
}
"""
ROLE = TERRAFORM.replace("timeout       = 60", "timeout       = 60\n  role          = aws_iam_role.work.arn")
DESCRIBED = """\
archlint: 1
name: A
components: {q: sqs, f: {type: lambda, timeout: 60}, db: aurora}
connections:
  - q -> f
  - f =write=> db: {confidence: likely}
"""


@pytest.mark.parametrize(
    ("text", "name", "basis"),
    [
        (SAM, "template.yaml", "likely; it rests on a name or an address in the environment"),
        (SAM.replace(HOST, POLICY), "template.yaml", "likely; it rests on what a permission allows"),
        (ROLE + CLUSTER, "main.tf", "likely; it rests on what a permission allows"),
        (DESCRIBED, "a.yaml", "likely; it rests on what the description says of its confidence"),
    ],
)
def test_what_a_likely_finding_rests_on(checked, text: str, name: str, basis: str) -> None:
    checkup = checked(text, name, RULE)
    assert checkup.findings
    assert f"= sure: {basis}\n" in told(checkup)


def test_a_name_of_its_own_is_no_permission(checked) -> None:
    """A function that is called by a word of permissions is no policy."""
    renamed = SAM.replace("  Work:", "  GrantPolicy:").replace(
        "Properties: {Engine", "Condition: Big, Properties: {Engine"
    )
    text = "Conditions: {Big: !Equals [!Ref AWS::Region, a]}\n" + renamed
    assert "= sure: likely; it rests on a name or an address in the environment\n" in told(checked(text, select=RULE))


def test_several_bases_are_named_together(checked) -> None:
    both = SAM.replace(HOST, f"{HOST}\n      {POLICY}")
    assert "= sure: likely; it rests on what a permission" in told(checked(both, select=RULE))
