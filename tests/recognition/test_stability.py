"""What is recognised does not depend on names, on order, on what stands beside it, or on how it is cut into files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from long_form import as_data, as_text

from archlint.facts import Graph
from archlint.importers import read, read_text
from archlint.model import Architecture
from archlint.recognition import recognise
from archlint.rulebook import load
from archlint.rulebook.examples import example_of
from archlint.search import Search

RULEBOOK = load()
EXAMPLES = [example_of(entry.file) for entry in RULEBOOK.catalog.values()]

same_fixtures = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def matches(architecture: Architecture, names: dict[str, str] | None = None) -> set[tuple[object, ...]]:
    """Every match by pattern, variant and the components of each role, under their earlier names."""

    def known(id_: str) -> str:
        return (names or {}).get(id_, id_)

    found = recognise(Search(Graph(architecture)), RULEBOOK)
    whole = {
        (
            match.pattern,
            match.variant,
            *((role, frozenset(map(known, ids))) for role, ids in sorted(match.roles.items())),
        )
        for match in (matched.as_match() for matched in found.matched)
    }
    possible = {
        (
            one.patterns,
            one.hint and None,
            *((role, frozenset(map(known, ids))) for role, ids in sorted(one.roles.items())),
        )
        for one in found.possible
    }
    return whole | possible


def written_out(text: str) -> dict:
    return as_data(read_text(text).architecture)


@st.composite
def shuffled(draw, data: dict) -> dict:
    def mixed(mapping: dict) -> dict:
        return {key: mapping[key] for key in draw(st.permutations(list(mapping)))}

    services = {
        name: {**body, "components": mixed(body["components"])} for name, body in mixed(data["services"]).items()
    }
    connections = draw(st.permutations(data["connections"]))
    return {**data, "services": services, "components": mixed(data["components"]), "connections": list(connections)}


@same_fixtures
@given(st.data(), st.sampled_from(EXAMPLES))
def test_the_order_of_a_file_says_nothing(data, example: str) -> None:
    base = written_out(example)
    moved = data.draw(shuffled(base))
    assert matches(read_text(as_text(base)).architecture) == matches(read_text(as_text(moved)).architecture)


@same_fixtures
@given(st.data(), st.sampled_from(EXAMPLES))
def test_names_say_nothing(data, example: str) -> None:
    base = written_out(example)
    ids = [f"{service}.{name}" for service, body in base["services"].items() for name in body["components"]]
    ids += list(base["components"])
    order = data.draw(st.permutations(range(len(ids))))
    fresh = {id_: f"{id_.rpartition('.')[0]}.n{number}".lstrip(".") for id_, number in zip(ids, order, strict=True)}
    named = {
        **base,
        "services": {
            service: {
                **body,
                "components": {
                    fresh[f"{service}.{name}"].rpartition(".")[2]: value for name, value in body["components"].items()
                },
            }
            for service, body in base["services"].items()
        },
        "components": {fresh[name]: value for name, value in base["components"].items()},
        "connections": [{**edge, "from": fresh[edge["from"]], "to": fresh[edge["to"]]} for edge in base["connections"]],
    }
    names = {new: old for old, new in fresh.items()}
    assert matches(read_text(as_text(base)).architecture) == matches(read_text(as_text(named)).architecture, names)


@same_fixtures
@given(st.sampled_from(EXAMPLES), st.sampled_from(EXAMPLES))
def test_an_unrelated_service_changes_nothing(example: str, other: str) -> None:
    base, beside = written_out(example), written_out(other)
    renamed = {f"beside-{name}": body for name, body in beside["services"].items()}

    def moved(id_: str) -> str:
        return f"beside-{id_}" if "." in id_ else f"beside_{id_}"

    both = {
        **base,
        "services": {**base["services"], **renamed},
        "components": {
            **base["components"],
            **{f"beside_{name}": value for name, value in beside["components"].items()},
        },
        "connections": [
            *base["connections"],
            *({**edge, "from": moved(edge["from"]), "to": moved(edge["to"])} for edge in beside["connections"]),
        ],
    }
    alone = matches(read_text(as_text(base)).architecture)
    together = matches(read_text(as_text(both)).architecture)
    assert alone <= together
    assert len(together) == len(alone) + len(matches(read_text(as_text(beside)).architecture))


@pytest.mark.parametrize("example", EXAMPLES, ids=list(RULEBOOK.catalog))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_include_changes_nothing(data, example: str, tmp_path: Path) -> None:
    base = written_out(example)
    service = data.draw(st.sampled_from(sorted(base["services"])))
    outside = data.draw(st.sets(st.sampled_from(sorted(base["components"])))) if base["components"] else set()
    part = {
        "archlint": 1,
        "name": "Part",
        "services": {service: base["services"][service]},
        "components": {name: base["components"][name] for name in sorted(outside)},
    }
    rest = {
        **base,
        "include": ["part.yaml"],
        "services": {name: body for name, body in base["services"].items() if name != service},
        "components": {name: value for name, value in base["components"].items() if name not in outside},
    }
    (tmp_path / "part.yaml").write_text(as_text(part), encoding="utf-8")
    (tmp_path / "whole.yaml").write_text(as_text(rest), encoding="utf-8")
    split = read([tmp_path / "whole.yaml"]).architecture
    assert matches(read_text(as_text(base)).architecture) == matches(split)
