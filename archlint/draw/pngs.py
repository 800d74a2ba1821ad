"""What a PNG says of itself at its beginning: https://www.w3.org/TR/png-3/."""

from __future__ import annotations

from struct import unpack_from

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class PngError(ValueError):
    """What is wrong with a file."""


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises :class:`PngError` if it is no PNG."""
    if not data.startswith(_SIGNATURE) or data[12:16] != b"IHDR" or len(data) < 33:
        raise PngError("it is no PNG")
    width, height = unpack_from(">II", data, 16)
    return width, height
