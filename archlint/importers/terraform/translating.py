"""From what a root module declares to a stack: its components first, then every connection."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.importers.infrastructure import Stack
from archlint.importers.terraform.addresses import Part, parts_of
from archlint.importers.terraform.agreeing import Agreement
from archlint.importers.terraform.blocks import Block, Declared
from archlint.importers.terraform.kinds import TYPES
from archlint.importers.terraform.properties import properties_of
from archlint.importers.terraform.wiring import TRANSLATORS
from archlint.importers.terraform.wiring.events import is_schedule
from archlint.importers.terraform.wiring.networks import connect_networks
from archlint.importers.terraform.wiring.permissions import connect_permissions
from archlint.importers.terraform.world import World, is_data, physical_name

_CONNECTED_ALONE = frozenset({"aws_route53_record"})
"""Resources that are components only where they lead to one: there are many, and most are of no interest."""
_SERVICE_TAG = "archlint:service"
_PLAIN_NAMES = frozenset({"this", "main", "default"})


def translate(declared: Iterable[Declared], stack: Stack) -> World:
    """Add the components and connections of everything declared to a stack."""
    by_address: dict[str, Declared] = {}
    for item in declared:
        earlier = by_address.get(item.address)
        if earlier is None:
            by_address[item.address] = item
        else:
            earlier.blocks += item.blocks
            earlier.many = "many"
    world = World(by_address, stack)
    for item in by_address.values():
        if not is_data(item.address):
            _component(world, item)
    agreement = Agreement(world)
    for item in by_address.values():
        translate_one = TRANSLATORS.get(item.kind)
        if translate_one is not None and not is_data(item.address):
            for place, block in enumerate(item.blocks):
                start = len(stack.wires)
                translate_one(world, item, block)
                agreement.translated(item, place, range(start, len(stack.wires)))
    for item, block in world.of_kind("aws_ssm_parameter"):
        name = block.get("name").data
        if isinstance(name, str) and item.address in stack.resources:
            for target in world.targets(block.get("value"))[:1]:
                stack.stored[name] = target.end
    connect_permissions(world)
    connect_networks(world)
    world.finish()
    agreement.settle()
    return world


def _component(world: World, item: Declared) -> None:
    type_ = _type(item)
    if not type_ or item.kind in _CONNECTED_ALONE:
        return
    properties = properties_of(item)
    world.stack.add(
        item.address,
        type_,
        item.block.site(),
        properties,
        label=_label(item),
        name=physical_name(item.kind, item.block) if len(item.blocks) == 1 else "",
    )
    tags = _tags(item.block)
    if tags:
        world.stack.tags[item.address] = tags
    if _SERVICE_TAG in tags:
        world.stack.services[item.address] = tags[_SERVICE_TAG]


def _type(item: Declared) -> str:
    """The type of component that a resource is; empty if it is none."""
    match item.kind:
        case "aws_apigatewayv2_api":
            return "websocket_api" if item.block.get("protocol_type").data == "WEBSOCKET" else "http_api"
        case "aws_lb" | "aws_alb":
            return "alb" if item.block.get("load_balancer_type").data in (None, "application") else "other"
        case "aws_cloudwatch_event_rule":
            return "schedule" if any(map(is_schedule, item.blocks)) else ""
    return TYPES.get(item.kind, "")


def _label(item: Declared) -> str:
    """The resource's name; that of its module where its own says nothing; the key of one of several instances."""
    named = [_named(part) for part in parts_of(item.address)[-2:]]
    return ".".join(name for name in named if name) or item.name


def _named(part: Part) -> str:
    name = "" if part.name in _PLAIN_NAMES else part.name
    return f"{name} {part.key}".strip()


def _tags(block: Block) -> dict[str, str]:
    """The tags whose values are known."""
    tags = block.get("tags").data
    return {key: tag for key, tag in tags.items() if isinstance(tag, str) and tag} if isinstance(tags, dict) else {}
