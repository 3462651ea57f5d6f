from __future__ import annotations

import json
import re
from itertools import combinations
from typing import Any

import pytest

from days import days
from enishi.choices import CLOSENESS
from languages import FIRST_ENGLISH
from sheets import Open, ask
from widgets.contacts.circle import Circle
from widgets.contacts.people import People

pytest_plugins = ["server_fixtures", "sheet_fixtures"]


@pytest.fixture
def circle(open_in: Open) -> Circle:
    return Circle(open_in("04-contacts"))


def met(circle: Circle, count: int, **columns: Any) -> list[str]:
    ids = [
        circle.book.add("contact", name=f"架空 {number}", **({"known_as": "friend"} | columns))
        for number in range(count)
    ]
    circle.workbook.refresh()
    return ids


def answered(circle: Circle, ids: list[str], *close: tuple[int, int]) -> None:
    """Say of every pair whether the two are close or strangers."""
    for a, b in combinations(range(len(ids)), 2):
        state = "close" if (a, b) in close else "strangers"
        circle.book.add("tie", a_id=ids[a], b_id=ids[b], state=state)
    circle.workbook.refresh()


def steps(circle: Circle) -> list[tuple[str, str]]:
    """Return with whom the steps in the book are, and their words."""
    rows = circle.workbook.rows("step", "contact_id", "words")
    return [(row["contact_id"], row["words"]) for row in rows]


def note(circle: Circle, rule: str) -> dict[str, Any]:
    (found,) = [note for note in circle.state["notes"] if note["rule"] == rule]
    return dict(found)


def test_in_an_empty_book_there_is_nothing_to_notice(circle: Circle) -> None:
    state = circle.state

    assert state["notes"] == state["pairs"] == []
    assert state["dormant"] is None


def test_who_is_moved_in_the_picture_is_as_close_as_the_ring_says(circle: Circle) -> None:
    (id,) = met(circle, 1)
    for closeness in ("close", "friendly", ""):
        assert ask(circle, "move", id=id, closeness=closeness)["ok"]
        assert circle.book.row("contact", id)["closeness"] == closeness
    assert not ask(circle, "move", id=id, closeness="enemy")["ok"]
    assert not ask(circle, "move", id="nobody", closeness="close")["ok"]


def test_the_day_on_which_somebody_is_moved_near_is_written(circle: Circle) -> None:
    (id,) = met(circle, 1, known_as="known")
    ask(circle, "move", id=id, closeness="close")
    assert circle.book.row("contact", id)["closeness_on"] == str(circle.workbook.today)


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_nothing_is_counted_while_little_is_known_and_two_are_asked_about(
    open_in: Open, language: str
) -> None:
    circle = Circle(open_in("04-contacts", language))
    met(circle, 5)
    found = note(circle, "net_unknown")

    assert found["does"]["href"] == "#introductions"
    assert (
        found["why"]
        == {
            "ja": "架空 0さんと架空 1さんは、お知り合いでしょうか。",
            "en": "Do 架空 0 and 架空 1 know each other?",
        }[language]
    )
    assert not re.search(r"[%％]", json.dumps([circle.state, circle.words], ensure_ascii=False))


def test_every_notice_is_one_sentence_with_one_act_and_its_reason(circle: Circle) -> None:
    answered(circle, met(circle, 6, how_met="例の会"), (0, 1))

    assert circle.state["notes"]
    for found in circle.state["notes"]:
        assert found["why"] and found["advice"]
        assert len({"href", "take", "open"} & found["does"].keys()) == 1
        assert found["does"]["label"]


def test_whoever_introduced_two_people_is_to_be_thanked_as_a_next_step(circle: Circle) -> None:
    (broker,) = met(circle, 1)
    met(circle, 2, through_id=broker)
    does = note(circle, "net_broker")["does"]

    assert "架空 0さん" in does["label"]
    assert ask(circle, "take", key=does["take"])["ok"]
    assert steps(circle) == [(broker, "紹介のお礼と、その後のことを伝える")]


def test_a_next_step_that_is_there_is_never_written_over(circle: Circle) -> None:
    (broker,) = met(circle, 1)
    circle.book.add("step", contact_id=broker, words="本を返す")
    met(circle, 2, through_id=broker)
    does = note(circle, "net_broker")["does"]

    assert does["open"] == broker and "本を返す" in does["label"]
    assert not ask(circle, "take", key=f"net_broker.{broker}")["ok"]
    assert steps(circle) == [(broker, "本を返す")]


def test_a_mark_leads_to_the_persons_card(circle: Circle) -> None:
    people = People(circle.workbook)
    (id, *_) = met(circle, 3)

    assert ask(circle, "visit", id=id)["ok"]
    assert people.state["card"]["id"] == id


def test_two_who_share_something_are_offered_to_be_introduced(circle: Circle) -> None:
    a = circle.book.add("contact", name="架空 花子", known_as="friend", needs=["植物"])
    circle.book.add("contact", name="試田 健", known_as="friend", topics=["植物"])
    met(circle, 1)
    (pair,) = circle.state["pairs"]

    assert ask(circle, "take", key=pair["does"]["take"])["ok"]
    assert steps(circle) == [(a, "試田 健さんを紹介してよいか、聞いてみる")]


