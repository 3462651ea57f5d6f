"""Each table, each person, each column: what is not in the table of rights is refused."""

from __future__ import annotations

from typing import Any

import pytest

from enishi.book import Book
from enishi.book.errors import InvalidValueError, UnknownRowError
from enishi.book.room_tables import ROOM_TABLES
from enishi.book.validation import columns_of
from enishi.room.errors import NotPermittedError
from enishi.room.rights import RIGHTS, SETTLED, WITH_A_SEAT, Actor, may_write
from shared_rooms import SharedRoom, share_room

ROLES: dict[str, frozenset[Actor]] = {
    "own": frozenset({"own"}),
    "other": frozenset(),
    "host": frozenset({"host"}),
    "facilitator": frozenset({"host"}),
}
"""What people are towards the rows of `shared_rooms`; `requester` only towards an offer."""
NOBODY_S = {
    "room_stage": {"touched"},
    "room_seat": {"person_id", "invented"},
    **{table: {"seat_id"} for table in WITH_A_SEAT if table != "room_seat"},
}
"""Columns that nobody writes by a command: whose a row is, and what the room itself counts."""
STRANGE = ("id", "owner", "version", "nonsense", "name")


@pytest.fixture
def shared(book: Book) -> SharedRoom:
    return share_room(book)


def roles(person: str, table: str) -> frozenset[Actor]:
    if person == "requester":
        return frozenset({"requester"} if table == "room_offer" else ())
    return ROLES[person]


def test_every_table_of_a_room_has_rights() -> None:
    assert RIGHTS.keys() == ROOM_TABLES.keys()


@pytest.mark.parametrize("table", RIGHTS)
def test_every_column_is_somebody_s_or_named_as_nobody_s(table: str) -> None:
    columns = columns_of(ROOM_TABLES[table]).keys()
    granted = frozenset[str]().union(*RIGHTS[table].values())

    assert granted <= columns
    assert columns - granted == NOBODY_S.get(table, set())


@pytest.mark.parametrize("person", [*ROLES, "requester"])
@pytest.mark.parametrize("table", RIGHTS)
def test_a_column_is_written_by_whom_it_belongs_to_and_by_nobody_else(
    shared: SharedRoom, table: str, person: str
) -> None:
    room, id = shared.open(person), shared.ids[table]
    mine = {column for actor in roles(person, table) for column in RIGHTS[table].get(actor, ())}
    mine -= {SETTLED.get(table)}
    values = values_for_all(shared, table)
    before = shared.rows()
    for column in values.keys() - mine:
        with pytest.raises(NotPermittedError), room.command() as hand:
            hand.update(table, id, **{column: values[column]})
    assert shared.rows() == before
    for column in mine:
        with room.command() as hand:
            hand.update(table, id, **{column: values[column]})
            assert hand.rows(table)[id][column] == values[column], column


@pytest.mark.parametrize("person", [*ROLES, "requester"])
@pytest.mark.parametrize("table", RIGHTS)
def test_rows_are_made_with_one_s_own_columns_alone_and_in_one_s_own_seat(
    shared: SharedRoom, table: str, person: str
) -> None:
    room = shared.open(person)
    maker: Actor = "own" if table in WITH_A_SEAT else "host"
    is_maker = person != "host" if maker == "own" else person in ("host", "facilitator")
    if table in ("room_seat", "room_stage"):
        is_maker = False
    mine = RIGHTS[table].get(maker, frozenset()) if is_maker else frozenset()
    values = values_for_all(shared, table)
    before = shared.rows()
    for column in values.keys() - mine:
        for act in ("add", "upsert"):
            with pytest.raises(NotPermittedError), room.command() as hand:
                make(hand, act, table, {column: values[column]})
    assert shared.rows() == before
    for column in mine:
        with room.command() as hand:
            id = hand.add(table, **{column: values[column]})
            made = hand.rows(table)[id]
        assert made[column] == values[column]
        assert maker == "host" or made["seat_id"] == shared.seats[person]


def values_for_all(shared: SharedRoom, table: str) -> dict[str, Any]:
    """Return a value for each column of a table, and for some that are none of it."""
    own = {column: shared.value_for(table, column) for column in columns_of(ROOM_TABLES[table])}
    return own | dict.fromkeys(STRANGE, "x")


