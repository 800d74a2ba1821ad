"""Patterns and suggestions, as text and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archlint.model import Match, Possible, Suggestion
from archlint.report.data import VERSION, Json, change_data
from archlint.report.paint import Paint, safe
from archlint.rulebook import Rulebook
from archlint.suggest import Answer


def answer_data(answer: Answer) -> Json:
    """The document of ``suggest --format json``."""
    return {
        "version": VERSION,
        "matches": [
            {"pattern": match.pattern, "variant": match.variant, "service": match.service, "roles": _roles(match.roles)}
            for match in answer.matches
        ],
        "suggestions": [
            {
                "pattern": found.pattern,
                "service": found.service,
                "roles": _roles(found.roles),
                "missing": list(found.missing),
                "changes": [change_data(change) for change in found.changes],
                "share": found.share,
                "diff": found.diff,
            }
            for found in answer.suggestions
        ],
        "possible": [
            {
                "patterns": list(found.patterns),
                "service": found.service,
                "roles": _roles(found.roles),
                "hint": found.hint,
            }
            for found in answer.possible
        ],
    }


def _roles(roles: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {role: list(ids) for role, ids in roles.items()}


def answer_text(answer: Answer, rulebook: Rulebook, paint: Paint) -> str:
    """What is there, what could be, and what cannot be told, service by service."""
    lines: list[str] = []
    if answer.matches:
        lines += [paint("Patterns", "bold"), *_matches(answer.matches, rulebook, paint), ""]
    if answer.possible:
        lines += [paint("Possible", "bold"), *_possibles(answer.possible, rulebook, paint), ""]
    if answer.suggestions:
        lines += [paint("Nearly there", "bold"), *_suggestions(answer.suggestions, rulebook, paint)]
    if not lines:
        return "No pattern of the catalog is here, and none is near.\n"
    return "\n".join(lines).rstrip() + "\n"


def _name(rulebook: Rulebook, pattern: str, variant: str | None = None) -> str:
    name = rulebook.catalog[pattern].name
    return f"{name} ({variant})" if variant else name


def _matches(matches: tuple[Match, ...], rulebook: Rulebook, paint: Paint) -> Iterator[str]:
    for match in matches:
        where = f" in {match.service}" if match.service else ""
        name = paint(_name(rulebook, match.pattern, match.variant), "green")
        yield f"  {name}{safe(where)}  {paint(match.pattern, 'dim')}"
        yield from _role_lines(match.roles)


def _role_lines(roles: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    longest = max((len(role) for role in roles), default=0)
    for role, ids in roles.items():
        yield f"    {role.ljust(longest)}  {safe(', '.join(ids))}"


def _possibles(possibles: tuple[Possible, ...], rulebook: Rulebook, paint: Paint) -> Iterator[str]:
    for found in possibles:
        names = " or ".join(_name(rulebook, pattern) for pattern in found.patterns)
        where = f" in {found.service}" if found.service else ""
        yield f"  {paint(names, 'yellow')}{safe(where)}: {safe(found.hint)}"
        yield from _role_lines(found.roles)


def _suggestions(suggestions: tuple[Suggestion, ...], rulebook: Rulebook, paint: Paint) -> Iterator[str]:
    for found in suggestions:
        where = f" in {found.service}" if found.service else ""
        share = f"{round(found.share * 100)} % there"
        name = paint(_name(rulebook, found.pattern), "yellow")
        yield f"  {name}{safe(where)}, {share}  {paint(found.pattern, 'dim')}"
        for missing in found.missing:
            yield f"    lacks {safe(missing)}"
        for line in found.diff.splitlines():
            yield f"      {_painted(safe(line), paint)}"
        yield ""


def _painted(line: str, paint: Paint) -> str:
    if line.startswith(("+++", "---", "@@")):
        return paint(line, "dim")
    if line.startswith("+"):
        return paint(line, "green")
    return paint(line, "minus") if line.startswith("-") else line
