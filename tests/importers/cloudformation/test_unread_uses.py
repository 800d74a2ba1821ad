"""What a template refers to without a connection, and what it cannot say: no rule may take that for nothing."""

from __future__ import annotations

import pytest

from archlint.lint import LintSettings, check
from archlint.report.checkup import Checkup
from archlint.report.data import findings_data


@pytest.fixture
def found(project, rulebook):
    """The findings of one rule, as (component, severity, message)."""

    def run(rule: str, text: str) -> list[tuple[str, str, str]]:
        reading = project.reading(text)
        findings = check(reading.architecture, rulebook, LintSettings(select=frozenset({rule}))).findings
        return [
            (one["component"], one["severity"], one["message"])
            for one in findings_data(Checkup(findings, reading, rulebook))["findings"]
        ]

    return run


def test_what_an_alarm_tells_an_output_gives_and_a_stack_gets_is_used(found):
    text = """\
        Resources:
          Bell: {Type: AWS::SNS::Topic}
          Files: {Type: AWS::S3::Bucket}
          Given: {Type: AWS::SQS::Queue}
          Alone: {Type: AWS::SQS::Queue}
          Watched: {Type: AWS::SQS::Queue}
          Rule: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Alone], PolicyDocument: {Statement: []}}}
          High:
            Type: AWS::CloudWatch::Alarm
            Properties:
              AlarmActions: [!Ref Bell]
              Dimensions: [{Name: QueueName, Value: !GetAtt Watched.QueueName}]
          Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://a/b", Parameters: {Queue: !Sub "${Given.Arn}/x"}}}
        Outputs:
          Files: {Value: !If [Yes, !GetAtt Files.Arn, none]}
    """
    assert [one[0] for one in found("orphan-component", text)] == ["Alone", "Watched"]


def test_what_leads_to_something_that_is_no_component_is_connected(found):
    text = """\
        Resources:
          Build: {Type: AWS::CodePipeline::Pipeline}
          Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:1:${Build}"}]}}
          Weekly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(7 days), Targets: [{Id: a, Arn: !Ref Build}]}}
          Stop: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), Target: {Arn: "arn:aws:scheduler:::aws-sdk:rds:stopDBInstance", Input: "{}"}}}
          Entry: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
          Addresses: {Type: Custom::Addresses}
          Group: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: ip, Targets: [{Id: !GetAtt Addresses.One}]}}
          To: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Entry, DefaultActions: [{TargetGroupArn: !Ref Group}]}}
          Idle: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day)}}
    """
    assert [one[0] for one in found("orphan-component", text)] == ["Idle"]


def test_the_properties_of_what_another_stack_owns_are_not_known(found):
    text = """\
        Parameters: {Target: {Type: String}}
        Resources:
          Bids: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true}}
          To: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Bids, Protocol: sqs, Endpoint: !Ref Target}}
    """
    assert found("ordering-broken", text) == []


def test_who_calls_an_api_stands_in_no_template(found):
    text = """\
        Resources:
          Api: {Type: AWS::Serverless::HttpApi}
          Answer: {Type: AWS::Serverless::Function, Properties: {Events: {A: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: /a}}}}}
          Ask:
            Type: AWS::Serverless::Function
            Properties: {Environment: {Variables: {URL: !Sub "https://${Api}.execute-api.eu-west-1.amazonaws.com"}}}
    """
    assert found("internal-api-behind-gateway", text) == []


