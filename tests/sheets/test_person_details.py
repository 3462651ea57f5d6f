"""The card of a person as an address book: details, relations, introductions, what is checked."""

from __future__ import annotations

from typing import Any

import pytest

from book_states import state
from days import days
from enishi.i18n.written_days import read_written_day
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask
from widgets.contacts.add import Add
from widgets.contacts.details import MOST_DETAILS, link_of
from widgets.contacts.people import People
from widgets.goal.places import Places
from widgets.week.gathering import Gathering

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def sheet(open_in: Open) -> People:
    return People(open_in("04-contacts", "en"))


def add(sheet: People, **values: Any) -> str:
    id = sheet.book.add("contact", **values)
    sheet.workbook.refresh()
    return id


def card(sheet: People, id: str) -> dict[str, Any]:
    ask(sheet, "choose", id=id)
    found: dict[str, Any] = sheet.state["card"]
    return found


def add_detail(sheet: People, id: str, kind: str, value: str, label: str = "") -> dict[str, Any]:
    values = {"contact_id": id, "kind": kind, "label": label, "value": value}
    return ask(sheet, "add", table="detail", values=values)


def test_several_addresses_are_kept_with_their_labels_and_one_undo_takes_one_back(
    sheet: People,
) -> None:
    ann = add(sheet, name="Ann", email="a@example.com")
    assert add_detail(sheet, ann, "email", "home@example.com", "home")["ok"]
    assert add_detail(sheet, ann, "phone", "090-0000-0000", "mobile")["ok"]
    assert add_detail(sheet, ann, "field", "by the window", "favourite seat")["ok"]
    found = card(sheet, ann)["details"]["rows"]
    assert [(row["label"], row["shown"], row["href"]) for row in found] == [
        ("home", "home@example.com", "mailto:home@example.com"),
        ("mobile", "090-0000-0000", "tel:09000000000"),
        ("favourite seat", "by the window", ""),
    ]
    ask(sheet, "drop", table="detail", id=found[0]["id"])
    assert len(sheet.state["card"]["details"]["rows"]) == 2
    sheet.book.undo()
    sheet.workbook.refresh()
    assert len(sheet.state["card"]["details"]["rows"]) == 3


def test_another_address_becomes_the_main_one_and_the_main_one_is_kept(sheet: People) -> None:
    ann = add(sheet, name="Ann", email="a@example.com")
    add_detail(sheet, ann, "email", "b@example.com")
    before = state(sheet.book)
    (row,) = card(sheet, ann)["details"]["rows"]
    assert ask(sheet, "make_main", id=row["id"])["ok"]
    found = sheet.state["card"]
    assert found["email"] == "b@example.com"
    assert [each["value"] for each in found["details"]["rows"]] == ["a@example.com"]
    sheet.book.undo()
    assert state(sheet.book) == before
    sheet.book.update("contact", ann, email="")
    sheet.workbook.refresh()
    assert ask(sheet, "make_main", id=row["id"])["ok"]
    assert sheet.state["card"]["email"] == "b@example.com"
    assert sheet.state["card"]["details"]["rows"] == []
    add_detail(sheet, ann, "field", "tea")
    (row,) = sheet.state["card"]["details"]["rows"]
    assert not ask(sheet, "make_main", id=row["id"])["ok"]


@pytest.mark.parametrize(
    ("kind", "value", "href"),
    [
        ("url", "javascript:alert(1)", ""),
        ("url", "http://example.com", ""),
        ("url", 'https://example.com/"onclick', ""),
        ("url", "https://example.com/a?b=c", "https://example.com/a?b=c"),
        ("email", "no address", ""),
        ("email", "a@example.com?bcc=b@example.com", "mailto:a@example.com%3Fbcc%3Db@example.com"),
        ("phone", "ask at the desk", ""),
        ("address", "https://example.com", ""),
    ],
)
def test_only_addresses_of_the_usual_kinds_lead_out(kind: str, value: str, href: str) -> None:
    assert link_of(kind, value) == href


