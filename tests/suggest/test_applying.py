from __future__ import annotations

from open_api import OPEN_API

from archlint.importers import read_text
from archlint.rulebook.examples import example_of
from archlint.suggest import apply, best_of_each_service, suggest

TWO = """\
archlint: 1
name: Ferries   # two services, each one step from its pattern
services:
  manifest:
    components:
      api: http_api
      take: lambda
      lines: {type: sqs, visibility_timeout: 2m}
      book: {type: lambda, timeout: 10s, idempotent: true}
      ledger: {type: rds, max_connections: 50}
      dead: sqs
    connections:
      - captain => api => take -> lines
      - lines -> book        # one at a time
      - book =write=> ledger
      - lines !> dead: {max_receives: 5}
  news:
    components:
      sailed: sns
      mail: lambda
      board: {type: lambda, idempotent: true}
    connections:
      - sailed -> mail    # tells the passengers
      - sailed -> board
  tides:
    components:
      hourly: schedule
components:
  captain: client
"""


def test_the_best_of_each_service_is_carried_out_at_once(rulebook) -> None:
    reading = read_text(TWO, path="a.yaml")
    best = best_of_each_service(suggest(reading, rulebook).suggestions)
    assert [one.service for one in best] == list(dict.fromkeys(one.service for one in best))
    done = apply(reading, rulebook, best)
    assert (done.applied, done.refused) == (best, ())
    whole = {(match.pattern, match.service) for match in suggest(done.reading, rulebook).matches}
    assert {(one.pattern, one.service) for one in best} <= whole
    text = done.reading.documents["a.yaml"].text
    assert all(comment in text for comment in ("# two services", "# one at a time", "# tells the passengers"))


def test_what_two_changes_both_add_is_added_once(rulebook) -> None:
    entry = rulebook.catalog["simple-web-service"]
    services = "".join(
        f"  {name}:\n    components: {{api: http_api, fn: lambda, table: dynamodb}}\n    connections: [api => fn, fn => table]\n"
        for name in ("a", "b")
    )
    reading = read_text(f"archlint: 1\nname: Two\nservices:\n{services}", path="a.yaml")
    ways = best_of_each_service(suggest(reading, rulebook, entry.id).suggestions)
    done = apply(reading, rulebook, ways)
    assert not done.refused
    assert len({one.id for one in done.reading.architecture.components}) == len(done.reading.architecture.components)


def test_of_two_that_cannot_stand_together_the_second_is_refused(rulebook) -> None:
    """The second says of its changes that they lead to a pattern elsewhere."""
    reading = read_text(TWO, path="a.yaml")
    best = suggest(reading, rulebook).suggestions[0]
    done = apply(reading, rulebook, (best, best._replace(anchor="tides.hourly")))
    assert done.applied == (best,)
    ((refused, why),) = done.refused
    assert (refused.anchor, why) == ("tides.hourly", "the pattern would still not be there")


def test_a_template_is_changed_by_hand(rulebook) -> None:
    reading = read_text(OPEN_API, path="template.yaml")
    found = suggest(reading, rulebook, "gatekeeper").suggestions[:1]
    done = apply(reading, rulebook, found)
    assert not done.applied
    assert [why for _, why in done.refused] == ["template.yaml is no description: this has to be changed by hand"]
    assert done.reading is reading


def test_nothing_is_suggested_for_a_pattern_that_the_service_has(rulebook) -> None:
    for entry in rulebook.catalog.values():
        reading = read_text(example_of(entry.file))
        answer = suggest(reading, rulebook, entry.id)
        having = {match.service for match in answer.matches if match.pattern == entry.id}
        assert not [one for one in answer.suggestions if one.service in having and one.share < 0.5]


def test_what_is_offered_for_a_lone_function_can_be_applied(rulebook) -> None:
    """A description without services has no place for a caller of another service."""
    reading = read_text("archlint: 1\nname: T\ncomponents:\n  t0: lambda\n", path="a.yaml")
    for entry in rulebook.catalog:
        for one in suggest(reading, rulebook, entry).suggestions:
            assert not apply(reading, rulebook, [one]).refused, entry
