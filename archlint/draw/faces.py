"""How far each character of a bundled font advances, read from the font file itself.

Only the tables that say so are read: ``head``, ``hhea``, ``hmtx`` and ``cmap`` (formats 4 and 12), as OpenType defines
them: https://learn.microsoft.com/typography/opentype/spec/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from struct import unpack_from

FONTS = Path(__file__).with_name("fonts")

_WINDOWS_FULL, _WINDOWS_BASIC = (3, 10), (3, 1)


@cache
def advances(file: str) -> Mapping[int, float]:
    """Advance widths by code point, in units of the font size, of a font in the ``fonts`` folder."""
    data = (FONTS / file).read_bytes()
    tables = _tables(data)
    (units,) = unpack_from(">H", data, tables["head"] + 18)
    (count,) = unpack_from(">H", data, tables["hhea"] + 34)
    metrics = tables["hmtx"]
    widths = [unpack_from(">H", data, metrics + 4 * glyph)[0] / units for glyph in range(count)]
    return {code: widths[min(glyph, count - 1)] for code, glyph in _glyphs(data, tables["cmap"]) if glyph}


def _tables(data: bytes) -> dict[str, int]:
    """The offset of each table."""
    (count,) = unpack_from(">H", data, 4)
    found = {}
    for place in range(count):
        tag, _, offset, _ = unpack_from(">4sIII", data, 12 + 16 * place)
        found[tag.decode("latin-1")] = offset
    return found


def _glyphs(data: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    """Pairs of code point and glyph, from the widest subtable there is."""
    (count,) = unpack_from(">H", data, cmap + 2)
    subtables = {}
    for place in range(count):
        platform, encoding, offset = unpack_from(">HHI", data, cmap + 4 + 8 * place)
        subtables[platform, encoding] = cmap + offset
    if (full := subtables.get(_WINDOWS_FULL)) is not None:
        return _groups(data, full)
    return _segments(data, subtables[_WINDOWS_BASIC])


def _groups(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """The groups of a subtable of format 12."""
    (count,) = unpack_from(">I", data, start + 12)
    for place in range(count):
        first, last, glyph = unpack_from(">III", data, start + 16 + 12 * place)
        for code in range(first, last + 1):
            yield code, glyph + code - first


def _segments(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """The segments of a subtable of format 4: ends, starts, deltas and offsets in four arrays."""
    (double,) = unpack_from(">H", data, start + 6)
    ends, starts = start + 14, start + 16 + double
    deltas, offsets = starts + double, starts + 2 * double
    for place in range(0, double, 2):
        (end,), (first,) = unpack_from(">H", data, ends + place), unpack_from(">H", data, starts + place)
        (delta,), (offset,) = unpack_from(">H", data, deltas + place), unpack_from(">H", data, offsets + place)
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = unpack_from(">H", data, offsets + place + offset + 2 * (code - first))
                if not glyph:
                    continue
            yield code, (glyph + delta) & 0xFFFF
