"""The sheets of the second workbook, as the page talks to them."""

from __future__ import annotations

from typing import Any

import pytest

from days import days
from enishi.coach.goal.if_then_plan import check_plan
from enishi.coach.relations.solicitation import SIGNS
from enishi.i18n import read_texts
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask, book_of
from widgets.base.sheet import Sheet
from widgets.base.workbook import Workbook
from widgets.goal.kinds import Kinds
from widgets.goal.places import Places
from widgets.goal.ways import Ways
from widgets.goal.wish import Wish
from widgets.settings.sample import Sample

pytest_plugins = ["sheet_fixtures"]

SHEETS: list[type[Sheet]] = [Wish, Ways, Kinds, Places]
STARTS = {"any", "work", "study", "introduced"}


def wish(workbook: Workbook, **values: Any) -> str:
    """Write the goal the way the page does; return its id."""
    sheet = Wish(workbook)
    goal = sheet.state["goal"]
    answer = ask(
        sheet, "write", table="goal", id=goal["id"], version=goal["version"], values=values
    )
    assert answer["ok"]
    return str(goal["id"])


@pytest.mark.parametrize("language", FIRST_ENGLISH)
@pytest.mark.parametrize("kind", SHEETS)
def test_every_sheet_is_calm_on_an_empty_book_and_on_the_sample(
    open_in: Open, kind: type[Sheet], language: str
) -> None:
    workbook = open_in("02-goal", language)
    sheet = kind(workbook)
    assert sheet.state and sheet.words["question"]
    ask(Sample(open_in("07-settings", language)), "load")
    workbook.refresh()
    assert sheet.state and sheet.words["question"]


def test_a_misty_wish_is_asked_about_by_its_own_words(open_in: Open) -> None:
    workbook = open_in("02-goal")
    wish(workbook, wish="フリーになって、いろいろな人とつながりを広げられたらいい")
    missing = Wish(workbook).state["missing"]
    assert (missing["rule"], missing["quote"]) == ("vague_person", "いろいろな人")
    assert missing["act"]


def test_a_rule_that_is_switched_off_asks_nothing(open_in: Open) -> None:
    workbook = open_in("02-goal")
    wish(workbook, wish="人脈を広げたい")
    assert Wish(workbook).state["missing"]["rule"] == "vague_person"
    book_of(workbook).set_setting("switched_off", '["vague_person"]')
    assert Wish(workbook).state["missing"]["rule"] == "vague_act"
    off = '["vague_person", "vague_act", "vague_time", "vague_sign"]'
    book_of(workbook).set_setting("switched_off", off)
    assert Wish(workbook).state["missing"] is None


@pytest.mark.parametrize("start", sorted(STARTS))
@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_every_starting_point_has_its_examples(open_in: Open, start: str, language: str) -> None:
    screens = open_in("02-goal", language).texts["screens"]
    for screen in ("wish", "kinds", "places"):
        assert set(screens[screen]["examples"]) == STARTS
        assert screens[screen]["examples"][start]


@pytest.mark.parametrize(
    ("kind", "table", "room", "most", "drawn"),
    [
        (Kinds, "role", "room", 3, 0),
        (Ways, "plan", "room", 5, 1),
        (Ways, "way", "way_room", 8, 0),
    ],
)
def test_there_is_room_for_a_few_and_then_it_is_enough(
    open_in: Open, kind: type[Sheet], table: str, room: str, most: int, drawn: int
) -> None:
    """The plan for the obstacle has its place before it is written."""
    sheet = kind(open_in("02-goal"))
    for _ in range(most - drawn):
        assert sheet.state[room]
        assert ask(sheet, "add", table=table, values={})["ok"]
    assert not sheet.state[room]
    answer = ask(sheet, "add", table=table, values={})
    assert not answer["ok"] and str(most) in answer["text"]
    assert len(sheet.workbook.rows(table)) == most - drawn


