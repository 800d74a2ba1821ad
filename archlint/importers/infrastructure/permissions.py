"""IAM permissions to connections: what a principal may do with which resource, and how sure that says it does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from archlint.importers.infrastructure.arns import named_by_arn, targets
from archlint.importers.infrastructure.covering import covers, covers_action
from archlint.importers.infrastructure.ends import End, Local, Named
from archlint.importers.infrastructure.grants import Grant, granted_by
from archlint.importers.infrastructure.stack import Stack
from archlint.importers.infrastructure.symbols import (
    Either,
    Reference,
    Symbol,
    Text,
    items,
    mapping,
    options,
    parts_of,
    shown,
    word,
)
from archlint.importers.infrastructure.symbols import field as at
from archlint.importers.infrastructure.wildcards import wildcard
from archlint.model import UNKNOWN, Confidence, Site, Style, Value
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple
from archlint.vocabulary import vocabulary

TELLING = 12
"""A wildcard over more components than that names none of them."""
_DENYING = 100
"""So many statements that deny are looked at for each principal: a role has room for fewer."""


class Statement(NamedTuple):
    """A statement that allows something, or denies it; ``resources`` are values as the source writes them.

    Without any it is about the service itself, as a policy template for Rekognition is. ``excluded`` are resources
    that it leaves out.
    """

    actions: tuple[str, ...]
    resources: tuple[Symbol, ...]
    site: Site
    sure: bool = True
    excluded: tuple[Symbol, ...] = ()
    denies: bool = False


class Principal(NamedTuple):
    """Who has a permission. ``alone`` is false where others have it by the same role: then it is a guess for each."""

    end: End
    alone: bool = True


def statements(document: Symbol, site: Site) -> Iterator[Statement]:
    """The statements of a policy document; ``site`` is the document's, each statement has its own below it.

    Of those that deny, only the ones that do so whatever the request is.
    """
    for policy, sure in options(document):
        for index, (statement, own) in enumerate(items(at(policy, "Statement"))):
            if not isinstance(statement, dict):
                continue
            denies = at(statement, "Effect") == "Deny"
            if denies and not (sure and own and _is_full(statement)):
                continue
            actions = tuple(word(action) for action, _ in items(at(statement, "Action")) if word(action))
            resources = tuple(resource for resource, _ in items(at(statement, "Resource")))
            excluded = tuple(resource for resource, _ in items(at(statement, "NotResource")))
            place = Site(site.document, (*site.route, "Statement", index))
            yield Statement(actions, resources or ("*",) * bool(excluded), place, sure and own, excluded, denies)


def _is_full(statement: Mapping[str, Symbol]) -> bool:
    return not {"Condition", "NotAction", "NotResource", "NotPrincipal"} & statement.keys()


def access_to(type_: str, granted: Iterable[Statement]) -> str:
    """How statements let a store of a type be used: ``read``, ``write`` or ``read_write``; empty if not at all."""
    actions = {
        found.grant.action
        for statement in granted
        for action in statement.actions
        for found in granted_by(action)
        if type_ in found.grant.types
    }
    return actions.pop() if len(actions) == 1 else "read_write" if actions else ""


_USES = {
    "sqs": (Style.ASYNC, "send"),
    "sns": (Style.ASYNC, "publish"),
    "eventbridge_bus": (Style.ASYNC, "publish"),
    "kinesis": (Style.ASYNC, "publish"),
    "firehose": (Style.ASYNC, "publish"),
    "step_functions": (Style.ASYNC, "invoke"),
    "lambda": (None, "invoke"),
}
"""What a component probably does with something whose name it is given and nothing else."""
_BY_NAME = ("store", "cache", "bedrock", "cognito_user_pool", "appsync")


class _Wanted(NamedTuple):
    principal: Principal
    grant: Grant
    resource: Symbol
    statement: Statement
    confidence: Confidence
    vague: bool
    """Whether a wildcard leaves open which of two ways it is used."""


@record(frozen=False)
class Permissions:
    """The permissions and environments of a stack; :meth:`connect` turns them into its connections.

    Everything is given first and connected at the end, for a wildcard is resolved among all components of the stack,
    and what a component knows by name narrows what its wildcards mean.
    """

    stack: Stack
    _wanted: list[_Wanted] = fresh(factory=list)
    _known: dict[End, dict[End, Site]] = fresh(factory=dict)
    _settled: set[End] = fresh(factory=set)
    _served: dict[End, set[End]] = fresh(factory=dict)
    _denied: dict[End, list[Statement]] = fresh(factory=dict)
    _matched: dict[tuple[tuple[str, ...], str], list[Local]] = fresh(factory=dict)

    def allow(self, principal: Principal, granted: Iterable[Statement]) -> None:
        """Give statements to a principal."""
        for statement in granted:
            if statement.denies:
                self._denied.setdefault(principal.end, []).append(statement)
                continue
            found: dict[tuple[Grant, bool], None] = {}
            for action in statement.actions:
                for grant, broad in granted_by(action):
                    found[grant, broad] = None
            if any(grant.style is None for grant, _ in found):  # `InvokeAsync` beside it does not say which is used
                found = {key: None for key in found if key[0] != _INVOKE_ASYNC}
            plain = {_purpose(grant) for grant, _ in found if not grant.properties}
            precise = {grant for grant, broad in found if not broad}
            for grant, broad in found:
                if broad and (grant in precise or (grant.properties and _purpose(grant) in plain)):
                    continue  # a wildcard says nothing special
                vague = broad and _is_two_way(grant)
                sure = Confidence.GUESS if vague or not principal.alone else Confidence.LIKELY
                for resource in statement.resources or (None,):
                    self._wanted.append(_Wanted(principal, grant, _named(resource), statement, sure, vague))

    def mention(self, principal: End, value: Symbol, site: Site) -> None:
        """A principal is given a resource's name, ARN or endpoint, such as by an environment variable."""
        known = self._known.setdefault(principal, {})
        for found in targets(value):
            if not (isinstance(found.end, Named) and found.end.type == "other"):
                known.setdefault(found.end, site)

    def settle(self, principal: End) -> None:
        """Say that everything a principal does is known: its permissions and what it knows say nothing more."""
        self._settled.add(principal)

    def serve(self, principal: End, secret: Symbol) -> None:
        """Say that a secret is for a mapping of the principal's, which logs in to its source with it."""
        while isinstance(principal, Local) and principal.id in self.stack.aliases:
            principal = self.stack.aliases[principal.id]
        self._served.setdefault(principal, set()).update(found.end for found in targets(secret, "secrets"))

    def told(self, principal: End, end: End) -> None:
        """Say that something else tells what a principal does with what it knows by name."""
        self._known.get(principal, {}).pop(end, None)

    def is_settled(self, principal: End) -> bool:
        """Whether everything that a principal does is known."""
        return principal in self._settled

    def connect(self) -> None:
        """Add the connections to the stack."""
        by_type = self._by_type()
        said: dict[End, set[End]] = defaultdict(set)
        for wanted in self._wanted:
            if wanted.principal.end in self._settled:
                continue
            served = self._served.get(wanted.principal.end, ())
            for end, confidence in self._ends(wanted, by_type):
                if any(covers(self.stack, resource, end) for resource in wanted.statement.excluded):
                    continue
                if end in served or (end == wanted.principal.end and not wanted.principal.alone):
                    continue  # by a role that others have too, those call it
                said[wanted.principal.end].add(end)
                if not self._is_denied(wanted, end):
                    self._add(wanted, end, confidence)
        for principal, known in self._known.items():
            for end, site in known.items():
                if end not in said[principal] and end != principal:
                    self._guess(principal, end, site)

    def _is_denied(self, wanted: _Wanted, end: End) -> bool:
        """Whether other statements of the principal deny all that one allows of an end."""
        denied = self._denied.get(wanted.principal.end, ())[:_DENYING]
        return bool(denied) and all(
            any(
                any(covers_action(pattern, action) for pattern in statement.actions)
                and any(covers(self.stack, resource, end) for resource in statement.resources)
                for statement in denied
            )
            for action in wanted.statement.actions
            if any(grant == wanted.grant for grant, _ in granted_by(action))
        )

    def _by_type(self) -> Mapping[str, list[Local]]:
        groups: dict[str, list[Local]] = defaultdict(list)
        for resource in self.stack.resources.values():
            groups[resource.type].append(Local(resource.id))
        return groups

    def _ends(self, wanted: _Wanted, by_type: Mapping[str, list[Local]]) -> Iterator[tuple[End, Confidence]]:
        """What a resource of a statement means, each with the confidence that it is used."""
        grant, known = wanted.grant, self._known.get(wanted.principal.end, {})
        if grant.service == "dynamodb" and _is_stream(wanted.resource):
            return
        concrete = list(targets(wanted.resource, grant.types[0])) if not _is_open(wanted.resource) else []
        for found in concrete:
            type_ = self.stack.type_of(found.end)
            if type_ in grant.types or (type_ == "other" and not grant.managed):
                sure = wanted.confidence if wanted.vague or found.end not in known else Confidence.LIKELY
                yield found.end, sure if found.sure else min(sure, Confidence.LIKELY)
        if concrete:
            return
        pattern = _name_pattern(wanted.resource)
        meant = self._matching(grant.types, pattern, by_type)
        told = [end for end in known if self.stack.type_of(end) in grant.types]
        if told and (pattern is None or set(told) & set(meant)):
            yield from ((end, Confidence.GUESS) for end in told if pattern is None or end in meant)
        elif meant and len(meant) <= TELLING:
            yield from ((end, Confidence.GUESS) for end in meant if end != wanted.principal.end)
        elif not meant and grant.managed:
            named = wanted.resource is None or (pattern is None and not _is_open(wanted.resource))
            yield Named(grant.types[0], grant.managed), wanted.confidence if named else Confidence.GUESS

    def _matching(
        self, types: tuple[str, ...], pattern: re.Pattern[str] | None, by_type: Mapping[str, list[Local]]
    ) -> list[Local]:
        """The components of the types whose names match, looked for once a pattern."""
        key = (types, pattern.pattern if pattern else "")
        found = self._matched.get(key)
        if found is None:
            found = [end for type_ in types for end in by_type.get(type_, ())]
            if pattern is not None:
                found = [end for end in found if pattern.match(self._name(end))]
            self._matched[key] = found
        return found

    def _name(self, end: Local) -> str:
        return self.stack.resources[end.id].name or end.id

    def _add(self, wanted: _Wanted, end: End, confidence: Confidence) -> None:
        grant = wanted.grant
        style, action = grant.style, grant.action
        properties: dict[str, Value] = dict(grant.properties)
        if grant.service == "execute-api" and properties.get("route") is UNKNOWN:
            properties["route"] = _route(wanted.resource)
        if grant.service == "s3" and action == "write":
            properties |= _objects(wanted.resource)
        if self.stack.type_of(wanted.principal.end) == "step_functions":
            properties |= {"retry": UNKNOWN, "catch": UNKNOWN}  # the definition would say
            if action == "invoke":
                style, action = style or Style.SYNC, ""
        self.stack.connect(
            wanted.principal.end,
            end,
            style,
            wanted.statement.site,
            action=action,
            properties=properties,
            confidence=confidence,
        )

    def _guess(self, principal: End, end: End, site: Site) -> None:
        """A name in the environment that no permission fits: databases need none, all else is a guess."""
        type_ = self.stack.type_of(end)
        words = vocabulary()
        if type_ in _USES:
            style, action = _USES[type_]
            self.stack.connect(principal, end, style, site, action=action, confidence=Confidence.GUESS)
        elif type_ == "rds_proxy" or any(type_ in words.members(group) for group in ("connection_limited", "cache")):
            self.stack.connect(principal, end, Style.SYNC, site, action="read_write", confidence=Confidence.LIKELY)
        elif any(type_ in words.members(group) for group in _BY_NAME):
            self.stack.connect(principal, end, Style.SYNC, site, confidence=Confidence.GUESS)


