"""The sheet of the person's own data, as the page talks to it."""

from __future__ import annotations

import json
import zipfile
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from book_states import state
from days import days
from enishi.book.copies.automatic_backups import make_automatic_backup
from enishi.book.own_copy import read_own_copy
from enishi.book.revisions import head
from enishi.exchange import own_archive
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask
from stores import BOOK
from widgets.base import file_parts
from widgets.settings.my_data import MyData
from widgets.settings.sample import Sample

pytest_plugins = ["sheet_fixtures"]

SECRET = "木曜の夜の秘密"


@pytest.fixture
def sheet(open_in: Open) -> MyData:
    """A book with a person and a note on them."""
    sheet = MyData(open_in("07-settings"))
    ann = sheet.book.add("contact", name="架空 花子")
    sheet.book.add("encounter", contact_id=ann, on=days(-2), note=SECRET)
    sheet.workbook.refresh()
    return sheet


def taken(sheet: MyData) -> tuple[str, bytes, int]:
    """Ask for the file as the page does; return its name, its bytes and the number of parts."""
    data, parts = b"", 0
    while True:
        answer = ask(sheet, "take_home", part=parts)
        assert answer["ok"]
        data, parts = data + b64decode(answer["copy"]), parts + 1
        if answer["last"]:
            return answer["file"], data, parts


def choose(sheet: MyData, data: bytes, name: str = "home.zip", size: int = 0) -> dict[str, Any]:
    """Choose a file as the page does, which sends it in parts of `size` bytes."""
    size = size or max(1, len(data))
    for part, start in enumerate(range(0, max(1, len(data)), size)):
        assert ask(sheet, "receive", [data[start : start + size]], part=part)["ok"]
    return ask(sheet, "open_copy", name=name)


def put_back(sheet: MyData, data: bytes, name: str = "home.zip", size: int = 0) -> dict[str, Any]:
    """Choose a file as the page does, and put it back if it can be."""
    opened = choose(sheet, data, name, size)
    return ask(sheet, "put_back", take=[]) if opened["ok"] else opened


