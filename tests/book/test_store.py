from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from book_children import STEP, finish, start
from book_states import count, state
from broken_files import bytes_in, check_told, cut_off, nothing, only_the_head, text
from enishi.book import (
    Book,
    BookBusyError,
    BookError,
    BookPermissionError,
    DamagedBookError,
    DatabaseDriverError,
    DatabaseUnreachableError,
    DiskFailedError,
    DiskFullError,
    MovedBookError,
    NewerBookError,
    NotABookError,
    open_book,
    sqlite,
)
from enishi.i18n import error_text, translate
from enishi.paths import file_identity
from stores import BOOK


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def every_error(kind: type[BookError] = BookError) -> Iterator[type[BookError]]:
    for error in kind.__subclasses__():
        yield error
        yield from every_error(error)


@pytest.mark.parametrize("error", list(every_error()))
def test_every_error_has_a_sentence_in_japanese(error: type[BookError]) -> None:
    for sentence in filter(None, (error.sentence, error.way_out)):
        assert translate("ja", sentence) != sentence
        assert translate("en", sentence) == sentence


# -- a file of the owner's own ---------------------------------------------------------------------


def test_the_book_and_its_folder_are_readable_by_their_owner_alone(data_dir: Path) -> None:
    before = os.umask(0)
    try:
        book = open_book()
        book.add("contact", name="架空 花子")
        assert mode(data_dir) == "0o700"
        with book.writing() as connection:
            connection.exec_driver_sql("DELETE FROM setting")
            assert {file.name for file in data_dir.iterdir()} == {BOOK, f"{BOOK}-journal"}
            assert {mode(file) for file in data_dir.iterdir()} == {"0o600"}
    finally:
        os.umask(before)
    assert [file.name for file in data_dir.iterdir()] == [BOOK]


def test_a_folder_with_any_name_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "鞄 100%?#&=ü;" / "data"
    monkeypatch.setenv("ENISHI_DATA", str(folder))
    book = open_book()
    book.add("contact", name="架空 花子")
    book.close()
    assert [file.name for file in folder.iterdir()] == [BOOK]


def test_a_write_is_on_the_disk_before_it_returns(book: Book) -> None:
    with book.reading() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert settings == {
        "journal_mode": "delete",
        "synchronous": 3,  # EXTRA
        "foreign_keys": 1,
        "secure_delete": 1,
    }


def test_a_book_on_a_disk_without_hard_links_is_made_all_the_same(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*paths: object) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    book = open_book()
    book.add("contact", name="架空 花子")
    book.close()
    again = open_book()
    assert count(again, "contact") == 1
    again.close()


# -- what cannot be opened -------------------------------------------------------------------------


