"""Suppressions in comments: ``# archlint: ignore[rule-id] reason``, in files of every kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archlint.importers.draft import Draft
from archlint.importers.ignoring import KnownNames
from archlint.importers.problems import Problems
from archlint.model import Problem, Site, Span, Subject, Suppression
from archlint.source import Comment, Document

_FORM = "`# archlint: ignore[rule-id] reason`"
_DIRECTIVE = re.compile(r"archlint\s*:\s*(?P<word>[A-Za-z_-]+)\s*(?:\[(?P<rules>[^\]]*)(?P<end>\]?)(?P<reason>.*))?")


def read_comments(draft: Draft, problems: Problems, names: KnownNames) -> None:
    """Read every comment that suppresses, and note what is wrong with one.

    A comment speaks of what stands on its line; one that has a line of its own, of what stands on the next.
    """
    for document in draft.documents.values():
        directives = [comment for comment in document.comments if _DIRECTIVE.match(comment.text)]
        if not directives:
            continue
        subjects = _subjects(draft, document)
        alone = {comment.line for comment in document.comments if comment.alone}
        for comment in directives:
            line = comment.line
            while line in alone:
                line += 1
            for rule, reason in _read(document, comment, problems, names):
                span = _span(document, comment)
                site = Site(document.path, (), span=span)
                draft.suppressions.append(Suppression(rule, None, reason, site, subjects.get(line, frozenset())))


def _read(document: Document, comment: Comment, problems: Problems, names: KnownNames) -> Iterator[tuple[str, str]]:
    """The rules and the reason of one comment."""
    found = _DIRECTIVE.match(comment.text)
    assert found is not None

    def wrong(message: str, expected: str = _FORM, suggestion: str = "", part: str = "", start: int = 0) -> None:
        span = _span_of_part(document, comment, part, start) if part else _span(document, comment)
        problems.found.append(Problem(message, span, expected, suggestion))

    word, listed = found["word"], found["rules"]
    if word != "ignore":
        if listed is not None:
            wrong(f"a comment of archlint cannot `{word[:80]}`", part=word, start=found.start("word"))
        return
    if listed is None or not found["end"]:
        wrong("this suppression names no rule" if listed is None else "this suppression has no closing `]`")
        return
    reason = found["reason"].lstrip(" :-").strip()
    if not reason:
        wrong("this suppression has no reason")
    for rule, start in _listed(listed, found.start("rules")):
        if not rule:
            wrong("this suppression names no rule")
        elif names.rules is not None and rule not in names.rules:
            wrong(*names.fault(rule), part=rule, start=start)
        elif reason:
            yield rule, reason


def _span(document: Document, comment: Comment) -> Span:
    end = len(document.line(comment.line).rstrip()) + 1
    return Span(document.path, comment.line, comment.column, comment.line, end)


def _listed(text: str, start: int) -> Iterator[tuple[str, int]]:
    """The names between commas, each with its place; the text itself begins at ``start``."""
    for part in text.split(","):
        yield part.strip(), start + len(part) - len(part.lstrip())
        start += len(part) + 1


def _span_of_part(document: Document, comment: Comment, part: str, start: int) -> Span:
    """The place of a part of a comment's text, or of the comment if its text is not one with that of its line."""
    begin = document.line(comment.line).find(comment.text, comment.column - 1)
    if begin < 0:
        return _span(document, comment)
    return Span(document.path, comment.line, begin + start + 1, comment.line, begin + start + len(part) + 1)


def _subjects(draft: Draft, document: Document) -> Mapping[int, frozenset[Subject]]:
    """What stands on each line of a document: components, services and connections."""
    found: dict[int, set[Subject]] = {}
    sited: list[tuple[Site, Subject]] = [(component.site, component.id) for component in draft.components.values()]
    sited += [(service.site, service.name) for service in draft.services.values()]
    sited += [(edge.site, (edge.source.id, edge.target.id, edge.style, edge.action)) for edge in draft.connections]
    for site, subject in sited:
        if site.document == document.path:
            found.setdefault(document.span(site).line, set()).add(subject)
    return {line: frozenset(subjects) for line, subjects in found.items()}
