"""Backups of a whole database, and the way back: `enishi backup`, `restore` and `doctor`."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import stat
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import make_url

from book_children import STEP, child_environment, start
from book_states import state
from enishi.book import Book, accounts, backup, errors, open_book
from enishi.book.integrity import find_problems
from postgresql import PostgreSQL
from serving import ENISHI
from stores import BOOK, Store


def run(
    store: Store, folder: Path, *arguments: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command on the books of `store`, in the folder above that of the data."""
    return subprocess.run(
        [*ENISHI, *arguments],
        env=child_environment(folder, store.environment | {"LANG": "en"} | more),
        cwd=folder.parent,
        capture_output=True,
        text=True,
        timeout=120,
    )


def fill(book: Book) -> str:
    """Write, change, undo and forget, so that every kind of line is in the journal."""
    ann = book.add("contact", name="架空 花子", topics=["山", "本"], focus=True)
    book.update("contact", ann, note="“quoted”\n二行め 😀")
    book.add("promise", contact_id=ann, words="資料を送る（例）")
    gone = book.add("contact", name="忘れる 人")
    book.add("tie", a_id=ann, b_id=gone)
    book.erase(gone)
    book.set_setting("word", "en")
    book.undo()
    return ann


@pytest.mark.stores("file", "server")
def test_a_backup_is_whole_and_brings_everything_back(
    store: Store, book: Book, data_dir: Path
) -> None:
    ann = fill(book)
    accounts.invite(book.engine, "Sample Ann")
    before, calls = state(book, versions=True), book.revision()
    done = run(store, data_dir, "backup", "kept.sqlite3")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "kept.sqlite3"
    kept = data_dir.parent / "kept.sqlite3"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with sqlite3.connect(kept) as connection:
        assert find_problems(connection) == []
    connection.close()

    book.update("contact", ann, name="あとから")
    book.add("contact", name="あとの 人")
    later = state(book, versions=True)
    done = run(store, data_dir, "restore", str(kept))
    assert (done.returncode, done.stderr) == (0, "")
    assert state(book, versions=True) == before
    assert [one.name for one in accounts.list_persons(book.engine)] == ["Sample Ann"]
    assert book.revision() > calls + 2, "open pages notice that all they know is out of date"
    assert set(book.frame("contact")["name"]) == {"架空 花子"}

    replaced = done.stdout.splitlines()[-1]
    assert run(store, data_dir, "restore", replaced).returncode == 0
    assert state(book, versions=True) == later
    assert book.update("contact", ann, name="その後") > 1
    assert book.undo() is not None


def test_who_has_left_since_a_backup_is_not_let_in_by_it_again(book: Book, tmp_path: Path) -> None:
    _, key = accounts.invite(book.engine, "Sample Ann")
    entered = accounts.begin_session(book.engine, key)
    assert entered
    backup.back_up(book.engine.url, tmp_path / "kept")
    accounts.end_session(book.engine, entered[1])
    backup.restore(book.engine.url, tmp_path / "kept")
    assert accounts.find_by_session(book.engine, entered[1]) is None
    assert accounts.begin_session(book.engine, key)


def test_books_move_from_a_file_to_a_server_and_back(
    book: Book, data_dir: Path, tmp_path: Path, postgresql: PostgreSQL
) -> None:
    fill(book)
    before = state(book, versions=True)
    backup.back_up(book.engine.url, tmp_path / "one")
    with postgresql.database() as url:
        backup.restore(url, tmp_path / "one")
        backup.back_up(url, tmp_path / "two")
    backup.restore(book.engine.url, tmp_path / "two")
    assert state(book, versions=True) == before


def test_a_backup_made_while_somebody_writes_holds_all_that_was_acknowledged(
    store: Store, book: Book, data_dir: Path, tmp_path: Path
) -> None:
    book.close()
    code = 'print("begin")\nfor n in range(400): print(book.add("contact", name=f"見本 {n}"))'
    child = start(STEP + code, data_dir)
    assert child.stdout is not None
    child.stdout.readline()
    acknowledged = [child.stdout.readline().strip() for _ in range(20)]
    backup.back_up(store.url, tmp_path / "kept")
    child.communicate(timeout=60)
    with sqlite3.connect(tmp_path / "kept") as connection:
        kept = {id for (id,) in connection.execute("SELECT id FROM contact")}
        assert find_problems(connection) == []
    connection.close()
    assert set(acknowledged) <= kept


