"""What a component's own name says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archlint.model import Component

if TYPE_CHECKING:
    from archlint.facts.graph import Graph

_WITH = r"(?<!without[ _-])"
_DEAD_LETTER = re.compile(
    rf"(?:^|[^a-z]){_WITH}(?:dlq|dead(?:[ _-]?letters?)?)(?:$|[^a-z])|{_WITH}dlq$|deadletter", re.IGNORECASE
)
_CLOUDWATCH = re.compile(r"(?<!aws_)cloud[ _-]?watch[ _-]?(?:rule|event)|\bcron[ _-]?tab\b", re.IGNORECASE)


def named_dead_letter(graph: Graph, queue: Component) -> bool:
    """Whether the queue is called a dead-letter queue, whatever is connected to it."""
    del graph
    return bool(_DEAD_LETTER.search(queue.name) or _DEAD_LETTER.search(queue.label))


def named_cloudwatch(graph: Graph, component: Component) -> bool:
    """Whether a rule, a schedule or a bus is called by the name that CloudWatch Events had until July 2019.

    Terraform's own word for its resources, `aws_cloudwatch_event_rule`, is not the user's.
    """
    del graph
    return bool(_CLOUDWATCH.search(component.name) or _CLOUDWATCH.search(component.label))
