"""The thread of the goal: real rows, each a link."""

from __future__ import annotations

import json
from typing import Any

import pytest

from days import day_in, days
from languages import FIRST_JAPANESE
from sheets import Open, ask, book_of
from widgets.base.workbook import LINK_MOST, Workbook
from widgets.contacts.add import Add
from widgets.contacts.people import People
from widgets.goal.kinds import Kinds
from widgets.goal.wish import Wish
from widgets.week.my_week import MyWeek

pytest_plugins = ["sheet_fixtures"]

LONG = "小さなお店の人に「頼んでよかった」と言われる、\n写真も撮れて、祭りの札も刷る印刷屋になる"


def line(workbook: Workbook) -> list[tuple[str, str]]:
    """Return the name and the text of each link."""
    return [(link["name"], link["text"]) for link in workbook.thread()]


def begin(open_in: Open) -> tuple[str, Workbook]:
    """Write a wish, a kind of person and such a person the way the pages do; return their id."""
    goal_page, people_page = open_in("02-goal"), open_in("04-contacts")
    wish, kinds = Wish(goal_page), Kinds(goal_page)
    goal = wish.state["goal"]["id"]
    assert line(goal_page) == [("goal", "")]
    ask(wish, "write", table="goal", id=goal, version=0, values={"wish": "印刷の店をひらく"})
    assert line(goal_page) == [("goal", "印刷の店をひらく"), ("role", "")]
    values = {"does": "ひとりで印刷所をしている"}
    role = ask(kinds, "add", table="role", values=values)["focus"]
    assert line(goal_page)[1:] == [("role", "ひとりで印刷所をしている"), ("person", "")]
    kept = ask(Add(people_page), "keep", name="架空 花子", role_id=role)
    assert kept["ok"]
    (id,) = people_page.frames()["contact"].index
    return str(id), people_page


def test_the_thread_grows_link_by_link_from_what_the_person_writes(open_in: Open) -> None:
    id, page = begin(open_in)
    assert line(page)[2:] == [("person", "架空 花子"), ("gift", "")]
    people = People(page)
    line_ = {"words": "展示の写真を送る", "kind": "promise", "on": days(3)}
    assert ask(people, "add_line", contact_id=id, **line_)["ok"]
    assert line(page)[2:] == [
        ("person", "架空 花子"),
        ("gift", ""),
        ("promise", "展示の写真を送る"),
    ]
    thread = page.thread()
    assert thread[-1]["on"] == page.short_date(day_in(3))
    assert [link["href"] for link in thread] == [
        "02-goal.ipynb#wish",
        "02-goal.ipynb#kinds",
        f"#people={id}",
        "#gift",
        "05-week.ipynb#my_week",
    ]
    ask(people, "choose", id=id)
    (promise,) = people.state["card"]["now"]["promises"]
    assert ask(people, "settle", id=promise["id"], state="kept")["ok"]
    assert line(page)[2:] == [("person", "架空 花子"), ("gift", "")]


def test_the_person_and_the_step_lead_to_the_card_that_shows_them(open_in: Open) -> None:
    id, page = begin(open_in)
    people = People(page)
    ask(people, "choose", id=id)
    assert ask(people, "add_line", contact_id=id, words="展示の感想を送る", on=days(2))["ok"]
    links = {link["name"]: link["href"] for link in open_in("02-goal").thread()}

    assert links["person"] == links["step"] == f"04-contacts.ipynb#people={id}"
    (step,) = people.state["card"]["now"]["steps"]
    assert (step["words"], step["on"]) == ("展示の感想を送る", days(2))
    values = {"words": "感想を三つ送る"}
    row = {"table": "step", "id": step["id"], "version": step["version"]}
    assert ask(people, "write", **row, values=values)["ok"]
    assert people.state["card"]["now"]["steps"][0]["words"] == "感想を三つ送る"


def test_a_missing_person_is_asked_for_where_people_are_added(open_in: Open) -> None:
    workbook = open_in("02-goal")
    book = book_of(workbook)
    book.add("role", goal_id=book.add("goal", wish="店をひらく"), does="刷る人")
    assert workbook.thread()[-1]["href"] == "04-contacts.ipynb#add"


def test_somebody_with_signs_of_soliciting_leaves_the_line(open_in: Open) -> None:
    id, page = begin(open_in)
    people = People(page)
    ask(people, "choose", id=id)
    signs = {"signs": ["pay_first"]}
    version = book_of(page).row("contact", id)["version"]
    assert ask(people, "write", table="contact", id=id, version=version, values=signs)["ok"]
    assert line(page)[2:] == [("person", "")]
    assert "架空 花子" not in json.dumps(page.thread(), ensure_ascii=False)


def test_long_texts_are_short_on_the_wire_and_in_one_line(open_in: Open) -> None:
    workbook = open_in("02-goal")
    book_of(workbook).add("goal", wish=LONG)
    ((_, text), _) = line(workbook)
    assert len(text) == LINK_MOST and "\n" not in text
    assert LONG.startswith(text[:20]) and text.endswith("…")


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_my_week_shows_the_thread_and_the_link_that_is_missing(
    open_in: Open, language: str
) -> None:
    workbook = open_in("05-week", language)
    week = MyWeek(workbook)
    assert [link["text"] for link in week.state["thread"]] == [""]
    book_of(workbook).add("goal", wish="<b>店</b>をひらく")
    workbook.refresh()
    shown: list[dict[str, Any]] = week.state["thread"]
    assert [link["text"] for link in shown] == ["<b>店</b>をひらく", ""]
    assert shown[1]["name"] == "role"
