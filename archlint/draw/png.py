"""SVG to PNG, with the bundled fonts and no others."""

from __future__ import annotations

from pathlib import Path

from archlint.draw.errors import DrawingError

_FONTS = Path(__file__).with_name("fonts")


def rasterised(svg: str, scale: float) -> bytes:
    """The pixels of a picture. Raises :class:`DrawingError`."""
    try:
        import resvg_py  # noqa: PLC0415
    except ImportError as error:
        message = "PNG needs the package resvg-py (`pip install resvg-py`); SVG does not"
        raise DrawingError(message) from error
    files = sorted(str(path) for path in _FONTS.glob("*.ttf"))
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg, zoom=scale, skip_system_fonts=True, font_files=files, font_family="DejaVu Sans"
            )
        )
    except ValueError as error:
        message = f"the picture cannot be turned into a PNG: {error}"
        raise DrawingError(message) from error
