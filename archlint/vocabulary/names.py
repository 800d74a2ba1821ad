"""What a name may be in a description: that of a service, that of a component, and a component's full id."""

from __future__ import annotations

import re
from typing import Final

WORD: Final = r"[A-Za-z][A-Za-z0-9_-]*"
_BLOCK = r'[A-Za-z_][A-Za-z0-9_-]*(?:\[(?:"[A-Za-z0-9_-]+"|[0-9]+)\])?'
NAME: Final = rf"(?:(?:module\.{_BLOCK}\.)*aws[a-z]*_[a-z0-9_]+\.{_BLOCK}|{WORD})"
"""A word, or a Terraform address such as ``module.intake.aws_sqs_queue.inbox["a"]``: the id that a resource has."""
ID: Final = rf"(?:{WORD}\.)?{NAME}"

_WORD = re.compile(WORD)
"""Nearly every name is one; the longer expressions are compiled when the first comes that is not."""


def as_word(text: str) -> str:
    """The nearest word to a text that is to be a new name."""
    word = re.sub(r"[^A-Za-z0-9_]+", "-", text).strip("-")
    return word if word[:1].isalpha() else f"x-{word}".rstrip("-")


def is_service_name(text: str) -> bool:
    """Whether a service can have this name."""
    return _WORD.fullmatch(text) is not None


def is_component_name(text: str) -> bool:
    """Whether a component can have this name inside its service."""
    return _WORD.fullmatch(text) is not None or re.fullmatch(NAME, text) is not None


def is_component_id(text: str) -> bool:
    """Whether this can be the full id of a component: its name, or ``service.name``."""
    service, _, name = text.partition(".")
    words = _WORD.fullmatch(service) is not None and (not name or _WORD.fullmatch(name) is not None)
    return (words and not text.endswith(".")) or re.fullmatch(ID, text) is not None
