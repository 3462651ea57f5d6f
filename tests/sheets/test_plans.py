"""If-then plans: the day is read from the words, and the plan is asked about afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from days import day_in, days
from enishi.coach.goal.plan_moments import plan_moments
from enishi.i18n.dates import WEEKDAYS
from sheets import Open, ask, book_of
from widgets.goal.places import Places
from widgets.goal.ways import Ways
from widgets.goal.wish import Wish

pytest_plugins = ["sheet_fixtures"]

ACT = "となりの人に名前を言う"
ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def add(ways: Ways, **values: Any) -> str:
    return str(ask(ways, "add", table="plan", values=values)["focus"])


def write(ways: Ways, id: str, **values: Any) -> None:
    (plan,) = [plan for plan in ways.state["plans"] if plan["id"] == id]
    version = plan["version"]
    assert ask(ways, "write", table="plan", id=id, version=version, values=values)["ok"]


def shown(ways: Ways) -> dict[str, Any]:
    """Return the only plan, as the sheet shows it."""
    (plan,) = ways.state["plans"]
    assert isinstance(plan, dict)
    return plan


def weekday_in(step: int) -> str:
    """Return the Japanese weekday of the day `step` days from today."""
    return WEEKDAYS["ja"][day_in(step).weekday()]


def test_the_day_a_cue_names_is_proposed_and_can_be_changed(open_in: Open) -> None:
    ways = Ways(open_in("02-goal"))
    id = add(ways)
    write(ways, id, cue=f"{weekday_in(3)}曜のもくもく会で席に着いたら")
    assert shown(ways)["on"] == days(3)
    assert shown(ways)["day_said"] == ways.words["day_read"]
    write(ways, id, cue=f"{weekday_in(4)}曜のもくもく会で席に着いたら")
    assert shown(ways)["on"] == days(4)
    write(ways, id, on=days(18))
    write(ways, id, cue=f"{weekday_in(2)}曜のもくもく会で、席に着いたら")
    assert shown(ways)["on"] == days(18)
    assert shown(ways)["day_said"] == ""


def test_a_weekly_cue_in_english_gives_the_next_such_day(open_in: Open) -> None:
    ways = Ways(open_in("02-goal", "en"))
    add(ways, cue=f"every {ENGLISH[day_in(5).weekday()]}, when I sit down", act="I say my name")
    assert shown(ways)["on"] == days(5)


def test_a_cue_that_names_no_day_is_given_none(open_in: Open) -> None:
    ways = Ways(open_in("02-goal"))
    add(ways, cue="話しかけるのがこわくなったら", act=ACT)
    assert (shown(ways)["on"], shown(ways)["day_said"]) == ("", "")


def at_place(places: Places) -> dict[str, Any]:
    """Return the only plan at the only place, as the sheet of places shows it."""
    ((plan,),) = [place["plans"] for place in places.state["places"]]
    assert isinstance(plan, dict)
    return plan


def test_a_plan_at_a_place_moves_along_with_the_day_of_the_place(open_in: Open) -> None:
    workbook = open_in("02-goal")
    ways, places = Ways(workbook), Places(workbook)
    values = {"name": "もくもく会（例）", "next_on": days(6), "rhythm": "weekly"}
    place = ask(places, "add", table="place", values=values)["focus"]
    plan = at_place(places)
    assert (plan["version"], plan["place_id"]) == (0, place)
    ask(places, "write", table="plan", id=plan["id"], version=0, values={"act": ACT})
    assert (at_place(places)["cue"], at_place(places)["act"]) == (places.words["arriving"], ACT)
    assert ways.state["plans"] == [] and ways.state["plan"]["version"] == 0
    (moment,) = plan_moments(workbook.frames(), workbook.today)
    assert (moment.day, moment.ask) == (day_in(6), False)

    assert ask(places, "write", table="place", id=place, version=1, values={"next_on": days(8)})
    (moment,) = plan_moments(workbook.frames(), workbook.today)
    assert moment.day == day_in(8)


def test_the_cue_of_a_plan_at_a_place_stays_as_the_person_wrote_it(open_in: Open) -> None:
    places = Places(open_in("02-goal"))
    ask(places, "add", table="place", values={"name": "もくもく会（例）"})
    id = at_place(places)["id"]
    ask(places, "write", table="plan", id=id, version=0, values={"cue": "席に着いたら"})
    ask(places, "write", table="plan", id=id, version=1, values={"act": ACT})
    assert at_place(places)["cue"] == "席に着いたら"


def test_the_plan_of_a_place_that_is_removed_stays_among_the_other_plans(open_in: Open) -> None:
    workbook = open_in("02-goal")
    ways, places = Ways(workbook), Places(workbook)
    place = ask(places, "add", table="place", values={"name": "もくもく会（例）"})["focus"]
    ask(places, "write", table="plan", id=at_place(places)["id"], version=0, values={"act": ACT})
    assert ask(places, "drop", table="place", id=place)["ok"]
    assert shown(ways)["act"] == ACT


def test_a_week_later_the_plan_is_asked_about_and_what_is_kept_stands_above_it(
    open_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = Ways(open_in("02-goal"))
    id = add(ways, cue=f"{weekday_in(3)}曜のもくもく会で席に着いたら", act=ACT)
    assert not shown(ways)["ask"]

    monkeypatch.setenv("ENISHI_DAYS_AHEAD", "4")
    ways.workbook.refresh()
    assert shown(ways)["ask"]
    assert shown(ways)["passed"] == ways.workbook.short_date(day_in(3))
    answer = ask(
        ways,
        "answer_plan",
        id=id,
        came="yes",
        did="名前を言って、作っている棚の話をした",
        keep="先に名のる <b>{name}</b>",
    )
    assert answer["ok"]
    row = book_of(ways.workbook).row("plan", id)
    assert (row["came"], row["asked_on"], row["on"]) == ("yes", days(4), days(10))
    assert shown(ways)["keep"] == "先に名のる <b>{name}</b>"
    assert shown(ways)["did"] == "名前を言って、作っている棚の話をした"
    assert not shown(ways)["ask"]

    monkeypatch.setenv("ENISHI_DAYS_AHEAD", "11")
    ways.workbook.refresh()
    assert shown(ways)["ask"]
    assert shown(ways)["keep"] == "先に名のる <b>{name}</b>"


def test_one_undo_takes_an_answer_back(open_in: Open) -> None:
    ways = Ways(open_in("02-goal"))
    id = add(ways, cue="受付で", act=ACT, on=days(-1))
    before = book_of(ways.workbook).row("plan", id)
    assert ask(ways, "answer_plan", id=id, came="no", keep="早めに着く")["ok"]
    assert book_of(ways.workbook).row("plan", id)["on"] == ""
    ways.book.undo()
    after = book_of(ways.workbook).row("plan", id)
    assert {**after, "version": 0} == {**before, "version": 0}


def test_at_a_place_that_returns_the_next_time_is_awaited_after_the_answer(
    open_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = open_in("02-goal")
    places = Places(workbook)
    values = {"name": "読書会", "rhythm": "weekly", "next_on": days(2)}
    ask(places, "add", table="place", values=values)
    id = at_place(places)["id"]
    ask(places, "write", table="plan", id=id, version=0, values={"act": ACT})
    assert not at_place(places)["ask"]
    monkeypatch.setenv("ENISHI_DAYS_AHEAD", "3")
    workbook.refresh()
    assert at_place(places)["ask"]
    assert ask(places, "answer_plan", id=id, came="yes", keep="早めに着く")["ok"]
    assert (at_place(places)["ask"], at_place(places)["keep"]) == (False, "早めに着く")
    (moment,) = plan_moments(workbook.frames(), workbook.today)
    assert (moment.day, moment.ask) == (day_in(9), False)


def test_an_undated_plan_rests_for_a_week_and_comes_back(
    open_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = open_in("02-goal")
    ways = Ways(workbook)
    id = add(ways, cue="話しかけるのがこわくなったら", act=ACT)
    assert ask(ways, "answer_plan", id=id, came="no")["ok"]
    assert plan_moments(workbook.frames(), workbook.today) == ()
    monkeypatch.setenv("ENISHI_DAYS_AHEAD", "7")
    (moment,) = plan_moments(workbook.frames(), workbook.today)
    assert (moment.day, moment.ask) == (None, True)


@pytest.mark.parametrize(
    "message", [{"came": "perhaps"}, {"came": ""}, {}, {"came": "yes", "did": "x" * 5000}]
)
def test_an_answer_that_does_not_fit_changes_nothing(
    open_in: Open, message: dict[str, str]
) -> None:
    ways = Ways(open_in("02-goal"))
    id = add(ways, cue="受付で", act=ACT)
    assert not ask(ways, "answer_plan", id=id, **message)["ok"]
    assert not ask(ways, "answer_plan", id="nobody", came="yes")["ok"]
    assert shown(ways)["asked_on"] == ""


def test_a_place_that_went_by_is_shown_with_its_next_date(open_in: Open) -> None:
    workbook = open_in("02-goal")
    add_place = book_of(workbook).add
    add_place("place", name="毎週の会", rhythm="weekly", next_on=days(-3))
    add_place("place", name="一度の会", rhythm="once", next_on=days(-3))
    found = {place["name"]: place["coming_on"] for place in Places(workbook).state["places"]}
    assert found == {"毎週の会": days(4), "一度の会": ""}


def test_plans_of_a_closed_goal_leave_the_sheet_and_are_asked_about_no_more(open_in: Open) -> None:
    workbook = open_in("02-goal")
    wish, ways = Wish(workbook), Ways(workbook)
    goal = wish.state["goal"]
    ask(wish, "write", table="goal", id=goal["id"], version=0, values={"wish": "店をひらく"})
    add(ways, cue="受付で", act=ACT, on=days(-1))
    assert shown(ways)["ask"]
    assert ask(wish, "close_open_goal")["ok"]
    assert ways.state["plans"] == []
    assert plan_moments(workbook.frames(), date.today() + timedelta(days=1)) == ()
