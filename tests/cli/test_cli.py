"""The command as a user runs it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

LOOP = "archlint: 1\nname: Tea\ncomponents: {leaves: sqs, brew: lambda}\nconnections: [leaves -> brew]\n"
CLEAN = "archlint: 1\nname: Tea\ncomponents: {c: client, a: {type: http_api, auth: jwt, throttle: {rate: 1, burst: 1}}, f: lambda}\nconnections: [c => a => f]\n"


def test_findings_fail_and_go_to_standard_output(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(LOOP)
    done = run("check", "tea.yaml")
    assert done.returncode == 1
    assert done.stderr == ""
    assert done.stdout.startswith("error[queue-without-dlq]: a message of leaves")
    assert " --> tea.yaml:3:14\n" in done.stdout


def test_nothing_to_say_is_one_friendly_line(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(CLEAN)
    done = run("check")
    assert (done.returncode, done.stdout) == (0, "No findings in 3 components in 1 file.\n")


@pytest.mark.parametrize(("threshold", "code"), [("error", 1), ("never", 0)])
def test_the_threshold(run, tmp_path: Path, threshold: str, code: int) -> None:
    (tmp_path / "tea.yaml").write_text(LOOP)
    assert run("check", "--fail-on", threshold).returncode == code


def test_json(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(LOOP)
    data = json.loads(run("check", "--format", "json", "tea.yaml").stdout)
    finding = data["findings"][0]
    assert data["version"] == 1
    assert finding["rule"] == "queue-without-dlq"
    assert finding["component"] == "leaves"
    assert finding["components"] == ["leaves", "brew"]
    assert finding["location"] == {"path": "tea.yaml", "line": 3, "column": 14, "end_line": 3, "end_column": 20}
    assert data["summary"]["error"] == 1
    assert {edit["op"] for edit in finding["fix"]["edits"]} == {"add_component", "add_connection"}


def test_a_suppressed_finding_is_counted_and_does_not_fail(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(LOOP + "ignore: [{rule: queue-without-dlq, component: leaves, reason: a toy}]\n")
    done = run("check", "--select", "queue-without-dlq")
    assert (done.returncode, done.stdout) == (0, "No findings in 2 components in 1 file, 1 suppressed.\n")
    data = json.loads(run("check", "--format", "json").stdout)
    assert [finding["suppressed"] for finding in data["findings"] if finding["rule"] == "queue-without-dlq"] == [True]


def test_standard_input(run) -> None:
    assert "<stdin>:3:14" in run("check", "-", text=LOOP).stdout


def test_a_problem_of_standard_input_shows_its_line(run) -> None:
    done = run("check", "-", text="archlint: 1\nname: x\nnmae: 3\n")
    assert "3 | nmae: 3\n  | ^^^^\n" in done.stderr


def test_an_invalid_file_is_told_on_standard_error(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(LOOP.replace("lambda", "lamda").replace("sqs", "sq"))
    done = run("check", "tea.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("invalid: unknown component type") == 2
    assert "did you mean `lambda`?" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "end"),
    [
        (["chek"], " did you mean `check`? `archlint --help` lists the commands.\n"),
        (["--nope"], "No such option: --nope. `archlint --help` lists the commands.\n"),
        (
            ["check", "--select", "dual-writ"],
            " did you mean `dual-write`? `archlint check --help` lists its options.\n",
        ),
        (["rules", "--nope"], "(Possible options: --group, --new). `archlint rules --help` lists its options.\n"),
    ],
)
def test_wrong_usage_ends_in_where_to_look(run, tmp_path: Path, arguments: list[str], end: str) -> None:
    (tmp_path / "tea.yaml").write_text(CLEAN)
    assert run(*arguments).stderr.endswith(end)


def test_the_rules_of_a_group(run) -> None:
    told = run("rules", "consistency").stdout
    assert told.startswith("consistency\n  cache-")
    assert "queue-without-dlq" not in told
    groups = {rule["group"] for rule in json.loads(run("rules", "consistency", "--format", "json").stdout)["rules"]}
    assert groups == {"consistency"}
    assert " in 1 group;" in run("rules", "consistency", "--format", "markdown").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "there is no command `chek`; did you mean `check`?"),
        (["check", "--selct", "x"], "No such option: --selct"),
        (["check", "--select", "queue-without-dl"], "did you mean `queue-without-dlq`?"),
        (["suggest", "--pattern", "notifer"], "did you mean `notifier`?"),
        (["rules", "sync-cycl"], "did you mean `sync-cycle`?"),
        (["rules", "failur"], "there is no rule or group `failur`; did you mean `failure`?"),
        (["render"], "say where the picture goes"),
        (["render", "-o", "a.gif"], "has no ending of a picture"),
        (["check", "missing.yaml"], "there is no such file or folder"),
        (["test", "missing"], "there is no such folder"),
    ],
)
def test_wrong_usage_is_one_message_and_exit_2(run, tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "tea.yaml").write_text(CLEAN)
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_output_is_the_same_for_every_hash_seed(run, tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples/orders.yaml"
    (tmp_path / "orders.yaml").write_text(example.read_text())
    for command in (["check"], ["check", "--format", "json"], ["suggest", "--format", "json"], ["graph"]):
        answers = {run(*command, "orders.yaml", PYTHONHASHSEED=str(seed)).stdout for seed in range(3)}
        assert len(answers) == 1


def test_a_terminal_is_not_steered_by_the_input(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text('archlint: 1\nname: Tea\ncomponents: {a: "x\\e[2Jy"}\n')
    done = run("check", "tea.yaml")
    assert done.returncode == 2
    assert "\x1b" not in done.stderr


def test_a_terminal_is_not_steered_by_arguments_either(run) -> None:
    done = run("ch\x1b[2Jeck\n::error::x")
    assert done.returncode == 2
    assert done.stderr.startswith("archlint: there is no command `ch\\x1b[2Jeck\\n::error::x`")


def test_own_rules(run, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house/queue-without-label.yaml").write_text(
        "id: queue-without-label\ntitle: Queue without a label\nseverity: warning\nwhy: Ours.\nroles:\n"
        '  queue: {type: sqs, where: {label: unset}}\nat: queue\nmessage: "{queue} has no label"\nexamples:\n'
        "  - invalid: |\n      components:\n        a: sqs   # finding\n  - invalid: |\n      components:\n        b: sqs   # finding\n"
        "  - valid: |\n      components:\n        a: {type: sqs, label: A}\n  - valid: |\n      components:\n        a: sns\n"
    )
    (tmp_path / ".archlint.yaml").write_text("rules: [house]\n")
    (tmp_path / "tea.yaml").write_text(LOOP)
    assert "warning[queue-without-label]: leaves has no label" in run("check").stdout
    assert "queue-without-label" in run("rules").stdout
    assert run("test", "house").stdout == "4 validated, of 1 rule or pattern.\n"
    text = (tmp_path / "house/queue-without-label.yaml").read_text()
    (tmp_path / "house/queue-without-label.yaml").write_text(text.replace("a: sns", "a: sqs"))
    done = run("test", "house")
    assert (done.returncode, done.stdout.split()[0]) == (1, "noisy")


def test_a_new_rule_can_be_read_and_fails_until_it_has_examples(run, tmp_path: Path) -> None:
    done = run("rules", "--new", "worker-too-slow", "--group", "house")
    assert done.stderr == (
        "Wrote rules/house/worker-too-slow.yaml. `archlint test rules/house/worker-too-slow.yaml` tells what it lacks.\n"
        "Add `rules: [rules]` to .archlint.yaml for `archlint check` to ask it.\n"
    )
    assert done.returncode == 0
    path = tmp_path / "rules/house/worker-too-slow.yaml"
    assert "archlint test" in done.stderr
    assert "rules: [rules]" in done.stderr
    done = run("test", "rules")
    assert done.returncode == 1
    assert "0 invalid examples; a rule needs 2" in done.stdout
    text = path.read_text()
    head, _, examples = text.partition("# At least two")
    lines = [line.removeprefix("# ").removeprefix("#") for line in examples.splitlines()]
    listed = "\n".join(lines[lines.index("  - because: ten messages are the default") : -1])
    path.write_text(f"{head}examples:\n{listed}\n{listed}\n")
    assert run("test", "rules").stdout == "4 validated, of 1 rule or pattern.\n"
    (tmp_path / ".archlint.yaml").write_text("rules: [rules]\n")
    (tmp_path / "a.yaml").write_text(
        "archlint: 1\nname: A\ncomponents: {q: sqs, f: {type: lambda, timeout: 2m}}\nconnections: [q -> f]\n"
    )
    assert "warning[worker-too-slow]: f may take 2m for a batch of q" in run("check", "a.yaml").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Worker"], "is no name of a rule"),
        (["../x"], "is no name of a rule"),
        (["queue-without-dlq"], "there is a rule `queue-without-dlq` already"),
        (["worker-too-slow", "-o", "other.yaml"], "belongs into a file `worker-too-slow.yaml`"),
        (["worker-too-slow", "-o", "here/worker-too-slow.yaml"], "is there already"),
    ],
)
def test_a_new_rule_that_cannot_be(run, tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here/worker-too-slow.yaml").touch()
    done = run("rules", "--new", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_verdicts_show_the_lines(run, tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text(
        "id: odd\ntitle: Odd\nseverity: warning\nwhy: Ours.\nroles:\n  queue: {type: sqs, where: {fifo: true}}\nat: queue\n"
        'message: "{queue} is odd"\nexamples:\n'
        "  - invalid: |\n      components:\n        a: sqs   # finding\n"
        "  - invalid: |\n      components:\n        a: {type: sqs, fifo: true}   # finding: error\n"
        "  - invalid: |\n      components:\n        a: {type: sqs, fifoo: true}   # finding\n"
        "  - valid: |\n      components:\n        a: {type: sqs, fifo: true}\n  - valid: |\n      components:\n        a: sqs\n"
    )
    done = run("test", "odd.yaml")
    assert done.returncode == 1
    assert "missing odd odd.yaml:10: a finding is expected and not there\n 12 | a: sqs   # finding\n" in done.stdout
    assert " 15 | a: {type: sqs, fifo: true}   # finding: error\n" in done.stdout
    assert "warning, and error is expected" in done.stdout
    assert "wrong odd odd.yaml:16: the example cannot be read\n 18 | a: {type: sqs, fifoo: true}" in done.stdout
    assert (
        "noisy odd odd.yaml:19: a finding in a valid example that is not marked\n 21 | a: {type: sqs, fifo: true}\n"
        in done.stdout
    )
    assert "^ a is odd" in done.stdout
    assert "1 validated, 1 noisy, 1 missing, 2 wrong, of 1 rule or pattern.\n" in done.stdout
    data = json.loads(run("test", "odd.yaml", "--format", "json").stdout)
    assert data["summary"] == {"validated": 1, "noisy": 1, "missing": 1, "wrong": 2}
    assert {"id": "odd", "path": "odd.yaml", "line": 10, "verdict": "missing"}.items() <= data["verdicts"][0].items()


def test_a_file_is_written_whole_or_not_at_all(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(CLEAN)
    assert run("graph", "-o", "graph.json").returncode == 0
    assert json.loads((tmp_path / "graph.json").read_text())["version"] == 1
    assert run("graph", "-o", "nowhere/graph.json").returncode == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.json", "tea.yaml"]


def test_init_starts_something_that_checks(run, tmp_path: Path) -> None:
    assert run("init").returncode == 0
    assert run("check", "--fail-on", "error").returncode == 0
    assert run("init").returncode == 2
    assert run("init", "s.yaml", "--pattern", "streamer").returncode == 0


def test_pages(run) -> None:
    assert "visibility-timeout-too-short" in run("rules").stdout
    assert "Does not fire where" in run("rules", "queue-without-dlq").stdout
    assert "The FIFOer (superseded)" in run("patterns").stdout
    assert "It is another pattern if" in run("patterns", "scalable-webhook").stdout
    assert json.loads(run("schema").stdout)["title"].startswith("archlint")


def test_a_pipe_is_written_into_and_not_replaced(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(CLEAN)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("graph", "tea.yaml", "-o", "pipe").returncode == 0
        assert json.loads(os.read(reader, 1 << 16))["version"] == 1
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_folder_is_no_file_to_write(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(CLEAN)
    (tmp_path / "here").mkdir()
    done = run("graph", "tea.yaml", "-o", "here")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