def test_the_file_alone_is_the_book_after_every_end_even_a_kill(
    data_dir: Path, store: Store, tmp_path: Path
) -> None:
    code = 'for n in range(25): print(book.add("contact", name=f"見本 {n}"))\nos._exit(0)'
    for ending in ("os._exit(0)", "os.kill(os.getpid(), 9)"):
        child = start(STEP + code.replace("os._exit(0)", ending), data_dir)
        printed, _ = child.communicate(timeout=60)
        assert len(printed.split()) == 25
        assert {file.name for file in data_dir.iterdir()} == {BOOK}
        shutil.copyfile(data_dir / BOOK, tmp_path / "copy")
        with sqlite3.connect(tmp_path / "copy") as connection:
            there = {id for (id,) in connection.execute("SELECT id FROM contact")}
        connection.close()
        assert set(printed.split()) <= there


@pytest.mark.parametrize("how", ["missing", "damaged", "another program's", "not there at all"])
def test_restoring_helps_where_there_is_no_book_that_opens(
    book: Book, data_dir: Path, tmp_path: Path, how: str
) -> None:
    fill(book)
    before = state(book, versions=True)
    book.close()
    backup.back_up(book.engine.url, tmp_path / "kept")
    file = data_dir / BOOK
    if how == "damaged":
        file.write_bytes(file.read_bytes()[:9000])
    elif how == "another program's":
        file.write_bytes(b"mine")
    elif how == "missing":
        file.unlink()
    else:
        shutil.rmtree(data_dir)
    was = file.read_bytes() if file.exists() else None
    kept = backup.restore(book.engine.url, tmp_path / "kept")
    assert (kept.read_bytes() if kept else None) == was
    again = open_book()
    assert state(again, versions=True) == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again.close()


def text(file: Path) -> None:
    file.write_text("買い物メモ")


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:20_000])


