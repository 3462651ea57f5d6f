from datetime import date
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from enishi.coach.relations.stage import stage_progress, stages
from frames import Row, frames
from stage_row import NOTHING

TODAY = date(2026, 11, 20)


def stage_of(**seen: Any) -> tuple[int, set[str]]:
    if "days" in seen:
        seen.setdefault("two_way_days", seen["days"])
    row = stage_progress(pd.DataFrame([NOTHING | seen])).iloc[0]
    return row["stage"], set(row["missing"])


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
    "hours": 9.0,
}
TEN_DAYS = {
    "days": 10,
    "span": 120,
    "hours": 26.0,
    "followed": True,
    "gives_out": 3,
    "gives_in": 2,
    "disclosed_out": True,
    "disclosed_in": True,
    "kept": 3,
    "they_started": 3,
    "comfort": 5,
    "acts_in": 1,
    "companion": True,
}


def test_one_day_is_a_meeting_that_lacks_a_second_day_and_an_answer() -> None:
    assert stage_of(days=1) == (1, {"two_way_days", "followed"})


def test_three_days_in_twenty_lack_a_fourth_day_four_weeks_their_story_and_their_call() -> None:
    stage, missing = stage_of(
        days=3,
        span=20,
        followed=True,
        gives_out=1,
        disclosed_out=True,
        disclosed_in=False,
        kept=1,
        they_started=0,
        comfort=3,
    )

    assert stage == 2
    assert missing == {"days_4", "span_28", "disclosed_in", "they_started"}


def test_five_days_in_forty_with_trust_both_ways_is_trust() -> None:
    assert stage_of(**FIVE_DAYS)[0] == 3


def test_ten_days_in_a_hundred_and_twenty_and_ones_own_yes_is_companionship() -> None:
    assert stage_of(**TEN_DAYS) == (4, set())


def test_without_ones_own_yes_nobody_becomes_a_companion() -> None:
    assert stage_of(**TEN_DAYS | {"companion": False}) == (3, {"companion"})


def test_the_same_with_little_comfort_stays_acquainted() -> None:
    assert stage_of(**TEN_DAYS | {"comfort": 2}) == (2, {"comfort_3"})


def test_who_is_to_be_met_lacks_a_meeting_and_of_whom_nothing_is_written_lacks_nothing() -> None:
    assert stage_of(stranger=True) == (0, {"met"})
    assert stage_of() == (0, set())
    assert stage_of(known=True)[0] == 1


@given(
    st.fixed_dictionaries(
        {
            "days": st.integers(0, 12),
            "span": st.integers(0, 150),
            "hours": st.floats(0, 40),
            "gives_out": st.integers(0, 3),
            "gives_in": st.integers(0, 3),
            "kept": st.integers(0, 2),
            "they_started": st.integers(0, 2),
            "acts_in": st.integers(0, 2),
            "followed": st.booleans(),
            "disclosed_out": st.booleans(),
            "disclosed_in": st.booleans(),
            "comfort": st.integers(1, 5),
            "companion": st.booleans(),
        }
    ),
    st.sampled_from(["days", "span", "hours", "gives_out", "gives_in", "kept", "they_started"]),
)
def test_more_evidence_never_lowers_a_stage(seen: Row, more: str) -> None:
    before, _ = stage_of(**seen)
    after, _ = stage_of(**seen | {more: seen[more] + 1})

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

    assert found["stage"].to_dict() == {"new": 0, "met": 1, "known": 2}
    assert found.loc["met", "missing"] == ("two_way_days", "followed")


def test_a_promise_of_mine_broken_lately_holds_back_the_second_stage() -> None:
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

    assert stages(f, TODAY).loc["known", "stage"] == 1
    assert stages(f, date(2027, 3, 1)).loc["known", "stage"] == 2


def test_people_in_the_trash_have_no_stage() -> None:
    f = frames(contact=[{"id": "gone", "trashed_on": "2026-11-01"}, {"id": "here"}])

    assert list(stages(f, TODAY).index) == ["here"]


def test_an_empty_book_has_no_stages() -> None:
    assert stages(frames(), TODAY).empty
