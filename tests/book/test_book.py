from __future__ import annotations

from datetime import date

import pytest

from book_states import calls, count, state
from enishi.book import Book, StaleVersionError, UnknownRowError, open_book
from enishi.book.tables import TABLES
from enishi.book.validation import defaults

pytestmark = pytest.mark.stores("file", "server")


def test_what_was_added_can_be_read_again_in_another_session(book: Book) -> None:
    ann = book.add("contact", name="架空 花子", topics=["料理", "山"], comfort=4)
    book.close()
    again = open_book()
    row = again.row("contact", ann)
    assert (row["name"], row["topics"], row["comfort"]) == ("架空 花子", ["料理", "山"], 4)
    again.close()


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_says_nothing_holds_the_defaults(book: Book, table: str) -> None:
    row = book.row(table, book.add(table))
    assert row == defaults(TABLES[table]) | {"version": 1}


def test_every_call_is_one_row_in_the_journal(book: Book) -> None:
    ann = book.add("contact", name="架空 花子")
    book.update("contact", ann, how_met="勉強会(例)", rung=1)
    book.delete("contact", ann)
    book.restore(ann)
    book.set_setting("language", "ja")
    book.upsert("reflection", "wish", text="まだ考え中")
    with book.batch("import") as batch:
        batch.add_many("contact", [{"name": f"見本 {number}"} for number in range(30)])
        batch.update("contact", ann, name="架空 花")
    book.undo()
    book.redo()
    verbs = ["add", "write", "drop", "restore", "setting", "write", "import", "undo", "redo"]
    assert calls(book) == verbs


def test_a_call_that_changes_nothing_leaves_no_trace(book: Book) -> None:
    ann = book.add("contact", name="架空 花子")
    before = book.revision()
    assert book.update("contact", ann, name="架空 花子") == 1
    with book.batch("nothing"):
        pass
    with book.batch("nothing") as batch:
        role = batch.add("role", name="編集者")
        batch.delete("role", role)
    assert book.revision() == before


def test_what_a_batch_did_to_the_same_row_is_told_once(book: Book) -> None:
    with book.batch("several") as batch:
        ann = batch.add("contact", name="架空 花子")
        batch.update("contact", ann, rung=2)
        batch.update("contact", ann, rung=3, name="架空 花")
    undo, _ = book.next_undo_redo()
    assert undo is not None
    assert undo.size == 1
    book.undo()
    assert state(book) == {}
    book.redo()
    assert book.row("contact", ann)["rung"] == 3
    assert book.row("contact", ann)["name"] == "架空 花"


def test_nothing_is_written_when_anything_in_a_batch_fails(book: Book) -> None:
    ann = book.add("contact", name="架空 花子")
    before, revision = state(book, versions=True), book.revision()

    def half(failure: BaseException) -> None:
        with book.batch("import") as batch:
            batch.add("contact", name="見本 太郎")
            batch.update("contact", ann, name="別の名前")
            raise failure

    failures: tuple[BaseException, ...] = (ValueError("in the middle"), KeyboardInterrupt())
    for failure in failures:
        with pytest.raises(type(failure)):
            half(failure)
    assert state(book, versions=True) == before
    assert book.revision() == revision


def test_a_link_to_a_row_that_is_not_there_is_refused_with_the_whole_call(book: Book) -> None:
    with pytest.raises(UnknownRowError), book.batch("import") as batch:
        batch.add("role", name="編集者")
        batch.add("encounter", contact_id="nobody")
    assert state(book) == {}
    assert calls(book) == []
    book.add("role", name="編集者")  # and the book still works


def test_rows_of_one_batch_may_name_each_other_in_any_order(book: Book) -> None:
    with book.batch("import") as batch:
        ann = batch.add("contact", name="架空 花子")
        bob = batch.add("contact", name="架空 次郎", through_id=ann)
        batch.update("contact", ann, through_id=bob)
    assert book.row("contact", ann)["through_id"] == bob


def test_another_owner_s_row_cannot_be_named_nor_changed(book: Book) -> None:
    other = open_book("other")
    theirs = other.add("contact", name="架空 三郎")
    before = state(other, versions=True)
    with pytest.raises(UnknownRowError):
        book.update("contact", theirs, name="x")
    with pytest.raises(UnknownRowError):
        book.delete("contact", theirs)
    with pytest.raises(UnknownRowError):
        book.erase(theirs)
    with pytest.raises(UnknownRowError):
        book.add("encounter", contact_id=theirs)
    assert book.undo() is None
    assert state(other, versions=True) == before
    assert book.frame("contact").empty
    other.close()


def test_a_dropped_row_leaves_those_that_named_it(book: Book) -> None:
    role = book.add("role", name="編集者")
    ann = book.add("contact", name="架空 花子", role_id=role)
    place = book.add("place", name="読書会(例)", role_id=role)
    before = state(book)
    book.delete("role", role)
    assert book.row("contact", ann)["role_id"] is None
    assert book.row("place", place)["role_id"] is None
    after = state(book)
    book.undo()
    assert state(book) == before
    book.redo()
    assert state(book) == after