ASKING = """\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Events:
                One: {Type: Api, Properties: {RestApiId: !Ref Near, Path: /one, Method: get}}
                Two: {Type: Api, Properties: {RestApiId: !Ref Certified, Path: /two, Method: get}}
                Three: {Type: Api, Properties: {RestApiId: !Ref Everybody, Path: /three, Method: get}}
          Near: {Type: AWS::Serverless::Api, Properties: {StageName: live, Auth: {ResourcePolicy: {IpRangeWhitelist: [10.0.0.0/8]}}}}
          Certified:
            Type: AWS::Serverless::Api
            Properties:
              StageName: live
              Auth: {ResourcePolicy: {CustomStatements: []}}
              DisableExecuteApiEndpoint: true
              Domain: {DomainName: a.example.org, MutualTlsAuthentication: {TruststoreUri: s3://a/b}}
          Everybody:
            Type: AWS::Serverless::Api
            Properties:
              StageName: live
              Auth: {ResourcePolicy: {CustomStatements: [{Effect: Allow, Principal: "*", Action: execute-api:Invoke, Resource: "*"}]}}
          Narrow: {Type: AWS::ApiGateway::RestApi, Properties: {Policy: {Statement: {Effect: Allow, Principal: {AWS: 111122223333}, Action: execute-api:Invoke, Resource: "*"}}}}
          Get:
            Type: AWS::ApiGateway::Method
            Properties:
              RestApiId: !Ref Narrow
              ResourceId: !GetAtt Narrow.RootResourceId
              HttpMethod: GET
              AuthorizationType: NONE
              Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${F.Arn}/invocations"}
          Name: {Type: AWS::ApiGatewayV2::DomainName, Properties: {DomainName: b.example.org, MutualTlsAuthentication: {TruststoreUri: s3://a/b}}}
          Named: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP, DisableExecuteApiEndpoint: true, Target: !GetAtt F.Arn}}
          Around: {Type: AWS::ApiGatewayV2::ApiMapping, Properties: {ApiId: !Ref Named, DomainName: !Ref Name, Stage: $default}}
          Written: {Type: AWS::ApiGateway::RestApi, Properties: {Policy: !Sub '{"Statement": [{"Effect": "Allow", "Principal": "*", "Resource": "arn:aws:execute-api:${AWS::Region}:*"}]}'}}
          Post:
            Type: AWS::ApiGateway::Method
            Properties:
              RestApiId: !Ref Written
              HttpMethod: POST
              Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${F.Arn}/invocations"}
          Live: {Type: AWS::AppSync::Api, Properties: {EventConfig: {AuthProviders: [{AuthType: API_KEY}]}}}
          Source: {Type: AWS::AppSync::DataSource, Properties: {ApiId: !GetAtt Live.ApiId, LambdaConfig: {LambdaFunctionArn: !GetAtt F.Arn}}}
          Described:
            Type: AWS::ApiGateway::RestApi
            Properties:
              Body:
                openapi: 3.0.1
                x-amazon-apigateway-policy: {Statement: [{Effect: Allow, Principal: "*", Action: execute-api:Invoke, Resource: "*", Condition: {IpAddress: {aws:SourceIp: 10.0.0.0/8}}}]}
                paths: {/x: {get: {x-amazon-apigateway-integration: {type: aws_proxy, uri: !Sub "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${F.Arn}/invocations"}}}}
    """


def test_an_api_that_a_policy_or_a_certificate_guards_is_not_open_to_anybody(found):
    assert [one[0] for one in found("public-api-without-auth", ASKING)] == ["Everybody", "Written"]


def test_an_api_whose_every_route_is_throttled_needs_no_throttle_of_its_own(found):
    text = """\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Events:
                One: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /one, Method: get}}
                Two: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /two, Method: post}}
                Three: {Type: HttpApi, Properties: {ApiId: !Ref Web, Path: /three, Method: get}}
                Four: {Type: HttpApi, Properties: {ApiId: !Ref Half, Path: /four, Method: get}}
                Five: {Type: HttpApi, Properties: {ApiId: !Ref Half, Path: /five, Method: get}}
          Rest:
            Type: AWS::Serverless::Api
            Properties:
              StageName: live
              MethodSettings:
                - {ResourcePath: /one, HttpMethod: GET, ThrottlingRateLimit: 5}
                - {ResourcePath: /~1two, HttpMethod: "*", ThrottlingRateLimit: 5}
          Web: {Type: AWS::Serverless::HttpApi, Properties: {RouteSettings: {GET /three: {ThrottlingRateLimit: 5}}}}
          Half: {Type: AWS::Serverless::HttpApi, Properties: {RouteSettings: {GET /four: {ThrottlingRateLimit: 5}}}}
    """
    assert [one[0] for one in found("api-without-throttling", text)] == ["Half"]


