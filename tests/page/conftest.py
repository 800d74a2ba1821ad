"""Other programs that the tests of the page need: they are skipped where one is missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

NODE = Path(__file__).with_name("node")


@pytest.fixture(scope="session")
def packages() -> Path:
    """A folder of npm packages."""
    folder = os.environ.get("ARCHLINT_NODE_PACKAGES")
    if not folder or not shutil.which("node"):
        pytest.skip(
            "needs node, and ARCHLINT_NODE_PACKAGES=FOLDER after `npm install mermaid jsdom @terrastruct/d2 "
            "playwright-core` in it"
        )
    return Path(folder)


@pytest.fixture(scope="session")
def browse(packages: Path) -> Callable[..., dict[str, Any]]:
    """Runs a walk of ``browser.mjs`` and answers what it saw."""
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = os.environ.get("ARCHLINT_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not browser:
        pytest.skip("needs Chromium on PATH or in ARCHLINT_CHROMIUM")

    def run(walk: str, *parameters: str) -> dict[str, Any]:
        command = ["node", str(NODE / "browser.mjs"), str(packages), browser, walk, *parameters]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
