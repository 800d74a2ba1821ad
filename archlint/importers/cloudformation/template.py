"""One template, and the stacks nested in it, to stacks of components and connections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from archlint.importers.cloudformation.assets import nested_template
from archlint.importers.cloudformation.globals import with_globals
from archlint.importers.cloudformation.hints import apply_hints
from archlint.importers.cloudformation.included import Included, open_included, read_included
from archlint.importers.cloudformation.item import Build, Folder, Item, Step
from archlint.importers.cloudformation.mentions import note_mentions
from archlint.importers.cloudformation.mistyped import mistyped
from archlint.importers.cloudformation.raw import ODD, Doubled, Loops, Raw, TooMuchError, raw_of
from archlint.importers.cloudformation.readers import readers
from archlint.importers.cloudformation.readers.connectors import connect_connectors
from archlint.importers.cloudformation.readers.functions import custom_resource
from archlint.importers.cloudformation.readers.networks import join_groups
from archlint.importers.cloudformation.readers.rest_apis import endpoint_of, stage_settings
from archlint.importers.cloudformation.readers.sam_apis import apply_settings, connect_gates, declare_auth
from archlint.importers.cloudformation.scope import Scope, Work, assumed
from archlint.importers.cloudformation.transforms import left_aside
from archlint.importers.context import Context
from archlint.importers.infrastructure.arns import targets
from archlint.importers.infrastructure.ends import End, Inside, Local, Named, Output
from archlint.importers.infrastructure.networks import Networks
from archlint.importers.infrastructure.permissions import Permissions
from archlint.importers.infrastructure.roles import Roles
from archlint.importers.infrastructure.stack import Stack
from archlint.importers.infrastructure.symbols import Either, Reference, Symbol, Text, mapping, shown
from archlint.model import UNKNOWN, InputError, Problem, Route, Site
from archlint.model.tuples import NamedTuple
from archlint.source import Document, TooDeepError

_NESTED = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}
_MOST_STACKS = 1_000
_IN_LOOPS = 10
"""What loops make may be this part of what a file may hold: CloudFormation itself takes 500 resources."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,255}")
_IAM = "AWS::IAM::"


class Origin(NamedTuple):
    """Where a template is from: its document, the file that its paths start from, the stack's name."""

    document: Document
    path: Path | None
    name: str
    paths: Mapping[str, str] = MappingProxyType({})
    """The paths of constructs by logical id, where the CDK made the template."""