def test_a_dropped_contact_lies_in_the_trash_until_restored(book: Book) -> None:
    ann = book.add("contact", name="架空 花子", focus=True)
    book.delete("contact", ann)
    row = book.row("contact", ann)
    assert date.fromisoformat(row["trashed_on"])
    assert row["focus"] is False
    book.restore(ann)
    assert book.row("contact", ann)["trashed_on"] == ""


def test_a_stale_version_is_a_conflict_that_names_the_field(book: Book) -> None:
    ann = book.add("contact", name="架空 花子")
    book.update("contact", ann, 1, name="架空 花", rung=2)
    with pytest.raises(StaleVersionError) as conflict:
        book.update("contact", ann, 1, name="架空 はな", rung=2)
    assert conflict.value.fields == ("name",)
    assert conflict.value.theirs == {"name": "架空 花"}
    assert conflict.value.version == 2
    assert "name" in str(conflict.value)
    assert book.row("contact", ann)["name"] == "架空 花"


def test_different_fields_of_one_row_merge(book: Book) -> None:
    ann = book.add("contact", name="架空 花子")
    assert book.update("contact", ann, 1, name="架空 花") == 2
    assert book.update("contact", ann, 1, how_met="勉強会(例)") == 3
    assert book.update("contact", ann, 2, hope="また会いたい") == 4
    row = book.row("contact", ann)
    assert (row["name"], row["how_met"], row["hope"]) == ("架空 花", "勉強会(例)", "また会いたい")


def test_a_field_changed_and_changed_back_is_still_a_conflict(book: Book) -> None:
    ann = book.add("contact", name="架空 花子")
    book.update("contact", ann, name="架空 花")
    book.update("contact", ann, name="架空 花子")
    with pytest.raises(StaleVersionError):
        book.update("contact", ann, 1, name="架空 はな")


def test_a_version_from_before_an_undo_is_a_conflict(book: Book) -> None:
    ann = book.add("contact", name="架空 花子")
    book.update("contact", ann, name="架空 花")
    book.undo()
    with pytest.raises(StaleVersionError):
        book.update("contact", ann, 2, name="架空 はな")


def test_a_row_made_again_under_its_own_name_never_has_an_old_version(book: Book) -> None:
    first = book.upsert("reflection", "wish", text="一")
    second = book.upsert("reflection", "wish", text="二")
    book.undo()
    book.undo()
    again = book.upsert("reflection", "wish", text="三")
    assert first < second < again
    with pytest.raises(StaleVersionError):
        book.update("reflection", "wish", second, text="四")


def test_a_setting_is_otherwise_what_the_asker_says(book: Book) -> None:
    assert book.setting("word", "tsunagari") == "tsunagari"
    book.set_setting("word", "goen")
    book.set_setting("word", "nakama")
    assert book.setting("word", "tsunagari") == "nakama"


def test_an_import_tells_how_far_it_is(book: Book) -> None:
    told: list[int] = []
    rows = [{"name": f"見本 {number}"} for number in range(1234)]
    with book.batch("import") as batch:
        ids = batch.add_many("contact", rows, told.append)
    assert told == [500, 1000, 1234]
    assert len(set(ids)) == count(book, "contact") == 1234
    assert list(book.frame("contact")["name"]) == [row["name"] for row in rows]


def test_the_revision_grows_with_every_change_by_whomever(book: Book) -> None:
    second = open_book()
    seen = [book.revision()]
    for writer in (book, second, book):
        writer.add("role", name="編集者")
        seen.append(book.revision())
    assert seen == sorted(set(seen))
    second.close()


def test_many_rows_are_written_in_one_call_and_taken_back_in_one(book: Book) -> None:
    with book.batch("add") as batch:
        ids = batch.add_many("contact", [{"name": name} for name in ("Ann", "Bob", "Cid")])
    before = book.revision()
    with book.batch("write") as batch:
        batch.update("contact", ids[0], note="first")
        batch.update_many("contact", {ids[0]: {"called": "A"}, ids[1]: {"name": "Bob"}})
        batch.update_many("contact", {id: {"circles": ["Choir"]} for id in ids[:2]})

    assert book.revision() == before + 1
    assert [book.row("contact", id)["circles"] for id in ids] == [["Choir"], ["Choir"], []]
    assert [book.row("contact", id)["version"] for id in ids] == [2, 2, 1]
    assert list(book.frame("contact")["called"]) == ["A", "", ""]
    book.undo()
    assert list(book.frame("contact")["note"]) == ["", "", ""]
    assert [book.row("contact", id)["circles"] for id in ids] == [[], [], []]


def test_where_one_of_many_rows_is_not_there_none_is_written(book: Book) -> None:
    ann = book.add("contact", name="Ann")
    with pytest.raises(UnknownRowError), book.batch("write") as batch:
        batch.update_many("contact", {ann: {"name": "Bea"}, "nobody": {"name": "Bob"}})
    assert book.row("contact", ann)["name"] == "Ann"
