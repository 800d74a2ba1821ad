"""How an API of each language limits its requests, and whom it asks who they are: snippets to paste."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import dirname

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from archlint.importers.serverless import naming
from archlint.model import Component, Connection
from archlint.model.tuples import NamedTuple
from archlint.report.placing import event_at, type_at, value_at, written_at
from archlint.source import Document


class Gate(NamedTuple):
    """``term`` is the property, ``where`` the resource that has it, ``snippet`` the text."""

    term: str
    where: str
    snippet: str


_SAM = {"AWS::Serverless::Api": "Api", "AWS::Serverless::HttpApi": "HttpApi"}
_IMPLICIT = {"ServerlessRestApi": "Api", "ServerlessHttpApi": "HttpApi"}
_MADE_STAGES = {naming.HTTP_API: "HttpApiStage", naming.WEBSOCKET_API: "WebsocketsDeploymentStage"}
_ALL_METHODS = {"ResourcePath": "/*", "HttpMethod": "*"}
_STAGES = {
    "AWS::ApiGateway::RestApi": ("AWS::ApiGateway::Stage", "RestApiId"),
    "AWS::ApiGatewayV2::Api": ("AWS::ApiGatewayV2::Stage", "ApiId"),
}


def throttle_in_template(
    document: Document, component: Component, name: str, limits: tuple[str, str], *, synthesized: bool = False
) -> Gate | None:
    """The settings of an API's stage; None where no stage of it stands in the template."""
    type_ = type_at(document, component.site)
    if kind := _IMPLICIT.get(name) if event_at(document, component.site) else None:
        return _throttle(["Globals", kind], kind, limits, None, rest=kind == "Api")
    if type_ in _SAM:
        return _throttle([name, "Properties"], name, limits, document, rest=type_ == "AWS::Serverless::Api")
    kind, key = _STAGES.get(type_, ("", ""))
    for stage, node in _resources(document, kind):
        if name in _named(value_at(document, ("Resources", stage, "Properties", key))) and node is not None:
            rest = kind == "AWS::ApiGateway::Stage"
            return _throttle([stage, "Properties"], stage, limits, document, rest=rest, synthesized=synthesized)
    return None


def _throttle(  # noqa: PLR0913  what a stage is known by
    above: list[str],
    where: str,
    limits: tuple[str, str],
    document: Document | None,
    *,
    rest: bool,
    synthesized: bool = False,
) -> Gate:
    rate, burst = limits
    lines = [f"{'  ' * depth}{key}:" for depth, key in enumerate(above)]
    margin = "  " * len(above)
    if not rest:
        settings = [f"  ThrottlingRateLimit: {rate}", f"  ThrottlingBurstLimit: {burst}"]
        lines += [f"{margin}{line}" for line in ("DefaultRouteSettings:", *settings)]
        return Gate("DefaultRouteSettings", where, "\n".join(lines))
    listed = value_at(document, ("Resources", *above, "MethodSettings")) if document is not None else None
    if document is not None and isinstance(listed, SequenceNode) and synthesized:
        lines += [f"{margin}{line}" for line in _override(document, listed, limits)]
        return Gate("MethodSettings", where, "\n".join(lines))
    there = listed is not None
    settings = [
        "MethodSettings:",
        *(["    # in the item that is there, if it is for all methods"] if there else []),
        *(f'  {mark} {key}: "{value}"' for mark, (key, value) in zip("- ", _ALL_METHODS.items(), strict=True)),
        f"    ThrottlingRateLimit: {rate}",
        f"    ThrottlingBurstLimit: {burst}",
    ]
    return Gate("MethodSettings", where, "\n".join([*lines, *(f"{margin}{line}" for line in settings)]))


