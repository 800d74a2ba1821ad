"""Schedule expressions: ``rate(5 minutes)``, ``cron(0 2 * * ? *)``.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
"""

from __future__ import annotations

import re

from archlint.importers.infrastructure.symbols import Symbol
from archlint.model import UNKNOWN, Value

_RATE = re.compile(r"\s*rate\(\s*(?P<number>\d{1,9})\s+(?P<unit>minute|hour|day)s?\s*\)\s*\Z")
_CRON = re.compile(r"\s*cron\((?P<fields>[^)]*)\)\s*\Z")
_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}


def timing(expression: Symbol) -> dict[str, Value]:
    """The ``rate`` in seconds or the ``cron`` of a schedule; an unknown rate where the expression is not known."""
    if not isinstance(expression, str):
        return {} if expression is None else {"rate": UNKNOWN}
    if found := _RATE.match(expression):
        return {"rate": int(found["number"]) * _SECONDS[found["unit"]]}
    if found := _CRON.match(expression):
        return {"cron": found["fields"].strip()}
    return {}
