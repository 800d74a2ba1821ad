"""What to change in the language that a finding's element was written in, with a snippet to paste."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from archlint.importers import Reading
from archlint.importers.languages import LANGUAGES, language_of
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
from archlint.model.tuples import NamedTuple
from archlint.report import gates, made
from archlint.report.nesting import listed, nested
from archlint.report.placing import event_at, event_in, is_sam, item_at, keys_of, type_at, value_at, written_at
from archlint.report.terms import CONNECT, SET, Term
from archlint.source import Document
from archlint.vocabulary import vocabulary

_RECEIVES = 5
_ITSELF = ("component", "resource")
"""The places that are the component's own."""
_OPEN = "public-api-without-auth"
"""A rule without a fix, as who may call is not for a linter to say; what a language calls it can be told."""
_TRANSIENT = ", ".join(
    f"Lambda.{name}Exception"
    for name in ("Service", "AWSLambda", "SdkClient", "TooManyRequests", "ClientExecutionTimeout")
)
"""What a call of Lambda fails with although the function is right."""
_OLD_RULE = "CloudWatchEvent"
"""SAM's first name for a rule's event; its properties are fewer."""
_TEMPLATES = ("cloudformation", "sam")
_MAPPINGS = {
    "mapping": ("event source mapping", "aws_lambda_event_source_mapping"),
    "subscription": ("subscription", "aws_sns_topic_subscription"),
    "target": ("target", "aws_cloudwatch_event_target"),
}


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
    document = reading.documents.get(finding.site.document)
    if document is None or (language := language_of(document)) == "description":
        return ()
    teller = _Teller(language, reading, finding)
    if finding.fix is None:
        open_ = finding.component is not None and finding.rule == _OPEN
        offered = teller.auth(finding.component, finding.path) if open_ and finding.component is not None else None
        return (offered,) if offered is not None else ()
    found = (teller.remedy(change) for change in finding.fix.changes)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def by_hand(finding: Finding, reading: Reading) -> bool:
    """Whether a fix is a person's to make: only descriptions are changed."""
    document = reading.documents.get(finding.site.document)
    return document is not None and language_of(document) != "description"


