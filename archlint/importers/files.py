"""Which files are meant: given ones, everything below a folder, includes; and where the project ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archlint.model import InputError, Problem
from archlint.source import Limits

_ROOT_MARKS = (".git", "pyproject.toml", ".archlint.yaml")
TERRAFORM = (".tf", ".tf.json")
"""How the names of files end that are read folder by folder."""
_SUFFIXES = (".yaml", ".yml", ".json", ".tf")
_SYNTHESIZED = "cdk.out"
"""A file of this name stands in a folder that the CDK synthesized; the assets in it are program code."""
_LEFT_OUT = frozenset({"node_modules", "__pycache__", "venv"})


def find_root(start: Path) -> Path:
    """The project root: the nearest folder above that is one by its marks, else the folder itself."""
    folder = start if start.is_dir() else start.parent
    folder = folder.resolve()
    for candidate in (folder, *folder.parents):
        if is_marked(candidate):
            return candidate
    return folder


def is_marked(folder: Path) -> bool:
    """Whether a folder is a project root by what stands in it."""
    return any((folder / mark).exists() for mark in _ROOT_MARKS)


def shown(path: Path) -> str:
    """A path as it is printed: relative to the working folder where that is shorter, with ``/``."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def below(folder: Path, root: Path, limits: Limits) -> Iterator[Path]:
    """The YAML, JSON and Terraform files below a folder in order, hidden, ignored and outside ones left out."""
    for count, path in enumerate(_walk(folder, root, _Ignored(root, folder, limits), limits.depth), 1):
        if count > limits.files:
            raise InputError([Problem(f"there are more than {limits.files:,} files here", path=shown(folder))])
        yield path


def _walk(folder: Path, root: Path, ignored: _Ignored, depth: int) -> Iterator[Path]:
    if not depth:
        raise InputError([Problem("the folders are nested too deeply here", path=shown(folder))])
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(
            [Problem(f"cannot read this folder: {(error.strerror or '').lower()}", path=shown(folder))]
        ) from error
    for path in entries:
        if path.name.startswith(".") or path.name in _LEFT_OUT or ignored.matches(path):
            continue
        if path.is_symlink() and not leads_into(path, root):
            continue
        if path.is_dir():
            if not path.is_symlink() and not (path.name.startswith("asset.") and (folder / _SYNTHESIZED).is_file()):
                yield from _walk(path, root, ignored.entering(path), depth - 1)
        elif path.suffix in _SUFFIXES and path.is_file():
            yield path


def leads_into(path: Path, root: Path) -> bool:
    """Whether a path, links followed, is at or below a folder; a link in a circle leads nowhere."""
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def leads_out(path: Path) -> bool:
    """Whether a file is a link out of the project it stands in: whoever may change a project may make one."""
    root = find_root(path)
    return path.is_symlink() and path.is_file() and is_marked(root) and not leads_into(path, root)


class _Ignored:
    """The ``.gitignore`` files from the root down to a folder; like git, links of that name are left aside."""

    def __init__(self, root: Path, folder: Path, limits: Limits) -> None:
        self._limits = limits
        self._specs: list[tuple[Path, object]] = []
        resolved = folder.resolve()
        if resolved.is_relative_to(root):
            for ancestor in reversed([resolved, *resolved.parents]):
                if ancestor.is_relative_to(root):
                    self._add(ancestor)
        # a folder that is asked for is read although git ignores it, as a `cdk.out` mostly is
        self._specs = [rule for rule in self._specs if rule[0] == resolved or not _matches(rule, resolved)]

    def _add(self, folder: Path) -> None:
        file = folder / ".gitignore"
        if file.is_file() and not file.is_symlink():
            from archlint.importers.gitignore import ignored_by  # noqa: PLC0415  only where there is such a file

            self._specs.append((folder.resolve(), ignored_by(file, shown(file), self._limits)))

    def entering(self, folder: Path) -> _Ignored:
        """The rules that hold below a folder."""
        inner = _Ignored.__new__(_Ignored)
        inner._limits = self._limits  # noqa: SLF001  of the same class
        inner._specs = list(self._specs)  # noqa: SLF001
        inner._add(folder)  # noqa: SLF001
        return inner

    def matches(self, path: Path) -> bool:
        """Whether git would ignore a path."""
        absolute = path.parent.resolve() / path.name
        return any(_matches(rule, absolute) for rule in self._specs)


def _matches(rule: tuple[Path, object], path: Path) -> bool:
    folder, spec = rule
    relative = path.relative_to(folder).as_posix() + ("/" if path.is_dir() else "")
    return bool(spec.match_file(relative))  # type: ignore[attr-defined]
