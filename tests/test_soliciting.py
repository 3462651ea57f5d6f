"""Somebody who showed signs of solicitation: nobody is urged to meet or to ask them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from frames import frame, frames
from sheets import Open, ask

from enishi.coach.agenda import agenda
from enishi.coach.ask import may_ask
from enishi.coach.event import evening
from enishi.coach.fitting import fitting
from enishi.coach.focus import focus
from enishi.coach.gift import gifts
from enishi.coach.guard import guards
from enishi.coach.introduction import my_trust
from enishi.coach.nearest import nearest
from enishi.coach.review import letter
from enishi.coach.settings import Settings
from enishi.coach.soliciting import soliciting, solicits
from enishi.coach.today import held_back, today_rows
from widgets import Log, People, Today

pytest_plugins = ["sheet_fixtures"]

TODAY, NOON = date(2026, 11, 20), datetime(2026, 11, 20, 3)
WARY = {
    "id": "w",
    "name": "架空 勧太",
    "signs": ["purpose_hidden"],
    "afternoon": "gladly",
    "comfort": 5,
    "next_step": "また会う",
    "next_on": "2026-11-20",
    "own_idea": "本",
}
MET = [
    {"contact_id": "w", "on": day, "kind": "met", "started_by": "them"}
    for day in ("2026-09-01", "2026-10-01")
]


def book(**person: object) -> dict:
    promise = [{"contact_id": "w", "words": "電話します", "due": "2026-11-20"}]
    return frames(contact=[WARY | person], encounter=MET, promise=promise)


@pytest.mark.parametrize(
    ("signs", "held"),
    [
        ([], False),
        (["probes_income"], False),
        (["amazing_person"], False),
        (["purpose_hidden"], True),
        (["pay_first"], True),
        (["amazing_person", "probes_income"], True),
        (["no such sign"], False),
    ],
)
def test_signs_that_ask_for_care_hold_somebody_back_a_slight_one_does_not(signs, held):
    people = frame("contact", {"id": "a"}, WARY | {"signs": signs})

    assert soliciting(people).tolist() == [False, held]
    assert solicits(people.loc["w"]) is held


def test_the_list_of_today_leaves_them_out_and_says_how_to_say_no_safely():
    f = book()

    assert today_rows(f, TODAY, NOON) == ()
    assert held_back(f, TODAY, NOON)["w"].rule == "gate_signs"
    assert [row.contact_id for row in today_rows(book(signs=[]), TODAY, NOON)] == ["w"]


def test_switching_rules_off_does_not_open_the_gate():
    off = Settings(switched_off=frozenset({"gate_signs"}))

    assert today_rows(book(), TODAY, NOON, off) == ()


def test_nothing_else_urges_to_meet_or_to_ask_them_either():
    f, free = book(), book(signs=[])

    assert not may_ask(f, "w", 1, TODAY).ok
    assert may_ask(f, "w", 1, TODAY).reasons[0].rule == "ask_signs"
    for found in (
        lambda f: focus(f, TODAY).proposed,
        lambda f: agenda(f, TODAY),
        lambda f: nearest(f, TODAY) and [1],
        lambda f: letter(f, "week", TODAY).next,
        lambda f: gifts(f["contact"].loc["w"], f),
        lambda f: list(my_trust(f, TODAY, Settings())),
    ):
        assert not found(f)
        assert found(free)


def test_the_message_that_fits_is_to_refuse():
    (fit,) = fitting(book(), "w", TODAY, NOON)

    assert (fit.kind, fit.reason.rule) == ("refuse", "guard_signs")
    assert next(guard.reason.rule for guard in guards(book(), TODAY)) == "guard_signs"


def test_an_event_of_theirs_asks_for_care():
    event = {"place_id": "", "host_id": "w", "kind": "study", "bring": "本", "pressure": None}

    assert [r.rule for r in evening("e", event, book(), TODAY).why_not] == ["guard_signs"]
    assert "event_host" in [r.rule for r in evening("e", event, book(signs=[]), TODAY).why]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_signs_are_ticked_on_the_card_with_ways_to_say_no_and_the_hotline(
    opened: Open, language: str
) -> None:
    sheet = People(opened("04-contacts", language))
    id = sheet.book.add("contact", name="架空 勧太")
    assert ask(sheet, "choose", id=id)["ok"]
    values = {"signs": ["pay_first"]}
    assert ask(sheet, "write", noun="contact", id=id, version=1, values=values)["ok"]

    card = sheet.state["card"]
    assert card["result"] == "stop"
    assert "188" in card["caution"]["act"]
    assert "188" in sheet.state["signs"]["help"] and len(sheet.state["signs"]["refuse"]) == 3
    (kindly,) = [reason for reason in card["standing"]["kindly"] if reason["rule"] == "guard_signs"]
    assert "188" in kindly["act"] and kindly["always"]


def test_signs_are_ticked_while_noting_a_meeting_and_todays_list_says_why(opened: Open) -> None:
    page = opened("05-week")
    log, today = Log(page), Today(page)
    id = log.book.add("contact", name="架空 勧太")
    log.book.add("promise", contact_id=id, words="電話します", due=page.today.isoformat())
    page.refresh()
    assert log.state["person"] is None and len(today.state["rows"]) == 1

    assert ask(log, "about", id=id)["ok"]
    person = log.state["person"]
    change = {"noun": "contact", "id": id, "version": person["version"]}
    assert ask(log, "write", **change, values={"signs": ["sure_profit"]})["ok"]
    assert log.state["person"]["result"] == "careful"
    assert today.state["rows"] == []
    (held,) = ask(today, "held")["held"]
    assert "188" in held["why"]
    assert not ask(today, "silence", rule="gate_signs")["ok"]
    assert not ask(log, "write", **change, values={"name": "別"})["ok"]
