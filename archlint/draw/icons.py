"""Icons of component types, from the ``diagrams`` package."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path


@cache
def icon_data(icon: str) -> str | None:
    """The PNG of ``module.Class`` of ``diagrams.aws`` as base64; None where there is none."""
    path = _path(icon)
    return b64encode(path.read_bytes()).decode("ascii") if path is not None and path.is_file() else None


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