def throttle_in_serverless(component: Component, name: str, limits: tuple[str, str], *, part: bool) -> Gate | None:
    """An extension of the stage that the framework makes for its own APIs; None for REST APIs, whose id changes.

    https://www.serverless.com/framework/docs/providers/aws/guide/resources#override-aws-cloudformation-resource
    """
    stage = _MADE_STAGES.get(name)
    if stage is None or "events" not in component.site.route:
        return None
    keys = ["resources", "extensions", stage, "Properties", "DefaultRouteSettings"]
    lines = ["# in serverless.yml"] if part else []
    lines += [f"{'  ' * depth}{key}:" for depth, key in enumerate(keys)]
    settings = (f"ThrottlingRateLimit: {limits[0]}", f"ThrottlingBurstLimit: {limits[1]}")
    return Gate(keys[-1], name, "\n".join([*lines, *(f"{'  ' * len(keys)}{setting}" for setting in settings)]))


def _override(document: Document, listed: SequenceNode, limits: tuple[str, str]) -> list[str]:
    """The limits in a list that the CDK makes, by the number of the item that is for all methods, or is to be."""
    items = [document.pairs(item) if isinstance(item, MappingNode) else {} for item in listed.value]
    said = [{key: value.value for key, (_, value) in item.items() if isinstance(value, ScalarNode)} for item in items]
    number = next((at for at, item in enumerate(said) if _ALL_METHODS.items() <= item.items()), len(said))
    new = [f'    {key}: "{value}"' for key, value in _ALL_METHODS.items()] if number == len(said) else []
    limited = [f"    ThrottlingRateLimit: {limits[0]}", f"    ThrottlingBurstLimit: {limits[1]}"]
    return ["MethodSettings:", f"  {number}:", *new, *limited]


def throttle_in_terraform(
    documents: Mapping[str, Document], component: Component, address: str, limits: tuple[str, str]
) -> Gate | None:
    """The settings of an API's stage; None where no stage of it stands in its folder."""
    rate, burst = limits
    folder = dirname(component.site.document)
    files = [document for path, document in documents.items() if dirname(path) == folder and path.endswith(".tf")]
    inner = [f"throttling_rate_limit  = {rate}", f"throttling_burst_limit = {burst}"]
    kind, _, name = address.partition(".")
    if not name.replace("_", "").replace("-", "").isalnum():
        return None  # in a module, or one of several
    if kind == "aws_apigatewayv2_api":
        for stage in _of_api(files, "aws_apigatewayv2_stage", "api_id", address):
            opened = f'resource "aws_apigatewayv2_stage" "{stage}" {{'
            text = _block([opened], "default_route_settings", inner)
            return Gate("default_route_settings", f"aws_apigatewayv2_stage.{stage}", text)
        if any(value_at(document, (f"resource.{address}", "target")) is not None for document in files):
            text = _block(_made_stage(address, name), "default_route_settings", inner)
            return Gate("default_route_settings", f"the stage of {address}", text)
    if kind == "aws_api_gateway_rest_api":
        for settings in _of_api(files, "aws_api_gateway_method_settings", "rest_api_id", address):
            opened = f'resource "aws_api_gateway_method_settings" "{settings}" {{'
            text = _block([opened], "settings", inner)
            return Gate("settings", f"aws_api_gateway_method_settings.{settings}", text)
        for stage in _of_api(files, "aws_api_gateway_stage", "rest_api_id", address):
            head = [
                f'resource "aws_api_gateway_method_settings" "{stage}" {{',
                f"  rest_api_id = {address}.id",
                f"  stage_name  = aws_api_gateway_stage.{stage}.stage_name",
                '  method_path = "*/*"',
            ]
            return Gate("settings", f"aws_api_gateway_stage.{stage}", _block(head, "settings", inner))
    return None


def _made_stage(address: str, name: str) -> list[str]:
    """The head of the stage that comes with an API by its ``target``, and that Terraform does not know so far.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_api#target-1
    """
    return [
        f"# it is there, made with the API: terraform import aws_apigatewayv2_stage.{name} API_ID/'$default'",
        f'resource "aws_apigatewayv2_stage" "{name}" {{',
        f"  api_id      = {address}.id",
        '  name        = "$default"',
        "  auto_deploy = true",
    ]


