from __future__ import annotations

from textwrap import dedent

import pytest

from archlint.importers import read


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Writes files into a project and reads it."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def write(path: str = ".", **files: str):
        for name, text in files.items():
            file = tmp_path / name.replace("__", "/")
            file = file.with_name(file.name.replace("_tfvars", ".tfvars").replace("_json", ".json"))
            file = file if file.suffix else file.with_suffix(".tf")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(dedent(text))
        return read([path])

    return write
