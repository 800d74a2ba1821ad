"""The configuration: ``.archlint.yaml``, or ``[tool.archlint]`` in pyproject.toml, upwards from the first path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from archlint.importers import find_root
from archlint.importers.files import leads_out
from archlint.model import InputError, Problem, Severity, Span, Value
from archlint.model.tuples import NamedTuple
from archlint.source import Limits

if TYPE_CHECKING:  # imported only where there is a configuration
    from archlint.cli.configuring.files import ConfigurationFile
    from archlint.cli.configuring.values import Mention, PathEntry, Values
    from archlint.importers.grouping import Grouping

NAME = ".archlint.yaml"
_NONE: Mapping[str, Any] = MappingProxyType({})


class Configuration(NamedTuple):
    """Settings of a project; paths are absolute.

    ``fail_on`` is None where nothing is said. ``files`` are those that were read, the last one wins; ``mentions`` are
    the names that the rulebook has to judge, ``problems`` what is wrong besides them.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    fail_on: str | None = None
    strict: bool = False
    rules: tuple[Path, ...] = ()
    catalog: tuple[Path, ...] = ()
    severities: Mapping[str, Severity] = _NONE
    options: Mapping[str, Mapping[str, Value]] = _NONE
    per_path: tuple[PathEntry, ...] = ()
    baseline: Path | None = None
    limits: Limits = Limits()
    services: tuple[Grouping, ...] = ()
    files: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_configuration(paths: Sequence[str], given: Path | None) -> Configuration:
    """The given file, or the nearest one upwards from the first path; none is the defaults. Raises InputError."""
    configuration = look_for_configuration(paths, given)
    if configuration.problems:
        raise InputError(configuration.problems)
    return configuration


def look_for_configuration(paths: Sequence[str], given: Path | None) -> Configuration:
    """The same with its problems, for whoever can tell what else is wrong. Raises InputError if it cannot be read."""
    if given is not None:
        return _given(given)
    start = Path(paths[0]) if paths[0] != "-" else Path.cwd()
    folder = (start if start.is_dir() else start.parent).resolve()
    root = find_root(start)
    for candidate in (folder, *folder.parents):
        for name in (NAME, "pyproject.toml"):
            if (candidate / name).is_file() and (file := _found(candidate / name)) is not None:
                return _merged(file, root, trusted=False)
        if candidate == root:
            break
    return Configuration()


def _found(path: Path) -> ConfigurationFile | None:
    """A file that nobody has named: a link must not make it one of another project."""
    if leads_out(path):
        raise InputError([Problem("this link leads outside the project", path=str(path), expected="the file itself")])
    return _read(path)


def _given(path: Path) -> Configuration:
    file = _read(path)
    if file is None:
        raise InputError([Problem("there is no `[tool.archlint]` in this file", path=str(path))])
    return _merged(file, find_root(path), trusted=True)


def _read(path: Path) -> ConfigurationFile | None:
    from archlint.cli.configuring.files import read_configuration  # noqa: PLC0415  only where there is one

    return read_configuration(path)


def _merged(file: ConfigurationFile, root: Path, *, trusted: bool) -> Configuration:
    """A file over those it extends. The user has named a ``trusted`` one; any other came with the project."""
    from archlint.cli.configuring.values import values_of  # noqa: PLC0415  only where there is a configuration

    def over(below: Configuration, file: ConfigurationFile, open_: tuple[Path, ...]) -> Configuration:
        values = values_of(file, root, trusted=trusted)
        chain = (*open_, file.path)
        for path, span in values.extends:
            try:
                extended = _extended(path, span, root, chain)
            except InputError as error:
                below = below._replace(problems=(*below.problems, *error.problems))
            else:
                below = over(below, extended, chain)
        return _laid(below, file, values)

    return over(Configuration(), file, ())


def _extended(path: Path, span: Span | None, root: Path, open_: tuple[Path, ...]) -> ConfigurationFile:
    def wrong(message: str, expected: str = "") -> InputError:
        return InputError([Problem(message, span, expected, path=str(open_[-1]))])

    try:
        target = path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise wrong("this is no path", "a path relative to this file") from error
    if not target.is_relative_to(root):
        raise wrong("this file is outside the project", "a path inside the project root")
    if target in open_:
        chain = " → ".join(one.name for one in (*open_[open_.index(target) :], target))
        raise wrong(f"these files extend each other in a circle: {chain}")
    if not target.is_file():
        raise wrong(f"there is no file `{path.name[:200]}`", "a path relative to this file")
    file = _read(target)
    if file is None:
        raise wrong("there is no `[tool.archlint]` in this file")
    return file


def _laid(below: Configuration, file: ConfigurationFile, values: Values) -> Configuration:
    """What a file says over what those it extends say: single values replace, lists and mappings grow."""
    options = {**below.options}
    for rule, chosen in values.options.items():
        options[rule] = {**options.get(rule, {}), **chosen}
    return Configuration(
        select=below.select if values.select is None else frozenset(values.select),
        ignore=below.ignore | frozenset(values.ignore),
        fail_on=values.fail_on or below.fail_on,
        strict=below.strict if values.strict is None else values.strict,
        rules=(*below.rules, *values.rules),
        catalog=(*below.catalog, *values.catalog),
        severities={**below.severities, **values.severities},
        options=options,
        per_path=(*below.per_path, *values.per_path),
        baseline=values.baseline or below.baseline,
        limits=below.limits._replace(**values.limits),
        services=(*below.services, *values.services),
        files=(*below.files, file.shown),
        mentions=(*below.mentions, *values.mentions),
        problems=(*below.problems, *values.problems),
    )
