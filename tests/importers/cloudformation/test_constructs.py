"""Small templates, each with one construct of CloudFormation or SAM, and the connections that follow from it."""

from __future__ import annotations

import pytest

from archlint.lint import check

F, G = "F: {Type: AWS::Lambda::Function}", "G: {Type: AWS::Lambda::Function}"
Q, D = "Q: {Type: AWS::SQS::Queue}", "D: {Type: AWS::SQS::Queue}"
T, B = "T: {Type: AWS::SNS::Topic}", "B: {Type: AWS::S3::Bucket}"
TABLE = "Tab: {Type: AWS::DynamoDB::Table}"
BUS = "Bus: {Type: AWS::Events::EventBus, Properties: {Name: b}}"


def may(actions: str, resource: str) -> str:
    return f"{{PolicyDocument: {{Statement: [{{Effect: Allow, Action: {actions}, Resource: {resource}}}]}}}}"


CONSTRUCTS = {
    "a rule's job of Batch": (
        """
  Job: {Type: AWS::Batch::JobDefinition, Properties: {Type: container}}
  R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [x]}, Targets: [{Id: a, Arn: 'arn:aws:batch:eu-west-1:1:job-queue/q', BatchParameters: {JobDefinition: !Ref Job, JobName: x}}]}}
""",
        ["default -> Job: deliver filter=True rule=R"],
    ),
    "one of several targets has a dead-letter queue": (
        f"""
  {F}
  {G}
  {D}
  R: {{Type: AWS::Events::Rule, Properties: {{EventPattern: {{source: [x]}}, Targets: [{{Id: a, Arn: !GetAtt F.Arn, DeadLetterConfig: {{Arn: !GetAtt D.Arn}}}}, {{Id: b, Arn: !GetAtt G.Arn}}]}}}}
""",
        [
            "default !> D: on_failure attached_to=target rule=R subscription=R.a",
            "default -> F: deliver filter=True rule=R subscription=R.a",
            "default -> G: deliver filter=True rule=R",
        ],
    ),
    "the log group that Lambda makes": (
        f"""
  {F}
  {G}
  L: {{Type: AWS::Logs::SubscriptionFilter, Properties: {{LogGroupName: !Sub '/aws/lambda/${{G}}', FilterPattern: ERROR, DestinationArn: !GetAtt F.Arn}}}}
""",
        ["aws-lambda-G -> F: deliver filter=True"],
    ),
    "the default bus behind an API": (
        """
  A: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP}}
  I: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref A, IntegrationType: AWS_PROXY, IntegrationSubtype: EventBridge-PutEvents, RequestParameters: {Source: x, Detail: y}}}
  R: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref A, RouteKey: POST /x, Target: !Sub 'integrations/${I}'}}
""",
        ["A -> default: publish route=POST /x"],
    ),
    "a mapping of parameters' defaults": (
        f"""
  {F}
  M: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: !Ref F, EventSourceArn: !FindInMap [Names, !Ref Stage, queue]}}}}
""",
        ["jobs -> F: poll (likely)"],
    ),
    "names that are worked out": (
        f"""
  Fn::ForEach::Tables:
    - Name
    - [Orders, Users]
    - '${{Name}}Table': {{Type: AWS::DynamoDB::Table}}
      '${{Name}}Fn': {{Type: AWS::Lambda::Function, Properties: {{Environment: {{Variables: {{T: {{Ref: {{Fn::Sub: '${{Name}}Table'}}}}}}}}, Role: {{Fn::GetAtt: [{{Fn::Sub: '${{Name}}Role'}}, Arn]}}}}}}
      '${{Name}}Role': {{Type: AWS::IAM::Role, Properties: {{Policies: [{may("'dynamodb:PutItem'", "{Fn::GetAtt: [{Fn::Sub: '${Name}Table'}, Arn]}")}]}}}}
  {Q}
  M: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: !Ref OrdersFn, EventSourceArn: !GetAtt Q.Arn}}}}
""",
        [
            "OrdersFn => OrdersTable: write (likely)",
            "Q -> OrdersFn: poll",
            "UsersFn => UsersTable: write (likely)",
        ],
    ),
    "security groups": (
        """
  Ours: {Type: AWS::EC2::SecurityGroup}
  Theirs: {Type: AWS::EC2::SecurityGroup, Properties: {SecurityGroupIngress: [{IpProtocol: tcp, SourceSecurityGroupId: !GetAtt Ours.GroupId}]}}
  Cache: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {SecurityGroupIds: [!Ref Theirs]}}
  Db: {Type: AWS::RDS::DBInstance, Properties: {VPCSecurityGroups: [!GetAtt Theirs.GroupId]}}
  F: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SecurityGroupIds: [!Ref Ours]}}}
  G: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SecurityGroupIds: [sg-1]}}}
""",
        ["F => Cache: read_write (guess)", "F => Db: read_write (guess)"],
    ),
    "security groups with a proxy": (
        """
  Ours: {Type: AWS::EC2::SecurityGroup}
  In: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !GetAtt Ours.GroupId, SourceSecurityGroupId: !GetAtt Ours.GroupId}}
  Db: {Type: AWS::RDS::DBCluster, Properties: {VpcSecurityGroupIds: [!Ref Ours]}}
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {VpcSecurityGroupIds: [!Ref Ours]}}
  To: {Type: AWS::RDS::DBProxyTargetGroup, Properties: {DBProxyName: !Ref Proxy, DBClusterIdentifiers: [!Ref Db]}}
  F: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SecurityGroupIds: [!Ref Ours]}}}
""",
        ["F => Proxy: read_write (guess)", "Proxy => Db: read_write"],
    ),
    "an instance's profile": (
        f"""
  {Q}
  E: {{Type: AWS::EC2::Instance, Properties: {{IamInstanceProfile: !Ref P}}}}
  P: {{Type: AWS::IAM::InstanceProfile, Properties: {{Roles: [!Ref R]}}}}
  R: {{Type: AWS::IAM::Role, Properties: {{Policies: [{may("'sqs:SendMessage'", "!GetAtt Q.Arn")}]}}}}
""",
        ["E -> Q: send (likely)"],
    ),
    "App Runner": (
        f"""
  {TABLE}
  A: {{Type: AWS::AppRunner::Service, Properties: {{SourceConfiguration: {{ImageRepository: {{ImageConfiguration: {{RuntimeEnvironmentVariables: [{{Name: T, Value: !Ref Tab}}]}}}}}}}}}}
""",
        ["A => Tab: read_write (guess)"],
    ),
    "a task of ECS by itself": (
        """
  Db: {Type: AWS::RDS::DBInstance}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: c, Environment: [{Name: DB, Value: !GetAtt Db.Endpoint.Address}]}]}}
""",
        ["Task => Db: read_write (likely)"],
    ),
    "a data source that may only read": (
        f"""
  {TABLE}
  A: {{Type: AWS::AppSync::GraphQLApi, Properties: {{AuthenticationType: AWS_IAM}}}}
  S: {{Type: AWS::AppSync::DataSource, Properties: {{ApiId: !GetAtt A.ApiId, Type: AMAZON_DYNAMODB, DynamoDBConfig: {{TableName: !Ref Tab}}, ServiceRoleArn: !GetAtt R.Arn}}}}
  R: {{Type: AWS::IAM::Role, Properties: {{Policies: [{may("['dynamodb:GetItem', 'dynamodb:Query']", "!GetAtt Tab.Arn")}]}}}}
""",
        ["A => Tab: read"],
    ),
    "permissions alone": (
        f"""
  {F}
  {B}
  Api: {{Type: AWS::ApiGatewayV2::Api, Properties: {{ProtocolType: HTTP}}}}
  Users: {{Type: AWS::Cognito::UserPool}}
  P1: {{Type: AWS::Lambda::Permission, Properties: {{FunctionName: !GetAtt F.Arn, Principal: s3.amazonaws.com, SourceArn: !GetAtt B.Arn}}}}
  P2: {{Type: AWS::Lambda::Permission, Properties: {{FunctionName: !GetAtt F.Arn, Principal: apigateway.amazonaws.com, SourceArn: !Sub 'arn:aws:execute-api:eu-west-1:1:${{Api}}/*'}}}}
  P3: {{Type: AWS::Lambda::Permission, Properties: {{FunctionName: !GetAtt F.Arn, Principal: cognito-idp.amazonaws.com, SourceArn: !GetAtt Users.Arn}}}}
  P4: {{Type: AWS::Lambda::Permission, Properties: {{FunctionName: !GetAtt F.Arn, Principal: alexa-appkit.amazon.com}}}}
""",
        ["Alexa => F: invoke", "Api => F: invoke (likely)", "B -> F: deliver (likely)", "Users => F: invoke (likely)"],
    ),
    "the secret of a broker": (
        f"""
  Mq: {{Type: AWS::AmazonMQ::Broker}}
  Login: {{Type: AWS::SecretsManager::Secret}}
  F: {{Type: AWS::Lambda::Function, Properties: {{Role: !GetAtt R.Arn}}}}
  R: {{Type: AWS::IAM::Role, Properties: {{Policies: [{may("'secretsmanager:GetSecretValue'", "!Ref Login")}]}}}}
  M: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: !Ref F, EventSourceArn: !GetAtt Mq.Arn, Queues: [q], SourceAccessConfigurations: [{{Type: BASIC_AUTH, URI: !Ref Login}}]}}}}
""",
        ["Mq -> F: poll"],
    ),
    "a function with its versions": (
        f"""
  {G}
  F: {{Type: AWS::Lambda::Function, Properties: {{Role: !GetAtt R.Arn}}}}
  R: {{Type: AWS::IAM::Role, Properties: {{Policies: [{may("'lambda:InvokeFunction'", "!Sub 'arn:aws:lambda:eu-west-1:1:function:${G}*'")}]}}}}
""",
        ["F => G: invoke (guess) fire_and_forget=unknown"],
    ),
    "policies beside a role, which SAM does not take": (
        f"""
  {Q}
  F: {{Type: AWS::Serverless::Function, Properties: {{Role: 'arn:aws:iam::1:role/x', Policies: [SQSSendMessagePolicy: {{QueueName: !GetAtt Q.QueueName}}]}}}}
  G: {{Type: AWS::Serverless::Function, Properties: {{Policies: [SQSSendMessagePolicy: {{QueueName: !GetAtt Q.QueueName}}]}}}}
""",
        ["G -> Q: send (likely)"],
    ),
    "what only SAM makes": (
        f"""
  {Q}
  {D}
  F: {{Type: AWS::Serverless::Function, Properties: {{AutoPublishAlias: live, FunctionUrlConfig: {{AuthType: NONE}}, Events: {{A: {{Type: HttpApi, Properties: {{Path: /x, Method: get}}}}}}}}}}
  M: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: !Ref F.Alias, EventSourceArn: !GetAtt Q.Arn}}}}
  N: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: !Ref FAliaslive, EventSourceArn: !GetAtt D.Arn}}}}
  C: {{Type: AWS::CloudFront::Distribution, Properties: {{DistributionConfig: {{Origins: [{{Id: a, DomainName: !Select [2, !Split ['/', !GetAtt FUrl.FunctionUrl]]}}, {{Id: b, DomainName: !Sub '${{ServerlessHttpApi}}.execute-api.eu-west-1.amazonaws.com'}}]}}}}}}
""",
        [
            "C => FUrl: invoke",
            "C => ServerlessHttpApi: invoke",
            "D -> F: poll",
            "FUrl => F: invoke",
            "Q -> F: poll",
            "ServerlessHttpApi => F: invoke route=GET /x",
        ],
    ),
    "a name that a parameter gives twice": (
        """
  B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref Name}}
  Other: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub '${AWS::StackName}-${Name}'}}
  F: {Type: AWS::Serverless::Function, Properties: {Policies: [S3ReadPolicy: {BucketName: !Ref Name}, S3WritePolicy: {BucketName: !Sub '${AWS::StackName}-${Name}'}]}}
""",
        ["F => B: read (likely)", "F => Other: write (likely)"],
    ),
    "a name in the environment": (
        """
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
  F: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {A: !Sub 'https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/jobs', B: 'arn:aws:sqs:eu-west-1:1:elsewhere'}}}}
""",
        ["F -> Q: send (guess)"],
    ),
    "a user pool that encrypts its codes": (
        f"""
  {F}
  Users: {{Type: AWS::Cognito::UserPool, Properties: {{LambdaConfig: {{CustomEmailSender: {{LambdaArn: !GetAtt F.Arn, LambdaVersion: V1_0}}, KMSKeyID: !Ref Name}}}}}}
""",
        ["Users => F: invoke"],
    ),
    "an API by the name that its body gives it": (
        """
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Body: {openapi: 3.0.1, info: {title: !Sub '${AWS::StackName}-orders'}, paths: {}}}}
  One: {Type: AWS::CloudWatch::Alarm, Properties: {Dimensions: [{Name: ApiName, Value: !Sub '${AWS::StackName}-orders'}]}}
""",
        ["One -> Api: observe"],
    ),
    "a cluster of DocumentDB by its ARN": (
        f"""
  {F}
  Db: {{Type: AWS::DocDB::DBCluster, Properties: {{DBClusterIdentifier: papers}}}}
  M: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: !Ref F, EventSourceArn: 'arn:aws:rds:eu-west-1:1:cluster:papers', DocumentDBEventSourceConfig: {{DatabaseName: a}}}}}}
""",
        ["Db -> F: poll"],
    ),
    "a parameter by its ARN": (
        f"""
  F: {{Type: AWS::Lambda::Function, Properties: {{Role: !GetAtt R.Arn}}}}
  R: {{Type: AWS::IAM::Role, Properties: {{Policies: [{may("'ssm:GetParameter'", "!Sub 'arn:aws:ssm:eu-west-1:1:parameter/${AWS::StackName}/url'")}]}}}}
  Url: {{Type: AWS::SSM::Parameter, Properties: {{Name: !Sub '/${{AWS::StackName}}/url', Type: String, Value: a}}}}
""",
        ["F => Url: read (likely)"],
    ),
    "an API in front of buckets": (
        """
  Api: {Type: AWS::ApiGateway::RestApi}
  In: {Type: AWS::S3::Bucket}
  Out: {Type: AWS::S3::Bucket}
  Both: {Type: AWS::S3::Bucket}
  Put: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: ANY, Integration: {Type: AWS, IntegrationHttpMethod: PUT, Uri: !Sub 'arn:aws:apigateway:eu-west-1:s3:path/${In}/{key}'}}}
  Get: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: POST, Integration: {Type: AWS, IntegrationHttpMethod: GET, Uri: !Sub 'arn:aws:apigateway:eu-west-1:s3:path/${Out}/{key}'}}}
  Any: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: ANY, Integration: {Type: AWS, IntegrationHttpMethod: ANY, Uri: !Sub 'arn:aws:apigateway:eu-west-1:s3:path/${Both}/{key}'}}}
""",
        ["Api => Both: read_write route=ANY /", "Api => In: write route=ANY /", "Api => Out: read route=POST /"],
    ),
    "a name in the DNS without an alias": (
        """
  Entry: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Name: {Type: AWS::Route53::RecordSet, Properties: {Type: CNAME, Name: a.example.org, ResourceRecords: [!GetAtt Entry.DNSName]}}
""",
        ["Name => Entry: invoke"],
    ),
    "a workflow that calls the SDK": (
        f"""
  {F}
  {Q}
  News: {{Type: AWS::SNS::Topic}}
  Bus: {{Type: AWS::Events::EventBus, Properties: {{Name: bus}}}}
  M:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Push
        States:
          Push: {{Type: Task, Resource: 'arn:aws:states:::lambda:invoke', Parameters: {{FunctionName: !GetAtt F.Arn, InvocationType: Event}}, Next: Tell}}
          Tell: {{Type: Task, Resource: 'arn:aws:states:::aws-sdk:eventbridge:putEvents', Parameters: {{Entries: [{{EventBusName: !Ref Bus}}]}}, Next: Ask}}
          Ask: {{Type: Task, Resource: 'arn:aws:states:::aws-sdk:sqs:sendMessageBatch', Parameters: {{QueueUrl: !Ref Q}}, Next: All}}
          All: {{Type: Task, Resource: 'arn:aws:states:::aws-sdk:sns:publishBatch', Parameters: {{TopicArn: !Ref News}}, End: true}}
""",
        ["M -> Bus: publish", "M -> F: orchestrate", "M -> News: publish", "M -> Q: send"],
    ),
    "schedules that call the SDK": (
        f"""
  {TABLE}
  M: {{Type: AWS::StepFunctions::StateMachine}}
  Tell: {{Type: AWS::Scheduler::Schedule, Properties: {{ScheduleExpression: rate(1 day), Target: {{Arn: 'arn:aws:scheduler:::aws-sdk:eventbridge:putEvents', Input: '{{"Entries": [{{"Source": "a"}}]}}'}}}}}}
  Tidy: {{Type: AWS::Scheduler::Schedule, Properties: {{ScheduleExpression: rate(1 day), Target: {{Arn: 'arn:aws:scheduler:::aws-sdk:dynamodb:deleteItem', Input: !Sub '{{"TableName": "${{Tab}}"}}'}}}}}}
  Wait: {{Type: AWS::Scheduler::Schedule, Properties: {{ScheduleExpression: rate(1 day), Target: {{Arn: 'arn:aws:scheduler:::aws-sdk:sfn:startSyncExecution', Input: !Sub '{{"StateMachineArn": "${{M}}"}}'}}}}}}
""",
        ["Tell -> default: deliver", "Tidy -> Tab: deliver", "Wait -> M: deliver"],
    ),
    "an API for events": (
        f"""
  {F}
  Users: {{Type: AWS::Cognito::UserPool}}
  A: {{Type: AWS::AppSync::Api, Properties: {{EventConfig: {{AuthProviders: [{{AuthType: AMAZON_COGNITO_USER_POOLS, CognitoConfig: {{UserPoolId: !Ref Users}}}}]}}}}}}
  S: {{Type: AWS::AppSync::DataSource, Properties: {{ApiId: !GetAtt A.ApiId, Type: AWS_LAMBDA, LambdaConfig: {{LambdaFunctionArn: !GetAtt F.Arn}}}}}}
""",
        ["A => F: invoke", "A => Users: authorize"],
    ),
    "a data source of Elasticsearch": (
        """
  E: {Type: AWS::Elasticsearch::Domain}
  A: {Type: AWS::AppSync::GraphQLApi, Properties: {AuthenticationType: AWS_IAM}}
  S: {Type: AWS::AppSync::DataSource, Properties: {ApiId: !GetAtt A.ApiId, Type: AMAZON_ELASTICSEARCH, ElasticsearchConfig: {Endpoint: !Sub 'https://${E.DomainEndpoint}'}}}
""",
        ["A => E: read_write"],
    ),
    "an API destination that leads back": (
        """
  A: {Type: AWS::AppSync::Api}
  Dest: {Type: AWS::Events::ApiDestination, Properties: {InvocationEndpoint: !Sub 'https://${A.Dns.Http}/event'}}
  R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [x]}, Targets: [{Id: a, Arn: !GetAtt Dest.Arn}]}}
""",
        ["default -> A: deliver filter=True rule=R"],
    ),
    "VPC Lattice": (
        f"""
  {F}
  S: {{Type: AWS::VpcLattice::Service}}
  L: {{Type: AWS::VpcLattice::Listener, Properties: {{ServiceIdentifier: !Ref S, DefaultAction: {{Forward: {{TargetGroups: [{{TargetGroupIdentifier: !Ref Group}}]}}}}}}}}
  Group: {{Type: AWS::VpcLattice::TargetGroup, Properties: {{Type: LAMBDA, Targets: [{{Id: !GetAtt F.Arn}}]}}}}
""",
        ["S => F: invoke"],
    ),
    "an API in front of jobs, mail and translation": (
        f"""
  Job: {{Type: AWS::Batch::JobDefinition}}
  A: {{Type: AWS::ApiGateway::RestApi}}
  R: {{Type: AWS::IAM::Role, Properties: {{Policies: [{may("'batch:SubmitJob'", "!Ref Job")}]}}}}
  M: {{Type: AWS::ApiGateway::Method, Properties: {{RestApiId: !Ref A, ResourceId: !GetAtt A.RootResourceId, HttpMethod: POST, Integration: {{Type: AWS, Credentials: !GetAtt R.Arn, Uri: 'arn:aws:apigateway:eu-west-1:batch:path//v1/submitjob'}}}}}}
  N: {{Type: AWS::ApiGateway::Method, Properties: {{RestApiId: !Ref A, ResourceId: !GetAtt A.RootResourceId, HttpMethod: PUT, Integration: {{Type: AWS, Uri: 'arn:aws:apigateway:eu-west-1:email:action/SendEmail'}}}}}}
  O: {{Type: AWS::ApiGateway::Method, Properties: {{RestApiId: !Ref A, ResourceId: !GetAtt A.RootResourceId, HttpMethod: GET, Integration: {{Type: AWS, Uri: 'arn:aws:apigateway:eu-west-1:translate:action/TranslateText'}}}}}}
""",
        [
            "A -> Job: invoke (likely) route=POST /",
            "A => SES: invoke route=PUT /",
            "A => Translate: invoke route=GET /",
        ],
    ),
    "a pipe that runs a job": (
        f"""
  {Q}
  Job: {{Type: AWS::Batch::JobDefinition}}
  P: {{Type: AWS::Pipes::Pipe, Properties: {{Source: !GetAtt Q.Arn, Target: 'arn:aws:batch:eu-west-1:1:job-queue/x', TargetParameters: {{BatchJobParameters: {{JobDefinition: !Ref Job, JobName: x}}}}}}}}
""",
        ["P -> Job: deliver", "Q -> P: poll"],
    ),
    "an API that a workflow calls": (
        """
  Api: {Type: AWS::ApiGateway::RestApi}
  S: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Task, Resource: 'arn:aws:states:::apigateway:invoke', Parameters: {ApiEndpoint: !Sub '${Api}.execute-api.eu-west-1.amazonaws.com'}, End: true}}}}}
""",
        ["S => Api: invoke"],
    ),
}


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_a_construct(project, name: str) -> None:
    resources, expected = CONSTRUCTS[name]
    template = f"Parameters: {{Stage: {{Type: String, Default: dev}}, Name: {{Type: String}}}}\nMappings: {{Names: {{dev: {{queue: 'arn:aws:sqs:eu-west-1:1:jobs'}}}}}}\nResources:{resources}"
    edges = project.reading(template).architecture.connections
    assert sorted(map(in_words, edges)) == sorted(expected)


