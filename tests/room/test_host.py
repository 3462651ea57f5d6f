"""The sheets of whoever leads a room, and the wall, by the page's own commands."""

from __future__ import annotations

import asyncio
import csv
import json
import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event

from enishi import clock
from enishi.book.database import file_of
from enishi.room.deletion import DELETE_AT_ONCE
from enishi.serve import due_rooms
from enishi.serve.due_rooms import delete_due_rooms
from led_rooms import AGENDA, LedRoom, act
from sheets import ask
from widgets.base.sheet import Sheet
from widgets.room.here import Here
from widgets.room.host_after import After
from widgets.room.host_board import Board
from widgets.room.host_guests import Guests
from widgets.room.host_lead import Lead
from widgets.room.host_pictures import RoomPictures
from widgets.room.host_rounds import Rounds
from widgets.room.projector_wall import Wall

pytest_plugins = ["led_room_fixtures"]

SECRET = "Zebrafalter im Heizungskeller"


def parties(sheet: Sheet, phase: str) -> list[list[str]]:
    """Return the names of the people of each party that is proposed for a phase."""
    state = sheet.state
    [found] = [each for each in state["proposals"] if each["phase"] == phase]
    return [[state["names"][id] for id in party["members"]] for party in found["parties"]]


def test_a_host_leads_through_the_phases_with_one_clock(led: LedRoom) -> None:
    lead = Lead(led.lead())
    assert [each["title"] for each in lead.state["phases"]] == [each["title"] for each in AGENDA]
    assert lead.state["stage"]["state"] == "waiting"
    phase = led.phases["Welcome"]
    assert act(lead, "enter", phase=phase)["ok"]
    stage = lead.state["stage"]
    assert (stage["phase_id"], stage["state"]) == (phase, "running")
    assert 299_000 < stage["ends_at"] - stage["now"] <= 300_000
    assert act(lead, "pause")["ok"] and lead.state["stage"]["ends_at"] is None
    assert act(lead, "add_minute")["ok"]
    assert 358_000 < lead.state["stage"]["left_ms"] <= 360_000
    assert act(lead, "go_on")["ok"] and lead.state["stage"]["left_ms"] is None
    assert act(lead, "finish")["ok"] and lead.state["stage"]["state"] == "over"


def test_a_second_host_s_late_click_is_refused(led: LedRoom) -> None:
    first, second = Lead(led.lead()), Lead(led.lead())
    assert act(first, "enter", phase=led.phases["Welcome"])["ok"]
    answer = act(second, "enter", phase=led.phases["Notes"])
    assert not answer["ok"] and "led on in the meantime" in answer["text"]
    assert second.state["stage"]["phase_id"] == led.phases["Welcome"], "it shows where the room is"
    assert act(second, "enter", phase=led.phases["Notes"])["ok"]


def test_phases_are_skipped_and_change_places(led: LedRoom) -> None:
    lead = Lead(led.lead())
    assert act(lead, "skip", phase=led.phases["Thanks"], skipped=True)["ok"]
    assert not act(lead, "enter", phase=led.phases["Thanks"])["ok"]
    assert act(lead, "move", phase=led.phases["Home"], by=-1)["ok"]
    assert [each["title"] for each in lead.state["phases"]][-2:] == ["Home", "Thanks"]
    assert lead.state["phases"][-1]["skipped"]
    home, order = led.phases["Home"], [each["id"] for each in lead.state["phases"]]
    phase = lead.state["phases"][0]
    values = {"say": "Welcome, all.", "minutes": 7}
    written = ask(
        lead, "write", table="room_phase", id=phase["id"], version=phase["version"], values=values
    )
    assert written["ok"] and lead.state["phases"][0]["minutes"] == 7

    assert act(lead, "finish")["ok"]
    assert not act(lead, "skip", phase=home, skipped=True)["ok"], "the session is over"
    assert not act(lead, "move", phase=home, by=-1)["ok"]
    assert [each["id"] for each in lead.state["phases"]] == order
    assert [each["skipped"] for each in lead.state["phases"]] == [False] * (len(order) - 1) + [True]