def test_the_first_thing_written_on_a_goal_makes_it(open_in: Open) -> None:
    ways = Ways(open_in("02-goal"))
    id, values = ways.state["goal"]["id"], {"obstacle": "忙しい（例）"}
    assert ask(ways, "write", table="goal", id=id, version=0, values=values)["ok"]
    assert values.items() <= ways.state["goal"].items()


def test_what_is_added_belongs_to_the_goal_once_there_is_one(open_in: Open) -> None:
    workbook = open_in("02-goal")
    kinds, places = Kinds(workbook), Places(workbook)
    before = ask(kinds, "add", table="role", values={})["focus"]
    goal = wish(workbook, wish="願い（例）")
    after = ask(places, "add", table="place", values={"name": "もくもく会（例）"})["focus"]
    assert book_of(workbook).row("role", before)["goal_id"] is None
    assert book_of(workbook).row("place", after)["goal_id"] == goal
    assert len(kinds.state["roles"]) == len(places.state["places"]) == 1


def test_rows_of_a_closed_goal_are_not_shown(open_in: Open) -> None:
    workbook = open_in("02-goal")
    old = book_of(workbook).add("goal", wish="前の願い（例）", closed=True)
    book_of(workbook).add("role", goal_id=old, does="前に会いたかった人（例）")
    book_of(workbook).add("place", goal_id=old, name="前の場所（例）")
    assert Kinds(workbook).state["roles"] == []
    assert Places(workbook).state["places"] == []


def test_a_removed_role_comes_back_with_undo(open_in: Open) -> None:
    kinds = Kinds(open_in("02-goal"))
    role = ask(kinds, "add", table="role", values={"does": "作る"})["focus"]
    ask(kinds, "drop", table="role", id=role)
    assert kinds.state["roles"] == []
    kinds.book.undo()
    kinds.workbook.refresh()
    assert kinds.state["roles"][0]["does"] == "作る"


@pytest.mark.parametrize("kind", SHEETS)
def test_no_sheet_of_the_goal_writes_on_people(open_in: Open, kind: type[Sheet]) -> None:
    sheet = kind(open_in("02-goal"))
    id = sheet.book.add("contact", name="見本（例）")
    for values in ({"name": "x"}, {"comfort": 1}):
        assert not ask(sheet, "write", table="contact", id=id, version=1, values=values)["ok"]
    assert not ask(sheet, "drop", table="contact", id=id)["ok"]
    assert sheet.book.row("contact", id)["name"] == "見本（例）"


def test_a_place_tells_whether_its_day_is_to_come(open_in: Open) -> None:
    workbook = open_in("02-goal")
    for name, step in (("過ぎた会（例）", -3), ("次の会（例）", 3)):
        book_of(workbook).add("place", name=name, next_on=days(step))
    shown = {place["name"]: place for place in Places(workbook).state["places"]}
    assert not shown["過ぎた会（例）"]["coming_on"]
    assert shown["次の会（例）"]["coming_on"] and shown["次の会（例）"]["near"]


def test_places_do_not_jump_while_one_writes(open_in: Open) -> None:
    workbook = open_in("02-goal")
    first = book_of(workbook).add("place", name="ひとつめ（例）", rhythm="weekly")
    second = book_of(workbook).add("place", name="ふたつめ（例）", rhythm="once")
    places = Places(workbook)
    for id, rhythm in ((first, "once"), (second, "weekly")):
        ask(places, "write", table="place", id=id, version=1, values={"rhythm": rhythm})
    third = ask(places, "add", table="place", values={"name": "みっつめ（例）"})["focus"]
    assert [place["id"] for place in places.state["places"]] == [first, second, third]
    again = Places(open_in("02-goal"))
    assert again.state["places"][0]["id"] == second