def test_a_route_for_a_health_check_or_a_login_is_open_by_nature(found):
    text = """\
        Resources:
          Show:
            Type: AWS::Serverless::Function
            Properties:
              Events:
                Alive: {Type: HttpApi, Properties: {Method: GET, Path: /v1/healthz}}
                Enter: {Type: HttpApi, Properties: {Method: POST, Path: /login}}
                %s
    """
    assert found("public-api-without-auth", text % "") == []
    more = "Other: {Type: HttpApi, Properties: {Method: DELETE, Path: /health}}"
    told = found("public-api-without-auth", text % more)
    assert [one[2] for one in told] == ["anybody may call Show through ServerlessHttpApi, on DELETE /health"]


@pytest.mark.parametrize(
    ("caller", "expected"),
    [
        ("Events: {A: {Type: HttpApi, Properties: {Method: GET, Path: /a}}}", ["Ask"]),
        ("Events: {A: {Type: S3, Properties: {Bucket: !Ref Files, Events: s3:ObjectCreated:*}}}", []),
        (
            "DurableConfig: {ExecutionTimeout: 60}, Events: {A: {Type: HttpApi, Properties: {Method: GET, Path: /a}}}",
            [],
        ),
    ],
)
def test_who_answers_nobody_may_not_wait(found, caller, expected):
    text = f"""\
        Resources:
          Files: {{Type: AWS::S3::Bucket}}
          Ask:
            Type: AWS::Serverless::Function
            Properties: {{Timeout: 10, Policies: [{{LambdaInvokePolicy: {{FunctionName: !Ref Tell}}}}], {caller}}}
          Tell: {{Type: AWS::Serverless::Function, Properties: {{Timeout: 10}}}}
    """
    assert [one[0] for one in found("timeout-inversion", text)] == expected


def test_what_only_code_can_say_is_asked_of_no_template(found):
    stream = """\
        Resources:
          First: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
          Second: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}]}}
          Copy:
            Type: AWS::Serverless::Function
            Properties:
              Policies: [{DynamoDBWritePolicy: {TableName: !Ref Second}}]
              Events: {S: {Type: DynamoDB, Properties: {Stream: !GetAtt First.StreamArn, StartingPosition: LATEST}}}
    """
    assert found("replica-without-version", stream) == []
    calls = """\
        Resources:
          Ask:
            Type: AWS::Serverless::Function
            %s
            Properties:
              Environment: {Variables: {RATES: "https://rates.example.com"}}
              Events: {A: {Type: HttpApi, Properties: {Method: GET, Path: /a}}}
    """
    assert found("circuit-breaker-missing", calls % "") == []
    hinted = calls % 'Metadata: {archlint: {connections: ["self => rates"]}}'
    assert [one[:2] for one in found("circuit-breaker-missing", hinted)] == [("Ask", "warning")]


def test_the_default_bus_is_called_that(found):
    text = """\
        Resources:
          Copy: {Type: AWS::Lambda::Function}
          Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a]}, Targets: [{Id: a, Arn: !GetAtt Copy.Arn}]}}
    """
    assert found("async-function-without-dlq", text)[0][2].startswith(
        "Copy is invoked asynchronously by the default bus,"
    )
    assert found("event-target-without-dlq", text)[0][2].startswith("events that the default bus cannot deliver")


def test_what_a_fix_adds_is_named_by_the_id(project, rulebook):
    reading = project.reading("""\
        Resources:
          Copy: {Type: AWS::Lambda::Function}
          Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a]}, Targets: [{Id: a, Arn: !GetAtt Copy.Arn}]}}
    """)
    settings = LintSettings(select=frozenset({"event-target-without-dlq"}))
    (finding,) = findings_data(Checkup(check(reading.architecture, rulebook, settings).findings, reading, rulebook))[
        "findings"
    ]
    assert {edit.get("id") for edit in finding["fix"]["edits"]} >= {"default-undelivered", "default-undelivered-depth"}


def test_an_implicit_api_stands_at_its_first_route(project):
    reading = project.reading("""\
        Resources:
          Show:
            Type: AWS::Serverless::Function
            Properties:
              Events:
                Tick: {Type: Schedule, Properties: {Schedule: rate(5 minutes)}}
                Get: {Type: Api, Properties: {Method: GET, Path: /a}}
    """)
    assert reading.span(reading.architecture.by_id["ServerlessRestApi"].site).line == 7


