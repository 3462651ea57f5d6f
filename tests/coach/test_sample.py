"""The sample book comes and goes without touching what is the person's own."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest

from enishi.book import Book
from enishi.book.copies.put_back import put_back
from enishi.book.own_copy import decode_copy, read_own_copy
from enishi.book.tables import TABLES
from enishi.choices import WAY_KINDS
from enishi.coach.goal.if_then_plan import check_plan
from enishi.coach.goal.plan_moments import plan_moments
from enishi.coach.goal.thread import goal_thread
from enishi.coach.relations.stage import stages
from enishi.i18n import LANGUAGES
from enishi.i18n.names import is_east_asian
from enishi.sample_book import (
    is_loaded,
    leftovers,
    load_sample,
    read_sample,
    remove_sample,
    sample_rows,
)

TODAY = date(2026, 11, 20)
HANAKO = "sample-hanako"


def content(book: Book) -> dict[str, Any]:
    """Everything in the book but the versions."""
    frames = {table: book.frame(table).drop(columns="version") for table in TABLES}
    return {table: frame.astype(str).to_dict("index") for table, frame in frames.items()}


def names(book: Book) -> set[str]:
    return {name for table in TABLES for name in book.frame(table).index}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_in_the_sample_fits_the_book(book: Book, language: str) -> None:
    made = load_sample(book, language, TODAY)
    assert made == len(sample_rows(language, TODAY)) > 100
    assert is_loaded(book)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_in_the_sample_is_marked_as_invented(language: str) -> None:
    mark = {"ja": "（見本）", "en": "(sample)"}[language]
    for (table, _), row in sample_rows(language, TODAY).items():
        if table == "contact":
            assert row["name"].endswith(mark)
            assert row["source"] == "sample"
            assert row.get("email", "@example.").partition("@")[2].startswith("example.")


def test_the_sample_fills_every_noun_a_person_writes_in() -> None:
    decided = {"setting", "reflection", "answer", "distinct_pair"}  # about what is there already
    arranged = {"circle_colour", "saved_filter", "column_mapping", "own_answer"}
    assert set(TABLES) - set(read_sample()) - arranged == decided


def test_the_sample_shows_every_stage_and_a_whole_thread(book: Book) -> None:
    load_sample(book, "ja", TODAY)
    frames = {table: book.frame(table) for table in TABLES}
    assert set(stages(frames, TODAY)) == {0, 1, 2, 3, 4}
    thread = goal_thread(frames, TODAY)
    assert [name for name, row in thread.items() if row is None] == []
    assert thread["introduction"] and "見本" in thread["introduction"].words


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_plan_of_the_sample_has_the_day_of_its_moment(book: Book, language: str) -> None:
    load_sample(book, language, TODAY)
    moments = plan_moments({table: book.frame(table) for table in TABLES}, TODAY)

    assert len(moments) == 3 and all(moment.day for moment in moments)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plans_of_the_sample_have_a_cue_and_an_act_that_can_be_seen(
    book: Book, language: str
) -> None:
    load_sample(book, language, TODAY)
    plans = book.frame("plan")
    assert [check_plan(*plan) for plan in zip(plans["cue"], plans["act"], strict=True)] == [()] * 3


def test_one_of_the_three_ways_of_the_sample_is_chosen(book: Book) -> None:
    load_sample(book, "ja", TODAY)
    ways = book.frame("way")
    assert sorted(ways["kind"]) == sorted(WAY_KINDS)
    assert ways["chosen"].sum() == 1


def test_days_of_the_sample_are_counted_from_today(book: Book) -> None:
    load_sample(book, "ja", TODAY)
    assert book.row("promise", "sample-hanako_site")["due"] == str(TODAY + timedelta(days=2))
    assert book.row("encounter", "sample-aoi_1")["at"] == "2026-11-19T00:30:00Z"


@pytest.mark.parametrize("times", [1, 2])
def test_loading_and_removing_leaves_the_book_as_it_was(book: Book, times: int) -> None:
    book.add("contact", name="自分で書いた人（例）")
    before = content(book)
    for _ in range(times):
        assert load_sample(book, "ja", TODAY) == remove_sample(book)
        assert content(book) == before
    assert not is_loaded(book)
    assert leftovers(book) == {}


def test_a_sample_that_is_there_is_not_loaded_again(book: Book) -> None:
    load_sample(book, "ja", TODAY)
    before = content(book)
    assert load_sample(book, "en", TODAY) == 0
    assert content(book) == before


def test_removing_where_there_is_no_sample_does_nothing(book: Book) -> None:
    before = book.revision()
    assert remove_sample(book) == 0
    assert book.revision() == before


def test_undo_takes_the_sample_out_and_brings_it_back(book: Book) -> None:
    before = content(book)
    load_sample(book, "ja", TODAY)
    loaded = content(book)
    book.undo()
    assert content(book) == before
    book.redo()
    assert content(book) == loaded
    remove_sample(book)
    book.undo()
    assert content(book) == loaded
    assert remove_sample(book) == len(sample_rows("ja", TODAY))


def test_a_wish_of_ones_own_stays_and_keeps_the_goal_of_the_sample_out(book: Book) -> None:
    mine = book.add("goal", wish="自分の願い（例）")
    role = book.add("role", goal_id=mine, name="自分の会いたい人（例）")
    load_sample(book, "ja", TODAY)
    assert list(book.frame("goal").index) == [mine]
    assert list(book.frame("role").index) == [role]
    assert book.row("contact", HANAKO)["role_id"] is None


def test_a_goal_without_a_wish_is_no_reason_to_leave_the_sample_goal_out(book: Book) -> None:
    book.add("goal", start="study")
    load_sample(book, "ja", TODAY)
    assert "sample-shops" in book.frame("goal").index


def test_ones_own_introduction_stays_the_only_one_of_its_length(book: Book) -> None:
    book.add("introduction_text", seconds="10", text="わたしの十秒（例）")
    load_sample(book, "ja", TODAY)
    assert sorted(book.frame("introduction_text")["seconds"]) == ["10", "30"]


def test_what_was_added_beside_the_sample_stays_when_it_goes(book: Book) -> None:
    load_sample(book, "ja", TODAY)
    place = book.add("place", name="自分の場所（例）", goal_id="sample-shops", entrance_id=None)
    friend = book.add("contact", name="自分で書いた人（例）", role_id="sample-designer")
    remove_sample(book)
    assert names(book) == {place, friend}
    assert book.row("place", place)["goal_id"] is None
    assert book.row("contact", friend)["role_id"] is None


def test_what_one_wrote_on_in_the_sample_stays_and_is_told(book: Book) -> None:
    load_sample(book, "ja", TODAY)
    book.update("goal", "sample-shops", wish="自分の願いに書きかえた（例）")
    remove_sample(book)
    assert list(leftovers(book)) == [("goal", "sample-shops")]


def test_a_change_taken_back_counts_as_no_change(book: Book) -> None:
    load_sample(book, "ja", TODAY)
    book.update("contact", HANAKO, note="書いてから消す（例）")
    book.undo()
    remove_sample(book)
    assert leftovers(book) == {}


@pytest.mark.parametrize("table", ["encounter", "step", "fact"])
def test_somebody_with_whom_something_was_noted_stays_without_the_rest(
    book: Book, table: str
) -> None:
    load_sample(book, "ja", TODAY)
    mine = book.add(table, contact_id=HANAKO, on="2026-11-19")
    remove_sample(book)
    assert names(book) == {mine, HANAKO}
    assert book.row("contact", HANAKO)["role_id"] is None


def test_what_stayed_goes_when_it_is_asked_for(book: Book) -> None:
    load_sample(book, "ja", TODAY)
    book.add("encounter", contact_id=HANAKO, on="2026-11-19")
    book.update("promise", "sample-taro_meal", state="kept")
    remove_sample(book)
    assert {id for _, id in leftovers(book)} == {HANAKO, "sample-taro", "sample-taro_meal"}
    remove_sample(book, written_too=True)
    assert names(book) == set()
    book.undo()
    assert len(leftovers(book)) == 3


def test_somebody_of_the_sample_in_the_trash_goes_with_it(book: Book) -> None:
    load_sample(book, "ja", TODAY)
    book.delete("contact", HANAKO)
    remove_sample(book)
    assert leftovers(book) == {}


def test_the_sample_can_be_loaded_beside_what_stayed_of_it(book: Book) -> None:
    load_sample(book, "ja", TODAY)
    book.update("contact", HANAKO, note="書き足し（例）")
    remove_sample(book)
    load_sample(book, "ja", TODAY)
    assert book.row("contact", HANAKO)["note"] == "書き足し（例）"
    assert len(book.frame("contact")) == 12


def test_a_sample_that_came_back_with_a_copy_is_left_over_until_it_is_asked_to_go(
    book: Book,
) -> None:
    load_sample(book, "ja", TODAY)
    copy = json.dumps(read_own_copy(book, "", TODAY)).encode()
    book.erase_everything()
    put_back(book, decode_copy(copy, "x"), "x")
    people = book.frame("contact")
    assert is_loaded(book) and len(people)
    assert remove_sample(book) == 0, "nobody knows any more which rows were written on"
    assert set(book.frame("contact").index) == set(people.index)
    assert not is_loaded(book)
    assert leftovers(book)
    remove_sample(book, written_too=True)
    assert book.frame("contact").empty


def test_the_english_sample_has_people_of_several_countries_and_nothing_japanese() -> None:
    rows = sample_rows("en", date(2026, 11, 20))
    people = [row for (table, _), row in rows.items() if table == "contact"]
    assert {row["name"] for row in people} >= {"Inês Prado (sample)", "Daniel Okafor (sample)"}
    assert not any(row.get("family_kana") or row.get("given_kana") for row in people)
    texts = [value for row in rows.values() for value in row.values() if isinstance(value, str)]
    assert not [text for text in texts if is_east_asian(text)]
    assert not [text for text in texts if re.search("Kakuu|Mihon|Hanako|Minoru", text)]
