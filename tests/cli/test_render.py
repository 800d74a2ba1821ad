"""``archlint render`` as a user runs it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

SMALL = "archlint: 1\nname: Tea\nservices:\n  kitchen: {components: {kettle: lambda, pot: sqs}, connections: [kettle -> pot]}\ncomponents: {guest: client}\nconnections: [guest => kitchen.kettle]\n"


def large() -> str:
    parts = ", ".join(f"f{part}: lambda" for part in range(12))
    services = "".join(f"  s{number}: {{components: {{{parts}}}}}\n" for number in range(6))
    return f"archlint: 1\nname: Large\nservices:\n{services}connections: [s0.f0 -> s1.f0, s0.f1 -> s1.f1]\n"


@pytest.fixture
def render(archlint_command, tmp_path):
    def call(*arguments: str, text: str = SMALL) -> subprocess.CompletedProcess[str]:
        (tmp_path / "tea.yaml").write_text(text)
        command = [*archlint_command, "render", "tea.yaml", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return call


def test_a_large_architecture_becomes_several_files_that_are_named(render, tmp_path: Path) -> None:
    done = render("-o", "large.svg", text=large())
    files = ["large.svg", *(f"large-s{number}.svg" for number in range(6))]
    assert done.returncode == 0
    assert done.stderr == (
        "Wrote 7 pictures, for one could not be read; `--all` draws everything in one:\n"
        + "".join(f"  {file}\n" for file in files)
    )
    assert sorted(file.name for file in tmp_path.glob("*.svg")) == sorted(files)
    assert "\u00d7 2" in (tmp_path / "large.svg").read_text()


def test_many_files_drawn_by_several_processes_are_those_of_one(render, tmp_path: Path) -> None:
    text = large().replace(
        "  s0:", "".join(f"  t{number}: {{components: {{f: lambda}}}}\n" for number in range(4)) + "  s0:"
    )
    render("-o", "one.svg", text=text)
    render("-o", "two.svg", text=text)
    names = [file.name for file in tmp_path.glob("one*.svg")]
    assert len(names) == 11
    for name in names:
        assert (tmp_path / name).read_bytes() == (tmp_path / name.replace("one", "two", 1)).read_bytes()


def test_a_folder_that_is_not_there_is_told_before_anything_is_drawn(render, monkeypatch) -> None:
    done = render("-o", "not/there.svg", "--service", "no such service")
    assert (done.returncode, done.stderr) == (
        2,
        "invalid: cannot write this file: no such file or directory (not/there.svg)\n",
    )


def test_all_of_it_in_one_file(render, tmp_path: Path) -> None:
    assert render("--all", "-o", "large.svg", text=large()).stderr == "Wrote large.svg.\n"
    assert len(list(tmp_path.glob("*.svg"))) == 1


def test_parts_of_it(render, tmp_path: Path) -> None:
    assert render("--service", "kitchen", "-o", "a.svg").returncode == 0
    assert 'data-id="guest"' in (tmp_path / "a.svg").read_text()
    assert render("--focus", "kitchen.pot", "-o", "b.svg").returncode == 0
    assert 'data-id="guest"' not in (tmp_path / "b.svg").read_text()
    assert render("--focus", "kitchen.pot", "--depth", "2", "-o", "c.svg").returncode == 0
    assert 'data-id="guest"' in (tmp_path / "c.svg").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--service", "kitchn"], "there is no service `kitchn`; did you mean `kitchen`?"),
        (["--focus", "kitchen.pt"], "there is no component `kitchen.pt`; did you mean `kitchen.pot`?"),
        (["--focus", "guest", "--service", "kitchen"], "give one of them"),
        (["--depth", "2"], "give one of them"),
    ],
)
def test_wrong_usage_is_said(render, tmp_path: Path, arguments: list[str], message: str) -> None:
    done = render(*arguments, "-o", "a.svg")
    assert done.returncode == 2
    assert message in done.stderr
    assert not list(tmp_path.glob("*.svg"))


def test_findings_and_patterns_on_top(render, tmp_path: Path) -> None:
    text = SMALL.replace("pot: sqs}", "pot: sqs, cup: lambda}").replace("kettle -> pot]", "kettle -> pot -> cup]")
    assert render("--findings", "--patterns", "-o", "a.svg", text=text).returncode == 0
    assert "(queue-without-dlq)" in (tmp_path / "a.svg").read_text()


def test_an_icon_that_cannot_be_used_is_shown_where_it_stands(render) -> None:
    done = render("-o", "a.svg", text=SMALL.replace("kettle: lambda", "kettle: {type: lambda, icon: no.png}"))
    assert done.returncode == 2
    assert "invalid: there is no icon `no.png`\n --> tea.yaml:4:" in done.stderr


def test_characters_without_a_font_are_said(render) -> None:
    done = render("-o", "a.png", text=SMALL.replace("name: Tea", "name: '\U00098765 tea'"))
    assert done.returncode == 0
    assert "no font here has \U00098765; drawn as \u25a1" in done.stderr
