from __future__ import annotations

import pytest

from enishi.coach.people.search import search_people
from frames import frame
from sheets import Open, ask
from widgets.base.sheet import Part, Sheet, command
from widgets.parts.person_picker import PERSON_PICKER, contact_names

pytest_plugins = ["sheet_fixtures"]

PEOPLE = frame(
    "contact",
    {"id": "a", "name": "髙橋 花子", "family_kana": "たかはし", "given_kana": "はなこ"},
    {"id": "b", "name": "架空 太郎", "family_kana": "カクウ", "organisation": "株式会社見本"},
    {"id": "c", "name": "Hanako Kakuu", "called": "はなちゃん", "circles": ["勉強会（例）"]},
)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("高橋", ("a",)),
        ("ﾊﾅ", ("a", "c")),
        ("ハナコ", ("a",)),
        ("たかはしはなこ", ("a",)),
        ("かくう", ("b",)),
        ("㈱見本", ("b",)),
        ("勉強会", ("c",)),
        ("ｈａｎａｋｏ", ("a", "c")),
        ("takahasi", ("a",)),
        ("Hanako Takahashi", ("a",)),
        ("kaku 太郎", ("b",)),
        ("kakoo", ()),
        ("見本 太郎", ("b",)),
        ("見本 花子", ()),
        ("", ()),
        ("　", ()),
        ("<b>", ()),
    ],
)
def test_people_are_found_however_their_name_is_typed(typed: str, ids: tuple[str, ...]) -> None:
    assert search_people(PEOPLE, typed).ids == ids


def test_who_begins_with_what_was_typed_comes_first() -> None:
    people = frame("contact", {"id": "a", "name": "大山 本子"}, {"id": "b", "name": "本山 見本"})
    assert search_people(people, "本").ids == ("b", "a")


def test_nobody_is_found_in_an_empty_book() -> None:
    assert search_people(frame("contact"), "架空").total == 0


def test_all_are_counted_and_only_some_are_shown() -> None:
    people = frame("contact", *({"id": f"{n:02}", "name": f"見本 {n}"} for n in range(30)))
    found = search_people(people, "見本")
    assert (len(found.ids), found.total) == (20, 30)


def test_one_is_found_among_ten_thousand() -> None:
    rows = (
        {"id": f"{n:05}", "name": f"架空 見本{n}", "given_kana": "ミホン"} for n in range(10_000)
    )
    people = frame("contact", *rows)
    assert search_people(people, "かくう 9999").total == 0
    assert search_people(people, "架空 みほん 9999").total == 1


class Naming(Sheet):
    """A sheet that does nothing but name people."""

    name = "capture"
    parts = (PERSON_PICKER,)


def test_a_sheet_finds_people_and_meets_new_ones(open_in: Open) -> None:
    sheet = Naming(open_in("02-goal"))
    assert ask(sheet, "find", text="架空")["found"] == []
    met = ask(sheet, "meet", name=" 架空  花子 ")
    assert met["ok"] and met["name"] == "架空 花子"
    (found,) = ask(sheet, "find", text="花子")["found"]
    assert found == {"id": met["id"], "name": "架空 花子", "note": ""}
    assert contact_names(sheet.workbook, ["", met["id"], "nobody"]) == {met["id"]: "架空 花子"}


def test_who_is_in_the_trash_is_not_found(open_in: Open) -> None:
    sheet = Naming(open_in("02-goal"))
    met = ask(sheet, "meet", name="架空 花子")
    sheet.book.delete("contact", met["id"])
    assert ask(sheet, "find", text="花子")["found"] == []


def test_a_name_is_needed_to_meet_somebody(open_in: Open) -> None:
    sheet = Naming(open_in("02-goal"))
    assert not ask(sheet, "meet", name="")["ok"]
    assert sheet.workbook.rows("contact") == []


def test_two_commands_of_one_name_are_refused() -> None:
    with pytest.raises(TypeError, match="Twice has two commands named 'meet'"):

        class Twice(Sheet):
            parts = (PERSON_PICKER,)

            @command
            def meet(self) -> None:
                """Meet."""

    with pytest.raises(TypeError, match="Again has two commands named 'find'"):

        class Again(Sheet):
            parts = (PERSON_PICKER, Part(__file__, {"find": len}))


def test_a_part_cannot_replace_a_command_of_every_sheet() -> None:
    with pytest.raises(TypeError, match="Other has two commands named 'write'"):

        class Other(Sheet):
            parts = (Part(__file__, {"write": Sheet.write}),)


def test_a_name_in_the_book_is_asked_about_before_somebody_is_met(open_in: Open) -> None:
    sheet = Naming(open_in("02-goal", "en"))
    known = ask(sheet, "meet", name="髙橋 花子")["id"]
    asked = ask(sheet, "meet", name="高橋花子")

    assert [each["id"] for each in asked["namesakes"]] == [known] and "id" not in asked
    assert len(sheet.workbook.rows("contact")) == 1
    assert ask(sheet, "meet", name="高橋花子", is_other=True)["id"] != known
    assert len(sheet.workbook.rows("contact")) == 2
