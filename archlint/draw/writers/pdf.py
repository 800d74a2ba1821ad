"""The PDF: what the SVG draws, as lines, letters and pictures of a page.

It reads our own SVG, so that a picture is the same in all formats; of SVG it knows what :mod:`archlint.draw.svg` makes.
Letters are those of the bundled fonts, of which the file carries what it needs. A text that has to be shaped, runs from
right to left or lacks a letter in them is a small picture with many pixels instead.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional, combining
from xml.etree import ElementTree as ET

from archlint import __version__
from archlint.draw.errors import DrawingError
from archlint.draw.faces import FONTS, advances
from archlint.draw.metrics import BOLD, FALLBACKS, REGULAR, is_covered, text_width
from archlint.draw.png import rasterised
from archlint.draw.sheet import Sheet
from archlint.draw.svg import text_element

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_SVG, _HREF = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_MOST = 14_400.0
"""The longest side of a page in points that every viewer shows."""
_NUMBER = re.compile(r"-?[0-9.]+")
_SHARP = 6.0
"""Pixels a point of a text that is a picture."""

Attributes = Mapping[str, str]


def write(sheet: Sheet) -> bytes:
    """One page as large as the picture. Raises :class:`DrawingError`."""
    try:
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  only for this format
    except ImportError as error:
        message = "PDF needs the package reportlab (`pip install reportlab`); SVG does not"
        raise DrawingError(message) from error

    picture = sheet.fine_picture
    shrunk = min(1.0, _MOST / max(picture.width, picture.height))
    stream = BytesIO()
    canvas = Canvas(
        stream, pagesize=(picture.width * shrunk, picture.height * shrunk), pageCompression=1, invariant=1, lang="en"
    )
    canvas.setTitle(sheet.scene.title)
    canvas.setSubject(sheet.scene.source)
    canvas.setCreator(f"archlint {__version__}")
    canvas.setAuthor("")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.translate(0, picture.height * shrunk)
    canvas.scale(shrunk, -shrunk)  # y downwards, as in the SVG
    _Page(canvas, picture.width, picture.height).draw(ET.fromstring(picture.text))  # noqa: S314  our own
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


class _Page:
    """Draws elements of our SVG; ``canvas`` has its y downwards."""

    def __init__(self, canvas: Canvas, width: float, height: float) -> None:
        self._canvas = canvas
        self._size = width, height
        self._images: dict[str, bytes] = {}
        self._boxes: list[tuple[float, float, float, float]] = []
        self._kinds: Mapping[str, Callable[[Attributes, ET.Element], None]] = {
            "rect": self._rect,
            "polyline": self._line,
            "polygon": self._shape,
            "text": self._text,
            "use": self._use,
            "g": self._group,
            "a": self._link,
            "defs": self._define,
        }

    def draw(self, parent: ET.Element) -> None:
        """Draw what an element holds."""
        for element in parent:
            draw = self._kinds.get(element.tag.removeprefix(_SVG))
            if draw is not None:  # titles and descriptions are nothing to draw
                draw(element.attrib, element)

    def _define(self, _: Attributes, element: ET.Element) -> None:
        for image in element.iter(f"{_SVG}image"):
            self._images[f"#{image.get('id')}"] = b64decode(image.get(_HREF, "").partition(",")[2])

    def _group(self, attributes: Attributes, element: ET.Element) -> None:
        canvas = self._canvas
        canvas.saveState()
        self._transform(attributes)
        if "opacity" in attributes:
            canvas.setFillAlpha(float(attributes["opacity"]))
            canvas.setStrokeAlpha(float(attributes["opacity"]))
        self.draw(element)
        canvas.restoreState()

    def _link(self, attributes: Attributes, element: ET.Element) -> None:
        outer, self._boxes = self._boxes, []
        self.draw(element)
        if self._boxes:
            lefts, tops, rights, bottoms = zip(*self._boxes, strict=True)
            box = (min(lefts), min(tops), max(rights), max(bottoms))
            self._canvas.linkURL(attributes[_HREF], box, relative=1, thickness=0)
        self._boxes = outer

    def _transform(self, attributes: Attributes) -> None:
        for name, arguments in re.findall(r"\b(\w+)\(([^()]*)\)", attributes.get("transform", "")):
            numbers = [float(number) for number in _NUMBER.findall(arguments)]
            if name == "translate":
                self._canvas.translate(*numbers)
            else:
                self._canvas.scale(numbers[0], numbers[-1])

    def _pen(self, attributes: Attributes) -> dict[str, bool]:
        """Set the colours and the line, and say which of fill and stroke are to be done."""
        from reportlab.lib.colors import HexColor  # noqa: PLC0415  only for this format

        fill, stroke = attributes.get("fill", "none"), attributes.get("stroke", "none")
        if fill != "none":
            self._canvas.setFillColor(HexColor(fill))
        if stroke != "none":
            self._canvas.setStrokeColor(HexColor(stroke))
        self._canvas.setLineWidth(float(attributes.get("stroke-width", "1")))
        self._canvas.setLineJoin(1 if attributes.get("stroke-linejoin") == "round" else 0)
        self._canvas.setDash([float(number) for number in _NUMBER.findall(attributes.get("stroke-dasharray", ""))])
        return {"fill": fill != "none", "stroke": stroke != "none"}

    def _rect(self, attributes: Attributes, _: ET.Element) -> None:
        x, y = float(attributes.get("x", "0")), float(attributes.get("y", "0"))
        width, height = (
            whole if attributes[name].endswith("%") else float(attributes[name])
            for name, whole in zip(("width", "height"), self._size, strict=True)
        )
        parts = self._pen(attributes)
        radius = min(float(attributes.get("rx", "0")), width / 2, height / 2)
        self._canvas.roundRect(x, y, width, height, radius, **parts)
        self._boxes.append((x, y, x + width, y + height))

    def _path(self, attributes: Attributes) -> Any:  # noqa: ANN401  the library has no types
        points = [tuple(map(float, pair.split(","))) for pair in attributes["points"].split()]
        path = self._canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        xs, ys = zip(*points, strict=True)
        self._boxes.append((min(xs), min(ys), max(xs), max(ys)))
        return path

    def _line(self, attributes: Attributes, _: ET.Element) -> None:
        path = self._path(attributes)
        self._canvas.drawPath(path, **self._pen(attributes))

    def _shape(self, attributes: Attributes, _: ET.Element) -> None:
        path = self._path(attributes)
        path.close()
        self._canvas.drawPath(path, **self._pen(attributes))

    def _use(self, attributes: Attributes, _: ET.Element) -> None:
        self._canvas.saveState()
        self._transform(attributes)
        self._image(self._images[attributes[_HREF]], 0, 0, 64, 64)
        self._canvas.restoreState()
        x, y, scale = (float(number) for number in _NUMBER.findall(attributes["transform"]))
        self._boxes.append((x, y, x + 64 * scale, y + 64 * scale))

    def _image(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        from reportlab.lib.utils import ImageReader  # noqa: PLC0415  only for this format

        self._canvas.saveState()
        self._canvas.translate(x, y + height)
        self._canvas.scale(1, -1)
        self._canvas.drawImage(ImageReader(BytesIO(data)), 0, 0, width, height, mask="auto")
        self._canvas.restoreState()

    def _text(self, attributes: Attributes, element: ET.Element) -> None:
        text, size = element.text or "", float(attributes["font-size"])
        bold = attributes.get("font-weight") == "600"
        width = text_width(text, size, bold=bold)
        share = {"middle": 0.5, "end": 1.0}.get(attributes.get("text-anchor", ""), 0.0)
        x, y = float(attributes["x"]) - width * share, float(attributes["y"])
        self._boxes.append((x, y - size, x + width, y))
        if _is_simple(text):
            halo = attributes.get("stroke", "none")
            for mode in (1, 0) if halo != "none" else (0,):
                self._letters(text, x, y, size, bold=bold, mode=mode, attributes=attributes)
        elif text.strip():
            self._image_of(text, x, y, width, size, bold=bold, colour=attributes["fill"])

    def _letters(  # noqa: PLR0913  a line of text is all of this
        self, text: str, x: float, y: float, size: float, *, bold: bool, mode: int, attributes: Attributes
    ) -> None:
        """A line of letters; mode 1 draws their outlines, which keep lines off them, 0 the letters."""
        canvas = self._canvas
        canvas.saveState()
        self._pen(attributes)
        canvas.translate(x, y)
        canvas.scale(1, -1)
        line = canvas.beginText(0, 0)
        line.setTextRenderMode(mode)
        for run, file in _runs(text, bold=bold):
            line.setFont(_font(file), size)
            line.textOut(run)
        canvas.drawText(line)
        canvas.restoreState()

    def _image_of(  # noqa: PLR0913  likewise
        self, text: str, x: float, y: float, width: float, size: float, *, bold: bool, colour: str
    ) -> None:
        wide, high = width + 2 * size, size * 1.6
        body = text_element(text, (size, size * 1.15), size, colour, bold=bold)
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.2f}" height="{high:.2f}" font-family="Inter">'
            f"{body}</svg>"
        )
        self._image(rasterised(svg, _SHARP), x - size, y - size * 1.15, wide, high)


def _is_simple(text: str) -> bool:
    """Whether each character is one letter of a bundled font, one after another from left to right."""
    if text.isascii():
        return True
    plain = all(bidirectional(one) not in ("R", "AL", "AN") and not combining(one) for one in text)
    return plain and is_covered(text) and max(text) <= "\uffff"


def _runs(text: str, *, bold: bool) -> Iterator[tuple[str, str]]:
    """The text in pieces that one font has, with the font's file."""
    files = (BOLD if bold else REGULAR, *FALLBACKS)
    run, current = "", files[0]
    for one in text:
        file = next((name for name in files if ord(one) in advances(name)), files[0])
        if file != current and run:
            yield run, current
            run = ""
        run, current = run + one, file
    yield run, current


@cache
def _font(file: str) -> str:
    from reportlab.pdfbase.pdfmetrics import registerFont  # noqa: PLC0415  only for this format
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415  only for this format

    name = file.removesuffix(".ttf")
    registerFont(TTFont(name, str(FONTS / file)))
    return name
