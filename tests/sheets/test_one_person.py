"""What is said of one person goes before the rule: rhythm, tone, hope, events, promises."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from enishi.coach.relations.cadence import rhythms
from enishi.coach.rules.settings import Settings
from enishi.coach.today.suggestions import suggest_contacts
from enishi.coach.today.weekly_load import load
from frames import frame, frames
from sheets import Open, ask
from widgets import Draft, Gathering, People

pytest_plugins = ["sheet_fixtures"]

TODAY, NOON = date(2026, 11, 20), datetime(2026, 11, 20, 3)
LATELY = [
    {"contact_id": "c", "on": day, "kind": "met", "started_by": "them"}
    for day in ("2026-04-01", "2026-10-20")
]


def test_a_rhythm_of_ones_own_goes_before_the_one_of_the_stage() -> None:
    people = frame("contact", {"id": "a"}, {"id": "b", "cadence_days": 10})

    assert rhythms(people, [3, 3]).tolist() == [90, 10]


def test_with_a_rhythm_of_ones_own_somebody_comes_up_when_it_is_over() -> None:
    seldom, often = (
        frames(contact=[{"id": "c", "name": "架空 花子", **own}], encounter=LATELY)
        for own in ({}, {"cadence_days": 21})
    )

    assert suggest_contacts(seldom, TODAY, NOON) == ()
    assert [row.act for row in suggest_contacts(often, TODAY, NOON)] == ["catch_up"]
    thirty = frames(contact=[{"id": f"c{i}", "cadence_days": 21} for i in range(30)])
    full = load(thirty, TODAY)
    assert full is not None and full.facts["count"] == 10


@pytest.mark.parametrize(
    ("on", "done"),
    [("2026-11-17", True), ("2026-11-20", False), ("2026-11-21", False)],
)
def test_an_event_of_theirs_brings_them_up_from_the_day_before_to_three_days_after(
    on: str, done: bool
) -> None:
    event = {"id": "e", "host_id": "c", "name": "花子の展示", "on": on, "done": done}
    f = frames(contact=[{"id": "c", "name": "架空 花子"}], encounter=LATELY, event=[event])
    (row,) = suggest_contacts(f, TODAY, NOON)

    assert (row.act, row.reason.rule) == ("occasion", "occasion_event")
    assert row.reason.facts == {"name": "架空 花子", "event": "花子の展示", "on": on}
    assert row.ready.key == "go_there"
    assert row.due == (date.fromisoformat(on) if on >= "2026-11-20" else None)


@pytest.mark.parametrize("on", ["2026-11-16", "2026-11-22", ""])
def test_an_event_of_theirs_further_away_does_not(on: str) -> None:
    event = {"id": "e", "host_id": "c", "name": "花子の展示", "on": on or None}
    f = frames(contact=[{"id": "c", "name": "架空 花子"}], encounter=LATELY, event=[event])

    assert suggest_contacts(f, TODAY, NOON) == ()


def test_a_gift_rule_that_is_switched_off_offers_nothing_on_the_list_either() -> None:
    own = {"id": "c", "name": "架空 花子", "needs": ["写真"], "cadence_days": 21}
    strength = [{"id": "s", "name": "写真", "level": 2}]
    offer = [{"id": "o", "give": "make", "size": "small", "what": "写真を送る", "strength_id": "s"}]
    f = frames(contact=[own], encounter=LATELY, strength=strength, offer=offer)
    off = Settings(switched_off=frozenset({"gift_need", "gift_topic"}))

    assert suggest_contacts(f, TODAY, NOON)[0].ready.key == "gift"
    assert suggest_contacts(f, TODAY, NOON, off)[0].ready.key == "ask_news"


def test_the_tone_chosen_on_the_card_is_the_tone_of_the_next_draft(open_in: Open) -> None:
    workbook = open_in("04-contacts")
    people, draft = People(workbook), Draft(workbook)
    id = people.book.add("contact", name="架空 花子")
    assert ask(draft, "turn_to", id=id)["ok"]
    assert draft.state["open"]["level"] == "polite"
    change = {"table": "contact", "id": id, "version": 1}
    assert ask(people, "write", **change, values={"politeness": "formal", "cadence_days": 30})["ok"]
    assert ask(draft, "turn_to", id=people.book.add("contact", name="見本 太郎"))["ok"]
    assert draft.state["open"]["level"] == "polite"
    people.book.add("encounter", contact_id=id, on="2026-01-05", kind="met")
    workbook.refresh()
    message = draft.state["open"]["id"]
    assert ask(draft, "drop", table="message", id=message)["ok"]
    for row in workbook.rows("message"):
        people.book.delete("message", row["id"])
    workbook.refresh()
    assert ask(draft, "turn_to", id=id)["ok"]

    assert draft.state["open"]["level"] == "formal"


def test_a_hope_is_kept_for_oneself_before_a_request(open_in: Open) -> None:
    draft = Draft(open_in("04-contacts"))
    id = draft.book.add("contact", name="架空 花子", focus=True)
    change = {"table": "contact", "id": id, "version": 1, "values": {"hope": "相談にのってほしい"}}
    assert ask(draft, "write", **change)["ok"]
    assert ask(draft, "turn_to", id=id)["ok"]
    assert ask(draft, "shape", id=draft.state["open"]["id"], kind="advice")["ok"]

    assert draft.state["open"]["person"]["hope"] == "相談にのってほしい"
    assert "相談にのってほしい" not in draft.state["open"]["text"]


def test_whose_event_it_is_stands_on_the_event_and_in_its_reasons(open_in: Open) -> None:
    sheet = Gathering(open_in("05-week"))
    id = sheet.book.add("contact", name="架空 花子")
    assert ask(sheet, "begin", name="花子の展示", on=str(sheet.workbook.today))["ok"]
    event = sheet.state["event"]
    change = {"table": "event", "id": event["id"], "version": event["version"]}
    assert ask(sheet, "write", **change, values={"host_id": id})["ok"]

    assert sheet.state["names"] == {id: "架空 花子"}
    assert "event_host" in [reason["rule"] for reason in sheet.state["why"]]


def test_the_kind_of_a_promise_can_be_said_otherwise_than_it_sounds(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子")
    promise = sheet.book.add("promise", contact_id=id, words="また食事でも")
    ask(sheet, "choose", id=id)
    (row,) = sheet.state["card"]["now"]["promises"]
    assert (row["kind"], row["sounds"]) == ("", "meal")
    change = {"table": "promise", "id": promise, "version": 1, "values": {"kind": "contact"}}
    assert ask(sheet, "write", **change)["ok"]

    assert sheet.state["card"]["now"]["promises"][0]["kind"] == "contact"
