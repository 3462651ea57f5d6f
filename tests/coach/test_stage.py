from datetime import date
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from enishi.coach.relations.stage import evidence_stages, proposed_closeness, stage_numbers, stages
from frames import Row, frames
from stage_row import NOTHING

TODAY = date(2026, 11, 20)


def stage_of(**seen: Any) -> int:
    if "days" in seen:
        seen.setdefault("two_way_days", seen["days"])
    return int(evidence_stages(pd.DataFrame([NOTHING | seen]))[0])


FIVE_DAYS = {
    "days": 5,
    "span": 40,
    "followed": True,
    "gives_out": 1,
    "disclosed_out": True,
    "disclosed_in": True,
    "kept": 1,
    "they_started": 1,
    "comfort": 4,
}
TEN_DAYS = {
    "days": 10,
    "span": 120,
    "followed": True,
    "gives_out": 3,
    "gives_in": 2,
    "disclosed_out": True,
    "disclosed_in": True,
    "kept": 3,
    "they_started": 3,
    "comfort": 5,
    "acts_in": 1,
}


def test_one_day_is_a_meeting() -> None:
    assert stage_of(days=1) == 1


def test_three_days_in_twenty_with_an_answer_are_an_acquaintance() -> None:
    assert stage_of(days=3, span=20, followed=True, gives_out=1, kept=1, comfort=3) == 2


def test_five_days_in_forty_with_trust_both_ways_is_trust() -> None:
    assert stage_of(**FIVE_DAYS) == 3


def test_ten_days_in_a_hundred_and_twenty_speak_for_companionship() -> None:
    assert stage_of(**TEN_DAYS) == 4


def test_the_same_with_little_comfort_stays_acquainted() -> None:
    assert stage_of(**TEN_DAYS | {"comfort": 2}) == 2


def test_comfort_that_was_never_said_stands_in_nobodys_way() -> None:
    unsaid = {name: value for name, value in FIVE_DAYS.items() if name != "comfort"}
    assert stage_of(**unsaid) == 3


def test_known_before_is_met_and_nothing_written_is_no_stage() -> None:
    assert (stage_of(known=True), stage_of()) == (1, 0)


def test_without_ones_own_yes_nobody_becomes_a_companion() -> None:
    row = pd.DataFrame([NOTHING | TEN_DAYS | {"two_way_days": 10}])
    assert stage_numbers(row).tolist() == [3]
    assert proposed_closeness(row) == "companion"
    assert proposed_closeness(row.assign(closeness=4)) == ""


@given(st.integers(1, 4), st.integers(0, 12), st.integers(0, 3))
def test_what_the_user_said_stands_whatever_the_history_shows(
    said: int, days: int, broken: int
) -> None:
    row = pd.DataFrame([NOTHING | {"days": days, "broken": broken, "closeness": said}])
    assert stage_numbers(row).tolist() == [said]


@given(
    st.fixed_dictionaries(
        {
            "days": st.integers(0, 12),
            "span": st.integers(0, 150),
            "gives_out": st.integers(0, 3),
            "gives_in": st.integers(0, 3),
            "kept": st.integers(0, 2),
            "they_started": st.integers(0, 2),
            "acts_in": st.integers(0, 2),
            "followed": st.booleans(),
            "disclosed_out": st.booleans(),
            "disclosed_in": st.booleans(),
            "comfort": st.integers(1, 5),
        }
    ),
    st.sampled_from(["days", "span", "gives_out", "gives_in", "kept", "they_started"]),
)
def test_more_evidence_never_lowers_a_stage(seen: Row, more: str) -> None:
    before = stage_of(**seen)
    after = stage_of(**seen | {more: seen[more] + 1})

    assert after >= before


def test_stages_are_read_from_what_happened() -> None:
    f = frames(
        contact=[{"id": "new"}, {"id": "met", "met_on": "2026-11-19"}, {"id": "known"}],
        encounter=[
            {"contact_id": "known", "on": "2026-10-01", "kind": "met", "started_by": "me"},
            {"contact_id": "known", "on": "2026-10-09", "kind": "meal", "started_by": "them"},
        ],
    )
    found = stages(f, TODAY)

    assert found.to_dict() == {"new": 0, "met": 1, "known": 2}


def test_a_missed_promise_makes_nobody_more_distant() -> None:
    f = frames(
        contact=[{"id": "known"}],
        encounter=[
            {"contact_id": "known", "on": "2026-10-01", "kind": "met"},
            {"contact_id": "known", "on": "2026-10-09", "kind": "meal"},
        ],
        promise=[
            {"contact_id": "known", "state": "broken", "due": "2026-11-01", "words": "資料を送る"}
        ],
    )

    assert stages(f, TODAY).to_dict() == {"known": 2}


def test_the_tick_of_an_earlier_version_is_the_same_word() -> None:
    f = frames(contact=[{"id": "old", "companion": True}, {"id": "new", "closeness": "close"}])

    assert stages(f, TODAY).to_dict() == {"old": 4, "new": 3}


def test_people_in_the_trash_have_no_stage() -> None:
    f = frames(contact=[{"id": "gone", "trashed_on": "2026-11-01"}, {"id": "here"}])

    assert list(stages(f, TODAY).index) == ["here"]


def test_an_empty_book_has_no_stages() -> None:
    assert stages(frames(), TODAY).empty