def test_an_important_day_needs_no_year_and_what_is_no_day_is_refused(sheet: People) -> None:
    ann = add(sheet, name="Ann")
    assert add_detail(sheet, ann, "date", "1980-04-01", "wedding")["ok"]
    assert add_detail(sheet, ann, "date", "4月1日")["ok"]
    refused = add_detail(sheet, ann, "date", "in spring")
    assert not refused["ok"] and "in spring" in refused["text"]
    assert [row["shown"] for row in card(sheet, ann)["details"]["rows"]] == ["1 Apr 1980", "1 Apr"]
    version = sheet.state["card"]["version"]
    values = {"birthday": "2月29日"}
    assert ask(sheet, "write", table="contact", id=ann, version=version, values=values)["ok"]
    assert sheet.state["card"]["birthday"] == "--02-29"
    assert sheet.state["card"]["details"]["born"] == "29 Feb"


@pytest.mark.parametrize("text", ["", "13/1", "2月30日", "4", "2026-13-01", "May 3rd, 19", "0/0"])
def test_what_is_no_day_is_read_as_none(text: str) -> None:
    assert read_written_day(text) == ""


def test_a_person_has_room_for_many_details_and_the_limit_is_told(sheet: People) -> None:
    ann = add(sheet, name="Ann")
    with sheet.book.batch("add") as batch:
        detail = {"contact_id": ann, "kind": "field", "value": "x"}
        batch.add_many("detail", [detail] * MOST_DETAILS)
    sheet.workbook.refresh()
    refused = add_detail(sheet, ann, "field", "one more")
    assert not refused["ok"] and str(MOST_DETAILS) in refused["text"]


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_a_relation_stands_on_both_cards_in_the_right_direction(
    open_in: Open, language: str
) -> None:
    sheet = People(open_in("04-contacts", language))
    ann, ben = add(sheet, name="Ann"), add(sheet, name="Ben")
    assert ask(sheet, "relate", id=ann, other=ben, kind="manager")["ok"]
    assert ask(sheet, "relate", id=ann, other=ben, words="rival", inverse="fan")["ok"]
    assert ask(sheet, "relate", id=ann, other=ben, words="neighbour")["ok"]
    boss, report = {"ja": ("上司", "部下"), "en": ("manager", "team member")}[language]
    found = card(sheet, ann)["relations"]["rows"]
    assert [(row["name"], row["what"]) for row in found] == [
        ("Ben", boss),
        ("Ben", "rival"),
        ("Ben", "neighbour"),
    ]
    found = card(sheet, ben)["relations"]["rows"]
    assert [row["what"] for row in found[:2]] == [report, "fan"]
    assert "neighbour" in found[2]["what"]
    ask(sheet, "unrelate", id=found[0]["id"])
    assert len(card(sheet, ann)["relations"]["rows"]) == 2
    sheet.book.undo()
    sheet.workbook.refresh()
    assert len(sheet.state["card"]["relations"]["rows"]) == 3


def test_a_relation_needs_two_people_and_a_word_and_is_written_once(sheet: People) -> None:
    ann, ben = add(sheet, name="Ann"), add(sheet, name="Ben")
    for message in (
        {"id": ann, "other": ann, "kind": "friend"},
        {"id": ann, "other": "nobody", "kind": "friend"},
        {"id": ann, "other": ben, "kind": "enemy"},
        {"id": ann, "other": ben, "words": "  "},
    ):
        assert not ask(sheet, "relate", **message)["ok"], message
    for _ in range(2):
        assert ask(sheet, "relate", id=ann, other=ben, kind="friend")["ok"]
    assert ask(sheet, "relate", id=ben, other=ann, kind="friend")["ok"]
    assert len(sheet.book.frame("relation")) == 1


