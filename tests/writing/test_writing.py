"""Any architecture of the format, written and read again, is the same graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archlint.importers import read, read_text
from archlint.model import (
    UNKNOWN,
    Architecture,
    Component,
    Confidence,
    Connection,
    Service,
    Site,
    Style,
    Suppression,
)
from archlint.vocabulary import PropertyType, vocabulary
from archlint.writing import description_text

NOWHERE = Site("a.yaml", ())
OUTSIDE = vocabulary().members("actor") | vocabulary().members("external_system")

ODD = ["yes", "No", "on", "null", "~", "1", "1.50", "0x1f", "2020-01-01", "1:30", "- a", "a: b", "a #b", "#", "'", '"']
ODD += ["*", "&a", "!tag", "%", "@x", "`", "{}", "[a, b]", "a,b", "|", ">", "?", " a", "a ", "a\nb", "\t", "\\", "\x07"]
ODD += ["\x85", "\u2028", "\ufeff", "\u202e", "é", "火", "🔥", "<<", "=>", "a -> b", "POST /x/{id}", "$default", "a  b"]

texts = st.one_of(st.sampled_from(ODD), st.text(st.characters(codec="utf-8"), max_size=12)).filter(
    lambda text: text != "unknown"
)
names = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,6}", fullmatch=True)
numbers = st.one_of(
    st.integers(0, 10**12), st.floats(0, 1e9, allow_nan=False), st.sampled_from([90, 0.5, 345600, 262144])
)
leaves = st.one_of(texts, st.integers(-5, 10**9), st.booleans(), st.none(), st.just(UNKNOWN), st.floats(-1e6, 1e6))
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def values(draw, property_: PropertyType):
    """A value as the format reads it: canonical, of one of the property's kinds."""
    if draw(st.integers(0, 9)) == 0:
        return UNKNOWN
    kind = draw(st.sampled_from([*property_.kinds, *(["word"] if property_.words else [])]))
    match kind:
        case "word":
            raw = draw(st.sampled_from(property_.words))
        case "boolean":
            raw = draw(st.booleans())
        case "integer":
            raw = draw(st.integers(int(property_.least), 10**9))
        case "duration" | "size" | "number":
            raw = draw(numbers) + max(property_.least, 0)
        case "text":
            raw = draw(st.sampled_from(property_.choices)) if property_.choices else draw(texts)
        case "list":
            raw = draw(st.lists(trees, max_size=3))
        case _ if property_.fields:
            wanted = draw(st.sets(st.sampled_from(sorted(property_.fields))))
            return {name: draw(values(property_.fields[name])) for name in sorted(wanted)}
        case _:
            return draw(st.dictionaries(texts, trees, max_size=3))
    return property_.read(raw)


@st.composite
def properties(draw, known: Mapping[str, PropertyType], but: tuple[str, ...] = ()):
    free = sorted(name for name in known if name not in but)
    wanted = draw(st.lists(st.sampled_from(free), unique=True, max_size=3)) if free else []
    return {name: draw(values(known[name])) for name in wanted}


@st.composite
def architectures(draw) -> Architecture:
    one_file = draw(st.booleans())
    owners = [draw(names)] if one_file else draw(st.lists(names, unique=True, max_size=3))
    types = sorted(vocabulary().types)
    components: dict[str, Component] = {}
    for name in draw(st.lists(names, unique=True, max_size=6)):
        type_ = draw(st.sampled_from(types))
        said = draw(properties(vocabulary().types[type_].properties))
        service = draw(st.sampled_from([None, *owners]))
        if one_file:
            service = None if type_ in OUTSIDE or said.get("external") is True else owners[0]
        id_ = name if service is None or one_file else f"{service}.{name}"
        label = said.get("label")
        components[id_] = Component(id_, type_, service, said, NOWHERE, label if isinstance(label, str) else name)
    services = {name: draw(services_of(name)) for name in owners}
    if one_file and not any(component.service for component in components.values()):
        services = {}
    return Architecture(
        draw(texts.filter(str.strip)),
        tuple(components.values()),
        tuple(draw(connections(list(components.values())))) if components else (),
        services,
        draw(st.just("") | texts.filter(str.strip)),
        draw(properties(vocabulary().architecture_properties)),
        tuple(draw(suppressions([*components, *services]))),
    )


