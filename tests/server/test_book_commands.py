"""The commands about the book, run as a person runs them: files in and out, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from book_children import child_environment
from book_states import state
from enishi.book import Book, accounts
from enishi.book.copies.automatic_backups import make_automatic_backup
from enishi.exchange import read_contacts
from enishi.exchange.headings.remembered import recall_columns
from enishi.serve.audit_log import AUDIT_FILE
from enishi.serve.cli.main import main
from serving import ENISHI
from stores import BOOK

FILES = Path(__file__).parents[1] / "files"
WORD = "four plain words together"


def run(data_dir: Path, *arguments: str, typed: str = "", **more: str) -> Result:
    """Run a command in the folder above that of the data, without the seconds a process takes."""
    environment = dict.fromkeys(os.environ, None) | child_environment(
        data_dir, {"LANG": "en"} | more
    )
    with chdir(data_dir.parent):
        return CliRunner().invoke(main, arguments, typed, environment)


def start(data_dir: Path, *arguments: str) -> str:
    """Run a command that should succeed in a process of its own, and return what it printed."""
    ended = subprocess.run(
        [*ENISHI, *arguments],
        env=child_environment(data_dir, {"LANG": "en"}),
        cwd=data_dir.parent,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def done(data_dir: Path, *arguments: str, **more: str) -> str:
    """Run a command that should succeed, and return what it printed."""
    ended = run(data_dir, *arguments, **more)
    assert ended.exit_code == 0, ended.stderr
    return ended.stdout


def facts(data_dir: Path, *arguments: str, code: int = 0, **more: str) -> dict[str, Any]:
    """Run a command with `--json`, and return the one object that it prints."""
    ended = run(data_dir, *arguments, "--json", **more)
    assert ended.exit_code == code, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    assert found["ok"] == (code == 0)
    return found


@pytest.fixture
def full(book: Book) -> Book:
    """A book with a person and a meeting."""
    ann = book.add("contact", name="架空 花子", email="hanako@example.org")
    book.add("encounter", contact_id=ann, on="2026-11-20", note="木曜の夜の秘密")
    return book


def test_a_book_is_exported_erased_and_imported_again(full: Book, data_dir: Path) -> None:
    before = state(full)
    printed = start(data_dir, "export", "mine.zip")
    assert printed.splitlines()[-1] == "mine.zip" and "People 1" in printed
    file = data_dir.parent / "mine.zip"
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as archive:
        assert {"book.json", "contact.csv", "checksums.txt"} <= set(archive.namelist())
    full.erase_everything()
    printed = done(data_dir, "import", "mine.zip", "--yes")
    assert "It adds: People 1" in printed and "Undo" in printed
    assert state(full) == before
    assert "nothing to bring in" in done(data_dir, "import", "mine.zip", "--yes")
    full.undo()
    assert state(full) == {}


@pytest.mark.parametrize("ending", ["json", "enishi"])
def test_the_ending_says_in_which_form(full: Book, data_dir: Path, ending: str) -> None:
    before = state(full)
    told = facts(data_dir, "export", f"mine.{ending}", ENISHI_PASSPHRASE=WORD)
    assert told["sealed"] == (ending == "enishi")
    assert told["rows"] == {"contact": 1, "encounter": 1}
    content = (data_dir.parent / f"mine.{ending}").read_bytes()
    assert ("架空 花子".encode() in content) == (ending == "json")
    full.erase_everything()
    written = facts(data_dir, "import", f"mine.{ending}", "--yes", ENISHI_PASSPHRASE=WORD)
    assert written["written"] == {"contact": 1, "encounter": 1}
    assert state(full) == before


def test_what_differs_stays_unless_one_asks_for_the_file_s(full: Book, data_dir: Path) -> None:
    done(data_dir, "export", "mine.zip")
    (ann,) = full.frame("contact").index
    full.update("contact", ann, name="書きなおした 名前")
    full.add("contact", name="見本 次郎")
    told = facts(data_dir, "import", "mine.zip", "--yes")
    assert (told["differing"], told["written"]) == ({"contact": 1}, {})
    assert full.row("contact", ann)["name"] == "書きなおした 名前"
    assert "--replace takes it" in run(data_dir, "import", "mine.zip").stdout
    assert facts(data_dir, "import", "mine.zip", "--yes", "--replace")["written"] == {"contact": 1}
    assert full.row("contact", ann)["name"] == "架空 花子"
    assert len(full.frame("contact")) == 2


def test_nothing_is_imported_before_somebody_says_yes(full: Book, data_dir: Path) -> None:
    done(data_dir, "export", "mine.zip")
    full.erase_everything()
    ended = run(data_dir, "import", "mine.zip", typed="y\n")
    assert ended.exit_code == 1 and "It adds: People 1" in ended.stdout, "no terminal, no yes"
    assert "--yes" in ended.stdout
    assert state(full) == {}
    assert run(data_dir, "import", "mine.zip", "--json").exit_code == 2


def test_contacts_of_another_program_are_imported_with_a_summary(
    book: Book, data_dir: Path
) -> None:
    file = str(FILES / "linkedin.csv")
    told = facts(data_dir, "import", file, "--yes")
    assert told["kind"] == "linkedin" and told["added"] == len(book.frame("contact")) > 0
    again = facts(data_dir, "import", file, "--yes")
    assert (again["added"], again["filled"]) == (0, 0)
    book.undo()
    assert state(book) == {}


@pytest.mark.parametrize("ending", ["vcf", "csv", "xlsx"])
def test_contacts_go_out_for_other_programs_and_come_back(
    full: Book, data_dir: Path, ending: str
) -> None:
    (ann,) = full.frame("contact").index
    full.add("detail", contact_id=ann, kind="phone", label="自宅", value="03-0000-1234")
    told = facts(data_dir, "export", f"people.{ending}")
    assert told["contacts"] == 1
    content = (data_dir.parent / f"people.{ending}").read_bytes()
    assert "木曜の夜の秘密".encode() not in content, "meetings are no part of it"
    full.erase_everything()
    brought = facts(data_dir, "import", f"people.{ending}", "--yes")
    assert brought["added"] == 1
    person = full.frame("contact").iloc[0]
    assert (person["name"], person["email"]) == ("架空 花子", "hanako@example.org")
    phones = {person["phone"], *full.frame("detail")["value"]}
    assert "03-0000-1234" in phones
    full.undo()
    assert state(full) == {}


def test_a_person_with_a_book_of_their_own_is_named_first(full: Book, data_dir: Path) -> None:
    person, _ = accounts.invite(full.engine, "Sample Ann")
    done(data_dir, "export", "mine.zip")
    printed = done(data_dir, "import", "Sample Ann", "mine.zip", "--yes")
    assert "It adds: People 1" in printed
    theirs = Book(full.engine, person.id)
    assert set(theirs.frame("contact")["name"]) == {"架空 花子"}
    assert facts(data_dir, "export", "Sample Ann", "hers.json")["rows"]["contact"] == 1
    assert run(data_dir, "export", "Nobody", "x.zip").exit_code == 1
    erased = facts(data_dir, "erase", "Sample Ann", "--yes")
    assert erased["rows"]["contact"] == 1 and erased["copies_left"] == []
    assert theirs.frame("contact").empty and len(full.frame("contact")) == 1


def test_one_person_s_book_is_restored_from_a_backup_of_all(full: Book, data_dir: Path) -> None:
    ann, _ = accounts.invite(full.engine, "Sample Ann")
    theirs = Book(full.engine, ann.id)
    met = theirs.add("contact", name="見本 次郎")
    theirs.add("encounter", contact_id=met, on="2026-11-20", note="before")
    before = state(theirs)
    done(data_dir, "backup", "all.enishi", ENISHI_PASSPHRASE=WORD)
    theirs.update("contact", met, name="書きかえた 名前")
    later = theirs.add("contact", name="あとの 人")
    theirs.add("encounter", contact_id=later, on="2026-11-21", note="after")
    since, mine = state(theirs), state(full, versions=True)
    told = facts(data_dir, "restore", "all.enishi", "--only", "Sample Ann", ENISHI_PASSPHRASE=WORD)
    assert told["written"] == {"contact": 1}
    assert told["removed"] == {"contact": 1, "encounter": 1}
    assert state(theirs) == before and state(full, versions=True) == mine
    theirs.undo()
    assert state(theirs) == since
    done(data_dir, "erase", "Sample Ann", "--yes")
    done(data_dir, "restore", "all.enishi", "--only", ann.id, ENISHI_PASSPHRASE=WORD)
    assert state(theirs) == before and state(full, versions=True) == mine
    for who in ("Nobody", accounts.invite(full.engine, "Sample Ben")[0].id):
        refused = run(data_dir, "restore", "all.enishi", "--only", who, ENISHI_PASSPHRASE=WORD)
        assert refused.exit_code == 1 and "Traceback" not in refused.stderr
    assert run(data_dir, "restore", "--only", "Sample Ann").exit_code == 2


def test_the_audit_log_says_who_did_what_to_which_account_and_nothing_of_them(
    full: Book, data_dir: Path
) -> None:
    done(data_dir, "invite", "Sample Ann")
    [ann] = accounts.list_persons(full.engine)
    for command in ("renew", "dismiss"):
        done(data_dir, command, "Sample Ann", SUDO_USER="some operator")
    done(data_dir, "export", "Sample Ann", "hers.zip")
    done(data_dir, "export", "mine.zip")
    done(data_dir, "import", "Sample Ann", "mine.zip", "--yes")
    done(data_dir, "backup", "all.sqlite3")
    done(data_dir, "erase", ann.id, "--yes")
    done(data_dir, "restore", "all.sqlite3", "--only", ann.id)
    run(data_dir, "dismiss", "Nobody")
    log = data_dir / AUDIT_FILE
    assert log.stat().st_mode & 0o777 == 0o600
    lines = log.read_text(encoding="utf-8").splitlines()
    acts = ["invited", "renewed", "dismissed", "exported", "imported", "erased", "restored"]
    assert [line.split()[1] for line in lines] == acts
    assert {line.split()[2] for line in lines} == {ann.id}
    assert [line.split()[-1] for line in lines[1:3]] == ["some_operator"] * 2
    assert not any(said in "".join(lines) for said in ("Ann", "花子", "/login", "zip"))


def test_a_command_is_done_even_where_it_cannot_be_noted(full: Book, data_dir: Path) -> None:
    (data_dir / AUDIT_FILE).mkdir()
    ended = run(data_dir, "invite", "Sample Ann")
    assert ended.exit_code == 0 and "/login#" in ended.stdout
    assert "could not be noted in audit.log" in ended.stderr


def test_a_backup_sealed_with_a_passphrase_is_restored_with_it(full: Book, data_dir: Path) -> None:
    before = state(full)
    secret = data_dir.parent / "secret.txt"
    secret.write_text(WORD + "\n", encoding="utf-8")
    printed = done(data_dir, "backup", "all.enishi", "--passphrase-file", "secret.txt")
    assert printed.splitlines()[-1] == "all.enishi" and WORD not in printed
    sealed = data_dir.parent / "all.enishi"
    assert sealed.stat().st_mode & 0o777 == 0o600
    assert "花子".encode() not in sealed.read_bytes()
    full.add("contact", name="あとの 人")
    refused = run(data_dir, "restore", "all.enishi")
    assert refused.exit_code == 1 and "sealed with a passphrase" in refused.stderr
    wrong = run(data_dir, "restore", "all.enishi", ENISHI_PASSPHRASE="another")
    assert wrong.exit_code == 1 and "is whole, but this passphrase" in wrong.stderr
    assert len(full.frame("contact")) == 2
    told = facts(data_dir, "restore", "all.enishi", "--passphrase-file", str(secret))
    assert Path(told["replaced"]).is_file()
    assert state(full) == before
    content = sealed.read_bytes()
    sealed.write_bytes(content[:-1])
    cut = facts(data_dir, "restore", "all.enishi", code=1, ENISHI_PASSPHRASE=WORD)
    assert cut["error"] == "SealLengthError" and str(len(content)) in cut["text"]


def test_a_passphrase_is_no_argument_and_a_short_one_gets_advice(
    full: Book, data_dir: Path
) -> None:
    assert run(data_dir, "backup", "x", "--passphrase", "word").exit_code == 2
    ended = run(data_dir, "backup", "x.enishi", ENISHI_PASSPHRASE="word")
    assert ended.exit_code == 0 and "could guess" in ended.stderr
    asked = run(data_dir, "backup", "y.enishi", "--seal", typed=f"{WORD}\n{WORD}\n")
    assert asked.exit_code == 0, asked.stderr
    assert WORD not in asked.stdout + asked.stderr


def test_without_a_file_restore_lists_the_automatic_backups(full: Book, data_dir: Path) -> None:
    assert facts(data_dir, "restore")["backups"] == []
    made = make_automatic_backup(data_dir / BOOK)
    before = state(full)
    full.add("contact", name="あとの 人")
    (listed,) = facts(data_dir, "restore")["backups"]
    assert listed["file"] == str(made)
    assert str(made) in done(data_dir, "restore")
    done(data_dir, "restore", listed["file"])
    assert state(full) == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["export"], 2, "Give a FILE"),
        (["export", "a", "b", "c.zip"], 2, "Give a FILE"),
        (["export", "mine.pdf"], 1, "does not say what to write"),
        (["export", "nowhere/mine.zip"], 1, "cannot be written"),
        (["export", "taken.zip"], 1, "There is already a file"),
        (["import", "missing.zip", "--yes"], 1, "There is no file"),
        (["import", "taken.zip", "--yes"], 1, "taken.zip"),
        (["restore", "taken.zip"], 1, "is not a backup of Enishi"),
        (["backup", "taken.zip"], 1, "There is already a file"),
        (["erase", "Nobody", "--yes"], 1, "Nobody"),
        (["backup", "--passphrase-file", "missing.txt"], 2, "missing.txt"),
    ],
)
def test_what_is_refused_says_why_and_ends_with_a_code(
    full: Book, data_dir: Path, arguments: list[str], code: int, said: str
) -> None:
    (data_dir.parent / "taken.zip").write_bytes(b"something else")
    before = state(full, versions=True)
    ended = run(data_dir, *arguments)
    assert ended.exit_code == code
    assert said in ended.stderr and "Traceback" not in ended.stderr
    assert state(full, versions=True) == before
    assert (data_dir.parent / "taken.zip").read_bytes() == b"something else"


def test_the_doctor_says_what_is_installed_where_and_whether_all_is_well(
    full: Book, data_dir: Path
) -> None:
    make_automatic_backup(data_dir / BOOK)
    told = facts(data_dir, "doctor")
    assert told["whole"] is True and told["problems"] == [] and told["advice"] == []
    assert {"enishi", "python", "sqlite", "cryptography"} <= set(told["versions"])
    assert (told["folder"], told["book"]) == (str(data_dir), str(data_dir / BOOK))
    assert len(told["automatic_backups"]) == 1 and told["free_bytes"] > 0
    printed = done(data_dir, "doctor")
    assert f"The book {data_dir / BOOK} is whole." in printed
    assert "花子" not in printed


@pytest.mark.skipif(os.name != "posix", reason="rights as a Unix has them")
def test_the_doctor_says_who_else_may_read_and_what_to_do(full: Book, data_dir: Path) -> None:
    data_dir.chmod(0o755)
    (data_dir / BOOK).chmod(0o644)
    ended = run(data_dir, "doctor")
    assert ended.exit_code == 1
    assert "chmod 600" in ended.stderr and str(data_dir / BOOK) in ended.stderr
    told = facts(data_dir, "doctor", code=1)
    assert told["readable_by_others"] == [str(data_dir / BOOK)] and told["advice"]
    (data_dir / BOOK).chmod(0o600)
    assert facts(data_dir, "doctor")["advice"] == []


def test_before_there_is_a_book_the_doctor_is_content(data_dir: Path) -> None:
    data_dir.parent.mkdir(exist_ok=True)
    told = facts(data_dir, "doctor")
    assert told["whole"] is None
    assert not data_dir.exists(), "it makes nothing"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("command", ["backup", "restore", "export", "import", "erase", "doctor"])
def test_each_command_has_help_in_both_languages(
    tmp_path: Path, command: str, language: str
) -> None:
    printed = start(tmp_path / "data", command, "--help", "--language", language)
    assert "--json" in printed
    assert any("ぁ" <= sign <= "ん" for sign in printed) == (language == "ja")


def test_sentences_are_in_the_language_of_the_console(full: Book, data_dir: Path) -> None:
    assert "書き出しました" in done(data_dir, "export", "mine.zip", "--language", "ja")
    assert "もうあります" in run(data_dir, "export", "mine.zip", "--language", "ja").stderr


def test_contacts_are_read_with_the_encoding_one_names(full: Book, data_dir: Path) -> None:
    (data_dir.parent / "list.csv").write_bytes("名前,会社\n例示 葵,見本堂\n".encode("cp932"))
    told = facts(data_dir, "import", "list.csv", "--encoding", "Shift-JIS", "--yes")
    assert (told["encoding"], told["added"]) == ("cp932", 1)
    assert told["columns"] == {"名前": "name", "会社": "organisation"}
    assert "例示 葵" in [*full.frame("contact")["name"]]
    refused = run(data_dir, "import", "list.csv", "--encoding", "ebcdic")
    assert refused.exit_code == 2 and "cp932" in refused.stderr and "ebcdic" in refused.stderr
    told = facts(data_dir, "import", "list.csv", "--encoding", "utf-16", "--yes", code=1)
    assert told["text"] and len(full.frame("contact")) == 2


def test_days_are_read_in_the_order_one_names(full: Book, data_dir: Path) -> None:
    asked = run(data_dir, "import", str(FILES / "days-open.csv"))
    assert asked.exit_code == 1 and "--day-order dmy" in asked.stdout
    facts(data_dir, "import", str(FILES / "days-open.csv"), "--day-order", "mdy", "--yes")
    assert "1980-03-04" in [*full.frame("contact")["birthday"]]


def test_columns_are_what_one_says_on_the_line_or_in_a_file(full: Book, data_dir: Path) -> None:
    (data_dir.parent / "list.csv").write_text("Wer,Wo,Farbe\n架空 一郎,見本堂,青\n", "utf-8")
    mapping = "wer=name, Wo=organisation, Farbe="
    told = facts(data_dir, "import", "list.csv", "--columns", mapping, "--yes")
    assert told["columns"] == {"Wer": "name", "Wo": "organisation", "Farbe": ""}
    (row,) = [row for _, row in full.frame("contact").iterrows() if row["name"] == "架空 一郎"]
    assert row["organisation"] == "見本堂" and full.frame("detail").empty
    full.undo()
    for written in ("Wer=name\n\nWo=how_met\n", '{"Wer": "name", "Wo": "how_met"}'):
        (data_dir.parent / "columns.txt").write_text(written, "utf-8")
        told = facts(data_dir, "import", "list.csv", "--columns", "columns.txt", "--yes")
        assert told["columns"]["Wo"] == "how_met" and told["columns"]["Farbe"] == "field"
        full.undo()
    for wrong, what in {
        "Wem=name": "Wer, Wo, Farbe",
        "Wer=nom": "organisation",
        "Wer": "no file",
        "=name": "HEADING=FIELD",
    }.items():
        told = facts(data_dir, "import", "list.csv", "--columns", wrong, "--yes", code=1)
        assert what in told["text"], wrong
    assert len(full.frame("contact")) == 1


def test_a_kind_is_one_that_there_is_and_a_book_has_none(full: Book, data_dir: Path) -> None:
    told = facts(data_dir, "import", str(FILES / "eight-2026.csv"), "--kind", "table", "--yes")
    assert told["kind"] == "table" and told["columns"]
    refused = run(data_dir, "import", "list.csv", "--kind", "fax", LANG="ja")
    assert refused.exit_code == 2 and "outlook-ja" in refused.stderr
    done(data_dir, "export", "mine.zip")
    refused = run(data_dir, "import", "mine.zip", "--kind", "eight", "--yes")
    assert refused.exit_code == 2 and "for contacts" in refused.stderr
    shown = done(data_dir, "import", "--help")
    options = ("encoding", "kind", "day-order", "swap-names", "columns")
    assert all(f"--{one}" in shown for one in options)


def test_columns_said_once_are_recalled_for_the_same_headings(full: Book, data_dir: Path) -> None:
    first, second = "架空 一郎,見本堂,青\n", "例示 葵,見本屋,赤\n"
    (data_dir.parent / "list.csv").write_text(f"Wer,Wo,Farbe\n{first}", "utf-8")
    (data_dir.parent / "later.csv").write_text(f"ＷＥＲ,Wo,Farbe\n{second}", "utf-8")
    mapping = "Wer=name,Wo=organisation,Farbe="
    said = facts(data_dir, "import", "list.csv", "--columns", mapping, "--yes")
    told = facts(data_dir, "import", "later.csv", "--yes")
    assert [*told["columns"].values()] == ["name", "organisation", ""]
    assert told.keys() == said.keys() and len(full.frame("column_mapping")) == 1
    assert "見本屋" in [*full.frame("contact")["organisation"]] and full.frame("detail").empty
    assert "same headings" in run(data_dir, "import", "list.csv").stdout

    (data_dir.parent / "third.csv").write_text("Wer,Wo,Farbe\n仮名 次郎,見本社,緑\n", "utf-8")
    one = facts(data_dir, "import", "third.csv", "--columns", "Farbe=field", "--yes")
    assert [*one["columns"].values()] == ["name", "organisation", "field"]
    assert len(full.frame("column_mapping")) == 1
    plain = facts(data_dir, "import", "list.csv", "--kind", "table", "--yes")
    assert plain["columns"]["Wo"] != "organisation", "a kind that is said is read anew"
    reading = read_contacts((data_dir.parent / "list.csv").read_bytes(), "list.csv")
    on_the_page = recall_columns(reading, full.frame("column_mapping"))
    assert on_the_page == {0: "name", 1: "organisation", 2: "field"}


def test_names_of_linkedin_are_swapped_and_those_of_no_other_file(
    full: Book, data_dir: Path
) -> None:
    headings = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    line = "架空,花子,,,,,12 Mar 2024"
    (data_dir.parent / "Connections.csv").write_text(f"{headings}\n{line}\n", "utf-8")
    assert facts(data_dir, "import", "Connections.csv", "--swap-names", "--yes")["added"] == 1
    assert "架空 花子" in [*full.frame("contact")["name"]]
    again = facts(data_dir, "import", "Connections.csv", "--yes")
    assert (again["added"], again["lines"]["same"]) == (0, 1), "it is the same person either way"
    file = str(FILES / "eight-2026.csv")
    told = facts(data_dir, "import", file, "--swap-names", "--yes", code=1)
    assert "LinkedIn" in told["text"] and "eight" in told["text"]
