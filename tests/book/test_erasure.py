from __future__ import annotations

from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from book_bytes import found_in
from book_states import calls, state
from enishi.book import Book, UnknownRowError, open_book
from enishi.book.backup import examine
from enishi.book.database import database_url, open_database
from examples import max_examples
from stores import Store

pytestmark = pytest.mark.stores("file", "server")

NAME, EARLIER, MAIL, PHONE = "架空 花子", "見本 花子", "hanako@example.org", "090-0000-1234"
STEPS = ("次に会う日", "前に会った日", "好きな画家")
SECRETS = (
    NAME,
    EARLIER,
    MAIL,
    PHONE,
    "秘密の相談",
    "借りた本の題",
    "返す約束",
    "声のことば",
    *STEPS,
)


@pytest.fixture
def full(book: Book) -> tuple[Book, str]:
    """A book with a person who has left traces everywhere."""
    ann = book.add("contact", name=EARLIER, email=MAIL, phone=PHONE, note="秘密の相談")
    book.update("contact", ann, name=NAME)
    other = book.add("contact", name="架空 次郎", through_id=ann, note=f"{EARLIER}さんの友人")
    book.update("contact", other, note="本の話をした")
    book.add("encounter", contact_id=ann, note="借りた本の題")
    met = book.add("encounter", contact_id=ann, note="借りた本の題")
    book.delete("encounter", met)
    book.add("promise", contact_id=ann, words="返す約束")
    book.add("step", contact_id=ann, words="次に会う日")
    book.delete("step", book.add("step", contact_id=ann, words="前に会った日"))
    fact = book.add("fact", contact_id=ann, kind="loves", words="好きな画家")
    book.add("give", contact_id=ann, what="借りた本の題", fact_id=fact)
    book.add("tie", a_id=other, b_id=ann)
    book.add("introduction", bridge_id=ann, target_id=other)
    book.add("voice", contact_id=ann, who=NAME, words="声のことば")
    place = book.add("place", name="読書会(例)", entrance_id=ann)
    book.update("place", place, rhythm="monthly")
    book.add("review", went_well=f"{NAME}さんと話せた")
    book.set_setting(f"snoozed:{ann}", "2026-12-01")
    with book.batch("import") as batch:
        batch.add_many("contact", [{"name": f"見本 {n}", "note": "あ" * 50} for n in range(300)])
        batch.update("contact", ann, organisation="例の会社")
    return book, ann


def test_no_byte_of_a_forgotten_person_is_left(full: tuple[Book, str], store: Store) -> None:
    book, ann = full
    assert found_in(store.url, ann, *SECRETS) == [ann, *SECRETS], "they can be found before"
    review = book.frame("review").index[0]
    book.update("review", review, went_well="よく話せた")
    book.undo()
    book.redo()
    forgotten = book.erase(ann)
    assert forgotten.swept
    assert found_in(store.url, ann, *SECRETS) == []
    book.close()
    assert found_in(store.url, ann, *SECRETS) == []


def test_what_was_removed_is_said(full: tuple[Book, str], store: Store) -> None:
    book, ann = full
    forgotten = book.erase(ann)
    assert forgotten.name == NAME
    assert forgotten.rows == {
        "contact": 1,
        "encounter": 1,
        "promise": 1,
        "step": 1,
        "fact": 1,
        "give": 1,
        "tie": 1,
        "introduction": 1,
        "voice": 1,
        "setting": 1,
    }
    assert forgotten.named_in == {"review": 1}
    assert forgotten.copies == ()
    assert forgotten.traces > 10
    assert forgotten.on_server != store.is_file
    assert calls(book)[-1] == "forget"


def test_whoever_only_mentioned_the_person_stays_and_names_nobody(
    full: tuple[Book, str],
) -> None:
    book, ann = full
    before = book.frame("place")
    book.erase(ann)
    place = book.frame("place").iloc[0]
    assert (place["name"], place["rhythm"], place["entrance_id"]) == ("読書会(例)", "monthly", "")
    assert place["version"] > before.iloc[0]["version"]
    assert len(book.frame("contact")) == 301
    assert set(book.frame("contact")["through_id"]) == {""}


def test_undo_brings_back_nothing_of_a_forgotten_person(
    full: tuple[Book, str], store: Store
) -> None:
    book, ann = full
    review = book.frame("review").index[0]
    book.update("review", review, went_well="")
    book.erase(ann)
    undone = 0
    while book.undo() is not None:
        undone += 1
        assert found_in(store.url, ann, MAIL, PHONE, "秘密の相談", "返す約束", "声のことば") == []
    assert undone > 5, "the calls before may still be taken back"
    while book.redo() is not None:
        assert found_in(store.url, ann, MAIL, PHONE, "秘密の相談", "返す約束", "声のことば") == []
    assert ann not in book.frame("contact").index
    assert set(book.frame("contact")["through_id"]) <= {""}