@st.composite
def services_of(draw, name: str) -> Service:
    claims = draw(st.lists(texts.filter(str.strip), max_size=2))
    return Service(name, NOWHERE, draw(properties(vocabulary().service_properties)), tuple(claims))


@st.composite
def connections(draw, ends: list[Component]):
    actions = sorted(vocabulary().actions)
    found = []
    for _ in range(draw(st.integers(0, 10))):
        source, target = draw(st.sampled_from(ends)), draw(st.sampled_from(ends))
        style = draw(st.sampled_from(list(Style)))
        action = draw(st.sampled_from([vocabulary().assumed_action(source.type, target.type, style), *actions[:2]]))
        said = draw(properties(vocabulary().connection_properties, ("confidence",))) if draw(st.booleans()) else {}
        confidence = draw(st.sampled_from(list(Confidence)))
        found.append(Connection(source, target, style, action, said, NOWHERE, confidence))
    return found


@st.composite
def suppressions(draw, ids: list[str]):
    return [
        Suppression(draw(names), draw(st.sampled_from([None, *ids])), draw(texts.filter(str.strip)), NOWHERE)
        for _ in range(draw(st.integers(0, 2)))
    ]


def graph(architecture: Architecture):
    """What two architectures have to share to be the same one."""
    return {
        "name": architecture.name,
        "description": architecture.description,
        "settings": dict(architecture.settings),
        "services": {name: (dict(one.properties), one.patterns) for name, one in architecture.services.items()},
        "components": {
            found.id: (found.type, found.service, found.label, dict(found.properties))
            for found in architecture.components
        },
        "connections": Counter(
            (
                edge.source.id,
                edge.target.id,
                edge.style,
                edge.action,
                repr(sorted(edge.properties.items(), key=str)),
                edge.confidence,
            )
            for edge in architecture.connections
        ),
        "suppressions": sorted({(one.rule, one.component or "", one.reason) for one in architecture.suppressions}),
    }


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(architectures())
def test_written_and_read_again_is_the_same(architecture: Architecture) -> None:
    text = description_text(architecture, ["a.yaml"])
    assert graph(read_text(text).architecture) == graph(architecture)
    assert description_text(read_text(text).architecture, ["a.yaml"]) == text


def test_a_description_is_short_and_sorted(describe) -> None:
    reading = describe(
        """\
services:
  s:
    components:
      z: dynamodb
      b: lambda
      a: {type: http_api, label: Front}
      q: sqs
      c: lambda
      d: {type: sqs, visibility_timeout: 90, retention: 1209600}
    connections:
      - {from: a, to: b, style: sync, action: invoke}
      - b -> q
      - q -> c
      - c => z
      - b => z
      - q !> d: {max_receives: 5}
      - c !> d: {attached_to: function}
components: {u: client}
connections: [u => s.a]
"""
    )
    assert description_text(reading.architecture).splitlines()[2:] == [
        "services:",
        "  s:",
        "    components:",
        "      a: {type: http_api, label: Front}",
        "      b: lambda",
        "      c: lambda",
        "      d: {type: sqs, visibility_timeout: 90s, retention: 14d}",
        "      q: sqs",
        "      z: dynamodb",
        "    connections:",
        "      - u => a => b -> q -> c => z",
        "      - b => z",
        "      - c !> d: {attached_to: function}",
        "      - q !> d: {max_receives: 5}",
        "components:",
        "  u: client",
    ]


def test_what_is_inferred_and_unknown_is_said() -> None:
    f = Component("f", "lambda", "a", {"timeout": UNKNOWN}, NOWHERE, "f")
    t = Component("t", "dynamodb", "a", {}, NOWHERE, "t")
    edges = (
        Connection(f, t, Style.SYNC, "read", {}, NOWHERE, Confidence.LIKELY),
        Connection(f, f, Style.ASYNC, "invoke", {}, NOWHERE, Confidence.GUESS),
    )
    text = description_text(Architecture("A", (f, t), edges, {"a": Service("a", NOWHERE)}))
    assert "  f: {type: lambda, timeout: unknown}   # what is unknown is set outside the input\n" in text
    assert "  - f =read=> t: {confidence: likely}   # inferred from a permission\n" in text
    assert "  - f -> f: {confidence: guess}   # a guess from a name or a wildcard\n" in text


