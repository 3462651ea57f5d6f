"""Two contacts that are one person become one, and one undo brings both back."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from book_states import calls, state
from enishi.book import Book, UnknownRowError
from enishi.book.backup import examine
from enishi.book.database import open_database
from enishi.book.errors import TooLongError
from enishi.book.merging import KEPT_APART, UNASKED, compare_contacts, merge_contacts
from enishi.book.tables import NOTE, TABLES
from enishi.book.validation import default_row, links_of
from examples import max_examples
from random_books import Rows, fill, rows_of_books
from stores import Store

pytestmark = pytest.mark.stores("file", "server")

CONTACT = TABLES["contact"]
LINKS = [
    (table, column)
    for table, sql_table in TABLES.items()
    for column, target in links_of(sql_table).items()
    if target == "contact"
]


def merge(book: Book, stays: str, goes: str, **choices: str) -> dict[str, Any]:
    """Merge two contacts and return the one that is left."""
    with book.batch("merge") as batch:
        merge_contacts(batch, stays, goes, choices)
    return book.row("contact", stays)


@pytest.mark.stores("file")
@settings(
    max_examples=min(100, max(10, max_examples() // 4)),
    suppress_health_check=list(HealthCheck),
    deadline=None,
)
@given(rows=rows_of_books())
def test_every_link_leads_to_the_one_that_stays_and_one_undo_brings_both_back_exactly(
    store: Store, rows: Rows
) -> None:
    rows |= {("contact", id): rows.get(("contact", id), {}) for id in ("contact-0", "contact-1")}
    with store.another() as url, closing(Book(open_database(url), "me")) as book:
        fill(book, rows)
        before = state(book)
        merge(book, "contact-0", "contact-1")
        after = state(book)
        assert ("contact", "contact-1") not in after
        for key in after.keys() & before.keys():
            row = after[key]
            for column, target in links_of(TABLES[key[0]]).items():
                if target == "contact" and before[key][column] in ("contact-0", "contact-1"):
                    assert row[column] in ("contact-0", None)
                else:
                    assert row[column] == before[key][column] or key == ("contact", "contact-0")
        gone = before.keys() - after.keys() - {("contact", "contact-1")}
        assert {table for table, _ in gone} <= {"tie", "relation", "distinct_pair", "detail"}
        added = [after[key] for key in after.keys() - before.keys()]
        assert all(row["contact_id"] == "contact-0" for row in added)
        pairs = [frozenset((r["a_id"], r["b_id"])) for (t, _), r in after.items() if t == "tie"]
        of_stays = [pair for pair in pairs if "contact-0" in pair]
        assert len(of_stays) == len(set(of_stays)) and frozenset(["contact-0"]) not in pairs
        for name, value in after["contact", "contact-0"].items():
            said = [before["contact", id][name] for id in ("contact-0", "contact-1")]
            if name not in ("through_id", *UNASKED) and value == default_row(CONTACT)[name]:
                assert all(each == value for each in said), name
        assert examine(url) == []
        assert calls(book) == ["import", "merge"]
        book.undo()
        assert state(book) == before
        book.redo()
        assert state(book) == after


@pytest.mark.parametrize(("table", "column"), LINKS)
def test_each_link_of_each_table_is_moved(book: Book, table: str, column: str) -> None:
    ann, twin = book.add("contact", name="架空 花子"), book.add("contact", name="架空 花子")
    row = book.add(table, **{column: twin})
    merge(book, ann, twin)
    assert book.row(table, row)[column] == ann


def test_what_only_one_of_them_has_is_taken_over_and_of_two_the_chosen_one(book: Book) -> None:
    ann = book.add("contact", name="架空 花子", email="a@example.com", circles=["朝"], note="紅茶")
    twin = book.add("contact", name="花子", email="b@example.com", phone="1", focus=True)
    book.update("contact", twin, circles=["夜", "朝"], note="犬がいる")
    with book.reading():
        found = {each.column: each for each in compare_contacts(*rows_of(book, ann, twin))}
    assert set(found) == {"name", "email", "phone", "focus", "note"}
    choices = {name: each.choice for name, each in found.items()}
    assert choices == {
        "name": "stays",
        "email": "both",
        "phone": "goes",
        "focus": "goes",
        "note": "both",
    }
    assert [name for name, each in found.items() if each.is_conflict] == ["name", "email", "note"]
    row = merge(book, ann, twin, email="goes", phone="stays")
    assert (row["name"], row["email"], row["phone"]) == ("架空 花子", "b@example.com", "")
    assert (row["focus"], row["circles"], row["note"]) == (True, ["朝", "夜"], "紅茶\n\n犬がいる")


def rows_of(book: Book, *ids: str) -> list[dict[str, Any]]:
    return [book.row("contact", id) for id in ids]


def test_of_two_addresses_both_are_kept_unless_one_is_chosen(book: Book) -> None:
    one = {"email": "a@example.com", "phone": "03-0000-0000", "url": "https://example.com/a"}
    other = {"email": "b@example.com", "phone": "(03) 0000 0000", "url": "https://example.com/b"}
    ann, twin = book.add("contact", **one), book.add("contact", **other)
    row = merge(book, ann, twin, url="goes")
    assert (row["email"], row["phone"], row["url"]) == (*list(one.values())[:2], other["url"])
    details = book.frame("detail")
    assert details[["contact_id", "kind", "value"]].values.tolist() == [
        [ann, "email", "b@example.com"]
    ]


def test_details_and_relations_are_moved_and_what_is_said_twice_is_left_once(book: Book) -> None:
    ann, twin, ben = (book.add("contact", name=name) for name in ("花", "花", "次郎"))
    home = {"kind": "address", "value": "東京都例区1-2"}
    book.add("detail", contact_id=ann, **home)
    kept = book.add("detail", contact_id=twin, label="自宅", **home)
    other = book.add("detail", contact_id=twin, kind="field", label="趣味", value="茶道")
    book.add("relation", a_id=ann, b_id=twin, kind="sibling")
    sister = book.add("relation", a_id=ann, b_id=ben, kind="sibling")
    book.add("relation", a_id=twin, b_id=ben, kind="sibling")
    boss = book.add("relation", a_id=twin, b_id=ben, kind="manager")
    book.add("distinct_pair", a_id=ann, b_id=twin)
    apart = book.add("distinct_pair", a_id=twin, b_id=ben)
    before = state(book)
    merge(book, ann, twin)
    assert set(book.frame("detail").index) == {kept, other}
    assert set(book.frame("relation").index) == {sister, boss}
    assert list(book.frame("distinct_pair").index) == [apart]
    for table, column in (
        ("detail", "contact_id"),
        ("relation", "a_id"),
        ("distinct_pair", "a_id"),
    ):
        assert set(book.frame(table)[column]) == {ann}
    book.undo()
    assert state(book) == before


DETAIL = {
    "kind": st.sampled_from(["email", "phone", "address", "field"]),
    "label": st.sampled_from(["", "自宅", "会社"]),
    "value": st.sampled_from(["a", "b", "c"]),
}
ADDRESSES = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b"]) for name in KEPT_APART})


@pytest.mark.stores("file")
@settings(
    max_examples=min(60, max(10, max_examples() // 4)),
    suppress_health_check=list(HealthCheck),
    deadline=None,
)
@given(
    people=st.tuples(ADDRESSES, ADDRESSES),
    details=st.lists(st.tuples(st.booleans(), st.fixed_dictionaries(DETAIL)), max_size=6),
    choices=st.dictionaries(
        st.sampled_from(KEPT_APART), st.sampled_from(["stays", "goes", "both"])
    ),
)
def test_every_value_of_both_is_kept_or_was_not_chosen(
    store: Store,
    people: tuple[dict[str, str], dict[str, str]],
    details: list[tuple[bool, dict[str, str]]],
    choices: dict[str, str],
) -> None:
    with store.another() as url, closing(Book(open_database(url), "me")) as book:
        ids = [book.add("contact", **values) for values in people]
        for is_other, values in details:
            book.add("detail", contact_id=ids[is_other], **values)
        before = state(book)
        row = merge(book, *ids, **choices)
        kept = {(each["kind"], each["value"]) for each in details_of(book)}
        kept |= {(name, row[name]) for name in KEPT_APART}
        for _, values in details:
            assert (values["kind"], values["value"]) in kept
        for name in KEPT_APART:
            for side, values in zip(("stays", "goes"), people, strict=True):
                is_chosen = choices.get(name, "both") in (side, "both")
                if values[name] and is_chosen:
                    assert (name, values[name]) in kept
        book.undo()
        assert state(book) == before


def details_of(book: Book) -> list[dict[str, Any]]:
    return [book.row("detail", id) for id in book.frame("detail").index]


def test_a_choice_that_is_not_possible_is_the_default(book: Book) -> None:
    ann = book.add("contact", name="花", email="a@example.com")
    twin = book.add("contact", name="花", email="b@example.com")
    assert (
        merge(book, ann, twin, email="both", phone="both", nose="goes")["email"] == "a@example.com"
    )


def test_two_notes_that_do_not_fit_together_are_not_cut(book: Book) -> None:
    ann, twin = book.add("contact", note="a" * NOTE), book.add("contact", note="b")
    (note,) = compare_contacts(*rows_of(book, ann, twin))
    assert (note.both, note.choice) == ("", "stays")
    with pytest.raises(TooLongError):
        many = [str(number) for number in range(40)]
        book.update("contact", ann, circles=many)
        book.update("contact", twin, circles=["one more"])
        merge(book, ann, twin)
    assert len(book.frame("contact")) == 2


def test_when_one_last_talked_goes_with_the_day_it_was_said(book: Book) -> None:
    ann = book.add("contact", last_talk="year", last_talk_said_on="2026-11-01")
    twin = book.add("contact", last_talk="week", last_talk_said_on="2026-05-01")
    row = merge(book, ann, twin, last_talk="goes")
    assert (row["last_talk"], row["last_talk_said_on"]) == ("week", "2026-05-01")


def test_an_imported_entry_is_known_again_at_the_next_import(book: Book) -> None:
    ann = book.add("contact", name="花", acquired_on="2026-05-01")
    twin = book.add("contact", name="花", source="linkedin", source_key="in/hana")
    book.update("contact", twin, acquired_on="2026-03-01")
    row = merge(book, ann, twin)
    assert (row["source"], row["source_key"]) == ("linkedin", "in/hana")
    assert row["acquired_on"] == "2026-03-01"


def test_nobody_knows_or_introduces_themselves(book: Book) -> None:
    ann, twin = book.add("contact", name="花"), book.add("contact", name="ハナ")
    book.update("contact", ann, through_id=twin)
    tie = book.add("tie", a_id=ann, b_id=twin, state="close")
    introduction = book.add("introduction", bridge_id=ann, target_id=twin, why="仕事")
    message = book.add("message", contact_id=twin, other_id=ann)
    merge(book, ann, twin)
    assert book.row("contact", ann)["through_id"] is None
    with pytest.raises(UnknownRowError):
        book.row("tie", tie)
    row = book.row("introduction", introduction)
    assert (row["bridge_id"], row["target_id"], row["target_words"]) == (ann, None, "ハナ")
    row = book.row("message", message)
    assert (row["contact_id"], row["other_id"]) == (ann, None)


def test_of_two_ties_to_the_same_third_one_the_closest_is_left_with_what_both_say(
    book: Book,
) -> None:
    ann, twin, ben = (book.add("contact", name=name) for name in ("花", "花", "次郎"))
    book.add("tie", a_id=ann, b_id=ben, state="acquainted", a_says="yes", kind="同級生")
    left = book.add("tie", a_id=ben, b_id=twin, state="close", a_says="not_now")
    merge(book, ann, twin)
    assert list(book.frame("tie").index) == [left]
    row = book.row("tie", left)
    assert (row["a_id"], row["b_id"], row["state"]) == (ben, ann, "close")
    assert (row["a_says"], row["b_says"], row["kind"]) == ("not_now", "yes", "同級生")


def test_settings_about_the_one_that_goes_are_about_the_one_that_stays(book: Book) -> None:
    ann, twin = book.add("contact", name="花"), book.add("contact", name="花")
    book.set_setting(f"later.{twin}", "2026-12-01")
    book.set_setting("order", f'["{twin}"]')
    book.set_setting(f"quiet.{ann}", "1")
    book.set_setting(f"quiet.{twin}", "2")
    before = state(book)
    merge(book, ann, twin)
    found = book.frame("setting")["value"].to_dict()
    assert found == {f"later.{ann}": "2026-12-01", "order": f'["{ann}"]', f"quiet.{ann}": "1"}
    book.undo()
    assert state(book) == before


def test_one_contact_is_not_merged_with_itself_nor_with_nobody(book: Book) -> None:
    ann = book.add("contact", name="花")
    for other in (ann, "nobody"):
        with pytest.raises(UnknownRowError):
            merge(book, ann, other)
    assert book.row("contact", ann)["name"] == "花"


def test_notes_written_after_the_merge_stay_when_it_is_taken_back(book: Book) -> None:
    ann, twin = book.add("contact", name="花"), book.add("contact", name="花")
    with book.batch("merge") as batch:
        merge_contacts(batch, ann, twin)
    book.add("encounter", contact_id=ann, note="あとから")
    book.undo(batch.id)
    assert set(book.frame("contact").index) == {ann, twin}
    assert list(book.frame("encounter")["note"]) == ["あとから"]
