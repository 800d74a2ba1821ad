"""Reading a rule file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from archlint.model import Confidence, Severity, Value
from archlint.model.places import Route
from archlint.pattern.faults import Faults
from archlint.pattern.reading import PatternReader
from archlint.pattern.shape import Data, mapping, only, sequence, text, words
from archlint.pattern.templates import Template
from archlint.rulebook.rule import Level, Option, Question, Rule

_REQUIRED = ("id", "title", "severity", "why", "roles", "message")
_KEYS = frozenset(
    {
        *_REQUIRED,
        "match",
        "same",
        "differ",
        "when",
        "unless",
        "levels",
        "at",
        "connection",
        "evidence",
        "labels",
        "help",
        "fix",
        "patterns",
        "options",
        "references",
        "worst",
        "examples",
    }
)
_LEVEL_KEYS = frozenset(
    {"severity", "because", "match", "when", "same", "differ", "message", "help", "fix", "confidence"}
)
_OPTION_KEYS = frozenset({"default", "description", "least"})
_SEVERITIES = {severity.word: severity for severity in Severity}
_CONFIDENCES = {confidence.word: confidence for confidence in Confidence}


def read_rule(data: Data, file: Path, faults: Faults) -> Rule | None:
    """A rule; None if something is wrong with it, which is noted."""
    before = len(faults.found)
    body = mapping(data, (), faults, "the file")
    only(body, _KEYS, (), faults, "a rule")
    for key in _REQUIRED:
        if key not in body:
            faults.add((), f"a rule needs `{key}`")
    if len(faults.found) > before:
        return None
    rule = _RuleReader(body, file, faults).read()
    return rule if len(faults.found) == before else None


class _RuleReader:
    def __init__(self, body: Mapping[str, Data], file: Path, faults: Faults) -> None:
        self._body = body
        self._file = file
        self._faults = faults
        self._options = self._read_options()
        self._patterns = PatternReader(faults, self._options)

    def read(self) -> Rule:
        patterns = self._patterns
        patterns.declare(self._body["roles"], ("roles",))
        clauses = patterns.block(self._body, ())
        exemptions = patterns.exemptions(self._body["unless"], ("unless",)) if "unless" in self._body else ()
        at, about_service = self._at()
        question = Question(self._id(), self._file.parent.name, patterns.roles, clauses, at, self._options)
        rule = Rule(
            question=question,
            title=self._text("title"),
            severity=self._severity(self._body["severity"], ("severity",)),
            why=self._text("why"),
            message=patterns.template(self._body["message"], ("message",)),
            file=self._file,
            exemptions=exemptions,
            levels=self._levels(),
            connection=self._connection(),
            about_service=about_service,
            evidence=self._evidence(),
            labels=self._labels(),
            help=self._template(self._body, "help"),
            fix=patterns.fix(self._body["fix"], ("fix",)) if "fix" in self._body else None,
            patterns=self._words("patterns"),
            references=self._words("references"),
            worst=patterns.expression(self._body["worst"], ("worst",)) if "worst" in self._body else None,
        )
        patterns.finish()
        return rule

    def _text(self, key: str) -> str:
        return text(self._body.get(key, ""), (key,), self._faults, f"`{key}`").strip()

    def _words(self, key: str) -> tuple[str, ...]:
        return tuple(word for _, word in words(self._body.get(key, ()), (key,), self._faults, f"`{key}`"))

    def _id(self) -> str:
        found = self._text("id")
        if found != self._file.stem:
            self._faults.add(
                ("id",), f"the rule `{found}` is in a file of another name", expected=f"`{self._file.stem}`"
            )
        return found

    def _severity(self, data: Data, route: Route) -> Severity:
        word = text(data, route, self._faults, "severity")
        if word not in _SEVERITIES:
            self._faults.unknown(route, "severity", word, _SEVERITIES)
        return _SEVERITIES.get(word, Severity.WARNING)

    def _read_options(self) -> dict[str, Option]:
        found = {}
        for name, value in mapping(self._body.get("options", {}), ("options",), self._faults, "options").items():
            option = mapping(value, ("options", name), self._faults, f"option `{name}`")
            default = option.get("default")
            if not isinstance(default, bool | int | float | str):
                self._faults.add(("options", name), f"the option `{name}` needs a `default`")
                default = None
            only(option, _OPTION_KEYS, ("options", name), self._faults, "an option")
            description = text(option.get("description", ""), ("options", name), self._faults, "description")
            found[name] = Option(name, default, description, self._least(name, option.get("least", 0), default))
        return found

    def _least(self, name: str, least: Data, default: Value) -> int | float:
        route = ("options", name, "least")
        if isinstance(least, bool) or not isinstance(least, int | float):
            self._faults.add(route, f"the `least` of option `{name}` is no number", expected="a number, such as 1")
            return 0
        if isinstance(default, int | float) and not isinstance(default, bool) and default < least:
            self._faults.add(route, f"the default of option `{name}` is below {least}", expected=f"at most {default}")
        return least

    def _at(self) -> tuple[str, bool]:
        """The role the finding is about; the first declared one if none is named."""
        written = self._text("at") or next(iter(self._patterns.roles), "")
        inner = written.removeprefix("service(").removesuffix(")")
        about_service = inner != written
        if not self._patterns.names(inner):
            self._faults.unknown(("at",), "role", inner, sorted(self._patterns.roles))
        return inner, about_service

    def _connection(self) -> str | None:
        if "connection" not in self._body:
            return None
        name = self._text("connection")
        if name not in self._patterns.connections:
            self._faults.unknown(("connection",), "connection", name, sorted(self._patterns.connections))
        return name

    def _levels(self) -> tuple[Level, ...]:
        found = []
        for route, item in sequence(self._body.get("levels", ()), ("levels",), self._faults, "levels"):
            level = mapping(item, route, self._faults, "a level")
            only(level, _LEVEL_KEYS, route, self._faults, "a level")
            found.append(
                Level(
                    self._severity(level.get("severity"), (*route, "severity")),
                    self._patterns.block(level, route),
                    text(level.get("because", ""), (*route, "because"), self._faults, "because"),
                    self._template(level, "message", route),
                    self._template(level, "help", route),
                    self._patterns.fix(level["fix"], (*route, "fix")) if "fix" in level else None,
                    self._confidence(level.get("confidence", "certain"), (*route, "confidence")),
                )
            )
        return tuple(found)

    def _template(self, data: Mapping[str, Data], key: str, route: Route = ()) -> Template | None:
        return self._patterns.template(data[key], (*route, key)) if key in data else None

    def _confidence(self, data: Data, route: Route) -> Confidence:
        word = text(data, route, self._faults, "confidence")
        if word not in _CONFIDENCES:
            self._faults.unknown(route, "confidence", word, _CONFIDENCES)
        return _CONFIDENCES.get(word, Confidence.CERTAIN)

    def _evidence(self) -> tuple[tuple[str, str], ...]:
        found = []
        for route, written in words(self._body.get("evidence", ()), ("evidence",), self._faults, "evidence"):
            name, _, fact = written.partition(".")
            self._patterns.check_attribute(name, fact, route)
            found.append((name, fact))
        return tuple(found)

    def _labels(self) -> dict[str, Template]:
        found = {}
        for name, value in mapping(self._body.get("labels", {}), ("labels",), self._faults, "labels").items():
            if not self._patterns.names(name):
                known = sorted({*self._patterns.roles, *self._patterns.connections})
                self._faults.unknown(("labels", name), "role or connection", name, known, key=True)
            found[name] = self._patterns.template(value, ("labels", name))
        return found
