"""Runs one target under atheris, which looks for inputs that reach code that none before has reached.

Started as a process of its own: atheris ends it, and archlint has to be imported after atheris for its branches to be
counted.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))
with atheris.instrument_imports(include=["archlint"]):
    from fuzz.engine import MEGABYTES, SECONDS
    from fuzz.target import CRASHES, targets

    KNOWN = targets()  # imports what is fuzzed, while branches are being counted


def main(name: str, runs: str, seed: str, seconds: str, corpus: str) -> None:
    """Fuzz until there were so many runs, or so many seconds. What reaches new code is written to ``corpus``."""
    target = KNOWN[name]
    CRASHES.mkdir(exist_ok=True)
    Path(corpus).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        first, words = Path(folder) / "first", Path(folder) / "words"
        first.mkdir()
        for number, data in enumerate(target.seeds()):
            (first / str(number)).write_bytes(data)
        words.write_text("".join(f'"{_quoted(word)}"\n' for word in target.words))
        limits = (f"-runs={runs}", f"-seed={seed}", f"-max_total_time={seconds}", f"-timeout={SECONDS * 4}")
        memory = (f"-rss_limit_mb={MEGABYTES}", f"-malloc_limit_mb={MEGABYTES}", "-max_len=4096")
        known = (f"-dict={words}",) if target.words else ()
        places = (f"-artifact_prefix={CRASHES}/{name}-", *known, corpus, str(first))
        atheris.Setup([sys.argv[0], *limits, *memory, "-print_final_stats=1", *places], target.run)
        atheris.Fuzz()


def _quoted(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    main(*sys.argv[1:])
