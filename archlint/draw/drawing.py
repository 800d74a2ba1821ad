"""From an architecture to the bytes of pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from multiprocessing import cpu_count, get_all_start_methods, get_context
from multiprocessing.connection import Connection
from threading import active_count

from archlint.draw.errors import DrawingError
from archlint.draw.formats import Writer, writer
from archlint.draw.look import Look
from archlint.draw.notes import Notes
from archlint.draw.sheet import Sheet, lay_out_together, with_places
from archlint.draw.views import Choice, View, views
from archlint.model import Architecture

_MANY, _BATCH, _MOST_PROCESSES = 8, 25, 8


def draw(architecture: Architecture, format_: str, look: Look | None = None, notes: Notes | None = None) -> bytes:
    """All of it as one picture in one of the formats of :mod:`archlint.draw.formats`. Raises :class:`DrawingError`."""
    whole = views(architecture, Choice(everything=True))
    return next(draw_views(architecture, whole, format_, look or Look(), notes or Notes()))


def draw_views(
    architecture: Architecture, found: Sequence[View], format_: str, look: Look, notes: Notes
) -> Iterator[bytes]:
    """A picture of each view, in order. Raises :class:`DrawingError`.

    Many are drawn by several processes at once where the platform can fork; they are the same ones.
    """
    write = writer(format_)
    sheets = [Sheet(architecture, with_places(view.scene, architecture, notes), look, notes) for view in found]
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
    context = get_context("fork")
    count = min(cpu_count() or 1, _MOST_PROCESSES)
    size = -(-len(sheets) // count)
    running = []
    for start in range(0, len(sheets), size):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(sender, sheets[start : start + size], write), daemon=True)
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
