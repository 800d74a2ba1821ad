"""What is wrong in a rule of a user's own is told with its line and the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from archlint.model import UNKNOWN, InputError
from archlint.pattern.functions import FUNCTIONS, QUANTITIES
from archlint.pattern.parsing import parse_expression
from archlint.rulebook import load_folder

GOOD = """\
id: mine
title: Something
severity: warning
why: Because.
roles:
  queue: queue
  fn: {type: function, where: {timeout: {min: 10s}}}
match:
  - queue -poll-> fn as mapping: {batch_size: unset}
when: queue.visibility_timeout < 6 * fn.timeout
at: queue
message: "{queue} and {fn.timeout}"
"""


def faults(tmp_path: Path, text: str) -> str:
    (tmp_path / "mine.yaml").write_text(text)
    with pytest.raises(InputError) as caught:
        load_folder(tmp_path).rules  # noqa: B018  reading is the point
    return str(caught.value).replace(str(tmp_path) + "/", "")


def test_a_good_rule_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD)
    assert list(load_folder(tmp_path).rules) == ["mine"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("queue: queue", "queue: quue", "mine.yaml:6:10: unknown type or group `quue` (did you mean `queue`?)"),
        (
            "timeout: {min",
            "timeot: {min",
            "mine.yaml:7:32: unknown property of role `fn` `timeot` (did you mean `timeout`?)",
        ),
        ("{min: 10s}", "{min: soon}", "`timeout` cannot be `soon`; expected a duration"),
        ("{min: 10s}", "{mim: 10s}", "unknown condition `mim` (did you mean `min`?)"),
        ("-poll->", "-pol->", "mine.yaml:9:5: unknown action `pol` (did you mean `poll`?)"),
        (
            "batch_size: unset",
            "batch_siz: unset",
            "unknown property of a connection `batch_siz` (did you mean `batch_size`?)",
        ),
        ("queue -poll-> fn", "queue -poll-> fun", "unknown role `fun` (did you mean `fn`?)"),
        (
            "6 * fn.timeout",
            "6 * fn.timeot",
            "mine.yaml:10:7: unknown property of `fn` `timeot` (did you mean `timeout`?)",
        ),
        ("6 * fn.timeout", "6 * (fn.timeout", "is no expression"),
        ("6 * fn.timeout", "__import__('os')", "there is no function `__import__`"),
        ("6 * fn.timeout", "duration('soon')", "`'soon'` is no duration"),
        ("6 * fn.timeout", "().__class__", "is not of the expression language"),
        ("severity: warning", "severity: warn", "unknown severity `warn` (did you mean `warning`?)"),
        ("at: queue", "at: quue", "unknown role `quue` (did you mean `queue`?)"),
        ("at: queue", "att: queue", "unknown key in a rule `att` (did you mean `at`?)"),
        ("{queue} and", "{quee} and", "unknown role or connection `quee` (did you mean `queue`?)"),
        ("title: Something\n", "", "a rule needs `title`"),
        ("id: mine", "id: other", "the rule `other` is in a file of another name; expected `mine`"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert said in faults(tmp_path, GOOD.replace(old, new, 1))


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("{default: 3, leest: 1}", "mine.yaml:13:30: unknown key in an option `leest` (did you mean `least`?)"),
        ("{default: 3, least: few}", "mine.yaml:13:37: the `least` of option `most` is no number"),
        ("{default: 3, least: 4}", "mine.yaml:13:37: the default of option `most` is below 4; expected at most 3"),
    ],
)
def test_what_is_wrong_with_an_option(tmp_path: Path, option: str, said: str) -> None:
    assert said in faults(tmp_path, f"{GOOD}options: {{most: {option}}}\n")


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("queue: queue", "queue: quue").replace("severity: warning", "severity: warn")
    assert len(faults(tmp_path, text).splitlines()) == 2


def test_an_odd_number_is_no_warning_of_the_interpreter() -> None:
    """It would go to standard error, past every message of ours; here every warning is an error."""
    assert parse_expression("3or f.timeout").names == {"f"}


def test_a_text_that_is_no_quantity_is_unknown() -> None:
    functions = {name: FUNCTIONS[name]("5 parsecs") for name in QUANTITIES}
    assert functions == dict.fromkeys(QUANTITIES, UNKNOWN)


@pytest.mark.parametrize(
    ("addition", "said"),
    [
        ("{type: cloudwatch_aParm}", "unknown type `cloudwatch_aParm` (did you mean `cloudwatch_alarm`?)"),
        ("{type: sqs, retentoin: 5d}", "unknown property of a fix `retentoin` (did you mean `retention`?)"),
    ],
)
def test_what_a_fix_adds_is_checked_when_the_rule_is_read(tmp_path: Path, addition: str, said: str) -> None:
    (tmp_path / "mine.yaml").write_text(f"{GOOD}fix:\n  add:\n    more: {addition}\n")
    with pytest.raises(InputError) as caught:
        _ = load_folder(tmp_path).rules
    assert said in str(caught.value)
