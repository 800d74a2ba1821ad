"""How a description writes names, connections and properties."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.model import AddConnection, Confidence, Connection, Properties, Style, Value
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import PropertyType, vocabulary


class Written(NamedTuple):
    """An entry of a list of connections: the chain, and its properties as inside braces."""

    chain: str
    properties: str = ""

    @property
    def block(self) -> str:
        """As an item of a block list, without its dash."""
        return f"{self.chain}: {{{self.properties}}}" if self.properties else self.chain

    @property
    def flow(self) -> str:
        """As an item of a flow list."""
        return f"{{{self.chain}: {{{self.properties}}}}}" if self.properties else self.chain


def arrow(style: Style, action: str) -> str:
    """An arrow as a description writes it."""
    shaft = style.arrow[0]
    return f"{shaft}{action}{shaft}>" if action else style.arrow


def short(id_: str, service: str | None) -> str:
    """What a component is called inside a service, or outside every one."""
    scope, _, name = id_.rpartition(".")
    return name if scope == (service or "") else id_


def written_addition(change: AddConnection, service: str | None) -> Written:
    """A connection that is added, as it is written in a service's section or outside every one."""
    ends = short(change.source, service), short(change.target, service)
    known = vocabulary().connection_properties
    return Written(f"{ends[0]} {arrow(change.style, change.action)} {ends[1]}", flow(change.properties, known))


def written_connection(edge: Connection, properties: Properties, service: str | None) -> Written:
    """A connection with these properties; its confidence is said too, where that is less than certain."""
    assumed = vocabulary().assumed_action(edge.source.type, edge.target.type, edge.style)
    shaft = arrow(edge.style, "" if edge.action == assumed else edge.action)
    ends = short(edge.source.id, service), short(edge.target.id, service)
    return Written(f"{ends[0]} {shaft} {ends[1]}", said(edge, properties))


def said(edge: Connection, properties: Properties) -> str:
    """What a description says of a connection beside its chain, as inside braces."""
    sure = edge.confidence is Confidence.CERTAIN
    properties = properties if sure else {**properties, "confidence": edge.confidence.word}
    return flow(properties, vocabulary().connection_properties)


def flow(properties: Properties, known: Mapping[str, PropertyType]) -> str:
    """Properties as inside braces."""
    return ", ".join(f"{name}: {shown(known[name], value)}" for name, value in properties.items())


def shown(property_: PropertyType, value: Value) -> str:
    """A value as it can stand inside braces."""
    written = property_.show(value)
    if isinstance(value, str) and any(mark in written for mark in ":#{}[],&*!|>'\"%@`"):
        return '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return written