def test_the_host_reads_that_it_is_a_good_time_to_move_on(led: LedRoom) -> None:
    led.join("Ann", "Ben", "Cem", "Dora", "Eli")
    lead, phase = Lead(led.lead()), led.phases["Notes"]
    act(lead, "enter", phase=phase)
    for name in ("Ann", "Ben", "Cem"):
        led.update("room_seat", led.seats[name], ready_phase=phase)
    lead.workbook.refresh()
    assert (lead.state["ready"], lead.state["present"], lead.state["enough"]) == (3, 5, False)
    led.update("room_seat", led.seats["Dora"], ready_phase=phase)
    lead.workbook.refresh()
    assert (lead.state["ready"], lead.state["enough"]) == (4, True)
    now = clock.now().timestamp() * 1000
    assert lead.state["quiet_ms"] == 60_000 and abs(lead.state["last_at"] - now) < 60_000


def test_people_knock_and_are_let_in_and_removed(led: LedRoom) -> None:
    guests = Guests(led.lead())
    assert act(guests, "set_door", door="knock")["ok"]
    led.join("Ann", "Ann")
    guests.workbook.refresh()
    assert [each["name"] for each in guests.state["knocking"]] == ["Ann", "Ann ②"]
    one, two = (each["id"] for each in guests.state["knocking"])
    assert ask(guests, "let_in", seat=one)["ok"]
    assert ask(guests, "remove_seat", seat=two)["ok"]
    assert [each["name"] for each in guests.state["guests"]] == ["Hanako", "Ann"]
    assert guests.state["knocking"] == []
    assert ask(guests, "share_lead", seat=one, on=True)["ok"]
    assert guests.state["guests"][1]["leads"]
    me = guests.state["guests"][0]["id"]
    assert not ask(guests, "remove_seat", seat=me)["ok"], "nobody removes themselves"


def test_who_is_removed_leaves_what_has_no_name_and_takes_what_has_one(led: LedRoom) -> None:
    led.join("Ann", "Ben")
    page = led.lead()
    lead, guests, board, after = Lead(page), Guests(page), Board(page), After(page)
    phases = [led.phases[title] for title in ("Notes", "Thanks")]
    for name in ("Ann", "Ben"):
        for phase in phases:
            led.write(name, "room_note", phase_id=phase, words=f"{name}, {SECRET}")
    dropped = led.write("Ann", "room_note", phase_id=phases[0], words="Taken back before")
    poll = ask(board, "make_poll", phase=phases[0], question="?", options=["A", "B"])
    assert poll["ok"]
    [poll_id] = led.book.frame("room_poll").index
    led.write("Ann", "room_vote", poll_id=poll_id, option=1)
    led.book.delete("room_note", dropped)
    for phase in phases:
        act(lead, "enter", phase=phase)
        act(board, "reveal", phase=phase, to="all")

    assert ask(guests, "remove_seat", seat=led.seats["Ann"])["ok"]

    for at, (phase, left) in enumerate(zip(phases, (["", ""], ["Ben"]), strict=True)):
        act(lead, "enter", phase=phase)
        for sheet in (board, wall := Wall(led.project())):
            assert [each["who"] for each in sheet.state["cards"]] == left
        assert board.state["notes"] == len(left)
        assert at or wall.state["polls"][0]["votes"] == [0, 1]
    table = ask(after, "take_table")["table"]
    assert table.count(SECRET) == 3 and ",Ann," not in table and "Taken back" not in table


