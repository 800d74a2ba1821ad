from __future__ import annotations

import json

from ferry import WEBHOOK as TEXT
from open_api import OPEN_API

from archlint.importers import read_text


def _written(tmp_path, text: str = TEXT):
    file = tmp_path / "a.yaml"
    file.write_bytes(text.encode())
    return file


def test_apply_writes_what_diff_shows(run, tmp_path) -> None:
    file = _written(tmp_path)
    shown = run("suggest", "a.yaml", "--diff")
    assert shown.returncode == 0
    assert file.read_text() == TEXT
    done = run("suggest", "a.yaml", "--apply")
    assert (done.returncode, done.stdout) == (0, "Completed the Scalable Webhook in manifest.\n")
    assert file.read_text() == TEXT.replace(
        "lines -> book        # one", "lines -> book: {maximum_concurrency: 5}        # one"
    )
    assert "+      - lines -> book: {maximum_concurrency: 5}" in shown.stdout
    again = json.loads(run("suggest", "a.yaml", "--format", "json").stdout)
    assert "scalable-webhook" in {match["pattern"] for match in again["matches"]}


def test_apply_as_json_tells_what_was_carried_out(run, tmp_path) -> None:
    _written(tmp_path)
    done = json.loads(run("suggest", "a.yaml", "--apply", "--format", "json").stdout)
    assert [found["pattern"] for found in done["suggestions"]] == ["scalable-webhook"]


def test_apply_of_one_pattern_keeps_line_ends_and_a_byte_order_mark(run, tmp_path) -> None:
    file = _written(tmp_path, "\ufeff" + TEXT.replace("\n", "\r\n"))
    done = run("suggest", "a.yaml", "--pattern", "gatekeeper", "--apply")
    assert done.returncode == 0, done.stderr
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") > TEXT.count("\n")
    assert "manifest.authorizer" in read_text(data.decode("utf-8-sig")).architecture.by_id


def test_a_pattern_that_is_there_changes_nothing(run, tmp_path) -> None:
    file = _written(tmp_path)
    run("suggest", "a.yaml", "--apply")
    before = file.read_bytes()
    again = run("suggest", "a.yaml", "--pattern", "scalable-webhook", "--apply")
    assert (again.returncode, again.stdout) == (0, "")
    assert "nothing is near" in again.stderr
    assert file.read_bytes() == before


def test_standard_input_is_not_written(run) -> None:
    done = run("suggest", "-", "--apply", text=TEXT)
    assert done.returncode == 2
    assert "standard input cannot be changed in place" in done.stderr
    assert "+      - lines -> book" in run("suggest", "-", "--diff", text=TEXT).stdout


def test_a_template_is_refused_whole(run, tmp_path) -> None:
    template = '{"Resources": {"A": {"Type": "AWS::SNS::Topic"}, "F": {"Type": "AWS::Lambda::Function"}}}'
    (tmp_path / "t.json").write_text(template)
    done = run("suggest", "t.json", "--pattern", "internal-api", "--apply")
    assert done.returncode == 2
    assert "t.json is no description" in done.stderr
    assert (tmp_path / "t.json").read_text() == template


def test_what_is_only_partly_applied_is_no_success(run, tmp_path) -> None:
    file = _written(tmp_path)
    (tmp_path / "template.yaml").write_text(OPEN_API)
    done = run("suggest", "a.yaml", "template.yaml", "--apply")
    assert (done.returncode, done.stdout) == (1, "Completed the Scalable Webhook in manifest.\n")
    assert "not made: the Gatekeeper" in done.stderr
    assert "maximum_concurrency: 5" in file.read_text()
    assert (tmp_path / "template.yaml").read_text() == OPEN_API


def test_a_suggested_dead_letter_queue_keeps_its_messages(run, tmp_path) -> None:
    _written(tmp_path, TEXT.replace("      dead: sqs\n", "").replace("      - lines !> dead: {max_receives: 5}\n", ""))
    assert "sqs, retention: 14d}" in run("suggest", "a.yaml", "--pattern", "scalable-webhook", "--diff").stdout


def test_one_service_of_several(run, tmp_path) -> None:
    _written(tmp_path)
    found = json.loads(run("suggest", "a.yaml", "--service", "manifest", "--format", "json").stdout)
    assert {one["service"] for one in found["suggestions"]} == {"manifest"}
    wrong = run("suggest", "a.yaml", "--service", "manifset")
    assert wrong.returncode == 2
    assert "did you mean `manifest`" in wrong.stderr


def test_the_configuration_says_what_a_suggestion_may_solve(run, tmp_path) -> None:
    _written(tmp_path)
    (tmp_path / ".archlint.yaml").write_text("ignore: [public-api-without-auth]\n")
    found = json.loads(run("suggest", "a.yaml", "--format", "json").stdout)
    assert "gatekeeper" not in {one["pattern"] for one in found["suggestions"]}


def test_a_pattern_inside_another_is_there_already(run) -> None:
    run("init", "--pattern", "router", "r.yaml")
    told = run("suggest", "r.yaml", "--pattern", "internal-handoff").stdout
    assert told.startswith("The Internal Handoff is already there, as a part of The Router\n")
    assert "no change is known" not in told


def test_what_no_change_leads_to_is_said_with_what_to_read(run, tmp_path) -> None:
    (tmp_path / "a.yaml").write_text("archlint: 1\nname: One\ncomponents: {f: lambda}\n")
    told = run("suggest", "a.yaml", "--pattern", "notifier").stdout
    assert told.startswith("The Notifier is not here")
    assert "`archlint patterns notifier`" in told


def test_what_is_applied_solves_what_it_says(run, tmp_path) -> None:
    """A finding in a service that a change only borders on is none of its business."""
    (tmp_path / "a.yaml").write_text(
        "archlint: 1\nname: Shop\nservices:\n"
        "  orders:\n    components: {place: lambda, placed: {type: sns, interface: true}}\n"
        "    connections: [place -> placed]\n"
        "  shipping:\n    components: {ship: lambda}\n    connections: [orders.placed -> ship]\n"
    )
    found = json.loads(run("suggest", "a.yaml", "--pattern", "internal-handoff", "--format", "json").stdout)
    claimed = {(one["rule"], one["component"]) for one in found["suggestions"][0]["solves"]}
    run("suggest", "a.yaml", "--pattern", "internal-handoff", "--apply")
    left = json.loads(run("check", "a.yaml", "--format", "json").stdout)["findings"]
    assert not claimed & {(one["rule"], one["component"]) for one in left}


def test_a_description_to_standard_output(run, tmp_path) -> None:
    assert run("init", "-", "--pattern", "router").stdout.startswith("archlint: 1\n")
    assert not list(tmp_path.iterdir())


def test_no_file_is_written_that_is_neither_a_page_nor_a_picture(run, tmp_path) -> None:
    for arguments in (["patterns", "-o", "all.png"], ["patterns", "router", "-o", "r.xyz"]):
        assert run(*arguments).returncode == 2
    assert not list(tmp_path.iterdir())
