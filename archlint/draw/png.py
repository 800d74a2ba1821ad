"""SVG to PNG, with the bundled fonts; with those of the machine too where the bundled ones lack a character."""

from __future__ import annotations

from base64 import b64encode

from archlint.draw.errors import DrawingError
from archlint.draw.faces import FONTS
from archlint.draw.metrics import BOLD, FALLBACKS, REGULAR, is_covered
from archlint.draw.pngs import PngError


def rasterised(svg: str, scale: float) -> bytes:
    """The pixels of a picture. Raises :class:`DrawingError`."""
    try:
        import resvg_py  # noqa: PLC0415
    except ImportError as error:
        message = "PNG needs the package resvg-py (`pip install resvg-py`); SVG does not"
        raise DrawingError(message) from error
    files = [str(FONTS / name) for name in (REGULAR, BOLD, *FALLBACKS)]
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg, zoom=scale, skip_system_fonts=is_covered(svg), font_files=files, font_family="Inter"
            )
        )
    except ValueError as error:
        message = f"the picture cannot be turned into a PNG: {error}"
        raise DrawingError(message) from error


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
