"""Resources that are connections, and the connections of those that are components, by resource type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from archlint.importers.terraform.blocks import Block, Declared
from archlint.importers.terraform.wiring import (
    edge,
    events,
    functions,
    http_apis,
    messaging,
    rest_apis,
    streams,
    workflows,
)
from archlint.importers.terraform.world import World

Translator: TypeAlias = "Callable[[World, Declared, Block], None]"

_MODULES = (functions, messaging, events, streams, edge, rest_apis, http_apis, workflows)

TRANSLATORS: Final[Mapping[str, Translator]] = {
    kind: translate for module in _MODULES for kind, translate in module.TRANSLATORS.items()
}
