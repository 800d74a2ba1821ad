"""Snippets of what an API lets in: limits and authorizers, each in the words of its stage."""

from __future__ import annotations

import pytest
from snippets import PLAIN, pasted, snippets

from archlint.report.markdown import report as markdown
from archlint.report.telling import told

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


def test_the_stage_of_a_quick_create_is_taken_over(checked) -> None:
    """It is there already, so it is imported; an API without a stage in sight may have one anywhere."""
    rule = "api-without-throttling"
    quick = """\
resource "aws_lambda_function" "work" { timeout = 5 }
resource "aws_apigatewayv2_api" "http" {
  protocol_type = "HTTP"
  target        = aws_lambda_function.work.arn
}
"""
    (found,) = snippets(checked(quick, "main.tf", rule))
    assert found[1] == "default_route_settings"
    assert found[2].splitlines()[:2] == [
        "# it is there, made with the API: terraform import aws_apigatewayv2_stage.http API_ID/'$default'",
        'resource "aws_apigatewayv2_stage" "http" {',
    ]
    assert not checked(quick + found[2], "main.tf", rule).findings


def test_the_stage_of_a_serverless_yml_is_extended(checked) -> None:
    """That of an HTTP API has a known id; of a REST API the framework makes a new one with each deployment."""
    rule = "api-without-throttling"
    text = """\
service: shop
provider: {name: aws}
functions:
  show: {handler: a.b, events: [{httpApi: POST /a}, {http: POST /b}, {websocket: $default}]}
"""
    before = checked(text, "serverless.yml", rule)
    assert len(before.findings) == 3
    found = [text for _, _, text in snippets(before)]
    assert [text.splitlines()[2] for text in found] == ["    HttpApiStage:", "    WebsocketsDeploymentStage:"]
    extended = text + found[0] + "\n" + found[1].partition("extensions:\n")[2]
    assert len(checked(extended, "serverless.yml", rule).findings) == 1