def test_somebody_new_can_be_named_as_the_one_who_lets_me_in(open_in: Open) -> None:
    places = Places(open_in("02-goal"))
    place = ask(places, "add", table="place", values={"name": "もくもく会（例）"})["focus"]
    met = ask(places, "meet", name="架空 花子")
    values = {"entrance_id": met["id"]}
    ask(places, "write", table="place", id=place, version=1, values=values)
    assert places.state["names"] == {met["id"]: "架空 花子"}


def test_ticked_signs_lead_to_a_calm_word_and_never_to_a_refusal(open_in: Open) -> None:
    places = Places(open_in("02-goal"))
    id = ask(places, "add", table="place", values={"name": "会（例）"})["focus"]
    (place,) = places.state["places"]
    assert (place["result"], place["caution"]) == ("none", None)
    for signs, result in (
        (["amazing_person"], "watch"),
        (["purpose_hidden"], "careful"),
        (["purpose_hidden", "amazing_person"], "stop"),
        (["pay_first"], "stop"),
    ):
        version = places.state["places"][0]["version"]
        values = {"signs": signs}
        assert ask(places, "write", table="place", id=id, version=version, values=values)["ok"]
        (place,) = places.state["places"]
        assert place["result"] == result and place["caution"]["act"]
    assert set(places.state["signs"]["each"]) == set(SIGNS)


def test_the_words_on_the_law_carry_the_date_they_were_written() -> None:
    signs = read_texts("coach")["signs"]
    assert "2026年11月" in signs["law"]["ja"] and "November 2026" in signs["law"]["en"]


def test_a_plan_is_asked_about_only_when_both_halves_are_written(open_in: Open) -> None:
    ways = Ways(open_in("02-goal"))
    id = ways.state["plan"]["id"]
    ask(ways, "write", table="plan", id=id, version=0, values={"cue": "いつか"})
    assert ways.state["plan"]["asks"] == []
    ask(ways, "write", table="plan", id=id, version=1, values={"act": "がんばる"})
    plan = ways.state["plan"]
    assert not plan["sound"]
    assert {found["rule"] for found in plan["asks"]} == {"plan_cue", "plan_act_unseen"}


def test_a_plan_with_a_cue_and_an_act_is_sound(open_in: Open) -> None:
    ways = Ways(open_in("02-goal"))
    values = {"cue": "木曜の勉強会で席に着いたら", "act": "となりの人に名前を言う"}
    ask(ways, "add", table="plan", values=values)
    (plan,) = ways.state["plans"]
    assert plan["sound"] and plan["asks"] == []


@pytest.mark.parametrize("kind", [Ways, Places])
@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_the_examples_of_a_plan_are_sound_themselves(
    open_in: Open, kind: type[Sheet], language: str
) -> None:
    said = kind(open_in("02-goal", language)).words
    cue, act = (
        said[name].partition("：")[2] or said[name].partition(": ")[2]
        for name in ("cue_example", "act_example")
    )
    assert check_plan(cue, act) == ()


def test_a_kind_of_person_shows_whom_one_knows_of_it_with_their_cards(open_in: Open) -> None:
    workbook = open_in("02-goal", "en")
    kinds, book = Kinds(workbook), book_of(workbook)
    goal = book.add("goal", wish="A letterpress shop of my own")
    kind = book.add("role", goal_id=goal, does="Prints by hand")
    other = book.add("role", goal_id=goal, does="Binds books")
    ola = book.add("contact", name="Ola Berg", role_id=kind)
    mara = book.add("contact", name="Mara Lind", called="Mara", role_id=kind)
    book.add("contact", name="Flagged", role_id=kind, signs=["pay_first"])
    workbook.refresh()
    known = {role["id"]: role["known"] for role in kinds.state["roles"]}
    assert known[other] == {"count": 0, "people": []}
    assert known[kind]["count"] == 2
    assert [(one["name"], one["card"]) for one in known[kind]["people"]] == [
        ("Ola Berg", f"04-contacts.ipynb#people={ola}"),
        ("Mara", f"04-contacts.ipynb#people={mara}"),
    ]
