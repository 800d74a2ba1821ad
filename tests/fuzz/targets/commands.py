"""The command line itself: any arguments on a small project end in one of the exit codes, without a traceback."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout

from fuzz.guarding import scratch
from fuzz.judging import printable, require
from fuzz.target import Target

from archlint.cli.main import run

_PROJECT = {
    "a.yaml": "archlint: 1\nname: A\ncomponents:\n  q: sqs\n  f: lambda\nconnections:\n  - q -> f\n",
    "b.yaml": "archlint: 1\nname: B\ncomponents:\n  t: sns\n  g: lambda\nconnections:\n  - t -> g\n",
    "bad.yaml": "archlint: 1\nname: [\n",
    "t.json": '{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}',
    ".archlint.yaml": "fail-on: warning\n",
}
_LEFT_OUT = {"serve", "--watch", "--changed-from", "render"}
"""What never ends, starts git or Graphviz."""
_ALL_EXAMPLES = "test"
"""Without a folder it runs every built-in example, which takes seconds whatever the arguments say."""


@contextmanager
def _no_input() -> Iterator[None]:
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(b"archlint: 1\nname: A\ncomponents: {q: sqs}\n"))
    try:
        yield
    finally:
        sys.stdin = before


def _command(data: bytes) -> None:
    arguments = [part for part in data.decode("utf-8", errors="surrogateescape").split("\n") if "\0" not in part][:12]
    joined = "\n".join(arguments)
    if any(word in joined for word in _LEFT_OUT) or ":" in joined:
        return
    if _ALL_EXAMPLES in arguments and not any(name in arguments for name in (".", *_PROJECT)):
        return
    with scratch() as folder:
        for name, text in _PROJECT.items():
            (folder / name).write_text(text)
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in "oe")
        with _no_input(), redirect_stdout(out), redirect_stderr(err):
            code = run(_inside(arguments))
            out.flush()
            err.flush()
        said = err.buffer.getvalue().decode()
    require(code in {0, 1, 2}, f"exit code {code}: {said[:400]}")
    require(code != 2 or bool(said), "wrong usage without a word")
    printable(said)


def _inside(arguments: list[str]) -> list[str]:
    """Arguments whose outputs stay below the working folder: where a user lets archlint write is the user's affair."""
    return [argument.replace("/", "_") if argument != "/" else "." for argument in arguments]


_COMMANDS = (b"check", b"suggest", b"import", b"graph", b"diff", b"patterns", b"rules", b"init", b"schema", b"test")
_FLAGS = (
    *(b"--format", b"json", b"sarif", b"--output", b"-o", b"--fix", b"--unsafe-fixes", b"--diff", b"--baseline", b"-"),
    *(b"--select", b"--ignore", b"--fail-on", b"never", b"--strict", b"--config", b"--color", b"always", b"--quiet"),
    *(b"--against", b"--show-settings", b"--pattern", b"--apply", b"--new", b"--group", b"--report", b"--help", b"--"),
    *(b"a.yaml", b"bad.yaml", b".", b"t.json", b"failure", b"queue-without-dlq", b"gatekeeper", b"--write-baseline"),
)
TARGETS = (Target("arguments", _command, tuple(b"\n" + word + b"\n" for word in (*_COMMANDS, *_FLAGS)), quick=60),)
