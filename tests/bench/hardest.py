"""Architectures that are hard to search: dense, long, wide, and full of equal parts. ``size`` is about their components."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping


def _text(components: Iterable[str], connections: Iterable[str]) -> str:
    head = "archlint: 1\nname: Hard\nservices:\n  s:\n    components:\n"
    body = "".join(f"      {line}\n" for line in components)
    return f"{head}{body}    connections:\n" + "".join(f"      - {line}\n" for line in connections)


def clique(size: int) -> str:
    """Functions each of which calls every other."""
    names = [f"f{n}" for n in range(size)]
    return _text(
        (f"{name}: lambda" for name in names),
        (f"{name} => {', '.join(other for other in names if other != name)}" for name in names),
    )


def subscribers(size: int) -> str:
    """One topic with very many queues, each with its worker, all writing to one table."""
    return _text(
        ["t: sns", "d: dynamodb", *(line for n in range(size // 2) for line in (f"q{n}: sqs", f"w{n}: lambda"))],
        (f"t -> q{n} -> w{n} =write=> d" for n in range(size // 2)),
    )


def grid(size: int) -> str:
    """Functions that call their neighbours to the right and below: very many ways from corner to corner."""
    side = max(int(size**0.5), 2)
    calls = [f"f{x}x{y} => f{x + 1}x{y}" for x in range(side - 1) for y in range(side)]
    calls += [f"f{x}x{y} -> f{x}x{y + 1}" for x in range(side) for y in range(side - 1)]
    return _text((f"f{x}x{y}: lambda" for x in range(side) for y in range(side)), calls)


def hub(size: int) -> str:
    """One function between very many: half of them call it, it calls the other half."""
    half = size // 2
    return _text(
        ["hub: lambda", *(f"{kind}{n}: lambda" for kind in "ab" for n in range(half))],
        [*(f"a{n} => hub" for n in range(half)), *(f"hub -> b{n}" for n in range(half))],
    )


def chain(size: int) -> str:
    """Queues and functions in one row."""
    third = size // 3
    return _text(
        (line for n in range(third) for line in (f"q{n}: sqs", f"f{n}: lambda", f"g{n}: lambda")),
        [f"q{n} -> f{n} => g{n}" + (f" -> q{n + 1}" if n + 1 < third else "") for n in range(third)],
    )


def ladder(size: int) -> str:
    """Diamonds in a row: two ways at every step, so twice as many ways with each."""
    steps = size // 3
    return _text(
        (line for n in range(steps) for line in (f"a{n}: lambda", f"b{n}: lambda", f"c{n}: lambda")),
        [f"a{n} => b{n}, c{n}" + (f" => a{n + 1}" if n + 1 < steps else "") for n in range(steps)],
    )


def mesh(size: int) -> str:
    """Topics, queues, functions and stores in layers, each thing connected to all of the next layer."""
    width = max(size // 5, 1)
    layers = [("t", "sns"), ("q", "sqs"), ("f", "lambda"), ("m", "step_functions"), ("d", "dynamodb")]
    names = [[f"{letter}{n}" for n in range(width)] for letter, _ in layers]
    arrows = ("->", "->", "=>", "=>")
    return _text(
        (f"{name}: {type_}" for (_, type_), layer in zip(layers, names, strict=True) for name in layer),
        (
            f"{', '.join(left)} {arrow} {', '.join(right)}"
            for left, right, arrow in zip(names, names[1:], arrows, strict=False)
        ),
    )


def crowd(size: int) -> str:
    """Functions that all write to and read from all of a few stores, behind one API."""
    stores = [f"d{n}" for n in range(10)]
    names = [f"f{n}" for n in range(size)]
    return _text(
        ["api: http_api", *(f"{name}: lambda" for name in names), *(f"{store}: aurora" for store in stores)],
        [f"api => {', '.join(names)}", *(f"{name} =read_write=> {', '.join(stores)}" for name in names)],
    )


HARDEST: Mapping[str, tuple[Callable[[int], str], int]] = {
    "clique": (clique, 300),
    "subscribers": (subscribers, 10_000),
    "grid": (grid, 10_000),
    "hub": (hub, 10_000),
    "chain": (chain, 10_000),
    "ladder": (ladder, 10_000),
    "mesh": (mesh, 500),
    "crowd": (crowd, 1_000),
}
"""Each with the size at which everything has to end in time."""
