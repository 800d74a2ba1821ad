"""The picture itself: a self-contained SVG, each icon once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from archlint.draw.geometry import beside, cut, flatten, shortened, thinned
from archlint.draw.icons import icon_data
from archlint.draw.labels import Clearings
from archlint.draw.layout import ICON, LINE, Laid, Point, Rect, node_width, text_height
from archlint.draw.look import Look, Palette, palette
from archlint.draw.metrics import text_width
from archlint.draw.scene import DETAIL_SIZE, LABEL_SIZE, NAME_SIZE, Arrow, Line, Node, Scene

_MARGIN = 28.0
_TITLE = 44.0
_LEGEND = 44.0
_PAIR = 3.3
_GAP = 5.0
_FONT = "DejaVu Sans, Verdana, Segoe UI, sans-serif"
_LEGEND_TEXTS = {
    Line.WATCH: "watches",
    Line.SYNC: "synchronous: waits for the answer",
    Line.ASYNC: "asynchronous: does not wait",
    Line.ERROR: "failures",
}


class Picture(NamedTuple):
    """The text of an SVG and its size in points."""

    text: str
    width: float
    height: float


def paint(scene: Scene, laid: Laid, look: Look) -> Picture:
    """Paint a laid-out scene."""
    return _Painter(scene, laid, look).picture()


class _Painter:
    def __init__(self, scene: Scene, laid: Laid, look: Look) -> None:
        self._scene = scene
        self._laid = laid
        self._look = look
        self._colours: Palette = palette(look.theme)
        self._clearings = Clearings()
        self._nodes = {node.id: node for node in scene.nodes}
        self._parts: list[str] = []

    def picture(self) -> Picture:
        lines = [self._line(arrow, path) for arrow, path in zip(self._scene.arrows, self._laid.paths, strict=True)]
        self._take(lines)
        for place, rect in enumerate(self._laid.boxes):
            self._box(place, rect)
        for arrow, line in zip(self._scene.arrows, lines, strict=True):
            self._arrow(arrow.line, line)
        for node in self._scene.nodes:
            self._node(node)
        for place, rect in enumerate(self._laid.boxes):
            self._box_title(place, rect)
        for arrow, line in zip(self._scene.arrows, lines, strict=True):
            if arrow.label:
                self._label(arrow, line)
        return self._framed()

    def _take(self, lines: Sequence[Sequence[Point]]) -> None:
        for line in lines:
            self._clearings.take_line(line)
        for node in self._scene.nodes:
            for rect in self._obstacle(node):
                self._clearings.take(rect)

    def _obstacle(self, node: Node) -> tuple[Rect, ...]:
        """The icon, and the text below it."""
        x, y = self._laid.centres[node.id]
        half = ICON / 2
        width = node_width(node) / 2 - 2
        return (
            Rect(x - half, y - half, x + half, y + half),
            Rect(x - width, y + half, x + width, y + half + text_height(node)),
        )

    def _line(self, arrow: Arrow, path: Sequence[Point]) -> list[Point]:
        start, end = self._obstacle(self._nodes[arrow.source]), self._obstacle(self._nodes[arrow.target])
        line = flatten(path)
        if arrow.source == arrow.target:
            x, y = self._laid.centres[arrow.source]
            half = ICON / 2
            return flatten(
                [(x + 14, y - half - 2), (x + 30, y - half - 40), (x - 30, y - half - 40), (x - 14, y - half - 2)]
            )
        return cut(line, start, end, _GAP)

    def _box(self, place: int, rect: Rect) -> None:
        fill = self._colours.services[place % len(self._colours.services)]
        self._add(
            f'<rect x="{rect.left:.1f}" y="{rect.top:.1f}" width="{rect.right - rect.left:.1f}" '
            f'height="{rect.bottom - rect.top:.1f}" rx="10" fill="{fill}" stroke="{self._colours.border}"/>'
        )

    def _box_title(self, place: int, rect: Rect) -> None:
        """In the corner of the box that the fewest lines cross."""
        name = self._scene.boxes[place].name
        size = NAME_SIZE + 1
        width = min(text_width(name, size, bold=True), rect.right - rect.left - 16)
        height = size * 1.3
        corners = [
            Rect(left, top, left + width, top + height)
            for top in (rect.top + 5, rect.bottom - 5 - height)
            for left in (rect.left + 10, rect.right - 10 - width)
        ]
        best = min(corners, key=self._clearings.cost)
        self._clearings.take(best)
        self._text(name, best.left, best.bottom - 4, size, weight="bold", halo=self._fill_of(place))

    def _fill_of(self, place: int) -> str:
        return self._colours.services[place % len(self._colours.services)]

    def _arrow(self, kind: Line, line: Sequence[Point]) -> None:
        if kind is Line.SYNC:
            self._stroke(beside(line, -_PAIR), self._colours.ink, 1.1, 7.0)
            self._stroke(beside(line, _PAIR)[::-1], self._colours.ink, 1.1, 7.0)
        elif kind is Line.ASYNC:
            self._stroke(line, self._colours.ink, 2.8, 12.0)
        elif kind is Line.WATCH:
            self._stroke(line, self._colours.quiet, 1.2, 6.0, dash="1.5 3.5")
        else:
            self._stroke(line, self._colours.error, 1.8, 9.0, dash="6 3.5")

    def _stroke(self, line: Sequence[Point], colour: str, width: float, head: float, *, dash: str = "") -> None:
        shaft, tip, (dx, dy) = shortened(line, head)
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in thinned(shaft))
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._add(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}" '
            f'stroke-linejoin="round"{dashes}/>'
        )
        half = head * 0.36
        base = (tip[0] - dx * head, tip[1] - dy * head)
        corners = (tip, (base[0] - dy * half, base[1] + dx * half), (base[0] + dy * half, base[1] - dx * half))
        self._add(f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in corners)}" fill="{colour}"/>')

    def _node(self, node: Node) -> None:
        x, y = self._laid.centres[node.id]
        half = ICON / 2
        self._add(f"<g><title>{escape(node.title)}</title>")
        if icon_data(node.icon) is None:
            self._add(
                f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{ICON:.1f}" height="{ICON:.1f}" rx="10" '
                f'fill="{self._colours.background}" stroke="{self._colours.quiet}" stroke-width="1.6"/>'
            )
            initial = node.name[0][:1].upper() if node.name else ""
            self._text(initial, x, y + 9, 26, anchor="middle", colour=self._colours.quiet)
        else:
            symbol = _symbol(node.icon)
            self._add(
                f'<use xlink:href="#{symbol}" x="{x - half:.1f}" y="{y - half:.1f}" width="{ICON}" height="{ICON}"/>'
            )
        line = y + half + LINE
        for text in node.name:
            self._text(text, x, line - 1, NAME_SIZE, anchor="middle")
            line += LINE
        for text in node.detail:
            self._text(text, x, line - 2, DETAIL_SIZE, anchor="middle", colour=self._colours.quiet)
            line += LINE - 2
        self._add("</g>")

    def _label(self, arrow: Arrow, line: Sequence[Point]) -> None:
        text = arrow.label if len(arrow.label) <= 48 else arrow.label[:47] + "…"
        rect = self._clearings.beside(line, text_width(text, LABEL_SIZE), LABEL_SIZE * 1.15)
        colour = self._colours.error if arrow.line is Line.ERROR else self._colours.quiet
        middle = (rect.left + rect.right) / 2
        self._text(text, middle, rect.bottom - 2.5, LABEL_SIZE, anchor="middle", colour=colour)

    def _text(  # noqa: PLR0913  a text is all of this
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        anchor: str = "start",
        colour: str = "",
        weight: str = "normal",
        halo: str = "",
    ) -> None:
        around = f' stroke="{halo}" stroke-width="4" paint-order="stroke" stroke-linejoin="round"' if halo else ""
        bold = ' font-weight="bold"' if weight == "bold" else ""
        self._add(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
            f'fill="{colour or self._colours.ink}"{bold}{around}>{escape(text)}</text>'
        )

    def _framed(self) -> Picture:
        """The drawing with title, legend and source around it."""
        kinds = [kind for kind in Line if any(arrow.line is kind for arrow in self._scene.arrows)]
        legend = self._look.legend and bool(kinds)
        body = self._parts
        self._parts = []
        title_width = text_width(self._scene.title, 17, bold=True)
        legend_width = sum(text_width(_LEGEND_TEXTS[kind], LABEL_SIZE + 1) + 78 for kind in kinds) if legend else 0
        width = max(self._laid.width, title_width, legend_width, 160) + 2 * _MARGIN
        height = self._laid.height + _MARGIN + _TITLE + (_LEGEND if legend else 0) + 18
        self._text(self._scene.title, _MARGIN, _MARGIN + 8, 17, weight="bold")
        left = _MARGIN + (width - 2 * _MARGIN - self._laid.width) / 2
        self._add(f'<g transform="translate({left:.1f} {_TITLE + 6:.1f})">')
        self._parts += body
        self._add("</g>")
        if legend:
            self._legend(kinds, self._laid.height + _TITLE + 34)
        if self._scene.source:
            source = self._scene.source if len(self._scene.source) <= 90 else "…" + self._scene.source[-89:]
            self._text(source, width - _MARGIN, height - 10, 8.5, anchor="end", colour=self._colours.quiet)
        return Picture(self._document(width, height), width, height)

    def _legend(self, kinds: Sequence[Line], y: float) -> None:
        x = _MARGIN
        for kind in kinds:
            self._arrow(kind, [(x + k * 2, y) for k in range(24)])
            self._text(_LEGEND_TEXTS[kind], x + 56, y + 4, LABEL_SIZE + 1)
            x += 78 + text_width(_LEGEND_TEXTS[kind], LABEL_SIZE + 1)

    def _document(self, width: float, height: float) -> str:
        icons = sorted({node.icon for node in self._scene.nodes if icon_data(node.icon) is not None})
        symbols = "".join(
            f'<symbol id="{_symbol(icon)}" viewBox="0 0 64 64">'
            f'<image width="64" height="64" xlink:href="data:image/png;base64,{icon_data(icon)}"/></symbol>'
            for icon in icons
        )
        count = len(self._scene.nodes)
        boxes = len(self._scene.boxes)
        about = f"{count} component{'s' * (count != 1)} in {boxes} service{'s' * (boxes != 1)}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
            f'aria-label={quoteattr(self._scene.title)} width="{width:.0f}" height="{height:.0f}" '
            f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="{_FONT}">'
            f"<title>{escape(self._scene.title)}</title><desc>{about}</desc><defs>{symbols}</defs>"
            f'<rect width="100%" height="100%" fill="{self._colours.background}"/>' + "".join(self._parts) + "</svg>\n"
        )

    def _add(self, part: str) -> None:
        self._parts.append(part)


def _symbol(icon: str) -> str:
    return f"icon-{icon.replace('.', '-').lower()}"
