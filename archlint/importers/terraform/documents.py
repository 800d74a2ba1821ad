"""JSON documents inside attributes, with the references that stand in them."""

from __future__ import annotations

import json
import re

from archlint.importers.terraform.values import Data, Json, Opaque, Ref, Text, opaque, text_of

_MARK = "\ue000{}\ue001"
_MARKED = re.compile("\ue000(\\d+)\ue001")
_UNQUOTED = re.compile("(?<=[:\\[,])(\\s*)(\ue000\\d+\ue001)(?=\\s*[,}\\]])")
_DEEPEST = 60


def document_of(value: Data) -> Data:
    """The data of a JSON text, references in their places; what cannot be read is unknown with its references."""
    if isinstance(value, Json):
        return value.data
    if isinstance(value, str):
        return _parsed(value, ()) if value.strip() else None
    if isinstance(value, Text):
        pieces = [part for part in value.parts if not isinstance(part, str)]
        numbers = iter(range(len(pieces)))
        written = "".join(part if isinstance(part, str) else _MARK.format(next(numbers)) for part in value.parts)
        return _parsed(_UNQUOTED.sub(r'\1"\2"', written), tuple(pieces))
    return value


def _parsed(text: str, pieces: tuple[Ref | Opaque, ...]) -> Data:
    try:
        data: Data = json.loads(text)
    except (ValueError, RecursionError):
        return opaque(*pieces)
    return _filled(data, pieces, _DEEPEST) if pieces else data


def _filled(data: Data, pieces: tuple[Ref | Opaque, ...], depth: int) -> Data:
    if depth <= 0:
        return opaque(*pieces)
    if isinstance(data, dict):
        return {key: _filled(item, pieces, depth - 1) for key, item in data.items()}
    if isinstance(data, list):
        return [_filled(item, pieces, depth - 1) for item in data]
    if isinstance(data, str) and "\ue000" in data:
        parts: list[Data] = []
        place = 0
        for found in _MARKED.finditer(data):
            number = int(found[1])
            parts += [data[place : found.start()], pieces[number] if number < len(pieces) else ""]
            place = found.end()
        parts.append(data[place:])
        return text_of([part for part in parts if part != ""])
    return data
