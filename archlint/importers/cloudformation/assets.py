"""The files beside a synthesized template that the CDK publishes: the templates of nested stacks.

https://docs.aws.amazon.com/cdk/v2/guide/assets.html
"""

from __future__ import annotations

import re
from pathlib import Path

from archlint.importers.cloudformation.item import Item
from archlint.importers.infrastructure.symbols import mapping, shown, word
from archlint.source import TooDeepError, plain

_PUBLISHED = re.compile(r"/(?P<hash>[0-9a-f]{64})\.json\Z")
_MANIFESTS = "*.assets.json"
_MOST = 200
"""Manifests of assets that are looked through: there is one for each stack of a folder."""


def nested_template(item: Item) -> str:
    """The file of a nested stack's template: what its metadata or a manifest of assets says; empty if neither does."""
    metadata = mapping(item.body.get("Metadata"))
    if metadata.get("aws:asset:property") == "TemplateURL":
        return word(metadata.get("aws:asset:path"))
    found = _PUBLISHED.search(shown(item.get("TemplateURL")))
    base = item.build.folder.path
    if found is None or base is None:
        return ""
    manifests = sorted(Path(base).glob(_MANIFESTS))[:_MOST]
    return next((path for file in manifests if (path := _source(item, file, found["hash"]))), "")


def _source(item: Item, manifest: Path, hash_: str) -> str:
    context = item.build.context
    document = context.document(manifest) if context.inside(manifest.parent, manifest.name) is not None else None
    if document is None:
        return ""
    try:
        data: object = plain(document.root, context.limits.depth)
    except TooDeepError:
        return ""
    for key in ("files", hash_, "source", "path"):
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""
