"""Icons of component types, from the ``diagrams`` package."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from archlint.draw.scene import Scene

_SMALL = 96
"""Pixels a side: half as many again as points, for sharp pictures at one and a half times their size."""
_COLOURS = 128


@cache
def icon_data(icon: str) -> str | None:
    """The PNG of ``module.Class`` of ``diagrams.aws`` as base64; None where there is none."""
    path = icon_file(icon)
    return b64encode(path.read_bytes()).decode("ascii") if path is not None and path.is_file() else None


def icons_of(scene: Scene, *, small: bool = False) -> dict[str, str]:
    """The icons of a scene that can be drawn, as base64 of PNGs, in a stable order; ``small`` for small files."""
    names = {icon for node in scene.nodes for icon in (node.icon, *node.icons)}
    found = {}
    for name in sorted(names):
        image = scene.images.get(name)
        if image is not None:
            found[name] = b64encode(image.data).decode("ascii")
        elif (data := (_small if small else icon_data)(name)) is not None:
            found[name] = data
    return found


@cache
def _small(icon: str) -> str | None:
    """An icon with fewer pixels and colours, a tenth of the size; None where there is none."""
    path = icon_file(icon)
    if path is None or not path.is_file():
        return None
    from PIL import Image  # noqa: PLC0415  only for pictures with icons

    written = BytesIO()
    with Image.open(path) as image:
        shrunk = image.convert("RGBA").resize((_SMALL, _SMALL), Image.Resampling.LANCZOS)
    shrunk.quantize(_COLOURS, Image.Quantize.FASTOCTREE).save(written, "PNG", optimize=True)
    return b64encode(written.getvalue()).decode("ascii")


def icon_file(icon: str) -> Path | None:
    """The file of an icon of ``diagrams``; None where there is none."""
    module, _, name = icon.partition(".")
    if not name or find_spec("diagrams") is None:
        return None
    try:
        class_ = getattr(import_module(f"diagrams.aws.{module}"), name)
    except (ImportError, AttributeError):
        return None
    spec = find_spec("diagrams")
    if spec is None or spec.origin is None:
        return None
    folder: str = class_._icon_dir  # noqa: SLF001  there is no public way
    file: str = class_._icon  # noqa: SLF001
    return Path(spec.origin).parent.parent / folder / file
