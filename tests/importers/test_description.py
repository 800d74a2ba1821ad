from __future__ import annotations

from pathlib import Path

import pytest

from archlint.importers import KnownNames, read, read_text
from archlint.model import UNKNOWN, InputError, Style

HEAD = "archlint: 1\nname: A\n"


def edges(text: str) -> list[str]:
    architecture = read_text(HEAD + text).architecture
    return [
        f"{edge.source.id} {edge.style.arrow} {edge.target.id} {edge.action} {dict(edge.properties)}".replace(" {}", "")
        for edge in architecture.connections
    ]


def problems(text: str, names: KnownNames | None = None) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_text(text, names, path="a.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_a_chain_is_one_connection_per_arrow() -> None:
    text = "components: {c: client, a: http_api, f: lambda, q: sqs}\nconnections:\n  - c => a => f -> q\n"
    assert edges(text) == ["c => a invoke", "a => f invoke", "f -> q send"]


def test_comma_lists_multiply_and_properties_hold_for_each() -> None:
    text = "components: {f: lambda, g: lambda, t: dynamodb}\nconnections:\n  - f, g =write=> t: {access: analytics}\n"
    assert edges(text) == ["f => t write {'access': 'analytics'}", "g => t write {'access': 'analytics'}"]


def test_the_long_form() -> None:
    text = "components: {f: lambda, q: sqs}\nconnections:\n  - {from: f, to: q, style: async, action: send, payload: 1KB}\n"
    assert edges(text) == ["f -> q send {'payload': 1024}"]


def test_names_mean_the_own_component_first() -> None:
    text = """\
services:
  a:
    components: {f: lambda, t: dynamodb}
    connections: [f => t, f -> b.f, f => x]
  b:
    components: {f: lambda}
components: {t: dynamodb, x: third_party}
connections: [b.f => t]
"""
    assert edges(text) == ["a.f => a.t read_write", "a.f -> b.f invoke", "a.f => x invoke", "b.f => t read_write"]


def test_unknown_exists_and_is_not_known() -> None:
    architecture = read_text(HEAD + "components: {f: {type: lambda, timeout: unknown}}").architecture
    assert architecture.by_id["f"].properties["timeout"] is UNKNOWN


def test_a_file_without_services_is_one_service() -> None:
    architecture = read_text(
        "archlint: 1\nname: Order intake\ncomponents: {c: client, f: lambda, x: {type: sqs, external: true}}"
    ).architecture
    assert list(architecture.services) == ["order-intake"]
    assert [component.service for component in architecture.components] == [None, "order-intake", None]
    assert architecture.by_id["f"].id == "f"


def test_a_component_may_be_connected_to_itself() -> None:
    assert edges("components: {f: lambda}\nconnections: [f -> f]") == ["f -> f invoke"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: A\n", "a.yaml:1:1: `archlint` is missing; expected `archlint: 1`"),
        ("archlint: 1\n", "`name` is missing"),
        ("archlint: 2\nname: A\n", "a.yaml:1:11: this is format version 2, newer than this archlint knows"),
        (HEAD + "componets: {}\n", "a.yaml:3:1: unknown key `componets` (did you mean `components`?)"),
        (HEAD + "components: {f: lamda}\n", "a.yaml:3:17: unknown component type `lamda` (did you mean `lambda`?)"),
        (
            HEAD + "components: {f: {type: lambda, timout: 3s}}\n",
            "unknown property of `lambda` `timout` (did you mean `timeout`?)",
        ),
        (
            HEAD + "components: {f: {type: lambda, timeout: soon}}\n",
            "a.yaml:3:41: `timeout` cannot be `soon`; expected a duration",
        ),
        (HEAD + "components: {f: {type: lambda, memory: -1}}\n", "`memory` cannot be `-1`; expected at least 1"),
        (HEAD + "components: {f: lambda, f: sqs}\n", "a.yaml:3:25: the key `f` stands twice"),
        (HEAD + "components: {1f: lambda}\n", "`1f` is no name"),
        (HEAD + "components: {f: lambda}\nconnections: [f => g]\n", "a.yaml:4:20: unknown component `g`"),
        (
            HEAD + "components: {f: lambda}\nconnections: [f =wrte=> f]\n",
            "a.yaml:4:18: unknown action `wrte` (did you mean `write`?)",
        ),
        (HEAD + "components: {f: lambda}\nconnections: [f == f]\n", "this is no connection: it has no arrow"),
        (HEAD + "components: {f: lambda}\nconnections: [f ==> f]\n", "this arrow is not of the format"),
        (
            HEAD + "components: {f: lambda}\nconnections:\n  - f => f -> f: {timeout: 1s}\n",
            "a.yaml:5:5: properties belong to one arrow",
        ),
        (
            HEAD + "components: {f: lambda}\nconnections:\n  - f => f: {timout: 1s}\n",
            "unknown property of a connection `timout`",
        ),
        (HEAD + "components: {f: lambda}\nconnections:\n  - {from: f, to: f}\n", "this connection lacks `style`"),
        (HEAD + "ignore: [{rule: x}]\n", "this suppression has no `reason`"),
        (
            HEAD + "ignore: [{rule: queue-without-dl, reason: so}]\n",
            "unknown rule `queue-without-dl` (did you mean `queue-without-dlq`?)",
        ),
        (HEAD + "services: {s: {patterns: [notifer]}}\n", "unknown pattern `notifer` (did you mean `notifier`?)"),
        (HEAD + "include: [missing.yaml]\n", "there is no file `missing.yaml`"),
        ("- a\n", "a description is no mapping"),
    ],
)
def test_problems(text: str, said: str) -> None:
    names = KnownNames(frozenset({"queue-without-dlq"}), frozenset({"notifier"}))
    found = problems(text, names)
    assert any(said in problem for problem in found), found