_INVOKE_ASYNC = granted_by("lambda:InvokeAsync")[0].grant


def _purpose(grant: Grant) -> tuple[object, ...]:
    """What a grant is for, whatever else its connection says."""
    return grant.service, grant.types, grant.style, grant.action


def _is_two_way(grant: Grant) -> bool:
    """Whether a wildcard over the service leaves open what is done: a queue is sent to or received from."""
    return grant.service in ("sqs", "kinesis", "sns", "lambda", "states", "events")


def _is_open(resource: Symbol) -> bool:
    """Whether a resource is a wildcard as a whole or in its name, and not only below a name (``bucket/*``)."""
    return (not isinstance(resource, Either) and _name_pattern(resource) is not None) or shown(resource) in ("", "*")


def _is_stream(resource: Symbol) -> bool:
    """Whether a table's stream is meant: the permission to read it belongs to the mapping."""
    last = parts_of(resource)[-1:]
    if last and isinstance(last[0], Reference) and "stream" in last[0].attribute.lower():
        return True
    return "/stream/" in shown(resource)


def _named(resource: Symbol) -> Symbol:
    """A resource without the wildcard right behind its whole name, which lets in its versions and aliases."""
    if isinstance(resource, Text) and resource.parts[-1] == "*" and not isinstance(resource.parts[-2], str):
        return resource._replace(parts=resource.parts[:-1]) if len(resource.parts) > 2 else resource.parts[0]
    return resource


