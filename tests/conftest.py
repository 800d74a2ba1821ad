from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archlint.importers import Reading, read_text
from archlint.rulebook import Rulebook, load
from archlint.rulebook.examples import completed

HERE = Path(__file__).parent
os.environ["ARCHLINT_CACHE_DIR"] = ""  # what tests compile is nobody's


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load()


@pytest.fixture
def describe() -> Callable[[str], Reading]:
    """Reads a description whose head may be left out."""

    def read(text: str) -> Reading:
        return read_text(completed(text))

    return read


@pytest.fixture(scope="session")
def archlint_command() -> list[str]:
    return [sys.executable, "-P", "-m", "archlint"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The yardsticks beside the project, where they are there."""
    folder = Path(os.environ.get("ARCHLINT_SHARED") or HERE.parent.parent / "shared")
    if not (folder / "cases").is_dir():
        pytest.skip("no yardsticks beside the project")
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write what the reports print now as their golden files"
    )
