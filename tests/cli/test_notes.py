"""What is left aside while reading is told, and the rest is reported."""

from __future__ import annotations

import subprocess

TEXT = "service: tea\nprovider: {name: aws}\nfunctions:\n  brew:\n    handler: x\n    events:\n      - teapot: {}\n"


def test_notes_go_to_standard_error(archlint_command, tmp_path) -> None:
    (tmp_path / "serverless.yml").write_text(TEXT.replace("teapot", '"\\e[31mpot"'))
    command = [*archlint_command, "check", "serverless.yml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr.startswith("note: serverless.yml:7:9: `")
    assert "\x1b" not in done.stderr
    done = subprocess.run([*command, "--quiet"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""
