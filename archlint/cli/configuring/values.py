"""The values of one configuration file, checked: what is wrong is told all at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from archlint.cli.configuring.files import ConfigurationFile, Step
from archlint.importers.files import leads_out, shown
from archlint.importers.grouping import Grouping
from archlint.model import Problem, Severity, Span, Value
from archlint.model.tuples import NamedTuple
from archlint.source import Limits
from archlint.vocabulary import is_service_name, nearest

_RAISED = 10
"""How many times its default a project may raise a limit by itself."""

MOST_DEPTH = 200
"""Levels of nesting that every reader can follow."""
FAIL_ON = ("error", "warning", "info", "never")
_SEVERITIES = {severity.word: severity for severity in Severity}
_PER_PATH = ("path", "ignore", "reason", "severities")
_PER_PATH_EFFECTS = frozenset({"ignore", "severities"})
KEYS = (
    "extends",
    "select",
    "ignore",
    "fail-on",
    "strict",
    "severities",
    "options",
    "per-path",
    "baseline",
    "rules",
    "catalog",
    "limits",
    "services",
)


class Mention(NamedTuple):
    """A name that only the rulebook can judge: of a rule, or of a group too; perhaps with an option and its value."""

    name: str
    group: bool
    span: Span | None
    path: str
    option: str = ""
    value: Value = None


class PathEntry(NamedTuple):
    """What holds for some files: patterns as in .gitignore, relative to ``folder``."""

    folder: Path
    patterns: tuple[str, ...]
    ignore: frozenset[str]
    reason: str
    severities: Mapping[str, Severity]


class Values(NamedTuple):
    """What one file says; None is nothing. Paths are absolute."""

    extends: tuple[tuple[Path, Span | None], ...]
    select: tuple[str, ...] | None
    ignore: tuple[str, ...]
    fail_on: str | None
    strict: bool | None
    severities: Mapping[str, Severity]
    options: Mapping[str, Mapping[str, Value]]
    per_path: tuple[PathEntry, ...]
    baseline: Path | None
    rules: tuple[Path, ...]
    catalog: tuple[Path, ...]
    limits: Mapping[str, int]
    services: tuple[Grouping, ...]
    mentions: tuple[Mention, ...]
    problems: tuple[Problem, ...]


def values_of(file: ConfigurationFile, root: Path, *, trusted: bool) -> Values:
    """The values of a file, and everything that is wrong in it but for names that only the rulebook can judge.

    What it names has to be below ``root``. One that is not ``trusted`` may not allow more than the built-in limits.
    """
    return _Reader(file, root, trusted=trusted).read()


class _Reader:
    def __init__(self, file: ConfigurationFile, root: Path, *, trusted: bool) -> None:
        self._file = file
        self._root = root
        self._trusted = trusted
        self._folder = file.path.parent
        self._problems: list[Problem] = []
        self._mentions: list[Mention] = []

    def read(self) -> Values:
        written = self._mapping(self._file.data, (), "the configuration", KEYS)
        data = {key: value for key, value in written.items() if value is not None}
        return Values(
            extends=tuple(self._extends(data)),
            select=tuple(self._rules(data["select"], ("select",))) if "select" in data else None,
            ignore=tuple(self._rules(data.get("ignore", []), ("ignore",))),
            fail_on=self._choice(data, "fail-on", FAIL_ON),
            strict=self._flag(data, "strict"),
            severities=self._severities(data.get("severities", {}), ("severities",)),
            options=self._options(data.get("options", {})),
            per_path=tuple(self._per_path(data.get("per-path", []))),
            baseline=next(iter(self._paths(data, "baseline")), None),
            rules=tuple(self._folders(data, "rules")),
            catalog=tuple(self._folders(data, "catalog")),
            limits=self._limits(data.get("limits", {})),
            services=tuple(self._services(data.get("services", {}))),
            mentions=tuple(self._mentions),
            problems=tuple(self._problems),
        )

    def _wrong(
        self, message: str, route: tuple[Step, ...], *, key: bool = False, expected: str = "", suggestion: str = ""
    ) -> None:
        span = self._file.place(route, key)
        self._problems.append(Problem(message, span, expected, suggestion, path=self._file.shown))

    def _mapping(
        self, data: object, route: tuple[Step, ...], what: str, known: Iterable[str] | None = None
    ) -> Mapping[str, object]:
        if data is None:
            return {}
        if not isinstance(data, Mapping):
            self._wrong(f"{what} is no mapping", route, expected="`key: value` pairs")
            return {}
        keys = tuple(known) if known is not None else None
        for key in data:
            if keys is not None and key not in keys:
                self._wrong(
                    f"unknown key `{str(key)[:80]}`", (*route, str(key)), key=True, suggestion=nearest(str(key), keys)
                )
        return {str(key): value for key, value in data.items()}

    def _words(self, data: object, route: tuple[Step, ...]) -> Iterator[tuple[str, tuple[Step, ...]]]:
        """The words of a list, or the one word; with their routes."""
        if isinstance(data, str):
            yield data, route
            return
        if not isinstance(data, list):
            self._wrong(f"`{route[-1]}` is no list of names", route, expected="a list")
            return
        for place, word in enumerate(data):
            if isinstance(word, str) and word:
                yield word, (*route, place)
            else:
                self._wrong(f"an item of `{route[-1]}` is no name", (*route, place), expected="a list of names")

    def _mention(self, name: str, route: tuple[Step, ...], *, group: bool = False, key: bool = False) -> None:
        span = self._file.place(route, key)
        if isinstance(route[-1], int) and self._file.path.suffix == ".toml":
            span = self._file.place((*route[:-1], name), key)
        self._mentions.append(Mention(name, group, span, self._file.shown))

    def _rules(self, data: object, route: tuple[Step, ...]) -> Iterator[str]:
        for word, place in self._words(data, route):
            self._mention(word, place, group=True)
            yield word

    def _extends(self, data: Mapping[str, object]) -> Iterator[tuple[Path, Span | None]]:
        for word, route in self._words(data.get("extends", []), ("extends",)):
            yield self._folder / word, self._file.place(route, False)

    def _paths(self, data: Mapping[str, object], key: str) -> Iterator[Path]:
        if key not in data:
            return
        found = data[key]
        if isinstance(found, str) and found:
            yield from self._inside(found, (key,))
        else:
            self._wrong(f"`{key}` is no path", (key,), expected="a path relative to this file")

    def _folders(self, data: Mapping[str, object], key: str) -> Iterator[Path]:
        for word, route in self._words(data.get(key, []), (key,)):
            for folder in self._inside(word, route):
                if not folder.exists():
                    self._wrong(f"there is no folder `{word[:200]}`", route, expected="a folder relative to this file")
                elif any(leads_out(file) for file in folder.rglob("*.yaml")):
                    self._wrong(f"a link in `{word[:200]}` leads outside the project", route)
                else:
                    yield Path(shown(folder))

    def _inside(self, written: str, route: tuple[Step, ...]) -> Iterator[Path]:
        """What a path means, if it is inside the project root."""
        try:
            target = (self._folder / written).resolve()
        except (OSError, RuntimeError, ValueError):
            self._wrong("this is no path", route, expected="a path relative to this file")
            return
        if target.is_relative_to(self._root):
            yield target
        else:
            self._wrong("this is outside the project", route, expected="a path inside the project root")

    def _choice(self, data: Mapping[str, object], key: str, known: tuple[str, ...]) -> str | None:
        found = data.get(key)
        if found is None or found in known:
            return str(found) if found else None
        near = nearest(str(found), known)
        self._wrong(f"`{key}` cannot be `{str(found)[:80]}`", (key,), expected=", ".join(known), suggestion=near)
        return None

    def _flag(self, data: Mapping[str, object], key: str) -> bool | None:
        found = data.get(key)
        if found is None or isinstance(found, bool):
            return found
        self._wrong(f"`{key}` is neither true nor false", (key,), expected="true or false")
        return None

    def _severities(self, data: object, route: tuple[Step, ...]) -> dict[str, Severity]:
        found: dict[str, Severity] = {}
        for rule, word in self._mapping(data, route, "`severities`").items():
            self._mention(rule, (*route, rule), key=True)
            if isinstance(word, str) and word in _SEVERITIES:
                found[rule] = _SEVERITIES[word]
            else:
                expected = ", ".join(reversed(_SEVERITIES))
                near = nearest(str(word), _SEVERITIES)
                self._wrong(f"`{str(word)[:80]}` is no severity", (*route, rule), expected=expected, suggestion=near)
        return found

    def _options(self, data: object) -> dict[str, Mapping[str, Value]]:
        found: dict[str, Mapping[str, Value]] = {}
        for rule, options in self._mapping(data, ("options",), "`options`").items():
            self._mention(rule, ("options", rule), key=True)
            chosen: dict[str, Value] = {}
            for name, value in self._mapping(options, ("options", rule), f"the options of `{rule[:80]}`").items():
                route = ("options", rule, name)
                if isinstance(value, bool | int | float | str):
                    chosen[name] = value
                    span = self._file.place(route, True)
                    self._mentions.append(Mention(rule, False, span, self._file.shown, name, value))
                else:
                    self._wrong(
                        f"the option `{name[:80]}` has no value", route, expected="a number, text or truth value"
                    )
            found[rule] = chosen
        return found

    def _per_path(self, data: object) -> Iterator[PathEntry]:
        if not isinstance(data, list):
            self._wrong(
                "`per-path` is no list", ("per-path",), expected="a list of `{path, ignore, reason, severities}`"
            )
            return
        for place, item in enumerate(data):
            route = ("per-path", place)
            fields = self._mapping(item, route, "an entry of `per-path`", _PER_PATH)
            if "path" not in fields:
                self._wrong("this entry of `per-path` has no `path`", route, expected="`path: legacy/**`")
            patterns = tuple(word for word, _ in self._words(fields.get("path", []), (*route, "path")))
            ignore = frozenset(self._rules(fields.get("ignore", []), (*route, "ignore")))
            reason = fields.get("reason", "")
            if ignore and not (isinstance(reason, str) and reason.strip()):
                self._wrong("this entry of `per-path` ignores rules without a `reason`", route, expected="`reason: …`")
            severities = self._severities(fields.get("severities", {}), (*route, "severities"))
            if not fields.keys() & _PER_PATH_EFFECTS and "path" in fields:
                expected = "`ignore: […]` with a `reason`, or `severities: {…}`"
                self._wrong("this entry of `per-path` changes nothing", route, expected=expected)
            yield PathEntry(self._folder, patterns, ignore, str(reason).strip(), severities)

    def _limits(self, data: object) -> dict[str, int]:
        found: dict[str, int] = {}
        for name, value in self._mapping(data, ("limits",), "`limits`", Limits._fields).items():
            if name not in Limits._fields:
                continue
            if isinstance(value, int) and not isinstance(value, bool) and value > 0:
                found[name] = value
                self._judge_limit(name, value)
            else:
                self._wrong(
                    f"the limit `{name[:80]}` is no number above 0", ("limits", name), expected="a whole number"
                )
        return found

    def _services(self, data: object) -> Iterator[Grouping]:
        for service, wanted in self._mapping(data, ("services",), "`services`").items():
            route = ("services", service)
            if not is_service_name(service):
                self._wrong(
                    f"`{service[:80]}` is no name of a service", route, key=True, expected="a name like `orders`"
                )
            patterns = tuple(word for word, _ in self._words(wanted, route))
            for pattern in patterns:
                if pattern.startswith("tag:") and "=" not in pattern:
                    self._wrong(f"`{pattern[:80]}` names no value", route, expected="`tag:KEY=VALUE`")
            yield Grouping(service, patterns, self._folder)

    def _judge_limit(self, name: str, value: int) -> None:
        """Whoever may change the project must not be able to let it take any time and memory."""
        most = _RAISED * getattr(Limits(), name, value)
        if value > most and not self._trusted:
            expected = f"at most {most:,}, or a configuration that `--config` names"
            self._wrong(f"the limit `{name}` cannot be raised so far here", ("limits", name), expected=expected)
        elif name == "depth" and value > MOST_DEPTH:
            self._wrong(f"the limit `depth` is above {MOST_DEPTH}", ("limits", name), expected=f"at most {MOST_DEPTH}")
