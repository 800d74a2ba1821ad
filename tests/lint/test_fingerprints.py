"""A finding keeps its fingerprint through edits that have nothing to do with it."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.importers import read_text
from archlint.lint import check
from archlint.rulebook import load

RULEBOOK = load()
TYPES = [
    "sqs",
    "lambda",
    "sns",
    "rds",
    "dynamodb",
    "http_api",
    "eventbridge_bus",
    "kinesis",
    "s3",
    "step_functions",
    "client",
]
NAMES = ["ash", "birch", "cedar", "elm", "fir", "hazel"]


@st.composite
def architectures(draw) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, unique=True))
    components = [(name, draw(st.sampled_from(TYPES))) for name in names]
    ends = st.sampled_from(names)
    arrows = st.sampled_from(["=>", "->", "!>"])
    return components, draw(st.lists(st.tuples(ends, arrows, ends), max_size=10, unique=True))


def text_of(components, connections, gap: str = "") -> str:
    lines = ["archlint: 1", "name: Wood", "services:", "  wood:", "    components:"]
    lines += [f"{gap}      {name}: {type_}" for name, type_ in components]
    lines += ["    connections:"] if connections else []
    lines += [f"{gap}      - {source} {arrow} {target}" for source, arrow, target in connections]
    return "\n".join(lines) + "\n"


def findings(text: str):
    return check(read_text(text).architecture, RULEBOOK).findings


def fingerprints(text: str) -> list[str]:
    return sorted(finding.fingerprint for finding in findings(text))


@settings(max_examples=60, deadline=None)
@given(architectures(), st.randoms(use_true_random=False))
def test_blank_lines_and_another_order_change_none(drawn, random) -> None:
    components, connections = drawn
    before = fingerprints(text_of(components, connections))
    assert fingerprints(text_of(components, connections, gap="\n# more\n")) == before
    random.shuffle(components)
    assert fingerprints(text_of(components, connections)) == before


@settings(max_examples=60, deadline=None)
@given(architectures(), st.data())
def test_a_new_name_changes_its_own_findings_alone(drawn, data) -> None:
    components, connections = drawn
    old = data.draw(st.sampled_from([name for name, _ in components]))
    text = text_of(components, connections)
    renamed = re.sub(rf"\b{old}\b", "zelkova", text)
    assert of_others(text, f"wood.{old}") == of_others(renamed, "wood.zelkova")


def of_others(text: str, id_: str) -> set[str]:
    """The fingerprints of what is not about a component. Of a knot one loop is told, which is about all that is in it."""
    architecture = read_text(text).architecture
    onward = {one.id: {edge.target.id for edge in architecture.outgoing(one)} for one in architecture.components}
    knot = {id_, *(other for other in reached(onward, id_) if id_ in reached(onward, other))}
    found = set()
    for one in findings(text):
        loops = bool(one.path) and one.path[0].source is one.path[-1].target
        if not {part.id for part in one.components} & (knot if loops else {id_}):
            found.add(one.fingerprint)
    return found


def reached(onward: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for other in onward[waiting.pop()] - found:
            found.add(other)
            waiting.append(other)
    return found


def test_findings_of_one_run_have_different_fingerprints() -> None:
    text = text_of(
        [(name, "lambda" if place % 2 else "sqs") for place, name in enumerate(NAMES)],
        [("ash", "->", "birch"), ("cedar", "->", "elm"), ("fir", "->", "hazel")],
    )
    found = fingerprints(text)
    assert len(found) == len(set(found)) > 5


def test_a_label_tells_parallel_connections_apart_and_counts_nowhere_else() -> None:
    def of(*connections: str) -> list[str]:
        lines = "".join(f"  - {one}\n" for one in ("c => w", *connections))
        text = (
            f"archlint: 1\nname: Wood\ncomponents: {{w: step_functions, f: lambda, c: client}}\nconnections:\n{lines}"
        )
        return [one.fingerprint for one in findings(text) if one.rule == "task-without-retry-or-catch"]

    (alone,) = of("w => f")
    assert of("w => f: {label: one}") == [alone]
    one, two = of("w => f: {label: one}", "w => f: {label: two}")
    assert len({alone, one, two}) == 3
    assert of("w => f", "w => f: {label: two}") == [alone, two]


def test_a_function_that_invokes_itself_is_found_whatever_others_it_calls() -> None:
    text = (
        "archlint: 1\nname: Wood\nservices:\n  wood:\n    components: {{{0}: sqs, birch: lambda}}\n"
        "    connections: [{0} => birch, birch => {0}, birch -> birch]\n"
    )
    for name in ("ash", "zelkova"):
        assert ["wood.birch"] in [
            [part.id for part in one.components]
            for one in findings(text.format(name))
            if one.rule == "recursive-async-loop"
        ]


def test_two_loops_of_one_function_are_two_findings_in_any_order() -> None:
    head, wires = (
        "archlint: 1\nname: A\ncomponents:\n",
        "connections: [ash => cedar, cedar -> ash, cedar -> cedar]\n",
    )
    one = fingerprints(f"{head}  ash: sqs\n  cedar: lambda\n{wires}")
    assert fingerprints(f"{head}  cedar: lambda\n  ash: sqs\n{wires}") == one