def test_who_came_through_whom_is_a_tree_and_a_circle_ends(sheet: People) -> None:
    first = add(sheet, name="First")
    second = add(sheet, name="Second", through_id=first)
    third = add(sheet, name="Third", through_id=second)
    fourth = add(sheet, name="Fourth", through_id=third)
    add(sheet, name="Cousin", through_id=first)

    def names(branch: dict[str, Any]) -> Any:
        return [branch["name"], *map(names, branch["below"])]

    tree = card(sheet, second)["relations"]["tree"]
    assert names(tree) == ["First", ["Second", ["Third", ["Fourth"]]]]
    sheet.book.update("contact", first, through_id=fourth)
    sheet.workbook.refresh()
    for id in (first, second, third, fourth):
        assert card(sheet, id)["relations"]["tree"]
    alone = add(sheet, name="Alone")
    sheet.book.update("contact", alone, through_id=alone)
    sheet.workbook.refresh()
    assert card(sheet, alone)["relations"]["tree"] is None


def test_work_and_addresses_of_more_than_a_year_ago_are_asked_about_and_one_tap_says_yes(
    sheet: People,
) -> None:
    old, new = days(-400), days(-300)
    ann = add(sheet, name="Ann", organisation="Mihon", checked_on=old)
    assert card(sheet, ann)["details"]["unchecked"]
    assert ask(sheet, "still_true", id=ann)["ok"]
    assert sheet.state["card"]["details"]["unchecked"] == ""
    assert sheet.book.row("contact", ann)["checked_on"] == days(0)
    for values, is_asked in (
        ({"organisation": "Mihon", "acquired_on": old}, True),
        ({"organisation": "Mihon", "acquired_on": old, "checked_on": new}, False),
        ({"organisation": "Mihon"}, False),
        ({"acquired_on": old}, False),
        ({"birthday": "--04-01", "acquired_on": old}, False),
    ):
        id = add(sheet, name="Ben", **values)
        assert bool(card(sheet, id)["details"]["unchecked"]) == is_asked, values


