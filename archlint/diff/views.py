"""With what eyes two architectures are compared."""

from __future__ import annotations

from collections.abc import Mapping

from archlint.model import Component, Confidence, Connection, Style, Value, is_unknown
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import vocabulary

_BOTH_WAYS = frozenset({"read", "write", "read_write"})
_FOR_READERS = frozenset(
    {"label", "description", "tags", "icon", "external", "interface", "shared", "planned", "resource", "event"}
)
"""What a description says to its readers, and infrastructure code does not."""

_ALWAYS_THERE = frozenset(
    {
        "timeout",
        "memory",
        "visibility_timeout",
        "fifo",
        "delay",
        "workflow",
        "batch_size",
        "report_batch_item_failures",
        "bisect_on_error",
        "max_receives",
        "mode",
        "shards",
    }
)
"""What every reader of infrastructure code reads where it is set: where it is absent, AWS's default is built."""

_NOT_OFTEN_DRAWN = frozenset(
    {
        "cloudwatch_logs",
        "cloudwatch_alarm",
        "stack",
        "vpc",
        "nat",
        "vpc_endpoint",
        "secrets",
        "ssm_parameter",
        "appconfig",
    }
)
"""Types that most descriptions leave out on purpose."""

_NOT_IN_CODE = ("actor", "external_system")
_CALLED_BY_ADDRESS = ("connection_limited", "cache", "actor", "external_system")
"""What is used over the network and not by a permission, so that infrastructure code need not show who uses it."""


class View(NamedTuple):
    """``loose`` compares a description (old) with the infrastructure that implements it (new).

    There only what both could say is a difference: a description leaves details out, and code alone knows what is
    idempotent or who calls a third party. Else two versions of one thing are compared, whole.
    """

    loose: bool

    def values(self, name: str, old: Mapping[str, Value], new: Mapping[str, Value], default: Value) -> bool:
        """Whether a property of two matched elements is the same; ``default`` is what an absent one means."""
        if not self.loose:
            return bool(_same(old.get(name, default), new.get(name, default)))
        if name in _FOR_READERS or name not in old or is_unknown(old[name]):
            return True
        if name not in new:
            return name not in _ALWAYS_THERE or default is None or bool(_same(old[name], default))
        return is_unknown(new[name]) or bool(_same(old[name], new[name]))

    def expects(self, component: Component) -> bool:
        """Whether a component without a counterpart is a difference: always, but for what cannot have one."""
        if not self.loose:
            return True
        words = vocabulary()
        outside = any(component.type in words.members(group) for group in _NOT_IN_CODE)
        flags = component.properties
        return not outside and flags.get("external") is not True and flags.get("planned") is not True

    def notices(self, component: Component) -> bool:
        """Whether something new is worth a word."""
        return self.expects(component) and not (self.loose and component.type in _NOT_OFTEN_DRAWN)

    def expects_connection(self, edge: Connection) -> bool:
        """Whether a connection of the old architecture that the new one lacks is a difference."""
        if not self.loose:
            return True
        words = vocabulary()
        by_address = any(edge.target.type in words.members(group) for group in _CALLED_BY_ADDRESS)
        return not by_address and self.expects(edge.source) and self.expects(edge.target)

    def notices_connection(self, edge: Connection) -> bool:
        """Whether a connection of the new architecture that the old one lacks is worth a word: no guess is."""
        ends = (edge.source, edge.target)
        drawn = all(self.notices(end) or not self.expects(end) for end in ends)
        return not self.loose or (edge.confidence is not Confidence.GUESS and drawn)

    def agree(self, old: Connection, new: Connection) -> bool:
        """Whether two connections between the same ends are the same one."""
        if (old.style, old.action) == (new.style, new.action):
            return True
        if not self.loose:
            return False
        if old.style is Style.ERROR or new.style is Style.ERROR:
            return old.style is new.style
        if new.confidence is Confidence.CERTAIN:
            return False
        return {old.action, new.action} <= _BOTH_WAYS or old.action == new.action


EXACT = View(loose=False)
IMPLEMENTATION = View(loose=True)


def _same(old: Value, new: Value) -> bool:
    if isinstance(old, bool) is not isinstance(new, bool):
        return False
    return old is new or old == new