def another_program(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE change (rows)")
    connection.execute("CREATE TABLE alembic_version (version_num)")
    connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("make", [text, nothing, another_program, only_the_head, cut_off])
def test_a_file_that_is_no_book_is_left_as_it_is(
    data_dir: Path, make: Callable[[Path], None]
) -> None:
    data_dir.mkdir()
    make(data_dir / BOOK)
    before = bytes_in(data_dir)
    with pytest.raises(NotABookError) as told:
        open_book()
    check_told(told.value)
    assert BOOK in error_text("ja", told.value)
    assert bytes_in(data_dir) == before


def test_a_folder_in_the_place_of_the_book_is_no_book(data_dir: Path) -> None:
    (data_dir / BOOK).mkdir(parents=True)
    with pytest.raises(NotABookError) as told:
        open_book()
    check_told(told.value)
    assert (data_dir / BOOK).is_dir()


def test_a_file_in_the_place_of_the_folder_is_told(data_dir: Path) -> None:
    data_dir.write_text("a file")
    with pytest.raises(BookPermissionError) as told:
        open_book()
    check_told(told.value)
    assert data_dir.read_text() == "a file"


def test_a_damaged_book_is_told_and_left_as_it_is(data_dir: Path) -> None:
    open_book().close()
    content = (data_dir / BOOK).read_bytes()
    (data_dir / BOOK).write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    before = bytes_in(data_dir)
    with pytest.raises(DamagedBookError) as told:
        open_book()
    check_told(told.value)
    assert bytes_in(data_dir)[BOOK] == before[BOOK]


def test_damage_found_later_is_told_as_well(book: Book, data_dir: Path) -> None:
    with book.batch("import") as batch:
        batch.add_many("contact", [{"name": f"見本 {n}", "note": "あ" * 900} for n in range(300)])
    book.close()
    content = bytearray((data_dir / BOOK).read_bytes())
    third = len(content) // 3
    content[third:] = b"\xff" * (len(content) - third)
    (data_dir / BOOK).write_bytes(content)
    with pytest.raises(DamagedBookError) as told:
        open_book().frame("contact")
    check_told(told.value)


def test_a_newer_book_is_told_and_left_as_it_is(book: Book, data_dir: Path) -> None:
    book.add("contact", name="架空 花子")
    book.close()
    connection = sqlite3.connect(data_dir / BOOK)
    connection.execute("UPDATE alembic_version SET version_num='9999'")
    connection.commit()
    connection.close()
    before = bytes_in(data_dir)
    with pytest.raises(NewerBookError) as told:
        open_book()
    check_told(told.value)
    assert "9999" in error_text("en", told.value)
    assert bytes_in(data_dir)[BOOK] == before[BOOK]


# -- what this person may not do -------------------------------------------------------------------

ELSE = """
import os, tempfile
from enishi.book import BookError, open_book
from enishi.i18n import error_text
folder = os.environ["ENISHI_DATA"]
with tempfile.TemporaryDirectory() as elsewhere:  # whatever is imported late is imported here
    os.environ["ENISHI_DATA"] = elsewhere
    open_book().close()
os.environ["ENISHI_DATA"] = folder
for language in ("ja", "en"):
    error_text(language, BookError())
if os.geteuid() == 0:  # root may do everything, so be nobody
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    open_book().add("contact", name="見本")
    print("opened")
except BookError as error:
    print(type(error).__name__)
    print(error_text("ja", error))
    print(error_text("en", error))
"""


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that everybody can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        for folder in Path(name).rglob("*"):
            folder.chmod(0o755)


def unwritable_file(folder: Path) -> None:
    folder.mkdir(mode=0o777)
    make_book(folder)
    (folder / BOOK).chmod(0o444)
    folder.chmod(0o777)


def unreadable_file(folder: Path) -> None:
    unwritable_file(folder)
    (folder / BOOK).chmod(0o000)


def unwritable_folder(folder: Path) -> None:
    folder.mkdir()
    make_book(folder)
    (folder / BOOK).chmod(0o666)
    folder.chmod(0o555)


def unwritable_empty_folder(folder: Path) -> None:
    folder.mkdir(mode=0o555)


def closed_folder(folder: Path) -> None:
    unwritable_file(folder)
    folder.chmod(0o000)


def make_book(folder: Path) -> None:
    finish(start(STEP + "book.add('contact', name='見本')", folder))


@pytest.mark.parametrize(
    "make",
    [unwritable_file, unreadable_file, unwritable_folder, unwritable_empty_folder, closed_folder],
)
def test_a_book_without_permission_is_told_and_left_as_it_is(
    shared_folder: Path, make: Callable[[Path], None]
) -> None:
    folder = shared_folder / "data"
    make(folder)
    before = bytes_in(shared_folder)
    told = finish(start(ELSE, folder)).splitlines()
    assert told[0] == "BookPermissionError"
    assert str(folder) in told[1]
    assert str(folder) in told[2]
    assert len(told) == 3
    folder.chmod(0o755)
    assert bytes_in(shared_folder) == before or os.geteuid() != 0


def test_the_same_child_opens_a_book_it_may_open(shared_folder: Path) -> None:
    (shared_folder / "data").mkdir()
    (shared_folder / "data").chmod(0o777)
    assert finish(start(ELSE, shared_folder / "data")) == "opened\n"


# -- a full disk -----------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_what_was_saved_is_safe(book: Book) -> None:
    """SQLite itself refuses to let the file grow, with the code that a full disk gives."""
    ann = book.add("contact", name="架空 花子")
    with book.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    book.close()

    def limit(connection: sqlite3.Connection, record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(book.engine, "connect", limit)
    before = state(book)
    with pytest.raises(DiskFullError) as told, book.batch("import") as batch:
        batch.add_many("contact", [{"name": "見本", "note": "長" * 4000} for _ in range(50)])
    check_told(told.value)
    assert state(book) == before
    event.remove(book.engine, "connect", limit)
    book.close()
    book.update("contact", ann, note="長" * 4000)
    assert book.undo() is not None


LIMIT = """
import resource
from enishi.i18n import error_text
def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
"""
FULL = (
    LIMIT
    + STEP
    + """
first = book.add("contact", name="見本")
limit(os.path.getsize(book.engine.url.database) + 300_000)
try:
    for number in range(10_000):
        print(book.add("contact", name="見本", note="長" * 4000))
except BookError as error:
    print(type(error).__name__)
    limit(resource.RLIM_INFINITY)
    print(book.add("contact", name="その後"))
"""
)
FULL_AT_FIRST = (
    LIMIT
    + """
from enishi.book import BookError, open_book
limit(20_000)
try:
    open_book()
except BookError as error:
    print(type(error).__name__)
"""
)


def test_a_file_that_may_not_grow_is_told_and_what_was_saved_is_safe(data_dir: Path) -> None:
    *ids, told, afterwards = finish(start(FULL, data_dir)).split()
    assert told in (DiskFullError.__name__, DiskFailedError.__name__)
    assert len(ids) > 3
    book = open_book()
    rows = set(book.frame("contact").index)
    assert {*ids, afterwards} <= rows
    assert len(rows) == len(ids) + 2
    book.close()


def test_a_first_start_on_a_full_disk_leaves_nothing_half_made(data_dir: Path) -> None:
    told = finish(start(FULL_AT_FIRST, data_dir)).strip()
    assert told in (DiskFullError.__name__, DiskFailedError.__name__)
    assert list(data_dir.iterdir()) == []
    open_book().close()


# -- others ----------------------------------------------------------------------------------------


def test_a_book_that_another_program_holds_is_told(
    book: Book, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WAIT_SECONDS", 0.1)
    ann = book.add("contact", name="架空 花子")
    book.close()
    holder = sqlite3.connect(data_dir / BOOK, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(BookBusyError) as told:
        book.update("contact", ann, name="架空 花")
    check_told(told.value)
    assert book.row("contact", ann)["name"] == "架空 花子"
    holder.execute("ROLLBACK")
    assert book.update("contact", ann, name="架空 花") == 2
    book.close()
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BookBusyError) as told:
        open_book()
    check_told(told.value)
    holder.close()
    open_book().close()


def test_a_book_that_was_taken_away_is_not_made_anew_behind_ones_back(
    book: Book, data_dir: Path
) -> None:
    book.add("contact", name="架空 花子")
    book.close()
    shutil.move(data_dir / BOOK, data_dir / "elsewhere.sqlite3")
    with pytest.raises(MovedBookError) as told:
        book.add("contact", name="架空 次郎")
    check_told(told.value)
    assert not (data_dir / BOOK).exists()


def remove(file: Path, other: Path) -> None:
    file.unlink()


def move(file: Path, other: Path) -> None:
    file.rename(file.with_name("elsewhere.sqlite3"))


def move_folder(file: Path, other: Path) -> None:
    file.parent.rename(file.parent.with_name("elsewhere"))


def remove_folder(file: Path, other: Path) -> None:
    shutil.rmtree(file.parent)


def put_another_in_its_place(file: Path, other: Path) -> None:
    shutil.copyfile(other, file.with_name("other"))
    file.with_name("other").rename(file)


@pytest.mark.parametrize(
    "act", [remove, move, move_folder, remove_folder, put_another_in_its_place]
)
def test_a_book_that_goes_while_it_is_open_is_noticed_before_the_next_write(
    book: Book, data_dir: Path, empty_book_file: Path, act: Callable[[Path, Path], None]
) -> None:
    book.add("contact", name="架空 花子")
    act(data_dir / BOOK, empty_book_file)
    for _ in range(2):
        with pytest.raises(MovedBookError) as told:
            book.add("contact", name="架空 次郎")
    check_told(told.value)
    with pytest.raises(MovedBookError):
        book.frame("promise")
    if act is put_another_in_its_place:
        assert (data_dir / BOOK).read_bytes() == empty_book_file.read_bytes()
    else:
        assert not (data_dir / BOOK).exists()


def test_a_book_that_goes_in_the_middle_of_a_write_is_not_said_to_be_saved(
    book: Book, data_dir: Path
) -> None:
    with pytest.raises(MovedBookError), book.batch("add") as batch:
        batch.add("contact", name="架空 花子")
        (data_dir / BOOK).rename(data_dir / "elsewhere.sqlite3")


def test_a_book_that_is_back_in_its_place_is_written_on(book: Book, data_dir: Path) -> None:
    move(data_dir / BOOK, data_dir)
    with pytest.raises(MovedBookError):
        book.add("contact", name="架空 次郎")
    (data_dir / "elsewhere.sqlite3").rename(data_dir / BOOK)
    book.add("contact", name="架空 次郎")
    assert count(book, "contact") == 1


def test_a_copy_laid_over_an_open_book_takes_what_is_written_next(
    book: Book, data_dir: Path, tmp_path: Path
) -> None:
    """The file stays the same for the system: what was open reads what is in it now."""
    book.add("contact", name="架空 花子")
    shutil.copyfile(data_dir / BOOK, tmp_path / "copy")
    book.add("contact", name="架空 次郎")
    assert len(book.frame("contact")) == 2
    shutil.copyfile(tmp_path / "copy", data_dir / BOOK)
    book.add("contact", name="架空 三郎")
    book.close()
    again = open_book()
    assert list(again.frame("contact")["name"]) == ["架空 花子", "架空 三郎"]
    again.close()


def test_where_the_server_has_seen_a_book_no_new_one_is_made(
    book: Book, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENISHI_BOOK", file_identity(data_dir / BOOK) or "")
    open_book().close()
    (data_dir / BOOK).rename(data_dir / "elsewhere.sqlite3")
    with pytest.raises(MovedBookError):
        open_book()
    assert not (data_dir / BOOK).exists()


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("nonsense", DatabaseUnreachableError),
        ("nosuch://somewhere/book", DatabaseUnreachableError),
        ("mysql+nosuchdriver://somewhere/book", DatabaseUnreachableError),
        ("oracle+oracledb://somewhere/book", DatabaseDriverError),
    ],
)
def test_an_address_that_leads_nowhere_is_told(
    monkeypatch: pytest.MonkeyPatch, address: str, error: type[BookError]
) -> None:
    monkeypatch.setenv("ENISHI_DATABASE", address)
    with pytest.raises(error) as told:
        open_book()
    check_told(told.value)
