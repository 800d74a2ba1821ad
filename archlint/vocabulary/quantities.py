"""Durations and sizes: text to canonical numbers and back."""

from __future__ import annotations

import re

_QUANTITY = re.compile(r"(?P<number>[0-9]{1,12}(?:\.[0-9]{1,6})?)\s?(?P<unit>[A-Za-z]{0,2})\Z")
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
_BYTES = {"B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3, "TB": 1024**4}


def parse_duration(text: str) -> int | float:
    """Seconds, from ``500ms``, ``30s``, ``5m``, ``6h``, ``14d`` or a bare number; ValueError for anything else."""
    return _parse(text, _SECONDS, "s")


def parse_size(text: str) -> int | float:
    """Bytes, from ``256KB``, ``1MB`` or a bare number (1 KB is 1,024 bytes); ValueError for anything else."""
    return _parse(text, _BYTES, "B")


def _parse(text: str, units: dict[str, float] | dict[str, int], bare: str) -> int | float:
    matched = _QUANTITY.match(text.strip())
    unit = (matched["unit"] or bare) if matched else ""
    if matched is None or unit not in units:
        raise ValueError(text)
    value = float(matched["number"]) * units[unit]
    return int(value) if value.is_integer() else round(value, 6)


def show_duration(seconds: float) -> str:
    """The shortest exact form: ``90s``, ``2m``, ``14d``, ``500ms``."""
    if seconds != int(seconds):
        return f"{seconds * 1000:g}ms"
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{int(seconds // size)}{unit}"
    return f"{int(seconds)}s"


def show_size(size: float) -> str:
    """The shortest exact form: ``256KB``, ``1MB``, ``1500B``."""
    for unit, factor in (("TB", 1024**4), ("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if size and size % factor == 0:
            return f"{int(size // factor)}{unit}"
    return f"{size:g}B"
