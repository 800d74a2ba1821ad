"""The configuration: ``.archlint.yaml``, or ``[tool.archlint]`` in pyproject.toml, upwards from the first path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from archlint.importers import find_root
from archlint.model import InputError, Problem, Severity, Site, Value
from archlint.source import Document, plain, read_document
from archlint.vocabulary import nearest

_FILE = ".archlint.yaml"
_LISTS = ("select", "ignore", "rules", "catalog")
_KEYS = (*_LISTS, "fail-on", "severities", "options")
FAIL_ON = ("error", "warning", "info", "never")


class Wrong(Protocol):
    """Notes a problem at a route of the configuration."""

    def __call__(self, message: str, *route: str, expected: str = "", suggestion: str = "") -> None:
        """Note one."""


_NONE: Mapping[str, Any] = MappingProxyType({})


class Configuration(NamedTuple):
    """Settings of a project; paths of ``rules`` and ``catalog`` are absolute."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    fail_on: str = "error"
    rules: tuple[Path, ...] = ()
    catalog: tuple[Path, ...] = ()
    severities: Mapping[str, Severity] = _NONE
    options: Mapping[str, Mapping[str, Value]] = _NONE


def find_configuration(paths: Sequence[str], given: Path | None) -> Configuration:
    """The given file, or the nearest one upwards from the first path; none is the defaults. Raises InputError."""
    if given is not None:
        return _read(given)
    start = Path(paths[0]) if paths[0] != "-" else Path.cwd()
    folder = (start if start.is_dir() else start.parent).resolve()
    root = find_root(start)
    for candidate in (folder, *folder.parents):
        if (candidate / _FILE).is_file():
            return _read(candidate / _FILE)
        project = candidate / "pyproject.toml"
        if project.is_file() and (found := _section(project)) is not None:
            return found
        if candidate == root:
            break
    return Configuration()


def _read(path: Path) -> Configuration:
    if path.suffix == ".toml":
        return _section(path) or Configuration()
    document = read_document(path, str(path))
    data = plain(document.root)
    return _checked(data, document, path)


def _section(path: Path) -> Configuration | None:
    """The ``[tool.archlint]`` table, None if there is none."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if "[tool.archlint" not in text:
        return None
    import tomllib  # noqa: PLC0415  only where it is needed

    try:
        data = tomllib.loads(text).get("tool", {}).get("archlint", {})
    except tomllib.TOMLDecodeError as error:
        raise InputError([Problem(f"this is no valid TOML: {error}", path=str(path))]) from error
    return _checked(data, None, path)


def _checked(data: object, document: Document | None, path: Path) -> Configuration:
    problems: list[Problem] = []

    def wrong(message: str, *route: str, expected: str = "", suggestion: str = "") -> None:
        span = document.span(Site(document.path, route, key=True)) if document else None
        problems.append(Problem(message, span, expected, suggestion, path=str(path)))

    if not isinstance(data, Mapping):
        wrong("the configuration is no mapping", expected="`key: value` pairs")
        raise InputError(problems)
    for key in data:
        if key not in _KEYS:
            wrong(f"unknown key `{key}`", str(key), suggestion=nearest(str(key), _KEYS))
    lists = {key: _words(data, key, wrong) for key in _LISTS}
    fail_on = data.get("fail-on", "error")
    if fail_on not in FAIL_ON:
        wrong(f"`fail-on` cannot be `{fail_on}`", "fail-on", expected=", ".join(FAIL_ON))
    configuration = Configuration(
        frozenset(lists["select"]),
        frozenset(lists["ignore"]),
        str(fail_on),
        tuple((path.parent / folder).resolve() for folder in lists["rules"]),
        tuple((path.parent / folder).resolve() for folder in lists["catalog"]),
        _severities(data.get("severities", {}), wrong),
        _options(data.get("options", {}), wrong),
    )
    if problems:
        raise InputError(problems)
    return configuration


def _words(data: Mapping[str, object], key: str, wrong: Wrong) -> list[str]:
    found = data.get(key, [])
    if isinstance(found, str):
        return [found]
    if isinstance(found, list) and all(isinstance(word, str) for word in found):
        return found
    wrong(f"`{key}` is no list of names", key, expected="a list")
    return []


def _severities(data: object, wrong: Wrong) -> dict[str, Severity]:
    known = {severity.word: severity for severity in Severity}
    found: dict[str, Severity] = {}
    for rule, word in (data if isinstance(data, Mapping) else {}).items():
        if word in known:
            found[str(rule)] = known[word]
        else:
            wrong(f"`{word}` is no severity", "severities", str(rule), suggestion=nearest(str(word), known))
    return found


def _options(data: object, wrong: Wrong) -> dict[str, Mapping[str, Value]]:
    found: dict[str, Mapping[str, Value]] = {}
    for rule, options in (data if isinstance(data, Mapping) else {}).items():
        if isinstance(options, Mapping):
            found[str(rule)] = {str(name): value for name, value in options.items()}
        else:
            wrong("the options of a rule are no mapping", "options", str(rule), expected="`name: value`")
    return found
