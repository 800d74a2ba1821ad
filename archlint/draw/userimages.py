"""Users' own icons: read within the project only, checked, and drawn anew, so that no file is passed on as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, XMLParser

from archlint.draw.pngs import PngError, size_of
from archlint.draw.scene import Image, Node, Scene
from archlint.model import Component

MOST_BYTES = 512 * 1024
MOST_PIXELS = 2048
"""The largest side of a PNG."""
_SIDE = 128
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    f"{_NAMESPACE}{name}"
    for name in (
        *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs", "title", "desc"),
        *("linearGradient", "radialGradient", "stop", "metadata"),
    )
)
"""What draws without reading anything else, and takes time that grows with the file's size alone."""
_REFERENCE = re.compile(r"url\s*\(\s*['\"]?(?!#)|@import|\\", re.IGNORECASE)


class IconError(Exception):
    """An icon that cannot be used; ``component`` asks for it."""

    def __init__(self, message: str, component: Component) -> None:
        super().__init__(message)
        self.component = component


def with_images(scene: Scene, root: Path) -> Scene:
    """The scene with the icons that its components ask for. Raises :class:`IconError`.

    A path is relative to the file that names it, and the file has to lie below ``root``.
    """
    images: dict[str, Image] = {}
    nodes: list[Node] = []
    for node in scene.nodes:
        asked = node.component.properties.get("icon") if node.component is not None else None
        if node.component is None or not isinstance(asked, str) or not asked:
            nodes.append(node)
            continue
        file = _file(node.component, asked, root)
        name = f"file.{file.relative_to(root.resolve()).as_posix()}"
        if name not in images:
            images[name] = Image(_drawn(file, asked, node.component))
        nodes.append(node._replace(icon=name))
    return scene._replace(nodes=tuple(nodes), images=images) if images else scene


def _file(component: Component, asked: str, root: Path) -> Path:
    """The file, for certain below the root, whatever links there are on the way."""
    if "\x00" in asked or "\\" in asked or Path(asked).is_absolute():
        raise IconError("an icon is a path relative to the file that names it, with `/`", component)
    document = Path(component.site.document)
    folder = document.parent if document.exists() else root
    try:
        file = (folder / asked).resolve()
        inside = file.is_relative_to(root.resolve())
    except (OSError, RuntimeError) as error:
        raise IconError(f"the icon `{asked}` cannot be read", component) from error
    if not inside:
        raise IconError(f"the icon `{asked}` lies outside the project", component)
    if not file.is_file():
        raise IconError(f"there is no icon `{asked}`", component)
    return file


def _drawn(file: Path, asked: str, component: Component) -> bytes:
    """The icon as a small PNG of our own."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise IconError(f"the icon `{asked}` cannot be read", component) from error
    if len(data) > MOST_BYTES:
        raise IconError(f"the icon `{asked}` is larger than {MOST_BYTES // 1024} KB", component)
    try:
        return _square_of_png(data) if data.startswith(b"\x89PNG") else _square_of_svg(data)
    except (PngError, ParseError, ValueError) as error:
        raise IconError(f"the icon `{asked}` cannot be used: {error}", component) from error


def _square_of_png(data: bytes) -> bytes:
    from archlint.draw.png import resized  # noqa: PLC0415

    width, height = size_of(data)
    if not 0 < max(width, height) <= MOST_PIXELS or not min(width, height):
        raise PngError(f"it has {width:,} by {height:,} pixels; at most {MOST_PIXELS:,} a side are drawn")
    return resized(data, _SIDE)


def _square_of_svg(data: bytes) -> bytes:
    from archlint.draw.png import resized  # noqa: PLC0415

    text = data.decode("utf-8-sig")
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise ValueError("an SVG with a document type is not drawn")
    parser = XMLParser()  # noqa: S314  without a document type there are no entities
    parser.feed(text)
    root: Element = parser.close()
    if root.tag != f"{_NAMESPACE}svg":
        raise ValueError("it is neither a PNG nor an SVG")
    for fault in _faults(root):
        raise ValueError(fault)
    return resized(data, _SIDE, "image/svg+xml")


def _faults(root: Element) -> Iterator[str]:
    for element in root.iter():
        tag = str(element.tag)
        if tag not in _ELEMENTS:
            if "}" in tag and not tag.startswith(_NAMESPACE):
                continue  # an editor's notes, which nothing draws
            yield f"`{tag.removeprefix(_NAMESPACE)[:40]}` is not drawn in an icon"
        for name, value in element.attrib.items():
            plain = name.rpartition("}")[2].lower()
            if plain.startswith("on"):
                yield f"the attribute `{plain[:40]}` is not drawn in an icon"
            if (plain == "href" and not value.startswith("#")) or _REFERENCE.search(value):
                yield "it refers to something outside itself"
