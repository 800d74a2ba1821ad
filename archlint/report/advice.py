"""What helps, with a word on where to say in code what only descriptions have a word for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archlint.importers import Reading
from archlint.model import Finding
from archlint.report.remedies import Remedy, remedies
from archlint.report.speaking import speech_at
from archlint.vocabulary import vocabulary

_WORD = re.compile(r"\b([a-z_]+)(?=`|: )")
_ALTERNATIVE = re.compile(r"\bor\b(?! more| less)")
_METADATA = "`Metadata: {archlint: {…}}` of the resource or in "
_CDK_METADATA = '`addMetadata("archlint", {…})` on the CfnResource or in '
_SIDECAR = "`overrides` of an archlint.yaml beside the file"


def advice_of(finding: Finding, reading: Reading) -> str:
    """What helps, in one line: on code what to change in the words of its language, where it has words for it."""
    offered = remedies(finding, reading)
    told = [remedy.sentence for remedy in offered]
    return "; ".join(filter(None, (*told, help_beside(finding, reading, offered))))


def help_beside(finding: Finding, reading: Reading, offered: Sequence[Remedy]) -> str:
    """The help, unless the remedies that are offered beside it say all of it in the words of the finding's language."""
    says_more = _only_said(finding) or _ALTERNATIVE.search(finding.help)
    return "" if offered and finding.fix is not None and not says_more else help_of(finding, reading)


def help_of(finding: Finding, reading: Reading) -> str:
    """The help of a finding; on code with the place for a word that code does not have."""
    words = _only_said(finding)
    speech = speech_at(finding.site.document, reading.documents) if words else None
    if speech is None or speech.language == "description":
        return finding.help
    own = words[0] not in vocabulary().connection_properties  # what metadata connects is one more connection
    above = _CDK_METADATA if speech.form == "cdk" else _METADATA
    where = f"{above}{_SIDECAR}" if own and speech.language in {"cloudformation", "sam"} else _SIDECAR
    return f"{finding.help}; `{words[0]}` is said in {where}"


def _only_said(finding: Finding) -> list[str]:
    """Words of a finding's help that only descriptions have."""
    return [word for word in _WORD.findall(finding.help) if word in vocabulary().only_said]
