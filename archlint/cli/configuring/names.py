"""The names in a configuration, judged by the rulebook: rules, groups, and the options of rules."""

from __future__ import annotations

from math import inf

from archlint.cli.configuration import Configuration
from archlint.cli.configuring.values import Mention
from archlint.importers.problems import Problems
from archlint.model import InputError, Problem
from archlint.rulebook import Option, Rulebook, load
from archlint.vocabulary import nearest

_NUMBER = "a number"


def checked_rulebook(configuration: Configuration) -> Rulebook:
    """The rulebook that a configuration asks for.

    Raises :class:`InputError` with what is wrong in the configuration itself, every name that means nothing, and every
    option of the wrong kind; if rules of its own cannot be read, with what is wrong in those instead of the names.
    """
    found = [*configuration.problems]
    try:
        rulebook = load(configuration.rules, configuration.catalog)
        found += (problem for one in configuration.mentions if (problem := _problem(one, rulebook)) is not None)
    except InputError as error:
        found += error.problems
    Problems(found).raise_any()
    return rulebook


def _problem(mention: Mention, rulebook: Rulebook) -> Problem | None:
    known = {*rulebook.groups, *(rulebook.groups.values() if mention.group else ())}
    if mention.name not in known:
        if mention.option:
            return None  # the rule's own name has been told already
        what = "rule or group" if mention.group else "rule"
        near = nearest(mention.name, sorted(known))
        expected = "" if near else f"a {what} that `archlint rules` lists"
        return Problem(f"unknown {what} `{mention.name[:80]}`", mention.span, expected, near, path=mention.path)
    return _option_problem(mention, rulebook) if mention.option else None


def _option_problem(mention: Mention, rulebook: Rulebook) -> Problem | None:
    options = rulebook.rules[mention.name].options
    option = options.get(mention.option)
    if option is None:
        expected = f"one of {', '.join(options)}" if options else f"none: `{mention.name}` has no options"
        near = nearest(mention.option, options)
        message = f"unknown option `{mention.option[:80]}` of `{mention.name}`"
        return Problem(message, mention.span, expected, near, path=mention.path)
    if not _fits(mention.value, option):
        message = f"the option `{mention.option}` of `{mention.name}` cannot be `{str(mention.value)[:80]}`"
        return Problem(message, mention.span, _like(option), path=mention.path)
    return None


def _fits(value: object, option: Option) -> bool:
    if _kind(value) != _kind(option.default):
        return False
    return isinstance(value, bool) or not isinstance(value, int | float) or option.least <= value < inf


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    return _NUMBER if isinstance(value, int | float) else "text"


def _like(option: Option) -> str:
    least = f" from {option.least} on" if (kind := _kind(option.default)) == _NUMBER else ""
    return f"{kind}{least}, such as {option.default}"
