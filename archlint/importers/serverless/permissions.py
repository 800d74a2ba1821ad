"""What functions may do and what they are told by name: the shared role, roles of their own, environments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archlint.importers.cloudformation.item import Build
from archlint.importers.cloudformation.readers.iam import attached, role_key
from archlint.importers.infrastructure import End, Local, Named
from archlint.importers.infrastructure.addresses import called_host
from archlint.importers.infrastructure.arns import target, targets
from archlint.importers.infrastructure.permissions import Permissions, Principal, Statement, statements
from archlint.importers.infrastructure.symbols import Reference, Symbol, shown
from archlint.importers.serverless.building import Building
from archlint.importers.serverless.functions import Function
from archlint.importers.serverless.placed import Placed, truth
from archlint.model import Confidence, Style
from archlint.vocabulary import vocabulary

_INHERIT = ("iamRoleStatementsInherit", "inheritStatements")
_FUNCTIONS = frozenset({"Ref", "Fn::GetAtt", "Fn::ImportValue", "Fn::Sub", "Fn::Join"})
_EVERYTHING = "*"
_INVOKES = "lambda:"
_DATABASES = ("connection_limited", "cache")


def read_permissions(building: Building, build: Build, functions: list[Function], granted: Iterable[Statement]) -> None:
    """Give the functions what the configuration allows them; ``granted`` is what plugins add to the shared role.

    A role that is named instead is one of the template or of somewhere else.
    """
    permissions = build.permissions
    shared, named = [*_shared(building, build), *granted], _named_role(building)
    for function in functions:
        own = _own(function.settings)
        if own is not None:
            permissions.allow(Principal(function.end), list(_statements(building, own)))
        role = function.settings.get("role") or named
        if role is not None:
            build.roles.take(role_key(building.symbol(role)), function.end)
        elif own is None or _inherits(building, function.settings):
            permissions.allow(Principal(function.end, alone=False), _but_itself(shared, function))
        _mention(building, permissions, function)
    _mention_to_all(building, functions)


def _shared(building: Building, build: Build) -> Iterator[Statement]:
    """The statements of the role that all functions have."""
    for keys in (("provider", "iam", "role", "statements"), ("provider", "iamRoleStatements")):
        section = building.section(*keys)
        if section is not None:
            yield from _statements(building, section)
    for keys in (("provider", "iam", "role", "managedPolicies"), ("provider", "iamManagedPolicies")):
        policies = building.section(*keys)
        for policy in policies.items if policies is not None else ():
            yield from attached(build, building.symbol(policy), policy.site)


def _but_itself(shared: list[Statement], function: Function) -> Iterator[Statement]:
    """The shared statements without the function's own name: a role for all says it for the others.

    That everything may invoke everything says nothing at all about who calls whom.
    """
    for statement in shared:
        if statement.denies:
            yield statement
            continue
        others = tuple(found for found in statement.resources if getattr(found, "end", None) != function.end)
        actions = statement.actions
        if any(found == _EVERYTHING for found in others):
            actions = tuple(action for action in actions if not action.startswith(_INVOKES))
        if others or not statement.resources:
            yield statement._replace(actions=actions, resources=others)


def _named_role(building: Building) -> Placed | None:
    """The role that all functions run under, where it is one that stands somewhere else."""
    role = building.section("provider", "iam", "role") or building.section("provider", "role")
    is_described = role is not None and isinstance(role.value, dict) and not role.value.keys() & _FUNCTIONS
    return None if is_described else role


def _own(settings: Placed) -> Placed | None:
    return settings.get("iamRoleStatements") or settings.at("iam", "role", "statements")


def _inherits(building: Building, settings: Placed) -> bool:
    written = next((found for key in _INHERIT if (found := settings.get(key)) is not None), None)
    written = written or settings.at("iam", "inheritStatements")
    default = building.section("custom", "serverless-iam-roles-per-function", "defaultInherit")
    return truth(written if written is not None else default) is True


def _statements(building: Building, section: Placed) -> Iterator[Statement]:
    """The statements of a list, each with its own place."""
    for item in section.items:
        for statement in statements({"Statement": building.symbol(item)}, item.site):
            resources = tuple(_local(building, resource) for resource in statement.resources)
            excluded = tuple(_local(building, resource) for resource in statement.excluded)
            yield statement._replace(resources=resources, excluded=excluded, site=item.site)


def _local(building: Building, resource: Symbol) -> Symbol:
    """A resource of this stack that is written by its name, as a reference to it."""
    found = target(resource)
    end = building.local(found.end) if found is not None else None
    return Reference(end, "Arn", found.sure) if found is not None and isinstance(end, Local) else resource


def _mention(building: Building, permissions: Permissions, function: Function) -> None:
    environment = function.settings.get("environment")
    if environment is None:
        return
    for key, value in environment.fields.items():
        site = environment.key_site(key)
        for end in _told(building, value):
            permissions.mention(function.end, Reference(end), site)
        if host := called_host(key, value.text or ""):
            outside = Named("third_party", host)
            building.connect(function.end, outside, Style.SYNC, site, action="invoke", confidence=Confidence.GUESS)


def _told(building: Building, value: Placed) -> Iterator[End]:
    """What a variable of the environment names: by a reference, an ARN, or the name of a resource of this stack."""
    symbol = building.symbol(value)
    for found in targets(symbol):
        end = building.local(found.end)
        if not (isinstance(end, Named) and end.type == "other"):
            yield end
    if name := shown(symbol):
        named = building.named(name)
        if len(named) == 1:
            yield Local(named[0].id)


def _mention_to_all(building: Building, functions: list[Function]) -> None:
    """The provider's environment is that of every function: a database in it is used by one of them, whichever."""
    environment = building.section("provider", "environment")
    if environment is None:
        return
    words = vocabulary()
    databases = frozenset({"rds_proxy"}).union(*(words.members(group) for group in _DATABASES))
    confidence = Confidence.LIKELY if len(functions) == 1 else Confidence.GUESS
    for key, value in environment.fields.items():
        site = environment.key_site(key)
        for end in _told(building, value):
            if building.stack.type_of(end) in databases:
                for function in functions:
                    building.connect(function.end, end, Style.SYNC, site, action="read_write", confidence=confidence)
