"""Security groups: whom they let in, and who is in them."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.importers.cloudformation.item import Item, Reader
from archlint.importers.infrastructure.ends import Local
from archlint.importers.infrastructure.symbols import Reference, Symbol, field, items, parts_of, shown

_MEMBERS = (
    ("VpcConfig", "SecurityGroupIds"),
    ("NetworkConfiguration", "AwsvpcConfiguration", "SecurityGroups"),
    ("VpcSecurityGroupIds",),
    ("VPCSecurityGroups",),
    ("SecurityGroupIds",),
    ("VPCOptions", "SecurityGroupIds"),
)
"""Where a resource says in which groups it is."""


def join_groups(item: Item) -> None:
    """Say in which groups a component is."""
    if item.id in item.stack.resources or item.id in item.stack.aliases:
        for path in _MEMBERS:
            for group in groups_of(item.get(*path)):
                item.build.networks.join(group, item.stack.aliases.get(item.id, item.end))


def groups_of(value: Symbol) -> Iterator[str]:
    """The keys of the security groups that a value names."""
    for found, _ in items(value):
        for part in parts_of(found):
            if isinstance(part, Reference) and isinstance(part.end, Local):
                yield part.end.id
                break
        else:
            if shown(found):
                yield shown(found)


def _group(item: Item) -> None:
    for index, (rule, _) in enumerate(items(item.get("SecurityGroupIngress"))):
        for source in groups_of(field(rule, "SourceSecurityGroupId")):
            item.build.networks.admit(item.id, source, item.site("SecurityGroupIngress", index))


def _ingress(item: Item) -> None:
    for group in groups_of(item.get("GroupId")):
        for source in groups_of(item.get("SourceSecurityGroupId")):
            item.build.networks.admit(group, source, item.site())


READERS = {
    "AWS::EC2::SecurityGroup": Reader(None, _group),
    "AWS::EC2::SecurityGroupIngress": Reader(None, _ingress),
}
