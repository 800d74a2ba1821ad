"""What helps, with a word on where to say in code what only descriptions have a word for."""

from __future__ import annotations

import re

from archlint.importers import Reading
from archlint.importers.languages import language_of
from archlint.model import Finding
from archlint.vocabulary import vocabulary

_WORD = re.compile(r"\b([a-z_]+)(?=`|: )")
_METADATA = "`Metadata: {archlint: {…}}` of the resource or in "
_SIDECAR = "`overrides` of an archlint.yaml beside the file"


def help_of(finding: Finding, reading: Reading) -> str:
    """The help of a finding; on code with the place for a word that code does not have."""
    document = reading.documents.get(finding.site.document)
    words = [word for word in _WORD.findall(finding.help) if word in vocabulary().only_said]
    if document is None or not words or (language := language_of(document)) == "description":
        return finding.help
    own = words[0] not in vocabulary().connection_properties  # what metadata connects is one more connection
    where = f"{_METADATA}{_SIDECAR}" if own and language in {"cloudformation", "sam"} else _SIDECAR
    return f"{finding.help}; `{words[0]}` is said in {where}"
