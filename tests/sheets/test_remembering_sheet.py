"""Five people in three minutes: the gentle way in for people who came from a file."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from enishi.book.import_history import imports
from enishi.clock import DAYS_AHEAD
from enishi.coach.relations.suggestible import suggestible_contacts
from languages import FIRST_ENGLISH
from sheets import Open, ask
from widgets import (
    Add,
    Before,
    Circle,
    Draft,
    Gift,
    Introductions,
    Letter,
    MyWeek,
    Note,
    People,
    Review,
)
from widgets.base.sheet import Sheet
from widgets.base.workbook import Workbook
from widgets.parts.remembering import remembering_offer, remembering_state

pytest_plugins = ["sheet_fixtures"]

FILE = Path(__file__).parents[1] / "files" / "linkedin-seven.csv"
COACHED: dict[str, tuple[type[Sheet], ...]] = {
    "04-contacts": (Gift, Draft, Introductions, Circle),
    "05-week": (MyWeek, Before, Note, Review, Letter),
}
"""The sheets on which the coach speaks; the list of people and the import are the person's own."""


@pytest.fixture
def bring(open_in: Open) -> Add:
    """The sheet on which the file of seven people was imported into an empty book."""
    sheet = Add(open_in("04-contacts"))
    assert ask(sheet, "read", [memoryview(FILE.read_bytes())], name=FILE.name)["ok"]
    assert ask(sheet, "bring")["ok"]
    return sheet


def offer(workbook: Workbook) -> str:
    """Return the text of the row on the home page."""
    return remembering_offer(workbook, remembering_state(workbook))


def say(sheet: Sheet, at: dict[str, Any], **said: Any) -> dict[str, Any]:
    """Say something about the person shown, as the page does."""
    who = {"id": at["person"]["id"], "version": at["person"]["version"]}
    return ask(sheet, "remember", **who, so_far=at["round"], **said)


def test_the_day_of_a_promise_is_shown_and_can_be_another_or_none(bring: Add) -> None:
    on = ask(bring, "hear_day", text="send him the proofs by tomorrow")["on"]
    assert on == (bring.workbook.today + timedelta(days=1)).isoformat()

    at = ask(bring, "recall")
    at = say(bring, at, promise="send him the proofs by tomorrow", due="2040-01-02")
    say(bring, at, promise="call her tomorrow", due="")
    kept = bring.workbook.rows("promise", "due")
    assert [row["due"] for row in kept] == ["2040-01-02", ""]


def names(workbook: Workbook) -> dict[str, str]:
    return {row["id"]: row["name"] for row in workbook.rows("contact", "name")}


def named(open_in: Open, people: dict[str, str]) -> set[str]:
    """Return which of the people are named anywhere on the coach's sheets."""
    shown = ""
    for page, sheets in COACHED.items():
        workbook = open_in(page)
        shown += json.dumps([sheet(workbook).state for sheet in sheets], ensure_ascii=False)
    return {name for id, name in people.items() if name in shown or id in shown}


def test_of_imported_people_only_the_one_remembered_can_be_named(bring: Add, open_in: Open) -> None:
    people = names(bring.workbook)
    assert len(people) == 7
    assert suggestible_contacts(bring.workbook.frames()).empty
    assert named(open_in, people) == set()

    at = ask(bring, "recall")
    assert at["person"]["name"] == "Teo Brankovar"
    assert say(bring, at, promise="send him the proofs", known_as="friend")["ok"]
    assert suggestible_contacts(bring.workbook.frames())["name"].tolist() == ["Teo Brankovar"]
    assert named(open_in, people) == {"Teo Brankovar"}


def test_each_line_alone_makes_a_person_looked_at(bring: Add) -> None:
    lines: list[dict[str, Any]] = [
        {"known_as": "colleague"},
        {"where_met": "a reading in the harbour hall"},
        {"loves": "woodcuts"},
        {"trying": "a press of his own"},
        {"promise": "send him the proofs"},
    ]
    at = ask(bring, "recall")
    for count, said in enumerate(lines, 1):
        at = say(bring, at, **said)
        assert len(suggestible_contacts(bring.workbook.frames())) == count


def test_what_is_said_stands_in_the_book_word_by_word_and_one_undo_takes_all_of_it(
    bring: Add,
) -> None:
    at = ask(bring, "recall")
    id = at["person"]["id"]
    said = {
        "known_as": "known",
        "known_since": 2011,
        "where_met": "a reading <b>in the harbour hall</b>",
        "loves": "woodcuts, {name}",
        "trying": "a press of his own",
        "promise": "send him the proofs by tomorrow",
    }
    after = say(bring, at, **said)
    assert after["ok"] and "Teo Brankovar" in after["text"]
    workbook = bring.workbook
    row = bring.book.row("contact", id)
    assert {column: row[column] for column in ("known_as", "known_since", "where_met")} == {
        column: said[column] for column in ("known_as", "known_since", "where_met")
    }
    facts = workbook.rows("fact", "contact_id", "kind", "words", "source")
    assert [tuple(fact.values())[1:] for fact in facts] == [
        (id, "loves", "woodcuts, {name}", ""),
        (id, "trying", "a press of his own", ""),
    ]
    (promise,) = workbook.rows("promise", "contact_id", "by", "words", "due", "said_on")
    assert (promise["contact_id"], promise["by"], promise["words"]) == (id, "me", said["promise"])
    assert promise["due"] > workbook.today.isoformat() and promise["said_on"] == ""

    bring.book.undo()
    workbook.refresh()
    assert workbook.rows("fact") == workbook.rows("promise") == []
    assert bring.book.row("contact", id)["known_as"] == ""
    assert suggestible_contacts(workbook.frames()).empty
    assert len(imports(bring.book)) == 1


