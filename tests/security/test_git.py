"""A repository whose configuration wants to run programs: reading its revisions runs none of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archlint.source.programs import program_named

pytestmark = pytest.mark.skipif(not shutil.which("git") or sys.platform == "win32", reason="needs git and a shell")
QUEUE = "archlint: 1\nname: A\ncomponents: {q: sqs}\n"
PROGRAMS = (
    *("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy"),
    *("core.alternateRefsCommand", "diff.external", "diff.x.textconv", "filter.x.smudge", "filter.x.clean"),
    *("filter.x.process", "gpg.program", "credential.helper", "uploadpack.packObjectsHook", "pager.rev-parse"),
    *("alias.rev-parse", "alias.ls-tree", "alias.cat-file", "sequence.editor", "remote.origin.uploadpack"),
)
HOOKS = ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A checkout with a commit; whatever its configuration starts leaves a file in the folder ``ran`` beside it."""
    folder, ran = tmp_path / "project", tmp_path / "ran"
    folder.mkdir()
    ran.mkdir()

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)

    git("init", "-q")
    (folder / "a.yaml").write_text(QUEUE)
    git("add", "a.yaml")
    git("commit", "-qm", "one")
    (folder / ".gitattributes").write_text("* filter=x diff=x text eol=crlf working-tree-encoding=UTF-16\n")
    for number, key in enumerate(PROGRAMS):
        git("config", key, f"touch {ran}/{number}; false")
    git("config", "core.fsmonitor", f"touch {ran}/fsmonitor; false")
    git("config", "core.hooksPath", str(folder / "hooks"))
    for place in (folder / "hooks", folder / ".git" / "hooks"):
        place.mkdir(exist_ok=True)
        for name in HOOKS:
            (place / name).write_text(f"#!/bin/sh\ntouch {ran}/hook-{name}\n")
            (place / name).chmod(0o755)
    return folder


@pytest.fixture
def run(archlint_command, repository: Path):
    def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*archlint_command, *arguments],
            cwd=repository,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return call


def what_ran(repository: Path) -> list[str]:
    return sorted(path.name for path in (repository.parent / "ran").iterdir())


def test_reading_a_revision_runs_nothing(run, repository: Path) -> None:
    assert run("check", "a.yaml", "--changed-from", "HEAD", "--fail-on", "never").returncode == 0
    done = run("diff", "HEAD:a.yaml", "a.yaml")
    assert (done.returncode, done.stdout) == (0, "No differences.\n")
    assert what_ran(repository) == []


def test_what_is_missing_is_fetched_from_nowhere(run, repository: Path) -> None:
    """A partial clone may name a command as the place where its objects are."""
    for key, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::sh -c touch% {repository.parent}/ran/fetched",
        "protocol.ext.allow": "always",
        "protocol.allow": "always",
    }.items():
        subprocess.run(["git", "config", key, value], cwd=repository, check=True)
    for file in (repository / ".git" / "objects").glob("??/*"):
        if subprocess.run(
            ["git", "cat-file", "-t", file.parent.name + file.name], cwd=repository, capture_output=True, check=True
        ).stdout.startswith((b"tree", b"blob")):
            file.unlink()
            break
    assert run("diff", "HEAD:a.yaml", "a.yaml").returncode == 2
    assert what_ran(repository) == []


@pytest.mark.parametrize(
    "revision",
    [
        "--output=owned",
        "--upload-pack=touch owned",
        "-h",
        "HEAD --output=owned",
        "HEAD\n--output=owned",
        "--",
        "-O owned",
    ],
)
def test_a_revision_is_never_an_option(run, repository: Path, revision: str) -> None:
    before = sorted(repository.iterdir())
    for arguments in (
        ["check", "a.yaml", f"--changed-from={revision}"],
        ["diff", "--", f"{revision}:a.yaml", "a.yaml"],
    ):
        done = run(*arguments)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
    assert sorted(repository.iterdir()) == before
    assert what_ran(repository) == []


def test_a_bare_repository_among_the_files_is_not_asked(run, repository: Path) -> None:
    """Whoever may add files may add a whole repository, with a configuration of its own."""
    inner = repository / "fixtures"
    subprocess.run(["git", "clone", "-q", "--bare", ".", str(inner)], cwd=repository, check=True, capture_output=True)
    (inner / "a.yaml").write_text(QUEUE)
    done = run("check", "fixtures/a.yaml", "--changed-from", "HEAD", "--fail-on", "never")
    assert done.returncode == 2
    assert what_ran(repository) == []


@pytest.mark.parametrize("place", [".", "", "bin"])
def test_a_program_in_the_working_folder_is_not_the_system_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "bin").mkdir()
    for folder in (tmp_path, tmp_path / "bin"):
        (folder / "git").write_text("#!/bin/sh\n")
        (folder / "git").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", place or str(tmp_path))
    assert program_named("git") is None
