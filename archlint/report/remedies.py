"""What to change in the language that a finding's element was written in, with a snippet to paste."""

from __future__ import annotations

from archlint.importers import Reading
from archlint.model import Finding
from archlint.model.tuples import NamedTuple
from archlint.report.speaking import speech_at

_OPEN = "public-api-without-auth"
"""A rule without a fix, as who may call is not for a linter to say; what a language calls it can be told."""


class Remedy(NamedTuple):
    """``language`` is its title, ``term`` the property there, ``where`` what has it, ``snippet`` the text.

    A term is ``set``, or, if it is a kind of resource, one is to ``add``.
    """

    language: str
    term: str
    where: str
    snippet: str
    does: str = "set"

    @property
    def sentence(self) -> str:
        """What to do, in words."""
        return f"in {self.language}, {self.does} {self.term} {'of' if self.does == 'set' else 'for'} {self.where}"


def remedies(finding: Finding, reading: Reading) -> tuple[Remedy, ...]:
    """What each change of a finding's fix is called where the finding stands; nothing for a description."""
    speech = speech_at(finding.site.document, reading.documents)
    if speech.language == "description":
        return ()
    from archlint.report.teller import Teller  # noqa: PLC0415  only for code

    teller = Teller(speech, reading, finding)
    if finding.fix is None:
        open_ = finding.component is not None and finding.rule == _OPEN
        offered = teller.auth(finding.component, finding.path) if open_ and finding.component is not None else None
        found = [offered]
    else:
        found = [teller.remedy(change) for change in finding.fix.changes]
    told = dict.fromkeys(one for one in found if one is not None)
    if speech.form == "yaml":
        return tuple(told)
    from archlint.report.dialects import in_cdk, in_json  # noqa: PLC0415  most templates are YAML

    document = reading.documents[finding.site.document]
    if speech.form == "json":
        made = [in_json(one) for one in told]
    else:
        made = [in_cdk(one, document, reading.documents) for one in told]
    return tuple(one for one in made if one is not None)


def by_hand(finding: Finding, reading: Reading) -> bool:
    """Whether a fix is a person's to make: only descriptions are changed."""
    return speech_at(finding.site.document, reading.documents).language != "description"
