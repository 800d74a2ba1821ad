"""IAM in templates: roles, policies inline and managed, and SAM's policy templates."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.importers.cloudformation.item import Build, Item, Reader
from archlint.importers.cloudformation.managed import TEMPLATES
from archlint.importers.infrastructure.addresses import called_host
from archlint.importers.infrastructure.arns import target
from archlint.importers.infrastructure.ends import End, Inside, Local, Named
from archlint.importers.infrastructure.managed import managed_by_aws
from archlint.importers.infrastructure.permissions import Statement, statements
from archlint.importers.infrastructure.symbols import (
    Hole,
    Reference,
    Symbol,
    field,
    items,
    mapping,
    parts_of,
    shown,
    walk_texts,
    word,
)
from archlint.model import Confidence, Site, Style


def role_key(value: Symbol) -> str:
    """The key under which a role is kept: its logical id, or its name or parameter; empty if it is none."""
    for part in reversed(parts_of(value)):
        if isinstance(part, Reference):
            end: End = part.end
            while isinstance(end, Inside):
                end = end.end
            return end.id if isinstance(end, Local) else str(end[0])
        if isinstance(part, Hole) and not part.is_pseudo:
            return part.name
    text = shown(value)
    return text.rpartition("/")[2] if text else ""


def run_as(item: Item, role: Symbol, end: End | None = None) -> None:
    """Say that a component runs under the role that a value names."""
    for value, _ in items(role):
        key = role_key(value)
        if key:
            item.build.roles.take(key, end or item.end)


def allowed_by(build: Build, credentials: Symbol) -> list[Statement]:
    """What the role that a value names may do, as far as the template says."""
    return [statement for value, _ in items(credentials) for statement in build.roles.allowed(role_key(value))]


def _role(item: Item) -> None:
    for index, (policy, _) in enumerate(items(item.get("Policies"))):
        place = item.site("Policies", index, "PolicyDocument")
        item.build.roles.grant(item.id, statements(field(policy, "PolicyDocument"), place))
    for index, (arn, _) in enumerate(items(item.get("ManagedPolicyArns"))):
        item.build.roles.grant(item.id, attached(item.build, arn, item.site("ManagedPolicyArns", index)))


def attached(build: Build, policy: Symbol, site: Site) -> Iterator[Statement]:
    """What a managed policy allows: one of the template by its id, one of AWS by its name."""
    inner = build.resources.get(role_key(policy))
    if inner is not None and inner.type == "AWS::IAM::ManagedPolicy":
        yield from statements(inner.get("PolicyDocument"), inner.site("PolicyDocument"))
    else:
        yield from managed_by_aws(shown(policy), site)


def _policy(item: Item) -> None:
    granted = list(statements(item.get("PolicyDocument"), item.site("PolicyDocument")))
    for role, _ in items(item.get("Roles")):
        item.build.roles.grant(role_key(role), granted)
    if item.get("RoleName") is not None:
        item.build.roles.grant(role_key(item.get("RoleName")), granted)


def sam_policies(item: Item, value: Symbol) -> Iterator[Statement]:
    """What ``Policies`` of a SAM resource allows: names, documents and policy templates, alone or in a list."""
    for index, (policy, sure) in enumerate(items(value)):
        site = item.site("Policies", index) if isinstance(value, list) else item.site("Policies")
        if not isinstance(policy, dict):
            yield from attached(item.build, policy, site)
        elif "Statement" in policy:
            yield from (statement._replace(sure=statement.sure and sure) for statement in statements(policy, site))
        else:
            yield from _templates(policy, site)


def _templates(policy: dict[str, Symbol], site: Site) -> Iterator[Statement]:
    for name, parameters in policy.items():
        template = TEMPLATES.get(name)
        if template is None or not template.actions:
            continue
        place = Site(site.document, (*site.route, name))
        named = [value for key, value in mapping(parameters).items() if key in template.parameters]
        named = [Hole("?") if word(value) == "*" else value for value in named] or ["*"]
        yield Statement(template.actions, tuple(named), place)


def environment_of(item: Item, variables: Symbol, path: tuple[str, ...], end: End | None = None) -> None:
    """Note what a component knows by its environment variables."""
    for name, value in mapping(variables).items():
        site = item.site(*path, name)
        if isinstance(value, str):
            _address(item, name, value, site, end or item.end)
        for part in walk_texts(value):
            if any(isinstance(piece, Reference) for piece in parts_of(part)):
                item.build.permissions.mention(end or item.end, part, site)
            elif (named := target(part)) is not None and (known := _declared(item, named.end)) is not None:
                item.build.permissions.mention(end or item.end, Reference(known), site)


def _declared(item: Item, end: End) -> Local | None:
    """The resource of the template that an ARN or a queue's URL in a variable names."""
    if not isinstance(end, Named) or end.type == "other":
        return None
    named = (one for one in item.stack.resources.values() if one.type == end.type and one.name == end.name)
    return next((Local(one.id) for one in named), None)


def _address(item: Item, name: str, value: str, site: Site, end: End) -> None:
    """A web address in a variable is somebody whom the code may call."""
    host = called_host(name, value)
    if host:
        item.stack.connect(end, Named("third_party", host), Style.SYNC, site, confidence=Confidence.GUESS)


READERS = {
    "AWS::IAM::Role": Reader(declare=_role),
    "AWS::IAM::Policy": Reader(declare=_policy),
    "AWS::IAM::RolePolicy": Reader(declare=_policy),
    "AWS::IAM::ManagedPolicy": Reader(declare=_policy),
}