def test_codes_for_the_projector_and_for_a_seat_work_once(led: LedRoom) -> None:
    from enishi.room.entries import enter_room
    from enishi.room.errors import WrongCodeError

    led.join("Ann")
    guests = Guests(led.lead())
    shown = guests.state["join"]["code"]
    assert len(shown) == 6 and ask(guests, "renew_code")["ok"]
    assert guests.state["join"]["code"] not in ("", shown)
    code = ask(guests, "open_projector")["code"]
    engine = led.book.engine
    assert led.as_server(lambda: enter_room(engine, code, "", 60)).person.role == "projector"
    with pytest.raises(WrongCodeError):
        led.as_server(lambda: enter_room(engine, code, "", 60))
    back = ask(guests, "let_back", seat=led.seats["Ann"])["code"]
    again = led.as_server(lambda: enter_room(engine, back, "", 60))
    assert again.person.id == led.people["Ann"].person.id


def test_the_join_corner_has_a_qr_code_once_the_address_is_known(
    led: LedRoom, set_hosting: Callable[..., None]
) -> None:
    set_hosting(join="http://192.168.1.20:8866/join")
    join = Wall(led.project()).state["join"]
    assert join["address"] == "http://192.168.1.20:8866/join"
    assert join["qr"]["size"] > 20 and join["qr"]["path"].startswith("M4 4h1v1h-1z")


def test_all_remaining_rounds_are_arranged_at_once_and_published(led: LedRoom) -> None:
    led.join("Ann", "Ben", "Cem", "Dora")
    led.update("room_seat", led.seats["Ann"], show_strengths=True, strengths=["tax returns"])
    led.update("room_seat", led.seats["Cem"], show_requests=True, needs=["help with tax returns"])
    rounds, wall = Rounds(led.lead()), Wall(led.project())
    assert ask(rounds, "arrange")["ok"]
    first, second = led.phases["First pairs"], led.phases["Second pairs"]
    pairs = [frozenset(each) for id in (first, second) for each in parties(rounds, id)]
    assert len(pairs) == len({*pairs}) == 4 and rounds.state["repeats"] == []
    [[fits]] = [
        [party["why"] for party in each["parties"] if party["why"]["key"] == "fits"]
        for each in rounds.state["proposals"]
        if any(party["why"]["key"] == "fits" for party in each["parties"])
    ]
    assert (fits["who"], fits["whom"], fits["strength"]) == ("Ann", "Cem", "tax returns")
    assert rounds.state["published"] == [] and wall.state["parties"] == [], "nobody sees it yet"
    assert act(rounds, "publish")["ok"]
    assert len(rounds.state["published"]) == 2
    lead = Lead(led.lead())
    act(lead, "enter", phase=second)
    wall.workbook.refresh()
    assert {frozenset(each) for each in wall.state["parties"]} == {*pairs[2:]}


def test_a_round_that_is_replaced_before_its_phase_begins_never_was(led: LedRoom) -> None:
    led.join("Ann", "Ben", "Cara", "Dai")
    page = led.lead()
    rounds, lead = Rounds(page), Lead(page)
    assert ask(rounds, "arrange")["ok"] and act(rounds, "publish")["ok"]
    led.join("Eri", "Fumi")
    assert ask(rounds, "arrange", again=True)["ok"] and act(rounds, "publish")["ok"]
    assert act(lead, "enter", phase=led.phases["First pairs"])["ok"]

    assert len(led.book.frame("room_round")) == 2
    assert len(led.book.frame("room_party")) == 6
    assert all(count == 1 for each in rounds.state["met"] for _, count in each["others"])


def test_a_swap_is_seen_before_anything_is_published(led: LedRoom) -> None:
    led.join("Ann", "Ben", "Cem", "Dora")
    rounds = Rounds(led.lead())
    ask(rounds, "arrange")
    first = led.phases["First pairs"]
    [one, two], [three, _] = parties(rounds, first)
    swap = {"one": led.seats[two], "other": led.seats[three]}
    assert ask(rounds, "swap", phase=first, **swap)["ok"]
    assert [one, three] in parties(rounds, first)
    assert led.book.frame("room_round").empty