def files_in(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_the_own_book_is_one_file_that_says_what_it_is(open_in: Open, language: str) -> None:
    sheet = MyData(open_in("07-settings", language))
    sheet.book.add("goal", wish=SECRET)
    name, data, _ = taken(sheet)
    assert name == f"enishi-my-book-{days(0)}.zip"
    files = files_in(data)
    assert SECRET in files["goal.csv"].decode(), "it can be read as it is"
    assert "goal.csv" in files["README.txt"].decode()
    copy = json.loads(files["book.json"])
    assert copy["about"]["what"] == sheet.words["what"]
    assert [row["wish"] for row in copy["tables"]["goal"]] == [SECRET]


def test_a_large_book_comes_in_parts_that_make_one_file(
    sheet: MyData, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, whole, parts = taken(sheet)
    assert parts == 1
    monkeypatch.setattr(file_parts, "PART_BYTES", 300)
    _, data, parts = taken(sheet)
    assert parts > 2
    assert data == whole


def test_what_was_taken_home_comes_back_after_erasing_and_one_undo_takes_it_out(
    sheet: MyData,
) -> None:
    before = state(sheet.book)
    _, data, _ = taken(sheet)
    assert ask(sheet, "erase", word="消す")["ok"]
    assert choose(sheet, data)["ok"]
    assert sheet.state["chosen"]["added"] == "人 1、記録 1" and sheet.state["chosen"]["empty"]
    assert state(sheet.book) == {}, "nothing is written before the person says so"
    answer = put_back(sheet, data, size=100)
    assert answer["ok"]
    assert "人 1、記録 1" in answer["text"]
    assert state(sheet.book) == before
    assert sheet.state["erased"] is None
    sheet.book.undo()
    assert state(sheet.book) == {}


def test_the_file_of_an_earlier_version_comes_back_as_well(sheet: MyData) -> None:
    before = state(sheet.book)
    text = json.dumps(read_own_copy(sheet.book, "", sheet.workbook.today), indent=2)
    ask(sheet, "erase", word="消す")
    assert put_back(sheet, text.encode(), "enishi-my-book.json")["ok"]
    assert state(sheet.book) == before


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_what_cannot_be_put_back_is_one_sentence_and_changes_nothing(
    open_in: Open, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = MyData(open_in("07-settings", language))
    about = {"revision": head()}
    unfit = {"about": about, "tables": {"contact": [{"id": "x", "closeness": "near"}]}}
    newer = {"about": {"revision": "9999"}, "tables": {}}
    wrong = {
        "letter.pdf": b"%PDF-1.7",
        "home.zip": b"PK\x03\x04 cut short",
        "unfit.json": json.dumps(unfit).encode(),
        "newer.json": json.dumps(newer).encode(),
        "empty": b"",
    }
    for name, data in wrong.items():
        answer = put_back(sheet, data, name)
        assert not answer["ok"]
        assert name in answer["text"]
        assert answer["text"] != sheet.say("nothing_changed")
    label = {"ja": "人のどのくらい近い人か", "en": "People: How close we are"}
    assert label[language] in put_back(sheet, wrong["unfit.json"], "unfit.json")["text"]
    with monkeypatch.context() as smaller:
        smaller.setattr(own_archive, "MOST_FILE_BYTES", 10)
        assert "MB" in put_back(sheet, b"x" * 11, "large.zip")["text"]
    assert state(sheet.book) == {}
    assert not ask(sheet, "open_copy", name="nothing.zip")["ok"], "nothing was sent"
    assert not ask(sheet, "put_back", take=[])["ok"], "nothing is chosen"


def test_a_filled_book_is_shown_what_differs_and_only_what_is_ticked_is_replaced(
    sheet: MyData,
) -> None:
    _, data, _ = taken(sheet)
    (ann,) = sheet.book.frame("contact").index
    (met,) = sheet.book.frame("encounter").index
    sheet.book.update("contact", ann, note="あとから")
    sheet.book.update("encounter", met, note="書きなおし")
    ben = sheet.book.add("contact", name="見本 次郎")
    assert choose(sheet, data)["ok"]
    shown = sheet.state["chosen"]
    assert (shown["added"], shown["same"], shown["staying"]) == ("", 0, "人 1")
    contact, encounter = shown["differing"]
    assert contact["title"] == "架空 花子"
    assert [(each["here"], each["there"]) for each in contact["fields"]] == [("あとから", "")]
    assert encounter["fields"][0]["there"] == SECRET
    answer = ask(sheet, "put_back", take=[encounter["key"]])
    assert answer["ok"] and "記録 1" in answer["text"]
    assert sheet.book.row("encounter", met)["note"] == SECRET
    assert sheet.book.row("contact", ann)["note"] == "あとから"
    assert sheet.state["chosen"] is None
    assert choose(sheet, data)["ok"]
    assert ask(sheet, "put_back", take=[], take_all=True)["ok"]
    assert sheet.book.row("contact", ann)["note"] == ""
    assert ben in sheet.book.frame("contact").index


def test_a_chosen_file_can_be_put_away_and_nothing_has_changed(sheet: MyData) -> None:
    _, data, _ = taken(sheet)
    before = state(sheet.book, versions=True)
    assert choose(sheet, data)["ok"]
    assert ask(sheet, "close_copy")["ok"]
    assert sheet.state["chosen"] is None
    assert not ask(sheet, "put_back", take=[])["ok"]
    assert state(sheet.book, versions=True) == before


def test_a_file_sealed_with_a_passphrase_asks_for_it_and_keeps_it_nowhere(
    sheet: MyData, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    word = "朝の 読書会 と 栞"
    before = state(sheet.book)
    answer = ask(sheet, "take_home", part=0, passphrase=word)
    assert answer["ok"] and answer["last"]
    assert answer["file"] == f"enishi-my-book-{days(0)}.enishi"
    data = b64decode(answer["copy"])
    assert SECRET.encode() not in data and b"PK" not in data[:4]
    ask(sheet, "erase", word="消す")
    opened = choose(sheet, data, "home.enishi")
    assert opened["ok"] and opened["focus"] == "passphrase"
    assert sheet.state["chosen"] == {"name": "home.enishi", "sealed": True}
    wrong = ask(sheet, "open_copy", name="home.enishi", passphrase="ちがう")
    assert not wrong["ok"] and "こわれていませんが" in wrong["text"]
    assert ask(sheet, "open_copy", name="home.enishi", passphrase=word)["ok"]
    assert ask(sheet, "put_back", take=[])["ok"]
    assert state(sheet.book) == before
    kept = json.dumps([sheet.state, sheet.answer], ensure_ascii=False) + caplog.text
    assert word not in kept
    assert not any(word.encode() in f.read_bytes() for f in tmp_path.rglob("*") if f.is_file())


def test_a_damaged_sealed_file_is_told_before_any_passphrase(sheet: MyData) -> None:
    data = b64decode(ask(sheet, "take_home", part=0, passphrase="x")["copy"])
    cut, altered = data[:-5], data[:-40] + b"\x00" + data[-39:]
    for each, said in ((cut, "バイト"), (altered, "照合用の値")):
        answer = choose(sheet, each, "home.enishi")
        assert not answer["ok"] and said in answer["text"]
        assert sheet.state["chosen"] is None


def test_parts_that_do_not_follow_each_other_are_no_file(sheet: MyData) -> None:
    _, data, _ = taken(sheet)
    ask(sheet, "erase", word="消す")
    ask(sheet, "receive", [data[:100]], part=0)
    ask(sheet, "receive", [data[200:]], part=2)
    assert not ask(sheet, "open_copy", name="home.zip")["ok"]
    assert state(sheet.book) == {}


def test_what_is_in_the_book_is_said_before_it_is_erased(sheet: MyData) -> None:
    assert sheet.state["holds"] == "人 1、記録 1"
    ask(sheet, "erase", word="消す")
    assert sheet.state["holds"] == ""


def test_another_word_than_the_one_shown_erases_nothing(sheet: MyData) -> None:
    before = state(sheet.book, versions=True)
    for word in ("", "はい", "erase", "消", "消す消す"):
        answer = ask(sheet, "erase", word=word)
        assert not answer["ok"]
        assert state(sheet.book, versions=True) == before
    assert sheet.state["erased"] is None


@pytest.mark.parametrize(("language", "word"), [("ja", " 消す "), ("en", "Erase")])
def test_the_word_shown_erases_everything(
    open_in: Open, tmp_path: Path, language: str, word: str
) -> None:
    sheet = MyData(open_in("07-settings", language))
    sheet.book.add("goal", wish=SECRET)
    assert ask(sheet, "erase", word=word)["ok"]
    assert state(sheet.book) == {}
    nothing = {"cleaned": 0, "upgraded": 0, "copies": ""}
    assert sheet.state["erased"] == {"swept": True, "server": False, **nothing}
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert SECRET.encode() not in content
        assert json.dumps(SECRET)[1:-1].encode() not in content


def test_after_erasing_the_page_keeps_its_language_and_one_can_begin_again(open_in: Open) -> None:
    workbook = open_in("07-settings", "ja")
    workbook.set_language("en")
    sheet, sample = MyData(workbook), Sample(workbook)
    assert ask(sheet, "erase", word="erase")["ok"]
    assert workbook.language == "en"
    assert ask(sample, "load")["ok"]
    assert len(sheet.book.frame("contact"))
    assert sheet.state["erased"] is None, "the book is not empty any more"


def test_copies_that_may_still_hold_it_are_named_and_the_others_are_cleaned(
    sheet: MyData, tmp_path: Path
) -> None:
    copy = tmp_path / "book-foreign-2026.sqlite3-wal"
    copy.write_bytes(b"x")
    assert make_automatic_backup(tmp_path / BOOK)
    ask(sheet, "erase", word="消す")
    assert sheet.state["erased"] == {
        "swept": True,
        "server": False,
        "cleaned": 1,
        "upgraded": 0,
        "copies": str(copy),
    }
    assert copy.exists() and sheet.state["automatic"]["backups"] == []


def test_automatic_backups_are_listed_looked_at_and_put_back(sheet: MyData, tmp_path: Path) -> None:
    assert sheet.state["automatic"]["backups"] == []
    made = make_automatic_backup(tmp_path / BOOK)
    assert made is not None
    (ann,) = sheet.book.frame("contact").index
    sheet.book.update("contact", ann, name="書きなおした 名前")
    sheet.workbook.refresh()
    (listed,) = sheet.state["automatic"]["backups"]
    assert sheet.state["automatic"]["folder"] == str(made.parent)
    assert ask(sheet, "open_backup", file=listed["file"])["ok"]
    (differing,) = sheet.state["chosen"]["differing"]
    assert ask(sheet, "put_back", take=[differing["key"]])["ok"]
    assert sheet.book.row("contact", ann)["name"] == "架空 花子"
    for wrong in ("../book.sqlite3", "book-2020-01-01-000000.sqlite3"):
        assert not ask(sheet, "open_backup", file=wrong)["ok"]


def test_automatic_backups_are_switched_off_at_once_and_removed_if_one_says_so(
    sheet: MyData, tmp_path: Path
) -> None:
    assert make_automatic_backup(tmp_path / BOOK)
    assert ask(sheet, "switch_backups", on=False)["ok"]
    assert not sheet.state["automatic"]["on"]
    assert make_automatic_backup(tmp_path / BOOK) is None
    assert len(sheet.state["automatic"]["backups"]) == 1
    assert "1" in ask(sheet, "remove_backups")["text"]
    assert sheet.state["automatic"]["backups"] == []
    assert ask(sheet, "switch_backups", on=True)["ok"]
    assert sheet.state["automatic"]["on"] and make_automatic_backup(tmp_path / BOOK)


def test_a_guest_is_sent_to_the_organiser_instead_of_to_files_they_cannot_reach(
    open_in: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = MyData(open_in("07-settings", "en"))
    assert "organiser" not in own.words["backups"]
    own.book.add("goal", wish=SECRET)
    made = make_automatic_backup(tmp_path / BOOK)
    assert made is not None
    monkeypatch.setenv("ENISHI_PERSON", "018f0000-0000-7000-8000-000000000001")
    hosted = MyData(open_in("07-settings", "en"))
    assert hosted.state["automatic"] == {"made": "hosted"}
    assert not ask(hosted, "open_backup", file=made.name)["ok"]
    assert ask(hosted, "remove_backups")["ok"] and made.exists()
    assert "organiser" in hosted.words["backups"]
    (tmp_path / "book-foreign-2026.sqlite3-wal").write_bytes(b"x")
    ask(hosted, "erase", word="erase")
    assert hosted.state["erased"]["copies"] == ""
