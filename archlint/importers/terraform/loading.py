"""From a root module's folder to its modules: what is called is found on disk, or stood in for, or noted."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from yaml import MappingNode

from archlint.importers.context import Context
from archlint.importers.files import shown
from archlint.importers.infrastructure.stack import Note
from archlint.importers.terraform.evaluating import State
from archlint.importers.terraform.folder import Folder, Place, files_of, hcl_document, read_folder
from archlint.importers.terraform.module import Callee, Inputs, Module, Names, Setting
from archlint.importers.terraform.stand_ins import stand_in_for
from archlint.importers.terraform.values import Data, Evaluated
from archlint.model import InputError, Site
from archlint.model.tuples import NamedTuple
from archlint.source import parse, plain
from archlint.source.hcl import Expression

_MOST_MODULES = 1_000
_AUTOMATIC = (".auto.tfvars", ".auto.tfvars.json")
_MANIFEST = ".terraform/modules/modules.json"


class _Found(NamedTuple):
    """The folder of a source, its path as expressions see it, and whether places in it are none of the user's own."""

    folder: Folder
    path: str
    stands_in: bool = False


class Loader:
    """Reads one root module and every module below it. ``notes`` say what could not be followed."""

    def __init__(self, folder: Path, context: Context) -> None:
        self._path = folder
        self._context = context
        self._folders: dict[Path, Folder] = {}
        self._left = _MOST_MODULES
        self._chains: dict[int, tuple[Path, ...]] = {}
        self._installed: dict[str, str] | None = None
        self.notes: list[Note] = []

    def root(self) -> Module:
        """The root module, its variables as ``terraform.tfvars`` and ``*.auto.tfvars`` set them."""
        setting = Setting(State(), self._file, self._called, self._note)
        module = Module(self._folder(self._path), setting, inputs=self._given().get)
        self._chains[id(module)] = (self._path.resolve(),)
        return module

    def every(self, root: Module) -> Iterator[Module]:
        """A module and all those it calls, each instance by itself."""
        waiting = [root]
        while waiting:
            module = waiting.pop(0)
            yield module
            for name in module.folder.calls:
                callee = module.callee(name)
                if callee is not None:
                    waiting += [inner for _, inner in callee.modules]

    def _folder(self, path: Path) -> Folder:
        key = path.resolve()
        if key not in self._folders:
            self._folders[key] = read_folder(path, self._context)
        return self._folders[key]

    def _file(self, written: str) -> str | None:
        target = self._context.inside(self._path, written)
        return self._context.text(target) if target is not None and target.is_file() else None

    def _given(self) -> dict[str, Evaluated]:
        """What variable files say, the later one first heard.

        https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
        """
        given: dict[str, Evaluated] = {}
        names = sorted(path.name for path in self._path.glob("*.auto.tfvars*") if path.name.endswith(_AUTOMATIC))
        for name in ("terraform.tfvars", "terraform.tfvars.json", *names):
            file = self._path / name
            if file.is_file() and file.resolve().is_relative_to(self._context.root):
                given |= self._variables(file)
        return given

    def _variables(self, file: Path) -> dict[str, Evaluated]:
        if file.suffix == ".json":
            try:
                data = plain(parse(shown(file), self._context.text(file) or "{}").root)
            except (InputError, ValueError):
                return {}
            return {key: Evaluated(_data(value)) for key, value in data.items()} if isinstance(data, dict) else {}
        document = hcl_document(file, self._context)
        if document is None:
            self._context.aside += self._context.refused[shown(file)]
            return {}
        empty = Module(Folder(self._path), Setting(State(), self._file, self._called, self._note))
        assert isinstance(document.root, MappingNode)
        pairs = document.pairs(document.root)
        return {name: empty.evaluated(value, {}) for name, (_, value) in pairs.items() if isinstance(value, Expression)}

    # --- called modules ---------------------------------------------------------------------------------------------

    def _called(self, caller: Module, name: str, place: Place) -> Callee | None:
        expression = place.expression("source")
        source = caller.evaluated(expression, {}).data if expression is not None else None
        site = caller.stand_in or place.site
        if not isinstance(source, str):
            self._note(f"the source of module `{name}` is not known", site)
            return None
        found = self._find(caller, name, source, site)
        return self._instances(caller, name, place, found) if found is not None else None

    def _find(self, caller: Module, name: str, source: str, site: Site) -> _Found | None:
        if source.startswith(("./", "../")) or source in (".", ".."):
            return self._local(caller, name, source, site)
        directory = self._manifest().get(f"{caller.prefix}module.{name}".replace("module.", ""))
        target = self._context.inside(self._path, directory) if directory else None
        if target is not None and files_of(target):
            found = self._checked(caller, name, target, site)
            return found._replace(stands_in=True) if found is not None else None
        stand_in = stand_in_for(source)
        if stand_in is not None:
            return _Found(stand_in, ".", stands_in=True)
        self._note(f"what module `{name}` makes is not known: its source `{source[:120]}` is not on disk", site)
        return None

    def _local(self, caller: Module, name: str, source: str, site: Site) -> _Found | None:
        base = caller.folder.path
        target = self._context.inside(base, source)
        if target is None:
            exists = (base / source).exists()
            where = "is outside the project" if exists else "does not exist"
            self._note(f"module `{name}` is left aside: its source `{source[:120]}` {where}", site)
            return None
        if not files_of(target):
            self._note(f"module `{name}` is left aside: its source `{source[:120]}` has no .tf file", site)
            return None
        return self._checked(caller, name, target, site)

    def _checked(self, caller: Module, name: str, target: Path, site: Site) -> _Found | None:
        if target.resolve() in self._chains.get(id(caller), ()):
            self._note(f"module `{name}` is left aside: it calls itself, through others or directly", site)
            return None
        return _Found(self._folder(target), os.path.relpath(target, self._path.resolve()))

    def _instances(self, caller: Module, name: str, place: Place, found: _Found) -> Callee:
        instances = caller.instances(f"module.{name}", place)
        stand_in = caller.stand_in or (place.site if found.stands_in else None)
        modules: list[tuple[Data, Module]] = []
        for key, names in instances.names:
            if self._left <= 0:
                self._note(f"module `{name}` is left aside: there are more than {_MOST_MODULES:,} modules", place.site)
                break
            self._left -= 1
            module = Module(
                found.folder,
                caller.setting,
                caller.prefix_of(name, key, instances),
                _inputs(caller, place, names),
                path=found.path,
                stand_in=stand_in,
            )
            self._chains[id(module)] = (*self._chains.get(id(caller), ()), found.folder.path.resolve())
            modules.append((key, module))
        return Callee(modules, instances)

    def _manifest(self) -> dict[str, str]:
        """Where ``terraform init`` has put modules of other sources, by their path in the configuration."""
        if self._installed is None:
            self._installed = {}
            text = self._file(_MANIFEST)
            try:
                entries = json.loads(text)["Modules"] if text else []
                self._installed = {str(entry["Key"]): str(entry["Dir"]) for entry in entries}
            except (ValueError, LookupError, TypeError, RecursionError):
                return {}
        return self._installed

    def _note(self, message: str, site: Site) -> None:
        note = Note(message, site)
        if note not in self.notes:
            self.notes.append(note)


def _inputs(caller: Module, place: Place, names: Names) -> Inputs:
    def given(name: str) -> Evaluated | None:
        expression = place.expression(name)
        return None if expression is None else caller.evaluated(expression, names)

    return given


def _data(value: object) -> Data:
    """Plain data as values."""
    if isinstance(value, dict):
        return {str(key): _data(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_data(item) for item in value]
    return value if isinstance(value, str | int | float | bool) else None
