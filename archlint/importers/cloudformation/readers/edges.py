"""What stands in front: CloudFront, WAF, load balancers, Route 53, VPC Lattice."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.importers.cloudformation.item import Item, Reader
from archlint.importers.infrastructure.arns import Target, host_in
from archlint.importers.infrastructure.ends import End, Local, Named
from archlint.importers.infrastructure.symbols import Reference, Sure, Symbol, field, items, parts_of, word
from archlint.model import Style


def _distribution(item: Item) -> None:
    item.add("cloudfront", {})


def _origins(item: Item) -> None:
    for index, (origin, _) in enumerate(items(item.get("DistributionConfig", "Origins"))):
        site = item.site("DistributionConfig", "Origins", index)
        domain = field(origin, "DomainName")
        found = list(_components(item, domain))
        host = host_in(word(domain))
        if not found and host and not host.endswith(".amazonaws.com"):
            found = [Target(Named("legacy_http", host))]
        elif not found:
            found = [target for target in item.ends(domain) if item.stack.type_of(target.end) == "s3"]
        for target in found:
            type_ = item.stack.type_of(target.end)
            item.connect(item.end, target, Style.SYNC, site, action="read" if type_ == "s3" else "invoke")
    behaviors = [item.get("DistributionConfig", "DefaultCacheBehavior")]
    behaviors += [value for value, _ in items(item.get("DistributionConfig", "CacheBehaviors"))]
    for behavior in behaviors:
        for association, _ in items(field(behavior, "LambdaFunctionAssociations")):
            for target in item.ends(field(association, "LambdaFunctionARN"), "lambda"):
                item.connect(item.end, target, Style.SYNC, item.site("DistributionConfig"), action="invoke")
    for target in item.ends(item.get("DistributionConfig", "WebACLId"), "waf"):
        if item.stack.type_of(target.end) == "waf":
            item.connect(target, item.end, Style.SYNC, item.site("DistributionConfig", "WebACLId"), action="invoke")


def _components(item: Item, value: Symbol) -> Iterator[Target]:
    """The components of the template that an address is made of."""
    for found, sure in items(value):
        for part in parts_of(found):
            if isinstance(part, Reference) and item.stack.type_of(part.end) != "other":
                yield Target(part.end, sure and part.sure)


def _waf(item: Item) -> None:
    item.add("waf", {}, item.get("Name"))


def _association(item: Item) -> None:
    for acl in item.ends(item.get("WebACLArn"), "waf"):
        for target in _guarded(item):
            item.connect(acl, target, Style.SYNC, item.site("ResourceArn"), action="invoke")


def _guarded(item: Item) -> list[Target]:
    value = item.get("ResourceArn")
    return list(_components(item, value)) or [
        target for target in item.ends(value) if item.stack.type_of(target.end) != "other"
    ]


def _balancer(item: Item) -> None:
    private = word(item.get("Scheme")) == "internal"
    item.add("alb", {"private": True if private else None}, item.get("Name"))


def _listener(item: Item) -> None:
    for balancer in item.ends(item.get("LoadBalancerArn"), "alb"):
        item.stack.aliases[item.id] = balancer.end


def _listened(item: Item) -> None:
    """A listener or one of its rules: its balancer forwards to the targets of the groups it names."""
    key = "DefaultActions" if item.type.endswith("Listener") else "Actions"
    source = item.get("LoadBalancerArn") if item.type.endswith("Listener") else item.get("ListenerArn")
    for balancer in item.ends(source, "alb"):
        for index, (action, sure) in enumerate(items(item.get(key))):
            site = item.site(key, index)
            for target in item.ends(field(action, "AuthenticateCognitoConfig", "UserPoolArn"), "cognito_user_pool"):
                item.connect(balancer, target, Style.SYNC, site, action="authorize", sure=sure)
            for group, own in _groups(action):
                for target in _members(item, group):
                    item.connect(balancer, target, Style.SYNC, site, action="invoke", sure=sure and own)


def _groups(action: Symbol) -> Iterator[Sure]:
    yield from items(field(action, "TargetGroupArn"))
    for group, sure in items(field(action, "ForwardConfig", "TargetGroups")):
        yield from ((arn, sure and own) for arn, own in items(field(group, "TargetGroupArn")))


def _members(item: Item, group: Symbol) -> Iterator[Target]:
    """The targets that a target group lists, and the services that register with it."""
    for part in parts_of(group):
        if not isinstance(part, Reference) or not isinstance(part.end, Local):
            continue
        found = item.build.resources.get(part.end.id)
        if found is not None:
            kind = _KINDS.get(word(found.get("TargetType")), "ec2")
            for target, sure in items(found.get("Targets")):
                for end in item.ends(field(target, "Id"), kind):
                    yield end._replace(sure=end.sure and sure)
        for service in item.build.registered.get(part.end.id, ()):
            yield Target(service)


_KINDS = {"lambda": "lambda", "alb": "alb", "instance": "ec2"}


def _record(item: Item) -> None:
    """A record is a component only where it leads to one: there are many, and most are of no interest."""
    found = [
        (target, item.site(path[0]))
        for path in (("AliasTarget", "DNSName"), ("ResourceRecords",))
        for target in _components(item, item.get(*path))
    ]
    if found:
        item.add("route53", {}, item.get("Name"))
    for target, site in found:
        item.connect(item.end, target, Style.SYNC, site, action="invoke")


def _domain(item: Item) -> None:
    """A custom domain's name stands for the API that is mapped to it."""
    value = item.get("RestApiId") if item.get("RestApiId") is not None else item.get("ApiId")
    name = item.get("DomainName")
    for api in item.ends(value, "rest_api"):
        for part in parts_of(name):
            if isinstance(part, Reference) and isinstance(part.end, Local):
                item.stack.aliases.setdefault(part.end.id, api.end)
                _certify(item, part.end, api.end)