def test_a_friend_from_a_file_is_not_known_since_the_day_of_the_connection(bring: Add) -> None:
    at = ask(bring, "recall")
    say(bring, at, known_as="friend")
    cards = People(bring.workbook)
    ask(cards, "choose", id=at["person"]["id"])
    card = cards.state["card"]
    assert "known_for" not in card and "last" not in card and card["last_talk"] == ""


def test_somebody_just_met_has_no_day_of_meeting_from_the_file(bring: Add) -> None:
    cards = People(bring.workbook)
    at = ask(bring, "recall")
    after = say(bring, at, known_as="just_met")
    assert bring.book.row("contact", at["person"]["id"])["met_on"] == ""
    id = after["person"]["id"]
    write = {"table": "contact", "id": id, "version": after["person"]["version"]}
    assert ask(cards, "write", **write, values={"known_as": "just_met"})["ok"]
    assert bring.book.row("contact", id)["met_on"] == ""
    bring.book.undo()
    row = bring.book.row("contact", id)
    assert (row["known_as"], row["met_on"]) == ("", "2024-08-21")


def test_an_import_gives_nobody_typed_in_a_day_of_meeting(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    known = {"name": "Teo Brankovar", "organisation": "Harbour Line Press"}
    id = sheet.book.add("contact", known_as="friend", **known)
    ask(sheet, "read", [memoryview(FILE.read_bytes())], name=FILE.name)
    assert ask(sheet, "bring")["ok"]
    row = sheet.book.row("contact", id)
    assert (row["title"], row["met_on"]) == ("Typesetter", "")


def test_only_the_name_the_organisation_and_the_title_are_shown(bring: Add) -> None:
    person = ask(bring, "recall")["person"]
    assert person.keys() == {"id", "version", "name", "about", "met_on", "connected"}
    assert person["about"] == "Harbour Line Press　Typesetter"
    assert person["met_on"] == "" != person["connected"]


def test_nothing_comes_to_mind_says_nothing_and_asks_nobody_twice(bring: Add) -> None:
    before = bring.book.revision()
    at, shown = ask(bring, "recall"), []
    while at["person"]:
        shown.append(at["person"]["name"])
        at = ask(bring, "recall", so_far=at["round"])
    assert at["over"] == "nobody" and at["round"]["said"] == 0
    assert shown == [
        *("Teo Brankovar", "瀬良垣 澪", "Ruben Oosterkade", "Yara Quillfeather"),
        *("日向野 航平", "Ilse Warnholt", "Anouk Dessaille"),
    ]
    assert bring.book.revision() == before
    assert ask(bring, "recall")["person"]["name"] == shown[0]  # another round


def test_a_round_ends_by_itself_after_five_people(bring: Add) -> None:
    at = ask(bring, "recall")
    for _ in range(5):
        assert at["person"] and not at["over"]
        at = say(bring, at, loves="the sea")
    assert (at["person"], at["over"]) == (None, "people")


def test_after_three_minutes_what_is_being_written_is_kept_and_nobody_follows(
    bring: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = ask(bring, "recall")
    assert 0 < at["seconds"] <= 180
    monkeypatch.setenv(DAYS_AHEAD, "1")
    after = say(bring, at, loves="woodcuts")
    assert (after["ok"], after["person"], after["over"]) == (True, None, "minutes")
    assert [row["words"] for row in bring.workbook.rows("fact", "words")] == ["woodcuts"]
    assert ask(bring, "recall", so_far=at["round"])["over"] == "minutes"


def test_what_cannot_be_kept_is_refused_as_a_whole(bring: Add) -> None:
    at = ask(bring, "recall")
    assert not say(bring, at, loves="x" * 301, promise="y")["ok"]
    assert not say(bring, at, known_as="just_met", met_on="soon", promise="y")["ok"]
    bring.book.update("contact", at["person"]["id"], where_met="in another window")
    refused = say(bring, at, where_met="here", promise="y")
    assert not refused["ok"] and refused["theirs"] == {"where_met": "in another window"}
    assert bring.workbook.rows("promise") == []


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_the_offer_says_how_many_while_nothing_is_said_and_no_number_afterwards(
    bring: Add, open_in: Open, language: str
) -> None:
    sheet = Add(open_in("04-contacts", language))
    assert "7" in sheet.state["remembering"]["offer"]
    at = say(sheet, ask(sheet, "recall"), loves="woodcuts")
    assert "6" not in sheet.state["remembering"]["offer"] != ""
    while at["person"]:
        at = say(sheet, at, loves="the sea")
    more = ask(sheet, "recall")
    while more["person"]:
        more = say(sheet, more, loves="the sea")
    assert sheet.state["remembering"]["offer"] == ""


def test_nothing_is_offered_where_nobody_was_imported(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    assert ask(sheet, "keep", name="Teo Brankovar")["ok"]
    assert sheet.state["remembering"] is None and offer(sheet.workbook) == ""


def test_the_row_on_the_home_page_goes_for_good_when_it_is_dismissed(
    bring: Add, open_in: Open
) -> None:
    home = open_in("05-week")
    assert "7人の名前を取り込みました" in offer(home)
    assert ask(bring, "dismiss_remembering")["ok"]
    assert offer(open_in("05-week")) == ""
    assert bring.state["remembering"]["offer"]  # the import still leads to it


def test_the_row_on_the_home_page_goes_when_something_is_said(bring: Add, open_in: Open) -> None:
    say(bring, ask(bring, "recall"), loves="woodcuts")
    assert offer(open_in("05-week")) == ""
