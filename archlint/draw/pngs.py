"""PNG files taken apart and put together: what checking and shrinking icons needs of https://www.w3.org/TR/png-3/."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from struct import iter_unpack, pack, unpack_from
from zlib import compress, crc32, decompressobj

from archlint.model.tuples import NamedTuple

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {2: 3, 6: 4}
"""Of the kinds of pixels that are read here: colours, and colours with transparency, eight bits each."""


class PngError(ValueError):
    """What is wrong with a file."""


class Pixels(NamedTuple):
    """Rows of pixels, each of as many bytes as there are channels."""

    width: int
    height: int
    channels: int
    rows: Sequence[bytes]


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height. Raises :class:`PngError` if it is no PNG."""
    if not data.startswith(SIGNATURE) or data[12:16] != b"IHDR" or len(data) < 33:
        raise PngError("it is no PNG")
    width, height = unpack_from(">II", data, 16)
    return width, height


def read_png(data: bytes) -> Pixels:
    """The pixels of a PNG with eight bits a channel, not interlaced. Raises :class:`PngError`."""
    width, height = size_of(data)
    depth, kind, _, _, interlaced = unpack_from(">5B", data, 24)
    if depth != 8 or kind not in _CHANNELS or interlaced:
        raise PngError("it is a PNG of a kind that is not read here")
    channels = _CHANNELS[kind]
    wanted = height * (width * channels + 1)
    try:
        raw = decompressobj().decompress(b"".join(_bodies(data, b"IDAT")), wanted)
    except (zlib.error, struct.error) as error:
        raise PngError(f"it is damaged: {error}") from error
    if len(raw) != wanted:
        raise PngError("it is damaged: there are too few pixels")
    return Pixels(width, height, channels, list(_unfiltered(raw, width * channels, channels)))


def _bodies(data: bytes, wanted: bytes) -> Iterator[bytes]:
    place = len(SIGNATURE)
    while place + 8 <= len(data):
        length, name = unpack_from(">I4s", data, place)
        if name == wanted:
            yield data[place + 8 : place + 8 + length]
        place += 12 + length


def _unfiltered(raw: bytes, stride: int, step: int) -> Iterator[bytes]:
    before = bytearray(stride)
    for start in range(0, len(raw), stride + 1):
        line = bytearray(raw[start + 1 : start + 1 + stride])
        kind = raw[start]
        if kind == 1:
            for place in range(step, stride):
                line[place] = (line[place] + line[place - step]) & 255
        elif kind == 2:
            line = bytearray((a + b) & 255 for a, b in zip(line, before, strict=True))
        elif kind == 3:
            for place in range(stride):
                left = line[place - step] if place >= step else 0
                line[place] = (line[place] + ((left + before[place]) >> 1)) & 255
        elif kind == 4:
            _unpredict(line, before, step)
        yield bytes(line)
        before = line


def _unpredict(line: bytearray, before: bytearray, step: int) -> None:
    """Undo the filter that predicts from left, above and above left (Paeth)."""
    for place in range(len(line)):
        left = line[place - step] if place >= step else 0
        up = before[place]
        corner = before[place - step] if place >= step else 0
        guess = left + up - corner
        off_left, off_up, off_corner = abs(guess - left), abs(guess - up), abs(guess - corner)
        nearer = up if off_up <= off_corner else corner
        best = left if off_left <= off_up and off_left <= off_corner else nearer
        line[place] = (line[place] + best) & 255


def with_palette(pixels: Pixels) -> bytes | None:
    """A PNG of at most 256 colours, as fine as they may be; None if even a coarse choice needs more."""
    for step in (8, 12, 17, 32):
        table = bytes(min(255, (value + step // 2) // step * step) for value in range(256))
        rows = [list(iter_unpack(f"{pixels.channels}s", row.translate(table))) for row in pixels.rows]
        palette: dict[tuple[bytes], int] = {}
        for row in rows:
            for colour in row:
                palette.setdefault(colour, len(palette))
        if len(palette) <= 256:
            lines = b"".join(b"\x00" + bytes(map(palette.__getitem__, row)) for row in rows)
            return _assembled(pixels, [colour for (colour,) in palette], lines)
    return None


def _assembled(pixels: Pixels, palette: Sequence[bytes], lines: bytes) -> bytes:
    header = pack(">IIBBBBB", pixels.width, pixels.height, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", header), (b"PLTE", b"".join(colour[:3] for colour in palette))]
    if pixels.channels == 4:
        parts.append((b"tRNS", bytes(colour[3] for colour in palette)))
    parts += [(b"IDAT", compress(lines, 9)), (b"IEND", b"")]
    return SIGNATURE + b"".join(
        pack(">I", len(body)) + name + body + pack(">I", crc32(name + body)) for name, body in parts
    )
