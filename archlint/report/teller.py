"""What the changes of a fix are called in a language of infrastructure, and what has to be made for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from archlint.importers import Reading
from archlint.importers.languages import LANGUAGES
from archlint.model import (
    AddComponent,
    AddConnection,
    Change,
    Component,
    Connection,
    Finding,
    Properties,
    SetProperty,
    Style,
    Value,
    is_unknown,
)
from archlint.model.places import Route
from archlint.report import gates, made
from archlint.report.nesting import nested, quoted
from archlint.report.phrasing import ITSELF, MAPPINGS, Phrasing, local_name, receiving
from archlint.report.placing import (
    event_at,
    is_mapping,
    is_sam,
    keys_above,
    keys_of,
    stream_at,
    type_at,
    value_at,
    written_at,
)
from archlint.report.remedies import Remedy
from archlint.report.speaking import Speech
from archlint.report.terms import CONNECT, SET, Term
from archlint.vocabulary import vocabulary

_TRANSIENT = ", ".join(
    f"Lambda.{name}Exception"
    for name in ("Service", "AWSLambda", "SdkClient", "TooManyRequests", "ClientExecutionTimeout")
)
"""What a call of Lambda fails with although the function is right."""
_TEMPLATES = ("cloudformation", "sam")
_OF_INSTANCE = re.compile(r"\b(?:count|each)\.")
"""What only a resource with ``count`` or ``for_each`` can say."""


class Teller:
    """Tells of the changes of one finding."""

    def __init__(self, speech: Speech, reading: Reading, finding: Finding) -> None:
        self._speech = speech
        self._language = speech.language
        self._known = reading.architecture.by_id
        self._reading = reading
        self._documents = reading.documents
        self._path = finding.path
        self._edge = finding.connection
        self._phrasing = Phrasing(speech, reading, finding.connection)
        changes = finding.fix.changes if finding.fix is not None else ()
        self._watches = {(change.source, change.target) for change in changes if isinstance(change, AddConnection)}
        self._made = {change.id: change for change in changes if isinstance(change, AddComponent)}

    def remedy(self, change: Change) -> Remedy | None:
        """What one change is called; None if the language has no word for it, or what it needs is not known."""
        match change:
            case SetProperty("throttle", value, component=str(id_)) if id_ in self._known:
                return self._throttle(self._known[id_], value)
            case SetProperty("retry", True, connection=(source, _, _, _)) if source in self._known:
                return self._retry(self._known[source])
            case SetProperty(name, value, component=str(id_)) if id_ in self._known:
                return self._told(SET, name, self._known[id_], "", value, {})
            case SetProperty(name, value, connection=(source, target, _, _)) if source in self._known:
                self._speak_of(change)
                if name == "max_receives":
                    return self._receives(self._known[source], value)
                return self._told(SET, name, self._known[source], target, value, {})
            case AddConnection(source, target, Style.ERROR) if source in self._known:
                component = self._known[source]
                action = change.action or ("redrive" if component.type == "sqs" else "on_failure")
                return self._told(CONNECT, action, component, target, None, change.properties)
            case AddConnection(source, target) if source in self._made and target in self._known:
                return self._alarm(self._known[target])
            case _:
                return None

    def _speak_of(self, change: SetProperty) -> None:
        """The connection that a change is of, where the finding is of none itself."""
        found = [edge for edge in self._path if _address(edge) == change.connection]
        if self._edge is None and len(found) == 1:
            self._edge = found[0]
            self._phrasing = Phrasing(self._speech, self._reading, self._edge)

    def _throttle(self, component: Component, value: Value) -> Remedy | None:
        """The limits of an API, where the stage that has them is known."""
        document = self._documents.get(component.site.document)
        if document is None or not isinstance(value, Mapping):
            return None
        limits, name, found = (str(value["rate"]), str(value["burst"])), local_name(component), None
        if self._language == "terraform":
            found = gates.throttle_in_terraform(self._documents, component, name, limits)
        elif self._language == "serverless":
            found = gates.throttle_in_serverless(component, name, limits, part=self._speech.part)
        elif self._language in _TEMPLATES:
            synthesized = self._speech.form == "cdk"
            found = gates.throttle_in_template(document, component, name, limits, synthesized=synthesized)
        return Remedy(LANGUAGES[self._language], *found) if found is not None else None

    def _retry(self, workflow: Component) -> Remedy | None:
        """The retry of a state whose definition can be read; None where it is text, or the state has no name."""
        if self._edge is None or self._edge.site.part is not None or self._language == "terraform":
            return None
        route = [str(part) for part in self._edge.site.route]
        if len(route) < 2 or route[-2] != "States" or any(isinstance(part, int) for part in self._edge.site.route):
            return None  # in a branch, which has no name
        function = self._edge.target.type in vocabulary().members("function")
        above = route[1:] if self._language in _TEMPLATES else route
        keys = [f"{'  ' * depth}{quoted(key)}:" for depth, key in enumerate([*above, "Retry"])]
        lines = (
            f"- ErrorEquals: [{_TRANSIENT if function else 'States.TaskFailed'}]",
            *("  IntervalSeconds: 2", "  MaxAttempts: 3", "  BackoffRate: 2"),
        )
        text = "\n".join([*keys, *(f"{'  ' * len(keys)}{line}" for line in lines)])
        return Remedy(LANGUAGES[self._language], "Retry", f"the state {route[-1]} of {local_name(workflow)}", text)

    def _receives(self, queue: Component, value: Value) -> Remedy | None:
        """How often a queue is read before a message goes where it goes already; None if that is not written out."""
        document = self._documents.get(self._edge.site.document) if self._edge is not None else None
        if self._edge is None or document is None:
            return None
        if self._edge.site.route[:1] == ("constructs",):
            lines = nested([*(str(part) for part in self._edge.site.route[:2]), "maxRetries"], str(value))
            return Remedy(LANGUAGES[self._language], "maxRetries", queue.id, lines)
        if self._language != "terraform":
            written_out = is_mapping(document, self._edge.site)
            return self._told(SET, "max_receives", queue, "", value, {}) if written_out else None
        text = receiving(document, self._edge.site, str(value))
        return Remedy(LANGUAGES["terraform"], "redrive_policy", queue.id, text) if text else None

    def auth(self, component: Component, routes: tuple[Connection, ...]) -> Remedy | None:
        """Who may call an API, where the language has a default for all its routes."""
        document = self._documents.get(component.site.document)
        if document is None or self._language not in _TEMPLATES:
            return None
        found = gates.auth_in_template(document, component, local_name(component), routes)
        return Remedy(LANGUAGES["sam"], *found) if found is not None else None

    def _told(  # noqa: PLR0913, PLR0917  what a change says
        self, table: Sequence[Term], what: str, component: Component, target: str, value: Value, said: Properties
    ) -> Remedy | None:
        term = next((term for term in table if term.what == what and _fits(term, component, said)), None)
        if term is None or is_unknown(value) or self._language == "states":
            return None
        language = self._language_of(term, component)
        place = self._edge.site if self._edge is not None and term.place not in ITSELF else component.site
        own = (*self._speech.mount, *place.route)[:1] == ("resources",)
        inside = language == "serverless" and (own or "serverless" not in term.paths)
        language = "cloudformation" if inside else language
        path = term.paths.get(language, term.paths["cloudformation"])
        if "{stream}" in path:
            document = self._documents.get(component.site.document)
            stream = stream_at(document, component.site) if document is not None else ""
            path = path.replace("{stream}", stream) if stream else ""
        if language == "serverless" and term.place == "target" and path:
            path = self._phrasing.event_path(path)
        if not path:
            return None  # the language has no word for it
        if table is CONNECT and not self._phrasing.can_name(target, component.site):
            return None
        if inside and component.site.route[:1] == ("constructs",):
            return None  # serverless-lift makes the resource, and has words of its own
        written = self._phrasing.value(language, term, target, value, said)
        event = self._event() if term.place == "target" and target in self._made else ""
        if event:  # SAM makes the queue and its policy
            path, written = "DeadLetterConfig", "{Type: SQS}"
        if term.place in ITSELF:
            where = component.id
        else:
            ends = f"from {component.id} to {target}" if table is SET else f"of {component.id}"
            where = f"the {MAPPINGS[term.place][0]} {ends}"
        owner = self._function(term, component, target) if table is SET else component
        if term.place in ITSELF and not self._phrasing.is_declared(owner):
            return None  # what makes it has words of its own
        text = self._phrasing.snippet(term, path, written, (component, owner), inside=inside)
        if target in self._made and table is CONNECT:
            name = f"{event}Queue" if event else self._phrasing.reference(target)
            blocks = () if event else self._blocks(term, component, target, inside=inside)
            text = self._beside(text, [*blocks, *self._alarms(target, name, own=bool(event))])
        return Remedy(LANGUAGES["serverless" if inside else language], path, where, text)

    def _beside(self, text: str, blocks: Sequence[str]) -> str:
        return made.beside(self._language, text, blocks, part=self._speech.part)

    def _language_of(self, term: Term, component: Component) -> str:
        """SAM's own words hold for SAM's own resources, in a template with the transform and without it."""
        if self._language in _TEMPLATES and term.place == "mapping" and "sam" in term.paths:
            return "sam" if self._event() else "cloudformation"
        if self._language not in _TEMPLATES or term.place not in ITSELF:
            return self._language
        document = self._documents.get(component.site.document)
        type_ = type_at(document, component.site) if document is not None else ""
        if is_sam(type_):
            return "sam"
        return "cloudformation" if type_ and "sam" in term.paths else self._language

    def _blocks(self, term: Term, component: Component, target: str, *, inside: bool) -> Iterator[str]:
        """The queue that does not stand there yet, and what lets the one that fails send to it."""
        name = self._phrasing.reference(target)
        yield made.queue(self._language, name, self._made[target].properties)
        if term.place == "subscription":
            if inside or self._language != "serverless":  # which makes the policy itself, of its own events
                yield made.topic_may_send(self._language, name, self._topic(component))
        elif term.place == "target" and not self._phrasing.is_scheduler(component):
            yield made.rules_may_send(self._language, name)
        elif term.what == "on_failure" and not self._has_made_role(component):
            yield f"# the role of {local_name(component)} needs sqs:SendMessage on {name}"

    def _alarms(self, target: str, name: str, *, own: bool = False) -> Iterator[str]:
        """The alarms on a component that a fix adds, by the component's name, if it is one of its ``own``."""
        known = self._known.get(target)
        type_ = self._made[target].type if known is None else known.type
        for id_, alarm in self._made.items():
            metric = alarm.properties.get("metric")
            if made.tells(metric, type_) and (id_, target) in self._watches:
                called = f"{name}Depth" if own else self._phrasing.reference(id_)
                repetition = self._phrasing.repetition(known) if known is not None else ""
                yield made.alarm(self._language, called, str(metric), name, repetition)

    def _alarm(self, watched: Component) -> Remedy | None:
        """An alarm on what stands there; None if its name cannot be had from where the snippet stands."""
        name = self._phrasing.logical_id(watched)
        blocks = (
            list(self._alarms(watched.id, name)) if self._phrasing.can_name(watched.id, watched.site, each=True) else []
        )
        if not blocks:
            return None
        term = "aws_cloudwatch_metric_alarm" if self._language == "terraform" else "AWS::CloudWatch::Alarm"
        return Remedy(LANGUAGES[self._language], term, watched.id, self._beside("", blocks), "add")

    def _event(self) -> str:
        """The id that SAM gives to what it makes of the event that a connection was read from; empty for others."""
        document = self._documents.get(self._edge.site.document) if self._edge is not None else None
        return event_at(document, self._edge.site) if self._edge is not None and document is not None else ""

    def _topic(self, component: Component) -> str:
        """The ARN of a topic, as the subscription names it, else as the topic is declared."""
        document = self._documents.get(self._edge.site.document) if self._edge is not None else None
        if self._edge is not None and document is not None:
            if self._language == "terraform":
                routes: list[Route] = [(*self._edge.site.route[:1], "topic_arn")]
            else:
                keys = keys_of(document, self._edge.site)
                head = () if keys is None or keys[0] == "resources" else ("Resources",)
                routes = [(*head, *keys, name) for name in ("TopicArn", "Topic")] if keys is not None else []
            if text := next(filter(None, (written_at(document, route) for route in routes)), ""):
                return self._of_all(component, text)
        name = self._phrasing.reference(component.id)
        return f"{name}.arn" if self._language == "terraform" else f"!Ref {name}"

    def _of_all(self, topic: Component, written: str) -> str:
        """The ARN of a topic as a subscription writes it, for what is not there as often as the subscription."""
        if self._language != "terraform" or not _OF_INSTANCE.search(written):
            return written
        repetition = self._phrasing.repetition(topic)
        if not self._phrasing.can_name(topic.id, topic.site, each=True):
            return written
        name = self._phrasing.reference(topic.id)
        return f"{name}[*].arn" if repetition == "count" else f"values({name})[*].arn" if repetition else f"{name}.arn"

    def _has_made_role(self, component: Component) -> bool:
        """Whether what deploys a function makes its role, with the permissions for where failures go."""
        document = self._documents.get(component.site.document)
        over = len(keys_above(component.site.route))
        if document is None or (self._language == "serverless" and not over):
            return True
        role = (*component.site.route[: over + 2], "Properties", "Role")
        return is_sam(type_at(document, component.site)) and value_at(document, role) is None

    def _function(self, term: Term, component: Component, target: str) -> Component:
        """A mapping is written beside the function that it invokes."""
        return self._known.get(target, component) if term.place == "mapping" else component


def _address(edge: Connection) -> tuple[str, str, Style, str]:
    return edge.source.id, edge.target.id, edge.style, edge.action


def _fits(term: Term, component: Component, said: Properties) -> bool:
    types = vocabulary()
    right = any(component.type in types.members(group) for group in term.on)
    return right and (not term.attached_to or said.get("attached_to") == term.attached_to)
