from __future__ import annotations

from typing import Any

import pytest

from days import days
from enishi.book.tables import LINE
from sheets import Open, ask
from widgets.week.log import LAST_SHOWN, NEXT_MOST, Log

pytest_plugins = ["sheet_fixtures"]


def meeting(**values: Any) -> dict[str, Any]:
    return {"kind": "meal", "on": days(0), "note": "写真の話で笑った"} | values


@pytest.fixture
def log(open_in: Open) -> Log:
    return Log(open_in("05-week"))


@pytest.fixture
def ann(log: Log) -> str:
    return log.book.add("contact", name="架空 花子")


def enter(log: Log, contact_id: str, **values: Any) -> dict[str, Any]:
    return ask(
        log, "enter", **({"contact_id": contact_id, "meeting": meeting(), "then": []} | values)
    )


def test_an_empty_log_has_nothing_to_show(log: Log) -> None:
    assert (log.state["last"], log.state["with"]) == ([], None)
    assert log.state["today"] == days(0)


def test_a_meeting_and_the_next_step_and_the_promises_are_one_change(log: Log, ann: str) -> None:
    then = [
        {"words": "近況を聞く", "by": "step", "due": days(14)},
        {"words": "本を送る", "by": "me", "due": days(3)},
        {"words": "店を紹介してくれる", "by": "them", "due": ""},
    ]

    answer = enter(log, ann, then=then)

    assert (answer["ok"], answer["text"]) == (True, "架空 花子さんとのことを書きとめました。")
    (step,) = log.workbook.rows("step", "contact_id", "words", "on")
    assert (step["contact_id"], step["words"], step["on"]) == (ann, "近況を聞く", days(14))
    promised = log.workbook.rows("promise", "by", "words", "due", "said_on", "state")
    assert [list(row.values())[1:] for row in promised] == [
        ["me", "本を送る", days(3), days(0), "open"],
        ["them", "店を紹介してくれる", "", days(0), "open"],
    ]
    log.book.undo()
    assert log.book.frame("encounter").empty
    assert log.book.frame("promise").empty
    assert log.book.frame("step").empty


def test_the_last_entries_are_shown_the_newest_first(log: Log, ann: str) -> None:
    for step in range(-LAST_SHOWN - 1, 1):
        enter(log, ann, meeting=meeting(on=days(step)))

    shown = [row["on"] for row in log.state["last"]]
    assert shown == [days(step) for step in range(0, -LAST_SHOWN, -1)]
    assert log.state["names"] == {ann: "架空 花子"}


def test_todays_meeting_has_its_hour_and_an_earlier_one_has_not(log: Log, ann: str) -> None:
    enter(log, ann)
    enter(log, ann, meeting=meeting(on=days(-1)))

    now, before = log.workbook.rows("encounter", "at")
    assert (bool(now["at"]), before["at"]) == (True, "")


def test_what_is_not_said_is_left_open(log: Log, ann: str) -> None:
    enter(log, ann, meeting={"kind": "met", "on": "", "note": "", "minutes": None, "comfort": None})

    (row,) = log.workbook.rows("encounter", "on", "minutes", "comfort", "started_by")
    assert list(row.values())[1:] == [days(0), None, None, ""]


def test_what_was_given_is_entered_with_the_meeting(log: Log, ann: str) -> None:
    enter(log, ann, gift={"direction": "in", "what": "りんご"})

    (gift,) = log.workbook.rows("give", "contact_id", "direction", "state", "what", "on")
    assert list(gift.values())[1:] == [ann, "in", "done", "りんご", days(0)]


def test_what_was_open_can_be_settled_with_the_meeting(log: Log, ann: str) -> None:
    step = log.book.add("step", contact_id=ann, words="電話する", on=days(0))
    kept = log.book.add("promise", contact_id=ann, words="本を送る")
    log.book.add("promise", contact_id=ann, words="写真を送る")

    about = ask(log, "about", id=ann)
    assert about["steps"] == [{"id": step, "words": "電話する"}]
    assert [row["words"] for row in about["promises"]] == ["本を送る", "写真を送る"]
    enter(log, ann, kept=[kept], steps=[step])

    assert [row["words"] for row in ask(log, "about", id=ann)["promises"]] == ["写真を送る"]
    assert ask(log, "about", id=ann)["steps"] == []
    assert (log.book.row("step", step)["state"], log.book.row("step", step)["closed_on"]) == (
        "done",
        days(0),
    )


def test_a_promise_in_the_line_is_heard_and_not_entered(log: Log) -> None:
    (heard,) = ask(log, "hear", text="楽しかった。今度また食事でも。")["heard"]

    assert (heard["words"], heard["by"]) == ("今度また食事でも。", "me")
    assert heard["due"] == ""  # no day was named
    assert log.book.frame("promise").empty


def test_a_promise_that_is_heard_fits_where_it_is_kept(log: Log) -> None:
    (heard,) = ask(log, "hear", text="今度また食事でも" + "ね" * 400)["heard"]

    assert len(heard["words"]) == LINE


@pytest.mark.parametrize(
    "values",
    [
        {"contact_id": "nobody"},
        {"contact_id": ""},
        {"meeting": meeting(kind="duel")},
        {"meeting": meeting(on="yesterday")},
        {"meeting": meeting(contact_id="nobody")},
        {"then": [{"words": "x", "by": "everybody"}]},
        {"then": [{"words": "x", "due": "soon"}]},
        {"then": [{"words": "x"}] * (NEXT_MOST + 1)},
        {"gift": {"direction": "sideways"}},
        {"kept": ["nothing"]},
    ],
)
def test_what_does_not_fit_changes_nothing(log: Log, ann: str, values: dict[str, Any]) -> None:
    assert not enter(log, **({"contact_id": ann} | values))["ok"]

    assert log.book.frame("encounter").empty
    assert log.book.frame("promise").empty


def test_an_entry_can_be_written_anew_and_removed(log: Log, ann: str) -> None:
    enter(log, ann)
    (row,) = log.state["last"]

    written = ask(
        log, "write", table="encounter", id=row["id"], version=row["version"], values={"hard": True}
    )
    assert written["ok"]
    assert log.book.row("encounter", row["id"])["hard"]

    assert ask(log, "drop", table="encounter", id=row["id"])["ok"]
    assert log.state["last"] == []


def test_nobody_elses_columns_are_written_here(log: Log, ann: str) -> None:
    enter(log, ann)
    (row,) = log.state["last"]

    assert not ask(
        log, "write", table="encounter", id=row["id"], version=1, values={"contact_id": "other"}
    )["ok"]
    assert not ask(log, "write", table="contact", id=ann, version=1, values={"name": "x"})["ok"]
    assert not ask(log, "drop", table="contact", id=ann)["ok"]