def asleep(circle: Circle) -> tuple[str, str]:
    """Somebody easy, and somebody further ahead; both not met for four years."""
    columns: list[dict[str, Any]] = [
        {"name": "見本 気楽", "afternoon": "gladly", "respect_for": "聞き方"},
        {"name": "見本 先", "respect_for": "仕事の速さ"},
    ]
    easy, ahead = (circle.book.add("contact", **each) for each in columns)
    for id in (easy, ahead):
        circle.book.add("encounter", contact_id=id, on=days(-1500), kind="meal")
    circle.workbook.refresh()
    return easy, ahead


def test_somebody_from_long_ago_argues_with_the_favourite(circle: Circle) -> None:
    easy, ahead = asleep(circle)

    assert "「仕事の速さ」と書いていますね" in circle.state["dormant"]["why"]
    assert circle.state["dormant"]["does"]["take"] == f"net_dormant.{ahead}"
    ask(circle, "favour", id=ahead)
    assert circle.state["dormant"]["does"]["take"] == f"net_dormant.{easy}"
    assert circle.state["names"] == {ahead: "見本 先"}


def test_a_favourite_who_is_awake_is_told_so(circle: Circle) -> None:
    asleep(circle)
    (awake,) = met(circle, 1)
    ask(circle, "favour", id=awake)

    assert circle.state["dormant"]["awake"]


def test_a_rule_switched_off_notices_nothing(circle: Circle) -> None:
    asleep(circle)
    ask(circle, "silence", rule="net_dormant")

    assert circle.state["dormant"] is None


def test_nothing_can_be_taken_that_is_not_offered(circle: Circle) -> None:
    (id,) = met(circle, 1)

    assert not ask(circle, "take", key=f"net_broker.{id}")["ok"]
    assert steps(circle) == []


def standing(circle: Circle) -> dict[str, list[str]]:
    return {
        row["closeness"]: [one["name"] for one in row["people"]] for row in circle.state["rows"]
    }


def test_one_stands_where_the_person_places_them_and_nobody_is_counted(circle: Circle) -> None:
    assert set(standing(circle)) == set(CLOSENESS) and not any(standing(circle).values())
    id = circle.book.add("contact", name="架空 花子")
    assert ask(circle, "think_of", id=id)["ok"]
    (person,) = circle.state["unplaced"]
    change = {"table": "contact", "id": id, "version": person["version"]}
    said = {"closeness": "close", "closeness_word": "朝の散歩の友"}
    assert ask(circle, "write", **change, values=said)["ok"]
    assert standing(circle)["close"] == ["架空 花子"] and circle.state["unplaced"] == []
    (row,) = [row for row in circle.state["rows"] if row["people"]]
    assert row["people"][0]["closeness_word"] == "朝の散歩の友"


def test_those_in_focus_are_asked_about_and_nobody_else(circle: Circle) -> None:
    circle.book.add("contact", name="見本 太郎", focus=True)
    circle.book.add("contact", name="例田 実")
    circle.workbook.refresh()
    assert [one["name"] for one in circle.state["unplaced"]] == ["見本 太郎"]


def test_one_is_drawn_nearer_by_a_step_in_ones_own_words(circle: Circle) -> None:
    id = circle.book.add("contact", name="架空 花子", closeness="friendly")
    circle.workbook.refresh()
    assert ask(circle, "draw_nearer", id=id, words="来週、駅前でお茶に誘う")["ok"]
    assert steps(circle) == [(id, "来週、駅前でお茶に誘う")]
    assert circle.workbook.rows("step", "on")[0]["on"] > days(0)  # read from the words
    (row,) = [row for row in circle.state["rows"] if row["people"]]
    assert row["people"][0]["step"] == "来週、駅前でお茶に誘う"
    assert not ask(circle, "draw_nearer", id="nobody", words="お茶に誘う")["ok"]
    assert not ask(circle, "draw_nearer", id=id, words=" ")["ok"]


def test_the_day_that_a_step_names_is_shown_before_it_is_kept_and_can_be_another(
    circle: Circle,
) -> None:
    id = circle.book.add("contact", name="架空 花子", closeness="friendly")
    circle.workbook.refresh()
    assert ask(circle, "hear_day", text="明日、お茶に誘う")["on"] == days(1)
    assert ask(circle, "hear_day", text="お茶に誘う")["on"] == ""
    assert circle.workbook.rows("step") == []

    assert ask(circle, "draw_nearer", id=id, words="明日、お茶に誘う", on=days(4))["ok"]
    assert circle.workbook.rows("step", "on")[0]["on"] == days(4)


def test_it_speaks_english_too(circle: Circle) -> None:
    answered(circle, met(circle, 4), (0, 1))
    circle.workbook.set_language("en")
    circle.workbook.refresh()

    assert note(circle, "net_circles")["does"]["label"].startswith("Put it in my week, with")


def test_of_very_many_who_are_equally_close_a_hundred_are_sent(open_in: Open) -> None:
    circle = Circle(open_in("04-contacts", "en"))
    with circle.book.batch("add") as batch:
        batch.add_many("contact", [{"name": f"Ann {n}", "closeness": "close"} for n in range(130)])
    circle.workbook.refresh()
    (row,) = [row for row in circle.state["rows"] if row["people"]]
    assert (len(row["people"]), row["more"]) == (100, 30)