def test_who_comes_late_joins_a_party_and_nobody_else_moves(led: LedRoom) -> None:
    led.join("Ann", "Ben", "Cem", "Dora")
    rounds = Rounds(led.lead())
    ask(rounds, "arrange")
    act(rounds, "publish")
    before = rounds.state["published"]
    led.join("Eli")
    rounds.workbook.refresh()
    assert rounds.state["latecomers"] == ["Eli"]
    assert "late" not in rounds.state, "that would say the page is not up to date"
    assert ask(rounds, "seat_late")["ok"]
    after = rounds.state["published"]
    assert [[each for each in party if each != "Eli"] for party in after] == before
    assert sorted(map(len, after)) == [2, 3] and rounds.state["latecomers"] == []


def test_repeats_are_stated_before_anything_is_published_and_so_is_who_has_met_whom(
    led: LedRoom,
) -> None:
    led.join("Ann", "Ben")
    rounds = Rounds(led.lead())
    ask(rounds, "arrange")
    assert rounds.state["repeats"] == [{"names": ["Ann", "Ben"], "count": 2}]
    whys = [party["why"]["key"] for each in rounds.state["proposals"] for party in each["parties"]]
    assert whys == ["new", "again"] and rounds.state["met"] == []

    act(rounds, "publish")
    met = {"name": "Ann", "others": [["Ben", 2]]}, {"name": "Ben", "others": [["Ann", 2]]}
    assert rounds.state["met"] == [*met]


def test_who_comes_late_never_joins_somebody_they_are_to_be_apart_from(led: LedRoom) -> None:
    led.join("Ann", "Ben")
    rounds = Rounds(led.lead())
    ask(rounds, "arrange")
    act(rounds, "publish")
    led.join("Eli")
    rounds.workbook.refresh()
    apart = {"one": led.seats["Ann"], "other": led.seats["Eli"]}
    assert ask(rounds, "add_rule", kind="apart", **apart)["ok"]
    assert ask(rounds, "seat_late")["ok"]
    assert sorted(map(sorted, rounds.state["published"])) == [["Ann", "Ben"], ["Eli"]]
    assert rounds.state["latecomers"] == []


def test_a_rule_that_no_group_has_room_for_is_named(led: LedRoom) -> None:
    led.join("Ann", "Ben", "Cem", "Dora")
    rounds = Rounds(led.lead())
    for other in ("Ben", "Cem"):
        pair = {"one": led.seats["Ann"], "other": led.seats[other]}
        assert ask(rounds, "add_rule", kind="together", **pair)["ok"]
    answer = ask(rounds, "arrange")
    assert not answer["ok"] and "With groups of this size" in answer["text"]
    assert all(name in answer["text"] for name in ("Ann", "Ben", "Cem"))
    assert rounds.state["proposals"] == []


def test_there_is_nobody_to_pair_and_rules_that_contradict_are_named(led: LedRoom) -> None:
    led.join("Ann")
    rounds = Rounds(led.lead())
    assert ask(rounds, "arrange")["text"] == "There is nobody to pair yet."
    led.join("Ben", "Cem", "Dora")
    rounds.workbook.refresh()
    pair = {"one": led.seats["Ann"], "other": led.seats["Ben"]}
    assert ask(rounds, "add_rule", kind="apart", **pair)["ok"]
    answer = ask(rounds, "add_rule", kind="together", **pair)
    assert not answer["ok"] and "Ann" in answer["text"] and "Ben" in answer["text"]
    assert len(rounds.state["rules"]) == 1
    ask(rounds, "arrange")
    for phase in ("First pairs", "Second pairs"):
        assert all({"Ann", "Ben"} != {*each} for each in parties(rounds, led.phases[phase]))


