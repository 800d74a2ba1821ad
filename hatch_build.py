"""What is made when a wheel is built: rules, catalog and vocabulary in a form that is quick to read."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  hatchling's own parameter
    """Adds the indexes of rules and catalog and the vocabulary; a rule or entry that is not valid fails the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files beside the source tree and put them into the wheel."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from archlint.rulebook.catalog_index import catalog_index_text  # noqa: PLC0415  the package that is being built
        from archlint.rulebook.index import index_text  # noqa: PLC0415
        from archlint.rulebook.loading import load  # noqa: PLC0415
        from archlint.vocabulary.vocabulary import vocabulary_data  # noqa: PLC0415

        made = {
            "archlint/rulebook/index.jsonl": index_text(load().rules.values()),
            "archlint/rulebook/catalog.jsonl": catalog_index_text(load().catalog.values()),
            "archlint/vocabulary/vocabulary.json": json.dumps(vocabulary_data(), ensure_ascii=False),
        }
        folder = Path(tempfile.mkdtemp())
        for place, text in made.items():
            file = folder / Path(place).name
            file.write_text(text, encoding="utf-8")
            build_data["force_include"][str(file)] = place
