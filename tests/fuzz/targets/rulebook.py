"""The files of users' own rules and patterns, and the language in them."""

from __future__ import annotations

from functools import cache, partial

from fuzz.guarding import scratch
from fuzz.judging import refused_or, require, same
from fuzz.samples import entries, rules
from fuzz.target import Target

from archlint.importers import Reading, read_text
from archlint.lint import check
from archlint.pattern.expressions import ExpressionError
from archlint.pattern.parsing import parse_expression
from archlint.proving import prove
from archlint.rulebook import Rulebook, load
from archlint.rulebook.freezing import Freezing
from archlint.rulebook.index import index_text, read_index
from archlint.suggest import suggest

_SAMPLE = """\
archlint: 1
name: Sample
services:
  shop:
    components:
      api: http_api
      f: {type: lambda, timeout: 5s, tags: {team: shop}}
      g: {type: lambda, reserved_concurrency: 5, timeout: unknown}
      q: {type: sqs, visibility_timeout: 30s}
      d: {type: sqs, retention: 14d}
      t: {type: dynamodb, keys: [id]}
      l: {type: aurora, max_connections: 90}
    connections:
      - api => f -> q
      - q -> g: {batch_size: 5, maximum_concurrency: 3}
      - g =write=> t, l
      - q !> d: {max_receives: 5}
  far:
    components: {h: lambda, s: sns}
    connections: [h -> s]
connections: [shop.g => far.h, far.s -> shop.q]
"""


@cache
def _sample() -> Reading:
    return read_text(_SAMPLE)


def _rule(data: bytes) -> None:
    """A file of a rule, read and asked."""
    with scratch() as folder:
        (folder / "house").mkdir()
        (folder / "house/own.yaml").write_bytes(data)
        refused_or(partial(_ask, load([folder / "house"])))


def _ask(rulebook: Rulebook) -> None:
    own = Rulebook(tuple(folder for folder in rulebook.rule_folders[1:]), ())
    for rule in own.rules.values():
        require(rule.id == "own", f"a rule `{rule.id}` in a file `own.yaml`")
        kept = read_index(index_text([rule]))[rule.id].asked(rule.file).rule
        same((Freezing().freeze(one) for one in (rule, kept)), "a rule and what is kept of it")
    for finding in check(_sample().architecture, own).findings:
        require(_sample().span(finding.site).line > 0, "a finding without a place")


def _entry(data: bytes) -> None:
    """A file of the catalog, read, matched and suggested."""
    with scratch() as folder:
        (folder / "own.yaml").write_bytes(data)
        refused_or(lambda: suggest(_sample(), Rulebook((), (folder / "own.yaml",), beside=_builtin())))


@cache
def _builtin() -> Rulebook:
    return load()


def _examples(data: bytes) -> None:
    """A file of a rule or an entry, and its examples run."""
    with scratch() as folder:
        (folder / "own.yaml").write_bytes(data)
        for verdict in refused_or(partial(prove, folder / "own.yaml")) or ():
            require(verdict.line > 0, f"a verdict without a line: {verdict}")


def _expression(data: bytes) -> None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    try:
        parsed = parse_expression(text)
    except ExpressionError as error:
        require(0 < len(str(error)) < 3_000, "a message that nobody can read")
        return
    parsed.evaluate(_Anything())


class _Anything:
    """A scope in which every name is bound to the components of the sample, and properties are of any kind."""

    def named(self, name: str) -> object:
        components = _sample().architecture.components
        return {"all": components, "none": None}.get(name, components[len(name) % len(components)])

    def attribute(self, element: object, name: str) -> object:
        values = (None, 5, -1.5, "text", True, ("a", 1), {"key": 3}, 10**30)
        return values[len(name) % len(values)]

    written = attribute

    def setting(self, namespace: str, name: str) -> object:
        return len(namespace) * len(name)


_RULE = (b"id: own\n", b"match:\n", b"unless:\n", b"when: ", b"roles:\n", b"at: ", b"fix: ", b"levels:\n", b"same: {")
_LANGUAGE = (
    b" and ",
    b" or ",
    b"not ",
    b"count(",
    b"sum(",
    b"distinct(",
    b"every(",
    b"default(",
    b"f.timeout",
    b" in [",
)
_STEPS = (
    b" =>+ ",
    b" ~> ",
    b" -poll-> ",
    b" as m",
    b"{any: [",
    b"cycle: ",
    b"{like: '*a*'}",
    b"{min: 5s}",
    b"count: 2..",
)

TARGETS = (
    Target("rule", _rule, (*_RULE, *_LANGUAGE, *_STEPS), first=rules),
    Target("entry", _entry, (*_RULE, *_STEPS, b"anchor: ", b"variants:\n", b"possible: "), quick=60, first=entries),
    Target(
        "examples",
        _examples,
        (*_RULE, b"examples:\n", b"  - invalid: |\n", b"# finding", b"fixed: "),
        quick=60,
        first=rules,
    ),
    Target(
        "expression", _expression, (*_LANGUAGE, b"all.x", b"none", b"options.depth", b"duration('5s')", b"*", b"//")
    ),
)
