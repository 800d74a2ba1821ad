"""SVG to PNG, with the bundled fonts; with further ones too where the bundled ones lack a character."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
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
    try:
        import resvg_py  # noqa: PLC0415
    except ImportError as error:
        message = "PNG needs the package resvg-py (`pip install resvg-py`); SVG does not"
        raise DrawingError(message) from error
    covered = is_covered(svg)
    if not covered:
        svg = svg.translate(dict.fromkeys(map(ord, missing_characters([svg])), _PLACEHOLDER))
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg, zoom=scale, skip_system_fonts=covered, font_files=_fonts(covered), font_family="Inter"
            )
        )
    except ValueError as error:
        message = f"the picture cannot be turned into a PNG: {error}"
        raise DrawingError(message) from error


def missing_characters(texts: Iterable[str]) -> str:
    """The characters for which there is no font here: neither bundled, nor in the extra ``cjk``, nor on the machine."""
    found = sorted({character for text in texts for character in text if not character.isascii()})
    return "".join(character for character in found if not is_covered(character) and not _is_drawn(character))


@cache
def _is_drawn(character: str) -> bool:
    """Whether anything is to be seen of a character."""
    import resvg_py  # noqa: PLC0415

    frame = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><text y="18" font-size="16">{}</text></svg>'
    drawn, empty = (
        bytes(resvg_py.svg_to_bytes(svg_string=frame.format(text), font_files=_fonts(False), font_family="Inter"))
        for text in (character, " ")
    )
    return drawn != empty


def _fonts(covered: bool) -> list[str]:
    files = [str(FONTS / name) for name in (REGULAR, BOLD, *FALLBACKS)]
    spec = None if covered else find_spec(_EAST_ASIAN)
    if spec is not None and spec.origin is not None:
        files += sorted(str(file) for file in Path(spec.origin).parent.glob("*.tt[cf]"))
    return files


def resized(image: bytes, side: int, kind: str = "image/png") -> bytes:
    """A PNG with so many pixels a side of an image, as large in it as it can be.

    Raises :class:`archlint.draw.pngs.PngError` if it cannot be read.
    """
    import resvg_py  # noqa: PLC0415

    data = b64encode(image).decode("ascii")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{side}" '
        f'height="{side}"><image width="{side}" height="{side}" xlink:href="data:{kind};base64,{data}"/></svg>'
    )
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))
    except ValueError as error:
        raise PngError(str(error)) from error
