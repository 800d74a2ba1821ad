"""What is wrong with an input, for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from archlint.model import InputError, Problem
from archlint.report.paint import Paint, safe
from archlint.report.snippets import Mark, snippets
from archlint.source import Document, read_text
from archlint.source.lines import line_document

_MOST = 50


def problems_text(error: InputError, paint: Paint, texts: Mapping[str, str] | None = None) -> str:
    """Every problem with its line; beyond fifty they are counted."""
    documents = _documents(error.problems, texts or {})
    blocks = ["\n".join(_problem(problem, documents, paint)) for problem in error.problems[:_MOST]]
    if len(error.problems) > _MOST:
        blocks.append(f"… and {len(error.problems) - _MOST:,} more problems")
    return "\n\n".join(blocks) + "\n"


def _problem(problem: Problem, documents: Mapping[str, Document], paint: Paint) -> list[str]:
    head = f"{paint('invalid', 'red')}: {paint(safe(problem.message), 'bold')}"
    if problem.span is None:
        lines = [f"{head} ({safe(problem.path)})" if problem.path else head]
        margin = "  "
    else:
        marks = [Mark(problem.span, "", primary=True), *(Mark(span, label) for span, label in problem.related)]
        lines = [head, *snippets(marks, documents, paint)]
        margin = " " * (len(str(max(mark.span.line for mark in marks))) + 1)
    if problem.expected:
        lines.append(f"{margin}{paint('=', 'blue')} {paint('expected:', 'bold')} {safe(problem.expected)}")
    if problem.suggestion:
        lines.append(f"{margin}{paint('=', 'blue')} {paint('did you mean', 'bold')} `{safe(problem.suggestion)}`?")
    return lines


def _documents(problems: Sequence[Problem], texts: Mapping[str, str]) -> dict[str, Document]:
    """The documents to show lines of: they may be no valid YAML, so only their lines are read."""
    paths = {problem.span.path for problem in problems if problem.span}
    paths |= {span.path for problem in problems for span, _ in problem.related}
    found = {}
    for path in sorted(paths):
        text = texts.get(path)
        if text is None:
            try:
                if not Path(path).is_file():  # a pipe has been read to its end, or never comes to one
                    continue
                text = read_text(Path(path), path)
            except (OSError, InputError):
                continue
        found[path] = line_document(path, text)
    return found
