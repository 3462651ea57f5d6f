from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from enishi.book.import_history import imports
from enishi.exchange.import_preview import ACTIONS
from enishi.exchange.room_part import VERSION, Acquaintance, PartLine, RoomPart, write_part
from languages import FIRST_ENGLISH
from sheets import Open, ask
from widgets import Add
from widgets.contacts import file_import

pytest_plugins = ["sheet_fixtures"]

FILES = Path(__file__).parents[1] / "files"


def read(sheet: Add, name: str) -> dict[str, Any]:
    return ask(sheet, "read", [memoryview((FILES / name).read_bytes())], name=name)


def linkedin(count: int) -> bytes:
    """A Connections.csv of invented people."""
    lines = ["First Name,Last Name,URL,Email Address,Company,Position,Connected On"]
    lines += [
        f"見本{n},架空,https://www.linkedin.com/in/kakuu-{n},,株式会社見本,主任,12 Mar 2024"
        for n in range(count)
    ]
    return "\n".join(lines).encode()


def people(sheet: Add) -> list[str]:
    return [row["name"] for row in sheet.workbook.rows("contact")]


def test_a_file_is_shown_before_anything_is_written(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    assert read(sheet, "linkedin.csv")["ok"]
    file = sheet.state["file"]
    actions = [file["counts"][action] for action in ACTIONS]
    assert file["kind"] == "linkedin" and file["rows"] == sum(actions)
    assert file["entries"] and file["writing"]
    assert people(sheet) == []


def test_what_people_are_to_each_other_is_shown_and_comes_along(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    cards = (FILES / "vcard" / "v40.vcf").read_bytes()
    assert ask(sheet, "read", [memoryview(cards)], name="v40.vcf")["ok"]
    told = [text for entry in sheet.state["file"]["entries"] for text in entry["told"]]
    assert "間柄：林 麗さんは、この方の友人" in told
    assert ask(sheet, "bring")["ok"]
    (relation,) = sheet.workbook.rows("relation")
    names = {row["id"]: row["name"] for row in sheet.workbook.rows("contact")}
    assert (names[relation["a_id"]], relation["kind"], names[relation["b_id"]]) == (
        *("林 麗", "friend"),
        "架空 花子",
    )
    assert ask(sheet, "read", [memoryview(cards)], name="v40.vcf")["ok"]
    assert sheet.state["file"]["counts"]["fill"] == 0
    assert ask(sheet, "put_away")["ok"]
    sheet.book.delete("relation", relation["id"])
    sheet.workbook.refresh()
    assert ask(sheet, "read", [memoryview(cards)], name="v40.vcf")["ok"]
    (entry,) = [each for each in sheet.state["file"]["entries"] if each["action"] == "fill"]
    assert entry["takes"] and sheet.state["file"]["writing"] == 1
    assert ask(sheet, "bring")["ok"] and len(sheet.workbook.rows("relation")) == 1


@pytest.mark.parametrize("name", sorted(file.name for file in FILES.glob("*.csv")))
def test_every_file_that_can_be_read_is_imported_as_one_change_and_taken_back(
    open_in: Open, name: str
) -> None:
    sheet = Add(open_in("04-contacts"))
    assert read(sheet, name)["ok"]
    writing = sheet.state["file"]["writing"]
    assert ask(sheet, "bring")["ok"]
    assert len(people(sheet)) == writing
    (call,) = imports(sheet.book)
    assert sheet.state["earlier"][0]["batch"] == call.batch
    assert ask(sheet, "undo_import", batch=call.batch)["ok"]
    assert people(sheet) == [] and sheet.state["earlier"] == []


def test_the_same_file_adds_nothing_a_second_time(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    for _ in range(2):
        read(sheet, "linkedin.csv")
        ask(sheet, "bring")
    before = people(sheet)
    read(sheet, "linkedin.csv")
    assert sheet.state["file"]["writing"] == 0
    ask(sheet, "bring")
    assert people(sheet) == before and len(sheet.state["earlier"]) == 1


def test_an_import_says_how_many_people_it_wrote_and_no_half_of_nought(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    read(sheet, "linkedin.csv")
    added = sheet.state["file"]["writing"]
    assert ask(sheet, "bring")["text"] == f"{added}人を加えました。"


def test_an_import_is_taken_back_long_after_and_nothing_else_is(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    sheet.book.add("contact", name="前からの人")
    read(sheet, "google.csv")
    ask(sheet, "bring")
    kept = sheet.workbook.rows("contact")[1]
    sheet.book.update("contact", kept["id"], note="会って話した")
    sheet.book.add("contact", name="あとからの人")
    answer = ask(sheet, "undo_import", batch=sheet.state["earlier"][0]["batch"])
    assert answer["ok"]
    assert people(sheet) == ["前からの人", kept["name"], "あとからの人"]
    assert sheet.book.row("contact", kept["id"])["note"] == "会って話した"


def test_an_import_taken_back_twice_says_so(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts", "en"))
    read(sheet, "google.csv")
    ask(sheet, "bring")
    (call,) = imports(sheet.book)
    ask(sheet, "undo_import", batch=call.batch)
    assert "already" in ask(sheet, "undo_import", batch=call.batch)["text"]


def test_an_import_that_was_redone_is_listed_again(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    read(sheet, "google.csv")
    ask(sheet, "bring")
    sheet.book.undo()
    assert imports(sheet.book) == []
    sheet.book.redo()
    assert len(imports(sheet.book)) == 1


def test_a_line_that_was_left_out_is_not_imported(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    ask(sheet, "read", [linkedin(3)], name="Connections.csv")
    line = sheet.state["file"]["entries"][1]["line"]
    ask(sheet, "leave_out", lines=[line], out=True)
    assert sheet.state["file"]["entries"][1]["out"] and sheet.state["file"]["writing"] == 2
    ask(sheet, "bring")
    assert people(sheet) == ["架空 見本0", "架空 見本2"]


def test_all_lines_of_one_kind_are_left_out_and_taken_in_again(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    ask(sheet, "read", [linkedin(120)], name="Connections.csv")
    ask(sheet, "leave_out_all", action="add", out=True)
    assert sheet.state["file"]["writing"] == 0
    ask(sheet, "leave_out_all", action="add", out=False)
    assert sheet.state["file"]["writing"] == 120


def test_only_fifty_lines_are_sent_at_a_time(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    ask(sheet, "read", [linkedin(120)], name="Connections.csv")
    assert len(sheet.state["file"]["entries"]) == 50
    ask(sheet, "turn", action="add", start=100)
    assert len(sheet.state["file"]["entries"]) == 20
    ask(sheet, "turn", action="same")
    assert sheet.state["file"]["total"] == 0


def test_names_that_are_the_wrong_way_round_are_swapped(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    ask(sheet, "read", [linkedin(1)], name="Connections.csv")
    assert sheet.state["file"]["entries"][0]["name"] == "架空 見本0"
    ask(sheet, "swap", on=True)
    assert sheet.state["file"]["entries"][0]["name"] == "見本0 架空"


def test_what_the_book_has_stays_and_what_is_empty_is_filled(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts", "en"))
    id = sheet.book.add(
        "contact", name="架空 見本0", organisation="株式会社見本", title="部長（例）"
    )
    ask(sheet, "read", [linkedin(1)], name="Connections.csv")
    (entry,) = sheet.state["file"]["entries"]
    assert entry["action"] == "fill"
    assert any("部長（例）" in each["text"] for each in entry["differences"])
    ask(sheet, "bring")
    row = sheet.book.row("contact", id)
    assert row["title"] == "部長（例）" and "kakuu-0" in row["url"]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"Dear reader,\nthis is a letter.\n", "Dear reader"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.csv", b"", "empty"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "Connections.csv"),
    ],
)
def test_a_wrong_file_says_what_was_found_and_leaves_the_choice(
    open_in: Open, name: str, data: bytes, told: str
) -> None:
    sheet = Add(open_in("04-contacts", "en"))
    answer = ask(sheet, "read", [data], name=name)
    assert not answer["ok"] and told in answer["text"]
    assert sheet.state["file"] is None and sheet.progress == {}


def test_a_wrong_file_after_a_right_one_puts_the_first_away(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    read(sheet, "google.csv")
    assert not ask(sheet, "read", [b"a letter\n"], name="a.txt")["ok"]
    assert sheet.state["file"] is None
    ask(sheet, "bring")
    assert people(sheet) == []


def test_progress_is_told_while_it_goes_on_and_not_afterwards(
    open_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_import, "_PROGRESS_SECONDS", 0.0)
    sheet = Add(open_in("04-contacts"))
    told: list[dict[str, Any]] = []
    sheet.observe(lambda change: told.append(change["new"]), "progress")
    ask(sheet, "read", [linkedin(1000)], name="Connections.csv")
    ask(sheet, "bring")
    done = [at["done"] for at in told if at.get("doing") == "bringing"]
    assert done[0] == 0 and done[-1] == 1000 and len(done) >= 5
    assert done == sorted(done)
    assert sheet.progress == {}


def test_progress_is_not_told_again_at_once(open_in: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_import, "_PROGRESS_SECONDS", 60.0)
    sheet = Add(open_in("04-contacts"))
    told: list[dict[str, Any]] = []
    sheet.observe(lambda change: told.append(change["new"]), "progress")
    ask(sheet, "read", [linkedin(1000)], name="Connections.csv")
    assert [at.get("doing") for at in told] == ["reading_file", None]


def test_an_import_that_fails_halfway_writes_nothing(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    ask(sheet, "read", [linkedin(3)], name="Connections.csv")
    gone = sheet.book.add("contact", name="架空 見本1", organisation="株式会社見本")
    sheet._preview_file()
    sheet.book.erase(gone)  # by another window, after the preview
    assert not ask(sheet, "bring")["ok"]
    assert people(sheet) == [] and sheet.progress == {}


def test_the_lines_of_a_file_are_told_in_english_as_well(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts", "en"))
    for name in ("linkedin.csv", "google.csv", "google-old.csv"):
        read(sheet, name)
        assert not any("行" in text for e in sheet.state["file"]["entries"] for text in e["told"])


def take_home(sheet: Add, part: RoomPart) -> dict[str, Any]:
    """Choose the file of somebody's part of a room."""
    data = write_part(part, "part.json").encode()
    return ask(sheet, "read", [memoryview(data)], name="part.json")


def a_part(**people: str) -> RoomPart:
    """What somebody takes home from people, by the name of each how to reach them."""
    met = [Acquaintance(f"seat-{name}", name, reach) for name, reach in people.items()]
    lines = [
        PartLine(f"promise-{each.name}", "promised_me", "A camera", each.id, date(2030, 5, 4))
        for each in met
    ]
    lines.append(PartLine("offer", "given", "I can listen", met[0].id))
    return RoomPart(VERSION, "", "Our evening", date(2030, 5, 1), met, lines)


def contents(sheet: Add) -> dict[str, list[dict[str, Any]]]:
    return {name: sheet.workbook.rows(name) for name in ("contact", "promise", "give", "step")}


def whose(sheet: Add) -> dict[str, str]:
    """Return whose each promise is."""
    return {row["id"]: row["contact_id"] for row in sheet.workbook.rows("promise")}


def test_what_was_taken_home_from_a_room_is_previewed_and_comes_in_once_as_one_change(
    open_in: Open,
) -> None:
    sheet = Add(open_in("04-contacts"))
    empty, part = contents(sheet), a_part(Mio="mio@example.com", Ken="")
    assert take_home(sheet, part)["ok"]
    file = sheet.state["file"]
    assert (file["kind"], file["rows"], file["writing"]) == ("room", 5, 5)
    assert file["counts"]["add"] == 5 and contents(sheet) == empty
    assert any("A camera" in text for entry in file["entries"] for text in entry["told"])

    assert ask(sheet, "bring")["ok"]
    once = contents(sheet)
    mio = once["contact"][0]
    assert (mio["name"], mio["email"], mio["known_as"]) == ("Mio", "mio@example.com", "just_met")
    assert "Our evening" in mio["how_met"] and mio["met_on"] == "2030-05-01"
    assert whose(sheet) == {f"promise-{row['name']}": row["id"] for row in once["contact"]}
    assert once["give"][0]["contact_id"] == mio["id"]

    take_home(sheet, part)
    file = sheet.state["file"]
    assert file["writing"] == 0 and file["counts"]["same"] == 5
    assert all(entry["told"] for entry in file["entries"]), "each says why"
    ask(sheet, "bring")
    assert contents(sheet) == once and len(sheet.state["earlier"]) == 1

    assert ask(sheet, "undo_import", batch=sheet.state["earlier"][0]["batch"])["ok"]
    assert contents(sheet) == empty


def test_somebody_met_in_a_room_who_is_in_the_book_stays_one_person(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    mio = sheet.book.add("contact", name="Mio Mihon", email="mio@example.com", met_on="2020-01-01")
    ken = sheet.book.add("contact", name="Ken")
    take_home(sheet, a_part(Mio="mio@example.com", Ken=""))
    actions = [entry["action"] for entry in sheet.state["file"]["entries"]]
    assert actions == ["same", "perhaps", "add", "add", "add"]
    ask(sheet, "leave_out", lines=[2], out=True)
    assert ask(sheet, "bring")["ok"]

    rows = contents(sheet)
    assert [row["id"] for row in rows["contact"]] == [mio, ken]
    assert whose(sheet) == {"promise-Mio": mio, "promise-Ken": ken}
    assert (rows["contact"][0]["met_on"], rows["contact"][0]["how_met"]) == ("2020-01-01", "")


def test_who_is_new_and_left_out_takes_what_one_has_with_them_along(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    take_home(sheet, a_part(Mio="", Ken=""))
    ask(sheet, "leave_out", lines=[1], out=True)
    assert sheet.state["file"]["writing"] == 2
    ask(sheet, "bring")

    rows = contents(sheet)
    assert [row["name"] for row in rows["contact"]] == ["Ken"]
    assert len(rows["promise"]) == 1 and rows["give"] == []


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{"enishi_room_part": 1, "people": [', "傷んでいます"),
        (b'{"enishi_room_part": 2}', "新しいEnishi"),
        (b'{"somebody": "else"}', "JSON 形式"),
        (b'{"enishi_room_part": 1}' + b" " * 256 * 1024, "256 KB を超えています"),
    ],
)
def test_a_file_that_is_no_part_of_a_room_gets_a_sentence_and_changes_nothing(
    open_in: Open, data: bytes, sentence: str
) -> None:
    sheet = Add(open_in("04-contacts"))
    revision = sheet.book.revision()
    answer = ask(sheet, "read", [memoryview(data)], name="part.json")

    assert not answer["ok"] and sentence in answer["text"]
    assert sheet.state["file"] is None and sheet.book.revision() == revision


GOOGLE = "First Name,Last Name,E-mail 1 - Value,Phone 1 - Value,Phone 2 - Value,Notes,Labels\n"


def choose(sheet: Add, text: str, name: str = "a.csv", encoding: str = "utf-8") -> dict[str, Any]:
    """Choose a file with this text."""
    return ask(sheet, "read", [memoryview(text.encode(encoding))], name=name)


def entries(sheet: Add) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sheet.state["file"]["entries"]
    return found


def test_what_has_no_column_is_shown_kept_with_the_person_and_taken_back(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    text = f"{GOOGLE}花子,架空,h@example.com,090-0000-0000,03-0000-0000,,\n"
    choose(sheet, text)
    assert any("03-0000-0000" in told for told in entries(sheet)[0]["told"])
    ask(sheet, "bring")
    (person,) = sheet.workbook.rows("contact")
    (kept,) = sheet.workbook.rows("detail")
    assert (kept["contact_id"], kept["kind"]) == (person["id"], "phone")

    choose(sheet, text)
    assert sheet.state["file"]["writing"] == 0

    ask(sheet, "undo_import", batch=sheet.state["earlier"][0]["batch"])
    assert sheet.workbook.rows("detail") == sheet.workbook.rows("contact") == []


def ask_who(open_in: Open) -> tuple[Add, str, int]:
    """A sheet, somebody in the book, and the line of a file that may be the same person."""
    sheet = Add(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子", organisation="見本書店")
    choose(sheet, f"{GOOGLE}花子,架空,h@example.com,,,茶の会,\n")
    (entry,) = entries(sheet)
    assert (entry["action"], entry["decision"], entry["takes"]) == ("perhaps", "", True)
    return sheet, id, entry["line"]


def test_whom_the_person_calls_the_same_is_filled(open_in: Open) -> None:
    sheet, id, line = ask_who(open_in)
    ask(sheet, "decide", lines=[line], who="same")
    assert entries(sheet)[0]["decision"] == "same"
    ask(sheet, "bring")
    (row,) = sheet.workbook.rows("contact")
    assert (row["id"], row["email"], row["note"]) == (id, "h@example.com", "茶の会")
    assert sheet.workbook.rows("distinct_pair") == []


def test_whom_the_person_calls_somebody_else_is_added_and_remembered_as_two(open_in: Open) -> None:
    sheet, id, line = ask_who(open_in)
    ask(sheet, "decide", lines=[line], who="other")
    ask(sheet, "bring")
    new = next(row["id"] for row in sheet.workbook.rows("contact") if row["id"] != id)
    (pair,) = sheet.workbook.rows("distinct_pair")
    assert {pair["a_id"], pair["b_id"]} == {id, new}

    choose(sheet, f"{GOOGLE}花子,架空,h@example.com,,,茶の会,\n")
    assert entries(sheet)[0]["action"] == "same"

    ask(sheet, "put_away")
    ask(sheet, "undo_import", batch=sheet.state["earlier"][0]["batch"])
    assert sheet.workbook.rows("distinct_pair") == [] and people(sheet) == ["架空 花子"]


def test_whom_the_person_leaves_out_is_not_added_until_they_are_taken_in(open_in: Open) -> None:
    sheet, _, line = ask_who(open_in)
    ask(sheet, "decide", lines=[line], who="out")
    assert sheet.state["file"]["writing"] == 0 and entries(sheet)[0]["decision"] == "out"
    ask(sheet, "decide_all", who="same")
    assert sheet.state["file"]["writing"] == 1 and entries(sheet)[0]["decision"] == "same"


def test_who_is_undecided_is_added_and_nothing_is_remembered(open_in: Open) -> None:
    sheet, _, _ = ask_who(open_in)
    ask(sheet, "bring")
    assert len(people(sheet)) == 2 and sheet.workbook.rows("distinct_pair") == []


def test_two_with_one_address_stay_two_people(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    choose(
        sheet,
        f"{GOOGLE}花子,架空,kakuu@example.com,090-0000-0001,,茶の会,\n"
        "太郎,架空,kakuu@example.com,090-0000-0002,,山の会,\n",
    )
    assert [each["action"] for each in entries(sheet)] == ["add", "perhaps"]
    ask(sheet, "bring")
    assert [(row["name"], row["note"]) for row in sheet.workbook.rows("contact")] == [
        ("架空 花子", "茶の会"),
        ("架空 太郎", "山の会"),
    ]


def test_a_value_of_the_file_is_taken_where_the_person_says_so(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    choose(sheet, "\n".join(linkedin(2).decode().splitlines()), "Connections.csv")
    ask(sheet, "bring")
    newer = linkedin(2).decode().replace("主任", "部長").replace("株式会社見本", "例示商会")
    choose(sheet, newer, "Connections.csv")
    assert sheet.state["file"]["counts"]["differs"] == 2 and sheet.state["file"]["writing"] == 0
    first = entries(sheet)[0]
    assert [each["field"] for each in first["differences"]] == ["organisation", "title"]

    ask(sheet, "take_value", line=first["line"], field="title", on=True)
    assert sheet.state["file"]["writing"] == 1
    ask(sheet, "bring")
    rows = sheet.workbook.rows("contact")
    assert [(row["organisation"], row["title"]) for row in rows] == [
        ("株式会社見本", "部長"),
        ("株式会社見本", "主任"),
    ]

    choose(sheet, newer, "Connections.csv")
    ask(sheet, "take_all_values", on=True)
    ask(sheet, "bring")
    rows = sheet.workbook.rows("contact")
    assert {(row["organisation"], row["title"]) for row in rows} == {("例示商会", "部長")}


def test_one_name_is_swapped_and_the_others_stay(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    choose(sheet, f"{GOOGLE}花子,架空,,,,,\n架空,太郎,,,,,\n")
    wrong = entries(sheet)[1]
    assert wrong["name"] == "太郎 架空" and wrong["swaps"]
    ask(sheet, "swap_line", line=wrong["line"])
    assert [each["name"] for each in entries(sheet)] == ["架空 花子", "架空 太郎"]
    ask(sheet, "bring")
    assert [(row["family"], row["given"]) for row in sheet.workbook.rows("contact")] == [
        ("架空", "花子"),
        ("架空", "太郎"),
    ]


OWN_LIST = "番,おなまえ,れんらく,なにを\n1,架空 花子,h@example.com,茶の会\n2,見本 太郎,,山\n"


def test_the_columns_of_an_unknown_table_are_mapped_by_hand_and_remembered(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    assert choose(sheet, OWN_LIST)["ok"]
    read_as = sheet.state["file"]["recognised"]
    assert sheet.state["file"]["kind"] == "table"
    assert [each["label"] for each in read_as["columns"]] == [
        "番",
        "おなまえ",
        "れんらく",
        "なにを",
    ]
    assert read_as["columns"][1]["samples"] == ["架空 花子", "見本 太郎"]
    for column, field in ((0, ""), (1, "name"), (2, "email"), (3, "note")):
        assert ask(sheet, "map_column", column=column, field=field)["ok"]
    assert [each["name"] for each in entries(sheet)] == ["架空 花子", "見本 太郎"]
    ask(sheet, "bring")
    rows = sheet.workbook.rows("contact")
    assert [(row["email"], row["note"]) for row in rows] == [
        ("h@example.com", "茶の会"),
        ("", "山"),
    ]

    choose(sheet, OWN_LIST.replace("見本 太郎", "例示 次郎"))
    fields = [each["field"] for each in sheet.state["file"]["recognised"]["columns"]]
    assert fields == ["", "name", "email", "note"]
    assert sheet.state["file"]["counts"]["add"] == 1
    ask(sheet, "bring")
    assert len(sheet.workbook.rows("column_mapping")) == 1


def test_a_column_or_a_field_that_is_none_is_refused(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    assert not ask(sheet, "map_column", column=0, field="name")["ok"]
    choose(sheet, OWN_LIST)
    assert not ask(sheet, "map_column", column=9, field="name")["ok"]
    assert not ask(sheet, "map_column", column=0, field="trashed_on")["ok"]
    assert not ask(sheet, "choose_kind", kind="anything")["ok"]
    assert not ask(sheet, "choose_encoding", encoding="rot13")["ok"]
    assert sheet.state["file"]["kind"] == "table"


def test_the_kind_of_a_file_is_chosen_by_the_person(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    choose(sheet, "First Name,Last Name,Company,Position\n花子,架空,見本,主任\n")
    assert sheet.state["file"]["kind"] == "table"
    assert ask(sheet, "choose_kind", kind="linkedin")["ok"]
    assert sheet.state["file"]["kind"] == "linkedin"
    assert ask(sheet, "choose_kind", kind="table")["ok"]
    assert sheet.state["file"]["recognised"]["columns"]


def test_the_encoding_is_chosen_by_how_the_names_read(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    choose(sheet, f"{GOOGLE}花子,架空,,,,,\n", encoding="cp932")
    file = sheet.state["file"]
    assert file["encoding"] == "cp932"
    offered = [each["encoding"] for each in file["recognised"]["encodings"]]
    other = next(each for each in offered if each != "cp932")
    assert ask(sheet, "choose_encoding", encoding=other)["ok"]
    assert sheet.state["file"]["encoding"] == other
    assert entries(sheet)[0]["name"] != "架空 花子"
    assert ask(sheet, "choose_encoding", encoding="cp932")["ok"]
    assert entries(sheet)[0]["name"] == "架空 花子"


def test_the_order_of_day_and_month_is_asked_where_nothing_tells(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    choose(sheet, "名前,誕生日\n架空 花子,3/4/1990\n")
    assert sheet.state["file"]["recognised"]["asks_days"]
    assert ask(sheet, "choose_day_order", order="dmy")["ok"]
    assert sheet.state["file"]["recognised"]["day_order"] == "dmy"
    ask(sheet, "bring")
    assert sheet.workbook.rows("contact")[0]["birthday"] == "1990-04-03"

    choose(sheet, "名前,誕生日\n見本 太郎,13/4/1990\n")
    assert not sheet.state["file"]["recognised"]["asks_days"]


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_the_table_to_fill_in_is_understood_when_it_comes_back(
    open_in: Open, language: str
) -> None:
    sheet = Add(open_in("04-contacts", language))
    rows = sheet.words["file"]["sample_rows"]
    assert choose(sheet, "\ufeff" + "\r\n".join(rows))["ok"]
    assert all(each["field"] for each in sheet.state["file"]["recognised"]["columns"])
    ask(sheet, "bring")
    (row,) = sheet.workbook.rows("contact")
    filled = ("name", "organisation", "department", "title", "email", "phone", "circles", "note")
    assert all(row[name] for name in (*filled, "birthday", "met_on", "how_met"))
    assert sheet.workbook.rows("detail") == []


def test_every_field_of_a_table_has_a_name_in_both_languages(open_in: Open) -> None:
    for language in ("ja", "en"):
        sheet = Add(open_in("04-contacts", language))
        choose(sheet, OWN_LIST)
        for name in sheet.state["file"]["recognised"]["fields"]:
            assert sheet._field_label(name) != name
        for kind in sheet.state["file"]["recognised"]["kinds"]:
            assert sheet.words["file"]["kinds"][kind]


def test_an_import_that_is_stopped_while_it_is_made_ready_leaves_nothing(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    ask(sheet, "read", [linkedin(5_000)], name="Connections.csv")
    before = sheet.book.revision()
    answer = ask(sheet, "prepare")
    assert answer["ok"] and sheet.progress["total"] == 5_000

    assert ask(sheet, "stop")["ok"]

    assert sheet.progress == {} and sheet.book.revision() == before and people(sheet) == []
    assert sheet.state["file"]["writing"] == 5_000, "the preview is still there"
    while not ask(sheet, "prepare")["ready"]:
        pass
    ask(sheet, "bring")
    assert len(people(sheet)) == 5_000


def test_an_import_that_is_killed_in_the_middle_leaves_nothing(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    sheet.book.add("contact", name="前からの人")
    before = sheet.book.revision()
    code = """
import os, signal, sys
from datetime import date
from enishi.book import open_book
from enishi.exchange import FileReading, preview, read_contacts
from enishi.exchange.import_preview import changes_by_person
from enishi.exchange.import_writing import PreparedImport
book = open_book()
reading = read_contacts(sys.stdin.buffer.read(), "Connections.csv")
found = changes_by_person(preview(reading, book.frame("contact")))
def at(done, total):
    if done >= total // 2:
        os.kill(os.getpid(), signal.SIGKILL)
with book.batch("import") as batch:
    PreparedImport(found, [], date(2026, 1, 1)).write(batch, at)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], input=linkedin(2_000), env=dict(os.environ), timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    assert sheet.book.revision() == before
    sheet.refresh()
    assert people(sheet) == ["前からの人"]


def test_a_file_that_can_no_longer_be_read_another_way_stays_as_it_was(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    read(sheet, "google.csv")
    before = sheet.state["file"]
    assert not ask(sheet, "choose_encoding", encoding="utf-16")["ok"]
    assert sheet.state["file"] == before


def test_the_lines_with_something_noticed_are_listed_together(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    read(sheet, "linkedin.csv")
    count = sheet.state["file"]["counts"]["problem"]
    ask(sheet, "turn", action="problem")
    assert sheet.state["file"]["total"] == count == len(entries(sheet)) > 0