def test_to_write_work_or_an_address_is_to_have_checked_it(sheet: People) -> None:
    ann = add(sheet, name="Ann", organisation="Mihon", checked_on=days(-400))
    version = card(sheet, ann)["version"]
    note = ask(sheet, "write", table="contact", id=ann, version=version, values={"note": "tea"})
    assert sheet.book.row("contact", ann)["checked_on"] == days(-400)
    values = {"organisation": "Rei"}
    ask(sheet, "write", table="contact", id=ann, version=note["version"], values=values)
    assert sheet.book.row("contact", ann)["checked_on"] == days(0)
    sheet.book.update("contact", ann, checked_on=days(-400))
    sheet.workbook.refresh()
    add_detail(sheet, ann, "field", "tea")
    assert sheet.book.row("contact", ann)["checked_on"] == days(-400)
    add_detail(sheet, ann, "address", "1 Example Lane")
    assert sheet.book.row("contact", ann)["checked_on"] == days(0)


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_a_note_on_their_health_gets_a_hint_that_can_be_switched_off(
    open_in: Open, language: str
) -> None:
    sheet = People(open_in("04-contacts", language))
    note = {"ja": "心療内科に通っている", "en": "She is on sick leave"}[language]
    ann = add(sheet, name="Ann", note=note)
    hint = card(sheet, ann)["note_caution"]
    assert {"ja": "体や心の具合", "en": "their health"}[language] in hint["why"]
    assert [piece["id"] for piece in hint["advice"]] == ["B15"]
    assert ask(sheet, "silence", rule="guard_note")["ok"]
    assert sheet.state["card"]["note_caution"] is None
    ben = add(sheet, name="Ben", note={"ja": "病院の受付", "en": "Works in a hospital"}[language])
    assert card(sheet, ben)["note_caution"] is None


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_facts_own_fields_places_and_gatherings_get_the_same_hint(
    open_in: Open, language: str
) -> None:
    touched = {"ja": "心療内科に通っている", "en": "She is on sick leave"}[language]
    sheet = People(open_in("04-contacts", language))
    ann = add(sheet, name="Ann")
    for table, column in (("fact", "words"), ("detail", "value")):
        kind = {"kind": "field"} if table == "detail" else {}
        sheet.book.add(table, contact_id=ann, **{column: touched}, **kind)
        sheet.book.add(table, contact_id=ann, **{column: "A, B"}, **kind)
    sheet.workbook.refresh()
    shown = card(sheet, ann)
    for rows in (shown["facts"], shown["details"]["rows"]):
        assert [bool(row["caution"]) for row in rows] == [True, False]
    assert shown["us_caution"] is None
    sheet.book.update("contact", ann, respect_for=touched)
    sheet.workbook.refresh()
    assert card(sheet, ann)["us_caution"]["rule"] == "guard_note"
    assert ask(sheet, "find_touched", text=touched)["caution"]["rule"] == "guard_note"
    assert ask(sheet, "find_touched", text="A, B")["caution"] is None

    ben = add(sheet, name="Ben")
    for words, inverse in ((touched, ""), ("", touched), ("rival", "fan")):
        assert ask(sheet, "relate", id=ann, other=ben, words=words, inverse=inverse)["ok"]
    for id in (ann, ben):
        rows = card(sheet, id)["relations"]["rows"]
        assert [bool(row["caution"]) for row in rows] == [True, True, False]

    place = sheet.book.add("place", name="A", note=touched)
    sheet.book.add("goal", wish="A")
    (listed,) = Places(open_in("02-goal", language)).state["places"]
    assert (listed["id"], listed["note_caution"]["rule"]) == (place, "guard_note")
    sheet.book.add("event", name="B", on=days(1), place_id=place, note=touched)
    assert Gathering(open_in("05-week", language)).state["note_caution"]["rule"] == "guard_note"


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_who_may_be_one_person_is_told_with_reasons_in_words(open_in: Open, language: str) -> None:
    sheet = People(open_in("04-contacts", language))
    taka = add(sheet, name="髙橋 花子", email="h@example.com")
    twin = add(sheet, name="高橋花子", email="h@example.com", organisation="見本")
    add(sheet, name="高橋 次郎")
    (pair,) = ask(sheet, "alike", id=twin)["pairs"]
    assert (pair["one"]["id"], pair["other"]["id"]) == (twin, taka)
    assert "h@example.com" in pair["why"] and "髙橋 花子" in pair["why"]
    everybody = ask(sheet, "alike")
    assert everybody["total"] == 1 and everybody["pairs"][0]["one"]["id"] == taka
    before = state(sheet.book)
    assert ask(sheet, "set_apart", id=taka, other=twin)["ok"]
    assert ask(sheet, "alike")["pairs"] == ask(sheet, "alike", id=taka)["pairs"] == []
    ask(sheet, "set_apart", id=twin, other=taka)
    assert len(sheet.book.frame("distinct_pair")) == 1
    sheet.book.undo()
    assert state(sheet.book) == before
    assert not ask(sheet, "set_apart", id=taka, other=taka)["ok"]


def test_who_is_called_somebody_else_at_entry_is_never_asked_about_again(open_in: Open) -> None:
    workbook = open_in("04-contacts", "en")
    adding, people = Add(workbook), People(workbook)
    first = adding.book.add("contact", name="Ann Example")
    workbook.refresh()
    assert ask(adding, "keep", name="Ann Example")["namesakes"]
    assert ask(adding, "keep", name="Ann Example", is_other=True)["ok"]
    assert ask(people, "alike")["pairs"] == []
    assert ask(adding, "meet", name="Ann Example")["namesakes"]
    third = ask(adding, "meet", name="Ann Example", is_other=True)["id"]
    assert len(adding.book.frame("distinct_pair")) == 3
    assert ask(people, "alike")["pairs"] == []
    adding.book.undo()
    assert third not in adding.book.frame("contact").index
    assert len(adding.book.frame("distinct_pair")) == 1
    assert first in adding.book.frame("contact").index
