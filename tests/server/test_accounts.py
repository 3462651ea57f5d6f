"""The persons of a server for many: invited, renewed, dismissed; a key is known to its person."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from book_bytes import found_in
from book_states import calls, state
from enishi.book import Book, InvalidValueError, UnknownPersonError, accounts
from enishi.book.database import database_url, open_database
from enishi.book.tables import session
from enishi.identity import FACILITATOR, PARTICIPANT, SIGNED_IN_DAYS
from serving import ENISHI, run
from stores import Store, lay_in

pytestmark = pytest.mark.stores("file", "server")
WISH = "a wish of one’s own"


@pytest.fixture
def engine(store: Store, data_dir: Path, empty_book_file: Path) -> Iterator[Engine]:
    """A database nobody has been invited to."""
    if store.is_file:
        lay_in(data_dir, empty_book_file)
    opened = open_database(store.url)
    yield opened
    opened.dispose()


def test_whoever_was_invited_is_found_by_their_key_and_by_nothing_like_it(engine: Engine) -> None:
    ann, key = accounts.invite(engine, "Sample Ann")
    ben, other = accounts.invite(engine, "見本 次郎", FACILITATOR)
    assert accounts.find_by_key(engine, key) == accounts.find_account(engine, ann.id) == ann
    assert accounts.find_by_key(engine, other) == ben
    assert (ann.role, ben.role) == (PARTICIPANT, FACILITATOR)
    like_it = (key[:-1], f"{key}x", key.upper(), f"{key}\x00")
    for each in ("", *like_it, ann.id, accounts.hash_key(key)):
        assert accounts.find_by_key(engine, each) is None
    assert accounts.find_account(engine, "") is None
    assert accounts.find_account(engine, key) is None


def test_keys_are_long_and_no_two_alike(engine: Engine) -> None:
    keys = {accounts.invite(engine, "Sample Ann")[1] for _ in range(20)}
    assert len(keys) == 20
    assert all(len(key) >= 43 for key in keys)


def test_a_key_is_not_kept(data_dir: Path) -> None:
    engine = open_database(database_url())
    _, key = accounts.invite(engine, "Sample Ann")
    engine.dispose()
    for file in data_dir.iterdir():
        assert key.encode() not in file.read_bytes()
    with closing(sqlite3.connect(data_dir / "book.sqlite3")) as connection:
        assert accounts.hash_key(key) in str(connection.execute("SELECT * FROM person").fetchall())


def test_an_end_turns_away_by_key_and_by_id(engine: Engine) -> None:
    ann, key = accounts.invite(engine, "Sample Ann", PARTICIPANT, 1)
    ben, late = accounts.invite(engine, "見本 次郎", PARTICIPANT, -1)
    assert accounts.find_by_key(engine, key) == ann
    assert accounts.find_by_key(engine, late) is None
    assert accounts.find_account(engine, ben.id) is None
    assert [each.id for each in accounts.list_persons(engine)] == [ann.id, ben.id]


def test_a_dismissed_person_keeps_their_book_and_may_come_back(engine: Engine) -> None:
    ann, key = accounts.invite(engine, "Sample Ann")
    goal = Book(engine, ann.id).add("goal", wish="願い")
    accounts.dismiss(engine, "Sample Ann")
    assert accounts.find_account(engine, ann.id) is None
    assert accounts.find_by_key(engine, key) is None
    again, new = accounts.renew(engine, "Sample Ann", 3)
    assert again.id == ann.id
    assert accounts.find_by_key(engine, key) is None
    assert accounts.find_by_key(engine, new) == again
    assert Book(engine, ann.id).row("goal", goal)["wish"] == "願い"


def test_a_name_that_several_have_needs_the_id(engine: Engine) -> None:
    ann, _ = accounts.invite(engine, "Sample Ann")
    other, _ = accounts.invite(engine, "Sample Ann")
    for who in ("Sample Ann", "nobody", ""):
        for act in (accounts.dismiss, accounts.renew):
            with pytest.raises(UnknownPersonError):
                act(engine, who)
    accounts.dismiss(engine, other.id)
    assert accounts.find_account(engine, ann.id) == ann


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_name_is_neither_empty_nor_endless(engine: Engine, name: str) -> None:
    with pytest.raises(InvalidValueError):
        accounts.invite(engine, name)
    assert accounts.list_persons(engine) == []


def begun(engine: Engine, key: str) -> str:
    """Begin a session; return its number."""
    found = accounts.begin_session(engine, key)
    assert found is not None
    return found[1]


def test_a_session_lets_in_until_it_ends_and_the_person_s_other_ones_go_on(engine: Engine) -> None:
    ann, key = accounts.invite(engine, "Sample Ann")
    here, there = begun(engine, key), begun(engine, key)
    assert len(here) >= 43 and here != there
    assert accounts.find_by_session(engine, here) == accounts.find_by_session(engine, there) == ann
    accounts.end_session(engine, here)
    assert accounts.find_by_session(engine, here) is None
    assert accounts.find_by_session(engine, there) == ann
    for other in ("", key, here, ann.id, accounts.hash_key(there), f"{there}x"):
        assert accounts.find_by_session(engine, other) is None
    for other in ("", here, accounts.hash_key(key)):
        assert accounts.begin_session(engine, other) is None


@pytest.mark.parametrize("end", [accounts.renew, accounts.dismiss])
def test_another_key_and_the_end_of_access_end_every_session_of_that_person(
    engine: Engine, end: Callable[[Engine, str], object]
) -> None:
    ann, key = accounts.invite(engine, "Sample Ann")
    ben, other = accounts.invite(engine, "見本 次郎")
    left, kept = [begun(engine, key) for _ in range(2)], begun(engine, other)
    end(engine, ann.id)
    accounts.renew(engine, ann.id)  # coming back opens nothing that was left
    assert [accounts.find_by_session(engine, each) for each in left] == [None, None]
    assert accounts.find_by_session(engine, kept) == ben


def test_what_is_kept_of_a_session_opens_nothing_and_goes_when_it_is_old(engine: Engine) -> None:
    ann, key = accounts.invite(engine, "Sample Ann")
    old, ended, now = (begun(engine, key) for _ in range(3))
    aged = update(session).where(session.c.hash == accounts.hash_key(old))
    with engine.begin() as connection:
        connection.execute(aged.values(made_at=accounts.timestamp_after(-SIGNED_IN_DAYS - 1)))
    accounts.end_session(engine, ended)
    assert accounts.find_by_session(engine, old) is None
    last = begun(engine, key)
    with engine.connect() as connection:
        rows = connection.execute(select(session)).all()
    assert {row.hash for row in rows} == {accounts.hash_key(each) for each in (now, last)}
    assert {row.person_id for row in rows} == {ann.id}


def test_a_person_has_no_more_than_so_many_sessions_and_the_newest_is_one(engine: Engine) -> None:
    ann, key = accounts.invite(engine, "Sample Ann")
    ben, other = accounts.invite(engine, "見本 次郎")
    kept = begun(engine, other)
    for _ in range(accounts.MOST_SESSIONS + 2):
        newest = begun(engine, key)
    with engine.connect() as connection:
        rows = connection.execute(select(session)).all()
    assert len(rows) == accounts.MOST_SESSIONS + 1
    assert accounts.find_by_session(engine, newest) == ann
    assert accounts.find_by_session(engine, kept) == ben


# -- on the command line --------------------------------------------------------------------------


def test_an_invitation_prints_an_address_on_a_line_of_its_own(tmp_path: Path) -> None:
    home = {"ENISHI_DATA": str(tmp_path), "LANG": "en"}
    told = run("invite", "Sample Ann", "--days", "3", **home)
    assert told.returncode == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:8866/login#[\w-]{43}", told.stdout.splitlines()[-1])
    address = "https://Workbook.Example:443/wb/enishi"
    told = run("invite", "見本 次郎", "--facilitator", ENISHI_ADDRESS=address, **home)
    assert "https://workbook.example/wb/enishi/login#" in told.stdout
    listed = run("persons", **home).stdout.splitlines()
    assert [line.split()[1] for line in listed] == ["participant", "facilitator"]
    assert listed[1].endswith("  -                     見本 次郎")
    assert "#" not in "".join(listed)


def test_somebody_is_dismissed_and_renewed_by_name(tmp_path: Path) -> None:
    home = {"ENISHI_DATA": str(tmp_path), "LANG": "en"}
    run("invite", "Sample Ann", **home)
    assert "cannot enter any more" in run("dismiss", "Sample Ann", **home).stdout
    assert "/login#" in run("renew", "Sample Ann", **home).stdout
    told = run("dismiss", "Sample Ben", **home)
    assert told.returncode == 1
    assert told.stderr.startswith("It is not clear who “Sample Ben” is.")


def run_answering(typed: str, *arguments: str, **environment: str) -> tuple[int, str]:
    """Run the program with a question typed an answer to; return its code and what it printed."""
    told = subprocess.run(
        [*ENISHI, *arguments],
        input=typed,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return told.returncode, told.stdout


def test_a_book_is_erased_only_by_its_person_s_name_and_leaves_nothing_in_the_database(
    engine: Engine, store: Store, tmp_path: Path
) -> None:
    home = {"ENISHI_DATA": str(tmp_path), **store.environment, "LANG": "en"}
    ann, ben = (accounts.invite(engine, name)[0] for name in ("Sample Ann", "Sample Ben"))
    books = [Book(engine, each.id) for each in (ann, ben)]
    for book, wish in zip(books, (WISH, "another wish"), strict=True):
        goal = book.add("goal", wish=wish)
        book.add("contact", name=f"a friend in {wish}")
        book.update("goal", goal, wish="")
        book.undo()
    assert found_in(store.url, WISH) == [WISH]

    code, said = run_answering("", "dismiss", "Sample Ann", **home)
    assert code == 0
    assert f"The book stays. “enishi erase {ann.id}” erases it." in said
    for typed in ("\n", "y\n", "Sample Ben\n"):
        code, said = run_answering(typed, "erase", "Sample Ann", **home)
        assert code == 1
        assert "In the book: People 1, Goals 1" in said
        assert "type the name Sample Ann" in said and "nothing was erased" in said
    assert [len(state(book)) for book in books] == [2, 2]

    code, said = run_answering("Sample  Ann\n", "erase", ann.id, **home)
    assert code == 0
    assert "The book is erased." in said and "nothing was erased" not in said
    assert ("logs and backups of the database" in said) != store.is_file
    assert "enishi persons" in said, "what it cannot reach is said"
    assert "half a minute" not in said, "they could not write any more"
    assert [len(state(book)) for book in books] == [0, 2]
    assert calls(books[0]) == ["forget"]
    assert found_in(store.url, WISH) == []
    assert found_in(store.url, "another wish") == ["another wish"]
    assert accounts.find_account(engine, ann.id) is None

    code, said = run_answering("", "erase", "Sample Ben", "--yes", **home)
    assert code == 0
    assert "type the name" not in said
    assert "half a minute" in said, "a page of theirs may still be open"
    assert found_in(store.url, "another wish") == []
    assert accounts.find_account(engine, ben.id) is None
    code, said = run_answering("", "erase", "Sample Ben", "--yes", **home)
    assert "The book is empty." in said


def test_nobody_s_book_is_erased_where_the_name_is_not_clear(engine: Engine, store: Store) -> None:
    twins = [accounts.invite(engine, "Sample Ann")[0] for _ in range(2)]
    Book(engine, twins[0].id).add("goal", wish=WISH)
    home = {**store.environment, "LANG": "en"}
    for who in ("Sample Ann", "Sample Ben", ""):
        code, _ = run_answering("Sample Ann\n", "erase", who, "--yes", **home)
        assert code == 1
    assert found_in(store.url, WISH) == [WISH]
    assert all(accounts.find_account(engine, each.id) for each in twins)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("host", "--address", "workbook.example"), "cannot be the address"),
        (("host", "--address", "https://a.example/?x=1"), "cannot be the address"),
        (("host", "--address", "https://me@a.example/"), "cannot be the address"),
        (("host", "--address", "https://a.example/a b/"), "cannot be the address"),
        (("host", "--listen", "0.0.0.0", "--port", "0"), "not an address people could open"),
        (("host", "--listen", "192.0.2.1", "--port", "0"), "cannot listen on 192.0.2.1"),
        (("--base-url", "/../x", "--no-browser"), "cannot be the address"),
        (("invite", "Sample Ann", "--address", "ftp://a.example/"), "cannot be the address"),
        (("invite", " "), "cannot hold this"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    told = run(*arguments, ENISHI_DATA=str(tmp_path / "data"), LANG="en")
    assert (told.returncode, told.stdout) == (1, "")
    assert said in told.stderr
    assert told.stderr.count("\n") == 1


def test_many_are_invited_at_once_with_cards_to_print(
    engine: Engine, store: Store, tmp_path: Path
) -> None:
    names, sheet = tmp_path / "names.txt", tmp_path / "cards.html"
    names.write_text("Sample Ann\n\n<b>見本</b> 次郎\n", encoding="utf-8")
    options = ("invite", "--from", str(names), "--sheet", str(sheet))
    told = run(*options, **store.environment, LANG="en")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("2 cards are in ")
    page = sheet.read_text(encoding="utf-8")
    assert page.count("<svg ") == 2 and "viewBox" in page
    assert "&lt;b&gt;見本&lt;/b&gt; 次郎" in page and "<b>見本" not in page
    keys = re.findall(r"login#([\w-]+)</p>", page)
    found = [accounts.find_by_key(engine, key) for key in keys]
    assert [each.name for each in found if each] == ["Sample Ann", "<b>見本</b> 次郎"]
    assert sheet.stat().st_mode & 0o077 == 0


def test_one_name_that_cannot_be_leaves_all_of_a_file_uninvited(
    engine: Engine, store: Store, tmp_path: Path
) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Sample Ann\n" + "x" * 81 + "\n", encoding="utf-8")
    told = run("invite", "--from", str(names), **store.environment, LANG="en")
    assert (told.returncode, told.stdout) == (1, "")
    assert "1 to 80 characters" in told.stderr
    assert accounts.list_persons(engine) == []
