"""New inputs from known ones, by chance and reproducibly: the engine where atheris is not installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

LONGEST = 4096
"""Bytes of an input that was made here; what is slow with many is not found by chance but by tests of its own."""

_ODD = (
    *(b"\x00", b"\t", b"\r\n", b"\xef\xbb\xbf", b"\xff", b"\xc3\x28", b"\xed\xa0\x80"),
    *("\u202e".encode(), "\u2028".encode(), "\x85".encode(), "\U000e0041".encode(), "\u0130".encode(), b"\x1b[2J"),
    *(b"{", b"}", b"[", b"]", b":", b": ", b"- ", b"#", b"&a ", b"*a", b"!x ", b'"', b"'", b"|\n", b"${", b"}}", b"~"),
    *(b"0", b"-1", b"1e999", b"9" * 40, b"null", b"true", b"unknown", b"<<", b"..", b"../", b"/", b"\\", b"%", b"::"),
)
"""What readers and writers stumble over."""


class Mutator:
    """Makes the inputs of one target."""

    def __init__(self, seeds: Sequence[bytes], words: Sequence[bytes]) -> None:
        self._seeds = seeds
        self._words = [*words, *_ODD]

    def input(self, random: Random) -> bytes:
        """A seed that was changed in one to eight places."""
        data = random.choice(self._seeds)
        for _ in range(1 << random.randrange(4)):
            data = random.choice(_CHANGES)(self, data, random)
        return data[:LONGEST]

    def splice(self, data: bytes, random: Random) -> bytes:
        """The beginning of one and the end of another."""
        other = random.choice(self._seeds)
        return data[: random.randint(0, len(data))] + other[random.randint(0, len(other)) :]

    def word(self, data: bytes, random: Random) -> bytes:
        """A word put in, or over what is there."""
        place, word = random.randint(0, len(data)), random.choice(self._words)
        return data[:place] + word + data[place + random.choice((0, 0, len(word))) :]

    def line(self, data: bytes, random: Random) -> bytes:
        """A line taken out, doubled, or moved elsewhere."""
        lines = data.splitlines(keepends=True) or [b"\n"]
        place = random.randrange(len(lines))
        line = lines[place]
        if random.random() < 0.5:
            del lines[place]
        lines.insert(random.randint(0, len(lines)), line * random.randint(0, 2))
        return b"".join(lines)

    def token(self, data: bytes, random: Random) -> bytes:
        """Something between two blanks taken from elsewhere."""
        mine, other = data.split(b" "), random.choice(self._seeds).split(b" ")
        mine[random.randrange(len(mine))] = random.choice(other)
        return b" ".join(mine)

    def byte(self, data: bytes, random: Random) -> bytes:
        """One byte made another."""
        if not data:
            return bytes([random.randrange(256)])
        place = random.randrange(len(data))
        return data[:place] + bytes([random.randrange(256)]) + data[place + 1 :]

    def cut(self, data: bytes, random: Random) -> bytes:
        """Some bytes taken out."""
        start = random.randint(0, len(data))
        return data[:start] + data[start + random.randrange(1, 40) :]

    def indent(self, data: bytes, random: Random) -> bytes:
        """A line moved to the left or to the right."""
        lines = data.splitlines(keepends=True) or [b"\n"]
        place = random.randrange(len(lines))
        lines[place] = b" " * random.randrange(9) + lines[place].lstrip(b" ")
        return b"".join(lines)


_CHANGES: tuple[Callable[[Mutator, bytes, Random], bytes], ...] = (
    Mutator.splice,
    Mutator.word,
    Mutator.word,
    Mutator.line,
    Mutator.token,
    Mutator.byte,
    Mutator.cut,
    Mutator.indent,
)
