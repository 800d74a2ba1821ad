"""One configuration file as plain data, with the place of each of its keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from archlint.importers.files import shown
from archlint.model import InputError, Problem, Site, Span
from archlint.model.tuples import NamedTuple
from archlint.source import TooDeepError, doubled_keys, parse, plain, read_text

Step: TypeAlias = "str | int"
PlaceOf: TypeAlias = "Callable[[tuple[Step, ...], bool], Span | None]"
"""The place of what a route of keys and indices leads to: of its key, or of its value."""


class ConfigurationFile(NamedTuple):
    """``path`` is absolute, ``shown`` how it is printed, ``data`` what stands in it."""

    path: Path
    shown: str
    data: object
    place: PlaceOf


def read_configuration(path: Path) -> ConfigurationFile | None:
    """A YAML file, or the ``[tool.archlint]`` of a TOML file: None if it has none. Raises :class:`InputError`."""
    name = shown(path)
    text = read_text(path, name)
    if path.suffix == ".toml":
        return _toml(path.resolve(), name, text)
    if _says_nothing(text):
        return ConfigurationFile(path.resolve(), name, None, lambda _route, _key: None)
    document = parse(name, text)
    problems = list(doubled_keys(document))
    if problems:
        raise InputError(problems)
    try:
        data = plain(document.root)
    except TooDeepError as error:
        raise InputError([Problem("this is nested too deeply", document.span_of(error.node))]) from error

    def place(route: tuple[Step, ...], key: bool) -> Span | None:
        return document.span(Site(name, route, key=key))

    return ConfigurationFile(path.resolve(), name, data, place)


def _says_nothing(text: str) -> bool:
    """Whether there is nothing but comments, as in a file of which everything is still commented out."""
    return all(line.lstrip()[:1] in {"", "#"} for line in text.splitlines())


def _toml(path: Path, name: str, text: str) -> ConfigurationFile | None:
    if "[tool.archlint" not in text and "archlint" not in text:
        return None
    import tomllib  # noqa: PLC0415  only where there is such a file

    from archlint.cli.configuring.toml_places import TomlPlaces, syntax_place  # noqa: PLC0415

    try:
        tool = tomllib.loads(text).get("tool", {})
    except tomllib.TOMLDecodeError as error:
        reason, span = syntax_place(str(error), name, text)
        raise InputError([Problem(f"this is no valid TOML: {reason}", span)]) from error
    except RecursionError as error:
        raise InputError([Problem("this is nested too deeply", path=name)]) from error
    if not isinstance(tool, Mapping) or "archlint" not in tool:
        return None
    places = TomlPlaces(name, text)

    def place(route: tuple[Step, ...], key: bool) -> Span | None:
        return places.of(("tool", "archlint", *route), key=key)

    return ConfigurationFile(path, name, tool["archlint"], place)
