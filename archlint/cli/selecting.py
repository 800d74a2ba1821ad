"""Which rules are asked: what the flags of ``check`` say over what the configuration says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archlint.cli.configuration import Configuration
from archlint.cli.usage import wrong_usage
from archlint.lint import LintSettings, PathSettings
from archlint.rulebook import Rulebook

if TYPE_CHECKING:  # imported only where there is a configuration
    from archlint.cli.configuring.values import PathEntry


def lint_settings(
    configuration: Configuration, rulebook: Rulebook, select: str, ignore: str, *, strict: bool
) -> LintSettings:
    """The settings for this run. A name that is no rule and no group is wrong usage.

    What a flag asks for by its name is asked although the configuration leaves out that very name.
    """
    selected = _known(select, rulebook, "--select")
    return LintSettings(
        selected or configuration.select,
        _known(ignore, rulebook, "--ignore") | (configuration.ignore - selected),
        configuration.severities,
        configuration.options,
        tuple(_path_settings(entry, rulebook) for entry in configuration.per_path),
        strict,
    )


def _path_settings(entry: PathEntry, rulebook: Rulebook) -> PathSettings:
    from archlint.importers.gitignore import spec_of  # noqa: PLC0415  only where a path has settings of its own

    spec = spec_of(entry.patterns)
    groups = rulebook.groups

    def covers(path: str) -> bool:
        file = Path(path).resolve()
        return file.is_relative_to(entry.folder) and spec.match_file(file.relative_to(entry.folder).as_posix())

    def ignores(rule: str) -> bool:
        return rule in entry.ignore or groups.get(rule) in entry.ignore

    return PathSettings(covers, ignores, entry.reason, entry.severities)


def _known(words: str, rulebook: Rulebook, flag: str) -> frozenset[str]:
    names = frozenset(word.strip() for word in words.split(",") if word.strip())
    if not names:
        return names
    known = {*rulebook.groups, *rulebook.groups.values()}
    for name in sorted(names - known):
        from archlint.vocabulary import nearest  # noqa: PLC0415

        near = nearest(name, sorted(known))
        hint = f"; did you mean `{near}`?" if near else ""
        message = f"{flag}: there is no rule or group `{name}`{hint}"
        raise wrong_usage(message)
    return names