def test_words_are_counted_before_a_reveal_then_read_by_the_host_then_by_all(led: LedRoom) -> None:
    led.join("Ann")
    lead, board, wall = Lead(page := led.lead()), Board(page), Wall(led.project())
    phase = led.phases["Notes"]
    act(lead, "enter", phase=phase)
    led.write("Ann", "room_note", phase_id=phase, words=SECRET)
    for each in (board, wall):
        each.workbook.refresh()
    assert board.state["notes"] == 1 and SECRET not in json.dumps(board.state | wall.state)
    assert act(board, "reveal", phase=phase, to="host")["ok"]
    wall.workbook.refresh()
    [card] = board.state["cards"]
    assert card["words"] == SECRET and card["who"] == "", "anonymous names nobody"
    assert SECRET not in json.dumps(wall.state)
    assert act(board, "reveal", phase=phase, to="all")["ok"]
    wall.workbook.refresh()
    assert [each["words"] for each in wall.state["cards"]] == [SECRET]
    assert "Ann" not in json.dumps(wall.state)
    assert ask(board, "hide", table="room_note", id=card["id"], on=True)["ok"]
    wall.workbook.refresh()
    assert wall.state["cards"] == [] and board.state["cards"][0]["hidden"]


def test_requests_are_pinned_and_put_in_order(led: LedRoom) -> None:
    led.join("Ann", "Ben")
    lead, board, wall = Lead(page := led.lead()), Board(page), Wall(led.project())
    phase = led.phases["Requests"]
    for name in ("Ann", "Ben"):
        led.update("room_seat", led.seats[name], show_requests=True)
        led.write(name, "room_request", words=f"{name} asks", shown=True)
    act(lead, "enter", phase=phase)
    assert board.state["requests"] == 2 and board.state["cards"] == []
    act(board, "reveal", phase=phase, to="all")
    first, second = (each["id"] for each in board.state["cards"])
    assert ask(board, "pin", table="room_request", id=second, on=True)["ok"]
    wall.workbook.refresh()
    assert [each["words"] for each in wall.state["cards"]] == ["Ben asks", "Ann asks"]
    led.update("room_seat", led.seats["Ben"], show_requests=False)
    wall.workbook.refresh()
    assert [each["words"] for each in wall.state["cards"]] == ["Ann asks"]
    assert first == wall.state["cards"][0]["id"]


def test_requests_take_the_turns_that_the_host_gives_them(led: LedRoom) -> None:
    led.join("Ann", "Ben", "Cem")
    lead, board, wall = Lead(page := led.lead()), Board(page), Wall(led.project())
    for name in ("Ann", "Ben", "Cem"):
        led.update("room_seat", led.seats[name], show_requests=True)
        led.write(name, "room_request", words=name, shown=True)
    act(lead, "enter", phase=led.phases["Requests"])
    act(board, "reveal", phase=led.phases["Requests"], to="all")
    assert ask(board, "sort_request", id=board.state["cards"][2]["id"], by=-1)["ok"]
    wall.workbook.refresh()
    assert [each["words"] for each in wall.state["cards"]] == ["Ann", "Cem", "Ben"]


def test_a_poll_shows_numbers_only_once_it_is_revealed(led: LedRoom) -> None:
    led.join("Ann", "Ben")
    lead, board, wall = Lead(page := led.lead()), Board(page), Wall(led.project())
    phase = led.phases["Notes"]
    act(lead, "enter", phase=phase)
    made = {"phase": phase, "question": "Tea?", "options": ["yes", "no"]}
    assert ask(board, "make_poll", **made)["ok"]
    [poll] = board.state["polls"]
    led.write("Ann", "room_vote", poll_id=poll["id"], option=1)
    for each in (board, wall):
        each.workbook.refresh()
    assert board.state["polls"][0]["answered"] == 1 and board.state["polls"][0]["votes"] == []
    assert wall.state["polls"][0]["votes"] == []
    act(board, "reveal", phase=phase, to="all")
    wall.workbook.refresh()
    assert wall.state["polls"][0]["votes"] == [0, 1]
    assert ask(board, "drop_poll", id=poll["id"])["ok"] and board.state["polls"] == []


