"""How a picture looks."""

from __future__ import annotations

from archlint.model.tuples import NamedTuple


class Look(NamedTuple):
    """Choices of the user. ``scale`` multiplies the pixels of a PNG."""

    theme: str = "light"
    direction: str = "LR"
    legend: bool = True
    scale: float = 1.5


class Palette(NamedTuple):
    """Colours of a theme.

    ``tile`` lies behind icons drawn in dark lines; ``services`` are fills of the service boxes and
    ``outlines`` colours of patterns, both taken in turn; ``added``, ``removed`` and ``changed`` are for what is
    different between two versions.
    """

    background: str
    tile: str
    ink: str
    quiet: str
    error: str
    border: str
    services: tuple[str, ...]
    outlines: tuple[str, ...]
    added: str
    removed: str
    changed: str


LIGHT = Palette(
    "#ffffff",
    "none",
    "#16191f",
    "#5f6b7a",
    "#d13212",
    "#aab7c4",
    ("#eaf2fb", "#eef6ea", "#f2eefa", "#fdf5e2", "#e8f5f5", "#fbecee", "#f4f0ea", "#eef0f3"),
    ("#0b6bcb", "#7a3ec8", "#0f7b6c", "#b3541e", "#a1327a", "#5c6f00"),
    "#1a7f37",
    "#cf222e",
    "#9a6700",
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
    "#3fb950",
    "#ff7b72",
    "#d8a11e",
)


def _named(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"var(--{name}-{place})" for place in range(len(values)))


PAGE = Palette(
    "var(--background)",
    "var(--tile)",
    "var(--ink)",
    "var(--quiet)",
    "var(--error)",
    "var(--border)",
    _named("services", LIGHT.services),
    _named("outlines", LIGHT.outlines),
    "var(--added)",
    "var(--removed)",
    "var(--changed)",
)
"""Colours that a page chooses itself, as its variables."""


def variables(colours: Palette) -> str:
    """The colours of a theme as the variables of :data:`PAGE`, in CSS."""
    found = {}
    for name, value in colours._asdict().items():
        if isinstance(value, str):
            found[name] = value
        else:
            found |= {f"{name}-{place}": colour for place, colour in enumerate(value)}
    return "".join(f"--{name}:{value};" for name, value in found.items())


def palette(theme: str) -> Palette:
    """The colours of a theme."""
    return DARK if theme == "dark" else LIGHT
