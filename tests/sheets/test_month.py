from __future__ import annotations

from typing import Any

import pytest

from days import days
from sheets import Open, ask
from widgets.week.review import Review

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def month(open_in: Open) -> Review:
    return Review(open_in("05-week"))


def write(month: Review, **values: Any) -> dict[str, Any]:
    row = month.state["month"]["review"]
    return ask(month, "write", table="review", id=row["id"], version=row["version"], values=values)


def dials(month: Review, **values: Any) -> dict[str, Any]:
    row = month.state["dials"]["row"]
    return ask(month, "write", table="review", id=row["id"], version=row["version"], values=values)


def known(month: Review, count: int) -> None:
    """People one knows and feels well with."""
    for number in range(count):
        id = month.book.add("contact", name=f"架空 {number}", comfort=5)
        for step in (-60, -30):
            month.book.add("encounter", contact_id=id, on=days(step), started_by="them")
    month.workbook.refresh()


def test_an_empty_month_asks_and_is_not_in_the_book(month: Review) -> None:
    assert month.state["month"]["review"]["version"] == 0
    assert (month.state["month"]["experiment"], month.state["earlier"]) == (None, [])
    assert not month.state["month"]["asked"] and month.state["month"]["phase"]["proposed"] == ""
    assert month.workbook.rows("review") == []


def test_the_month_and_the_dials_are_two_rows_of_their_own_kind(month: Review) -> None:
    assert write(month, changed="聞くほうが楽だと気づいた")["ok"]
    assert write(month, tried="読書会をのぞく")["ok"]
    assert dials(month, dial_goal=6)["ok"]

    rows = month.workbook.rows("review", "kind", "on", "changed", "tried", "dial_goal")
    kept, reading = sorted(rows, key=lambda row: row["kind"], reverse=True)
    assert (kept["kind"], reading["kind"]) == ("month", "dials")
    assert kept["on"] == reading["on"] == days(0)
    assert (kept["changed"], kept["tried"]) == ("聞くほうが楽だと気づいた", "読書会をのぞく")
    assert kept["dial_goal"] is None and reading["dial_goal"] == 6
    assert month.state["dials"]["past"][-1]["values"] == {"dial_goal": 6}


def test_each_row_keeps_to_its_own_columns(month: Review) -> None:
    assert not write(month, dial_goal=5)["ok"]
    assert not dials(month, changed="x")["ok"]
    assert not write(month, kind="week")["ok"]
    assert month.workbook.rows("review") == []


def test_the_last_experiment_is_remembered_and_earlier_months_can_be_read(month: Review) -> None:
    month.book.add(
        "review", kind="month", on=days(-35), tried="朝市を歩く", learned="混む日は早めに帰る"
    )
    month.book.add("review", kind="week", on=days(-7), went_well="週のこと")
    month.workbook.refresh()

    assert month.state["month"]["experiment"]["tried"] == "朝市を歩く"
    _, earlier = month.state["earlier"]
    assert earlier["learned"] == "混む日は早めに帰る"
    assert earlier["span"].endswith("までのひと月")


def test_the_next_time_is_proposed_with_its_reason_and_taken_with_one_press(month: Review) -> None:
    goal = month.book.add("goal", wish="頼まれる制作者になる")
    known(month, 3)
    phase = month.state["month"]["phase"]

    assert phase["proposed"] == "deepen"
    assert "3人" in phase["reason"]["why"] and phase["reason"]["advice"]
    row = month.state["month"]["goal"]
    values = {"phase": "deepen"}
    assert ask(month, "write", table="goal", id=goal, version=row["version"], values=values)["ok"]
    assert month.state["month"]["phase"]["proposed"] == ""


def test_a_rule_switched_off_proposes_no_turn(month: Review) -> None:
    month.book.add("goal", wish="頼まれる制作者になる")
    known(month, 3)
    ask(month, "silence", rule="phase_deepen")

    assert month.state["month"]["phase"]["proposed"] == ""


def test_a_goal_is_asked_about_once_in_four_weeks(month: Review) -> None:
    month.book.add("goal", wish="頼まれる制作者になる")
    month.book.add("review", kind="month", on=days(-20), still_mine="yes")
    month.workbook.refresh()
    assert not month.state["month"]["asked"]

    month.book.update("review", month.workbook.rows("review")[0]["id"], on=days(-28))
    month.workbook.refresh()
    assert month.state["month"]["asked"]
    write(month, still_mine="reshape")
    assert (
        month.state["month"]["asked"] and month.state["month"]["review"]["still_mine"] == "reshape"
    )


def test_two_windows_write_on_one_and_the_same_month(month: Review, open_in: Open) -> None:
    other = Review(open_in("05-week"))
    write(month, changed="ひとつめ")
    write(other, learned="ふたつめ")

    (row,) = month.workbook.rows("review", "changed", "learned")
    assert (row["changed"], row["learned"]) == ("ひとつめ", "ふたつめ")


def test_a_reading_of_the_dials_is_one_row_a_day(open_in: Open) -> None:
    dials = Review(open_in("05-week"))
    row = dials.state["dials"]["row"]
    assert row["version"] == 0 and dials.state["dials"]["due"]
    ask(dials, "write", table="review", id=row["id"], version=0, values={"dial_goal": 4})
    row = dials.state["dials"]["row"]
    ask(
        dials,
        "write",
        table="review",
        id=row["id"],
        version=row["version"],
        values={"dial_time": 7},
    )
    other = Review(open_in("05-week"))
    (review,) = other.workbook.rows("review")
    assert (review["kind"], review["on"]) == ("dials", days(0))
    assert other.state["dials"]["past"][-1]["values"] == {"dial_goal": 4, "dial_time": 7}
    assert other.state["dials"]["begin"]["dial"] == "dial_goal"
    assert other.state["dials"]["begin"]["href"] == "02-goal.ipynb#wish"


def test_the_dials_say_when_a_month_has_passed(open_in: Open) -> None:
    dials = Review(open_in("05-week"))
    for ago, due in ((40, True), (3, False)):
        day = days(-ago)
        dials.book.add("review", kind="dials", on=day, dial_goal=5)
        dials.workbook.refresh()
        assert dials.state["dials"]["due"] is due
    assert len(dials.state["dials"]["past"]) == 2


def test_only_the_dials_can_be_written_where_the_dials_are(open_in: Open) -> None:
    dials = Review(open_in("05-week"))
    id = dials.state["dials"]["row"]["id"]
    assert not ask(dials, "write", table="review", id=id, version=0, values={"kind": "week"})["ok"]
    assert not ask(dials, "write", table="review", id=id, version=0, values={"dial_goal": 11})["ok"]
    assert dials.workbook.rows("review") == []