def test_ids_that_the_format_does_not_have_are_kept_as_resources() -> None:
    ids = [
        "aws_sqs_queue.inbox",
        'module.a.aws_sqs_queue.out["x.y"]',
        'aws_lambda_function.orders["a b"]',
        'aws_dynamodb_table.orders["a b"]',
    ]
    types = ["sqs", "sqs", "lambda", "dynamodb"]
    found = [Component(id_, type_, "app", {}, NOWHERE, id_) for id_, type_ in zip(ids, types, strict=True)]
    edges = (Connection(found[2], found[3], Style.SYNC, "read_write", {}, NOWHERE),)
    text = description_text(Architecture("App", tuple(found), edges, {"app": Service("app", NOWHERE)}))
    architecture = read_text(text).architecture
    assert {component.id: component.properties.get("resource") for component in architecture.components} == {
        "orders-a-b-lambda": 'aws_lambda_function.orders["a b"]',
        "aws_sqs_queue.inbox": None,
        "out-x-y": 'module.a.aws_sqs_queue.out["x.y"]',
        "orders-a-b-dynamodb": 'aws_dynamodb_table.orders["a b"]',
    }
    assert [(edge.source.name, edge.target.name) for edge in architecture.connections] == [
        ("orders-a-b-lambda", "orders-a-b-dynamodb")
    ]


def test_a_name_that_a_service_shadows_is_written_outside_of_it(describe) -> None:
    reading = describe(
        "services:\n  s: {components: {x: lambda}}\ncomponents: {x: third_party}\nconnections: [s.x => x]\n"
    )
    assert graph(read_text(description_text(reading.architecture)).architecture) == graph(reading.architecture)


def test_the_one_service_of_a_file_keeps_its_name(describe) -> None:
    reading = describe("service: {name: Orders, owner: us, patterns: []}\ncomponents: {f: lambda, c: client}\n")
    assert list(reading.architecture.services) == ["Orders"]
    assert reading.architecture.by_id["f"].service == "Orders"
    text = description_text(reading.architecture)
    assert "service:\n  name: Orders\n  owner: us\n" in text
    assert graph(read_text(text).architecture) == graph(reading.architecture)


def test_the_yardsticks_written_and_read_again(shared: Path) -> None:
    paths = sorted(
        path for path in shared.rglob("*.yaml") if "archlint: 1\n" in path.read_text() and ".expect" not in path.name
    )
    assert paths
    for path in paths:
        architecture = read([path]).architecture
        again = read_text(description_text(architecture)).architecture
        assert graph(again) == graph(architecture), path


@pytest.mark.parametrize("text", ["service: {name: 1x}\n", "service: {nme: x}\n", "service: {}\nservices: {a: {}}\n"])
def test_a_service_key_that_is_wrong(describe, text: str) -> None:
    with pytest.raises(Exception, match=r"no name|unknown property|for a file that is one service"):
        describe(text)


def test_a_value_that_no_property_may_have_is_unknown(tmp_path) -> None:
    (tmp_path / "template.yaml").write_text(
        "Resources:\n  T:\n    Type: AWS::DynamoDB::Table\n    Properties:\n"
        "      StreamSpecification: {StreamViewType: ke!x ys_only}\n"
    )
    written = description_text(read([tmp_path]).architecture)
    assert "stream: unknown" in written
    assert read_text(written).architecture.by_id["T"].properties["stream"] is UNKNOWN


def test_what_code_refers_to_without_a_connection_is_no_orphan_in_the_description_either() -> None:
    bell, lone = (Component(id_, "sns", None, {}, NOWHERE, id_, id_ == "bell") for id_ in ("bell", "lone"))
    alarm, queue = Component("high", "cloudwatch_alarm", None, {}, NOWHERE), Component("q", "sqs", None, {}, NOWHERE)
    watching = Connection(alarm, queue, Style.ASYNC, "observe", {}, NOWHERE, Confidence.CERTAIN)
    written = description_text(Architecture("A", (bell, lone, alarm, queue), (watching,), {}))
    assert [(one.rule, one.component) for one in read_text(written).architecture.suppressions] == [
        ("orphan-component", "bell")
    ]
