"""Doing something again whenever a file changes, until Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from archlint.cli.console import error_paint, tell
from archlint.cli.inputs import Inputs, read_inputs
from archlint.model import InputError

_PAUSE = 0.3
"""Seconds between two looks at the files."""
_RETRY = 2.0
"""Seconds after which a broken input is read again even if nothing changed: what it lacks may be elsewhere."""
Stamps: TypeAlias = dict[Path, tuple[int, int]]

_MISSING = (0, 0)
_CONFIGURATION = ("pyproject.toml", ".archlint.yaml")


def repeat(paths: Sequence[str], config: Path | None, act: Callable[[Inputs], object]) -> int:
    """Act on the inputs now and after every change; tell what is wrong with those that are invalid. The exit code."""
    from archlint.report.problems import problems_text  # noqa: PLC0415

    try:
        for found in follow(paths, config):
            if isinstance(found, InputError):
                tell(problems_text(found, error_paint(), found.texts))
            else:
                act(found)
    except KeyboardInterrupt:
        pass
    return 0


def follow(paths: Sequence[str], config: Path | None) -> Iterator[Inputs | InputError]:
    """The inputs, or what is wrong with them, now and after every change that makes a difference."""
    paths = list(paths) or ["."]
    files: set[Path] = set()
    complaint = ""
    while True:
        before = _stamps(files | _given(paths, config))
        try:
            inputs = read_inputs(paths, config)
        except InputError as error:
            files |= {Path(problem.span.path) for problem in error.problems if problem.span}
            before = _kept(before, _looked(files, paths, config), files)
            if str(error) != complaint:
                complaint = str(error)
                yield error
        else:
            files = {Path(name) for name in inputs.reading.documents}
            folders = (*inputs.configuration.rules, *inputs.configuration.catalog)
            files |= {file for folder in folders for file in folder.rglob("*.yaml")}
            before = _kept(before, _looked(files, paths, config), files)
            complaint = ""
            yield inputs
        _wait(partial(_looked, files, paths, config), before, broken=bool(complaint))


def _kept(before: Stamps, now: Stamps, known: set[Path]) -> Stamps:
    """The stamps from before reading where there are any; of files that only reading made known, those of now."""
    return {file: before.get(file, stamp if file in known else _MISSING) for file, stamp in now.items()}


def _wait(look: Callable[[], Stamps], before: Stamps, *, broken: bool) -> None:
    """Wait until the files are others, and then until they stay as they are; editors write in several steps."""
    deadline = time.monotonic() + _RETRY if broken else float("inf")
    now = look()
    while now == before:
        if time.monotonic() > deadline:
            return
        time.sleep(_PAUSE)
        now = look()
    while (later := _after(look)) != now:
        now = later


def _after(look: Callable[[], Stamps]) -> Stamps:
    time.sleep(_PAUSE / 3)
    return look()


def _looked(files: set[Path], paths: Sequence[str], config: Path | None) -> Stamps:
    return _stamps(files | _given(paths, config))


def _given(paths: Sequence[str], config: Path | None) -> set[Path]:
    """The files that the command names, everything supported below the folders it names, and its configuration."""
    from archlint.importers import find_root  # noqa: PLC0415
    from archlint.importers.files import below  # noqa: PLC0415
    from archlint.source import Limits  # noqa: PLC0415

    found = {config} if config is not None else set()
    for path in map(Path, paths):
        if path.is_dir():
            try:
                found.update(below(path, find_root(path), Limits()))
            except InputError:
                continue  # reading will say so
        else:
            found.add(path)
        root = find_root(path)
        found |= {root / name for name in _CONFIGURATION}
    return found


def _stamps(files: Iterable[Path]) -> Stamps:
    """When each file was last changed, and its size; a file that is not there has neither."""
    found: Stamps = {}
    for file in files:
        try:
            status = file.stat()
        except OSError:
            found[file] = _MISSING
        else:
            found[file] = (status.st_mtime_ns, status.st_size)
    return found
