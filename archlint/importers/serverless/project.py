"""The files of the project that a serverless.yml reads, inside the project root only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from archlint.importers.context import Context
from archlint.importers.files import shown
from archlint.importers.kinds import SHORT_TAGS
from archlint.importers.serverless.placed import Placed, placed
from archlint.model import InputError, Site
from archlint.model.record import fresh, record
from archlint.model.tuples import NamedTuple
from archlint.source import Limits, TooDeepError, read_document

_DATA = frozenset({".yml", ".yaml", ".json", ".tfstate"})
_PROGRAMS = frozenset({".js", ".ts", ".cjs", ".mjs", ".cts", ".mts"})
_SERVICE = frozenset({"service", "provider"})


class Unreadable(NamedTuple):
    """Why a file gives nothing; ``absent`` says that there is none."""

    reason: str
    absent: bool


@record(frozen=False)
class Project:
    """What the variables of one serverless.yml may read. ``folder`` is the one it stands in.

    ``parameters`` come from a serverless-compose.yml; ``construct`` answers an output of a construct of the Lift
    plugin. ``read`` collects the files that were read.
    """

    context: Context
    folder: Path
    parameters: Mapping[str, Placed]
    construct: Callable[[str, str, Site], Placed | None]
    read: dict[Path, Placed | Unreadable] = fresh(factory=dict)

    @property
    def limits(self) -> Limits:
        """The limits of reading."""
        return self.context.limits

    def content(self, written: str, site: Site) -> Placed | Unreadable:
        """The content of a file: data for YAML and JSON, else its text, standing where it is asked for."""
        path = self.context.inside(self.folder, written)
        if path is None or not path.is_file():
            return Unreadable(f"there is no file `{written[:200]}` inside the project", absent=True)
        if path.suffix in _PROGRAMS:
            return Unreadable(f"`{written[:200]}` is a program, and archlint runs none", absent=False)
        if path not in self.read:
            if len(self.read) >= self.limits.files:
                return Unreadable(f"more than {self.limits.files:,} files are read here", absent=False)
            self.read[path] = self._data(path) if path.suffix in _DATA else self._text(path, site)
        return self.read[path]

    def _data(self, path: Path) -> Placed | Unreadable:
        name = shown(path)
        try:
            document = read_document(path, name, self.limits, SHORT_TAGS)
            found = placed(document, self.limits.depth)
        except InputError as error:
            return Unreadable(f"`{name}` cannot be read: {error.problems[0]}", absent=False)
        except TooDeepError:
            return Unreadable(f"`{name}` is nested too deeply", absent=False)
        self.context.documents[name] = document
        if not found.fields.keys() >= _SERVICE:  # a service that another one looks into is still one of its own
            self.context.parts.add(name)
        return found

    def _text(self, path: Path, site: Site) -> Placed | Unreadable:
        text = self.context.text(path)
        return Placed(text, site) if text is not None else Unreadable(f"`{shown(path)}` cannot be read", absent=False)
