"""What goes wrong around archlint: files stay whole, the exit code is right, and nobody sees a traceback."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these faults are made as on Linux")
TEA = "archlint: 1\nname: Tea\ncomponents:\n  leaves: sqs   # from the hill\n  brew: {type: lambda, timeout: 10s}\nconnections:\n  - leaves -> brew\n"
FIX = ("check", "--unsafe-fixes", "--quiet", "--fail-on", "never")


@pytest.fixture
def start(archlint_command, tmp_path: Path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "tea.yaml").write_text(TEA)

    def call(*arguments: str, before: str = "", **more) -> subprocess.Popen[bytes]:
        """Start archlint, some Python before it in its process."""
        command = [*archlint_command, *arguments]
        if before:
            run = f"import sys, os, resource; {before}; import runpy; runpy.run_module('archlint', run_name='__main__')"
            command = [sys.executable, "-P", "-c", run, *arguments]
        options = {"cwd": tmp_path, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
        return subprocess.Popen(command, **options)

    return call


@pytest.fixture
def run(start):
    def call(*arguments: str, **more) -> tuple[int, str, str]:
        process = start(*arguments, **more)
        out, err = process.communicate(timeout=120)
        said = (err or b"").decode(errors="replace")
        assert "Traceback" not in said
        assert "bug in archlint" not in said
        return process.returncode, (out or b"").decode(errors="replace"), said

    return call


def fixed(tmp_path: Path, run) -> bytes:
    """What the fixes make of the file."""
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / ".git").mkdir()
    (copy / "tea.yaml").write_text(TEA)
    run(*FIX, "copy/tea.yaml")
    after = (copy / "tea.yaml").read_bytes()
    shutil.rmtree(copy)
    assert after != TEA.encode()
    return after


def test_a_full_disk_loses_nothing(run, tmp_path: Path) -> None:
    full = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (50, 50))"
    code, _, said = run(*FIX, "tea.yaml", before=full)
    assert (code, "cannot write this file: file too large" in said) == (2, True)
    assert (tmp_path / "tea.yaml").read_text() == TEA
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "tea.yaml"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_standard_output_is_told(run) -> None:
    with Path("/dev/full").open("wb") as full:
        code, _, said = run("graph", "tea.yaml", stdout=full)
    assert (code, said) == (2, "archlint: cannot go on: no space left on device\n")


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_loses_nothing(run, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        code, _, said = run(*FIX, "tea.yaml")
    finally:
        tmp_path.chmod(0o755)
    assert (code, "cannot write this file: permission denied" in said) == (2, True)
    assert (tmp_path / "tea.yaml").read_text() == TEA


def test_a_file_that_may_not_be_written_loses_nothing(run, tmp_path: Path) -> None:
    """By the rights of the folder, which hold for everybody."""
    refusing = "import tempfile; tempfile.NamedTemporaryFile = lambda **_: (_ for _ in ()).throw(PermissionError(13, 'Permission denied'))"
    code, _, said = run(*FIX, "tea.yaml", before=refusing)
    assert (code, "cannot write this file: permission denied" in said) == (2, True)
    assert (tmp_path / "tea.yaml").read_text() == TEA


@pytest.mark.parametrize("moment", ["os.fsync", "os.replace", "os.rename", "os.chmod"])
def test_killed_while_writing_leaves_the_file_whole(start, run, tmp_path: Path, moment: str) -> None:
    after = fixed(tmp_path, run)
    module, name = moment.split(".")
    killing = f"kill = lambda *_, **__: os.kill(os.getpid(), 9); {module}.{name} = kill"
    process = start(*FIX, "tea.yaml", before=killing)
    process.communicate(timeout=120)
    assert (tmp_path / "tea.yaml").read_bytes() in {TEA.encode(), after}
    run(*FIX, "tea.yaml")
    assert (tmp_path / "tea.yaml").read_bytes() == after


def test_two_runs_at_once_leave_one_whole_result(start, run, tmp_path: Path) -> None:
    after = fixed(tmp_path, run)
    processes = [start(*FIX, "tea.yaml") for _ in range(4)]
    for process in processes:
        _, said = process.communicate(timeout=120)
        assert process.returncode in {0, 2}
        assert b"Traceback" not in said
    assert (tmp_path / "tea.yaml").read_bytes() == after
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "tea.yaml"]


def test_a_file_that_changes_between_reading_and_writing_is_left_alone(run, tmp_path: Path) -> None:
    changing = "import archlint.cli.repairing as r; w = r.write_changes; r.write_changes = lambda *a: (open('tea.yaml', 'a').write('# mine\\n'), w(*a))"
    code, _, said = run(*FIX, "tea.yaml", before=changing)
    assert (code, "has changed since it was read; nothing was written" in said) == (2, True)
    assert (tmp_path / "tea.yaml").read_text() == f"{TEA}# mine\n"


def test_a_pipe_that_is_closed_ends_the_run_without_a_word(start, tmp_path: Path) -> None:
    queues = "".join(f"  q{number}: sqs\n" for number in range(3000))
    (tmp_path / "many.yaml").write_text(f"archlint: 1\nname: Many\ncomponents:\n{queues}")
    process = start("graph", "many.yaml")
    assert process.stdout.read(1) == b"{"
    process.stdout.close()
    with process.stderr:
        assert (process.wait(timeout=60), process.stderr.read()) == (0, b"")


@pytest.mark.parametrize("home", ["", "/nonexistent", "/proc/1"])
def test_no_home_is_needed(run, tmp_path: Path, home: str) -> None:
    environment = {"PATH": os.environ["PATH"], **({"HOME": home} if home else {})}
    assert run("check", "tea.yaml", "--fail-on", "never", env=environment)[0] == 0
    assert run("render", "tea.yaml", "-o", "tea.svg", env=environment)[0] == 0


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=str,
)
def test_a_locale_without_unicode_changes_no_byte(run, tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "tea.yaml").write_text(TEA.replace("Tea", "Thé 茶").replace("leaves", "feuilles"), encoding="utf-8")
    poor = {"PATH": os.environ["PATH"], **environment}
    for arguments in (["graph", "."], ["check", ".", "--fail-on", "never"], ["check", ".", "--format", "junit"]):
        expected, found = run(*arguments), run(*arguments, env=poor)
        assert found == expected
    (tmp_path / "bad.yaml").write_text("archlint: 1\nname: [é\n", encoding="utf-8")
    code, _, said = run("check", "bad.yaml", env=poor)
    assert (code, "bad.yaml:3" in said) == (2, True)


@pytest.mark.parametrize(
    "name", ["a b.yaml", "a\nb.yaml", "-q.yaml", "--fix.yaml", "a\x1b[2J.yaml", "@x.yaml", "x" * 250 + ".yaml"]
)
def test_odd_names_are_names(run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEA.replace("lambda", "lamda"))
    code, _, said = run("check", "--", name)
    assert code == 2
    assert "lamda" in said
    assert "\x1b" not in said
    (tmp_path / name).write_text(TEA)
    assert run(*FIX, "--", name)[0] == 0
    assert (tmp_path / name).read_text() != TEA


@pytest.mark.parametrize(
    "arguments", [["check", "x" * 5000], ["check", "tea.yaml", "-o", "x" * 5000], ["diff", "x" * 5000, "y"]]
)
def test_a_path_that_is_too_long_is_told_in_short(run, arguments: list[str]) -> None:
    code, _, said = run(*arguments)
    assert code == 2
    assert "file name too long" in said


@pytest.mark.parametrize("stream", [0, 1, 2])
def test_a_closed_stream_is_no_traceback(run, stream: int) -> None:
    code, _, _ = run("check", "tea.yaml", "--fail-on", "never", before=f"os.close({stream})")
    assert code in {0, 2}
    if stream == 0:
        assert run("check", "-", before="os.close(0); sys.stdin = None")[0] == 2


def test_interrupted_it_says_nothing_and_ends_like_others(start, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "slow")
    process = start("check", "slow", stdin=subprocess.DEVNULL)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out, said) == (130, b"", b"")


def test_mode_and_link_of_a_fixed_file_stay(run, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/tea.yaml").write_text(TEA)
    (tmp_path / "real/tea.yaml").chmod(0o640)
    (tmp_path / "link.yaml").symlink_to("real/tea.yaml")
    assert run(*FIX, "link.yaml")[0] == 0
    assert (tmp_path / "link.yaml").is_symlink()
    assert stat.S_IMODE((tmp_path / "real/tea.yaml").stat().st_mode) == 0o640
    assert (tmp_path / "real/tea.yaml").read_text() != TEA


def test_what_is_left_over_is_readable_by_its_owner_alone(start, tmp_path: Path) -> None:
    """A temporary file beside the real one has its rights only when it is whole."""
    (tmp_path / "tea.yaml").chmod(0o644)
    process = start(*FIX, "tea.yaml", before="os.fsync = lambda _: os.kill(os.getpid(), 9)")
    process.communicate(timeout=120)
    left = [path for path in tmp_path.iterdir() if path.name.startswith(".tea")]
    assert [stat.S_IMODE(path.stat().st_mode) for path in left] == [0o600]
