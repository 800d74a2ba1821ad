"""State machines: what the tasks of their definitions call."""

from __future__ import annotations

from archlint.importers.infrastructure import Local
from archlint.importers.infrastructure.workflows import connect_workflow, is_definition, longest_wait
from archlint.importers.terraform.blocks import Block, Declared
from archlint.importers.terraform.documents import document_of
from archlint.importers.terraform.symbols import symbol_of
from archlint.importers.terraform.values import Evaluated
from archlint.importers.terraform.world import World
from archlint.model import UNKNOWN, Style

_ASYNC = frozenset({"sqs", "sns", "eventbridge_bus", "kinesis", "firehose", "step_functions", "ecs_service"})


def machine(world: World, item: Declared, block: Block) -> None:
    """``aws_sfn_state_machine``."""
    given = block.get("definition")
    document = document_of(given.data)
    symbol = symbol_of(world, Evaluated(document, given.assumed))
    site = block.site("definition")
    if is_definition(symbol):
        connect_workflow(world.stack, Local(item.address), symbol, site, inside=False)
        world.set_properties(world.itself(item), {"expected_duration": longest_wait(symbol)})
        return
    for target in world.targets(Evaluated(document, assumed=True)):
        style = Style.ASYNC if target.type in _ASYNC else Style.SYNC
        world.wire(world.itself(item), [target], style, site, properties={"retry": UNKNOWN, "catch": UNKNOWN})


TRANSLATORS = {"aws_sfn_state_machine": machine}
