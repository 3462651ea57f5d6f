"""Erasing reaches the copies of a book, or names each file that still holds what was erased."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from book_bytes import forms
from book_states import state
from enishi.book import Book, backup
from enishi.book.copies import erased_copies
from enishi.book.copies.automatic_backups import list_automatic_backups, make_automatic_backup
from enishi.book.copies.erased_copies import list_copies, remember_copy
from enishi.book.database import open_database
from enishi.book.integrity import find_problems
from enishi.book.revisions import head
from enishi.book.sqlite import read_revision
from stores import BOOK, in_file

NAME, SECRET, OTHER = "架空 花子", "木曜の夜の秘密", "見本 次郎"


@pytest.fixture
def ann(book: Book) -> str:
    """Somebody with a note on them, beside somebody else."""
    id = book.add("contact", name=NAME, email="hanako@example.org")
    met = book.add("encounter", contact_id=id, note=SECRET)
    book.update("encounter", met, note=f"{SECRET}。二度目")
    book.add("contact", name=OTHER)
    return id


@pytest.fixture
def copies(book: Book, ann: str, data_dir: Path, tmp_path: Path) -> dict[str, Path]:
    """A copy of each kind: automatic, replaced, from before an update, and elsewhere."""
    file = data_dir / BOOK
    automatic = make_automatic_backup(file)
    assert automatic is not None
    backup.back_up(book.engine.url, tmp_path / "kept")
    backup.restore(book.engine.url, tmp_path / "kept")
    (replaced,) = data_dir.glob("book-replaced-*")
    before = data_dir / f"book-before-{head()}-2026-11-30-101010.sqlite3"
    shutil.copy(file, before)
    usb = tmp_path / "usb"
    usb.mkdir()
    shutil.copy(file, usb / BOOK)
    remember_copy(file, usb)
    return {"automatic": automatic, "replaced": replaced, "before": before, "usb": usb / BOOK}


def holds(path: Path, *texts: str) -> list[str]:
    """Return which of the texts lie in a file, in any form."""
    content = path.read_bytes()
    return [text for text in texts if any(form in content for form in forms(text))]


def check_whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert find_problems(connection) == []


def test_no_byte_of_an_erased_person_is_left_in_any_copy(
    book: Book, ann: str, copies: dict[str, Path]
) -> None:
    for path in copies.values():
        assert holds(path, NAME, SECRET, OTHER) == [NAME, SECRET, OTHER]
    erased = book.erase(ann)
    assert (erased.copies, erased.cleaned) == ((), 4)
    for path in copies.values():
        assert holds(path, NAME, SECRET, ann, "hanako@example.org") == []
        assert holds(path, OTHER) == [OTHER], "the others stay"
        check_whole(path)
        assert path.stat().st_mode & 0o077 == 0
    assert set(list_copies(book.engine)) == set(copies.values()), "and no draft is left"


def test_a_cleaned_copy_can_still_be_restored(
    book: Book, ann: str, copies: dict[str, Path]
) -> None:
    book.erase(ann)
    book.add("contact", name="あとの 人")
    backup.restore(book.engine.url, copies["automatic"])
    assert set(book.frame("contact")["name"]) == {OTHER}


def copy_of_version_6(folder: Path) -> tuple[Path, str]:
    """Write the copy that an update from version 6 made; return it, and the id of 見本 花子."""
    source = Path(__file__).parents[1] / "files" / "backups" / "whole-0006.sqlite3.gz"
    old = folder / "book-before-0007-2026-11-30-101010.sqlite3"
    old.write_bytes(gzip.decompress(source.read_bytes()))
    with closing(sqlite3.connect(old)) as connection, connection:
        (then,) = connection.execute("SELECT id FROM contact WHERE name = '見本 花子'").fetchone()
    return old, then


def test_a_copy_of_an_earlier_version_is_cleaned_as_well(
    book: Book, ann: str, data_dir: Path
) -> None:
    """The file is one that the version before the last migration made."""
    old, then = copy_of_version_6(data_dir)
    book.erase_everything()
    assert not old.exists(), "nothing is left in it"
    assert then


def test_a_copy_that_becomes_one_of_this_version_is_told(
    book: Book, ann: str, data_dir: Path
) -> None:
    """It holds others, too, so it stays; the program that made it cannot open it any more."""
    old, then = copy_of_version_6(data_dir)
    assert read_revision(old) == "0006"
    with book.batch("add") as batch:
        batch.create({("contact", then): {"name": "見本 花子"}})
    erased = book.erase(then)
    assert (erased.upgraded, erased.cleaned) == (1, 1)
    assert read_revision(old) == head()
    assert book.erase(book.add("contact", name="例示 次郎")).upgraded == 0


def test_copies_that_cannot_be_cleaned_are_named(
    book: Book, ann: str, copies: dict[str, Path], data_dir: Path
) -> None:
    log = data_dir / "book-foreign-2026-11-30-101010.sqlite3-wal"
    log.write_bytes(NAME.encode())
    copies["replaced"].write_bytes(copies["replaced"].read_bytes()[:-5000])
    shutil.rmtree(copies["usb"].parent)
    erased = book.erase(ann)
    named = {str(log), str(copies["replaced"]), str(copies["usb"])}
    assert (set(erased.copies), erased.cleaned) == (named, 2)
    for each in ("automatic", "before"):
        assert holds(copies[each], NAME, SECRET) == []


def test_a_copy_in_which_one_s_own_sentence_names_the_person_is_named(
    book: Book, ann: str, data_dir: Path
) -> None:
    review = book.add("review", went_well=f"{NAME}さんと話せた")
    made = make_automatic_backup(data_dir / BOOK)
    book.update("review", review, went_well="よく話せた")
    erased = book.erase(ann)
    assert erased.named_in == {}
    assert erased.copies == (str(made),)
    assert made is not None and holds(made, SECRET) == []


def test_a_copy_from_before_somebody_came_is_left_as_it_is(book: Book, data_dir: Path) -> None:
    book.add("contact", name=OTHER)
    made = make_automatic_backup(data_dir / BOOK)
    assert made is not None
    before = made.read_bytes()
    ann = book.add("contact", name=NAME)
    assert book.erase(ann).copies == ()
    assert made.read_bytes() == before


def test_several_people_are_erased_from_each_copy_that_has_any_of_them(
    book: Book, ann: str, copies: dict[str, Path]
) -> None:
    late = book.add("contact", name="あとの 人")
    later = make_automatic_backup(Path(str(book.engine.url.database)))
    erased = book.erase_many([ann, late])
    assert erased.copies == () and erased.cleaned >= 4
    for path in {*copies.values(), *filter(None, [later])} & set(list_copies(book.engine)):
        assert holds(path, NAME, SECRET, "あとの 人") == []
        check_whole(path)


def test_erasing_the_book_removes_the_copies_in_which_nothing_is_left(
    book: Book, ann: str, copies: dict[str, Path]
) -> None:
    erased = book.erase_everything()
    assert (erased.copies, erased.cleaned) == ((), 4)
    assert not any(path.exists() for path in copies.values())


def test_erasing_one_of_several_books_leaves_the_others_in_the_copies(
    book: Book, ann: str, copies: dict[str, Path]
) -> None:
    other = Book(book.engine, "another")
    other.add("contact", name="別の 人")
    backup.restore(book.engine.url, copies["usb"])  # replaced: a book with both
    latest = max(copies["replaced"].parent.glob("book-replaced-*"), key=lambda p: p.stat().st_mtime)
    assert holds(latest, "別の 人", NAME) == ["別の 人", NAME]
    erased = book.erase_everything()
    assert erased.copies == ()
    assert holds(latest, NAME, SECRET, OTHER) == []
    there = Book(open_database(in_file(latest)), "another")
    assert set(there.frame("contact")["name"]) == {"別の 人"}
    there.close()


def test_a_backup_that_is_being_made_does_not_bring_an_erased_person_back(
    book: Book, ann: str, data_dir: Path
) -> None:
    folder = data_dir / "book-backups"
    folder.mkdir()
    draft = folder / ".draft-book.sqlite3.draft-x"
    shutil.copy(data_dir / BOOK, draft)
    assert book.erase(ann).copies == ()
    assert not draft.exists()


def test_after_too_long_automatic_backups_are_removed_and_other_copies_named(
    book: Book, ann: str, copies: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erased_copies, "MOST_SECONDS", -1.0)
    erased = book.erase(ann)
    others = {str(path) for name, path in copies.items() if name != "automatic"}
    assert (set(erased.copies), erased.cleaned) == (others, 1)
    assert list_automatic_backups(Path(str(book.engine.url.database))) == []


def test_the_book_itself_is_as_it_would_be_without_copies(
    book: Book, ann: str, copies: dict[str, Path]
) -> None:
    book.erase(ann)
    assert set(state(book)) == {("contact", id) for id in book.frame("contact").index}
    assert json.dumps(NAME)[1:-1].encode() not in (copies["usb"]).read_bytes()
