"""What stands in front: load balancers, distributions, firewalls, records, user pools, GraphQL APIs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from archlint.importers.infrastructure.arns import host_in, targets
from archlint.importers.infrastructure.permissions import Statement, access_to
from archlint.importers.terraform.blocks import Block, Declared, first, nested
from archlint.importers.terraform.values import Evaluated, refs_in
from archlint.importers.terraform.wiring.messaging import host_of
from archlint.importers.terraform.wiring.permissions import role_statements
from archlint.importers.terraform.world import Target, World
from archlint.model import Confidence, Site, Style, Value

_LISTENERS = ("aws_lb_listener", "aws_alb_listener", "aws_lb_listener_rule", "aws_alb_listener_rule")


def attachment(world: World, item: Declared, block: Block) -> None:
    """``aws_lb_target_group_attachment``: a function or machine behind a load balancer."""
    targets = world.targets(block.get("target_id"), "lambda", "ec2", "alb")
    _behind(world, block.get("target_group_arn"), targets, block, assumed=item.assumed)


def service(world: World, item: Declared, block: Block) -> None:
    """``aws_ecs_service``: what balances its load."""
    for inner in block.blocks("load_balancer"):
        _behind(world, inner.get("target_group_arn"), world.itself(item), inner, assumed=item.assumed)


def _behind(world: World, group: Evaluated, targets: list[Target], block: Block, *, assumed: bool) -> None:
    listeners = world.once("listeners by group", lambda: _by_group(world))
    for address in dict.fromkeys(ref.address for ref in refs_in(group.data)):
        for listener, listening in listeners.get(address, ()):
            name = "listener_arn" if "rule" in listener.kind else "load_balancer_arn"
            balancers = world.targets(listening.get(name), "alb")
            properties: dict[str, Value] = {"route": _path_of(listening)}
            world.wire(
                balancers, targets, Style.SYNC, block.site(), action="invoke", properties=properties, assumed=assumed
            )
            kinds = [action.get("type").data for action in _actions(listening)]
            for kind, auth in (("authenticate-cognito", "cognito"), ("authenticate-oidc", "jwt")):
                if kind in kinds:
                    world.set_properties(balancers, {"auth": auth})


def _actions(listener: Block) -> list[Block]:
    return [*listener.blocks("default_action"), *listener.blocks("action")]


def _by_group(world: World) -> dict[str, list[tuple[Declared, Block]]]:
    """The listeners that forward to each target group."""
    found: dict[str, list[tuple[Declared, Block]]] = defaultdict(list)
    for listener, listening in world.of_kind(*_LISTENERS):
        for address in dict.fromkeys(address for action in _actions(listening) for address in _groups_of(action)):
            found[address].append((listener, listening))
    return found


def lattice(world: World, item: Declared, block: Block) -> None:
    """``aws_vpclattice_target_group_attachment``: what is behind a service of VPC Lattice."""
    wanted = {ref.address for ref in refs_in(block.get("target_group_identifier").data)}
    for inner in block.blocks("target"):
        targets = world.targets(inner.get("id"), "lambda", "ec2", "alb")
        for _, listening in world.of_kind("aws_vpclattice_listener", "aws_vpclattice_listener_rule"):
            groups = {
                ref.address
                for action in (*listening.blocks("default_action"), *listening.blocks("action"))
                for forward in action.blocks("forward")
                for group in forward.blocks("target_groups")
                for ref in refs_in(group.get("target_group_identifier").data)
            }
            if wanted & groups:
                services = world.targets(listening.get("service_identifier"), "vpc_lattice")
                world.wire(services, targets, Style.SYNC, inner.site("id"), action="invoke", assumed=item.assumed)


def _groups_of(action: Block) -> Iterator[str]:
    holders = [action]
    for forward in action.blocks("forward"):
        holders += forward.blocks("target_group")
    for holder in holders:
        for name in ("target_group_arn", "arn"):
            yield from (ref.address for ref in refs_in(holder.get(name).data))


def _path_of(listener: Block) -> Value:
    for condition in listener.blocks("condition"):
        for pattern in condition.blocks("path_pattern"):
            values = pattern.get("values").data
            if isinstance(values, list) and len(values) == 1 and isinstance(values[0], str):
                return f"ANY {values[0]}"
    return None


def distribution(world: World, item: Declared, block: Block) -> None:
    """``aws_cloudfront_distribution``: its origins, and its firewall."""
    for origin in block.blocks("origin"):
        domain = origin.get("domain_name")
        found = world.targets(domain, "s3", "api")
        if not found and isinstance(domain.data, str) and not domain.data.endswith(".amazonaws.com"):
            found = [world.outside("legacy_http", host_in(domain.data))]
        for target in found:
            action = "read" if target.type == "s3" else "invoke"
            world.wire(world.itself(item), [target], Style.SYNC, origin.site("domain_name"), action=action)
    for name in ("default_cache_behavior", "ordered_cache_behavior"):
        for inner in nested(block, name, "lambda_function_association"):
            functions = world.targets(inner.get("lambda_arn"), "lambda")
            world.wire(world.itself(item), functions, Style.SYNC, inner.site("lambda_arn"), action="invoke")
    firewalls = world.targets(block.get("web_acl_id"), "waf")
    world.wire(firewalls, world.itself(item), Style.SYNC, block.site("web_acl_id"), action="invoke")


def firewall(world: World, item: Declared, block: Block) -> None:
    """``aws_wafv2_web_acl_association``."""
    firewalls = world.targets(block.get("web_acl_arn"), "waf")
    guarded = world.targets(block.get("resource_arn"), "api", "cognito_user_pool")
    world.wire(firewalls, guarded, Style.SYNC, block.site(), action="invoke", assumed=item.assumed)


def record(world: World, item: Declared, block: Block) -> None:
    """``aws_route53_record``: an alias of something that is declared."""
    alias = first(block, "alias")
    found = world.targets(alias.get("name"), "alb", "cloudfront", "rest_api", "http_api") if alias is not None else []
    if found:
        world.stack.add(item.address, "route53", block.site(), label=item.name)
        world.wire(world.itself(item), found, Style.SYNC, block.site(), action="invoke")


def user_pool(world: World, item: Declared, block: Block) -> None:
    """``aws_cognito_user_pool``: the functions that it calls and waits for."""
    config = first(block, "lambda_config")
    for name in _TRIGGERS if config is not None else ():
        assert config is not None
        functions = world.targets(config.get(name), "lambda")
        world.wire(world.itself(item), functions, Style.SYNC, config.site(name), action="invoke")
    for name in _SENDERS if config is not None else ():
        assert config is not None
        for inner in config.blocks(name):
            functions = world.targets(inner.get("lambda_arn"), "lambda")
            world.wire(world.itself(item), functions, Style.SYNC, inner.site("lambda_arn"), action="invoke")


_TRIGGERS = (
    "create_auth_challenge",
    "custom_message",
    "define_auth_challenge",
    "post_authentication",
    "post_confirmation",
    "pre_authentication",
    "pre_sign_up",
    "pre_token_generation",
    "user_migration",
    "verify_auth_challenge_response",
)

_SENDERS = ("custom_email_sender", "custom_sms_sender", "pre_token_generation_config")

_SOURCES = (
    ("lambda_config", "function_arn", "lambda"),
    ("dynamodb_config", "table_name", "dynamodb"),
    ("event_bridge_config", "event_bus_arn", "eventbridge_bus"),
    ("elasticsearch_config", "endpoint", "opensearch"),
    ("opensearchservice_config", "endpoint", "opensearch"),
)


def data_source(world: World, item: Declared, block: Block) -> None:
    """``aws_appsync_datasource``."""
    apis = world.targets(block.get("api_id"), "appsync")
    granted = list(role_statements(world, block.get("service_role_arn")))
    for name, attribute, type_ in _SOURCES:
        for inner in block.blocks(name):
            style = Style.ASYNC if type_ == "eventbridge_bus" else Style.SYNC
            found = world.targets(inner.get(attribute), type_)
            action = access_to("dynamodb", granted) if type_ == "dynamodb" else ""
            world.wire(apis, found, style, inner.site(attribute), action=action, assumed=item.assumed)
    for inner in block.blocks("http_config"):
        host = host_of(inner.get("endpoint").data)
        outside = [world.outside("third_party", host)] if host else []
        world.wire(apis, outside, Style.SYNC, inner.site("endpoint"), assumed=item.assumed)
        if not host:
            _to_aws(world, apis, granted, inner.site("endpoint"))
    database = first(block, "relational_database_config", "http_endpoint_config")
    if database is not None:
        clusters = world.targets(database.get("db_cluster_identifier"), "aurora")
        properties: dict[str, Value] = {"via": "data_api"}
        world.wire(apis, clusters, Style.SYNC, database.site(), properties=properties, assumed=item.assumed)


_CALLED = frozenset({"step_functions", "sqs", "sns", "eventbridge_bus"})


def _to_aws(world: World, apis: list[Target], granted: list[Statement], site: Site) -> None:
    """An endpoint of AWS's own is called with what the data source's role allows."""
    for statement in granted:
        style = Style.SYNC if "states:StartSyncExecution" in statement.actions else Style.ASYNC
        for resource in statement.resources:
            for found in targets(resource):
                type_ = world.stack.type_of(found.end)
                if type_ in _CALLED:
                    world.wire(apis, [Target(found.end, Confidence.LIKELY, type_)], style, site)


def graph_authorizers(world: World, item: Declared, block: Block) -> None:
    """Who authorizes the callers of an ``aws_appsync_graphql_api``."""
    for holder in (block, *block.blocks("additional_authentication_provider")):
        for name, attribute, type_ in (
            ("lambda_authorizer_config", "authorizer_uri", "lambda"),
            ("user_pool_config", "user_pool_id", "cognito_user_pool"),
        ):
            for inner in holder.blocks(name):
                gates = world.targets(inner.get(attribute), type_)
                world.wire(world.itself(item), gates, Style.SYNC, inner.site(attribute), action="authorize")


TRANSLATORS = {
    "aws_alb_target_group_attachment": attachment,
    "aws_appsync_datasource": data_source,
    "aws_appsync_graphql_api": graph_authorizers,
    "aws_cloudfront_distribution": distribution,
    "aws_cognito_user_pool": user_pool,
    "aws_ecs_service": service,
    "aws_lb_target_group_attachment": attachment,
    "aws_route53_record": record,
    "aws_vpclattice_target_group_attachment": lattice,
    "aws_wafv2_web_acl_association": firewall,
}
