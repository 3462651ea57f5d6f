from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from enishi.book.import_history import imports
from enishi.exchange.room_part import VERSION, Acquaintance, PartLine, RoomPart, write_part
from sheets import Open, ask
from widgets import Add

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
    assert file["kind"] == "linkedin" and file["rows"] == sum(file["counts"].values())
    assert file["entries"] and file["writing"]
    assert people(sheet) == []


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
    assert any("部長（例）" in text for text in entry["told"])
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


def test_progress_is_told_while_it_goes_on_and_not_afterwards(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    told: list[dict[str, Any]] = []
    sheet.observe(lambda change: told.append(change["new"]), "progress")
    ask(sheet, "read", [linkedin(1000)], name="Connections.csv")
    ask(sheet, "bring")
    done = [at["done"] for at in told if at.get("doing") == "bringing"]
    assert done[0] == 0 and done[-1] == 1000 and len(done) >= 5
    assert done == sorted(done)
    assert sheet.progress == {}


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
