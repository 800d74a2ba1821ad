"""Policies of a resource, such as an API's, that say who may use it.

https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html
"""

from __future__ import annotations

from archlint.importers.infrastructure.symbols import Symbol, field, items, word


def lets_everybody_in(statements: Symbol) -> bool:
    """Whether the statements of a policy allow anybody without a condition, and none denies anything."""
    found = [statement for statement, _ in items(statements)]
    if any(not isinstance(statement, dict) or word(statement.get("Effect")) != "Allow" for statement in found):
        return False
    return any(_is_anybody(field(statement, "Principal")) and not field(statement, "Condition") for statement in found)


def _is_anybody(principal: Symbol) -> bool:
    accounts = field(principal, "AWS") if isinstance(principal, dict) else principal
    return any(word(account) == "*" for account, _ in items(accounts))