def in_words(edge) -> str:
    said = "".join(f" {name}={value}" for name, value in sorted(edge.properties.items()))
    sure = "" if edge.confidence.word == "certain" else f" ({edge.confidence.word})"
    return f"{edge.source.id} {edge.style.arrow} {edge.target.id}: {edge.action}{sure}{said}"


def test_a_function_that_is_not_known_is_noted_where_it_stands(project) -> None:
    reading = project.reading(
        "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties: {VisibilityTimeout: !Magic 1}\n"
    )
    assert [component.id for component in reading.architecture.components] == ["Q"]
    assert [(note.message, note.span.line) for note in reading.notes] == [
        ("the function `Fn::Magic` is not known, its value is left open", 2)
    ]


@pytest.mark.parametrize(
    ("issuer", "auth"),
    [("https://issuer.example.org", "unknown"), ("!Sub 'https://cognito-idp.eu-west-1.amazonaws.com/${Users}'", None)],
)
def test_routes_that_are_partly_open(project, issuer: str, auth: str | None) -> None:
    """Who decides for the closed ones is shown by a connection, or the API's whole answer is not known."""
    reading = project.reading(f"""
Resources:
  Users: {{Type: AWS::Cognito::UserPool}}
  A: {{Type: AWS::ApiGatewayV2::Api, Properties: {{ProtocolType: HTTP}}}}
  Gate: {{Type: AWS::ApiGatewayV2::Authorizer, Properties: {{ApiId: !Ref A, AuthorizerType: JWT, JwtConfiguration: {{Issuer: {issuer}}}}}}}
  Open: {{Type: AWS::ApiGatewayV2::Route, Properties: {{ApiId: !Ref A, RouteKey: GET /open}}}}
  Closed: {{Type: AWS::ApiGatewayV2::Route, Properties: {{ApiId: !Ref A, RouteKey: GET /closed, AuthorizationType: JWT, AuthorizerId: !Ref Gate}}}}
""")
    found = reading.architecture.by_id["A"].properties.get("auth")
    assert (repr(found) if found is not None else None) == auth


