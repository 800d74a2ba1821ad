"""What a file below a folder that cannot be read was meant to be, by its first lines."""

from __future__ import annotations

from pathlib import Path

_HEAD = 16_384
_TEMPLATE = (b"AWSTemplateFormatVersion", b"AWS::")
_CONFIGURATION = "serverless."


def claims_to_be_a_description(path: Path) -> bool:
    """Whether it says that it is one of archlint's own."""
    lines = _head(path).removeprefix(b"\xef\xbb\xbf").splitlines()
    return any(line.startswith(b"archlint:") for line in lines)


def looks_like_infrastructure(path: Path) -> bool:
    """Whether it is probably infrastructure code: a template, or a configuration of the Serverless Framework."""
    return path.name.startswith(_CONFIGURATION) or any(word in _head(path) for word in _TEMPLATE)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError:
        return b""
