"""How a picture looks."""

from __future__ import annotations

from typing import NamedTuple


class Look(NamedTuple):
    """Choices of the user. ``scale`` multiplies the pixels of a PNG."""

    theme: str = "light"
    direction: str = "LR"
    legend: bool = True
    scale: float = 2.0


class Palette(NamedTuple):
    """Colours of a theme.

    ``tile`` lies behind icons drawn in dark lines; ``services`` are fills of the service boxes, taken in turn.
    """

    background: str
    tile: str
    ink: str
    quiet: str
    error: str
    border: str
    services: tuple[str, ...]


LIGHT = Palette(
    "#ffffff",
    "none",
    "#16191f",
    "#5f6b7a",
    "#d13212",
    "#aab7c4",
    ("#eaf2fb", "#eef6ea", "#f2eefa", "#fdf5e2", "#e8f5f5", "#fbecee", "#f4f0ea", "#eef0f3"),
)
DARK = Palette(
    "#16191f",
    "#d5dbe3",
    "#e9ebed",
    "#a3adba",
    "#ff7a5c",
    "#4a5563",
    ("#1d2a3a", "#1f2d22", "#28223a", "#332c1a", "#1b3031", "#36222a", "#2e2a24", "#262a31"),
)


_VARIABLES = tuple(f"var(--service-{place})" for place in range(len(LIGHT.services)))
PAGE = Palette(**{name: f"var(--{name})" for name in Palette._fields if name != "services"}, services=_VARIABLES)
"""Colours that a page chooses itself, as its variables."""


def variables(colours: Palette) -> str:
    """The colours of a theme as the variables of :data:`PAGE`, in CSS."""
    single = {name: value for name, value in colours._asdict().items() if name != "services"}
    services = {f"service-{place}": value for place, value in enumerate(colours.services)}
    return "".join(f"--{name}:{value};" for name, value in (single | services).items())


def palette(theme: str) -> Palette:
    """The colours of a theme."""
    return DARK if theme == "dark" else LIGHT