def test_calls_before_a_forgetting_are_taken_back_like_any_other(book: Book) -> None:
    role = book.add("role", name="編集者")
    with book.batch("import") as batch:
        ann, bob = batch.add_many("contact", [{"name": NAME}, {"name": "架空 次郎"}])
        batch.update("contact", bob, through_id=ann, role_id=role)
    book.erase(ann)
    undo, redo = book.next_undo_redo()
    assert redo is None
    assert undo is not None
    assert (undo.batch, undo.size) == (batch.id, 1)
    book.undo()
    assert state(book).keys() == {("role", role)}
    book.redo()
    assert book.row("contact", bob)["through_id"] is None
    assert book.row("contact", bob)["role_id"] == role


def test_a_call_that_was_all_about_the_person_is_passed_over(book: Book) -> None:
    role = book.add("role", name="編集者")
    ann = book.add("contact", name=NAME)
    book.update("contact", ann, rung=2)
    book.undo()
    book.erase(ann)
    book.undo()
    assert state(book) == {}
    assert ("role", role) not in state(book)
    assert book.undo() is None


def test_a_forgotten_person_is_gone_from_another_open_session(book: Book) -> None:
    ann = book.add("contact", name=NAME)
    second = open_book()
    assert len(second.frame("contact")) == 1
    book.erase(ann)
    assert second.frame("contact").empty
    with pytest.raises(UnknownRowError):
        second.update("contact", ann, name="x")
    second.close()


def test_somebody_who_is_not_there_cannot_be_forgotten(book: Book) -> None:
    with pytest.raises(UnknownRowError):
        book.erase("nobody")
    assert calls(book) == []


def test_a_name_like_another_s_takes_nothing_from_the_other(book: Book) -> None:
    short = book.add("contact", name="花子")
    with book.batch("import") as batch:
        long = batch.add("contact", name="例 花子", note="元気")
    book.erase(short)
    assert book.row("contact", long)["name"] == "例 花子"
    undone = book.undo(batch.id)
    assert undone is not None
    assert undone.kept == ()
    assert state(book) == {}


@pytest.mark.parametrize("last", [f"{NAME}さんの友人", "庭の話"])
def test_the_book_is_whole_after_a_text_that_named_the_person_was_written_over_another(
    book: Book, last: str
) -> None:
    """The journal lacks that text, and must not take an earlier one for what the row holds."""
    ann = book.add("contact", name=NAME)
    other = book.add("contact", name="架空 次郎")
    for note in ("本の話", f"{NAME}さんの紹介", last):
        book.update("contact", other, note=note)
        book.set_setting("language", "ja" if note == "本の話" else "en")
    book.erase(ann)
    book.close()
    assert examine(database_url()) == []
    book.update("contact", other, note="駅の話")
    book.undo()
    assert book.row("contact", other)["note"] == last
    book.close()
    assert examine(database_url()) == []


def test_a_name_with_signs_that_a_search_would_read_is_taken_literally(book: Book) -> None:
    ann = book.add("contact", name="%_")
    book.add("review", went_well="何もなかった")
    book.add("review", went_well="100%_の日")
    assert book.erase(ann).named_in == {"review": 1}


def test_a_name_written_small_is_found_as_well(book: Book) -> None:
    ann = book.add("contact", name="Sampla")
    book.add("review", went_well="With sampla, after all.")
    assert book.erase(ann).named_in == {"review": 1}


def test_another_owner_s_book_keeps_its_person_of_the_same_name(book: Book) -> None:
    other = open_book("other")
    theirs = other.add("contact", name=NAME, note="同じ名前の人")
    before = state(other, versions=True)
    book.erase(book.add("contact", name=NAME))
    assert state(other, versions=True) == before
    assert other.undo() is not None
    assert ("contact", theirs) not in state(other)
    other.close()


@pytest.mark.stores("file")
@settings(
    max_examples=min(150, max_examples() * 3 // 20),  # each is a whole book
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_after_any_course_nothing_of_a_forgotten_person_is_left(
    store: Store, data: st.DataObject
) -> None:
    """Rows come and go, so that the file's pages are split and merged and keep old bytes."""
    with store.another() as url, closing(Book(open_database(url), "me")) as one:
        forget_some(one, url, data)


def forget_some(one: Book, url: URL, data: st.DataObject) -> None:
    for number in range(data.draw(st.integers(1, 4))):
        with one.batch("import") as batch:
            for n in range(data.draw(st.integers(1, 60))):
                name = f"見本{number}の{n}番さん"
                note = name * data.draw(st.integers(0, 40))
                batch.add("contact", name=name, note=note)
        for step in data.draw(st.sampled_from([(), (one.undo,), (one.undo, one.redo)])):
            step()
    names = {id: row["name"] for (_, id), row in state(one).items()}
    for name in data.draw(st.lists(st.sampled_from(sorted(names.values()) or [""]), unique=True)):
        for id in [id for id, other in names.items() if other == name]:
            one.erase(id)
            assert found_in(url, id, name) == []
