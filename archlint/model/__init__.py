"""The component graph and what is said about it; everything else imports this, and this imports nothing of archlint."""

from __future__ import annotations

from archlint.model.architecture import Architecture, Subject, Suppression
from archlint.model.changes import (
    AddComponent,
    AddConnection,
    Change,
    RemoveComponent,
    RemoveConnection,
    SetProperty,
)
from archlint.model.elements import Component, Connection, Service
from archlint.model.levels import Confidence, Severity, Style
from archlint.model.places import Route, Site, Span
from archlint.model.problems import InputError, Problem
from archlint.model.results import Finding, Fix, Match, Possible, Related, Suggestion
from archlint.model.values import UNKNOWN, Properties, Unknown, Value, is_unknown

__all__ = [
    "UNKNOWN",
    "AddComponent",
    "AddConnection",
    "Architecture",
    "Change",
    "Component",
    "Confidence",
    "Connection",
    "Finding",
    "Fix",
    "InputError",
    "Match",
    "Possible",
    "Problem",
    "Properties",
    "Related",
    "RemoveComponent",
    "RemoveConnection",
    "Route",
    "Service",
    "SetProperty",
    "Severity",
    "Site",
    "Span",
    "Style",
    "Subject",
    "Suggestion",
    "Suppression",
    "Unknown",
    "Value",
    "is_unknown",
]
