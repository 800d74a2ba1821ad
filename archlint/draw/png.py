"""SVG to PNG, with the bundled fonts; with those of the machine too where the bundled ones lack a character."""

from __future__ import annotations

from archlint.draw.errors import DrawingError
from archlint.draw.faces import FONTS
from archlint.draw.metrics import BOLD, FALLBACKS, REGULAR, is_covered


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
