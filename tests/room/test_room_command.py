"""Who may give a command is read in its own transaction; a command that fails changes nothing."""

from __future__ import annotations

import pytest

from enishi.book import Book, StaleVersionError
from enishi.book.room_tables import STAGE
from enishi.room.errors import NotPermittedError
from shared_rooms import SharedRoom, share_room

pytestmark = pytest.mark.stores("file", "server")


@pytest.fixture
def shared(book: Book) -> SharedRoom:
    return share_room(book)


def set_seat(shared: SharedRoom, person: str, **values: object) -> None:
    """Let the room change a seat, as when somebody leads, leaves or is let in."""
    with shared.book.batch("write") as batch:
        batch.update("room_seat", shared.seats[person], **values)


def may_note(shared: SharedRoom, person: str) -> bool:
    try:
        with shared.open(person).command() as hand:
            hand.add("room_note", phase_id=shared.phases[1], words="見本")
    except NotPermittedError:
        return False
    return True


def may_lead(shared: SharedRoom, person: str) -> bool:
    try:
        with shared.open(person).command() as hand:
            hand.update("room_stage", STAGE, focus=True)
            hand.update("room_stage", STAGE, focus=False)
    except NotPermittedError:
        return False
    return True


@pytest.mark.parametrize("person", ["removed", "knocking", "nobody", ""])
def test_without_a_seat_one_gives_no_command(shared: SharedRoom, person: str) -> None:
    before = shared.rows()
    with pytest.raises(NotPermittedError), shared.open(person).command():
        raise AssertionError("a command began")
    assert shared.rows() == before


def test_a_seat_that_is_removed_while_its_page_is_open_is_refused_at_once(
    shared: SharedRoom,
) -> None:
    room = shared.open("other")
    assert may_note(shared, "other")
    set_seat(shared, "other", left=True)
    with pytest.raises(NotPermittedError), room.command():
        pass
    set_seat(shared, "other", left=False)
    assert may_note(shared, "other")


def test_whoever_knocked_writes_once_they_are_let_in(shared: SharedRoom) -> None:
    assert not may_note(shared, "knocking")
    with shared.open("host").command() as hand:
        hand.update("room_seat", shared.seats["knocking"], let_in=True)
    assert may_note(shared, "knocking")


def test_a_co_facilitator_leads_as_long_as_their_seat_says_so(shared: SharedRoom) -> None:
    room = shared.open("facilitator")
    assert may_lead(shared, "facilitator") and not may_lead(shared, "other")
    set_seat(shared, "facilitator", leads=False)
    set_seat(shared, "other", leads=True)
    assert may_lead(shared, "other") and not may_lead(shared, "facilitator")
    with pytest.raises(NotPermittedError), room.command() as hand:
        hand.update("room_seat", shared.seats["own"], left=True)


def test_a_facilitator_who_was_not_let_in_does_not_lead(shared: SharedRoom) -> None:
    set_seat(shared, "knocking", leads=True)
    assert not may_lead(shared, "knocking")


def test_a_host_leads_without_a_seat_and_has_no_rows_of_their_own(shared: SharedRoom) -> None:
    assert may_lead(shared, "host")
    assert not may_note(shared, "host")


def test_nobody_makes_themselves_a_facilitator_or_lets_themselves_in(shared: SharedRoom) -> None:
    for values in ({"leads": True}, {"let_in": True}, {"left": False}, {"person_id": "other"}):
        with pytest.raises(NotPermittedError), shared.open("own").command() as hand:
            hand.update("room_seat", shared.seats["own"], **values)


def test_all_of_a_command_is_taken_back_where_a_part_of_it_is_refused(shared: SharedRoom) -> None:
    before = shared.rows()
    with pytest.raises(NotPermittedError), shared.open("own").command() as hand:
        hand.add("room_note", phase_id=shared.phases[1], words="見本")
        hand.update("room_note", shared.ids["room_note"], words="変えた")
        hand.update("room_note", shared.ids["room_note"], pinned=True)
    assert shared.rows() == before


def test_two_writers_of_one_field_are_told_as_in_any_book(shared: SharedRoom) -> None:
    note = shared.ids["room_note"]
    seen = shared.rows()["room_note", note]["version"]
    with shared.open("own").command() as hand:
        hand.update("room_note", note, seen, words="ひとつめ")
    with shared.open("host").command() as hand:
        hand.update("room_note", note, seen, pinned=True)
    with pytest.raises(StaleVersionError), shared.open("own").command() as hand:
        hand.update("room_note", note, seen, words="ふたつめ")
    found = shared.rows()["room_note", note]
    assert (found["words"], found["pinned"]) == ("ひとつめ", True)


def test_an_upsert_makes_a_row_in_one_s_own_seat_and_then_writes_on_it(shared: SharedRoom) -> None:
    for words in ("ひとつめ", "ふたつめ"):
        with shared.open("other").command() as hand:
            hand.upsert("room_note", "mine", None, phase_id=shared.phases[1], words=words)
    found = shared.rows()["room_note", "mine"]
    assert (found["seat_id"], found["words"]) == (shared.seats["other"], "ふたつめ")
    with pytest.raises(NotPermittedError), shared.open("own").command() as hand:
        hand.upsert("room_note", "mine", None, words="わたしのもの")
