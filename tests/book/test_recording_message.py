import pytest

from enishi.book import Book, UnknownRowError
from enishi.book.recording import enter_sent

pytestmark = pytest.mark.stores("file", "server")
MEETING = {"on": "2026-11-20", "kind": "message", "started_by": "me"}


def test_what_was_sent_settles_everything_it_was_about_in_one_change(book: Book) -> None:
    ann = book.add("contact", name="見本")
    about = {
        "promise_id": book.add("promise", contact_id=ann, words="写真を送ります"),
        "give_id": book.add("give", contact_id=ann, what="写真"),
        "introduction_id": book.add("introduction", bridge_id=ann),
    }
    message = book.add("message", contact_id=ann, kind="promise", text="写真です。", **about)
    enter_sent(book, message, MEETING, introduction="asked")

    assert book.row("message", message)["sent"] and book.row("message", message)["on"]
    assert book.frame("encounter")["contact_id"].tolist() == [ann]
    assert book.row("promise", about["promise_id"])["state"] == "kept"
    assert book.row("give", about["give_id"])["state"] == "done"
    assert book.row("introduction", about["introduction_id"])["state"] == "asked"
    book.undo()
    assert not book.row("message", message)["sent"]
    assert book.frame("encounter").empty
    assert book.row("promise", about["promise_id"])["state"] == "open"
    assert book.row("introduction", about["introduction_id"])["state"] == "planned"


def test_two_who_were_introduced_know_each_other_and_both_had_a_message(book: Book) -> None:
    ann, ben = book.add("contact", name="見本 一"), book.add("contact", name="見本 二")
    tie = book.add("tie", a_id=ann, b_id=ben, state="strangers")
    message = book.add("message", contact_id=ann, other_id=ben, kind="introduce")
    enter_sent(book, message, MEETING, tie_id=tie)

    assert sorted(book.frame("encounter")["contact_id"]) == sorted([ann, ben])
    assert book.frame("tie")["state"].tolist() == ["acquainted"]


def test_asking_one_about_the_other_reaches_only_the_one(book: Book) -> None:
    ann, ben = book.add("contact", name="見本 一"), book.add("contact", name="見本 二")
    enter_sent(book, book.add("message", contact_id=ann, other_id=ben, kind="consent"), MEETING)

    assert book.frame("encounter")["contact_id"].tolist() == [ann]
    assert book.frame("tie").empty


def test_a_message_that_is_not_there_changes_nothing(book: Book) -> None:
    with pytest.raises(UnknownRowError):
        enter_sent(book, "nowhere", MEETING)
    assert book.frame("encounter").empty


def test_forgetting_a_person_takes_the_messages_to_them_along(book: Book) -> None:
    ann = book.add("contact", name="架空 花子")
    book.add("message", contact_id=ann, text="花子さん、こんにちは。")
    forgotten = book.erase(ann)

    assert forgotten.rows["message"] == 1
    assert book.frame("message").empty
