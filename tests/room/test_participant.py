"""Two participants on one room: what one does, what the other sees, and what nobody sees."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest

from enishi.book import Book
from enishi.book.accounts import find_by_key
from enishi.exchange.room_part import read_part
from enishi.room.deletion import delete_room
from enishi.room.entries import enter_room, keep_book
from enishi.room.errors import SwapRefusedError, WrongCodeError
from enishi.room.pairing import Proposal, propose_rounds, swap_people
from room_session import Participant, Session

pytest_plugins = ["room_fixtures"]

WORDS = "Somebody who photographs our exhibition"


@pytest.fixture
def hana(session: Session) -> Participant:
    return session.enter("Hana")


@pytest.fixture
def mio(session: Session) -> Participant:
    return session.enter("Mio")


def write_request(person: Participant, words: str = WORDS) -> str:
    row = person["Request"]["request"]
    message = {"id": row["id"], "version": row["version"], "values": {"words": words}}
    assert person.do("Request", "write", table="room_request", **message)["ok"]
    return str(row["id"])


def show_request(person: Participant, words: str = WORDS) -> str:
    id = write_request(person, words)
    assert person.do("Request", "show", id=id, is_shown=True, agrees=True)["ok"]
    return id


def everything(person: Participant) -> str:
    """Return all that the page of a person was sent."""
    return json.dumps({name: person[name] for name in person.sheets}, ensure_ascii=False)


def test_a_page_shows_the_phase_with_its_clock_and_sheet(
    session: Session, hana: Participant
) -> None:
    assert hana["Here"]["phase"] is None

    session.lead_into("request")

    here = hana["Here"]
    assert (here["phase"]["title"], here["phase"]["sheet"]) == ("Write a request", "request")
    told = hana.do("Here", "tell_time")["now"]
    assert 3.9 * 60_000 < here["stage"]["ends_at"] - told <= 4 * 60_000


def test_ready_and_a_raised_hand_are_in_one_s_own_seat(
    session: Session, hana: Participant, mio: Participant
) -> None:
    session.lead_into("request")
    hana["Here"]
    assert hana.do("Here", "say_ready", is_ready=True)["ok"]
    assert hana.do("Here", "raise_hand", is_up=True)["ok"]

    assert (hana["Here"]["ready"], hana["Here"]["hand"]) == (True, True)
    assert (mio["Here"]["ready"], mio["Here"]["hand"]) == (False, False)
    seats = session.book.frame("room_seat")
    assert list(seats["ready_phase"] == session.phase("request")) == [True, False]


def test_a_request_is_shown_only_with_the_consent_and_gone_when_it_is_withdrawn(
    session: Session, hana: Participant, mio: Participant
) -> None:
    session.lead_into("ring")
    assert mio["Ring"]["others"] == []
    id = write_request(hana)
    assert not hana.do("Request", "show", id=id, is_shown=True)["ok"]
    assert WORDS not in everything(mio)

    assert hana.do("Request", "show", id=id, is_shown=True, agrees=True)["ok"]
    assert [each["words"] for each in mio["Ring"]["others"]] == [WORDS]

    hana["Consents"]
    assert hana.do("Consents", "agree", to="show_requests", is_on=False)["ok"]
    assert WORDS not in everything(mio)


def test_offers_reach_only_the_one_who_asked_and_lead_to_a_promise(
    session: Session, hana: Participant, mio: Participant
) -> None:
    ken = session.enter("Ken")
    session.lead_into("ring")
    id = show_request(hana)
    for person in (mio, ken):
        assert person["Ring"]["others"]
    offer = {"request_id": id, "kind": "hands", "words": "I have a camera"}
    assert mio.do("Ring", "offer", **offer)["ok"]

    (mine,) = hana["Ring"]["mine"]
    assert [(each["who"], each["words"]) for each in mine["offers"]] == [("Mio", "I have a camera")]
    assert "camera" not in everything(ken)

    offered = mine["offers"][0]["id"]
    assert not ken.do("Ring", "begin_with", id=offered)["ok"]
    assert hana.do("Ring", "begin_with", id=offered)["ok"]
    assert mio["Ring"]["others"][0]["offers"][0]["first"]

    promise = {"offer_id": offered, "words": "Bring the camera", "due": "2030-05-01"}
    assert not ken.do("Ring", "promise", **promise)["ok"]
    assert mio.do("Ring", "promise", **promise)["ok"]
    assert [each["words"] for each in hana["TakeHome"]["promised_me"]] == ["Bring the camera"]
    assert mio["TakeHome"]["promises"][0]["who"] == "Hana"


def test_one_sees_the_requests_of_one_s_own_ring(
    session: Session, hana: Participant, mio: Participant
) -> None:
    ken = session.enter("Ken")
    session.lead_into("ring")
    show_request(hana)
    session.pair(hana, mio)

    assert [each["who"] for each in mio["Ring"]["others"]] == ["Hana"]
    session.pair(ken)
    assert ken["Ring"]["others"] == []


def test_notes_are_seen_by_nobody_before_they_are_opened_and_without_a_name(
    session: Session, hana: Participant, mio: Participant
) -> None:
    session.lead_into("notes")
    phase = hana["Notes"]["phase"]["id"]
    assert hana.do("Notes", "write_note", phase_id=phase, words="<b>quiet</b>")["ok"]
    assert mio["Notes"]["others"] == []
    session.reveal("notes", "host")
    assert "quiet" not in everything(mio)

    session.reveal("notes")
    (note,) = mio["Notes"]["others"]
    assert (note["words"], note["who"]) == ("<b>quiet</b>", "")
    assert hana.page.seat_id not in everything(mio)
    assert session.book.frame("room_note").index[0] not in everything(mio)

    assert hana.do("Notes", "write_note", phase_id=phase, words="later")["ok"]
    assert {each["words"] for each in mio["Notes"]["others"]} == {"<b>quiet</b>", "later"}


def test_votes_are_hidden_until_opened_and_then_stay(
    session: Session, hana: Participant, mio: Participant
) -> None:
    with session.host.command() as hand:
        asked = {"question": "Which?", "options": ["one", "other"]}
        id = hand.add("room_poll", phase_id=session.phase("poll"), **asked)
    assert hana["Poll"]["polls"] == []
    session.lead_into("poll")
    assert hana["Poll"]["polls"][0]["counts"] == []
    for option in (0, 1):
        assert hana.do("Poll", "vote", poll_id=id, option=option)["ok"]
    assert not hana.do("Poll", "vote", poll_id=id, option=2)["ok"]
    assert hana["Poll"]["polls"][0] | {"counts": []} == hana["Poll"]["polls"][0]

    session.reveal("poll")
    assert mio["Poll"]["polls"][0]["counts"] == [0, 1]
    assert not mio.do("Poll", "vote", poll_id=id, option=0)["ok"]


def test_partners_read_why_and_a_strength_only_while_it_is_shown(
    session: Session, hana: Participant, mio: Participant
) -> None:
    assert not mio["Partner"]["party"]
    row = hana["Consents"]["seat"]
    shared = {"strengths": ["listening"]}
    message = {"id": row["id"], "version": row["version"], "values": shared}
    assert hana.do("Consents", "write", table="room_seat", **message)["ok"]
    assert hana.do("Consents", "agree", to="show_strengths", is_on=True)["ok"]
    session.lead_into("partner")
    who = (f"who={hana.page.seat_id}", "strength=listening")
    row = mio["Consents"]["seat"]
    message = {"id": row["id"], "version": row["version"], "values": {"needs": ["an ear"]}}
    assert mio.do("Consents", "write", table="room_seat", **message)["ok"]
    assert mio.do("Consents", "agree", to="show_requests", is_on=True)["ok"]
    why = ("fits", *who, f"whom={mio.page.seat_id}", "need=an ear")
    session.pair(hana, mio, why=why)

    party = mio["Partner"]["party"]
    assert party["names"] == "Hana"
    assert "“listening”" in party["why"] and "Mio" in party["why"]
    assert "listening" in party["begin"]

    assert party["pair"] == {"one": "listening", "other": "an ear"}
    assert mio.do("Partner", "judge_pair", **party["pair"], verdict="apart")["ok"]
    assert not mio["Partner"]["party"]["pair"]
    assert "“listening”" not in mio["Partner"]["party"]["why"]
    assert "“listening”" in hana["Partner"]["party"]["why"], "an answer is one's own"
    assert hana.do("Partner", "judge_pair", **party["pair"], verdict="together")["ok"]
    assert "“listening”" in hana["Partner"]["party"]["why"]
    assert not hana["Partner"]["party"]["pair"]

    assert hana.do("Consents", "agree", to="show_strengths", is_on=False)["ok"]
    assert "listening" not in everything(mio)


def test_taking_home_is_one_undoable_step_and_twice_changes_nothing(
    session: Session, hana: Participant, mio: Participant
) -> None:
    session.lead_into("ring")
    id = show_request(hana)
    session.pair(hana, mio)
    mio["Ring"]
    assert mio.do("Ring", "offer", request_id=id, kind="hands", words="I have a camera")["ok"]
    offered = hana["Ring"]["mine"][0]["offers"][0]["id"]
    promise = {"offer_id": offered, "words": "Bring the camera", "due": "2030-05-01"}
    assert mio.do("Ring", "promise", **promise)["ok"]

    home = hana["TakeHome"]
    lists = ("partners", "received", "promised_me")
    ids = [row["id"] for name in lists for row in home[name]]
    assert len(ids) == 3
    assert hana.do("TakeHome", "put", ids=ids)["ok"]
    assert all(row["is_in"] for name in lists for row in hana["TakeHome"][name])
    once = contents(hana.own)
    assert once["contact"] == ["Mio"]
    assert once["promise"] == ["Bring the camera"]

    assert hana.do("TakeHome", "put", ids=ids)["ok"]
    assert contents(hana.own) == once
    file = hana.do("TakeHome", "take_file", ids=ids)
    part = read_part(file["content"].encode(), file["file"])
    assert [(line.kind, line.words) for line in part.lines] == [
        ("received", "I have a camera"),
        ("promised_me", "Bring the camera"),
    ]
    assert "Hana" in part.what and part.lines[1].due == date(2030, 5, 1)
    hana.own.undo()
    assert contents(hana.own) == {"contact": [], "promise": [], "step": []}


def contents(book: Book) -> dict[str, list[str]]:
    columns = {"contact": "name", "promise": "words", "step": "words"}
    return {table: list(book.frame(table)[column]) for table, column in columns.items()}


def test_a_code_opens_no_book_from_before_the_room_where_others_could_read_along(
    session: Session, hana: Participant
) -> None:
    engine, code = session.book.engine, hana.do("TakeHome", "make_code")["code"]
    assert enter_room(engine, code, "", 60, keeps_book=False).person.id == hana.own.owner

    with engine.begin() as connection:
        keep_book(connection, hana.own.owner)  # now a book of one's own, with a key
    code = hana.do("TakeHome", "make_code")["code"]
    with pytest.raises(WrongCodeError):
        enter_room(engine, code, "", 60, keeps_book=False)
    code = hana.do("TakeHome", "make_code")["code"]
    assert enter_room(engine, code, "", 60).person.id == hana.own.owner


def test_who_joined_by_a_code_keeps_their_book_or_is_told_when_it_goes(
    session: Session, hana: Participant, set_hosting: Callable[..., None]
) -> None:
    set_hosting(join="http://192.0.2.2:8866/join")
    hana.own.add("goal", wish="To be kept")
    ends = hana["TakeHome"]["ends"]
    assert ends["day"] and not ends["can_stay"], "no key is taken without encryption"
    assert not hana.do("TakeHome", "keep")["ok"]

    set_hosting(join="https://room.example/join")
    assert hana["TakeHome"]["ends"]["can_stay"]
    answer = hana.do("TakeHome", "keep")
    before, _, key = answer["address"].partition("#")
    assert before == "https://room.example/login"
    assert hana["TakeHome"]["ends"] is None
    assert not hana.do("TakeHome", "keep")["ok"], "the key is shown once"

    assert delete_room(session.book).people == 0
    found = find_by_key(session.book.engine, key)
    assert found is not None and found.id == hana.own.owner
    assert list(hana.own.frame("goal")["wish"]) == ["To be kept"]


def test_how_to_reach_somebody_goes_home_only_where_they_agreed(
    session: Session, hana: Participant, mio: Participant
) -> None:
    row = mio["Consents"]["seat"]
    message = {"id": row["id"], "version": row["version"]}
    means = {"contact_means": "mio@example.com"}
    assert mio.do("Consents", "write", table="room_seat", **message, values=means)["ok"]
    session.lead_into("partner")
    session.pair(hana, mio)
    session.lead_into("home")
    assert hana["TakeHome"]["partners"][0]["means"] == ""
    assert "example.com" not in everything(hana)
    ids = [hana["TakeHome"]["partners"][0]["id"]]
    assert "example.com" not in hana.do("TakeHome", "take_file", ids=ids)["content"]

    assert mio.do("Consents", "agree", to="contact_after", is_on=True)["ok"]
    (partner,) = hana["TakeHome"]["partners"]
    assert partner["means"] == "mio@example.com"
    file = hana.do("TakeHome", "take_file", ids=[partner["id"]])
    (person,) = read_part(file["content"].encode(), file["file"]).people
    assert (person.name, person.reach) == ("Mio", "mio@example.com")
    assert hana.do("TakeHome", "put", ids=[partner["id"]])["ok"]
    assert list(hana.own.frame("contact")["email"]) == ["mio@example.com"]


def test_somebody_is_declined_without_anybody_being_told(
    session: Session, hana: Participant, mio: Participant
) -> None:
    session.enter("Ken"), session.enter("Eli")
    session.lead_into("partner")
    phase, names = session.phase("partner"), dict(mio["Partner"]["others"])
    leads = session.open_page(session.host_person("Leader"), page="11-host")
    pages = [(mio, name) for name in ("Here", "Partner", "TakeHome")]
    pages += [
        (leads, name) for name in ("Lead", "Guests", "Rounds", "Board", "RoomPictures", "After")
    ]
    before = [told(page, name) for page, name in pages]

    assert hana.do("Partner", "decline", other=mio.page.seat_id)["ok"]
    assert [each["name"] for each in hana["Partner"]["declined"]] == ["Mio"]
    assert [told(page, name) for page, name in pages] == before
    rooms = session.frames()
    for seed in range(9):
        (proposal,) = propose_rounds(rooms, phase, seed=seed)
        assert not any({hana.page.seat_id, mio.page.seat_id} <= {*row} for row in proposal.parties)

    (ken, eli) = (id for id, name in names.items() if name in ("Ken", "Eli"))
    pairs = Proposal(phase, ((hana.page.seat_id, ken), (mio.page.seat_id, eli)))
    with pytest.raises(SwapRefusedError) as raised:
        swap_people(rooms, pairs, ken, mio.page.seat_id)
    assert raised.value.facts == {}

    (declined,) = hana["Partner"]["declined"]
    assert not mio.do("Partner", "accept", id=declined["id"])["ok"]
    assert hana.do("Partner", "accept", id=declined["id"])["ok"]
    assert hana["Partner"]["declined"] == [] and session.book.frame("room_decline").empty
    assert swap_people(session.frames(), pairs, ken, mio.page.seat_id)


def told(page: Participant, name: str) -> str:
    """Return all that one sheet was sent, but for the clock and when anybody last wrote."""
    state = page[name]
    return json.dumps(state | {"stage": state.get("stage", {}) | {"now": 0}, "last_at": 0})


def test_one_declines_three_people_at_most_and_nobody_who_is_not_here(
    session: Session, hana: Participant
) -> None:
    others = [session.enter(name).page.seat_id for name in "ABCD"]
    for bad in (hana.page.seat_id, "nobody"):
        assert not hana.do("Partner", "decline", other=bad)["ok"]
    answers = [hana.do("Partner", "decline", other=other)["ok"] for other in others]

    assert answers == [True, True, True, False] and hana["Partner"]["is_full"]


def test_who_sits_out_is_in_no_round_until_they_take_part_again(
    session: Session, hana: Participant
) -> None:
    for name in "ABC":
        session.enter(name)
    phase = session.phase("partner")
    for is_out in (True, False):
        assert hana.do("Partner", "sit_out", is_out=is_out)["ok"]
        assert hana["Partner"]["away"] == is_out
        (proposal,) = propose_rounds(session.frames(), phase)
        there = {each for party in proposal.parties for each in party}
        assert (hana.page.seat_id in there) != is_out and len(there) == 4 - is_out


def test_a_code_for_another_device_gives_the_same_seat_back(
    session: Session, hana: Participant
) -> None:
    hana["TakeHome"]
    code = hana.do("TakeHome", "make_code")["code"]

    entered = enter_room(session.book.engine, code, "", 60)

    assert session.open_page(entered.person.id).page.seat_id == hana.page.seat_id
    assert len(session.book.frame("room_seat")) == 1


def test_two_devices_on_one_seat_see_what_the_other_writes_and_nobody_else_is_woken(
    session: Session, hana: Participant, mio: Participant
) -> None:
    assert hana.page.room and hana.page.watch and mio.page.watch
    other = session.open_page(hana.page.room.person_id)
    phase = session.phase("notes")
    for each in (hana, other, mio):
        assert each["Notes"]["own"] == []

    assert hana.do("Notes", "write_note", phase_id=phase, words="Plant a pear tree")["ok"]

    assert not hana.page.watch.look() and not mio.page.watch.look()
    (note,) = other["Notes"]["own"]
    assert note["words"] == "Plant a pear tree"
    assert other.do("Notes", "drop", table="room_note", id=note["id"])["ok"]
    assert hana["Notes"]["own"] == []
    assert hana.do("Consents", "agree", to="show_requests", is_on=True)["ok"]
    assert other["Consents"]["seat"]["show_requests"]


def test_private_sheets_write_in_one_s_own_book_alone(session: Session, hana: Participant) -> None:
    row = hana["Wish"]["goal"]
    values = {"wish": "A private wish"}
    message = {"table": "goal", "id": row["id"], "version": 0, "values": values}
    assert hana.do("Wish", "write", **message)["ok"]
    assert hana["Inventory"]["cards"] == []
    assert hana["Ways"]["goal"]["wish"] == "A private wish"

    names = [sheet.position["names"] for sheet in hana.sheets.values()]
    assert all(each[:2] == ["here", "consents"] and "wish" in each for each in names)
    assert session.book.frame("room_note").empty


def test_somebody_without_a_seat_or_not_let_in_can_do_nothing(
    session: Session, hana: Participant, mio: Participant
) -> None:
    hana["Here"], mio["Here"], mio["Notes"]
    with session.host.command() as hand:
        hand.update("room_seat", hana.page.seat_id, let_in=False)
        hand.update("room_seat", mio.page.seat_id, left=True)
        hand.touch()

    assert hana["Here"]["closed"] == "waiting"
    assert mio["Notes"] == {"closed": "no_seat"}
    assert not hana.do("Here", "raise_hand", is_up=True)["ok"]
    assert not mio.do("Notes", "write_note", phase_id=session.phase("notes"), words="x")["ok"]
    assert session.book.frame("room_note").empty


@pytest.mark.parametrize(
    ("name", "command", "message"),
    [
        ("Notes", "write_note", {"phase_id": "none", "words": "x"}),
        ("Notes", "write_note", {"phase_id": "none", "words": "  "}),
        ("Ring", "offer", {"request_id": "none", "kind": "hands"}),
        ("Ring", "offer", {"request_id": "none", "kind": "money"}),
        ("Ring", "promise", {"offer_id": "none", "words": "x", "due": "soon"}),
        ("Poll", "vote", {"poll_id": "none", "option": 0}),
        ("Request", "show", {"id": "none", "is_shown": True, "agrees": True}),
        ("Here", "write", {"table": "room_stage", "id": "stage", "version": 1, "values": {"x": 1}}),
        ("Consents", "agree", {"to": "leads", "is_on": True}),
    ],
)
def test_bad_input_gets_one_sentence_and_changes_nothing(
    session: Session, hana: Participant, name: str, command: str, message: dict[str, object]
) -> None:
    hana[name]
    before = session.book.revision()

    answer = hana.do(name, command, **message)

    assert not answer["ok"] and answer["text"]
    assert session.book.revision() == before


def test_a_new_name_is_on_every_screen_with_a_mark_where_another_has_it(
    session: Session, hana: Participant, mio: Participant
) -> None:
    session.lead_into("ring")
    show_request(hana)
    assert hana["Here"]["name"] == mio["Ring"]["others"][0]["who"] == "Hana"

    assert hana.do("Here", "rename", called="  Mio\u202e ")["ok"]
    assert hana["Here"]["name"] == mio["Ring"]["others"][0]["who"] == "Mio ②"
    assert hana.do("Here", "rename", called="Mio")["ok"]
    assert (hana["Here"]["name"], mio["Here"]["name"]) == ("Mio ②", "Mio"), "the same name again"

    for wrong in ("", " \u200b\n ", "\u3164\u115f", "\u2800\u200d", "\u0301\ufe0f", "x" * 25):
        answer = hana.do("Here", "rename", called=wrong)
        assert not answer["ok"] and "a name of 1 to 24 characters" in answer["text"]
    assert hana["Here"]["name"] == "Mio ②"
    assert hana.do("Here", "rename", called="Hana")["ok"]
    assert mio["Ring"]["others"][0]["who"] == "Hana"


def test_one_seat_cannot_use_up_what_the_others_may_write(
    session: Session, hana: Participant, mio: Participant
) -> None:
    session.lead_into("notes")
    for each in (hana, mio):
        assert each.page.room
        each.page.room.book.quota = 3_000
    note, words = session.phase("notes"), "An example." * 20
    assert hana.do("Notes", "write_note", phase_id=note, words=words)["ok"]
    [row] = hana["Notes"]["own"]
    for number in range(20):
        values = {"words": f"{number} {words}"}
        version = hana["Notes"]["own"][0]["version"]
        change = {"table": "room_note", "id": row["id"], "version": version, "values": values}
        answer = hana.do("Notes", "write", **change)
        if not answer["ok"]:
            break

    assert "from one person in an hour" in answer["text"] and 2 < number < 19
    assert hana["Notes"]["own"][0]["words"] == f"{number - 1} {words}"
    assert mio.do("Notes", "write_note", phase_id=note, words=words)["ok"]


def test_what_is_seen_is_shown_first_and_the_other_sheets_follow(
    session: Session, hana: Participant
) -> None:
    assert hana["Notes"]["phase"] and hana["Poll"] == {"polls": []}
    with session.host.command() as hand:
        hand.add("room_poll", phase_id=session.phase("notes"), question="?", options=["A", "B"])
    session.lead_into("notes")
    hana.page.notice()
    hana.page.show_behind(are_first=True)
    assert [sheet.name for sheet in hana.page.behind] == ["poll"]
    assert not hana.sheets["Poll"].state["polls"]
    hana.page.show_behind()
    assert hana.sheets["Poll"].state["polls"] and not hana.page.behind


def test_nobody_who_writes_waits_until_a_page_is_drawn(session: Session, hana: Participant) -> None:
    assert hana["Notes"] and hana["Wish"]
    file = session.book.engine.url.database
    with hana.page.snapshot(), closing(sqlite3.connect(str(file), timeout=0)) as writer:
        writer.execute("UPDATE room_stage SET touched = touched + 1")
        writer.commit()  # it would be locked while anybody reads
