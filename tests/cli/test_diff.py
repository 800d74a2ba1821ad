"""``archlint diff`` as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from tempfile import gettempdir

import pytest

OLD = """\
archlint: 1
name: Tea
components:
  leaves: sqs
  brew: {type: lambda, timeout: 10s}
connections:
  - leaves -> brew
"""
NEW = OLD.replace("10s", "20s").replace("components:\n", "components:\n  cups: dynamodb\n") + "  - brew =write=> cups\n"
GIT = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_NOSYSTEM": "1",
}


@pytest.fixture
def run(archlint_command, tmp_path):
    def call(*arguments: str, text: str | None = None, cwd: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        command = [*archlint_command, *arguments]
        return subprocess.run(command, cwd=cwd, input=text, capture_output=True, text=True, check=False)

    return call


@pytest.fixture
def git(tmp_path, tmp_path_factory):
    environment = {**os.environ, **GIT, "HOME": str(tmp_path_factory.mktemp("home"))}

    def call(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=tmp_path, env=environment, check=True, capture_output=True)

    call("init", "-q")
    return call


def test_text(run, tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.yaml").write_text(NEW)
    done = run("diff", "old.yaml", "new.yaml")
    assert done.returncode == 1
    assert done.stdout == (
        "Components\n  + cups: dynamodb\n  ~ brew: timeout 10s → 20s\n\nConnections\n  + brew =write=> cups\n\n"
        "Components: 1 added, 1 changed; connections: 1 added.\n"
    )
    same = run("diff", "old.yaml", "old.yaml")
    assert (same.returncode, same.stdout) == (0, "No differences.\n")
    assert run("diff", "-q", "old.yaml", "old.yaml").stdout == ""


def test_json(run, tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(OLD)
    data = json.loads(run("diff", "old.yaml", "-", "--format", "json", text=NEW).stdout)
    assert (data["version"], data["same"]) == (1, False)
    cups, brew = data["components"]
    assert (cups["status"], cups["id"], cups["old_id"], cups["old_location"]) == ("added", "cups", None, None)
    assert cups["location"]["path"] == "<stdin>"
    assert brew["changes"] == [{"property": "timeout", "old": 10, "new": 20}]
    assert (brew["old_location"]["path"], brew["old_location"]["line"]) == ("old.yaml", 5)
    assert data["connections"][0]["action"] == "write"
    assert data["summary"]["components"] == {"added": 1, "removed": 0, "changed": 1}


def test_markdown_cannot_be_broken_by_the_input(run, tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.yaml").write_text(OLD.replace("10s}", '10s, label: "a`|<b>\\n"}'))
    done = run("diff", "old.yaml", "new.yaml", "--format", "markdown")
    assert done.stdout.splitlines()[-1] == "| changed | `brew` | `label unset → a'\\|<b> ` |"
    assert run("diff", "old.yaml", "old.yaml", "--format", "markdown").stdout == "The architecture is the same.\n"


def test_revisions(run, git, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "arch.yaml").write_text(OLD.replace("name: Tea\n", "name: Tea\ninclude: [more.yaml]\n"))
    (folder / "more.yaml").write_text("archlint: 1\nname: More\ncomponents: {pot: s3}\n")
    git("add", "-A")
    git("commit", "-qm", "one")
    (folder / "arch.yaml").write_text(OLD)
    git("commit", "-qam", "two")
    done = run("diff", "HEAD~1:docs/arch.yaml", "docs/arch.yaml")
    assert (done.returncode, done.stdout.splitlines()[:2]) == (1, ["Components", "  - pot: s3"])
    assert run("diff", "HEAD~1:./arch.yaml", "HEAD:./arch.yaml", cwd=folder).stdout == done.stdout
    assert run("diff", "HEAD:docs", "docs/arch.yaml").returncode == 1
    data = json.loads(run("diff", "HEAD~1:docs/arch.yaml", "docs/arch.yaml", "--format", "json").stdout)
    assert data["components"][0]["old_location"]["path"] == "HEAD~1:docs/more.yaml"


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("HEAD~7:a.yaml", "git knows no revision `HEAD~7`"),
        ("--outptu=x:a.yaml", "No such option"),
        ("HEAD:missing.yaml", "there is no `missing.yaml` of a supported kind in this revision"),
        ("HEAD:../a.yaml", "outside the repository"),
        ("HEAD:/etc/hosts", "outside the repository"),
        ("HEAD:bad.yaml", "HEAD:bad.yaml:3:19\n  |\n3 | components"),
        ("HEAD:link.yaml", "there is no `link.yaml`"),
        ("missing.yaml", "there is no such file or folder"),
    ],
)
def test_what_cannot_be_read(run, git, tmp_path: Path, old: str, said: str) -> None:
    (tmp_path / "a.yaml").write_text(OLD)
    (tmp_path / "bad.yaml").write_text("archlint: 1\nname: x\ncomponents: {abc: sq}\n")
    (tmp_path / "link.yaml").symlink_to("/etc/hosts")
    git("add", "-A")
    git("commit", "-qm", "one")
    done = run("diff", old, "a.yaml")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_option_is_no_revision(run, git, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(OLD)
    git("add", "-A")
    git("commit", "-qm", "one")
    done = run("diff", "--", "--output=x:a.yaml", "a.yaml")
    assert (done.returncode, "git knows no revision" in done.stderr) == (2, True)
    assert not (tmp_path / "x").exists()


def test_a_picture_by_its_ending(run, tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.yaml").write_text(NEW)
    done = run("diff", "old.yaml", "new.yaml", "-o", "diff.png")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "Wrote diff.png.\n")
    assert (tmp_path / "diff.png").read_bytes().startswith(b"\x89PNG")
    done = run("diff", "old.yaml", "new.yaml", "--format", "svg", "--theme", "dark", "--no-legend", "-q")
    assert (done.returncode, done.stderr) == (1, "")
    assert "timeout 10s → 20s" in done.stdout
    assert "old.yaml → new.yaml" in done.stdout
    assert str(tmp_path) not in done.stdout
    assert run("diff", "old.yaml", "old.yaml", "-o", "same.svg").returncode == 0


def test_the_ending_says_the_form_of_a_report_too(run, tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.yaml").write_text(NEW)
    for name in ("a.json", "a.md", "a.log"):
        run("diff", "old.yaml", "new.yaml", "-o", name)
    assert json.loads((tmp_path / "a.json").read_text())["same"] is False
    assert (tmp_path / "a.md").read_text().startswith("**Components: 1 added")
    assert (tmp_path / "a.log").read_text().startswith("Components\n")
    done = run("diff", "old.yaml", "new.yaml", "--format", "markdwon")
    assert done.returncode == 2
    assert "did you mean `markdown`" in done.stderr


def test_a_picture_of_a_revision_with_an_icon_that_is_gone(run, git, tmp_path: Path) -> None:
    icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    (tmp_path / "pot.svg").write_text(icon)
    (tmp_path / "arch.yaml").write_text(OLD.replace("leaves: sqs", "leaves: {type: sqs, icon: pot.svg}"))
    git("add", ".")
    git("commit", "-qm", "one")
    (tmp_path / "pot.svg").unlink()
    (tmp_path / "arch.yaml").write_text(NEW)
    done = run("diff", "HEAD:arch.yaml", "arch.yaml", "--format", "svg")
    assert (done.returncode, done.stderr) == (1, "")
    assert "HEAD:arch.yaml → arch.yaml" in done.stdout
    assert run("diff", "arch.yaml", "HEAD:arch.yaml", "-o", "back.html").returncode == 1
    assert gettempdir() not in (tmp_path / "back.html").read_text()


def test_a_large_picture_says_what_it_leaves_out(run, tmp_path: Path) -> None:
    parts = "".join(f"  f{number}: lambda\n" for number in range(70))
    text = f"archlint: 1\nname: Large\ncomponents:\n{parts}"
    (tmp_path / "old.yaml").write_text(text)
    (tmp_path / "new.yaml").write_text(text.replace("f1: lambda", "f1: {type: lambda, timeout: 9s}"))
    done = run("diff", "old.yaml", "new.yaml", "-o", "diff.svg")
    assert "1 of 70 components" in done.stderr
    assert "`--all` draws everything" in done.stderr
    done = run("diff", "old.yaml", "new.yaml", "-o", "diff.svg", "--all")
    assert done.stderr == "Wrote diff.svg.\n"
