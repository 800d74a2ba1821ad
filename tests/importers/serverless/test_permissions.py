"""What functions may do: the shared role is a guess for each of them, a role of their own is likely."""

from __future__ import annotations

import pytest

RESOURCES = """
resources:
  Resources:
    Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders-dev}}
    Jobs: {Type: AWS::SQS::Queue}
    Photos: {Type: AWS::S3::Bucket, Properties: {BucketName: shop-photos}}
"""


def service(graph, provider: str, one: str = "{handler: x}", more: str = "") -> object:
    return graph(
        f"service: shop\nprovider: {provider}\nfunctions:\n  one: {one}\n  two: {{handler: y}}\n{more}{RESOURCES}"
    )


SHARED = "{name: aws, iam: {role: {statements: [{Effect: Allow, Action: 'dynamodb:PutItem', Resource: !GetAtt Orders.Arn}]}}}"


def test_the_shared_role_is_a_guess_for_each(graph):
    found = service(graph, SHARED)
    assert found.confidence == {"one => Orders write": "guess", "two => Orders write": "guess"}


def test_what_is_in_the_environment_too_is_likely(graph):
    found = service(graph, SHARED, "{handler: x, environment: {TABLE: !Ref Orders}}")
    assert found.confidence == {"one => Orders write": "likely", "two => Orders write": "guess"}


def test_an_address_in_a_functions_environment_is_somebody_who_may_be_called(graph):
    variables = "{PAY_URL: 'https://api.example.com/v1', CORS_ORIGIN: 'https://shop.example.com'}"
    found = service(graph, "{name: aws}", f"{{handler: x, environment: {variables}}}")
    assert found.confidence == {"one => api-example-com invoke": "guess"}
    assert found.types["api-example-com"] == "third_party"


@pytest.mark.parametrize("value", ["orders-dev", "${self:custom.table}"])
def test_a_name_in_the_environment_is_the_resource_of_that_name(graph, value):
    found = service(
        graph, SHARED, f"{{handler: x, environment: {{TABLE: '{value}'}}}}", "custom: {table: orders-dev}\n"
    )
    assert found.confidence["one => Orders write"] == "likely"


@pytest.mark.parametrize(
    "own",
    [
        "iamRoleStatements: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Jobs.Arn}]",
        "iam: {role: {statements: [{Effect: Allow, Action: ['sqs:SendMessage'], Resource: [!GetAtt Jobs.Arn]}]}}",
    ],
)
def test_a_role_of_its_own_is_likely_and_stands_alone(graph, own):
    found = service(graph, SHARED, f"{{handler: x, {own}}}")
    assert found.confidence == {"one -> Jobs send": "likely", "two => Orders write": "guess"}


def test_a_role_of_its_own_may_inherit(graph):
    own = "iamRoleStatementsInherit: true, iamRoleStatements: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Jobs.Arn}]"
    found = service(graph, SHARED, f"{{handler: x, {own}}}")
    assert set(found.edges) == {"one -> Jobs send", "one => Orders write", "two => Orders write"}


@pytest.mark.parametrize(
    ("resource", "edge"),
    [
        ("'arn:aws:dynamodb:${aws:region}:*:table/orders-dev'", "one => Orders read"),
        ("'arn:aws:dynamodb:eu-west-1:*:table/orders-dev/index/*'", "one => Orders read"),
        ("!Sub 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Orders}'", "one => Orders read"),
        ("'arn:aws:dynamodb:eu-west-1:*:table/elsewhere'", "one => elsewhere read"),
    ],
)
def test_resources_by_their_names(graph, resource, edge):
    own = f"iamRoleStatements: [{{Effect: Allow, Action: 'dynamodb:GetItem', Resource: {resource}}}]"
    found = service(graph, "{name: aws}", f"{{handler: x, {own}}}")
    assert found.confidence == {edge: "likely"}


def test_a_bucket_and_what_is_in_it_are_one(graph):
    own = "iamRoleStatements: [{Effect: Allow, Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::shop-photos', 'arn:aws:s3:::shop-photos/*']}]"
    found = service(graph, "{name: aws}", f"{{handler: x, {own}}}")
    assert found.confidence == {"one => Photos read_write": "likely"}


def test_the_old_place_of_the_shared_role(graph):
    provider = (
        "{name: aws, iamRoleStatements: [{Effect: Allow, Action: 'dynamodb:Query', Resource: !GetAtt Orders.Arn}]}"
    )
    assert set(service(graph, provider).confidence.values()) == {"guess"}


def test_a_denied_action_and_another_role(graph):
    provider = "{name: aws, iamRoleStatements: [{Effect: Deny, Action: 'dynamodb:*', Resource: '*'}]}"
    assert service(graph, provider).edges == {}
    assert set(service(graph, SHARED, "{handler: x, role: !GetAtt Other.Arn}").edges) == {"two => Orders write"}


def test_a_database_in_the_providers_environment(graph):
    more = "resources: {Resources: {Base: {Type: AWS::RDS::DBCluster}}}"
    text = "service: s\nprovider: {name: aws, environment: {HOST: !GetAtt Base.Endpoint.Address}}\nfunctions:\n  one: {handler: x}\n"
    assert graph(text + more).confidence == {"one => Base read_write": "likely"}
    assert graph(text + "  two: {handler: x}\n" + more).confidence == {
        "one => Base read_write": "guess",
        "two => Base read_write": "guess",
    }


def test_statements_show_their_own_places(graph):
    found = graph(
        """
        service: s
        provider:
          name: aws
          iam:
            role:
              statements:
                - Effect: Allow
                  Action: sns:Publish
                  Resource: arn:aws:sns:eu-west-1:1:news
        functions:
          one: {handler: x}
        """
    )
    [edge] = found.reading.architecture.connections
    assert found.reading.span(edge.site)[1:3] == (8, 11)


def test_pseudo_parameters_of_the_plugin_are_cloudformations(graph):
    found = graph("""\
        service: shop
        provider: {name: aws}
        plugins: [serverless-pseudo-parameters]
        functions:
          tell:
            handler: a.b
            environment: {TOPIC: "arn:aws:sns:#{AWS::Region}:#{AWS::AccountId}:news"}
            iamRoleStatements:
              - {Effect: Allow, Action: "sns:Publish", Resource: "arn:aws:sns:#{AWS::Region}:#{AWS::AccountId}:news"}
        resources:
          Resources:
            News: {Type: AWS::SNS::Topic, Properties: {TopicName: news}}
    """)
    assert found.edges == {"tell -> News publish": {}}


def test_policies_of_awss_own_are_part_of_the_shared_role(graph):
    policy = "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess"
    found = service(graph, f"{{name: aws, iam: {{role: {{managedPolicies: [{policy}]}}}}}}")
    assert found.confidence == {"one => Orders read": "guess", "two => Orders read": "guess"}
