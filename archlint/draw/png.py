"""SVG to PNG, with the bundled fonts; with further ones too where the bundled ones lack a character."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from math import ceil
from pathlib import Path

from archlint.draw.errors import DrawingError
from archlint.draw.faces import FONTS
from archlint.draw.metrics import BOLD, FALLBACKS, REGULAR, is_covered
from archlint.draw.pngs import PngError

_EAST_ASIAN = "manimgx_fonts_cjk"
"""The package of the extra ``cjk``: Noto Sans CJK."""
_PLACEHOLDER = "\u25a1"


def rasterised(svg: str, scale: float) -> bytes:
    """The pixels of a picture. Raises :class:`DrawingError`.

    A character that no font has is drawn as an empty square: left to itself, resvg would drop the whole line.
    """
    covered = is_covered(svg)
    if not covered:
        svg = svg.translate(dict.fromkeys(map(ord, missing_characters([svg])), _PLACEHOLDER))
    return _pixels(svg, scale, _fonts(covered), with_system=not covered)


def missing_characters(texts: Iterable[str]) -> str:
    """The characters for which there is no font here: neither bundled, nor in the extra ``cjk``, nor on the machine."""
    found = sorted({character for text in texts for character in text if not character.isascii()})
    return "".join(character for character in found if not is_covered(character) and not _is_drawn(character))


@cache
def _is_drawn(character: str) -> bool:
    """Whether anything is to be seen of a character."""
    frame = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><text y="18" font-size="16">{}</text></svg>'
    drawn, empty = (_pixels(frame.format(text), 1, _fonts(False), with_system=True) for text in (character, " "))
    return drawn != empty


def resized(image: bytes, side: int, kind: str = "image/png") -> bytes:
    """A PNG with so many pixels a side of an image, as large in it as it can be.

    Raises :class:`archlint.draw.pngs.PngError` if it cannot be read.
    """
    data = b64encode(image).decode("ascii")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{side}" '
        f'height="{side}"><image width="{side}" height="{side}" xlink:href="data:{kind};base64,{data}"/></svg>'
    )
    try:
        return _pixels(svg, 1)
    except DrawingError as error:
        raise PngError(str(error)) from error


def _pixels(svg: str, scale: float, fonts: Iterable[str] = (), *, with_system: bool = False) -> bytes:
    """What resvg makes of an SVG with the fonts of some files, and with those of the machine."""
    try:
        from resvg import render, usvg  # noqa: PLC0415
    except ImportError as error:
        message = "PNG needs the package resvg (`pip install resvg`); SVG does not"
        raise DrawingError(message) from error
    options = usvg.Options.default()
    options.font_family = "Inter"
    for file in fonts:
        options.load_font_file(file)
    if with_system:
        options.load_system_fonts()
    try:
        tree = usvg.Tree.from_str(svg, options)
        points = tree.int_size()
        width, height = (ceil(side * scale) for side in points)
        whole = width / points[0], height / points[1]  # no part of a pixel is left at the edges
        return render(tree, (whole[0], 0, 0, 0, whole[1], 0), bg_size=(width, height))
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust: no exception that an `except` could name
            raise
        message = f"the picture cannot be turned into a PNG: {error}"
        raise DrawingError(message) from error


@cache
def _fonts(covered: bool) -> tuple[str, ...]:
    files = [str(FONTS / name) for name in (REGULAR, BOLD, *FALLBACKS)]
    spec = None if covered else find_spec(_EAST_ASIAN)
    if spec is not None and spec.origin is not None:
        files += sorted(str(file) for file in Path(spec.origin).parent.glob("*.tt[cf]"))
    return tuple(files)
