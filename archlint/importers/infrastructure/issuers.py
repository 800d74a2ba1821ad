"""Issuers of tokens: the user pool of Cognito that one is; any other stands outside and is no component.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
"""

from __future__ import annotations

import re

from archlint.importers.infrastructure.arns import Target
from archlint.importers.infrastructure.ends import Named, typed
from archlint.importers.infrastructure.stack import Stack
from archlint.importers.infrastructure.symbols import Hole, Reference, Symbol, options, parts_of, shown

_POOL = "cognito_user_pool"
_ADDRESS = re.compile(r"https://cognito-idp\.[^/]+\.amazonaws\.com(?:\.cn)?/(?P<pool>[^/]+)/?\Z")


def issuing_pool(issuer: Symbol, stack: Stack) -> Target | None:
    """The user pool that an issuer's address means, be it written out or made of a pool that the stack declares."""
    for value, sure in options(issuer):
        address = _ADDRESS.match(shown(value))
        for part in reversed(parts_of(value)):
            named = address is not None and not isinstance(part, str) and shown(part) == address["pool"]
            if isinstance(part, Reference) and (named or stack.type_of(part.end) == _POOL):
                return Target(typed(part.end, _POOL), sure and part.sure)
            if isinstance(part, Hole) and named and not part.is_pseudo:
                return Target(Named(_POOL, part.name), sure)
        if address is not None and "$" not in address["pool"]:
            return Target(Named(_POOL, address["pool"]), sure)
    return None
