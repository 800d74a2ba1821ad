"""Components that a configuration refers to in ways that are no connections: something uses them all the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from archlint.importers.infrastructure import Stack
from archlint.importers.terraform.addresses import stripped
from archlint.importers.terraform.module import Module


def note_mentions(stack: Stack, modules: Iterable[Module]) -> None:
    """Note the unconnected components of a stack whose address stands in their own module's files.

    Where it stands does not matter (an output, a module that is not at hand, a resource that is no component), so the
    text is searched: a declaration writes kind and name apart.
    """
    lonely: dict[str, list[str]] = defaultdict(list)
    for address in stack.unconnected():
        lonely[stripped(address)].append(address)
    for module in modules if lonely else ():
        prefix = stripped(module.prefix)
        own = [key for key in module.folder.resources if prefix + key in lonely]
        texts = [document.text for document in module.folder.documents.values()] if own else []
        for key in own:
            written = re.compile(rf"(?<![\w.-]){re.escape(key)}(?![\w-])")
            if any(written.search(text) for text in texts):
                stack.mentioned.update(lonely[prefix + key])
