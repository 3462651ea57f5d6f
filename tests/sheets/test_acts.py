"""What a person does on one sheet, and what it changes on another sheet or day.

Acts that no other module of tests shows; `data/advice.yaml` names the test of each act. Each test
begins with an empty book, acts as the page does, and reads a later screen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from days import days
from enishi.clock import DAYS_AHEAD
from sheets import Open, ask
from widgets.base.sheet import Sheet
from widgets.contacts.people import People
from widgets.goal.kinds import Kinds
from widgets.goal.wish import Wish
from widgets.week.my_week import MyWeek

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    """Begin on the day itself."""
    kept = os.environ.pop(DAYS_AHEAD, None)
    yield
    os.environ.pop(DAYS_AHEAD, None)
    if kept is not None:
        os.environ[DAYS_AHEAD] = kept


def pass_days(count: int) -> None:
    """Let it be so many days later than the day on which the test began."""
    os.environ[DAYS_AHEAD] = str(count)


def write(sheet: Sheet, table: str, row: dict[str, Any], **values: Any) -> None:
    """Write on a row as its fields do."""
    message = {"table": table, "id": row["id"], "version": row["version"], "values": values}
    assert ask(sheet, "write", **message)["ok"]


def add(sheet: Sheet, table: str, **values: Any) -> str:
    """Add a row as the page does; return its id."""
    answer = ask(sheet, "add", table=table, values=values)
    assert answer["ok"]
    return str(answer["focus"])


def meet(sheet: Sheet, name: str) -> str:
    """Add a person in a field that asks for one."""
    answer = ask(sheet, "meet", name=name)
    assert answer["ok"]
    return str(answer["id"])


def on_card(open_in: Open, id: str, language: str = "ja", **values: Any) -> People:
    """Write on the card of somebody."""
    people = People(open_in("04-contacts", language))
    ask(people, "choose", id=id)
    write(people, "contact", people.state["card"], **values)
    return people


# -- the road ahead --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
def test_to_learn_from_the_one_a_step_ahead_is_proposed_before_the_one_far_ahead(
    open_in: Open, language: str
) -> None:
    wish, kinds = Wish(open_in("02-goal", language)), Kinds(open_in("02-goal", language))
    write(wish, "goal", wish.state["goal"], wish="a bindery of my own")
    kinds.workbook.refresh()
    role = add(kinds, "role", does="bookbinding")
    people = People(open_in("04-contacts", language))
    for name, ahead in (("Ada Far", "far"), ("Zoe Near", "steps")):
        on_card(
            open_in, meet(people, name), language, known_as="known", role_id=role, ahead=ahead
        )
    week = MyWeek(open_in("05-week", language))
    (first,) = week.state["suggestions"]
    assert first["name"].startswith("Zoe Near")
    said = {"ja": "少し先を歩いている", "en": "a step or two ahead"}[language]
    assert said in first["reason"]["why"] and "bookbinding" in first["reason"]["why"]

    assert ask(week, "silence", rule="goal_step")["ok"]
    assert said not in week.state["suggestions"][0]["reason"]["why"]