@pytest.mark.parametrize(
    ("services", "more", "said"),
    [
        ("orders", "connections: [c => web]", "unknown component `web` (did you mean `orders.web`?)"),
        ("orders", "connections: [{from: c, to: web, style: sync}]", "(did you mean `orders.web`?)"),
        ("orders", "ignore: [{rule: r, component: web, reason: x}]", "(did you mean `orders.web`?)"),
        ("orders", "connections: [c => oders.web]", "unknown component `oders.web` (did you mean `orders.web`?)"),
        ("orders stock", "connections: [c => web]", "`web`; expected one of `orders.web`, `stock.web`"),
        ("a b d e", "connections: [c => web]", "`web`; expected one of `a.web`, `b.web`, `d.web`, …"),
        ("orders", "connections: [c => wbe]", "unknown component `wbe`"),
    ],
)
def test_a_component_of_a_service_is_told_by_its_whole_name(services: str, more: str, said: str) -> None:
    declared = "".join(f"  {name}: {{components: {{web: http_api}}}}\n" for name in services.split())
    assert problems(f"{HEAD}services:\n{declared}components: {{c: client}}\n{more}\n")[0].endswith(said)


def test_all_problems_come_at_once_in_order() -> None:
    text = HEAD + "components:\n  f: lamda\n  g: {type: sqs, retenton: 3d}\nconnections:\n  - f => h\n"
    assert [problem.split(":")[1] for problem in problems(text)] == ["4", "5", "7"]


def test_a_component_that_cannot_be_read_is_one_problem() -> None:
    text = HEAD + "components: {f: lamda, g: lambda}\nconnections: [f => g, {from: g, to: f, style: sync}]\n"
    assert len(problems(text)) == 1


def test_includes_are_merged(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "a.yaml").write_text(
        HEAD + "include: [parts/b.yaml]\nservices: {a: {components: {f: lambda}, connections: [f -> b.q]}}\n"
    )
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/b.yaml").write_text("archlint: 1\nname: B\nservices: {b: {components: {q: sqs}}}\n")
    architecture = read([tmp_path / "a.yaml"]).architecture
    assert [component.id for component in architecture.components] == ["a.f", "b.q"]
    assert architecture.name == "A"
    assert len(read([tmp_path]).architecture.components) == 2


@pytest.mark.parametrize(
    ("include", "said"),
    [
        ("../outside.yaml", "outside the project"),
        ("a.yaml", "includes itself"),
        ("link.yaml", "outside the project"),
        ("/etc/hosts", "outside the project"),
    ],
)
def test_includes_that_are_refused(tmp_path: Path, include: str, said: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "pyproject.toml").touch()
    (tmp_path / "outside.yaml").write_text("archlint: 1\nname: B\n")
    (project / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (project / "a.yaml").write_text(HEAD + f"include: [{include}]\n")
    with pytest.raises(InputError, match=said):
        read([project / "a.yaml"])


def test_a_name_defined_twice_shows_both_places(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + "services: {s: {components: {f: lambda}}}\n")
    (tmp_path / "b.yaml").write_text("archlint: 1\nname: B\nservices: {s: {components: {g: lambda}}}\n")
    with pytest.raises(InputError) as caught:
        read([tmp_path / "a.yaml", tmp_path / "b.yaml"])
    (problem,) = caught.value.problems
    assert "the service `s` is defined twice" in problem.message
    assert [span.path.rpartition("/")[2] for span, _ in problem.related] == ["a.yaml"]


def test_a_file_of_no_supported_kind(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("Receipts: {}\n")
    with pytest.raises(InputError, match="of no supported kind"):
        read([tmp_path / "a.yaml"])


def test_gitignore_is_respected(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n")
    (tmp_path / "build").mkdir()
    (tmp_path / "build/b.yaml").write_text("archlint: 1\nname: B\ncomponents: {g: lambda}\n")
    (tmp_path / "a.yaml").write_text(HEAD + "components: {f: lambda}\n")
    assert [component.id for component in read([tmp_path]).architecture.components] == ["f"]


def test_styles() -> None:
    architecture = read_text(
        HEAD + "components: {f: lambda, q: sqs, d: sqs}\nconnections: [f -> q, q !> d, f =read=> q]"
    ).architecture
    assert [edge.style for edge in architecture.connections] == [Style.ASYNC, Style.ERROR, Style.SYNC]
