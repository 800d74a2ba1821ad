"""From an architecture to the bytes of pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from multiprocessing import cpu_count, get_all_start_methods, get_context
from multiprocessing.connection import Connection
from threading import active_count

from archlint.draw.arranging import Arrangement
from archlint.draw.context import Context
from archlint.draw.errors import DrawingError
from archlint.draw.formats import Writer, writer
from archlint.draw.look import Look
from archlint.draw.scene import Scene
from archlint.draw.sheet import Sheet, lay_out_together, with_places
from archlint.draw.views import Choice, views
from archlint.model import Architecture

_MANY, _BATCH, _MOST_PROCESSES = 8, 25, 8


def draw(architecture: Architecture, format_: str, look: Look | None = None, context: Context | None = None) -> bytes:
    """All of an architecture as one picture, in one of the formats of :mod:`archlint.draw.formats`.

    Raises :class:`archlint.draw.DrawingError`.
    """
    scene = views(architecture, Choice(everything=True))[0].scene
    return next(draw_scenes([scene], format_, look or Look(), context or Context(architecture)))


def picture(
    scene: Scene, geometry: Arrangement | None, format_: str, look: Look, context: Context | None = None
) -> bytes:
    """The picture of a scene, laid out already or not. Raises :class:`archlint.draw.DrawingError`."""
    context = context or Context()
    return writer(format_)(Sheet(with_places(scene, context), look, context, geometry))


def draw_scenes(scenes: Sequence[Scene], format_: str, look: Look, context: Context | None = None) -> Iterator[bytes]:
    """A picture of each scene, in order. Raises :class:`archlint.draw.DrawingError`.

    Many are drawn by several processes at once where the platform can fork; they are the same ones.
    """
    context = context or Context()
    write = writer(format_)
    sheets = [Sheet(with_places(scene, context), look, context) for scene in scenes]
    if len(sheets) > _MANY and "fork" in get_all_start_methods() and active_count() == 1:
        yield from _forked(sheets, write)
    else:
        yield from _written(sheets, write)


def _written(sheets: Sequence[Sheet], write: Writer) -> Iterator[bytes]:
    for number in range(0, len(sheets), _BATCH):
        batch = sheets[number : number + _BATCH]
        if len(batch) > 1:
            lay_out_together(batch)
        for sheet in batch:
            yield write(sheet)


def _forked(sheets: Sequence[Sheet], write: Writer) -> Iterator[bytes]:
    """Every process takes a stretch of the sheets; what is drawn or what went wrong comes back through a pipe."""
    forking = get_context("fork")
    count = min(cpu_count() or 1, _MOST_PROCESSES)
    size = -(-len(sheets) // count)
    running = []
    for start in range(0, len(sheets), size):
        receiver, sender = forking.Pipe(duplex=False)
        process = forking.Process(target=_send, args=(sender, sheets[start : start + size], write), daemon=True)
        process.start()
        sender.close()
        running.append((process, receiver))
    for process, receiver in running:
        try:
            pictures: list[bytes] | str = receiver.recv()
        except EOFError:
            pictures = "a process that drew pictures ended before it was done"
        process.join()
        if isinstance(pictures, str):
            raise DrawingError(pictures)
        yield from pictures


def _send(sender: Connection, sheets: Sequence[Sheet], write: Writer) -> None:
    try:
        sender.send(list(_written(sheets, write)))
    except DrawingError as error:
        sender.send(str(error))
