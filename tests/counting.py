"""Work counted in calls: the same on every machine, so that a test can say how it grows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from unittest.mock import patch


def calls(act: Callable[[], object]) -> int:
    """How many functions of Python and of C it calls, in this process: nothing is left to another one meanwhile."""
    counted = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    with patch("archlint.lint.sharing.can_share", return_value=False):
        sys.setprofile(count)
        try:
            act()
        finally:
            sys.setprofile(None)
    return counted
