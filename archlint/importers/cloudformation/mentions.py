"""Components that a template refers to in ways that are no connections: something uses them all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archlint.importers.cloudformation.item import Item
from archlint.importers.infrastructure.ends import Local
from archlint.importers.infrastructure.stack import Stack
from archlint.importers.infrastructure.symbols import Either, Reference, Symbol, Text

_ABOUT_THEM = frozenset(
    {"AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy", "AWS::Logs::LogGroup"}
)
"""Resources that say something of another one and do not use it."""
_OF_AN_ALARM = ("AlarmActions", "OKActions", "InsufficientDataActions")
"""What an alarm tells; its dimensions say what it watches."""
_ALARM = "AWS::CloudWatch::Alarm"


def note_mentions(stack: Stack, items: Iterable[Item], outputs: Symbol) -> None:
    """Note the unconnected components of a stack that resources or outputs refer to, and the half connected ones."""
    stack.mentioned |= stack.half_connected()
    lonely = stack.unconnected()
    if not lonely:
        return
    for item in items:
        if item.type not in _ABOUT_THEM:
            stack.mentioned.update((_ids(_told_by(item)) & lonely) - {item.id})
    stack.mentioned.update(_ids(outputs) & lonely)


def _told_by(item: Item) -> Symbol:
    if item.type == _ALARM:
        return [item.properties.get(name) for name in _OF_AN_ALARM]
    return dict(item.properties)


def _ids(symbol: Symbol) -> set[str]:
    return {found.end.id for found in _references(symbol) if isinstance(found.end, Local)}


def _references(symbol: Symbol) -> Iterator[Reference]:
    match symbol:
        case Reference():
            yield symbol
        case Text(parts) | Either(parts):
            for part in parts:
                yield from _references(part)
        case Mapping():
            for value in symbol.values():
                yield from _references(value)
        case list():
            for value in symbol:
                yield from _references(value)