class _Teller:
    def __init__(self, language: str, reading: Reading, finding: Finding) -> None:
        self._language = language
        self._known = reading.architecture.by_id
        self._documents = reading.documents
        self._edge = finding.connection
        changes = finding.fix.changes if finding.fix is not None else ()
        self._watches = {(change.source, change.target) for change in changes if isinstance(change, AddConnection)}
        self._made = {change.id: change for change in changes if isinstance(change, AddComponent)}

    def remedy(self, change: Change) -> Remedy | None:
        match change:
            case SetProperty("throttle", value, component=str(id_)) if id_ in self._known:
                return self._throttle(self._known[id_], value)
            case SetProperty("retry", True, connection=(source, _, _, _)) if source in self._known:
                return self._retry(self._known[source])
            case SetProperty(name, value, component=str(id_)) if id_ in self._known:
                return self._told(SET, name, self._known[id_], "", value, {})
            case SetProperty(name, value, connection=(source, target, _, _)) if source in self._known:
                return self._told(SET, name, self._known[source], target, value, {})
            case AddConnection(source, target, Style.ERROR) if source in self._known:
                component = self._known[source]
                action = change.action or ("redrive" if component.type == "sqs" else "on_failure")
                return self._told(CONNECT, action, component, target, None, change.properties)
            case AddConnection(source, target) if source in self._made and target in self._known:
                return self._alarm(self._known[target])
            case _:
                return None

    def _throttle(self, component: Component, value: Value) -> Remedy | None:
        """The limits of an API, where the stage that has them is known."""
        document = self._documents.get(component.site.document)
        if document is None or not isinstance(value, Mapping):
            return None
        limits, name, found = (str(value["rate"]), str(value["burst"])), _local(component), None
        if self._language == "terraform":
            found = gates.throttle_in_terraform(self._documents, component, name, limits)
        elif self._language in _TEMPLATES:
            found = gates.throttle_in_template(document, component, name, limits)
        return Remedy(LANGUAGES[self._language], *found) if found is not None else None

    def _retry(self, workflow: Component) -> Remedy | None:
        """The retry of a state whose definition stands in the template; None where it stands elsewhere, or as text."""
        route = [str(part) for part in self._edge.site.route] if self._edge is not None else []
        if self._edge is None or self._language not in _TEMPLATES or route[:1] != ["Resources"]:
            return None
        if len(route) < 2 or route[-2] != "States" or self._edge.site.part is not None:
            return None
        if any(isinstance(part, int) for part in self._edge.site.route):
            return None  # in a branch, which has no name
        function = self._edge.target.type in vocabulary().members("function")
        keys = [f"{'  ' * depth}{key}:" for depth, key in enumerate([*route[1:], "Retry"])]
        lines = (
            f"- ErrorEquals: [{_TRANSIENT if function else 'States.TaskFailed'}]",
            *("  IntervalSeconds: 2", "  MaxAttempts: 3", "  BackoffRate: 2"),
        )
        text = "\n".join([*keys, *(f"{'  ' * len(keys)}{line}" for line in lines)])
        return Remedy(LANGUAGES[self._language], "Retry", f"the state {route[-1]} of {_local(workflow)}", text)

    def auth(self, component: Component, routes: tuple[Connection, ...]) -> Remedy | None:
        """Who may call an API, where the language has a default for all its routes."""
        document = self._documents.get(component.site.document)
        if document is None or self._language not in _TEMPLATES:
            return None
        found = gates.auth_in_template(document, component, _local(component), routes)
        return Remedy(LANGUAGES["sam"], *found) if found is not None else None

    def _told(  # noqa: PLR0913, PLR0917  what a change says
        self, table: Sequence[Term], what: str, component: Component, target: str, value: Value, said: Properties
    ) -> Remedy | None:
        term = next((term for term in table if term.what == what and _fits(term, component, said)), None)
        if term is None or is_unknown(value):
            return None
        language = self._language_of(term, component)
        inside = language == "serverless" and "serverless" not in term.paths
        path = term.paths.get(language, term.paths["cloudformation"])
        if not path:
            return None  # the language has no word for it
        if inside and component.site.route[:1] == ("constructs",):
            return None  # serverless-lift makes the resource, and has words of its own
        written = self._value(language, term, target, value, said)
        event = self._event() if term.place == "target" and target in self._made else ""
        if event:  # SAM makes the queue and its policy
            path, written = "DeadLetterConfig", "{Type: SQS}"
        if term.place in _ITSELF:
            where = component.id
        else:
            ends = f"from {component.id} to {target}" if table is SET else f"of {component.id}"
            where = f"the {_MAPPINGS[term.place][0]} {ends}"
        owner = self._function(term, component, target) if table is SET else component
        text = self._snippet(term, path, written, (component, owner), inside=inside)
        if target in self._made and table is CONNECT:
            name = f"{event}Queue" if event else self._reference(target)
            blocks = () if event else self._blocks(term, component, target)
            text = made.beside(self._language, text, [*blocks, *self._alarms(target, name, own=bool(event))])
        return Remedy(LANGUAGES[language], path, where, text)

    def _language_of(self, term: Term, component: Component) -> str:
        """SAM's own words hold for SAM's own resources, in a template with the transform and without it."""
        if self._language not in _TEMPLATES or term.place not in _ITSELF:
            return self._language
        document = self._documents.get(component.site.document)
        type_ = type_at(document, component.site) if document is not None else ""
        if is_sam(type_):
            return "sam"
        return "cloudformation" if type_ and "sam" in term.paths else self._language

    def _blocks(self, term: Term, component: Component, target: str) -> Iterator[str]:
        """The queue that does not stand there yet, and what lets the one that fails send to it."""
        name = self._reference(target)
        yield made.queue(self._language, name, self._made[target].properties)
        if term.place == "subscription":
            if self._language != "serverless":  # which makes the policy itself
                yield made.topic_may_send(self._language, name, self._topic(component))
        elif term.place == "target" and not self._is_scheduler(component):
            yield made.rules_may_send(self._language, name)
        elif term.what == "on_failure" and not self._has_made_role(component):
            yield f"# the role of {_local(component)} needs sqs:SendMessage on {name}"

    def _alarms(self, target: str, name: str, *, own: bool = False) -> Iterator[str]:
        """The alarms on a queue that a fix adds, by the queue's name, if the queue is one of its ``own``."""
        for id_, alarm in self._made.items():
            metric = alarm.properties.get("metric")
            if made.tells(metric) and (id_, target) in self._watches:
                called = f"{name}Depth" if own else self._reference(id_)
                yield made.alarm(self._language, called, str(metric), name)

    def _alarm(self, queue: Component) -> Remedy | None:
        """An alarm on a queue that stands there; None if its name cannot be had from where the snippet stands."""
        name = self._reference(queue.id)
        head = [str(part) for part in queue.site.route[:2]]
        if self._language == "terraform":
            named = name.startswith("aws_sqs_queue.") and "[" not in name
        else:
            named = head[:1] == ["Resources"] or head == ["resources", "Resources"]
        blocks = list(self._alarms(queue.id, name)) if named else []
        if not blocks:
            return None
        term = "aws_cloudwatch_metric_alarm" if self._language == "terraform" else "AWS::CloudWatch::Alarm"
        return Remedy(LANGUAGES[self._language], term, queue.id, made.beside(self._language, "", blocks), "add")

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
                keys = keys_of(document, self._edge.site) or []
                routes = [("Resources", *keys, name) for name in ("TopicArn", "Topic")]
            if text := next(filter(None, (written_at(document, route) for route in routes)), ""):
                return text
        name = self._reference(component.id)
        return f"{name}.arn" if self._language == "terraform" else f"!Ref {name}"

    def _is_scheduler(self, component: Component) -> bool:
        """Whether it is a schedule of EventBridge Scheduler, which sends with a role of its own."""
        document = self._documents.get(component.site.document)
        if document is None or not component.site.route:
            return False
        if self._language == "terraform":
            return ".aws_scheduler_schedule." in str(component.site.route[0])
        return type_at(document, component.site) == "AWS::Scheduler::Schedule"

    def _has_made_role(self, component: Component) -> bool:
        """Whether what deploys a function makes its role, with the permissions for where failures go."""
        document = self._documents.get(component.site.document)
        if document is None or self._language == "serverless":
            return True
        role = (*component.site.route[:2], "Properties", "Role")
        return is_sam(type_at(document, component.site)) and value_at(document, role) is None

    def _function(self, term: Term, component: Component, target: str) -> Component:
        """A mapping is written beside the function that it invokes."""
        return self._known.get(target, component) if term.place == "mapping" else component

    def _value(self, language: str, term: Term, target: str, value: Value, said: Properties) -> str:
        language = language if language in term.values else ""
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
            return name if component is not None else "".join(part[:1].upper() + part[1:] for part in name.split("-"))
        if component is None:
            return f"aws_sqs_queue.{name.replace('-', '_')}"
        return name

    def _snippet(self, term: Term, path: str, value: str, ends: tuple[Component, Component], *, inside: bool) -> str:
        source, owner = ends
        if self._language == "terraform":
            return self._hcl(term, path, value, owner)
        parts = path.split(".")
        name = _local(owner)
        if term.place == "resource":
            above = ["resources", "Resources", name] if self._language == "serverless" else [name]
            text = nested([*above, *parts], value)
            return f"{text}\n{'  ' * len(above)}UpdateReplacePolicy: {value}"
        if self._language == "serverless" and not inside:
            above = ["functions", self._event_owner(owner)]
            if term.place in _ITSELF:
                return nested([*above, *parts], value)
            kind = ("sqs" if source.type == "sqs" else "stream") if term.place == "mapping" else parts.pop(0)
            return self._in_event([*above, "events"], kind, parts, value)
        if term.place not in _ITSELF:
            return self._between(term, parts, value)
        above = ["resources", "Resources", name, "Properties"] if inside else [name, "Properties"]
        return nested([*above, *parts], value)

    def _event_owner(self, owner: Component) -> str:
        """The function whose events say it: what an event source delivers to."""
        functions = vocabulary().members("function")
        edge = self._edge
        return _local(edge.target if edge is not None and owner.type not in functions else owner)

    def _in_event(self, above: Sequence[str], kind: str, parts: Sequence[str], value: str) -> str:
        """What stands in an event of serverless.yml, with what the event says already."""
        document = self._documents.get(self._edge.site.document) if self._edge is not None else None
        said: list[str] = []
        if self._edge is not None and document is not None:
            found, said = event_in(document, self._edge.site)
            kind = found or kind
        item = [f"{kind}:", *(f"  {line}" for line in [*said, *nested(parts, value).splitlines()])]
        return listed(above, "# in the event that is there", item)

    def _between(self, term: Term, parts: Sequence[str], value: str) -> str:
        """What stands in a resource, event or target between two components."""
        document = self._documents.get(self._edge.site.document) if self._edge is not None else None
        keys = keys_of(document, self._edge.site) if self._edge is not None and document is not None else None
        if self._edge is not None and document is not None and keys is not None:
            kind = (*self._edge.site.route[:5], "Type")
            if event_at(document, self._edge.site) and written_at(document, kind) == _OLD_RULE:
                above, *inner = nested(keys, "").rstrip().splitlines()[:4], nested(["Properties", *parts], value)
                settings = "\n".join(inner).replace("\n", "\n        ")
                return "\n".join(
                    [*above, "        Type: EventBridgeRule  # the same, with this setting", f"        {settings}"]
                )
            if keys[-1] != "- ":
                return nested([*keys, *parts], value)
            item = [*item_at(document, self._edge.site), *nested(parts, value).splitlines()]
            return listed(keys[:-1], "# in the target that is there", item)
        if self._edge is not None and document is not None and self._edge.site.route[3:4] == ("Subscription",):
            return self._own_subscription(document, self._edge, nested(parts, value))
        return f"# in the {_MAPPINGS[term.place][0]}\n" + nested(["Properties", *parts], value)

    def _own_subscription(self, document: Document, edge: Connection, setting: str) -> str:
        """A subscription that a topic has among its properties as a resource: only that can keep what fails."""
        topic = str(edge.site.route[1])
        name = f"{topic}To{''.join(filter(str.isalnum, edge.target.name))}"
        said = [f"TopicArn: !Ref {topic}", *item_at(document, edge.site), *setting.splitlines()]
        return "\n".join(
            [
                f"# instead of that item of Subscription in {topic}, which has no RedrivePolicy",
                *(f"{name}:", "  Type: AWS::SNS::Subscription", "  Properties:"),
                *(f"    {line}" for line in said),
            ]
        )

    def _hcl(self, term: Term, path: str, value: str, owner: Component) -> str:
        types = vocabulary().types[owner.type].terraform
        scheduled = term.place == "target" and self._is_scheduler(owner)
        itself = term.place in _ITSELF or scheduled
        type_ = next(iter(types), "") if itself else _MAPPINGS[term.place][1]
        address = _local(owner).partition("[")[0].split(".")
        name = address[-1] if itself else self._link(type_)
        if itself and len(address) > 1:
            type_ = address[-2]
        path = f"target.{path}" if scheduled else path
        *blocks, last = path.split(".")
        lines = [f'resource "{type_}" "{name}" {{']
        lines += [f"{'  ' * depth}{block} {{" for depth, block in enumerate(blocks, 1)]
        lines.append(f"{'  ' * (len(blocks) + 1)}{last} = {value}")
        lines += [f"{'  ' * depth}}}" for depth in range(len(blocks), -1, -1)]
        return "\n".join(lines)

    def _link(self, type_: str) -> str:
        """The name of the resource between two components, where that is what the connection was read from."""
        header = str(self._edge.site.route[0]).split(".") if self._edge is not None and self._edge.site.route else []
        return header[2].partition("[")[0] if len(header) > 2 and header[1] == type_ else "…"


def _fits(term: Term, component: Component, said: Properties) -> bool:
    types = vocabulary()
    right = any(component.type in types.members(group) for group in term.on)
    return right and (not term.attached_to or said.get("attached_to") == term.attached_to)


def _local(component: Component) -> str:
    return component.id if component.service is None else component.id.removeprefix(f"{component.service}.")
