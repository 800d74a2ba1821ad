"""Patterns and suggestions, as text and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
            {
                "pattern": match.pattern,
                "variant": match.variant,
                "service": match.service,
                "roles": _roles(match.roles),
                "confidence": match.confidence.word,
                "because": match.because,
                "unlike": dict(match.unlike),
            }
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
                "solves": [
                    {"rule": one.rule, "component": one.component.id if one.component else None, "message": one.message}
                    for one in found.solves
                ],
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


def in_words(suggestion: Suggestion, rulebook: Rulebook) -> str:
    """A suggestion by its pattern's name and its service."""
    where = f" in {suggestion.service}" if suggestion.service else ""
    name = _name(rulebook, suggestion.pattern)
    return f"{'the ' if name.startswith('The ') else ''}{name.removeprefix('The ')}{safe(where)}"


def answer_text(answer: Answer, rulebook: Rulebook, paint: Paint, asked: str | None = None) -> str:
    """What is there, what could be, and what cannot be told; of one pattern only, if one was ``asked`` for."""
    matches = [match for match in answer.matches if asked in {None, match.pattern}]
    possible = [one for one in answer.possible if asked is None or asked in one.patterns]
    lines: list[str] = []
    if matches:
        title = "Patterns" if asked is None else f"{_name(rulebook, asked)} is already there"
        lines += [paint(title, "bold"), *_matches(matches, rulebook, paint), ""]
    for part, larger in answer.contained:
        if part.pattern == asked:
            title = f"{_name(rulebook, asked)} is already there, as a part of {_name(rulebook, larger.pattern)}"
            lines += [paint(title, "bold"), *_matches([part], rulebook, paint), ""]
    if possible:
        lines += [paint("Possible", "bold"), *_possibles(possible, rulebook, paint), ""]
    if answer.suggestions:
        title = "Nearly there" if asked is None else "Ways there, the shortest first"
        lines += [paint(title, "bold"), *_suggestions(answer.suggestions, rulebook, paint)]
        if any(found.diff for found in answer.suggestions):
            lines.append(_HINT if asked is None else _HINT_ASKED)
    if not lines:
        return _nothing(rulebook, asked)
    return "\n".join(lines).rstrip() + "\n"


_HINT = "`--apply` makes the first change of each service in the files, `--diff` shows it alone."
_HINT_ASKED = "`--apply` makes the first change in the files, `--diff` shows it alone."


def _nothing(rulebook: Rulebook, asked: str | None) -> str:
    if asked is None:
        return "No pattern of the catalog is here, and none is near.\n"
    return (
        f"{_name(rulebook, asked)} is not here, and no change is known that leads there without a new error.\n"
        f"`archlint patterns {asked}` tells what it is made of, `archlint init --pattern {asked}` writes an example.\n"
    )


def _name(rulebook: Rulebook, pattern: str, variant: str | None = None) -> str:
    entry = rulebook.catalog.get(pattern)
    name = entry.name if entry is not None else pattern
    return f"{name} ({variant})" if variant else name


def _matches(matches: Sequence[Match], rulebook: Rulebook, paint: Paint) -> Iterator[str]:
    for match in matches:
        where = f" in {match.service}" if match.service else ""
        name = paint(_name(rulebook, match.pattern, match.variant), "green")
        yield f"  {name}{safe(where)}  {paint(match.pattern, 'dim')}"
        yield from _role_lines(match.roles)
        if match.because:
            yield f"    {paint('variant:', 'dim')} {safe(match.because)}"
        for sibling, where in match.unlike:
            yield f"    {paint(f'not {_name(rulebook, sibling)}, where {safe(where)}', 'dim')}"


def _role_lines(roles: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    longest = max((len(role) for role in roles), default=0)
    for role, ids in roles.items():
        yield f"    {role.ljust(longest)}  {safe(', '.join(ids))}"


def _possibles(possibles: Sequence[Possible], rulebook: Rulebook, paint: Paint) -> Iterator[str]:
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
        for finding in found.solves:
            yield f"    solves {finding.rule}: {safe(finding.message)}"
        for line in found.diff.splitlines():
            yield f"      {_painted(safe(line), paint)}"
        yield ""


def _painted(line: str, paint: Paint) -> str:
    if line.startswith(("+++", "---", "@@")):
        return paint(line, "dim")
    if line.startswith("+"):
        return paint(line, "green")
    return paint(line, "minus") if line.startswith("-") else line
