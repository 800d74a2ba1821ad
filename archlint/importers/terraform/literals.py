"""Numbers and quoted texts as they are written."""

from __future__ import annotations

import re
from math import isfinite

from archlint.importers.terraform.values import NOTHING_KNOWN, Data

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\$\$\{|%%\{", re.DOTALL)


def number(written: str) -> Data:
    """A number as it is written; unknown if it is none that fits."""
    try:
        value = float(written)
    except ValueError:
        return NOTHING_KNOWN
    if not isfinite(value):
        return NOTHING_KNOWN
    if written.isdigit() and len(written) <= 300:
        return int(written)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def unescaped(written: str) -> str:
    """A quoted text as it is meant."""
    return _ESCAPE.sub(_unescape, written) if "\\" in written or "{" in written else written


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1)
    if code is None:
        return match.group()[1:]
    if code[0] in "uU" and len(code) > 1:
        point = int(code[1:], 16)
        return chr(point) if point < 0x110000 else "\ufffd"
    return _ESCAPES.get(code, match.group())