PUSHING = """\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Socket: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}
          Send:
            Type: AWS::Serverless::Function
            Properties:
              Policies:
                - Statement: [{Effect: Allow, Action: "execute-api:ManageConnections", Resource: !Sub "arn:aws:execute-api:eu-west-1:1:${Socket}/*"}]
          Integration: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref Socket, IntegrationType: AWS_PROXY, IntegrationUri: !Sub "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Send.Arn}/invocations"}}
          Route: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Socket, RouteKey: ROUTE, Target: !Sub "integrations/${Integration}"}}
"""


@pytest.mark.parametrize("route", ["send", "$default"])
def test_what_is_sent_to_connected_clients_reaches_no_route(found, route):
    assert found("sync-cycle", PUSHING.replace("ROUTE", route)) == []


def test_which_field_of_a_graphql_api_a_function_asks_for_is_not_known(found):
    text = """\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Graph: {Type: AWS::AppSync::GraphQLApi, Properties: {Name: g, AuthenticationType: AWS_IAM}}
          Tell:
            Type: AWS::Serverless::Function
            Properties:
              Policies: [{Statement: [{Effect: Allow, Action: "appsync:GraphQL", Resource: !Sub "${Graph.Arn}/types/Mutation/*"}]}]
          Source: {Type: AWS::AppSync::DataSource, Properties: {ApiId: !GetAtt Graph.ApiId, Name: s, Type: AWS_LAMBDA, LambdaConfig: {LambdaFunctionArn: !GetAtt Tell.Arn}}}
    """
    assert found("sync-cycle", text) == []


CALLING_BACK = """\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Api: {Type: AWS::Serverless::Api, Properties: {StageName: live}}
          Ask:
            Type: AWS::Serverless::Function
            Properties:
              Policies:
                - Statement: [{Effect: Allow, Action: "execute-api:Invoke", Resource: !Sub "arn:aws:execute-api:eu-west-1:1:${Api}/live/ALLOWED"}]
              Events: {A: {Type: Api, Properties: {RestApiId: !Ref Api, Path: "/orders/{id}", Method: get}}}
"""


@pytest.mark.parametrize(
    ("allowed", "severities"),
    [("GET/orders/7", ["error"]), ("POST/orders", []), ("*", []), ("GET/*", [])],
)
def test_a_permission_to_call_an_api_may_say_by_which_route(found, allowed, severities):
    assert [one[1] for one in found("sync-cycle", CALLING_BACK.replace("ALLOWED", allowed))] == severities


def test_by_a_role_that_several_have_they_call_each_other_and_not_themselves(found):
    text = """\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Role:
            Type: AWS::IAM::Role
            Properties:
              Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: [!GetAtt Two.Arn]}]}}]
          One: {Type: AWS::Serverless::Function, Properties: {Role: !GetAtt Role.Arn}}
          Two: {Type: AWS::Serverless::Function, Properties: {Role: !GetAtt Role.Arn}}
    """
    assert found("sync-cycle", text) == []


def test_who_may_do_everything_with_a_queue_does_not_take_messages_from_its_function(project):
    edges = project.edges("""\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Jobs: {Type: AWS::SQS::Queue}
          Give: {Type: AWS::Serverless::Function, Properties: {Policies: [AmazonSQSFullAccess], Environment: {Variables: {QUEUE: !Ref Jobs}}}}
          Do: {Type: AWS::Serverless::Function, Properties: {Events: {Q: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn}}}}}
    """)
    assert edges == ["Give -> Jobs: send (guess)", "Jobs -> Do: poll"]


def test_a_name_of_a_domain_is_a_component_only_where_it_leads_to_one(project):
    reading = project.reading("""\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Api: {Type: AWS::Serverless::HttpApi}
          Domain: {Type: AWS::ApiGatewayV2::DomainName, Properties: {DomainName: a.example.org}}
          Mapping: {Type: AWS::ApiGatewayV2::ApiMapping, Properties: {ApiId: !Ref Api, DomainName: !Ref Domain, Stage: $default}}
          Alias: {Type: AWS::Route53::RecordSet, Properties: {Name: a.example.org, AliasTarget: {DNSName: !GetAtt Domain.RegionalDomainName}}}
          Mail: {Type: AWS::Route53::RecordSet, Properties: {Name: example.org, Type: MX, ResourceRecords: ["10 mail.example.org"]}}
    """)
    assert sorted(reading.architecture.by_id) == ["Alias", "Api"]


