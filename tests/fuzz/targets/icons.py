"""Users' own icons: any bytes give a small picture of our own, or are refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fuzz.guarding import scratch
from fuzz.judging import require
from fuzz.target import Target

from archlint.draw import IconError, Scene, with_images
from archlint.draw.views import Choice, views
from archlint.importers import read_text


@cache
def _scene() -> Scene:
    text = "archlint: 1\nname: A\ncomponents:\n  f: {type: lambda, icon: icon}\n"
    return views(read_text(text).architecture, Choice(everything=True))[0].scene


def _icon(data: bytes) -> None:
    with scratch() as folder:
        (folder / "icon").write_bytes(data)
        try:
            scene = with_images(_scene(), Path())
        except IconError as error:
            require(bool(str(error)), "a refusal without words")
            return
        for image in scene.images.values():
            require(image.data.startswith(b"\x89PNG") and len(image.data) < 200_000, "no small PNG")


_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" ',
    b"<path d=",
    b"<linearGradient id=",
    b"href=",
    b"url(#a)",
    b"<use ",
)
_PNG = (b"IHDR", b"IDAT", b"PLTE", b"tRNS", b"IEND", b"iCCP", b"zTXt", b"acTL", b"fcTL")
TARGETS = (Target("icon", _icon, (*_SVG, *_PNG)),)