def test_a_participant_can_do_none_of_it_and_sees_nothing_of_it(led: LedRoom) -> None:
    led.join("Ann", "Ben")
    phase, ann = led.phases["Notes"], led.people["Ann"].person.id
    led.write("Ben", "room_note", phase_id=phase, words=SECRET)
    page = led.open("11-host", ann)
    sheets = {
        sheet.name: sheet(page) for sheet in (Lead, Guests, Rounds, Board, RoomPictures, After)
    }
    assert all(each.state == {"closed": "leads_not"} for each in sheets.values())
    before = {table: led.book.frame(table).to_csv() for table in ("room_stage", "room_phase")}
    seat = led.seats["Ben"]
    acts: list[tuple[str, str, dict[str, object]]] = [
        ("lead", "pause", {"seen": 1}),
        ("lead", "add_minute", {"seen": 1}),
        ("lead", "finish", {"seen": 1}),
        ("lead", "enter", {"seen": 1, "phase": phase}),
        ("lead", "skip", {"seen": 1, "phase": phase, "skipped": True}),
        ("lead", "move", {"seen": 1, "phase": phase, "by": 1}),
        ("lead", "turn_focus", {"seen": 1, "on": True}),
        ("guests", "set_door", {"seen": 1, "door": "closed"}),
        ("guests", "remove_seat", {"seat": seat}),
        ("guests", "share_lead", {"seat": led.seats["Ann"], "on": True}),
        ("guests", "let_back", {"seat": seat}),
        ("guests", "renew_code", {}),
        ("guests", "open_projector", {}),
        ("guests", "rehearse", {}),
        ("guests", "end_rehearsal", {}),
        ("room_pictures", "draw_picture", {"key": "exchange"}),
        ("rounds", "arrange", {}),
        ("rounds", "publish", {"seen": 1}),
        ("rounds", "add_rule", {"one": seat, "other": led.seats["Ann"], "kind": "apart"}),
        ("board", "reveal", {"seen": 1, "phase": phase, "to": "all"}),
        ("board", "make_poll", {"phase": phase, "question": "x", "options": ["a", "b"]}),
        ("after", "take_table", {}),
        ("after", "delete_now", {"word": "delete"}),
    ]
    for name, do, message in acts:
        answer = ask(sheets[name], do, **message)
        assert not answer["ok"], do
        assert SECRET not in json.dumps(answer) and "code" not in answer
    assert all(each.state == {"closed": "leads_not"} for each in sheets.values())
    assert before == {table: led.book.frame(table).to_csv() for table in before}


def test_a_room_is_rehearsed_with_invented_people_and_is_empty_again(led: LedRoom) -> None:
    led.join("Ann")
    page = led.lead()
    guests, rounds, board = Guests(page), Rounds(page), Board(page)
    kept = {table: len(led.book.frame(table)) for table in ("room_seat", "room_request")}
    answer = ask(guests, "rehearse")
    assert answer["ok"], answer
    assert guests.state["invented"] == 8
    assert not led.book.frame("room_note").empty and not led.book.frame("room_offer").empty
    assert ask(rounds, "arrange")["ok"] and act(rounds, "publish")["ok"]
    act(board, "reveal", phase=led.phases["Notes"], to="host")
    assert ask(guests, "end_rehearsal")["ok"] and guests.state["invented"] == 0
    assert kept == {table: len(led.book.frame(table)) for table in kept}
    for table in ("room_note", "room_offer", "room_vote"):
        assert led.book.frame(table).empty
    left = {each for row in led.book.frame("room_party")["members"] for each in row}
    assert left <= {*led.seats.values()}


