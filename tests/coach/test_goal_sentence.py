from __future__ import annotations

from datetime import date
from typing import Any

from enishi.coach.goal.goal_sentence import SENTENCE_PARTS, SentencePart, goal_sentence
from frames import frame

TODAY = date(2026, 11, 20)
GOAL = {"id": "g", "wish": "", "by": ""}


def said(goal: dict[str, Any] = GOAL, **rows: Any) -> dict[str, SentencePart]:
    role, place, plan = (frame(table, *rows.get(table, ())) for table in ("role", "place", "plan"))
    names = {"c": "架空 花子"}
    return {part.name: part for part in goal_sentence(goal, role, place, plan, names, TODAY)}


def test_an_empty_goal_has_seven_parts_that_say_nothing() -> None:
    parts = said()
    assert list(parts) == list(SENTENCE_PARTS)
    assert all(not part.texts and part.day is None for part in parts.values())


def test_the_wish_comes_with_its_day() -> None:
    wish = said({"id": "g", "wish": " 願い ", "by": "2027-03-31"})["wish"]
    assert (wish.texts, wish.day) == (("願い",), date(2027, 3, 31))


def test_a_person_is_said_by_what_they_do_before_what_they_are_called() -> None:
    parts = said(role=[{"name": "名前だけ"}, {"name": "制作者", "does": "お店のサイトを作る"}])
    assert parts["role"].texts == ("お店のサイトを作る",)
    assert said(role=[{"name": "名前だけ"}])["role"].texts == ("名前だけ",)


def test_the_first_question_and_gift_that_are_written_are_taken() -> None:
    parts = said(role=[{"does": "作る", "question_2": "どこから?", "gift_2": "写真"}])
    assert (parts["question"].texts, parts["gift"].texts) == (("どこから?",), ("写真",))


def test_the_soonest_place_to_come_is_taken_with_who_lets_one_in() -> None:
    parts = said(
        place=[
            {"name": "去年の会", "next_on": "2025-11-01"},
            {"name": "遠い会", "next_on": "2027-01-01"},
            {"name": "もくもく会", "next_on": "2026-11-26", "entrance_id": "c"},
        ]
    )
    assert (parts["place"].texts, parts["place"].day) == (("もくもく会",), date(2026, 11, 26))
    assert parts["entrance"].texts == ("架空 花子",)


def test_a_place_where_that_kind_of_person_is_comes_before_a_sooner_one() -> None:
    parts = said(
        role=[{"id": "r", "does": "作る"}],
        place=[
            {"name": "近い会", "next_on": "2026-11-21"},
            {"name": "制作者の会", "next_on": "2026-12-08", "role_id": "r"},
        ],
    )
    assert parts["place"].texts == ("制作者の会",)


def test_a_place_without_a_day_is_better_than_none() -> None:
    place = said(place=[{"name": "朝の会"}])["place"]
    assert (place.texts, place.day) == (("朝の会",), None)


def test_nobody_is_sent_to_a_place_that_says_stop() -> None:
    risky = {"name": "あやしい会", "next_on": "2026-11-21", "signs": ["pay_first"]}
    assert said(place=[risky])["place"].texts == ()


def test_only_a_sound_plan_is_taken_and_one_for_a_hindrance_last() -> None:
    vague = {"cue": "いつか", "act": "がんばる"}
    hindrance = {"cue": "こわくなったら", "act": "主催者に声をかける", "for_obstacle": True}
    sound = {"cue": "席に着いたら", "act": "となりの人に名前を言う"}
    assert said(plan=[vague])["plan"].texts == ()
    assert said(plan=[vague, hindrance, sound])["plan"].texts == (sound["cue"], sound["act"])
    assert said(plan=[hindrance])["plan"].texts == (hindrance["cue"], hindrance["act"])


def test_rows_of_another_goal_are_left_out() -> None:
    assert said(role=[{"does": "作る", "goal_id": "other"}])["role"].texts == ()
    assert said(role=[{"does": "作る", "goal_id": "g"}])["role"].texts == ("作る",)


def test_every_part_names_a_screen_on_which_it_is_written() -> None:
    assert {part.screen for part in said().values()} == {"wish", "roles", "places", "plans"}