def test_a_workflow_whose_tasks_are_no_components_is_not_forgotten(found):
    text = """\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Plan:
            Type: AWS::Serverless::StateMachine
            Properties:
              Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::aws-sdk:scheduler:createSchedule", End: true}}}
          Idle: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Pass, End: true}}}}}
    """
    assert [one[0] for one in found("orphan-component", text)] == ["Idle"]


@pytest.mark.parametrize(
    ("transfer", "count"), [("", 1), (", responseTransferMode: BUFFERED", 1), (", responseTransferMode: STREAM", 0)]
)
def test_how_long_a_streamed_response_may_take_is_not_known(found, transfer, count):
    text = """\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Tell: {Type: AWS::Serverless::Function, Properties: {Timeout: 300}}
          Api:
            Type: AWS::Serverless::Api
            Properties:
              StageName: live
              DefinitionBody:
                openapi: 3.0.1
                paths: {/story: {post: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POSTTRANSFER, uri: !Sub "arn:aws:apigateway:eu-west-1:lambda:path/2021-11-15/functions/${Tell.Arn}/response-streaming-invocations"}}}}
    """
    assert len(found("api-timeout-exceeded", text.replace("TRANSFER", transfer))) == count


def test_what_a_workflow_only_perhaps_writes_is_a_guess(found):
    text = """\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Bookings: {Type: AWS::DynamoDB::Table}
          Payments: {Type: AWS::DynamoDB::Table}
          Pay: {Type: AWS::Serverless::Function, Properties: {Environment: {Variables: {TABLE: !Ref Payments}}, Role: !GetAtt Role.Arn}}
          Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:PutItem", Resource: "*"}]}}]}}
          Trip:
            Type: AWS::Serverless::StateMachine
            Properties:
              Definition:
                StartAt: A
                States:
                  A: {Type: Task, Resource: "arn:aws:states:::dynamodb:putItem", Parameters: {TableName: !Ref Bookings}, Next: B}
                  B: {Type: Task, Resource: !GetAtt Pay.Arn, End: true}
    """
    (finding,) = found("saga-without-compensation", text)
    assert finding[:2] == ("Trip", "info")


ENDPOINT = """\
        Parameters: {Near: {Type: String}}
        Resources:
          Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, VpcConfig: {SubnetIds: [!Ref Near], SecurityGroupIds: [sg-1]}}}
          Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: !GetAtt Out.Arn}]}}]}}
          Out: {Type: AWS::SQS::Queue}
          Table: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: VPC, ServiceName: !Sub "com.amazonaws.${AWS::Region}.dynamodb"}}
          Net: {Type: TYPE, Properties: {CidrBlock: 10.0.0.0/16}}
"""


@pytest.mark.parametrize(("type_", "count"), [("AWS::EC2::VPC", 1), ("Custom::Other", 0)])
def test_what_leads_out_of_somebody_elses_network_is_not_known(found, type_, count):
    assert len(found("vpc-function-without-egress", ENDPOINT.replace("TYPE", type_))) == count


WRITING = """\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Files: {Type: AWS::S3::Bucket, Properties: {BucketName: files}}
          Shrink:
            Type: AWS::Serverless::Function
            Properties:
              Policies: [{Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::files/*"}, {Effect: Allow, Action: "s3:PutObject", Resource: [WRITTEN]}]}]
              Events: {Up: {Type: S3, Properties: {Bucket: !Ref Files, Events: "s3:ObjectCreated:*", Filter: {S3Key: {Rules: [{Name: prefix, Value: in/}]}}}}}
"""


@pytest.mark.parametrize(
    ("written", "severities"),
    [
        ('"arn:aws:s3:::files/out/*"', []),
        ('!Sub "${Files.Arn}/out/small/*.png"', []),
        ('"arn:aws:s3:::files/in/small/*"', ["warning"]),
        ('"arn:aws:s3:::files/*"', ["warning"]),
        ('"arn:aws:s3:::files/out/*", "arn:aws:s3:::files/tmp/*"', ["warning"]),
        ('!Sub "${Files.Arn}/${AWS::StackName}/*"', ["warning"]),
    ],
)
def test_a_permission_says_which_objects_are_written(found, written, severities):
    rule = "s3-trigger-writes-same-bucket"
    assert [one[1] for one in found(rule, WRITING.replace("WRITTEN", written))] == severities
