"""What is wrong with an input: all of it at once, each with its place and the nearest valid name."""

from __future__ import annotations

from collections.abc import Sequence

from archlint.model.places import Span
from archlint.model.tuples import NamedTuple


class Problem(NamedTuple):
    """One thing that makes an input invalid.

    ``span`` is None where there is no text to point at (a missing file). ``expected`` says what would
    have been right; ``suggestion`` is the nearest valid name. ``related`` points at a second place, as for
    a name that is defined twice, with a label for it.
    """

    message: str
    span: Span | None = None
    expected: str = ""
    suggestion: str = ""
    related: tuple[tuple[Span, str], ...] = ()
    path: str = ""

    def __str__(self) -> str:
        place = str(self.span) if self.span else self.path
        text = f"{place}: {self.message}" if place else self.message
        if self.expected:
            text += f"; expected {self.expected}"
        if self.suggestion:
            text += f" (did you mean `{self.suggestion}`?)"
        return text


class InputError(Exception):
    """An input cannot be read or is not valid. Carries every problem found, in the order of the text.

    ``texts`` are those of inputs that are no files, by the path they are shown with.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        self.texts: dict[str, str] = {}
        super().__init__("\n".join(str(problem) for problem in self.problems))
