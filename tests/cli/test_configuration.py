"""The configuration: what it may say, from where, and how it says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

TEA = "archlint: 1\nname: Tea\ncomponents:\n  leaves: sqs\n  brew: lambda\nconnections:\n  - leaves -> brew\n"


@pytest.fixture
def found(run, tmp_path: Path):
    (tmp_path / "tea.yaml").write_text(TEA)

    def call(*arguments: str) -> dict[str, tuple[str, bool]]:
        done = run("check", "tea.yaml", "--format", "json", *arguments)
        assert done.stderr == ""
        return {row["rule"]: (row["severity"], row["suppressed"]) for row in json.loads(done.stdout)["findings"]}

    return call


def test_yaml_and_toml_say_the_same(found, tmp_path: Path) -> None:
    (tmp_path / ".archlint.yaml").write_text(
        "select: [failure]\nseverities: {queue-without-dlq: info}\nignore: batch-without-partial-response\n"
    )
    first = found()
    assert first == {"queue-without-dlq": ("info", False)}
    (tmp_path / ".archlint.yaml").unlink()
    (tmp_path / "pyproject.toml").write_text(
        '[tool.archlint]\nselect = ["failure"]\nignore = "batch-without-partial-response"\n'
        '[tool.archlint.severities]\nqueue-without-dlq = "info"\n'
    )
    assert found() == first


def test_settings_for_a_path_are_relative_to_their_file(found, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/config.yaml").write_text("per-path: [{path: tea.yaml, ignore: [failure], reason: old}]\n")
    assert found("--config", "old/config.yaml")["queue-without-dlq"] == ("error", False)
    (tmp_path / "config.yaml").write_text(
        "per-path:\n  - {path: '*.yaml', ignore: [failure], reason: old}\n  - {path: [tea.yaml], severities: {queue-without-dlq: info}}\n"
    )
    assert found("--config", "config.yaml")["queue-without-dlq"] == ("info", True)


def test_extending(found, run, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(
        "select: [failure]\nignore: [queue-without-dlq]\nfail-on: info\nlimits: {depth: 50}\n"
    )
    (tmp_path / ".archlint.yaml").write_text("extends: base.yaml\nignore: [dlq-without-alarm]\nfail-on: never\n")
    assert set(found()) == {"batch-without-partial-response"}
    settings = yaml.safe_load(run("check", "--show-settings").stdout)
    assert (settings["fail-on"], settings["ignore"]) == ("never", ["dlq-without-alarm", "queue-without-dlq"])
    assert settings["limits"]["depth"] == 50
    assert run("check", "--show-settings").stdout.startswith("# base.yaml\n# .archlint.yaml\n")


@pytest.mark.parametrize(
    ("ignored", "flags", "asked"),
    [
        ("queue-without-dlq", ("--select", "queue-without-dlq"), {"queue-without-dlq"}),
        ("failure", ("--select", "queue-without-dlq"), {"queue-without-dlq"}),
        ("failure", ("--select", "failure"), {"queue-without-dlq", "batch-without-partial-response"}),
        ("queue-without-dlq", ("--select", "failure"), {"batch-without-partial-response"}),
        ("queue-without-dlq", ("--select", "queue-without-dlq", "--ignore", "queue-without-dlq"), set()),
        ("[queue-without-dlq, failure]", ("--select", "failure", "--ignore", "failure"), set()),
    ],
)
def test_what_a_flag_asks_for_wins_over_what_the_file_leaves_out(
    found, tmp_path: Path, ignored: str, flags: tuple[str, ...], asked: set[str]
) -> None:
    (tmp_path / ".archlint.yaml").write_text(f"ignore: {ignored}\n")
    assert set(found(*flags)) == asked


def test_a_baseline_from_the_configuration(run, found, tmp_path: Path) -> None:
    run("check", "tea.yaml", "--write-baseline", "known.json")
    (tmp_path / ".archlint.yaml").write_text("baseline: known.json\n")
    assert all(suppressed for _, suppressed in found().values())


def test_limits_hold(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    (tmp_path / ".archlint.yaml").write_text("limits: {bytes: 20}\n")
    done = run("check", "tea.yaml")
    assert (done.returncode, "larger than 20 bytes" in done.stderr) == (2, True)


WRONG = [
    ("selct: [x]\n", ".archlint.yaml:1:1", "did you mean `select`?"),
    ("select: [failur]\n", ".archlint.yaml:1:10", "did you mean `failure`?"),
    ("ignore:\n  - queue-without-dl\n", ".archlint.yaml:2:5", "did you mean `queue-without-dlq`?"),
    ("severities: {queue-without-dlq: eror}\n", ".archlint.yaml:1:33", "did you mean `error`?"),
    ("severities: {queue-without-dl: error}\n", ".archlint.yaml:1:14", "did you mean `queue-without-dlq`?"),
    ("options: {sync-chain-too-deep: {dept: 3}}\n", ".archlint.yaml:1:33", "did you mean `depth`?"),
    ("options: {sync-chain-too-deep: {depth: deep}}\n", ".archlint.yaml:1:33", "a number from 1 on, such as 3"),
    ("options: {sync-chain-too-deep: {depth: -1}}\n", ".archlint.yaml:1:33", "cannot be `-1`"),
    ("options: {sync-chain-too-deep: {depth: 0}}\n", ".archlint.yaml:1:33", "a number from 1 on, such as 3"),
    ("options: {api-timeout-exceeded: {slack: -0.5}}\n", ".archlint.yaml:1:34", "a number from 0 on, such as 1"),
    ("options: {queue-without-dlq: {depth: 3}}\n", ".archlint.yaml:1:31", "has no options"),
    ("fail-on: errror\n", ".archlint.yaml:1:10", "did you mean `error`?"),
    ("strict: maybe\n", ".archlint.yaml:1:9", "neither true nor false"),
    ("per-path: [{path: x, ignore: [failure]}]\n", ".archlint.yaml:1:12", "without a `reason`"),
    ("per-path: [{ignore: [failure], reason: x}]\n", ".archlint.yaml:1:12", "has no `path`"),
    ("limits: {byte: 3}\n", ".archlint.yaml:1:10", "did you mean `bytes`?"),
    ("limits: {bytes: -3}\n", ".archlint.yaml:1:17", "no number above 0"),
    ("rules: [missing]\n", ".archlint.yaml:1:9", "there is no folder `missing`"),
    ("extends: missing.yaml\n", ".archlint.yaml:1:10", "there is no file `missing.yaml`"),
    ("extends: ../../elsewhere.yaml\n", ".archlint.yaml:1:10", "outside the project"),
    ("extends: .archlint.yaml\n", ".archlint.yaml:1:10", "extend each other in a circle"),
    ("select: [failure]\nselect: [coupling]\n", ".archlint.yaml:2:1", "stands twice"),
    ("[x]\n", ".archlint.yaml:1:1", "the configuration is no mapping"),
    ("a: [\n", ".archlint.yaml:2:1", "no valid YAML"),
]


@pytest.mark.parametrize(("text", "place", "said"), WRONG)
def test_what_is_wrong_is_told_with_its_place(run, tmp_path: Path, text: str, place: str, said: str) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    (tmp_path / ".archlint.yaml").write_text(text)
    done = run("check", "tea.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert place in done.stderr
    assert said in done.stderr


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".archlint.yaml", ""),
        (".archlint.yaml", "# nothing yet\n\n  # ignore: [failure]\n"),
        (".archlint.yaml", "---\n"),
        (".archlint.yaml", "ignore:\nper-path:\nrules:\noptions:\nbaseline:\nextends:\nselect:\n"),
        ("pyproject.toml", "[tool.archlint]\n"),
        ("pyproject.toml", "[tool.archlint]\n# nothing yet"),
    ],
)
def test_a_configuration_that_says_nothing_is_the_defaults(found, run, tmp_path: Path, name: str, text: str) -> None:
    first = found()
    (tmp_path / name).write_text(text)
    assert found() == first
    assert run("check", "tea.yaml", "--show-settings").stdout.startswith(f"# {name}\n")


TOML = [
    ('selct = ["x"]\n', "pyproject.toml:2:1", "did you mean `select`?"),
    ('select = [\n  "failure",\n  "failur",\n]\n', "pyproject.toml:4:4", "did you mean `failure`?"),
    ('severities = {queue-without-dl = "error"}\n', "pyproject.toml:2:15", "did you mean `queue-without-dlq`?"),
    ('severities.queue-without-dlq = "eror"\n', "pyproject.toml:2:32", "did you mean `error`?"),
    ("[tool.archlint.options.sync-chain-too-deep]\ndept = 3\n", "pyproject.toml:3:1", "did you mean `depth`?"),
    ('[[tool.archlint.per-path]]\npath = "x"\nignore = ["failure"]\n', "pyproject.toml:2:1", "without a `reason`"),
    ("options.sync-chain-too-deep.depth = inf\n", "pyproject.toml:2:1", "cannot be `inf`"),
    ("options.sync-chain-too-deep.depth = nan\n", "pyproject.toml:2:1", "cannot be `nan`"),
    ("select = [\n", "pyproject.toml:2:11", "2 | select = [\n"),
    ('select = ["failure",\n\n  \n', "pyproject.toml:2:21", "no valid TOML"),
    ("strict = maybe\n", "pyproject.toml:2:10", "no valid TOML"),
    ('"fail-on" = "errror"\n', "pyproject.toml:2:13", "did you mean `error`?"),
]


@pytest.mark.parametrize(("text", "place", "said"), TOML)
def test_toml_too(run, tmp_path: Path, text: str, place: str, said: str) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    (tmp_path / "pyproject.toml").write_text(f"[tool.archlint]\n{text}")
    done = run("check", "tea.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{place}\n" in done.stderr
    assert said in done.stderr


FAULTS = [
    (".archlint.yaml:1:1", "unknown key `selct`", "did you mean `select`?"),
    (".archlint.yaml:2:10", "unknown rule or group `nope`", "expected: a rule or group that `archlint rules` lists"),
    (".archlint.yaml:3:14", "unknown rule `zzz`", "expected: a rule that `archlint rules` lists"),
    (".archlint.yaml:3:44", "`high` is no severity", "expected: error, warning, info"),
    (".archlint.yaml:4:33", "unknown option `dept` of `sync-chain-too-deep`", "did you mean `depth`?"),
    (
        ".archlint.yaml:4:42",
        "the option `depth` of `sync-chain-too-deep` cannot be `two`",
        "a number from 1 on, such as 3",
    ),
    (".archlint.yaml:5:12", "this entry of `per-path` changes nothing", "expected: `ignore: […]` with a `reason`"),
    (".archlint.yaml:5:42", "unknown rule or group `failur`", "did you mean `failure`?"),
    (".archlint.yaml:6:10", "`fail-on` cannot be `bogus`", "expected: error, warning, info, never"),
    (".archlint.yaml:7:10", "there is no file `missing.yaml`", "expected: a path relative to this file"),
]


def test_everything_that_is_wrong_is_told_at_once(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    (tmp_path / ".archlint.yaml").write_text(
        "selct: [x]\nselect: [nope]\nseverities: {zzz: info, queue-without-dlq: high}\n"
        "options: {sync-chain-too-deep: {dept: 2, depth: two}}\n"
        "per-path: [{path: x}, {path: y, ignore: [failur], reason: r}]\nfail-on: bogus\nextends: missing.yaml\n"
    )
    done = run("check", "tea.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    blocks = done.stderr.split("\n\n")
    assert len(blocks) == len(FAULTS)
    for block, fault in zip(blocks, FAULTS, strict=True):
        for part in fault:
            assert part in block


def test_a_circle_of_files_is_told_by_its_names(run, tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(TEA)
    (tmp_path / "a.yaml").write_text("extends: b.yaml\n")
    (tmp_path / "b.yaml").write_text("extends: a.yaml\n")
    done = run("check", "tea.yaml", "--config", "a.yaml")
    assert "in a circle: a.yaml → b.yaml → a.yaml" in done.stderr


def test_strict_fails_for_warnings_and_asks_what_is_unknown(run, tmp_path: Path) -> None:
    text = "archlint: 1\nname: A\ncomponents: {q: {type: sqs, visibility_timeout: unknown}, f: {type: lambda, timeout: 60s}, d: sqs}\nconnections: [q -> f, q !> d]\n"
    (tmp_path / "a.yaml").write_text(text)
    only = ("--select", "visibility-timeout-too-short,batch-without-partial-response")
    assert run("check", *only).returncode == 0
    done = run("check", "--strict", *only)
    assert done.returncode == 1
    assert "could not be checked, because a value is unknown" in done.stdout
    assert run("check", "--strict", "--fail-on", "error", *only).returncode == 0


TEMPLATE = """\
Resources:
  InvoiceTable: {Type: AWS::DynamoDB::Table, Properties: {Tags: [{Key: team, Value: money-eu}]}}
  Parcels:
    Type: AWS::SQS::Queue
    Metadata: {"aws:cdk:path": Shop/Shipping/Parcels/Resource}
  Rest: {Type: AWS::SNS::Topic, Properties: {Tags: [{Key: "archlint:service", Value: tagged}]}}
