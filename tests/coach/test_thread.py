"""The thread of the goal: rows that belong together by their ids, in the person's words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from enishi.coach.goal.goal_fit import goal_needs
from enishi.coach.goal.thread import LINKS, goal_thread
from enishi.coach.network.checkup import check_missing_roles
from enishi.coach.review.meeting_brief import question
from enishi.coach.strengths.self_introduction import facts
from frames import Row, frames, row_of

TODAY = date(2026, 11, 20)
GOAL = {"id": "g", "wish": "活版印刷の店をひらく"}
KIND = {"id": "r", "goal_id": "g", "does": "ひとりで印刷所をしている"}
ANN = {"id": "ann", "name": "架空 花子", "called": "花さん", "role_id": "r"}
BEN = {"id": "ben", "name": "見本 太郎", "role_id": "r"}
ROWS: dict[str, list[Row]] = {"goal": [GOAL], "role": [KIND], "contact": [ANN, BEN]}


def words(**rows: list[Row]) -> dict[str, str | None]:
    """Return the words of each link, from a book with one goal, one kind and two such people."""
    found = goal_thread(frames(**ROWS | rows), TODAY)
    assert tuple(found) == LINKS
    return {name: row.words if row else None for name, row in found.items()}


def test_in_an_empty_book_every_link_is_missing() -> None:
    found = goal_thread(frames(), TODAY)
    assert found == dict.fromkeys(LINKS)


def test_every_link_is_a_row_about_the_same_person() -> None:
    found = goal_thread(
        frames(
            **ROWS,
            give=[{"id": "gift", "contact_id": "ann", "what": "紙の見本", "on": "2026-12-01"}],
            step=[{"id": "step", "contact_id": "ann", "words": "お礼を書く"}],
            promise=[{"id": "said", "contact_id": "ann", "words": "写真を送る"}],
            introduction=[{"id": "way", "bridge_id": "ann", "target_id": "ben"}],
        ),
        TODAY,
    )
    assert {name: row and (row.id, row.words) for name, row in found.items()} == {
        "goal": ("g", "活版印刷の店をひらく"),
        "role": ("r", "ひとりで印刷所をしている"),
        "person": ("ann", "花さん"),
        "gift": ("gift", "紙の見本"),
        "step": ("step", "お礼を書く"),
        "promise": ("said", "写真を送る"),
        "introduction": ("way", "見本 太郎"),
    }
    assert found["gift"] is not None and found["gift"].day == date(2026, 12, 1)


def test_words_in_common_link_nobody() -> None:
    stranger = {"id": "cleo", "name": "例 三郎", "topics": ["ひとりで印刷所をしている"]}
    found = words(contact=[stranger], step=[{"contact_id": "cleo", "words": "印刷所をたずねる"}])
    assert found["role"] == "ひとりで印刷所をしている"
    assert (found["person"], found["step"]) == (None, None)


@pytest.mark.parametrize(
    "left_out",
    [
        {"signs": ["pay_first"]},
        {"trashed_on": "2026-11-01"},
        {"closed": True},
        {"do_not_contact": True},
        {"quiet_until": "2026-12-24"},
        {"role_id": ""},
    ],
)
def test_the_thread_names_nobody_whom_nothing_may_name(left_out: Row) -> None:
    rows: dict[str, Any] = {
        "step": [{"contact_id": "ann", "words": "花さんに電話", "on": "2026-11-21"}],
        "introduction": [{"bridge_id": "ben", "target_id": "ann"}],
    }
    assert words(**rows)["person"] == "花さん"
    found = words(contact=[ANN | left_out, BEN], **rows)
    assert (found["person"], found["step"]) == ("見本 太郎", None)
    if "signs" in left_out or "trashed_on" in left_out:
        assert found["introduction"] is None


def test_of_several_people_the_one_with_the_nearest_day_is_shown() -> None:
    steps = [
        {"contact_id": "ann", "words": "来月の展示", "on": "2026-12-10"},
        {"contact_id": "ben", "words": "お茶に誘う", "on": "2026-11-24"},
    ]
    assert words(step=steps)["person"] == "見本 太郎"
    promise = [{"contact_id": "ann", "words": "本を貸す", "due": "2026-11-21"}]
    found = words(step=steps, promise=promise)
    assert (found["person"], found["step"]) == ("花さん", "来月の展示")


def test_a_day_to_come_is_nearer_than_one_gone_by_and_any_day_nearer_than_none() -> None:
    gone = {"contact_id": "ann", "words": "きのうの電話", "on": "2026-11-19"}
    to_come = {"contact_id": "ben", "words": "来週の電話", "on": "2026-11-27"}
    some_time = {"contact_id": "ben", "words": "いつか電話"}
    assert words(step=[gone, to_come])["step"] == "来週の電話"
    assert words(step=[gone, some_time])["step"] == "きのうの電話"


def test_without_a_day_the_newest_is_shown() -> None:
    assert words()["person"] == "見本 太郎"
    steps = [{"contact_id": "ben", "words": "一つめ"}, {"contact_id": "ann", "words": "二つめ"}]
    assert words(step=steps)["step"] == "二つめ"


def test_a_gift_that_was_given_stands_until_another_is_planned() -> None:
    given = {"contact_id": "ann", "what": "写真", "state": "done", "on": "2026-11-20"}
    planned = {"contact_id": "ann", "what": "紙の見本"}
    assert words(give=[given])["gift"] == "写真"
    assert words(give=[given, planned])["gift"] == "紙の見本"


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("give", {"what": "本", "state": "let_go"}),
        ("give", {"what": "本", "direction": "in", "state": "done"}),
        ("step", {"words": "電話", "state": "done"}),
        ("promise", {"words": "送る", "state": "kept"}),
    ],
)
def test_what_is_over_or_let_go_is_no_link(table: str, row: Row) -> None:
    found = words(**{table: [row | {"contact_id": "ann"}]})
    assert (found["gift"], found["step"], found["promise"]) == (None, None, None)


@pytest.mark.parametrize("state", ["reported", "let_go"])
def test_an_introduction_that_is_over_is_no_link(state: str) -> None:
    way = {"bridge_id": "ann", "target_words": "製本家", "state": state}
    assert words(introduction=[way])["introduction"] is None
    assert words(introduction=[way | {"state": "asked"}])["introduction"] == "製本家"


def test_what_belongs_to_a_closed_goal_is_no_link() -> None:
    found = words(goal=[GOAL | {"closed": True}, {"id": "new", "wish": "新しい願い"}])
    assert found == dict.fromkeys(LINKS) | {"goal": "新しい願い"}


@pytest.mark.parametrize("closed", [False, True])
def test_the_kinds_of_a_closed_goal_are_asked_for_and_spoken_of_no_more(closed: bool) -> None:
    book = frames(
        goal=[GOAL | {"closed": closed}],
        role=[KIND | {"question_1": "最初の注文は、どこから来ましたか"}],
        contact=[ANN],
    )
    nobody = frames(goal=[GOAL | {"closed": closed}], role=[KIND])
    asked, _ = question(book, {"id": "ann"} | dict(row_of(book["contact"], "ann")))
    assert (asked == "own") == (not closed)
    assert bool(goal_needs(book)) == (not closed)
    assert bool(list(check_missing_roles(nobody))) == (not closed)
    assert bool(facts(book)["role"]) == (not closed)
