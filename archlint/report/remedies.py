"""What to change in the language that a finding's element was written in, with a snippet to paste."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archlint.importers import Reading
from archlint.importers.languages import LANGUAGES, language_of
from archlint.model import AddConnection, Change, Component, Finding, Properties, SetProperty, Style, Value, is_unknown
from archlint.report.terms import CONNECT, SET, Term
from archlint.vocabulary import vocabulary

_RECEIVES = 5
_MAPPINGS = {
    "mapping": ("event source mapping", "aws_lambda_event_source_mapping"),
    "subscription": ("subscription", "aws_sns_topic_subscription"),
    "target": ("target", "aws_cloudwatch_event_target"),
}


class Remedy(NamedTuple):
    """``language`` is its title, ``term`` the property there, ``where`` what has it, ``snippet`` the text."""

    language: str
    term: str
    where: str
    snippet: str

    @property
    def sentence(self) -> str:
        """What to do, in words."""
        return f"in {self.language}, set {self.term} of {self.where}"


def remedies(finding: Finding, reading: Reading) -> tuple[Remedy, ...]:
    """What each change of a finding's fix is called where the finding stands; nothing for a description."""
    document = reading.documents.get(finding.site.document)
    if finding.fix is None or document is None or (language := language_of(document)) == "description":
        return ()
    teller = _Teller(language, reading, finding.fix.changes)
    found = (teller.remedy(change) for change in finding.fix.changes)
    return tuple(dict.fromkeys(one for one in found if one is not None))


class _Teller:
    def __init__(self, language: str, reading: Reading, changes: Sequence[Change]) -> None:
        self._language = language
        self._known = reading.architecture.by_id
        self._changes = changes

    def remedy(self, change: Change) -> Remedy | None:
        match change:
            case SetProperty(name, value, component=str(id_)) if id_ in self._known:
                return self._told(SET, name, self._known[id_], "", value, {})
            case SetProperty(name, value, connection=(source, target, _, _)) if source in self._known:
                return self._told(SET, name, self._known[source], target, value, {})
            case AddConnection(source, target, Style.ERROR) if source in self._known:
                component = self._known[source]
                action = change.action or ("redrive" if component.type == "sqs" else "on_failure")
                return self._told(CONNECT, action, component, target, None, change.properties)
            case _:
                return None

    def _told(  # noqa: PLR0913, PLR0917  what a change says
        self, table: Sequence[Term], what: str, component: Component, target: str, value: Value, said: Properties
    ) -> Remedy | None:
        term = next((term for term in table if term.what == what and _fits(term, component, said)), None)
        if term is None or is_unknown(value):
            return None
        language = self._language
        inside = language == "serverless" and "serverless" not in term.paths
        path = term.paths.get(language) or term.paths["cloudformation"]
        written = self._value(term, target, value, said)
        if term.place == "component":
            where = component.id
        else:
            ends = f"from {component.id} to {target}" if table is SET else f"of {component.id}"
            where = f"the {_MAPPINGS[term.place][0]} {ends}"
        owner = self._function(term, component, target) if table is SET else component
        return Remedy(
            LANGUAGES[language], path, where, self._snippet(term, path, written, (component, owner), inside=inside)
        )

    def _function(self, term: Term, component: Component, target: str) -> Component:
        """A mapping is written beside the function that it invokes."""
        return self._known.get(target, component) if term.place == "mapping" else component

    def _value(self, term: Term, target: str, value: Value, said: Properties) -> str:
        language = self._language if self._language in term.values else ""
        template = term.values.get(language or ("terraform" if self._language == "terraform" else "cloudformation"))
        receives = said.get("max_receives", value if isinstance(value, int) and value else _RECEIVES)
        if template is not None:
            name = self._reference(target)
            return template.replace("{target}", name).replace("{receives}", str(receives))
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return f"{value / term.divide:g}" if term.divide > 1 else str(value)
        word = term.words.get(str(value), str(value))
        return f'"{word}"' if self._language == "terraform" else word

    def _reference(self, id_: str) -> str:
        """How the language names another resource: an address in Terraform, else a logical id."""
        component = self._known.get(id_)
        name = _local(component) if component is not None else id_.rpartition(".")[2]
        if self._language != "terraform":
            return name if component is not None else "".join(part.capitalize() for part in name.split("-"))
        if component is None:
            return f"aws_sqs_queue.{name.replace('-', '_')}"
        return name

    def _snippet(self, term: Term, path: str, value: str, ends: tuple[Component, Component], *, inside: bool) -> str:
        source, owner = ends
        if self._language == "terraform":
            return self._hcl(term, path, value, owner)
        parts = path.split(".")
        name = _local(owner)
        if self._language == "serverless" and not inside:
            above = ["functions", name]
            if term.place == "mapping":
                above += ["events", "- sqs" if source.type == "sqs" else "- stream"]
            return _nested([*above, *parts], value)
        if term.place != "component":
            title = _MAPPINGS[term.place][0]
            return f"# in the {title}\n" + _nested(["Properties", *parts], value)
        above = ["resources", "Resources", name, "Properties"] if inside else [name, "Properties"]
        return _nested([*above, *parts], value)

    def _hcl(self, term: Term, path: str, value: str, owner: Component) -> str:
        types = vocabulary().types[owner.type].terraform
        type_ = _MAPPINGS[term.place][1] if term.place in _MAPPINGS else next(iter(types), "")
        address = _local(owner).partition("[")[0].split(".")
        name = address[-1] if term.place == "component" else "…"
        if term.place == "component" and len(address) > 1:
            type_ = address[-2]
        *blocks, last = path.split(".")
        lines = [f'resource "{type_}" "{name}" {{']
        lines += [f"{'  ' * depth}{block} {{" for depth, block in enumerate(blocks, 1)]
        lines.append(f"{'  ' * (len(blocks) + 1)}{last} = {value}")
        lines += [f"{'  ' * depth}}}" for depth in range(len(blocks), -1, -1)]
        return "\n".join(lines)


def _fits(term: Term, component: Component, said: Properties) -> bool:
    types = vocabulary()
    right = any(component.type in types.members(group) for group in term.on)
    return right and (not term.attached_to or said.get("attached_to") == term.attached_to)


def _local(component: Component) -> str:
    return component.id if component.service is None else component.id.removeprefix(f"{component.service}.")


def _nested(keys: Sequence[str], value: str) -> str:
    """Keys one below the other, the value at the last; below an item of a list they stand further in."""
    lines, margin = [], 0
    for key in keys:
        lines.append(f"{' ' * margin}{key}:")
        margin += 4 if key.startswith("- ") else 2
    lines[-1] += f" {value}"
    return "\n".join(lines)