def torn(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE contact SET version = 1, note = ''")
    connection.close()


def newer(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def gone(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (text, errors.NotABackupError),
        (cut, errors.NotWholeError),
        (torn, errors.NotWholeError),
        (newer, errors.NewerBookError),
        (gone, errors.NoBookError),
    ],
)
def test_what_is_not_whole_is_not_restored_and_nothing_changes(
    book: Book, data_dir: Path, tmp_path: Path, spoil: object, error: type[errors.BookError]
) -> None:
    fill(book)
    kept = tmp_path / "kept"
    backup.back_up(book.engine.url, kept)
    spoil(kept)  # type: ignore[operator]
    content = kept.read_bytes() if kept.exists() else None
    before = (data_dir / BOOK).read_bytes()
    with pytest.raises(error):
        backup.restore(book.engine.url, kept)
    assert (data_dir / BOOK).read_bytes() == before
    assert {file.name for file in data_dir.iterdir()} == {BOOK}
    assert (kept.read_bytes() if kept.exists() else None) == content


def test_a_backup_overwrites_nothing_and_says_where_it_cannot_write(
    store: Store, book: Book, data_dir: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine")
    for target, sentence in (
        (mine, "already a file"),
        (tmp_path / "no" / "x", "cannot be written"),
    ):
        done = run(store, data_dir, "backup", str(target))
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert sentence in done.stderr
    assert mine.read_text() == "mine"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["data", "mine"]


def test_a_damaged_book_gives_no_backup_and_the_doctor_says_so(
    store: Store, book: Book, data_dir: Path, tmp_path: Path
) -> None:
    fill(book)
    book.close()
    assert run(store, data_dir, "doctor").returncode == 0
    content = (data_dir / BOOK).read_bytes()
    at = content.index("資料を送る".encode())
    flipped = content[at] ^ 1
    (data_dir / BOOK).write_bytes(content[:at] + bytes([flipped]) + content[at + 1 :])
    seen = run(store, data_dir, "doctor")
    assert seen.returncode == 1
    assert "“promise”" in seen.stderr
    assert "資料" not in seen.stderr
    with pytest.raises(errors.DamagedBookError):
        backup.back_up(store.url, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_two_who_restore_in_the_same_second_lose_nothing(
    book: Book, data_dir: Path, tmp_path: Path
) -> None:
    fill(book)
    backup.back_up(book.engine.url, tmp_path / "kept")
    kept = {backup.restore(book.engine.url, tmp_path / "kept") for _ in range(4)}
    assert len(kept) == 4


def test_a_page_that_was_open_meets_the_restored_text_as_a_conflict(
    book: Book, data_dir: Path, tmp_path: Path
) -> None:
    ann = book.add("contact", name="架空 花子")
    backup.back_up(book.engine.url, tmp_path / "kept")
    version = book.update("contact", ann, name="あとから")
    backup.restore(book.engine.url, tmp_path / "kept")
    with pytest.raises(errors.StaleVersionError):
        book.update("contact", ann, version, name="そのあと")
    assert book.row("contact", ann)["name"] == "架空 花子"


@pytest.mark.stores("file", "server")
def test_a_page_that_was_open_shows_the_restored_rows_and_no_others(
    book: Book, tmp_path: Path
) -> None:
    book.add("contact", name="ひとり目")
    backup.back_up(book.engine.url, tmp_path / "kept")
    book.add("contact", name="ふたり目")
    assert len(book.frame("contact")) == 2  # this book remembers both
    backup.restore(book.engine.url, tmp_path / "kept")
    assert list(book.frame("contact")["name"]) == ["ひとり目"]


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(n, marks=pytest.mark.thorough) for n in range(2, 6))]
)
def test_whatever_is_damaged_is_said_in_a_sentence_or_does_not_matter(
    book: Book, data_dir: Path, seed: int
) -> None:
    """Bits flipped, pages emptied, copied or overwritten, ends cut off or added."""
    ann = fill(book)
    with book.batch("import") as batch:
        batch.add_many("contact", [{"name": f"見本 {n}", "note": "長い" * 40} for n in range(60)])
    book.close()
    whole = (data_dir / BOOK).read_bytes()
    chance = random.Random(seed)
    for _ in range(int(os.environ.get("ENISHI_DAMAGES", "12"))):
        (data_dir / BOOK).write_bytes(damaged(whole, chance))
        for log in data_dir.glob(f"{BOOK}-*"):
            log.unlink()
        try:
            again = open_book()
            with again.snapshot():
                for table in ("contact", "promise", "tie", "setting"):
                    again.frame(table)
            again.update("contact", ann, name="見本")
            again.undo()
            again.redo()
            again.erase(ann)
            again.close()
        except errors.BookError as error:
            assert str(error)


def test_a_damaged_name_of_a_column_is_said_in_a_sentence(book: Book, data_dir: Path) -> None:
    ann = fill(book)
    book.close()
    whole = (data_dir / BOOK).read_bytes()
    for name in (b"a_says", b"went_well"):
        (data_dir / BOOK).write_bytes(whole.replace(name, b"x" * len(name)))
        again = open_book()
        with pytest.raises(errors.DamagedBookError):
            again.frame("tie")
            again.erase(ann)
        again.close()
    (data_dir / BOOK).write_bytes(whole)


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """Return the bytes of a file with one kind of damage."""
    data = bytearray(whole)
    at = chance.randrange(len(data))
    page = at // 4096 * 4096
    match chance.randrange(6):
        case 0:
            data[at] ^= 1 << chance.randrange(8)
        case 1:
            del data[at:]
        case 2:
            data[page : page + 4096] = bytes(4096)
        case 3:
            data[at : at + 2000] = chance.randbytes(len(data[at : at + 2000]))
        case 4:
            other = chance.randrange(len(data)) // 4096 * 4096
            data[page : page + 4096] = data[other : other + 4096]
        case 5:
            data += chance.randbytes(5000)
    return bytes(data)


def test_a_file_that_the_database_s_address_names_is_found(tmp_path: Path) -> None:
    from enishi.paths import book_file

    environment = {"ENISHI_DATABASE": f"sqlite:///{tmp_path}/x.sqlite3"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        assert str(book_file()) == make_url(environment["ENISHI_DATABASE"]).database