class Templates:
    """Reads templates; one object reads all that belong together, and knows which files were read as nested."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._open: list[str] = []
        self._count = 0
        self._work = Work()

    def read(self, origin: Origin, given: Mapping[str, Symbol], stack: Stack | None = None) -> list[Stack]:
        """The stack of a template, and behind it those nested in it; ``given`` are values for its parameters.

        Raises :class:`InputError` where its resources are no mapping.
        """
        document = origin.document
        stack = stack or Stack(origin.name, Site(document.path, ()))
        self._count += 1
        doubled: list[Doubled] = []
        try:
            raw = raw_of(document.root, self._context.limits.depth, doubled)
        except TooDeepError as error:
            self._context.problems.at(document, error.node, "this is nested too deeply")
            return [stack]
        if not isinstance(raw, dict):
            return [stack]
        _check_resources(raw, document)
        for first, again in dict.fromkeys(doubled):
            message = f"`{again.value[:60]}` is in line {document.span_of(first).line} already: the last one is read"
            stack.note(message, Site(document.path, (), span=document.span_of(again)))
        self._open.append(document.path)
        found = _Template(raw, origin, given, stack, self._context, self._work).read(self)
        self._open.pop()
        return found

    def nested(self, item: Item, build: Build, given: Mapping[str, Symbol]) -> list[Stack]:
        """The stacks of a template that a resource nests; none, with a note, if it cannot be read."""
        key = _NESTED[item.type]
        location = nested_template(item) or item.get(key)
        stack = build.stack.nested[item.id]
        if not isinstance(location, str):
            what = "is of the Serverless Application Repository" if isinstance(location, dict) else "is not known"
            item.note(f"the template of this stack {what} and was left aside", key)
            return []
        document = open_included(item, location, key)
        if document is None:
            return []
        if document.path in self._open:
            item.note(f"`{location[:200]}` nests itself, through others or directly", key)
            return []
        if self._count >= _MOST_STACKS:
            item.note(f"there are more than {_MOST_STACKS:,} nested stacks, this one was left aside", key)
            return []
        base = build.folder.path
        path = self._context.inside(Path(base), location) if base is not None else None
        stack.site = Site(document.path, ())
        try:
            return self.read(Origin(document, path, item.id), given, stack)
        except InputError as error:
            item.note(f"`{location[:200]}` cannot be read and was left aside: {error.problems[0]}", key)
            return []


def _check_resources(raw: Mapping[str, Raw], document: Document) -> None:
    resources = raw.get("Resources")
    if resources is not None and not isinstance(resources, dict):
        span = document.span_of(document.node_at(("Resources",))[1])
        raise InputError([Problem("`Resources` is no mapping", span, expected="`LogicalId: {Type: …}` pairs")])


class _Template:
    def __init__(  # noqa: PLR0913, PLR0917  what a template is read with
        self,
        raw: dict[str, Raw],
        origin: Origin,
        given: Mapping[str, Symbol],
        stack: Stack,
        context: Context,
        work: Work,
    ) -> None:
        self._raw = raw
        self._origin = origin
        self._stack = stack
        self._context = context
        self._at: Item | None = None
        self._bodies: dict[str, dict[str, Raw]] = {}
        self._noted: set[str] = set()
        self._is_partly_read = False
        """Whether something may declare resources that is not read: a macro, a loop over what is not known."""
        self._included: list[str] = []
        folder = Folder(str(origin.path.parent) if origin.path is not None else None)
        stack.title = stack.title or _title(raw.get("Description")) or stack.name
        self._scope = Scope(raw, given, self._note, self._include, work)
        permissions = Permissions(stack)
        self._build = Build(stack, self._scope, context, folder, permissions, Roles(), Networks(), origin.paths)

    def _note(self, message: str) -> None:
        if message not in self._noted and self._at is not None:
            self._noted.add(message)
            self._stack.note(message, self._at.site())

    def read(self, templates: Templates) -> list[Stack]:
        """The stack, and the nested ones behind it."""
        self._transforms()
        self._resources()
        stack, build = self._stack, self._build
        items = list(build.resources.values())
        self._nest(items)
        for item in items:
            self._resolve(item)
        self._guess_mistyped(items)
        known = readers()
        for item in items:
            _step(item, known[item.type].declare if item.type in known else None)
        self._implicit()
        self._look_again(items)
        inner = self._children(templates, items)
        for item in items:
            _step(item, known[item.type].connect if item.type in known else None)
        for item in items:
            connect_connectors(item)
            join_groups(item)
            if item.type.startswith("Custom::"):
                custom_resource(item)
        for item in items:
            _step(item, known[item.type].finish if item.type in known else None)
        self._settle_apis()
        build.roles.settle(build.permissions)
        build.permissions.connect()
        build.networks.connect(stack)
        self._outputs()
        for item in items:
            apply_hints(item)
        note_mentions(stack, items, self._scope.resolve(self._output_values()))
        return [stack, *inner]

    def _transforms(self) -> None:
        """Note the transforms of the whole template that are not applied."""
        for name, route in left_aside(self._raw.get("Transform")):
            message = f"the transform `{name[:100]}` is left aside: what it makes is not known"
            self._stack.note(message, Site(self._origin.document.path, ("Transform", *route)))
            self._is_partly_read = True

    def _resources(self) -> None:
        """The resources with loops expanded and ``Globals`` merged, but for those whose condition is false."""
        loops = Loops(self._names, self._context.limits.nodes // _IN_LOOPS)
        raw = self._raw.get("Resources")
        sections = self._raw.get("Globals")
        try:
            entries = loops.entries(raw if isinstance(raw, dict) else {})
            for id_, body, route in entries:
                if not _ID.fullmatch(id_) or not isinstance(body, dict) or not isinstance(body.get("Type"), str):
                    self._note_no_resource(id_, route)
                    continue
                type_ = str(body["Type"])
                if _is_machinery(id_, type_):
                    continue
                truth = self._scope.condition(body["Condition"]) if "Condition" in body else None
                if truth is not None and truth.value is False:
                    continue
                everywhere = sections if isinstance(sections, dict) else {}
                properties = with_globals(type_, body.get("Properties"), everywhere, body.get("IgnoreGlobals"))
                whole: dict[str, Raw] = {**body, "Properties": loops.within(properties)}
                sure = truth is None or (truth.value is True and not truth.assumed)
                self._build.resources[id_] = Item(id_, type_, {}, {}, ("Resources", *route), self._build, sure)
                self._bodies[id_] = whole
        except TooMuchError:
            self._stack.note("the loops of this template expand to too much and were left aside", self._site())
            self._is_partly_read = True
        self._is_partly_read = self._is_partly_read or bool(loops.undecided)
        self._scope.resources |= self._build.resources.keys()
        for name in loops.undecided:
            self._stack.note("the collection of this loop is not known, it was left aside", self._site(name))

    def _note_no_resource(self, id_: str, route: Route) -> None:
        """Note an entry among the resources that is none; of a transform nobody knows what it puts there."""
        if id_ == "Fn::Transform":
            self._stack.note(f"`{id_}` is left aside here: what it makes is not known", self._site(*route))
        elif not id_.startswith("Fn::"):
            self._stack.note(f"`{id_[:60]}` is no resource and was left aside", self._site(*route))
        self._is_partly_read = self._is_partly_read or not _ID.fullmatch(id_)

    def _names(self, raw: Raw) -> list[str] | None:
        found = self._scope.resolve(raw)
        if isinstance(found, list) and all(isinstance(item, str | int) for item in found):
            return [str(item) for item in found]
        return None

    def _site(self, *route: str | int) -> Site:
        return Site(self._origin.document.path, ("Resources", *route), key=bool(route) and route[0] != ODD)

    def _resolve(self, item: Item) -> None:
        self._at = item
        body = self._bodies[item.id]
        item.properties = mapping(self._scope.resolve(body.get("Properties")))
        rest = {key: value for key, value in body.items() if key not in ("Properties", "Type")}
        item.body = mapping(self._scope.resolve(rest))
        self._at = None

    def _guess_mistyped(self, items: Iterable[Item]) -> None:
        """Take an id that is declared nowhere for the nearest one that is, unless something unread may declare it."""
        stack, scope, document = self._stack, self._scope, self._origin.document
        scope.resolve(self._output_values())
        found = () if self._is_partly_read else tuple(mistyped(document.root, scope.missed, scope.declared))
        for one in found:
            stack.note(one.message, Site(document.path, (), span=document.span_of(one.place)))
            scope.generated[one.written] = self._meant(one.written, one.meant) if one.is_close else UNKNOWN
        for item in items if found else ():
            self._resolve(item)

    def _meant(self, written: str, meant: str) -> Symbol:
        """What a mistyped id probably means; connections of a resource that it means are guesses."""
        symbol = assumed(self._scope.resolve({"Ref": meant}))
        item = self._build.resources.get(meant)
        if symbol != Reference(Local(meant), sure=False) or (item is not None and item.type.startswith(_IAM)):
            return symbol
        self._stack.aliases[written] = Local(meant)
        self._stack.mistyped.add(Local(written))
        return Reference(Local(written), sure=False)

    def _look_again(self, items: Iterable[Item]) -> None:
        """Resolve once more what names something that only SAM makes: it is known now that all is declared."""
        scope = self._scope
        for id_ in self._stack.resources:
            if id_ not in scope.resources:
                scope.generated.setdefault(id_, Reference(Local(id_)))
        if not scope.missed.isdisjoint(scope.generated):
            for item in items:
                self._resolve(item)

    def _include(self, raw: Raw, resolve: Callable[[Raw], Symbol]) -> Symbol:
        """What ``AWS::Include`` puts in place; other transforms are left aside."""
        if isinstance(raw, dict) and raw.get("Name") == "AWS::Include" and self._at is not None:
            location = raw.get("Parameters")
            written = self._scope.resolve(location.get("Location") if isinstance(location, dict) else None)
            if isinstance(written, str):
                included = read_included(self._at, written)
                return UNKNOWN if included is None else self._put_in(included, written, resolve)
        self._note("a transform of one's own is left aside: what it makes is not known")
        return UNKNOWN

    def _put_in(self, included: Included, written: str, resolve: Callable[[Raw], Symbol]) -> Symbol:
        if included.path in self._included:
            self._note(f"`{written[:200]}` includes itself, through others or directly")
            return UNKNOWN
        self._included.append(included.path)
        found = resolve(included.data)
        self._included.pop()
        return found

    def _nest(self, items: Iterable[Item]) -> None:
        names = [item.id for item in items if item.type in _NESTED]
        self._scope.nested = frozenset(names)
        for name in names:
            self._stack.nested[name] = Stack(name, self._stack.site, properties={"stack": name})

    def _children(self, templates: Templates, items: Sequence[Item]) -> list[Stack]:
        found: list[Stack] = []
        for item in items:
            if item.type in _NESTED:
                given = {name: _outer(value, self._stack) for name, value in mapping(item.get("Parameters")).items()}
                found += templates.nested(item, self._build, given)
        return found

    def _implicit(self) -> None:
        """The APIs that SAM makes by itself have what ``Globals`` say of their kind."""
        for id_, item in self._build.implicit.items():
            section = "Api" if id_ == "ServerlessRestApi" else "HttpApi"
            sections = self._raw.get("Globals")
            raw = sections.get(section) if isinstance(sections, dict) else None
            self._at = item
            fields = mapping(self._scope.resolve(raw))
            self._at = None
            type_ = "AWS::Serverless::Api" if section == "Api" else "AWS::Serverless::HttpApi"
            api = Item(id_, type_, fields, {}, item.route, self._build)
            self._build.implicit[id_] = api
            self._build.staged.add(id_)
            declare_auth(api, id_, fields.get("Auth"))
            for made in (f"{id_}.Stage", f"{id_}ProdStage"):
                self._scope.generated[made] = Reference(Local(id_))

    def _settle_apis(self) -> None:
        build = self._build
        build.authorize()
        for item in build.implicit.values():
            if item.type == "AWS::Serverless::Api":
                stage_settings(item, item.end)
                for name, value in endpoint_of(item).items():
                    self._stack.set(item.end, name, value)
            apply_settings(item, item.end, item.properties)
            connect_gates(item, item.end, item.get("Auth"))
        for resource in list(self._stack.resources.values()):
            if resource.id in build.guarded and "auth" not in resource.properties:
                self._stack.set(Local(resource.id), "auth", UNKNOWN)
            unstaged = resource.type in ("rest_api", "http_api", "websocket_api") and resource.id not in build.staged
            if (unstaged or build.is_throttled_by_route(resource.id)) and "throttle" not in resource.properties:
                self._stack.set(Local(resource.id), "throttle", UNKNOWN)

    def _output_values(self) -> list[Raw]:
        outputs = self._raw.get("Outputs")
        bodies = outputs.values() if isinstance(outputs, dict) else ()
        return [body.get("Value") for body in bodies if isinstance(body, dict)]

    def _outputs(self) -> None:
        outputs = self._raw.get("Outputs")
        for name, body in (outputs if isinstance(outputs, dict) else {}).items():
            if not isinstance(body, dict):
                continue
            end = next((target.end for target in targets(self._scope.resolve(body.get("Value")))), None)
            if end is None or (isinstance(end, Named) and end.type == "other"):
                continue
            self._stack.outputs[name] = end
            export = body.get("Export")
            if isinstance(export, dict):
                exported = shown(self._scope.resolve(export.get("Name")))
                self._stack.exports[exported.replace("${AWS.StackName}", self._stack.name)] = end
                self._stack.exports.setdefault(exported, end)


_MACHINERY = re.compile(
    r"BucketNotificationsHandler|LogRetention[0-9a-f]{8}|AWS679f53fac002430cb0da5b7982bd2287|AWSCDKCfnUtilsProvider"
    r"|Custom\w+CustomResourceProvider|CustomCDKBucketDeployment|CustomResourcesFramework"
)
"""The logical ids of functions that the CDK puts beside an application to deploy it."""


def _is_machinery(id_: str, type_: str) -> bool:
    """Whether a resource serves deployment alone and is no part of the application."""
    return type_ == "AWS::Lambda::Function" and _MACHINERY.match(id_) is not None


def _title(description: Raw) -> str:
    """The first line of a template's description."""
    return description.strip().partition("\n")[0][:120] if isinstance(description, str) else ""


def _step(item: Item, step: Step | None) -> None:
    if step is not None:
        step(item)


def _outer(symbol: Symbol, stack: Stack) -> Symbol:
    """A value as the stack nested in ``stack`` sees it."""
    if isinstance(symbol, Reference):
        return symbol._replace(end=_outside(symbol.end, stack))
    if isinstance(symbol, Text):
        return symbol._replace(
            parts=tuple(
                part._replace(end=_outside(part.end, stack)) if isinstance(part, Reference) else part
                for part in symbol.parts
            )
        )
    if isinstance(symbol, Either):
        return Either(tuple(_outer(option, stack) for option in symbol.options))
    if isinstance(symbol, list):
        return [_outer(item, stack) for item in symbol]
    if isinstance(symbol, dict):
        return {key: _outer(value, stack) for key, value in symbol.items()}
    return symbol


def _outside(end: End, stack: Stack) -> End:
    return Inside(stack, end) if isinstance(end, Local | Output) else end