"""


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("Invoice*", {"mine.InvoiceTable"}),
        ("Shipping/*", {"mine.Parcels"}),
        ("tag:team=money-*", {"mine.InvoiceTable"}),
        ("tag:team=other", set()),
        ("shop", {"mine.InvoiceTable", "mine.Parcels", "mine.Rest"}),
        ("stacks/*", {"mine.InvoiceTable", "mine.Parcels", "mine.Rest"}),
        ("nowhere/*", set()),
    ],
)
def test_services_of_infrastructure_code(run, tmp_path: Path, pattern: str, expected: set[str]) -> None:
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks/shop.yaml").write_text(TEMPLATE)
    (tmp_path / ".archlint.yaml").write_text(yaml.safe_dump({"services": {"mine": [pattern]}}))
    components = json.loads(run("graph", "stacks/shop.yaml").stdout)["components"]
    assert {one["id"] for one in components if one["service"] == "mine"} == expected
    assert "mine" in run("check", "stacks/shop.yaml", "--show-settings").stdout


def test_the_last_entry_that_fits_holds_and_a_sidecar_over_it(run, tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(TEMPLATE)
    (tmp_path / ".archlint.yaml").write_text("services: {all: [shop], queues: Parcels, more: [Rest]}\n")
    (tmp_path / "archlint.yaml").write_text("archlint: 1\nname: Shop\noverrides: {services: {posts: [Rest]}}\n")
    components = json.loads(run("graph", "shop.yaml").stdout)["components"]
    assert sorted(one["id"] for one in components) == ["all.InvoiceTable", "posts.Rest", "queues.Parcels"]


def test_what_is_wrong_with_services(run, tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(TEMPLATE)
    (tmp_path / ".archlint.yaml").write_text("services: {a b: [x], c: [1], d: ['tag:team']}\n")
    done = run("check", "shop.yaml")
    assert done.returncode == 2
    for message in ("`a b` is no name of a service", "an item of `c` is no name", "`tag:team` names no value"):
        assert message in done.stderr
