from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from enishi.coach.relations.history import NEVER, day_number, history
from frames import Row, frames, row_of

TODAY = date(2026, 11, 20)


def seen(*encounters: Row, **rows: Any) -> pd.Series[Any]:
    contact = rows.pop("contact", {})
    f = frames(
        contact=[{"id": "c", **contact}],
        encounter=[{"contact_id": "c", **row} for row in encounters],
        **rows,
    )
    return row_of(history(f, TODAY), "c")


def test_a_like_on_a_post_is_not_a_meaningful_contact() -> None:
    row = seen(
        {"on": "2025-09-01", "kind": "meal"},
        {"on": "2026-11-01", "kind": "sns", "started_by": "me", "two_way": True},
    )

    assert row["last_meaningful"] == day_number(date(2025, 9, 1))
    assert row["last"] == day_number(date(2026, 11, 1))


def test_a_hello_is_no_talk_and_opening_up_is_more_than_one() -> None:
    met = {"on": "2026-11-01", "kind": "met"}
    hello = seen(met | {"depth": "hello"}, {"on": "2026-10-01", "kind": "meal"})
    assert hello["last_meaningful"] == day_number(date(2026, 10, 1))
    assert (hello["last"], hello["two_way_days"]) == (day_number(date(2026, 11, 1)), 1)
    at_a_gathering = {"on": "2026-11-01", "kind": "event"}
    assert not seen(at_a_gathering)["two_way_days"]
    talk = seen(at_a_gathering | {"depth": "talk"})
    opened = seen(at_a_gathering | {"depth": "opened"})
    assert talk["two_way_days"] == opened["two_way_days"] == 1
    assert not talk["disclosed_in"] and not talk["disclosed_out"]
    assert opened["disclosed_in"] and opened["disclosed_out"]


def test_a_message_nobody_answered_is_counted_until_they_write() -> None:
    sent = {"kind": "message", "started_by": "me"}
    first = {"on": "2026-10-01", "kind": "met"}

    assert (
        seen(first, {"on": "2026-11-01", **sent}, {"on": "2026-11-09", **sent})["unanswered"] == 2
    )
    answered = {"on": "2026-11-10", "kind": "message", "started_by": "them"}
    assert seen(first, {"on": "2026-11-01", **sent}, answered)["unanswered"] == 0


def test_the_day_one_met_counts_as_a_day_of_contact() -> None:
    row = seen(contact={"met_on": "2026-11-01"})

    assert (row["days"], row["first"]) == (1, day_number(date(2026, 11, 1)))


def test_plans_for_later_have_not_happened() -> None:
    row = seen({"on": "2026-12-24", "kind": "meal"}, contact={"met_on": "2027-01-01"})

    assert (row["days"], row["last"]) == (0, NEVER)


def test_thanks_on_the_same_day_count_as_written() -> None:
    met = {"on": "2026-11-19", "kind": "met", "started_by": "other"}
    wrote = {"on": "2026-11-19", "kind": "message", "started_by": "me"}

    assert not seen(met)["thanked"]
    assert seen(met, wrote)["thanked"]


def test_gifts_promises_and_introductions_are_counted_both_ways() -> None:
    row = seen(
        give=[
            {"contact_id": "c", "direction": "out", "state": "done"},
            {"contact_id": "c", "direction": "out", "state": "planned"},
            {"contact_id": "c", "direction": "in", "state": "done", "way": "cheer"},
        ],
        promise=[
            {"contact_id": "c", "state": "kept"},
            {"contact_id": "c", "by": "them", "state": "kept"},
        ],
        introduction=[{"bridge_id": "c", "state": "introduced"}],
    )

    assert (row["gives_out"], row["gives_in"], row["kept"], row["acts_in"]) == (1, 1, 1, 2)


def test_encounters_of_people_in_the_trash_are_left_out() -> None:
    f = frames(
        contact=[{"id": "gone", "trashed_on": "2026-11-01"}],
        encounter=[{"contact_id": "gone", "on": "2026-10-01"}],
    )

    assert history(f, TODAY).empty


def test_an_entry_without_a_day_is_kept_out_of_the_reckoning() -> None:
    assert seen({"kind": "met"})["days"] == 0


def test_nobody_is_met_for_the_first_time_after_they_were_met() -> None:
    contact = {"known_as": "just_met", "met_on": "2026-11-10"}
    earlier = {"on": "2026-11-09", "kind": "met"}

    row = seen(earlier, contact=contact)
    assert (row["new_on"], row["days"]) == (day_number(date(2026, 11, 9)), 1)
    later = seen(earlier | {"on": "2026-11-12"}, contact=contact)
    assert (later["new_on"], later["days"]) == (day_number(date(2026, 11, 10)), 2)
    written = seen(earlier | {"kind": "message"}, contact=contact)
    assert written["new_on"] == day_number(date(2026, 11, 10))
    assert seen(earlier)["new_on"] == NEVER
