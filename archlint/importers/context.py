"""What a reader of infrastructure code may ask of the outside: files inside the project root, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archlint.importers.files import shown
from archlint.importers.problems import Problems
from archlint.model import InputError, Problem
from archlint.model.record import fresh, record
from archlint.source import Document, Limits, read_document, read_text


@record(frozen=False)
class Context:
    """The project root, the limits, the documents read so far (by the path they are shown with) and their problems.

    ``parts`` are the documents that were asked for: what belongs to another file is no input of its own. ``aside`` are
    problems of files without which the rest can still be read.
    """

    root: Path
    limits: Limits
    documents: dict[str, Document]
    problems: Problems
    parts: set[str] = fresh(factory=set)
    aside: list[Problem] = fresh(factory=list)
    refused: dict[str, Sequence[Problem]] = fresh(factory=dict)
    """What is wrong with documents that were asked for and cannot be read, by the path they are shown with."""

    def inside(self, base: Path, written: str) -> Path | None:
        """The file or folder that a path written in a file of the folder ``base`` means; None outside the root.

        Nor is anything else given, such as a named pipe, at which reading would wait.
        """
        try:
            target = (base / written).resolve()
            there = target.is_relative_to(self.root) and (target.is_file() or target.is_dir())
        except (OSError, ValueError, RuntimeError):
            return None
        return target if there else None

    def leads_out(self, base: Path, written: str) -> bool:
        """Whether a path leads out of the project root, be there something or not."""
        try:
            return not (base / written).resolve().is_relative_to(self.root)
        except (OSError, ValueError, RuntimeError):
            return False

    def document(self, path: Path, tags: frozenset[str] = frozenset()) -> Document | None:
        """A further document of the project, read once; None if it cannot be read, which is no error here."""
        name = shown(path)
        self.parts.add(name)
        if name not in self.documents:
            try:
                self.documents[name] = read_document(path, name, self.limits, tags)
            except InputError as error:
                self.refused[name] = error.problems
                return None
        return self.documents[name]

    def text(self, path: Path) -> str | None:
        """The text of a further file of the project; None if it cannot be read."""
        try:
            return read_text(path, shown(path), self.limits)
        except InputError:
            return None
