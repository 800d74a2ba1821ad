"""How a picture looks."""

from __future__ import annotations

from typing import NamedTuple


class Look(NamedTuple):
    """Choices of the user. ``scale`` multiplies the pixels of a PNG."""

    theme: str = "light"
    direction: str = "LR"
    legend: bool = True
    scale: float = 1.5


class Palette(NamedTuple):
    """Colours of a theme.

    ``tile`` lies behind icons drawn in dark lines; ``services`` are fills of the service boxes and
    ``outlines`` colours of patterns, both taken in turn.
    """

    background: str
    tile: str
    ink: str
    quiet: str
    error: str
    border: str
    services: tuple[str, ...]
    outlines: tuple[str, ...]


LIGHT = Palette(
    "#ffffff",
    "none",
    "#16191f",
    "#5f6b7a",
    "#d13212",
    "#aab7c4",
    ("#eaf2fb", "#eef6ea", "#f2eefa", "#fdf5e2", "#e8f5f5", "#fbecee", "#f4f0ea", "#eef0f3"),
    ("#0b6bcb", "#7a3ec8", "#0f7b6c", "#b3541e", "#a1327a", "#5c6f00"),
)
DARK = Palette(
    "#16191f",
    "#d5dbe3",
    "#e9ebed",
    "#a3adba",
    "#ff7a5c",
    "#4a5563",
    ("#1d2a3a", "#1f2d22", "#28223a", "#332c1a", "#1b3031", "#36222a", "#2e2a24", "#262a31"),
    ("#5aa9f5", "#b794f0", "#4fc3b0", "#f0995c", "#ea80c0", "#b9cc4a"),
)


def palette(theme: str) -> Palette:
    """The colours of a theme."""
    return DARK if theme == "dark" else LIGHT
