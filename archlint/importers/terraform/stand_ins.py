"""Stand-ins for modules of the public registry, which are not on disk: what well-known inputs certainly make."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from archlint.importers.terraform.folder import Folder, declare
from archlint.source.hcl import parse_hcl

_HOME = Path(__file__).parent / "registry"
_REGISTRY = re.compile(
    r"(?:registry\.terraform\.io/|registry\.opentofu\.org/)?([\w-]+)/([\w-]+)/aws(?://modules/([\w-]+))?\Z"
)
_GIT = re.compile(
    r"(?:git::)?(?:https://|ssh://git@|git@)?github\.com[:/]([\w-]+)/terraform-aws-([\w-]+?)(?:\.git)?"
    r"(?://modules/([\w-]+))?(?:\?.*)?\Z"
)


def stand_in_for(source: str) -> Folder | None:
    """The stand-in for a module source of the registry or of its repository; None where there is none."""
    found = _REGISTRY.match(source) or _GIT.match(source)
    if found is None:
        return None
    namespace, name, inner = found.groups()
    return _read(_HOME / namespace / (f"{name}.{inner}.tf" if inner else f"{name}.tf"))


@cache
def _read(file: Path) -> Folder | None:
    if not file.is_file():
        return None
    folder = Folder(file.parent)
    declare(folder, parse_hcl(file.name, file.read_text(encoding="utf-8")))
    return folder
