from __future__ import annotations

import os
import subprocess

import pytest


@pytest.fixture
def run(archlint_command, tmp_path):
    def call(*arguments: str, text: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        variables = {**os.environ, **environment}
        return subprocess.run(
            [*archlint_command, *arguments],
            cwd=tmp_path,
            env=variables,
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )

    return call
