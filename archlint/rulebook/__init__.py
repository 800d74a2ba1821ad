"""The rules and the catalog: built-in ones and a user's own."""

from __future__ import annotations

from archlint.rulebook.entry import Ambiguity, Entry, Form
from archlint.rulebook.loading import Rulebook, load, load_folder
from archlint.rulebook.places import builtin_catalog, builtin_rules
from archlint.rulebook.rule import Asked, Level, Option, Question, Rule

__all__ = [
    "Ambiguity",
    "Asked",
    "Entry",
    "Form",
    "Level",
    "Option",
    "Question",
    "Rule",
    "Rulebook",
    "builtin_catalog",
    "builtin_rules",
    "load",
    "load_folder",
]
