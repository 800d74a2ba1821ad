"""``archlint check --show-settings``: the configuration in force, as a configuration file."""

from __future__ import annotations

import yaml

from archlint.cli.checking import Wanted
from archlint.cli.configuration import Configuration
from archlint.cli.console import answer
from archlint.cli.inputs import read_rules
from archlint.importers.files import shown


def show_settings(wanted: Wanted) -> int:
    """Print the settings, the files they come from as comments before them. The names in them have been checked."""
    configuration, _ = read_rules(wanted.paths, wanted.config)
    files = configuration.files or ("no configuration file: these are the defaults",)
    head = "".join(f"# {file}\n" for file in files)
    data = _data(configuration, wanted.fail_on, strict=wanted.strict)
    answer(head + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120), wanted.output)
    return 0


def _data(configuration: Configuration, fail_on: str | None, *, strict: bool) -> dict[str, object]:
    strict = strict or configuration.strict
    return {
        "select": sorted(configuration.select),
        "ignore": sorted(configuration.ignore),
        "fail-on": fail_on or configuration.fail_on or ("warning" if strict else "error"),
        "strict": strict,
        "severities": {rule: severity.word for rule, severity in sorted(configuration.severities.items())},
        "options": {rule: dict(options) for rule, options in sorted(configuration.options.items())},
        "per-path": [
            {
                "path": [f"{shown(entry.folder)}/{pattern}".removeprefix("./") for pattern in entry.patterns],
                "ignore": sorted(entry.ignore),
                "reason": entry.reason,
                "severities": {rule: severity.word for rule, severity in sorted(entry.severities.items())},
            }
            for entry in configuration.per_path
        ],
        "baseline": shown(configuration.baseline) if configuration.baseline else None,
        "rules": [shown(folder) for folder in configuration.rules],
        "catalog": [shown(folder) for folder in configuration.catalog],
        "limits": configuration.limits._asdict(),
        "services": {one.service: list(one.patterns) for one in configuration.services},
    }
