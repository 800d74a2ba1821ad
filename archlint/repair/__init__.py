"""Findings made to go away in the user's own files."""

from __future__ import annotations

from archlint.repair.repairing import Refusal, Repaired, repair

__all__ = ["Refusal", "Repaired", "repair"]