def make(hand: Any, act: str, table: str, values: dict[str, Any]) -> None:
    if act == "add":
        hand.add(table, **values)
    else:
        hand.upsert(table, "new-row", 0, **values)


@pytest.mark.parametrize("person", [*ROLES, "requester"])
@pytest.mark.parametrize("table", RIGHTS)
def test_rows_are_removed_by_whom_they_belong_to(
    shared: SharedRoom, table: str, person: str
) -> None:
    may = table not in ("room_seat", "room_stage") and (
        person == "own" if table in WITH_A_SEAT else person in ("host", "facilitator")
    )
    before = shared.rows()
    if may:
        with shared.open(person).command() as hand:
            hand.delete(table, shared.ids[table])
        assert before.keys() - shared.rows().keys() == {(table, shared.ids[table])}
    else:
        with pytest.raises(NotPermittedError), shared.open(person).command() as hand:
            hand.delete(table, shared.ids[table])
        assert shared.rows() == before


@pytest.mark.parametrize("person", ["own", "host"])
@pytest.mark.parametrize("table", ["contact", "goal", "setting", "change", "entry", "nonsense"])
def test_nothing_but_the_tables_of_a_room_is_reached(
    shared: SharedRoom, table: str, person: str
) -> None:
    room = shared.open(person)
    for do in (
        lambda hand: hand.add(table, name="x"),
        lambda hand: hand.upsert(table, "x", 0, name="x"),
        lambda hand: hand.update(table, "x", name="x"),
        lambda hand: hand.delete(table, "x"),
    ):
        with pytest.raises(NotPermittedError), room.command() as hand:
            do(hand)


def test_whoever_asked_chooses_what_to_begin_with_and_nothing_else_of_an_offer(
    shared: SharedRoom,
) -> None:
    offer = shared.ids["room_offer"]
    assert may_write("room_offer", frozenset({"requester"}), {"first": True})
    for values in ({"words": "x"}, {"kind": "info"}, {"first": True, "words": "x"}):
        with pytest.raises(NotPermittedError), shared.open("requester").command() as hand:
            hand.update("room_offer", offer, **values)
    with pytest.raises(NotPermittedError), shared.open("own").command() as hand:
        hand.update("room_offer", offer, first=True)
    with pytest.raises(NotPermittedError), shared.open("host").command() as hand:
        hand.update("room_offer", offer, first=True)
    with shared.open("requester").command() as hand:
        hand.update("room_offer", offer, first=True)
    assert shared.rows()["room_offer", offer]["first"] is True


def test_an_offer_that_somebody_began_with_does_not_move_to_the_request_of_another(
    shared: SharedRoom,
) -> None:
    offer, theirs = shared.ids["room_offer"], shared.ids["room_request"]
    with pytest.raises(NotPermittedError), shared.open("own").command() as hand:
        hand.update("room_offer", offer, request_id=theirs)
    with pytest.raises(NotPermittedError), shared.open("own").command() as hand:
        hand.upsert("room_offer", offer, None, request_id=theirs)
    with shared.open("own").command() as hand:  # as a page that sends all it knows
        there = shared.rows()["room_offer", offer]["request_id"]
        hand.update("room_offer", offer, request_id=there, words="三脚もあります")


def test_a_row_of_another_room_is_not_there(shared: SharedRoom, book: Book) -> None:
    elsewhere = share_room(book, "room-2")
    with pytest.raises(UnknownRowError), shared.open("own").command() as hand:
        hand.update("room_note", elsewhere.ids["room_note"], words="x")
    with pytest.raises(UnknownRowError), shared.open("own").command() as hand:
        hand.add("room_note", phase_id=elsewhere.phases[0], words="x")
    assert len(shared.rows()) == len(elsewhere.rows())


def test_what_does_not_fit_a_column_is_refused_as_in_any_book(shared: SharedRoom) -> None:
    for values in ({"words": "長" * 301}, {"words": 3}, {"words": None}):
        with pytest.raises(InvalidValueError), shared.open("own").command() as hand:
            hand.update("room_note", shared.ids["room_note"], **values)
