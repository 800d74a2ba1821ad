"""How a setting is written where a finding stands: the text to paste, in each language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from posixpath import dirname

from archlint.importers import Reading
from archlint.importers.serverless.naming import function_id
from archlint.model import (
    Component,
    Connection,
    Properties,
    Site,
    Value,
)
from archlint.report.nesting import listed, nested
from archlint.report.placing import event_at, event_in, is_sam, item_at, keys_of, text_at, type_at, value_at, written_at
from archlint.report.speaking import Speech
from archlint.report.terms import Term
from archlint.source import Document
from archlint.vocabulary import vocabulary

_RECEIVES = 5
_COUNT = re.compile(r"(\bmaxReceiveCount\b\"?\s*[=:]\s*)[^\s,{}()]+(?=\s*[,}\n])")
"""What a redrive policy says of its receives, in Terraform."""
ITSELF = ("component", "resource")
"""The places that are the component's own."""
_OLD_RULE = "CloudWatchEvent"
"""SAM's first name for a rule's event; its properties are fewer."""
_URL = "FunctionUrlConfig"
MAPPINGS = {
    "mapping": ("event source mapping", "aws_lambda_event_source_mapping"),
    "subscription": ("subscription", "aws_sns_topic_subscription"),
    "target": ("target", "aws_cloudwatch_event_target"),
}
"""What stands between two components: what it is called, and Terraform's type."""