def _route(resource: Symbol) -> Value:
    """The route that a permission to call an API is for, as `arn:…:API/STAGE/GET/orders` says it; else it is not known.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
    """
    _, _, rest = shown(resource).rpartition(":")
    method, _, path = "/".join(rest.split("/")[2:]).partition("/")
    return f"{method} /{path}" if method.isalpha() and path and not set(path) & set("*?$") else UNKNOWN


def _objects(resource: Symbol) -> dict[str, Value]:
    """Which objects of a bucket a resource means, as ``arn:aws:s3:::BUCKET/out/*.png`` says it; nothing for all."""
    _, _, key = shown(resource).partition("/")
    first, *rest = re.split(r"[*?]", key)
    found = {"prefix": first.partition("${")[0], "suffix": rest[-1].rpartition("}")[2] if rest else ""}
    return {name: text for name, text in found.items() if text}


_HOLE = re.compile(r"\$\{[^{}]*\}")
_TAILS = ("/stream/*", "/index/*", "/*", ":*")


def _name_pattern(resource: Symbol) -> re.Pattern[str] | None:
    """A pattern for names where a resource's name holds wildcards; None if it is one name or anything at all."""
    text = _HOLE.sub("${}", _without_tail(shown(resource)))
    named = named_by_arn(text)
    name = re.split(r"[:/]", named.name if named is not None else text)[-1]
    if _is_below(resource) or ("*" not in name and "?" not in name):
        return None
    if not name.strip("*"):
        return None
    return wildcard(name.replace("${}", "*"))


def _is_below(resource: Symbol) -> bool:
    """Whether a resource is what is below one that is named whole: objects of a bucket, an index, a version."""
    first, after = (*parts_of(resource), "", "")[:2]
    starts = ("/", ":") if isinstance(first, Reference) else ("/",)
    return not isinstance(first, str) and isinstance(after, str) and after.startswith(starts)


def _without_tail(text: str) -> str:
    """A resource without what speaks of all that is below it."""
    end = len(text)
    while tail := next((tail for tail in _TAILS if text.endswith(tail, 0, end)), ""):
        end -= len(tail)
    return text[:end]


def environment(variables: Symbol, site: Site) -> Iterator[tuple[Symbol, Site]]:
    """The values of environment variables, each with its place."""
    for name, value in mapping(variables).items():
        for inner, _ in options(value):
            yield inner, Site(site.document, (*site.route, name))