def test_what_was_shared_is_a_table_in_which_no_cell_is_a_formula(led: LedRoom) -> None:
    led.join("Ann", "=Ben")
    page = led.lead()
    lead, board, after = Lead(page), Board(page), After(page)
    thanks = led.phases["Thanks"]
    led.write("Ann", "room_note", phase_id=thanks, words="=1+1")
    led.write("=Ben", "room_note", phase_id=thanks, words="+81")
    led.write("Ann", "room_note", phase_id=led.phases["Notes"], words=SECRET)
    hidden = led.write("Ann", "room_note", phase_id=thanks, words="unkind")
    act(lead, "enter", phase=thanks)
    act(board, "reveal", phase=thanks, to="all")
    ask(board, "hide", table="room_note", id=hidden, on=True)
    table = ask(after, "take_table")["table"]
    rows = list(csv.reader(StringIO(table)))
    assert rows[1:] == [["Note", "Thanks", "Ann", "'=1+1"], ["Note", "Thanks", "'=Ben", "'+81"]]
    assert [line[3] for line in after.state["lines"]] == ["=1+1", "+81"]


def test_the_day_of_deletion_is_chosen_within_a_month(led: LedRoom) -> None:
    after = After(led.lead())
    assert act(after, "set_last_day", day=after.state["last"])["ok"]
    assert after.state["delete_on"] == after.state["last"]
    assert not act(after, "set_last_day", day="2001-01-01")["ok"]
    assert after.state["delete_on"] == after.state["last"]


def test_every_page_says_until_when_a_room_that_is_over_is_kept_and_then_that_it_is_gone(
    led: LedRoom,
) -> None:
    led.join("Ann")
    page = led.lead()
    after, lead, wall = After(page), Lead(page), Wall(led.project())
    here = Here(led.open("10-room", led.people["Ann"].person.id))
    assert lead.state["ends"] == wall.state["ends"] == ""

    assert act(lead, "finish")["ok"]
    wall.workbook.look()
    assert lead.state["ends"] == wall.state["ends"] == after.state["delete_text"] != ""

    assert ask(after, "delete_now", word="delete")["ok"]
    led.as_server(lambda: delete_due_rooms(led.book.engine, DELETE_AT_ONCE))
    for each in (lead, wall, here):
        each.workbook.look()
    assert lead.state == wall.state == here.state == {"closed": "gone"}
    assert lead.words["labels"]["gone"] and after.state["deletion"] == "done"


def test_after_deletion_no_byte_of_a_sentence_is_left_and_joined_people_are_gone(
    led: LedRoom,
) -> None:
    led.join("Ann", "Ben")
    page = led.lead()
    after = After(page)
    led.write("Ann", "room_request", words=SECRET, shown=True)
    kept, gone = led.people["Ben"].person.id, led.people["Ann"].person.id
    led.update("room_request", led.book.frame("room_request").index[0], words=f"{SECRET}, indeed")
    from sqlalchemy import text

    with led.book.engine.begin() as connection:  # as it is stored that somebody keeps their book
        connection.execute(text("UPDATE person SET ends_at = '' WHERE id = :id"), {"id": kept})
    file = file_of(led.book.engine)
    assert file is not None
    assert not ask(after, "delete_now", word="no")["ok"]
    assert ask(after, "delete_now", word="delete")["ok"]
    assert after.state["deletion"] == "asked" and led.seats
    [deleted] = led.as_server(lambda: delete_due_rooms(led.book.engine, DELETE_AT_ONCE))
    assert deleted.people == 1 and deleted.swept
    page.look()
    assert after.state["deletion"] == "done"
    with led.book.engine.connect() as connection:
        ids = set(connection.execute(text("SELECT id FROM person")).scalars())
        codes = connection.execute(text("SELECT count(*) FROM entry")).scalar()
    assert kept in ids and gone not in ids and codes == 0
    page.watch and page.watch.close()  # type: ignore[func-returns-value]
    led.book.engine.dispose()
    page.room and page.room.book.engine.dispose()  # type: ignore[func-returns-value]
    held = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
    assert SECRET.encode() not in held