def _block(head: list[str], name: str, inner: list[str]) -> str:
    return "\n".join([*head, f"  {name} {{", *(f"    {line}" for line in inner), "  }", "}"])


def _of_api(files: list[Document], kind: str, key: str, address: str) -> Iterator[str]:
    """The names of the resources of a type that belong to an API."""
    for document in files:
        if not isinstance(document.root, MappingNode):
            continue
        for header in document.pairs(document.root):
            parts = header.split(".")
            if parts[:2] == ["resource", kind] and written_at(document, (header, key)) == f"{address}.id":
                yield parts[2]


def auth_in_template(
    document: Document, component: Component, name: str, routes: tuple[Connection, ...]
) -> Gate | None:
    """The default authorizer of SAM's own APIs; None for others, and where a route or the API says its own."""
    type_ = type_at(document, component.site)
    kind = _IMPLICIT.get(name) if event_at(document, component.site) else _SAM.get(type_)
    if kind is None or not routes or any(_says_auth(document, edge) for edge in routes):
        return None
    above = ["Globals", kind] if name in _IMPLICIT else [name, "Properties"]
    known = value_at(document, (*([] if name in _IMPLICIT else ["Resources"]), *above, "Auth"))
    said = document.pairs(known) if isinstance(known, MappingNode) else {}
    if "DefaultAuthorizer" in said:
        return None
    authorizers = said["Authorizers"][1] if "Authorizers" in said else None
    named = next(iter(document.pairs(authorizers)), "") if isinstance(authorizers, MappingNode) else ""
    lines = [f"DefaultAuthorizer: {named}"] if named else _authorizer(document, kind)
    head = [f"{'  ' * depth}{key}:" for depth, key in enumerate([*above, "Auth"])]
    text = "\n".join([*head, *(f"{'  ' * len(head)}{line}" for line in lines)])
    return Gate("Auth", kind if name in _IMPLICIT else name, text)


def _authorizer(document: Document, kind: str) -> list[str]:
    """A user pool of the template, if it has one; else IAM, which takes no more than a word."""
    pools = [pool for pool, _ in _resources(document, "AWS::Cognito::UserPool")]
    if kind == "Api" and len(pools) == 1:
        lines = ["DefaultAuthorizer: Callers", "Authorizers:", "  Callers:", f"    UserPoolArn: !GetAtt {pools[0]}.Arn"]
        return [*lines, "AddDefaultAuthorizerToCorsPreflight: false"]
    lines = ["DefaultAuthorizer: AWS_IAM  # for callers with credentials of AWS; else one of Authorizers"]
    if kind == "Api":
        return [*lines, "AddDefaultAuthorizerToCorsPreflight: false"]
    return ["EnableIamAuthorizer: true", *lines]


def _says_auth(document: Document, edge: Connection) -> bool:
    """Whether the event that a route was read from speaks of authorization, or the route is no event of SAM."""
    if edge.site.document != document.path or not event_at(document, edge.site):
        return True
    return value_at(document, (*edge.site.route[:5], "Properties", "Auth")) is not None


def _resources(document: Document, kind: str) -> Iterator[tuple[str, Node | None]]:
    """The resources of a type in a template, by logical id."""
    resources = value_at(document, ("Resources",))
    if not kind or not isinstance(resources, MappingNode):
        return
    for name, (_, node) in document.pairs(resources).items():
        found = document.pairs(node).get("Type") if isinstance(node, MappingNode) else None
        if found is not None and isinstance(found[1], ScalarNode) and found[1].value == kind:
            yield name, node


def _named(node: Node | None) -> set[str]:
    """The words of a reference: a scalar's, or those of a function in its long form."""
    if isinstance(node, ScalarNode):
        return {node.value}
    if isinstance(node, MappingNode):
        return {word for _, value in node.value for word in _named(value)}
    return {word for value in node.value for word in _named(value)} if isinstance(node, SequenceNode) else set()
