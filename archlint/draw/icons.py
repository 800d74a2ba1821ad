"""Icons of component types, from the ``diagrams`` package."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from archlint.draw.scene import Scene


@cache
def icon_data(icon: str) -> str | None:
    """The PNG of ``module.Class`` of ``diagrams.aws`` as base64; None where there is none."""
    path = _path(icon)
    return b64encode(path.read_bytes()).decode("ascii") if path is not None and path.is_file() else None


def icons_of(scene: Scene) -> dict[str, str]:
    """The icons of a scene that can be drawn, as base64 of PNGs, in a stable order."""
    names = {icon for node in scene.nodes for icon in (node.icon, *node.icons)}
    found = {}
    for name in sorted(names):
        image = scene.images.get(name)
        data = b64encode(image.data).decode("ascii") if image is not None else icon_data(name)
        if data is not None:
            found[name] = data
    return found


def _path(icon: str) -> Path | None:
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
