"""The page as a reader uses it, in a browser without a network."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest
from page.hostile import HOSTILE, reading_of

from archlint.draw import Context, draw
from archlint.rulebook.examples import example_of

EXAMPLE = Path(__file__).parents[2] / "examples/orders.yaml"
SMALL = "archlint: 1\nname: A\ncomponents:\n  c: client\n  f: lambda\n"


@pytest.fixture(scope="module")
def saw(browse, archlint_command, tmp_path_factory):
    page = tmp_path_factory.mktemp("page") / "orders.html"
    subprocess.run([*archlint_command, "render", "-q", str(EXAMPLE), "-o", str(page)], check=True)
    return browse("offline", str(page))


def test_nothing_goes_wrong_and_nothing_is_asked_of_the_network(saw) -> None:
    assert saw["errors"] == []
    assert {address.partition(":")[0] for address in saw["requests"]} <= {"file", "data"}


def test_components_are_buttons_that_say_what_they_are(saw) -> None:
    assert saw["components"] == 15
    assert ["button", "inbox, SQS queue, in intake, 2 findings"] in saw["labels"]


def test_a_page_opens_with_no_component_under_its_legend_or_its_buttons(
    browse, archlint_command, tmp_path: Path, rulebook
) -> None:
    pages = []
    for entry in rulebook.catalog.values():
        page = tmp_path / f"{entry.id}.html"
        (tmp_path / "a.yaml").write_text(example_of(entry.file))
        subprocess.run([*archlint_command, "render", "-q", str(tmp_path / "a.yaml"), "-o", str(page)], check=True)
        pages.append(str(page))
    assert browse("opened", *pages)["covered"] == []


def test_search(saw) -> None:
    assert saw["hits"] == ["invoice-table\nDynamoDB table in billing"]
    assert saw["searched"].split("\n")[1:4] == ["invoice-table", "", "DynamoDB table"]
    assert saw["address"] == "#component=billing.invoice-table"


def test_a_click_shows_properties_findings_and_connections(saw) -> None:
    for text in ("inbox", "intake.inbox", "visibility timeout", "45s", "visibility-timeout-too-short", "Goes to"):
        assert text in saw["clicked"]
    assert saw["neighbours"] == ["intake.dead", "intake.inbox", "intake.receiver", "intake.worker"]


def test_the_path_of_a_finding_is_lit_and_the_rest_dimmed(saw) -> None:
    assert "shared-datastore" in saw["finding"]
    assert saw["way"] == 2
    assert saw["wayNodes"] == ["billing.invoice", "billing.invoice-table", "parcels.label"]
    assert saw["dimmed"] < 0.3
    assert saw["pattern"] > 2


def test_filters(saw) -> None:
    assert saw["withoutBilling"] == 12
    assert saw["withoutAsync"] == saw["arrows"] - 6


def test_keyboard(saw) -> None:
    assert saw["right"] == "intake.receiver"
    assert saw["tabbed"]
    assert "About" in saw["opened"]
    assert saw["next"] == 1
    assert (saw["help"], saw["helpGone"]) == (True, True)


def test_pan_and_zoom(saw) -> None:
    assert saw["views"] == 4


def test_dark_mode_and_print(saw) -> None:
    assert (saw["toggled"], saw["followsSystem"], saw["print"]) == (True, True, False)


@pytest.mark.parametrize("name", ["script", "end of data", "comment", "lines", "long"])
def test_hostile_texts_are_texts(browse, tmp_path: Path, name: str) -> None:
    reading = reading_of(HOSTILE[name])
    page = tmp_path / "page.html"
    page.write_bytes(draw(reading.architecture, "html", None, Context(reading.architecture, reading.span)))
    seen = browse("hostile", str(page))
    assert seen["errors"] == []
    assert seen["scripts"] == 2


def test_the_page_of_two_versions_lists_what_is_different(browse, archlint_command, tmp_path: Path) -> None:
    old = "archlint: 1\nname: A\nservices:\n  kitchen:\n    components: {f: lambda, q: sqs}\n    connections: [q -> f]\n  hall:\n    components: {d: s3}\n"
    (tmp_path / "old.yaml").write_text(old)
    (tmp_path / "new.yaml").write_text(
        old.replace("f: lambda", "f: {type: lambda, timeout: 9s}").replace("d: s3", "e: sqs")
    )
    page = tmp_path / "page.html"
    done = subprocess.run(
        [*archlint_command, "diff", "-q", "old.yaml", "new.yaml", "-o", str(page)], cwd=tmp_path, check=False
    )
    assert done.returncode == 1
    seen = browse("changes", str(page))
    assert seen["errors"] == []
    assert seen["tabs"] == ["Changes3", "Services2"]
    assert [sign.split() for sign in seen["signs"]] == [["+", "added"], ["\u2212", "removed"], ["~", "changed"]]
    assert [row.split("\n")[-1] for row in seen["rows"]] == ["+ timeout 9s", "S3 bucket", "SQS queue"]
    assert "changed: + timeout 9s" in seen["clicked"].replace("\n", " ")
    assert seen["frames"] == ["kitchen.f"]
    assert (seen["next"], seen["before"]) == ("d", "f")
    assert seen["framesLeft"] == 2


def test_a_served_page_follows_its_file_and_survives_a_broken_one(browse, archlint_command, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(SMALL)
    with subprocess.Popen(
        [*archlint_command, "serve", "--port", "0", str(file)], stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            address = process.stderr.readline().split()[1]
            seen = browse("live", address, str(file))
        finally:
            process.send_signal(signal.SIGINT)
    assert process.returncode == 0
    assert "did you mean `lambda`?" in seen["problem"]
    assert (seen["kept"], seen["problemGone"]) == (1, True)
    assert {request.split("/")[2] for request in seen["requests"] if request.startswith("http")} == {
        address.split("/")[2]
    }
