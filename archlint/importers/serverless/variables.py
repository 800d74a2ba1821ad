"""Variables put in: as far as they can be known without running, asking or leaving the project root."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from archlint.importers.serverless.grammar import Literal, Reference, Text, Variable, has_variable, parse
from archlint.importers.serverless.placed import Placed
from archlint.importers.serverless.project import Project
from archlint.importers.serverless.sources import SOURCES, Asked, Missing, Scope, Unknowable
from archlint.model import Site
from archlint.source import Limits

_LONGEST = 100_000
"""The longest text that variables may make, in characters."""
_DEEPEST = 90
"""Levels of nesting, a variable counting as three: so that neither a chain nor a tree ends the stack."""


class Settled(str):
    """Text whose variables are resolved as far as they can be: what is left in it stays."""

    __slots__ = ()


class Variables:
    """The variables of one configuration. ``note`` is told what cannot be resolved and should be."""

    def __init__(self, root: Placed, project: Project, note: Callable[[str, Site], None]) -> None:
        self._project = project
        self._note = note
        self._scope = Scope(root, project, self._found)
        self._done: dict[int, tuple[Placed, Placed]] = {}
        self._targets: dict[int, tuple[Placed, Placed]] = {}
        self._sizes: dict[int, int] = {}
        self._open: set[int] = set()
        self._depth = 0
        self._scope.stage()  # found out first, so that whatever leads to it does not come back to itself

    @property
    def stage(self) -> str:
        """The stage that is deployed where nothing else is said."""
        return self._scope.stage()

    @property
    def limits(self) -> Limits:
        """The limits of reading."""
        return self._project.limits

    def at(self, *keys: str) -> Placed | None:
        """What stands at an address of the configuration, variables put in; None where it is not there or null."""
        found = self._found(self._scope.root, list(keys))
        resolved = None if found is None else self.resolved(found)
        return None if resolved is None or resolved.value is None else resolved

    def resolved(self, raw: Placed) -> Placed:
        """A value with every variable in it put in; what cannot be resolved stays as text."""
        value = raw.value
        if isinstance(value, str):
            if "${" not in value or isinstance(value, Settled):
                return raw
            target = self._target(raw)
            return target if not isinstance(target.value, dict | list) else self.resolved(target)
        if not isinstance(value, dict | list):
            return raw
        if id(raw) in self._done:
            return self._done[id(raw)][1]
        with self._within(raw, 1) as fault:
            done = Placed(None, raw.site) if fault else self._container(raw)
        self._done[id(raw)] = (raw, done)
        return done

    def _container(self, raw: Placed) -> Placed:
        inner: dict[str, Placed] | list[Placed]
        if isinstance(raw.value, dict):
            inner = {key: self.resolved(value) for key, value in raw.value.items()}
            size = 1 + sum(self._sizes.get(id(value), 1) for value in inner.values())
        else:
            assert isinstance(raw.value, list)
            inner = [self.resolved(value) for value in raw.value]
            size = 1 + sum(self._sizes.get(id(value), 1) for value in inner)
        if size > self._project.limits.nodes:
            self._note(f"variables expand to more than {self._project.limits.nodes:,} nodes here", raw.site)
            return Placed(None, raw.site)
        done = Placed(inner, raw.site)
        self._sizes[id(done)] = size
        return done

    @contextmanager
    def _within(self, raw: Placed, levels: int) -> Iterator[str]:
        """Whether a value may be entered: empty, or what stands against it, which is noted."""
        fault = ""
        if id(raw) in self._open:
            fault = "this variable refers to itself, through others or directly"
        elif self._depth + levels > _DEEPEST:
            fault = "variables are nested too deeply here"
        if fault:
            self._note(fault, raw.site)
            yield fault
            return
        self._open.add(id(raw))
        self._depth += levels
        yield fault
        self._depth -= levels
        self._open.discard(id(raw))

    def _target(self, raw: Placed) -> Placed:
        """What a text with variables means, without looking into a mapping or list that it leads to."""
        if id(raw) in self._targets:
            return self._targets[id(raw)][1]
        with self._within(raw, 3) as fault:
            target = _settled(raw) if fault else self._put_in(raw)
        self._targets[id(raw)] = (raw, target)
        return target

    def _put_in(self, raw: Placed) -> Placed:
        assert isinstance(raw.value, str)
        parts = parse(raw.value)
        if any(isinstance(part, str) and has_variable(part) for part in parts):
            self._note("a variable is not closed here", raw.site)
        if len(parts) == 1 and isinstance(parts[0], Variable):
            found = self._variable(parts[0], raw.site)
            return found if isinstance(found.value, dict | list) else Placed(found.value, raw.site)
        texts: list[Placed] = []
        for part in parts:
            found = Placed(part, raw.site) if isinstance(part, str) else self._variable(part, raw.site)
            texts.append(found)
            if isinstance(part, Variable) and not _joins(found):
                texts[-1] = Placed(part.written, raw.site)
        joined = _joined(texts, raw)
        if isinstance(joined.value, str) and len(joined.value) > _LONGEST:
            self._note(f"variables make a text of more than {_LONGEST:,} characters here", raw.site)
            return _settled(raw)
        return joined

    def _variable(self, variable: Variable, site: Site) -> Placed:
        """What a variable leads to; its own text, settled, if nothing."""
        reasons: list[str] = []
        for alternative in variable.alternatives:
            if isinstance(alternative, Literal):
                return Placed(_settled_value(alternative.value), site)
            if isinstance(alternative, Variable):
                found = self._variable(alternative, site)
                if not isinstance(found.value, Settled) or found.value != alternative.written:
                    return found
                continue
            answer = self._reference(alternative, site)
            if isinstance(answer, Placed):
                return answer
            if isinstance(answer, Unknowable):
                reasons = [answer.reason]
                break
            reasons.append(answer.reason)
        for reason in dict.fromkeys(reasons):
            if reason:
                self._note(reason, site)
        if any(_asks_stage(alternative) for alternative in variable.alternatives):
            return Placed(Settled(self.stage), site)
        return Placed(Settled(variable.written), site)

    def _reference(self, reference: Reference, site: Site) -> Placed | Missing | Unknowable:
        name, _, region = reference.source.partition(".")
        source = SOURCES.get(name)
        if source is None:
            return Unknowable(f"`{reference.source[:80]}` is no variable source that archlint knows")
        parameters = None if reference.parameters is None else self._text(reference.parameters, site)
        answer = source(Asked(self._scope, parameters, self._text(reference.address, site), region, site))
        if not isinstance(answer, Placed):
            return answer
        if answer.value is None and reference.source != "strToBool":
            return Missing("")
        return self._followed(answer)

    def _followed(self, found: Placed) -> Placed:
        """Where a value that is a variable itself leads."""
        if isinstance(found.value, str) and "${" in found.value and not isinstance(found.value, Settled):
            return self._target(found)
        return found

    def _found(self, start: Placed, keys: list[str]) -> Placed | None:
        """What stands at an address, every variable on the way followed."""
        node = self._followed(start)
        for key in keys:
            inner: Placed | None = None
            if isinstance(node.value, dict):
                inner = node.value.get(key)
            elif isinstance(node.value, list) and key.isascii() and key.isdigit() and len(key) < 7:
                inner = node.value[int(key)] if int(key) < len(node.value) else None
            if inner is None:
                return None
            node = self._followed(inner)
        return node

    def _text(self, text: Text, site: Site) -> str:
        """An address or a parameter with its variables put in."""
        parts = [part if isinstance(part, str) else self._variable(part, site).text or part.written for part in text]
        return "".join(parts)[:_LONGEST]


def _settled(raw: Placed) -> Placed:
    return Placed(Settled(raw.value), raw.site)


def _settled_value(value: str | float | bool | None) -> str | int | float | bool | None:
    return Settled(value) if isinstance(value, str) else value


def _asks_stage(alternative: Reference | Literal | Variable) -> bool:
    return isinstance(alternative, Reference) and (alternative.source, alternative.address) == ("opt", ("stage",))


def _joins(found: Placed) -> bool:
    """Whether a value can stand within a text: a scalar, or one function of CloudFormation."""
    if isinstance(found.value, dict):
        return len(found.value) == 1 and next(iter(found.value)).startswith(("Ref", "Fn::"))
    return not isinstance(found.value, list)


def _joined(parts: list[Placed], raw: Placed) -> Placed:
    if any(isinstance(part.value, dict) for part in parts):
        pieces = [part if isinstance(part.value, dict) else _word(part) for part in parts]
        join = Placed([Placed("", raw.site), Placed(list(pieces), raw.site)], raw.site)
        return Placed({"Fn::Join": join}, raw.site)
    return Placed(Settled("".join(str(_word(part).value) for part in parts)), raw.site)


def _word(part: Placed) -> Placed:
    value = part.value
    if isinstance(value, bool):
        return Placed("true" if value else "false", part.site)
    return Placed(Settled("" if value is None else value), part.site)
