"""Asking every rule of an architecture."""

from __future__ import annotations

from archlint.lint.check import Checked, check
from archlint.lint.settings import LintSettings, PathSettings

__all__ = ["Checked", "LintSettings", "PathSettings", "check"]