def _certify(item: Item, domain: Local, api: End) -> None:
    """A domain may ask its clients for a certificate; there is a way around it unless the API's own address is off."""
    names, called = (item.build.resources.get(end.id) if isinstance(end, Local) else None for end in (domain, api))
    if names is None or called is None or called.get("DisableExecuteApiEndpoint") is not True:
        return
    if names.get("MutualTlsAuthentication") is not None:
        item.build.guarded.add(called.id)


def _lattice(item: Item) -> None:
    item.add("vpc_lattice", {}, item.get("Name"))


def _lattice_listener(item: Item) -> None:
    """A listener of VPC Lattice or one of its rules: what its service forwards to."""
    action = item.get("DefaultAction") if item.type.endswith("Listener") else item.get("Action")
    for service in item.ends(item.get("ServiceIdentifier"), "vpc_lattice"):
        for group, _ in items(field(action, "Forward", "TargetGroups")):
            for part in parts_of(field(group, "TargetGroupIdentifier")):
                inner = item.build.resources.get(str(getattr(getattr(part, "end", None), "id", "")))
                for target, _ in items(inner.get("Targets")) if inner is not None else ():
                    kind = _LATTICE.get(word(inner.get("Type")) if inner is not None else "", "lambda")
                    for end in item.ends(field(target, "Id"), kind):
                        item.connect(service, end, Style.SYNC, item.site(), action="invoke")


_LATTICE = {"LAMBDA": "lambda", "INSTANCE": "ec2", "ALB": "alb", "IP": "ec2"}


READERS = {
    "AWS::CloudFront::Distribution": Reader(_distribution, _origins),
    "AWS::WAFv2::WebACL": Reader(_waf),
    "AWS::WAFv2::WebACLAssociation": Reader(None, _association),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": Reader(_balancer),
    "AWS::ElasticLoadBalancingV2::Listener": Reader(_listener, None, _listened),
    "AWS::ElasticLoadBalancingV2::ListenerRule": Reader(None, None, _listened),
    "AWS::Route53::RecordSet": Reader(None, _record),
    "AWS::ApiGateway::BasePathMapping": Reader(_domain),
    "AWS::ApiGatewayV2::ApiMapping": Reader(_domain),
    "AWS::VpcLattice::Service": Reader(_lattice),
    "AWS::VpcLattice::Listener": Reader(None, None, _lattice_listener),
    "AWS::VpcLattice::Rule": Reader(None, None, _lattice_listener),
}
