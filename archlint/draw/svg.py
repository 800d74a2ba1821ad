"""The elements of an SVG that the picture is made of, with everything escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from archlint.draw.faces import FONTS
from archlint.draw.metrics import needs_fallback, text_width
from archlint.draw.shapes import Point, Rect

_FAMILIES = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', 'Noto Emoji', sans-serif"
_FALLBACK_FAMILIES = "'DejaVu Sans', Verdana, 'Segoe UI', sans-serif"
_WEIGHTS = ((400, "Inter-Regular.woff2"), (600, "Inter-SemiBold.woff2"))
_ICON = 64
_EMBEDDED_TO = "\u017f"
"""The last character of the fonts that the picture carries: Latin and its first extensions."""


def text_element(  # noqa: PLR0913  a text is all of this
    text: str,
    at: Point,
    size: float,
    colour: str,
    *,
    anchor: str = "start",
    bold: bool = False,
    halo: str = "",
) -> str:
    """A line of text; ``halo`` is a colour around the letters that keeps lines off them.

    Its length is given where it is known, so that a viewer with another font keeps it in its place.
    """
    more = ' font-weight="600"' if bold else ""
    if halo:
        more += f' stroke="{halo}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke"'
    if needs_fallback(text):
        more += f' font-family="{_FALLBACK_FAMILIES}"'
    if text and max(text) <= _EMBEDDED_TO:
        more += f' textLength="{text_width(text, size, bold=bold):.1f}" lengthAdjust="spacingAndGlyphs"'
    if anchor != "start":
        more += f' text-anchor="{anchor}"'
    return f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-size="{size:g}" fill="{colour}"{more}>{escape(text)}</text>'


def rect_element(rect: Rect, fill: str, stroke: str = "none", *, radius: float = 0.0, dashed: bool = False) -> str:
    """A rectangle."""
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    return (
        f'<rect x="{rect.left:.1f}" y="{rect.top:.1f}" width="{rect.width:.1f}" height="{rect.height:.1f}" '
        f'rx="{radius:g}" fill="{fill}" stroke="{stroke}"{dash}/>'
    )


def line_element(points: Sequence[Point], colour: str, width: float, dashes: str = "") -> str:
    """A line through points."""
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<polyline points="{_points(points)}" fill="none" stroke="{colour}" stroke-width="{width:g}" '
        f'stroke-linejoin="round"{dash}/>'
    )


def shape_element(points: Sequence[Point], fill: str, stroke: str = "none") -> str:
    """A filled polygon."""
    return f'<polygon points="{_points(points)}" fill="{fill}" stroke="{stroke}"/>'


def icon_element(icon: str, rect: Rect) -> str:
    """A use of an icon. It is no ``symbol``, whose clipping costs viewers more than all the rest."""
    scale = rect.width / _ICON
    at = f"translate({rect.left:.1f} {rect.top:.1f}) scale({scale:.4g})"
    return f'<use xlink:href="#{_name_of(icon)}" transform="{at}"/>'


def group_element(parts: Sequence[str], title: str, more: str = "", link: str = "") -> str:
    """Elements that belong together, with the text that is shown when the pointer rests on them."""
    group = f"<g{more}><title>{escape(title)}</title>{''.join(parts)}</g>"
    return f'<a xlink:href={quoteattr(link)} target="_blank">{group}</a>' if link else group


def attribute(name: str, value: str) -> str:
    """An attribute with a blank before it."""
    return f" {name}={quoteattr(value)}"


def document(  # noqa: PLR0913  a document is all of this
    parts: Sequence[str],
    width: float,
    height: float,
    *,
    title: str,
    about: str,
    background: str,
    icons: Mapping[str, str],
) -> str:
    """A whole SVG that needs nothing beside it: each icon once, and the text font."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'aria-label={quoteattr(title)} width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="{_FAMILIES}">'
        f"<title>{escape(title)}</title><desc>{escape(about)}</desc>"
        f"<defs><style>{fonts()}</style>{images(icons)}</defs>"
        f'<rect width="100%" height="100%" fill="{background}"/>{"".join(parts)}</svg>\n'
    )


def images(icons: Mapping[str, str]) -> str:
    """Each icon once, to be used by any number of nodes."""
    return "".join(
        f'<image id="{_name_of(icon)}" width="{_ICON}" height="{_ICON}" xlink:href="data:image/png;base64,{data}"/>'
        for icon, data in icons.items()
    )


@cache
def fonts() -> str:
    """The text font as CSS."""
    return "".join(
        f"@font-face{{font-family:Inter;font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{b64encode((FONTS / file).read_bytes()).decode('ascii')})}}"
        for weight, file in _WEIGHTS
    )


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _name_of(icon: str) -> str:
    return f"icon-{icon.replace('.', '-').lower()}"
