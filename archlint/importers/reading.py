"""Reading paths into one architecture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from yaml import Node, ScalarNode

from archlint.importers.connecting import ConnectionReader
from archlint.importers.description import DescriptionReader, is_description
from archlint.importers.draft import Draft
from archlint.importers.files import TERRAFORM, below, find_root, leads_into, leads_out, shown
from archlint.importers.ignoring import KnownNames, check_claims, may_suppress, read_ignored
from archlint.importers.kinds import KINDS, SHORT_TAGS, Kind, kind_of
from archlint.importers.problems import Problems
from archlint.importers.programs import program_problem
from archlint.importers.unreadable import claims_to_be_a_description, looks_like_infrastructure
from archlint.importers.values import ValueReader
from archlint.model import Architecture, InputError, Problem, Site, Span
from archlint.model.tuples import NamedTuple
from archlint.source import Document, Limits, collector_off, parse, read_document, refuse_tags

if TYPE_CHECKING:
    from archlint.importers.context import Context
    from archlint.importers.grouping import Grouping
    from archlint.importers.infrastructure import Stack
    from archlint.importers.overriding import OverrideReader

_FOLDER = "a folder of `.tf` files"
_SIDECAR = "archlint.yaml"
"""The description beside infrastructure code that says what code alone cannot."""

_KINDS = ", ".join(("an archlint description (`archlint: 1`)", *(kind.title for kind in KINDS), _FOLDER))


class Reading(NamedTuple):
    """An architecture and the documents it was read from, by path; ``notes`` say what in them was left aside.

    ``read_with`` reads the same inputs once more, with the given documents in place of the files of those paths.
    """

    architecture: Architecture
    documents: Mapping[str, Document]
    read_with: Callable[[Mapping[str, Document]], Reading]
    notes: Sequence[Problem] = ()

    def again(self, texts: Mapping[str, str]) -> Reading:
        """The same inputs with other texts in some of the documents. Raises :class:`InputError`."""
        parsed = {path: parse(path, text, tags=SHORT_TAGS) for path, text in texts.items()}
        return self.read_with({**self.documents, **parsed})

    def span(self, site: Site) -> Span:
        """The place of a site."""
        return self.documents[site.document].span(site)

    @property
    def is_described(self) -> bool:
        """Whether everything that was read is a description, and nothing infrastructure code."""
        return all(is_description(document) for document in self.documents.values())


def read(
    paths: Sequence[str | Path],
    names: KnownNames | None = None,
    *,
    limits: Limits | None = None,
    stdin: str | None = None,
    services: Sequence[Grouping] = (),
) -> Reading:
    """Read files and folders as one architecture; ``-`` is standard input, whose text is given.

    ``services`` say which service the components of infrastructure code belong to, the last one that fits.

    Raises :class:`InputError` with every problem of every file.
    """
    root = find_root(Path(str(paths[0]))) if paths else Path.cwd()

    def read_with(documents: Mapping[str, Document]) -> Reading:
        reader = _Reader(names or KnownNames(), limits or Limits(), root, documents, services)
        for path in paths:
            if str(path) == "-":
                reader.add_text("<stdin>", stdin or "")
            else:
                reader.add_path(Path(path))
        return reader.finish(read_with)

    return read_with({})


def read_text(
    text: str, names: KnownNames | None = None, *, path: str = "<text>", limits: Limits | None = None
) -> Reading:
    """Read one description from a text. Raises :class:`InputError`."""

    def read_with(documents: Mapping[str, Document]) -> Reading:
        reader = _Reader(names or KnownNames(), limits or Limits(), Path.cwd(), documents)
        reader.add_text(path, text)
        return reader.finish(read_with)

    return read_with({})


class _Reader:
    def __init__(
        self,
        names: KnownNames,
        limits: Limits,
        root: Path,
        known: Mapping[str, Document],
        services: Sequence[Grouping] = (),
    ) -> None:
        self._services = services
        self._names = names
        self._known = known
        self._limits = limits
        self._root = root
        self._draft = Draft()
        self._problems = Problems()
        self._values = ValueReader(self._problems)
        self._stacks: list[Stack] = []
        self._origins: dict[str, Sequence[Stack]] = {}
        self._modules: dict[Path, None] = {}
        self._open: list[Path] = []
        self._done: set[Path] = set()
        self._parts: set[str] = set()
        self._aside: list[Problem] = []

    def add_text(self, path: str, text: str) -> None:
        """Add a text that is no file."""
        try:
            document = self._known.get(path) or parse(path, text, self._limits, SHORT_TAGS)
        except InputError as error:
            self._problems.found += error.problems
            return
        kind = None if is_description(document) else kind_of(document)
        if kind is None:
            self._add_description(document, None)
        else:
            self._add_stacks(kind, document, None)

    def add_path(self, path: Path) -> None:
        """Add a file, or every supported file below a folder."""
        if not path.exists():
            self._problems.found.append(Problem("there is no such file or folder", path=str(path)))
        elif path.is_dir():
            self._add_folder(path)
        elif leads_out(path):
            message = "this link leads outside the project"
            self._problems.found.append(Problem(message, path=str(path), expected="the file itself"))
        elif path.name.endswith(TERRAFORM):
            self._modules[path.parent] = None
        elif (program := program_problem(path)) is not None:
            self._problems.found.append(program)
        else:
            document = self._document(path)
            if document is not None and not self._add_document(document, path):
                span = Span(document.path, 1, 1, 1, 1)
                self._problems.found.append(Problem("this file is of no supported kind", span, expected=_KINDS))

    def _add_document(self, document: Document, path: Path, *, quiet: bool = False) -> bool:
        """Add a document of a supported kind; whether it is of one, and where ``quiet`` can be read, too."""
        if is_description(document):
            self._add_description(document, path)
            return True
        kind = kind_of(document)
        if kind is not None:
            self._done.add(path.resolve())
            return self._add_stacks(kind, document, path, quiet=quiet) or not quiet
        return False

    def _add_stacks(self, kind: Kind, document: Document, path: Path | None, *, quiet: bool = False) -> bool:
        """Add what a document deploys; whether it can be read. Below a folder the others are read without it."""
        self._draft.documents[document.path] = document
        context = self._context()
        try:
            with collector_off():
                self._origins[document.path] = kind.read(document, path, context)
        except InputError as error:
            if not quiet:
                self._problems.found += error.problems
            elif path is not None and looks_like_infrastructure(path):
                self._aside += error.problems
            del self._draft.documents[document.path]
            return False
        self._parts |= context.parts - {document.path}
        return True

    def _context(self) -> Context:
        from archlint.importers.context import Context  # noqa: PLC0415  a description needs none of it

        return Context(self._root, self._limits, self._draft.documents, self._problems, aside=self._aside)

    def _add_folder(self, folder: Path) -> None:
        found = False
        parts: list[tuple[Document, Path]] = []
        for path in below(folder, self._root, self._limits):
            if path.name.endswith(TERRAFORM):
                self._modules[path.parent] = None
                found = True
                continue
            if path.resolve() in self._done or shown(path) in self._parts:
                found = True
                continue
            document = self._document(path, quiet=True)
            if document is None or _is_said_beside(document, path):
                continue
            if _is_part(document):
                parts.append((document, path))
            elif self._add_document(document, path, quiet=True):
                found = True
        for document, path in parts if not found else ():
            found = self._add_document(document, path)
        if not found:
            self._problems.found += self._aside
        if not found and not self._aside:
            self._problems.found.append(
                program_problem(folder)
                or Problem("no file of a supported kind is below this folder", path=shown(folder), expected=_KINDS)
            )

    def _document(self, path: Path, *, quiet: bool = False) -> Document | None:
        name = shown(path)
        if name in self._known:
            return self._known[name]
        try:
            return read_document(path, name, self._limits, SHORT_TAGS)
        except InputError as error:
            if not quiet or claims_to_be_a_description(path):
                self._problems.found += error.problems
            elif looks_like_infrastructure(path):
                self._aside += error.problems
            return None

    def _add_description(self, document: Document, path: Path | None) -> None:
        try:
            refuse_tags(document)
        except InputError as error:
            self._problems.found += error.problems
            return
        reader = DescriptionReader(self._draft, self._problems, self._values)
        self._enter(reader, document, path)
        reader.finish()

    def _enter(self, reader: DescriptionReader, document: Document, path: Path | None) -> None:
        self._draft.documents[document.path] = document
        if path is not None:
            self._open.append(path.resolve())
            self._done.add(path.resolve())
        reader.read(document, lambda outer, node: self._include(reader, outer, node, path))
        if path is not None:
            self._open.pop()

    def _include(self, reader: DescriptionReader, outer: Document, node: Node, path: Path | None) -> None:
        written = node.value if isinstance(node, ScalarNode) else None
        if not isinstance(written, str) or not written:
            self._problems.at(outer, node, "this is no path", expected="a path relative to this file")
            return
        base = path.parent if path is not None else Path.cwd()
        try:
            target = (base / written).resolve()
        except (OSError, ValueError, RuntimeError):
            self._problems.at(outer, node, "this is no path", expected="a path relative to this file")
            return
        if not target.is_relative_to(self._root):
            self._problems.at(
                outer, node, "this file is outside the project", expected="a path inside the project root"
            )
        elif target in self._open:
            self._problems.at(outer, node, "this file includes itself, through others or directly")
        elif not target.is_file():
            self._problems.at(outer, node, f"there is no file `{written[:200]}`")
        elif target not in self._done:
            document = self._document(target)
            if document is not None:
                self._enter(reader, document, target)

    def finish(self, read_with: Callable[[Mapping[str, Document]], Reading]) -> Reading:
        """Read the connections, now that every component is known, and answer; or raise what is wrong."""
        if self._modules:
            from archlint.importers.terraform import read_folders  # noqa: PLC0415  a description needs none of it

            self._stacks += read_folders([*self._modules], self._context())
        for origin, stacks in self._origins.items():
            if origin not in self._parts:  # what belongs to another file has been read with it
                self._stacks += stacks
        self._add_sidecars()
        self._group()
        overrides = self._overrides()
        if overrides is not None:
            overrides.group(self._stacks)
        if self._stacks:
            from archlint.importers.infrastructure import assemble  # noqa: PLC0415  a description needs none of it

            with collector_off():
                assemble(self._stacks, self._draft)
        if overrides is not None:
            overrides.apply()
        self._count()
        connections = ConnectionReader(self._draft, self._problems, self._values, self._limits.connections)
        for pending in self._draft.pending:
            connections.read(pending)
        read_ignored(self._draft, self._problems, self._values, self._names, connections)
        if any(may_suppress(document.text) for document in self._draft.documents.values()):
            from archlint.importers.commenting import read_comments  # noqa: PLC0415  most files have none

            read_comments(self._draft, self._problems, self._names)
        check_claims(self._draft, self._problems, self._names)
        self._problems.raise_any()
        return Reading(self._draft.architecture(), self._draft.documents, read_with, self._notes())

    def _group(self) -> None:
        """Put components into the services that the configuration names."""
        if self._stacks and self._services:
            from archlint.importers.grouping import group  # noqa: PLC0415  most configurations name none

            for grouping in self._services:
                group(self._stacks, grouping)

    def _count(self) -> None:
        """Refuse more components and connections than a command can hold: code makes many of few words."""
        counted = {
            "components": (len(self._draft.components), self._limits.components),
            "connections": (len(self._draft.connections), self._limits.connections),
        }
        for what, (count, most) in counted.items():
            if count > most:
                path = next(iter(self._draft.documents), "")
                raise InputError([Problem(f"there are more than {most:,} {what}", Span(path, 1, 1, 1, 1))])

    def _add_sidecars(self) -> None:
        """Read the description beside each file of infrastructure code that overrides what stands there."""
        for name in dict.fromkeys(stack.site.document for stack in self._stacks):
            folder = Path(name) if Path(name).is_dir() else Path(name).parent
            sidecar = folder / _SIDECAR
            if name.startswith("<") or not sidecar.is_file() or sidecar.resolve() in self._done:
                continue
            if not leads_into(sidecar, self._root):
                continue
            document = self._document(sidecar)
            if document is not None and is_description(document) and "\noverrides:" in f"\n{document.text}":
                self._add_description(document, sidecar)

    def _overrides(self) -> OverrideReader | None:
        if not self._draft.overrides:
            return None
        from archlint.importers.overriding import OverrideReader  # noqa: PLC0415  most architectures have none

        return OverrideReader(self._draft, self._problems, self._values)

    def _notes(self) -> list[Problem]:
        notes = (note for stack in self._stacks for note in stack.notes)
        found = [(self._draft.documents[note.site.document].span(note.site), note.message) for note in notes]
        notes_ = [Problem(message, span) for span, message in sorted(found)]
        return [*dict.fromkeys(self._aside), *notes_]


def _is_part(document: Document) -> bool:
    """Whether a document is of a kind whose files mostly belong to another one."""
    kind = None if is_description(document) else kind_of(document)
    return kind is not None and kind.part


def _is_said_beside(document: Document, path: Path) -> bool:
    """Whether files beside a document say the same as it does, and better."""
    kind = kind_of(document)
    return (
        kind is not None
        and bool(kind.beside)
        and any(other.name.endswith(kind.beside) for other in path.parent.iterdir())
    )
