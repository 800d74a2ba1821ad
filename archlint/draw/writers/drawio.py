"""A draw.io file, to be edited: components are AWS shapes, services containers, connections bound to their ends.

The format: https://www.drawio.com/doc/faq/diagram-source-edit. Labels are HTML, so that texts are escaped twice: as
HTML, and as the XML that holds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from xml.sax.saxutils import quoteattr

from archlint.draw.cards import COLOURS, LEGEND, STATUS_COLOURS, Card, arrow_label, cards, legend_of, signs_of
from archlint.draw.icons import icon_data
from archlint.draw.lines import thinned
from archlint.draw.look import LIGHT
from archlint.draw.scene import Arrow, Box, Line
from archlint.draw.shapes import Point, Rect
from archlint.draw.sheet import Sheet
from archlint.draw.signs import is_gone, signed
from archlint.draw.sizes import icon_rect, small_lines
from archlint.draw.writers.drawio_shapes import RESOURCES, SIGNS

_ARROWS = {
    Line.SYNC: "strokeColor=#16191F;strokeWidth=1;startArrow=open;startFill=0;endArrow=block;endFill=1;",
    Line.ASYNC: "strokeColor=#16191F;strokeWidth=3;endArrow=block;endFill=1;endSize=4;",
    Line.ERROR: "strokeColor=#D13212;fontColor=#D13212;strokeWidth=2;dashed=1;endArrow=block;endFill=1;",
    Line.WATCH: "strokeColor=#5F6B7A;strokeWidth=1;dashed=1;dashPattern=1 3;endArrow=block;endFill=1;endSize=4;",
}
_EDGE = "html=1;rounded=1;fontSize=10;fontColor=#5F6B7A;labelBackgroundColor=default;"
_SERVICE = (
    "html=1;rounded=1;absoluteArcSize=1;arcSize=20;container=1;collapsible=0;whiteSpace=wrap;fontStyle=1;fontSize=13;"
    "verticalAlign=top;align=left;spacingLeft=10;strokeColor=#AAB7C4;fontColor=#16191F;"
)
_UNDER = (
    "html=1;verticalLabelPosition=bottom;verticalAlign=top;align=center;aspect=fixed;fontSize=12;fontColor=#16191F;"
)
_TEXT = "text;html=1;align=left;verticalAlign=middle;"
_MARGIN, _TOP = 40.0, 70.0


def write(sheet: Sheet) -> bytes:
    """The file: uncompressed XML, one page."""
    extent = sheet.geometry.extent
    dx, dy = _MARGIN - extent.left, _TOP - extent.top
    cells = [_text("title", f"<b>{escape(sheet.scene.title)}</b>", Rect(_MARGIN, 16, _MARGIN + 600, 46), 19)]
    cells += _services(sheet, dx, dy)
    cells += _components(sheet, dx, dy)
    cells += _connections(sheet, dx, dy)
    cells += _legend(sheet, extent.bottom + dy + 40)
    name = quoteattr(sheet.scene.title or "Architecture")
    return (
        f'<mxfile host="archlint"><diagram id="architecture" name={name}>'
        '<mxGraphModel grid="1" gridSize="10" page="0" tooltips="1"><root>'
        '<mxCell id="0"/><mxCell id="1" parent="0"/>\n'
        + "\n".join(cells)
        + "\n</root></mxGraphModel></diagram></mxfile>\n"
    ).encode()


def _services(sheet: Sheet, dx: float, dy: float) -> Iterator[str]:
    for number, (box, rect) in enumerate(zip(sheet.scene.boxes, sheet.geometry.boxes, strict=True)):
        fill = LIGHT.services[number % len(LIGHT.services)]
        style = f"{_SERVICE}fillColor={fill};"
        yield _vertex(f"service-{number}", escape(signed(box.change, box.name)), "", "", style, rect.moved(dx, dy), "1")


def _components(sheet: Sheet, dx: float, dy: float) -> Iterator[str]:
    homes: dict[str, tuple[int, Box]] = {}
    for number, box in enumerate(sheet.scene.boxes):
        homes.update(dict.fromkeys(box.members, (number, box)))
    for card in cards(sheet):
        rect, parent = icon_rect(sheet.geometry.centres[card.node.id]).moved(dx, dy), "1"
        if card.node.id in homes:
            number = homes[card.node.id][0]
            around = sheet.geometry.boxes[number].moved(dx, dy)
            rect, parent = rect.moved(-around.left, -around.top), f"service-{number}"
        small = "<br>".join(escape(line) for line in small_lines(card.node))
        label = escape(card.signed_name) + (
            f'<br><font color="#5F6B7A" style="font-size:10px">{small}</font>' if small else ""
        )
        faint = "opacity=50;" if card.node.planned or is_gone(card.node.change) else ""
        yield _vertex(_id(card.node.id), label, card.node.title, card.node.link, _shape(card) + faint, rect, parent)


def _shape(card: Card) -> str:
    icon, colour = card.node.icon, COLOURS[card.family]
    if icon in RESOURCES:
        tile = f"shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.{RESOURCES[icon]};"
        return f"{_UNDER}strokeColor=#ffffff;fillColor={colour};{tile}"
    if icon in SIGNS:
        return f"{_UNDER}strokeColor=none;fillColor={colour};shape=mxgraph.aws4.{SIGNS[icon]};"
    if (data := icon_data(icon)) is not None:
        return f"{_UNDER}shape=image;image=data:image/png,{data};"  # a semicolon before the data would end the value
    return f"{_UNDER}rounded=1;strokeColor=#5F6B7A;fillColor=none;"


def _connections(sheet: Sheet, dx: float, dy: float) -> Iterator[str]:
    for number, (arrow, line) in enumerate(zip(sheet.scene.arrows, sheet.geometry.lines, strict=True)):
        bends = [(x + dx, y + dy) for x, y in thinned(line, 2.0)[1:-1]]
        yield _edge(f"connection-{number}", arrow, bends)


def _edge(id_: str, arrow: Arrow, bends: list[Point]) -> str:
    points = "".join(f'<mxPoint x="{x:.0f}" y="{y:.0f}"/>' for x, y in bends)
    array = f'<Array as="points">{points}</Array>' if points else ""
    label = "<br>".join(escape(line) for line in arrow_label(arrow))
    style = f"{_EDGE}{_ARROWS[arrow.line]}"
    if arrow.change:
        style += f"strokeColor={STATUS_COLOURS[arrow.change.status]};" + ("dashed=1;" if is_gone(arrow.change) else "")
    return (
        f"<UserObject {_attributes(id_, label, arrow.title, arrow.link)}>"
        f'<mxCell style="{style}" edge="1" parent="1" '
        f"source={quoteattr(_id(arrow.source))} target={quoteattr(_id(arrow.target))}>"
        f'<mxGeometry relative="1" as="geometry">{array}</mxGeometry></mxCell></UserObject>'
    )


def _legend(sheet: Sheet, y: float) -> Iterator[str]:
    x = _MARGIN
    for line in legend_of(sheet):
        name = f"legend-{line.value}"
        yield (
            f'<mxCell id="{name}-line" value="" style="{_EDGE}{_ARROWS[line]}" edge="1" parent="1">'
            f'<mxGeometry relative="1" as="geometry"><mxPoint x="{x:.0f}" y="{y:.0f}" as="sourcePoint"/>'
            f'<mxPoint x="{x + 46:.0f}" y="{y:.0f}" as="targetPoint"/></mxGeometry></mxCell>'
        )
        yield _text(name, LEGEND[line], Rect(x + 54, y - 10, x + 234, y + 10), 10)
        x += 250
    if signs := signs_of(sheet):
        yield _text("legend-signs", "   ".join(signs), Rect(x, y - 10, x + 234, y + 10), 10)


def _text(id_: str, label: str, rect: Rect, size: int) -> str:
    return _vertex(id_, label, "", "", f"{_TEXT}fontSize={size};fontColor=#16191F;", rect, "1")


def _vertex(id_: str, label: str, title: str, link: str, style: str, rect: Rect, parent: str) -> str:  # noqa: PLR0913, PLR0917  a cell is all of this
    return (
        f'<UserObject {_attributes(id_, label, title, link)}><mxCell style="{style}" vertex="1" parent="{parent}">'
        f'<mxGeometry x="{rect.left:.1f}" y="{rect.top:.1f}" width="{rect.width:.1f}" height="{rect.height:.1f}" '
        'as="geometry"/>'
        "</mxCell></UserObject>"
    )


def _attributes(id_: str, label: str, title: str, link: str) -> str:
    pairs = {"label": label, "tooltip": escape(title), "link": link, "id": id_}
    return " ".join(f"{name}={quoteattr(value)}" for name, value in pairs.items() if value or name == "label")


def _id(component: str) -> str:
    return f"component-{component}"
