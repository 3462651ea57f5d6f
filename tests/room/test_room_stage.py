"""The stage: which phase is on and what its clock shows, whoever leads and whenever they click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enishi.book import Book
from enishi.book.room_tables import STAGE
from enishi.room import stage
from enishi.room.errors import NotPermittedError, StageMovedError
from enishi.room.stage import MINUTE_MS, clock_of
from shared_rooms import PHASES, SharedRoom, share_room

NOON = 1_795_000_000_000
"""An instant; the clock of the room never asks for another."""
AT = "2026-11-18T12:00:00Z"
LATER = "2026-11-18T12:07:00Z"


@pytest.fixture
def shared(book: Book) -> SharedRoom:
    return share_room(book)


def row(shared: SharedRoom) -> dict[str, Any]:
    return shared.rows()["room_stage", STAGE]


def lead(
    shared: SharedRoom,
    act: Callable[..., None],
    *facts: Any,
    seen: int | None = None,
    person: str = "host",
) -> dict[str, Any]:
    """Do something to the stage as it is now, or as it was `seen`; return the stage."""
    with shared.open(person).command() as hand:
        act(hand, row(shared)["version"] if seen is None else seen, *facts)
    return row(shared)


def enter(shared: SharedRoom, place: int, now: int = NOON, at: str = AT) -> dict[str, Any]:
    return lead(shared, stage.enter_phase, shared.phases[place], now, at)


def left(shared: SharedRoom, now: int) -> int | None:
    return clock_of(row(shared)).left(now)


def test_a_phase_begins_with_all_of_its_minutes(shared: SharedRoom) -> None:
    assert left(shared, NOON) is None
    found = enter(shared, 1)

    assert (found["phase_id"], found["state"]) == (shared.phases[1], "running")
    assert left(shared, NOON) == PHASES[1]["minutes"] * MINUTE_MS
    assert left(shared, NOON + 1_000) == PHASES[1]["minutes"] * MINUTE_MS - 1_000
    assert shared.rows()["room_phase", shared.phases[1]]["began"] == AT


def test_the_phase_before_ends_when_the_next_one_begins(shared: SharedRoom) -> None:
    enter(shared, 0)
    enter(shared, 1, at=LATER)

    ended = {id: shared.rows()["room_phase", id]["ended"] for id in shared.phases}
    assert ended == dict.fromkeys(shared.phases, "") | {shared.phases[0]: LATER}


def test_a_phase_that_is_entered_again_begins_anew(shared: SharedRoom) -> None:
    enter(shared, 0)
    enter(shared, 1, at=LATER)
    enter(shared, 0, now=NOON + 500_000, at=LATER)

    again = shared.rows()["room_phase", shared.phases[0]]
    assert (again["began"], again["ended"]) == (LATER, "")
    assert left(shared, NOON + 500_000) == PHASES[0]["minutes"] * MINUTE_MS


def test_a_pause_keeps_what_is_left_for_as_long_as_it_lasts(shared: SharedRoom) -> None:
    enter(shared, 0)
    lead(shared, stage.pause, NOON + 60_000)
    assert left(shared, NOON + 900_000) == 4 * MINUTE_MS
    lead(shared, stage.go_on, NOON + 900_000)
    assert left(shared, NOON + 900_000) == 4 * MINUTE_MS
    assert left(shared, NOON + 960_000) == 3 * MINUTE_MS


def test_a_phase_that_is_over_stays_at_nought_and_a_pause_keeps_that(shared: SharedRoom) -> None:
    enter(shared, 0)
    late = NOON + 20 * MINUTE_MS
    assert left(shared, late) == 0
    lead(shared, stage.pause, late)
    assert left(shared, late + 1) == 0
    lead(shared, stage.go_on, late + 5_000)
    assert left(shared, late + 5_000) == 0


def test_a_minute_is_added_while_it_runs_while_it_is_paused_and_after_its_end(
    shared: SharedRoom,
) -> None:
    enter(shared, 0)
    lead(shared, stage.add_minute, NOON)
    assert left(shared, NOON) == 6 * MINUTE_MS
    lead(shared, stage.pause, NOON)
    lead(shared, stage.add_minute, NOON)
    assert left(shared, NOON) == 7 * MINUTE_MS
    lead(shared, stage.go_on, NOON)
    late = NOON + 60 * MINUTE_MS
    lead(shared, stage.add_minute, late)
    assert left(shared, late) == MINUTE_MS


def test_there_is_no_clock_to_move_before_the_first_phase_and_after_the_end(
    shared: SharedRoom,
) -> None:
    for act in (stage.pause, stage.go_on, stage.add_minute):
        with pytest.raises(NotPermittedError):
            lead(shared, act, NOON)
    enter(shared, 0)
    with pytest.raises(NotPermittedError):
        lead(shared, stage.go_on, NOON)
    lead(shared, stage.pause, NOON)
    with pytest.raises(NotPermittedError):
        lead(shared, stage.pause, NOON)
    over = lead(shared, stage.end_room, LATER)
    assert (over["state"], over["phase_id"], left(shared, NOON)) == ("over", "", None)
    assert shared.rows()["room_phase", shared.phases[0]]["ended"] == LATER
    for act in (stage.pause, stage.go_on, stage.add_minute):
        with pytest.raises(NotPermittedError):
            lead(shared, act, NOON)


def test_a_skipped_phase_is_not_entered_until_it_is_taken_in_again(shared: SharedRoom) -> None:
    enter(shared, 0)
    lead(shared, stage.skip_phase, shared.phases[1], True)
    before = shared.rows()
    with pytest.raises(NotPermittedError):
        enter(shared, 1)
    assert shared.rows() == before
    lead(shared, stage.skip_phase, shared.phases[1], False)
    assert enter(shared, 1)["phase_id"] == shared.phases[1]


def test_the_phase_everybody_is_in_is_not_skipped(shared: SharedRoom) -> None:
    enter(shared, 1)
    with pytest.raises(NotPermittedError):
        lead(shared, stage.skip_phase, shared.phases[1], True)


def test_phases_change_places_only_all_together(shared: SharedRoom) -> None:
    backwards = shared.phases[::-1]
    lead(shared, stage.place_phase, backwards)
    places = [shared.rows()["room_phase", id]["place"] for id in backwards]
    assert places == [0, 1, 2, 3]
    for order in (backwards[1:], (*backwards, "x"), (*backwards[1:], backwards[1])):
        with pytest.raises(NotPermittedError):
            lead(shared, stage.place_phase, order)


ACTS: dict[str, tuple[Callable[..., None], Callable[[SharedRoom], tuple[Any, ...]]]] = {
    "enter": (stage.enter_phase, lambda shared: (shared.phases[2], NOON, AT)),
    "pause": (stage.pause, lambda shared: (NOON,)),
    "go on": (stage.go_on, lambda shared: (NOON,)),
    "add a minute": (stage.add_minute, lambda shared: (NOON,)),
    "skip": (stage.skip_phase, lambda shared: (shared.phases[2], True)),
    "place": (stage.place_phase, lambda shared: (shared.phases[::-1],)),
    "reveal": (stage.reveal_phase, lambda shared: (shared.phases[1], "all")),
    "close the door": (
        lambda hand, seen: stage.set_stage(hand, seen, door="closed"),
        lambda shared: (),
    ),
    "end": (stage.end_room, lambda shared: (AT,)),
}
"""Everything that moves the stage, with what it needs."""


@pytest.mark.parametrize("name", ACTS)
def test_a_click_on_what_another_facilitator_has_moved_is_refused(
    shared: SharedRoom, name: str
) -> None:
    act, facts = ACTS[name]
    enter(shared, 1)
    lead(shared, stage.add_minute, NOON)
    if name == "go on":
        lead(shared, stage.pause, NOON)
    seen = row(shared)["version"]
    lead(shared, stage.add_minute, NOON, person="facilitator")
    before = shared.rows()
    with pytest.raises(StageMovedError):
        lead(shared, act, *facts(shared), seen=seen)
    assert shared.rows() == before
    lead(shared, act, *facts(shared))
    assert shared.rows() != before


def test_no_click_comes_too_late_by_what_participants_wrote(shared: SharedRoom) -> None:
    enter(shared, 1)
    seen = row(shared)["version"]
    with shared.open("own").command() as hand:
        hand.touch()
    lead(shared, stage.add_minute, NOON, seen=seen)
    seen = row(shared)["version"]
    lead(shared, stage.reveal_phase, shared.phases[1], "all", person="facilitator")
    with pytest.raises(StageMovedError):
        lead(shared, stage.add_minute, NOON, seen=seen)


@pytest.mark.parametrize("name", ACTS)
def test_the_stage_is_moved_by_whoever_leads_and_by_nobody_else(
    shared: SharedRoom, name: str
) -> None:
    act, facts = ACTS[name]
    enter(shared, 1)
    if name == "go on":
        lead(shared, stage.pause, NOON)
    before = shared.rows()
    for person in ("own", "other", "knocking", "removed", "nobody"):
        with pytest.raises(NotPermittedError):
            lead(shared, act, *facts(shared), person=person)
    assert shared.rows() == before
    lead(shared, act, *facts(shared), person="facilitator")
    assert shared.rows() != before


@pytest.mark.parametrize("name", ACTS)
def test_every_page_notices_what_moves_the_stage(shared: SharedRoom, name: str) -> None:
    act, facts = ACTS[name]
    enter(shared, 1)
    if name == "go on":
        lead(shared, stage.pause, NOON)
    seen = row(shared)["version"]
    assert lead(shared, act, *facts(shared))["version"] > seen


MOVES = st.lists(
    st.tuples(
        st.sampled_from(("enter", "pause", "go on", "add a minute", "end")),
        st.integers(0, len(PHASES) - 1),
        st.integers(0, 40 * MINUTE_MS),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_whatever_is_clicked_a_clock_runs_or_is_paused_and_never_shows_less_than_nought(
    shared: SharedRoom, moves: list[tuple[str, int, int]]
) -> None:
    now = NOON
    for name, place, passed in moves:
        now += passed
        before = clock_of(row(shared))
        facts = (
            (shared.phases[place], now, AT) if name == "enter" else (AT if name == "end" else now,)
        )
        try:
            lead(shared, ACTS[name][0], *facts)
        except NotPermittedError:
            assert clock_of(row(shared)) == before
        after = clock_of(row(shared))
        assert after.ends_at is None or after.left_ms is None
        for instant in (NOON, now, now + 1, now + 300 * MINUTE_MS):
            assert (after.left(instant) or 0) >= 0
        if name == "add a minute" and after != before:
            assert after.left(now) == (before.left(now) or 0) + MINUTE_MS
        if name in ("pause", "go on"):
            assert after.left(now) == before.left(now)
