from __future__ import annotations

from textwrap import dedent

import pytest
from in_short import edges

from archlint.importers import read


class Project:
    """A folder of its own with files in it, and what is read from them."""

    def __init__(self, root) -> None:
        self.root = root

    def write(self, name: str, text: str) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text))

    def read(self, *names: str):
        return read([self.root / name for name in names or ("template.yaml",)])

    def reading(self, text: str):
        self.write("template.yaml", text)
        return self.read()

    def edges(self, text: str) -> list[str]:
        return edges(self.reading(text).architecture)


@pytest.fixture
def project(tmp_path) -> Project:
    (tmp_path / ".git").mkdir()
    return Project(tmp_path)
