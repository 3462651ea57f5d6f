"""What the page needs to hide names while a screen is shared, and the command for it."""

from __future__ import annotations

from enishi.i18n.initials import fold_name
from sheets import Open, ask
from widgets.contacts.add import Add
from widgets.frame.header import Header

pytest_plugins = ["sheet_fixtures"]


def test_every_form_of_every_name_is_told_once_until_one_is_new(open_in: Open) -> None:
    head = Header(open_in("04-contacts"))
    head.book.add("contact", name="架空 花子", family_kana="かくう", given_kana="はなこ")
    head.book.add("contact", name="Mara Lind", alias="Marli", romaji="")
    head.workbook.refresh()
    answer = ask(head, "name_forms")
    for name in ("架空 花子", "花子", "かくう", "Mara", "Marli", "LIND"):
        assert fold_name(name) in answer["forms"], name
    again = ask(head, "name_forms", known=answer["key"])
    assert again["key"] == answer["key"] and "forms" not in again
    head.book.add("contact", name="例示 次郎")
    head.workbook.refresh()
    renewed = ask(head, "name_forms", known=answer["key"])
    assert renewed["key"] != answer["key"] and "次郎" in renewed["forms"]


def test_who_was_asked_or_heard_from_without_being_in_the_book_is_told_if_it_is_a_name(
    open_in: Open,
) -> None:
    head = Header(open_in("03-strengths"))
    head.book.add("voice", who="Isolde Marchbanks")
    head.book.add("voice", who="my boss")
    head.book.add("way", words="teach", heard_from="The Daily Example")
    head.book.add("way", words="learn", heard_from="Ottoline Dorrance")
    head.workbook.refresh()
    forms = set(ask(head, "name_forms")["forms"])
    assert {"isolde", "marchbanks", "ottoline dorrance"} <= forms
    assert forms & {"my", "boss", "my boss", "daily", "the daily example", "ottoline"} == set()


def test_the_names_that_a_preview_shows_are_told_with_it(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts", "en"))
    text = "Name,Company,E-mail\nThaddeus Ashcombe,Example,t@example.com\n"
    assert ask(sheet, "read", [text.encode()], name="list.csv")["ok"]
    assert {"thaddeus", "ashcombe", "thaddeus ashcombe"} <= set(sheet.state["file"]["name_forms"])
    assert "example" not in sheet.state["file"]["name_forms"]


def test_names_are_not_told_to_a_page_that_others_look_at(open_in: Open) -> None:
    head = Header(open_in("05-week"))
    head.workbook.name = "12-projector"
    assert not ask(head, "name_forms")["ok"]


def test_the_command_is_found_in_both_languages(open_in: Open) -> None:
    head = Header(open_in("05-week", "ja"))
    for text in ("頭文字", "initials"):
        rows = [row for group in ask(head, "seek", text=text)["groups"] for row in group["rows"]]
        assert [row["event"] for row in rows if row["id"] == "mask"] == ["enishi:mask"], text