@pytest.mark.parametrize(("hosts", "looks"), [((), 1), ((5, 6), 4), ((*range(20),), 20)])
def test_a_server_asks_for_rooms_to_delete_only_while_a_host_is_there_and_once_after(
    led: LedRoom, monkeypatch: pytest.MonkeyPatch, hosts: tuple[int, ...], looks: int
) -> None:
    monkeypatch.setattr(due_rooms, "ASKED_SECONDS", 0)
    asked, times = [], count()

    def is_led() -> bool:
        if (time := next(times)) == 20:
            raise asyncio.CancelledError
        return time in hosts

    event.listen(led.book.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    looking = due_rooms.keep_deleting(led.book.engine, logging.getLogger(), is_led)
    with ThreadPoolExecutor(1) as thread, pytest.raises(asyncio.CancelledError):
        thread.submit(asyncio.run, looking).result()
    assert len([each for each in asked if "delete_on" in each]) == looks


def test_a_week_and_four_weeks_later_the_host_reads_how_many_promises_were_kept(
    led: LedRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    led.join("Ann", "Ben")
    for words in ("Bring a ladder", "Call the school", SECRET):
        led.write("Ann", "room_promise", to_id=led.seats["Ben"], words=words)
    lead = Lead(led.lead())
    act(lead, "enter", phase=led.phases["Welcome"])
    act(lead, "finish")

    def mark(days: int, words: str, state: str) -> None:
        monkeypatch.setenv("ENISHI_DAYS_AHEAD", str(days))
        here = Here(led.open("10-room", led.people["Ann"].person.id))
        [row] = [each for each in here.state["promises"] if each["words"] == words]
        values = {"id": row["id"], "version": row["version"], "values": {"state": state}}
        assert ask(here, "write", table="room_promise", **values)["ok"]

    def followed(days: int) -> dict[str, Any]:
        monkeypatch.setenv("ENISHI_DAYS_AHEAD", str(days))
        return After(led.lead()).state

    assert (followed(0)["followed"], bool(followed(0)["next_count"])) == ([], True)
    mark(3, "Bring a ladder", "kept")
    week = {"days": 7, "kept": 1, "open": 2, "let_go": 0}
    assert followed(8)["followed"] == [week]
    mark(10, "Call the school", "let_go")
    mark(11, "Bring a ladder", "open")
    later = followed(29)
    assert later["followed"] == [week, {"days": 28, "kept": 0, "open": 2, "let_go": 1}]
    assert (later["next_count"], later["promises"]["open"]) == ("", 2)
    assert not re.search(f"Ann|ladder|{SECRET}", json.dumps(later)), "nobody is named"


def test_open_pages_of_whoever_leads_and_of_the_wall_follow_what_the_server_tells(
    led: LedRoom, set_hosting: Callable[..., None]
) -> None:
    set_hosting(join="http://192.168.1.20:8866/join", reach="nobody", copy="/media/stick")
    guests, wall = Guests(led.lead()), Wall(led.project())
    lead, after = Lead(guests.workbook), After(guests.workbook)
    before = guests.state["join"]["qr"]
    assert "may keep devices apart" in guests.state["hosting"]["reach"]
    assert "at most 10 seconds old" in guests.state["hosting"]["copy"]
    assert "within about 10 seconds" in after.state["hosting"]["goes"]
    assert lead.state["trouble"] == ""

    set_hosting(
        join="http://10.0.0.5:8866/join", reach="reached", copy="/media/stick", trouble="full"
    )
    for page in (guests.workbook, wall.workbook):
        page.look()
    for sheet in (guests, wall):
        assert sheet.state["join"]["address"] == "http://10.0.0.5:8866/join"
        assert sheet.state["join"]["qr"]["path"] != before["path"]
    assert guests.state["hosting"]["reach"] == "Another device has reached this address."
    assert "/media/stick is full" in lead.state["trouble"]
    assert "delete that folder" in after.state["hosting"]["goes"]

    set_hosting(reach="offline")
    guests.workbook.look()
    assert "in no network" in lead.state["trouble"]
