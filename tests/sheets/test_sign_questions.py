"""What sounds like solicitation is asked about, with the words; nothing follows by itself."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from days import days
from desk import laid
from enishi import clock
from enishi.coach.today.suggestions import suggest_contacts
from languages import FIRST_JAPANESE
from sheets import Open, ask
from widgets.base.sheet import Sheet
from widgets.contacts.people import People
from widgets.goal.places import Places
from widgets.week.gathering import Gathering
from widgets.week.note import Note

pytest_plugins = ["server_fixtures", "sheet_fixtures"]

SAID = {
    "ja": "会社の名前をたずねても、笑ってはぐらかされた。",
    "en": "He would not tell me the name of the company.",
}
MORE = {
    "ja": "教材費の三十万を先に払うように言われた。",
    "en": "Wire the training fee first, before anybody shows you the work.",
}
both_languages = pytest.mark.parametrize("language", FIRST_JAPANESE)


def add_person(sheet: Sheet, **values: Any) -> str:
    return sheet.book.add("contact", name="架空 勧太", **values)


def is_well(sheet: Sheet, question: dict[str, Any]) -> dict[str, Any]:
    return ask(sheet, "find_all_well", table=question["table"], about=question["about"])


@both_languages
def test_a_note_that_sounds_like_solicitation_is_asked_about_with_its_words(
    open_in: Open, language: str
) -> None:
    note = Note(open_in("05-week", language))
    id = add_person(note)
    meeting = {"kind": "met", "on": days(0), "note": SAID[language]}
    assert ask(note, "enter", contact_ids=[id], meeting=meeting, then=[])["ok"]

    (entry,) = note.state["last"]
    assert entry["asks"]["signs"] == ["company_hidden"]
    assert SAID[language].rstrip(".。") in entry["asks"]["reason"]["why"]
    assert entry["asks"]["reason"]["advice"] and not entry["asks"]["reason"]["always"]
    assert entry["checked"] == {
        **{"id": id, "version": entry["checked"]["version"], "signs": []},
        **{"result": "none", "caution": None},
    }


@both_languages
def test_all_is_well_is_remembered_for_these_words_also_after_a_reload(
    open_in: Open, language: str
) -> None:
    people = People(open_in("04-contacts", language))
    id = add_person(people, note=SAID[language])
    fact = people.book.add("fact", contact_id=id, words=MORE[language])
    ask(people, "choose", id=id)
    of_note, of_fact = people.state["card"]["sign_questions"]
    assert (of_note["about"], of_fact["about"]) == (id, fact)

    assert is_well(people, of_note)["ok"]
    assert [row["about"] for row in people.state["card"]["sign_questions"]] == [fact]
    assert not is_well(people, of_note)["ok"]

    again = People(open_in("04-contacts", language))
    ask(again, "choose", id=id)
    assert [row["about"] for row in again.state["card"]["sign_questions"]] == [fact]
    (answer,) = again.workbook.rows("answer", "question", "about", "contact_id", "chosen")
    assert list(answer.values())[1:] == ["signs", id, id, "well"]
    again.book.undo()
    again.workbook.refresh()
    assert len(again.state["card"]["sign_questions"]) == 2


@both_languages
def test_a_further_sentence_in_the_same_text_is_asked_about(open_in: Open, language: str) -> None:
    people = People(open_in("04-contacts", language))
    id = add_person(people, note=SAID[language])
    ask(people, "choose", id=id)
    (question,) = people.state["card"]["sign_questions"]
    is_well(people, question)

    people.book.update("contact", id, note=f"{SAID[language]}\n{MORE[language]}")
    people.workbook.refresh()
    (question,) = people.state["card"]["sign_questions"]
    assert question["signs"] == ["pay_first"]
    assert is_well(people, question)["ok"]
    assert people.state["card"]["sign_questions"] == []


@both_languages
def test_nothing_changes_in_suggestions_until_a_sign_is_ticked(
    open_in: Open, language: str
) -> None:
    people = People(open_in("04-contacts", language))
    met = {"known_as": "just_met", "met_on": days(-1), "afternoon": "gladly"}
    id = add_person(people, **met)

    def suggested() -> list[str]:
        workbook = people.workbook
        found = suggest_contacts(workbook.frames(), workbook.today, clock.now())
        return [each.contact_id for each in found]

    before = suggested()
    people.book.update("contact", id, note=SAID[language])
    people.workbook.refresh()
    ask(people, "choose", id=id)
    assert people.state["card"]["sign_questions"]
    assert (people.state["card"]["result"], people.state["card"]["signs"]) == ("none", [])
    assert suggested() == before

    card = people.state["card"]
    ticked = {"table": "contact", "id": id, "version": card["version"]}
    assert ask(people, "write", **ticked, values={"signs": ["company_hidden"]})["ok"]
    assert people.state["card"]["sign_questions"] == []
    assert people.state["card"]["result"] == "careful"
    assert id not in suggested()


@both_languages
def test_places_and_gatherings_ask_about_what_is_written_of_them(
    open_in: Open, language: str
) -> None:
    places = Places(open_in("02-goal", language))
    id = places.book.add("place", name="Evening", note=SAID[language], next_on=days(-1))
    places.workbook.refresh()
    (place,) = places.state["places"]
    assert place["asks"]["signs"] == ["company_hidden"]

    gathering = Gathering(open_in("05-week", language))
    event = gathering.book.add(
        "event", name="Evening", place_id=id, on=days(-1), note=MORE[language], done=True
    )
    ask(gathering, "choose", id=event)
    of_event, of_place = gathering.state["sign_questions"]
    assert (of_event["about"], of_place["about"]) == (event, id)
    assert is_well(gathering, of_event)["ok"]
    assert [row["about"] for row in gathering.state["sign_questions"]] == [id]


def test_a_sign_that_is_switched_off_is_not_asked_about(open_in: Open) -> None:
    people = People(open_in("04-contacts", "en"))
    id = add_person(people, note=SAID["en"])
    ask(people, "choose", id=id)
    assert people.state["card"]["sign_questions"]

    assert ask(people, "silence", rule="sign_company_hidden")["ok"]
    assert people.state["card"]["sign_questions"] == []


def test_only_an_open_question_is_answered(open_in: Open) -> None:
    people = People(open_in("04-contacts", "en"))
    id = add_person(people, note="We laughed about the geese.")

    for table in ("contact", "goal"):
        assert not ask(people, "find_all_well", table=table, about=id)["ok"]
    assert people.workbook.rows("answer") == []


@both_languages
@pytest.mark.parametrize("width", [360, 1280])
def test_to_look_at_it_opens_the_checklist_with_the_sign_first_and_nothing_ticked(
    chromium: Browser, open_in: Open, language: str, width: int
) -> None:
    note = Note(open_in("05-week", language))
    meeting = {"kind": "met", "on": days(0), "note": SAID[language]}
    ask(note, "enter", contact_ids=[add_person(note)], meeting=meeting, then=[])
    signs = note.state["signs"]
    traits = {"state": note.state, "words": note.words, "position": note.position}
    size = {"width": width, "height": 800}

    with laid(chromium, note._esm, traits, look=note._css, viewport=size) as desk:
        question = desk.page.get_by_role("group", name=signs["asked"])
        expect(question).to_contain_text(SAID[language].rstrip(".。"))
        question.get_by_role("button", name=signs["look"]).click()

        first = desk.page.get_by_role("checkbox", name=signs["each"]["company_hidden"])
        expect(first).to_be_focused()
        boxes = desk.page.locator(".last .option.tick input")
        assert boxes.count() == len(signs["each"])
        assert not any(box.is_checked() for box in boxes.all())
        wide = desk.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width

        question.get_by_role("button", name=signs["well"]).click()
        (sent,) = desk.sent(1)
        assert sent["do"] == "find_all_well" and sent["table"] == "encounter"
