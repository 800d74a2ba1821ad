"""Inputs that are valid on the outside, made by Hypothesis: a target runs on what a strategy makes of its bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

from fuzz.words import words_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archlint.vocabulary import vocabulary

_T = TypeVar("_T")

TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "unknown", "../x", "*", "a" * 300, "\u202ex", "${a}", "{{x}}", "=> y", "\x1b[2J", "0", "null"]
    ),
)
SCALARS = st.one_of(
    TEXTS,
    st.integers(),
    st.integers(-3, 20_000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.sampled_from(["5s", "30s", "15m", "14d", "256KB", "1MB", "true", "standard", "express"]),
)


def driven(strategy: st.SearchStrategy[_T], run: Callable[[_T], None]) -> Callable[[bytes], None]:
    """A function of bytes that runs a target on what the strategy makes of them."""

    @settings(deadline=None, database=None, max_examples=1, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def test(value: _T) -> None:
        run(value)

    fuzz: Callable[[bytes], bytes | None] = test.hypothesis.fuzz_one_input  # type: ignore[attr-defined]

    def drive(data: bytes) -> None:
        fuzz(data)

    return drive


def chances() -> list[bytes]:
    """First inputs for a strategy, which takes every byte as a choice."""
    return [Random(number).randbytes(number * 32) for number in range(1, 60)]


def descriptions() -> st.SearchStrategy[str]:
    """Whole descriptions: components of every type with some of their properties, and any arrows between them."""
    return st.composite(_description)()


def _description(draw: st.DrawFn) -> str:
    types = draw(st.lists(st.sampled_from(sorted(vocabulary().types)), min_size=1, max_size=8))
    names = [f"c{place}" for place in range(len(types))]
    components = {name: _component(draw, type_) for name, type_ in zip(names, types, strict=True)}
    split = draw(st.integers(0, len(names)))
    ids = [f"s.{name}" if place < split else name for place, name in enumerate(names)]
    data: dict[str, Any] = {"archlint": 1, "name": draw(TEXTS.filter(str.strip))}
    if split:
        data["services"] = {"s": {"components": {name: components[name] for name in names[:split]}}}
    data["components"] = {name: components[name] for name in names[split:]}
    data["connections"] = draw(st.lists(_connections(ids), max_size=10))
    return json.dumps(data, indent=1)


def _component(draw: st.DrawFn, type_: str) -> dict[str, Any]:
    known = sorted(vocabulary().types[type_].properties)
    chosen = draw(st.lists(st.sampled_from(known), max_size=4, unique=True)) if known else []
    return {"type": type_, **{name: draw(SCALARS) for name in chosen}}


def _connections(ids: Sequence[str]) -> st.SearchStrategy[object]:
    known = sorted(vocabulary().connection_properties)
    arrows = st.tuples(st.sampled_from(ids), st.sampled_from(["=>", "->", "!>", "=write=>"]), st.sampled_from(ids))
    written = arrows.map(" ".join)
    return st.one_of(
        written, st.builds(lambda arrow, key, value: {arrow: {key: value}}, written, st.sampled_from(known), SCALARS)
    )


def trees(*parts: str) -> st.SearchStrategy[object]:
    """Data of any shape whose keys and texts are mostly words that some packages of archlint know."""
    words = st.one_of(st.sampled_from(words_of(*parts)), TEXTS)
    return st.recursive(
        st.one_of(words, SCALARS),
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(words, inner, max_size=5)),
        max_leaves=25,
    )


def resources(prefix: str, *parts: str) -> st.SearchStrategy[dict[str, Any]]:
    """Resources of the types that some packages know, with any properties, by names that refer to each other."""
    words = words_of(*parts)
    types = st.sampled_from([word for word in words if word.startswith(prefix)])
    keys = st.sampled_from([word for word in words if word.isidentifier()])
    names = st.sampled_from(["A", "B", "C", "D"])
    values = st.one_of(
        names.map(lambda name: {"Ref": name}),
        names.map(lambda name: {"Fn::GetAtt": [name, "Arn"]}),
        names.map(lambda name: {"Fn::Sub": f"${{{name}.Arn}}/*"}),
        trees(*parts),
    )
    resource = st.builds(
        lambda type_, properties: {"Type": type_, "Properties": properties},
        types,
        st.dictionaries(keys, values, max_size=5),
    )
    return st.dictionaries(names, resource, min_size=1, max_size=4)
