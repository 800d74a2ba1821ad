"""What is wrong in a pattern of a user's own is told with its line and the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from archlint.model import InputError
from archlint.rulebook import load_folder

GOOD = """\
id: mine
name: Mine
summary: A queue and its worker.
anchor: queue
overlay: false
roles:
  queue: queue
  fn: function
match:
  - queue -poll-> fn
variants:
  fifo:
    because: the queue is FIFO
    narrows: true
    roles: {queue: {type: sqs, where: {fifo: true}}}
hides: [frugal-consumer]
siblings:
  fifoer: a schedule reads the queue
rules: [queue-without-dlq]
"""


def faults(tmp_path: Path, text: str) -> str:
    (tmp_path / "mine.yaml").write_text(text)
    with pytest.raises(InputError) as caught:
        load_folder(tmp_path).catalog  # noqa: B018  reading is the point
    return str(caught.value).replace(str(tmp_path) + "/", "")


def test_a_good_entry_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD)
    assert list(load_folder(tmp_path).catalog) == ["mine"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "queue: queue",
            "queue: {type: queue, new: {retenton: 1d}}",
            "mine.yaml:7:30: unknown property of role `queue` `retenton` (did you mean `retention`?)",
        ),
        ("[frugal-", "[frugl-", "mine.yaml:16:9: unknown pattern `frugl-consumer` (did you mean `frugal-consumer`?)"),
        ("  fifoer:", "  fifoe:", "mine.yaml:18:3: unknown pattern `fifoe` (did you mean `fifoer`?)"),
        ("dlq]", "dlk]", "mine.yaml:19:9: unknown rule `queue-without-dlk` (did you mean `queue-without-dlq`?)"),
        ("[frugal-consumer]", "[mine]", "mine.yaml:16:8: `mine` hides itself; expected the names of other patterns"),
        (
            "overlay: false",
            "overlay: maybe",
            "mine.yaml:5:10: `overlay` is neither true nor false; expected true or false",
        ),
        ("narrows: true", "narrows: 1", "mine.yaml:14:14: `narrows` is neither true nor false"),
        (
            "    because: the queue is FIFO\n",
            "",
            "mine.yaml:12:3: the variant `fifo` does not say what tells it apart; expected `because`",
        ),
        ("rules: [", "anchor: fn\nrules: [", "mine.yaml:19:1: the key `anchor` stands twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert said in faults(tmp_path, GOOD.replace(old, new, 1))