CORRECT = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Api: {Type: AWS::Serverless::Function, Properties: {Events: {G: {Type: HttpApi, Properties: {Path: /x, Method: get}}}}}
  React:
    Type: AWS::Serverless::Function
    Properties:
      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Dead.Arn}}}
      Events:
        R: {Type: EventBridgeRule, Properties: {Pattern: {source: [x]}, DeadLetterConfig: {Arn: !GetAtt Dead.Arn}}}
        S: {Type: SNS, Properties: {Topic: !Ref News, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn}}}
        T: {Type: Schedule, Properties: {Schedule: rate(1 hour), DeadLetterConfig: {Arn: !GetAtt Dead.Arn}}}
        Q: {Type: SQS, Properties: {Queue: !GetAtt Inbox.Arn}}
        D: {Type: Kinesis, Properties: {Stream: !GetAtt Clicks.Arn, StartingPosition: LATEST, MaximumRetryAttempts: 3, DestinationConfig: {OnFailure: {Destination: !GetAtt Dead.Arn}}}}
  Other: {Type: AWS::Serverless::Function, Properties: {DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Dead.Arn}}}
  Inbox: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5}}}
  Dead: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
  News: {Type: AWS::SNS::Topic}
  Clicks: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
  Plain: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref News, Protocol: lambda, Endpoint: !GetAtt Other.Arn, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn}}}
  Two:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [y]}
      Targets: [{Id: a, Arn: !GetAtt Other.Arn, DeadLetterConfig: {Arn: !GetAtt Dead.Arn}}, {Id: b, Arn: !GetAtt React.Arn, DeadLetterConfig: {Arn: !GetAtt Dead.Arn}}]
  Cron: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), Target: {Arn: !GetAtt Other.Arn, DeadLetterConfig: {Arn: !GetAtt Dead.Arn}}}}
"""


def test_whoever_keeps_all_failures_in_one_queue_hears_of_none(project, rulebook) -> None:
    findings = {finding.rule for finding in check(project.reading(CORRECT).architecture, rulebook).findings}
    assert not {rule for rule in findings if "without-dlq" in rule or "failure-destination" in rule}
    assert "dlq-without-alarm" in findings


def test_the_default_bus_is_there_only_where_something_uses_it(project) -> None:
    reading = project.reading("""
Resources:
  R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [x]}, Targets: [{Id: a, Arn: !GetAtt P.Arn}]}}
  P: {Type: AWS::CodePipeline::Pipeline}
""")
    assert reading.architecture.components == ()
