"""The list of people: narrowed, saved, selected, labelled, and what the book holds then."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

import widgets
from enishi.choices import COLOURS
from sheets import Open, ask
from widgets import People
from widgets.base import file_parts

pytest_plugins = ["sheet_fixtures"]
CSS = Path(widgets.__file__).parent / "contacts" / "circle_labels.css"


@pytest.fixture
def people(open_in: Open) -> tuple[People, dict[str, str]]:
    """A sheet on a book of four people, and their ids."""
    sheet = People(open_in("04-contacts", "en"))
    rows: dict[str, dict[str, Any]] = {
        "Ann": {"circles": ["Choir"], "note": "Has a boat. Sings alto."},
        "Bob": {"circles": ["Choir", "Book club"], "organisation": "Example Ltd"},
        "Cid": {"phone": "+81 90-1234-5678"},
        "Dee": {"circles": ["book club"]},
    }
    with sheet.book.batch("add") as batch:
        ids = {name: batch.add("contact", name=name, **row) for name, row in rows.items()}
    sheet.workbook.refresh()
    return sheet, ids


def names(sheet: People) -> list[str]:
    return [person["name"] for person in sheet.state["people"]]


def circles(sheet: People) -> dict[str, list[str]]:
    return {row["name"]: row["circles"] for row in sheet.workbook.rows("contact")}


def circle(name: str, is_not: bool = False) -> dict[str, Any]:
    return {"kind": "circle", "value": name, "is_not": is_not}


def test_a_line_tells_which_field_matched_unless_it_is_the_name(
    people: tuple[People, dict[str, str]],
) -> None:
    sheet, _ = people
    ask(sheet, "show", text="alto")
    assert [(each["name"], each["why"]) for each in sheet.state["people"]] == [
        ("Ann", "Notes: Sings alto.")
    ]
    ask(sheet, "show", text="09012345678")
    assert [each["why"] for each in sheet.state["people"]] == ["Phone: +81 90-1234-5678"]
    ask(sheet, "show", text="bob")
    assert [each["why"] for each in sheet.state["people"]] == [""]


def test_an_address_of_the_details_is_found_and_told(people: tuple[People, dict[str, str]]) -> None:
    sheet, ids = people
    sheet.book.add("detail", contact_id=ids["Dee"], kind="address", value="三崎町2-1")
    ask(sheet, "show", text="三﨑町")
    assert [each["why"] for each in sheet.state["people"]] == ["Address: 三崎町2-1"]


def test_conditions_narrow_the_list_together_or_one_by_one(
    people: tuple[People, dict[str, str]],
) -> None:
    sheet, _ = people
    assert "1" in ask(sheet, "narrow", conditions=[circle("Choir"), circle("Book club")])["text"]
    assert names(sheet) == ["Bob"]
    ask(sheet, "narrow", conditions=[circle("Choir"), circle("Book club")], is_any=True)
    assert names(sheet) == ["Ann", "Bob", "Dee"]
    ask(sheet, "narrow", conditions=[circle("Choir"), circle("Book club", is_not=True)])
    assert names(sheet) == ["Ann"]
    assert [each["text"] for each in sheet.state["filter"]["conditions"]] == [
        "circle “Choir”",
        "not: circle “Book club”",
    ]
    ask(sheet, "narrow", conditions=[])
    assert len(names(sheet)) == 4


def test_a_condition_that_does_not_exist_is_refused(people: tuple[People, dict[str, str]]) -> None:
    sheet, _ = people
    assert not ask(sheet, "narrow", conditions=[{"kind": "score"}])["ok"]
    assert not ask(sheet, "narrow", conditions=[circle("Choir")] * 21)["ok"]
    assert len(names(sheet)) == 4


def test_a_filter_is_saved_used_renamed_removed_and_brought_back(
    people: tuple[People, dict[str, str]],
) -> None:
    sheet, _ = people
    ask(sheet, "narrow", conditions=[circle("Choir")])
    assert "Singers" in ask(sheet, "save_filter", name="Singers")["text"]
    (saved,) = sheet.state["saved"]
    assert (saved["name"], sheet.state["filter_id"]) == ("Singers", saved["id"])
    ask(sheet, "narrow", conditions=[])
    assert (len(names(sheet)), sheet.state["filter_id"]) == (4, "")

    ask(sheet, "use_filter", id=saved["id"])
    assert names(sheet) == ["Ann", "Bob"]
    new = {"name": "Voices"}
    assert ask(sheet, "write", table="saved_filter", id=saved["id"], version=1, values=new)["ok"]
    forged = {"conditions": "[]"}
    assert not ask(sheet, "write", table="saved_filter", id=saved["id"], version=2, values=forged)[
        "ok"
    ]
    ask(sheet, "delete_filter", id=saved["id"])
    assert sheet.state["saved"] == []
    sheet.book.undo()
    sheet.workbook.refresh()
    assert [row["name"] for row in sheet.state["saved"]] == ["Voices"]
    assert not ask(sheet, "save_filter", name="  ")["ok"]


def test_conditions_of_another_version_are_told_and_change_nothing(
    people: tuple[People, dict[str, str]],
) -> None:
    sheet, _ = people
    id = sheet.book.add("saved_filter", name="?", conditions='{"conditions": 7}')
    answer = ask(sheet, "use_filter", id=id)
    assert answer["ok"] and answer["text"] == sheet.words["filter_unreadable"]
    assert len(names(sheet)) == 4


def test_a_circle_is_written_with_all_who_are_selected_and_one_undo_takes_it_back(
    people: tuple[People, dict[str, str]],
) -> None:
    sheet, ids = people
    before = circles(sheet)
    ask(sheet, "mark", ids=[ids["Ann"], ids["Cid"]], on=True)
    assert sheet.state["selected"] == 2
    assert "2 people" in ask(sheet, "label_selected", circle="ｂｏｏｋ　ＣＬＵＢ")["text"]
    assert circles(sheet)["Ann"] == ["Choir", "Book club"]
    assert circles(sheet)["Cid"] == ["Book club"]
    sheet.book.undo()
    sheet.workbook.refresh()
    assert circles(sheet) == before

    ask(sheet, "mark_all")
    assert "2 people" in ask(sheet, "label_selected", circle="Choir", remove=True)["text"]
    assert circles(sheet)["Ann"] == []


def test_all_in_the_list_are_selected_also_those_on_other_pages(open_in: Open) -> None:
    sheet = People(open_in("04-contacts", "en"))
    with sheet.book.batch("add") as batch:
        batch.add_many("contact", [{"name": f"Ann {n}"} for n in range(120)])
        batch.add("contact", name="Bob")
    ask(sheet, "show", text="ann")
    ask(sheet, "mark_all")
    assert sheet.state["selected"] == 120 and len(sheet.state["people"]) == 50
    assert all(each["selected"] for each in sheet.state["people"])
    ask(sheet, "mark", ids=[sheet.state["people"][0]["id"]], on=False)
    assert "119" in ask(sheet, "archive_selected")["text"]
    assert sheet.state["everyone"] == 2 and sheet.state["selected"] == 0
    sheet.book.undo()
    sheet.workbook.refresh()
    assert sheet.state["everyone"] == 121


def test_only_as_many_come_into_focus_as_there_is_room_for(open_in: Open) -> None:
    sheet = People(open_in("04-contacts", "en"))
    with sheet.book.batch("add") as batch:
        ids = batch.add_many("contact", [{"name": f"Ann {n}"} for n in range(6)])
    ask(sheet, "mark", ids=ids, on=True)
    assert "5" in ask(sheet, "focus_selected")["text"]
    assert not sheet.book.frame("contact")["focus"].any()
    ask(sheet, "mark", ids=ids[:1], on=False)
    ask(sheet, "focus_selected")
    assert sheet.book.frame("contact")["focus"].sum() == 5
    sheet.book.undo()
    assert not sheet.book.frame("contact")["focus"].any()


def test_those_in_the_trash_are_listed_and_put_back(people: tuple[People, dict[str, str]]) -> None:
    sheet, ids = people
    ask(sheet, "mark", ids=[ids["Ann"], ids["Bob"]], on=True)
    ask(sheet, "archive_selected")
    ask(sheet, "narrow", conditions=[{"kind": "archived"}])
    assert [(each["name"], each["archived"]) for each in sheet.state["people"]] == [
        ("Ann", True),
        ("Bob", True),
    ]
    ask(sheet, "mark_all")
    assert "2" in ask(sheet, "restore_selected")["text"]
    assert sheet.state["everyone"] == 4 and names(sheet) == []


def test_those_selected_are_handed_out_as_a_file(people: tuple[People, dict[str, str]]) -> None:
    sheet, ids = people
    sheet.book.update("contact", ids["Cid"], name="𠮷野 Cid")
    ask(sheet, "mark", ids=[ids["Ann"], ids["Cid"]], on=True)
    answer = ask(sheet, "export_selected", format="csv")
    text = b64decode(answer["copy"]).decode("utf-8-sig")
    assert answer["last"] and answer["file"].endswith(".csv")
    assert "Ann" in text and "𠮷野" in text and "Bob" not in text
    answer = ask(sheet, "export_selected", format="csv_cp932")
    assert [(each["name"], each["characters"]) for each in answer["missing"]] == [
        ("𠮷野 Cid", "𠮷")
    ]
    hidden = ask(sheet, "export_selected", format="vcard3", initials=True)
    assert "Ann" not in b64decode(hidden["copy"]).decode()


def test_a_large_file_comes_in_parts(
    people: tuple[People, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, _ = people
    monkeypatch.setattr(file_parts, "PART_BYTES", 300)
    ask(sheet, "mark_all")
    parts = [ask(sheet, "export_selected", format="vcard3", part=at) for at in range(3)]
    assert [part["last"] for part in parts[:-1]] == [False, False]
    whole = b"".join(b64decode(part["copy"]) for part in parts)
    assert whole.count(b"BEGIN:VCARD") >= 2


def test_several_are_erased_with_every_trace(people: tuple[People, dict[str, str]]) -> None:
    sheet, ids = people
    sheet.book.add("promise", contact_id=ids["Ann"], words="lend the boat")
    ask(sheet, "mark", ids=[ids["Ann"], ids["Bob"]], on=True)
    ask(sheet, "erase_selected")
    assert sheet.state["forgotten"]["name"] == "Ann, Bob"
    assert [row["name"] for row in sheet.workbook.rows("contact")] == ["Cid", "Dee"]
    assert sheet.workbook.rows("promise") == []
    journal = sheet.book.engine.connect().exec_driver_sql("select rows from change").fetchall()
    assert "boat" not in str(journal)


def test_a_circle_is_renamed_everywhere_and_two_become_one_in_one_step(
    people: tuple[People, dict[str, str]],
) -> None:
    sheet, ids = people
    sheet.book.delete("contact", ids["Dee"])
    goal = sheet.book.add("goal", wish="sing", curious="Choir")
    ask(sheet, "colour_label", name="Choir", colour="teal")
    ask(sheet, "narrow", conditions=[circle("Choir")])
    ask(sheet, "save_filter", name="Singers")

    assert ask(sheet, "rename_label", name="Choir", to="Voices")["text"].startswith("“Choir” is")
    assert circles(sheet)["Bob"] == ["Voices", "Book club"]
    assert sheet.book.row("goal", goal)["curious"] == "Voices"
    assert names(sheet) == ["Ann", "Bob"]
    assert {each["name"]: each["colour"] for each in sheet.state["labels"]}["Voices"] == "teal"
    ask(sheet, "use_filter", id=sheet.state["saved"][0]["id"])
    assert names(sheet) == ["Ann", "Bob"]

    said = ask(sheet, "rename_label", name="book club", to="Voices")["text"]
    assert "one circle" in said and circles(sheet)["Dee"] == ["Voices"]
    ask(sheet, "rename_label", name="Book club", to="Voices")
    assert circles(sheet)["Bob"] == ["Voices"]
    sheet.book.undo()
    sheet.workbook.refresh()
    assert circles(sheet)["Bob"] == ["Voices", "Book club"]


def test_a_colour_can_be_taken_off_and_only_a_known_one_is_stored(
    people: tuple[People, dict[str, str]],
) -> None:
    sheet, _ = people
    ask(sheet, "colour_label", name="Choir", colour="blue")
    assert sheet.state["people"][0]["circles"] == [{"name": "Choir", "colour": "blue"}]
    assert not ask(sheet, "colour_label", name="Choir", colour="#123456")["ok"]
    ask(sheet, "colour_label", name="Choir", colour="")
    assert sheet.workbook.rows("circle_colour") == []


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("place", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("colour", COLOURS)
def test_each_colour_of_a_circle_stands_out_in_light_and_dark(colour: str, place: int) -> None:
    found = re.findall(rf"--circle-{colour}: (#\w{{6}})", CSS.read_text(encoding="utf-8"))
    light, *dark = found
    assert len(dark) == 2 and len({*dark}) == 1  # chosen by the system, or on the page
    sheet = luminance(("#fffefb", "#232120")[place])
    bright, dim = sorted((sheet, luminance((light, dark[0])[place])), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5
