"""What is made when a wheel is built: the rules and the vocabulary in a form that is quick to read."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  hatchling's own parameter
    """Adds ``rulebook/index.jsonl`` and ``vocabulary/vocabulary.json``; a rule that is not valid fails the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make both files beside the source tree and put them into the wheel."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from archlint.rulebook.index import index_text  # noqa: PLC0415  the package that is being built
        from archlint.rulebook.loading import builtin_data  # noqa: PLC0415
        from archlint.vocabulary.vocabulary import vocabulary_data  # noqa: PLC0415

        folder = Path(tempfile.mkdtemp())
        index, words = folder / "index.jsonl", folder / "vocabulary.json"
        index.write_text(index_text(builtin_data()), encoding="utf-8")
        words.write_text(json.dumps(vocabulary_data(), ensure_ascii=False), encoding="utf-8")
        build_data["force_include"][str(index)] = "archlint/rulebook/index.jsonl"
        build_data["force_include"][str(words)] = "archlint/vocabulary/vocabulary.json"
