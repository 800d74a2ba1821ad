"""Security groups: whom they let in, and who is in them."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.importers.infrastructure import Local
from archlint.importers.infrastructure.networks import Networks
from archlint.importers.terraform.blocks import Block
from archlint.importers.terraform.values import Evaluated, refs_in
from archlint.importers.terraform.world import World, is_data

_MEMBERS = (
    ("vpc_config", "security_group_ids"),
    ("network_configuration", "security_groups"),
    ("vpc_options", "security_group_ids"),
    ("", "vpc_security_group_ids"),
    ("", "security_group_ids"),
)
"""The nested block and attribute by which a resource says in which groups it is."""
_RULES = (
    ("aws_security_group_rule", "security_group_id", "source_security_group_id"),
    ("aws_vpc_security_group_ingress_rule", "security_group_id", "referenced_security_group_id"),
)
_GROUPS = ("aws_security_group", "aws_default_security_group")


def connect_networks(world: World) -> None:
    """Guess who uses a database or cache by the groups that let others in."""
    networks = Networks()
    for item in world.declared.values():
        if item.address in world.stack.resources and not is_data(item.address):
            for group in _joined(item.block):
                networks.join(group, Local(item.address))
    for item, block in world.of_kind(*_GROUPS):
        for rule in block.blocks("ingress"):
            for source in _groups(rule.get("security_groups")):
                networks.admit(item.address, source, rule.site("security_groups"))
            if rule.get("self").data is True:
                networks.admit(item.address, item.address, rule.site("self"))
    for kind, own, other in _RULES:
        for _, block in world.of_kind(kind):
            if block.get("type").data in (None, "ingress"):
                for group in _groups(block.get(own)):
                    for source in _groups(block.get(other)):
                        networks.admit(group, source, block.site(other))
    networks.connect(world.stack)


def _joined(block: Block) -> Iterator[str]:
    for holder, attribute in _MEMBERS:
        for inner in block.blocks(holder) if holder else (block,):
            yield from _groups(inner.get(attribute))


def _groups(given: Evaluated) -> Iterator[str]:
    yield from dict.fromkeys(ref.address for ref in refs_in(given.data))