class Phrasing:
    """Writes about one finding, which may be of a connection."""

    def __init__(self, speech: Speech, reading: Reading, edge: Connection | None) -> None:
        self._speech = speech
        self._language = speech.language
        self._known = reading.architecture.by_id
        self._documents = reading.documents
        self._edge = edge

    def value(self, language: str, term: Term, target: str, value: Value, said: Properties) -> str:
        """The value of a setting, which may name the target of a connection."""
        language = language if language in term.values else ""
        template = term.values.get(language or ("terraform" if self._language == "terraform" else "cloudformation"))
        receives = said.get("max_receives", value if isinstance(value, int) and value else _RECEIVES)
        if template is not None:
            name = self.reference(target)
            return template.replace("{target}", name).replace("{receives}", str(receives))
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return f"{value / term.divide:g}" if term.divide > 1 else str(value)
        word = term.words.get(str(value), str(value))
        return f'"{word}"' if self._language == "terraform" else word

    def reference(self, id_: str) -> str:
        """How the language names another resource: an address in Terraform, else a logical id."""
        component = self._known.get(id_)
        name = local_name(component) if component is not None else id_.rpartition(".")[2]
        if self._language != "terraform":
            return name if component is not None else "".join(part[:1].upper() + part[1:] for part in name.split("-"))
        if component is None:
            return f"aws_sqs_queue.{name.replace('-', '_')}"
        return name

    def logical_id(self, component: Component) -> str:
        """How the resources of a language name a component: a function of serverless.yml by the id that it is given."""
        name = self.reference(component.id)
        return function_id(name) if self._is_function_of_serverless(component) else name

    def _is_function_of_serverless(self, component: Component) -> bool:
        declared = component.site.route[:1] in {("Resources",), ("resources",)}
        return self._language == "serverless" and not declared and component.type in vocabulary().members("function")

    def repetition(self, component: Component) -> str:
        """The argument that makes a resource of Terraform several times, ``count`` or ``for_each``; empty for one."""
        document = self._documents.get(component.site.document)
        if self._language != "terraform" or document is None or not component.site.route:
            return ""
        arguments = ("count", "for_each")
        return next((name for name in arguments if value_at(document, (component.site.route[0], name))), "")

    def can_name(self, id_: str, beside: Site, *, each: bool = False) -> bool:
        """Whether what stands at a place can refer to a component by its name: what a fix adds, or a resource there.

        An end that a parameter, an import or an ARN leads to has a name that nothing else knows; what is there several
        times can only be spoken of one by one, which ``each`` says that it is.
        """
        component = self._known.get(id_)
        if component is None:
            return True
        route, name = component.site.route, local_name(component)
        if self._language == "terraform":
            near = dirname(component.site.document) == dirname(beside.document)
            known = near and route[:1] == (f"resource.{name.partition('[')[0]}",) and "[" not in name
            return known and (each or not self.repetition(component))
        if self._is_function_of_serverless(component):
            return True
        if route[:1] == ("resources",):
            return route == ("resources", "Resources", name)
        document = self._documents.get(component.site.document)
        if route[:1] != ("Resources",) or len(route) < 2 or document is None:
            return False
        made = is_sam(type_at(document, component.site)) and name.startswith(str(route[1]))
        here = component.site.document == beside.document or self._language == "serverless"
        return here and (made or route == ("Resources", name))

    def snippet(self, term: Term, path: str, value: str, ends: tuple[Component, Component], *, inside: bool) -> str:
        """The text to paste: ``value`` at ``path``, in what has it; ``ends`` are the source and what has it.

        ``inside`` says that it stands among the resources of a serverless.yml.
        """
        source, owner = ends
        if self._language == "terraform":
            return self._hcl(term, path, value, owner)
        parts = path.split(".")
        name = local_name(owner)
        if term.place == "resource":
            above = self._below(["resources", "Resources", name]) if self._language == "serverless" else [name]
            text = nested([*above, *parts], value)
            return f"{text}\n{'  ' * len(above)}UpdateReplacePolicy: {value}"
        if self._language == "serverless" and not inside:
            above = self._below(self._machine() or ["functions", self._event_owner(owner)])
            if term.place in ITSELF:
                return nested([*above, *parts], value)
            kind = ("sqs" if source.type == "sqs" else "stream") if term.place == "mapping" else parts.pop(0)
            return self._in_event([*above, "events"], kind, parts, value)
        if term.place not in ITSELF:
            return self._between(term, parts, value)
        above = self._below(["resources", "Resources", name, "Properties"]) if inside else self._home(owner)
        return nested([*above, *parts], value)

    def _machine(self) -> list[str]:
        """The keys down to the state machine whose event a connection was read from; none if it is another's."""
        keys = [*self._speech.mount, *map(str, self._edge.site.route)] if self._edge is not None else []
        return keys[: keys.index("events")] if keys[:1] == ["stepFunctions"] and "events" in keys else []

    def event_path(self, path: str) -> str:
        """A setting of an event of serverless.yml by its path, or empty where events of its kind do not have it.

        Those of state machines are read by a plugin: https://github.com/serverless-operations/serverless-step-functions
        """
        document = self._documents.get(self._edge.site.document) if self._edge is not None else None
        kind = event_in(document, self._edge.site)[0] if self._edge is not None and document is not None else ""
        if self._machine():
            return "eventBridge.deadLetterConfig" if kind in {"eventBridge", "cloudwatchEvent"} else ""
        return path if kind in {"", path.partition(".")[0]} else ""

    def _below(self, keys: list[str]) -> list[str]:
        """Keys of a serverless.yml, without those that stand above a part of it."""
        mount = list(self._speech.mount)
        return keys[len(mount) :] if keys[: len(mount)] == mount else keys

    @staticmethod
    def is_declared(owner: Component) -> bool:
        """Whether a component is a resource of a template by its own id, or a function's URL; true elsewhere."""
        route = owner.site.route
        made = route[:1] == ("Resources",) and len(route) > 1 and route[1] != local_name(owner)
        return not made or route[-1] == _URL

    @staticmethod
    def _home(owner: Component) -> list[str]:
        """The keys down to what a component of a template is set in."""
        if owner.site.route[-1:] == (_URL,):
            return [str(key) for key in owner.site.route[1:]]
        return [local_name(owner), "Properties"]

    def is_scheduler(self, component: Component) -> bool:
        """Whether it is a schedule of EventBridge Scheduler, which sends with a role of its own."""
        document = self._documents.get(component.site.document)
        if document is None or not component.site.route:
            return False
        if self._language == "terraform":
            return ".aws_scheduler_schedule." in str(component.site.route[0])
        return type_at(document, component.site) == "AWS::Scheduler::Schedule"

    def _event_owner(self, owner: Component) -> str:
        """The function whose events say it: what an event source delivers to."""
        functions = vocabulary().members("function")
        edge = self._edge
        return local_name(edge.target if edge is not None and owner.type not in functions else owner)

    def _in_event(self, above: Sequence[str], kind: str, parts: Sequence[str], value: str) -> str:
        """What stands in an event of serverless.yml, with what the event says already."""
        document = self._documents.get(self._edge.site.document) if self._edge is not None else None
        said: list[str] = []
        if self._edge is not None and document is not None:
            found, said = event_in(document, self._edge.site)
            kind = found or kind
        settings = [*_without(parts, said), *nested(parts, value).splitlines()]
        item = [f"{kind}:", *(f"  {line}" for line in settings)]
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
            if keys[-1] == "- " and self._speech.form == "cdk":
                keys[-1] = str(self._edge.site.route[4])  # an override has the number of an item
            keys = self._below(keys)
            if keys[-1] != "- ":
                return nested([*keys, *parts], value)
            item = [*_without(parts, item_at(document, self._edge.site)), *nested(parts, value).splitlines()]
            return listed(keys[:-1], "# in the target that is there", item)
        if self._edge is not None and document is not None and self._edge.site.route[3:4] == ("Subscription",):
            return self._own_subscription(document, self._edge, nested(parts, value))
        return f"# in the {MAPPINGS[term.place][0]}\n" + nested(["Properties", *parts], value)

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
        scheduled = term.place == "target" and self.is_scheduler(owner)
        itself = term.place in ITSELF or scheduled
        type_ = next(iter(types), "") if itself else MAPPINGS[term.place][1]
        address = local_name(owner).partition("[")[0].split(".")
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


def _without(parts: Sequence[str], said: Sequence[str]) -> list[str]:
    """What is said already, but for the setting that is said anew."""
    return [line for line in said if line.partition(":")[0] != parts[0]]


def receiving(document: Document, site: Site, receives: str) -> str:
    """A redrive policy of Terraform as it is written, with other receives; empty where it does not say them itself."""
    header = str(site.route[0]).partition("[")[0].split(".")
    text, count = _COUNT.subn(rf"\g<1>{receives}", text_at(document, site.route))
    if count != 1 or len(header) != 3 or site.route[1:] != ("redrive_policy",):
        return ""
    return f'resource "{header[1]}" "{header[2]}" {{\n  redrive_policy = {text}\n}}'


def local_name(component: Component) -> str:
    """A component's id without its service's."""
    return component.id if component.service is None else component.id.removeprefix(f"{component.service}.")
