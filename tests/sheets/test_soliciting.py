"""Somebody who showed signs of solicitation: nobody is urged to meet or to ask them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

import widgets
from enishi.book import Book
from enishi.coach.giving.gift_ideas import read_ideas, suggest_gifts
from enishi.coach.messages.message_kind import suggest_kinds
from enishi.coach.messages.request_timing import may_ask
from enishi.coach.network.introductions import my_trust
from enishi.coach.relations.solicitation import is_soliciting, soliciting_mask
from enishi.coach.review.events import plan_event
from enishi.coach.review.summary import build_letter
from enishi.coach.rules.settings import Settings
from enishi.coach.today.agenda import agenda
from enishi.coach.today.cautions import find_cautions
from enishi.coach.today.focus import focus
from enishi.coach.today.suggestions import explain_exclusions, suggest_contacts
from enishi.i18n import read_texts
from frames import frame, frames, row_of
from languages import FIRST_ENGLISH
from sheets import Open, ask, book_of
from widgets import MyWeek, Note, People
from widgets.base.sheet import Sheet

pytest_plugins = ["sheet_fixtures"]

TODAY, NOON = date(2026, 11, 20), datetime(2026, 11, 20, 3)
WARY = {
    "id": "w",
    "name": "架空 勧太",
    "signs": ["purpose_hidden"],
    "afternoon": "gladly",
    "comfort": 5,
}
MET = [
    {"contact_id": "w", "on": day, "kind": "met", "started_by": "them"}
    for day in ("2026-09-01", "2026-10-01")
]


def book(**person: object) -> dict[str, Any]:
    promise = [{"contact_id": "w", "words": "電話します", "due": "2026-11-20"}]
    step = [{"contact_id": "w", "words": "また会う", "on": "2026-11-20"}]
    return frames(contact=[WARY | person], encounter=MET, promise=promise, step=step)


def focused(book: dict[str, Any]) -> dict[str, Any]:
    """Return the book with everybody in it in focus."""
    return book | {"contact": book["contact"].assign(focus=True)}


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
def test_signs_that_ask_for_care_hold_somebody_back_a_slight_one_does_not(
    signs: list[str], held: bool
) -> None:
    people = frame("contact", {"id": "a"}, WARY | {"signs": signs})

    assert soliciting_mask(people).tolist() == [False, held]
    assert is_soliciting(row_of(people, "w")) is held


def test_the_list_of_today_leaves_them_out_and_says_how_to_say_no_safely() -> None:
    often = {"cadence_days": 14}
    nothing_planned = {table: frame(table) for table in ("step", "promise", "give")}
    f, free = (dict(each) | nothing_planned for each in (book(**often), book(**often, signs=[])))

    assert suggest_contacts(f, TODAY, NOON) == ()
    assert explain_exclusions(f, TODAY, NOON)["w"].rule == "gate_signs"
    assert [row.contact_id for row in suggest_contacts(free, TODAY, NOON)] == ["w"]


def test_switching_rules_off_does_not_open_the_gate() -> None:
    off = Settings(switched_off=frozenset({"gate_signs"}))

    assert suggest_contacts(book(), TODAY, NOON, off) == ()


def test_nothing_else_urges_to_meet_or_to_ask_them_either() -> None:
    f, free = book(), book(signs=[])

    assert may_ask(f, "w", 1, TODAY)[0].rule == "ask_signs"
    for found in (
        lambda f: focus(f, TODAY).proposed,
        lambda f: build_letter(focused(f), "week", TODAY).next,
        lambda f: suggest_gifts("w", f, read_ideas(read_texts("gives"))),
        lambda f: list(my_trust(f, TODAY, Settings())),
    ):
        assert not found(f)
        assert found(free)
    assert agenda(f, TODAY) == agenda(free, TODAY) != ()  # one's own rows stay


def test_the_message_that_fits_is_to_refuse() -> None:
    (fit,) = suggest_kinds(book(), "w", TODAY, NOON)

    assert (fit.kind, fit.reason.rule) == ("refuse", "guard_signs")
    assert next(guard.reason.rule for guard in find_cautions(book(), TODAY)) == "guard_signs"


def test_an_event_of_theirs_asks_for_care() -> None:
    event = {"place_id": "", "host_id": "w", "kind": "study", "bring": "本", "pressure": None}

    assert [r.rule for r in plan_event("e", event, book(), TODAY).why_not] == ["guard_signs"]
    assert "event_host" in [r.rule for r in plan_event("e", event, book(signs=[]), TODAY).why]


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_signs_are_ticked_on_the_card_with_ways_to_say_no_and_the_hotline(
    open_in: Open, language: str
) -> None:
    sheet = People(open_in("04-contacts", language))
    sheet.workbook.set_setting("country", "jp")
    id = sheet.book.add("contact", name="架空 勧太")
    assert ask(sheet, "choose", id=id)["ok"]
    values = {"signs": ["pay_first"]}
    assert ask(sheet, "write", table="contact", id=id, version=1, values=values)["ok"]

    card = sheet.state["card"]
    assert card["result"] == "stop"
    assert ("188" in card["caution"]["act"]) == (language == "ja")
    assert "188" in sheet.state["signs"]["help"] and len(sheet.state["signs"]["refuse"]) == 3
    (kindly,) = [reason for reason in card["kindly"] if reason["rule"] == "guard_signs"]
    assert ("188" in kindly["act"]) == (language == "ja") and kindly["always"]


def test_signs_are_ticked_while_noting_a_meeting_and_todays_list_says_why(open_in: Open) -> None:
    workbook = open_in("05-week")
    log, today = Note(workbook), MyWeek(workbook)
    id = log.book.add("contact", name="架空 勧太")
    log.book.add("promise", contact_id=id, words="電話します", due=workbook.today.isoformat())
    met = {"known_as": "just_met", "met_on": workbook.today.isoformat()}
    log.book.update("contact", id, **met)
    workbook.refresh()
    assert not log.state["person"]
    ((row,),) = [group["rows"] for group in today.state["groups"]]
    assert not row["flagged"]

    assert ask(log, "about", id=id)["ok"]
    person = log.state["person"]
    change = {"table": "contact", "id": id, "version": person["version"]}
    assert ask(log, "write", **change, values={"signs": ["sure_profit"]})["ok"]
    assert log.state["person"]["result"] == "careful"
    ((row,),) = [group["rows"] for group in today.state["groups"]]
    assert row["flagged"] and row["card"].endswith(f"people={id}")  # with the refusals
    (held,) = ask(today, "held")["held"]
    assert "188" in held["why"]
    assert not ask(today, "silence", rule="gate_signs")["ok"]
    assert not ask(log, "write", **change, values={"name": "別"})["ok"]


WORKBOOKS = {
    "01-start": ("Header", "FirstMinutes", "Matters"),
    "02-goal": ("Wish", "Ways", "Kinds", "Places"),
    "03-strengths": ("Inventory", "Evidence", "Offers", "Introduce"),
    "04-contacts": (*("Add", "People", "Gift", "Draft", "Introductions", "Circle"),),
    "05-week": (*("MyWeek", "Note", "Before", "Gathering", "Review", "Letter"),),
    "07-settings": ("Word", "Rules", "Sample", "MyData"),
}
"""Every sheet of every workbook."""

ALLOWED = {
    "Add": {"recent"},  # whom one wrote down lately
    # The list, the card, one's own choice, and whom one wrote down as having introduced others.
    "People": {"people", "card", "names", "focus", "choices"},
    "Gift": {"planned", "given"},  # one's own notes; a plan can be let go there
    "Draft": {"open", "begun", "sent"},  # one's own letters; what fits is the refusal
    "Introductions": {"open", "past", "names"},  # one's own plans, without a word for going on
    "Places": {"places", "names"},  # whom one wrote down as the way in
    "Note": {"last", "names"},  # what one noted
    "MyData": {"notes"},  # what one wrote in fields that are no longer asked
    "MyWeek": {"groups", "waiting", "later"},  # one's own rows, with the refusals beside them
    "Gathering": {
        "event",
        "names",
        "why_not",
        "met",
        "answered",
        "again",
    },  # the host, with the warning
}
"""Where somebody with signs may stand, by sheet and part of its state; each with its reason."""


def with_signs(book: Book, language: str) -> tuple[str, str]:
    """Fill a book in which somebody with three signs would come first everywhere."""

    def ago(days: int) -> str:
        return (date.today() - timedelta(days=days)).isoformat()

    viktor = {"ja": "ヴィクトル 旗野", "en": "Viktor Flagg"}[language]
    goal = book.add("goal", wish="Work for myself within a year", rung=1)
    role = book.add("role", goal_id=goal, does="runs a print shop")
    shared = {"topics": ["print shop", "choir"], "circles": ["Choir"], "known_as": "just_met"}
    near = {"comfort": 5, "respect": 5, "afternoon": "gladly", "role_id": role} | shared
    flagged = book.add(
        "contact",
        name=viktor,
        **near,
        needs=["photographs"],
        rung=2,
        focus=True,
        companion=True,
        met_on=ago(5),
        birthday=f"1980-{date.today():%m-%d}",
    )
    book.add("fact", contact_id=flagged, words="praise")
    book.add("step", contact_id=flagged, words="have lunch again")
    others = [
        book.add("contact", name=name, focus=name < "C", needs=["choir"], met_on=ago(300), **near)
        for name in ("Amira Haddad", "Bram Visser", "Chiyo Endo", "Dita Kos")
    ]
    target = book.add("contact", name="Edda Storm", through_id=flagged, topics=["choir"])
    book.add("contact", name="Femi Okoro", through_id=flagged, circles=["Choir"])
    both = {"two_way": True, "disclosed_out": True, "disclosed_in": True, "act_in": True}
    for id in (flagged, *others):
        for days in (1500, 1450, 1400) if id in others[2:] else (300, 200, 150, 90, 60, 3):
            meeting = {"contact_id": id, "on": ago(days), "kind": "meal", "minutes": 120}
            book.add("encounter", started_by="them", note="a long talk", **meeting, **both)
        book.add("give", contact_id=id, state="done", what="a photograph", on=ago(400))
        book.add("give", contact_id=id, state="done", direction="in", what="advice", on=ago(0))
        book.add("promise", contact_id=id, words="send the map", state="kept", closed_on=ago(9))
        book.add("tie", a_id=id, b_id=target, state="close")
    book.add("promise", contact_id=flagged, words="bring the book back", due=ago(2))
    book.add("give", contact_id=flagged, what="a jar of honey")
    place = book.add("place", name="Choir evening", entrance_id=flagged, next_on=ago(-2), fit=3)
    book.add("event", name="Open day", host_id=flagged, on=ago(-1))
    past = book.add("event", name="Autumn fair", place_id=place, on=ago(5), done=True)
    book.add("encounter", contact_id=flagged, event_id=past, on=ago(5), kind="event")
    met = {"bridge_id": flagged, "on": ago(6)}
    book.add("introduction", **met, target_id=others[0], state="introduced")
    book.add("introduction", bridge_id=flagged, target_id=target, state="planned")
    book.add("introduction", target_id=flagged, bridge_id=others[0], state="planned")
    book.add("introduction", target_id=target, state="planned")
    book.add("review", kind="week", on=ago(0), went_well="sang well")
    return flagged, viktor


def walked(opened: Open, language: str) -> Iterator[tuple[str, Sheet]]:
    """Yield every sheet, with the parts of its state in which somebody is named."""
    for workbook, sheets in WORKBOOKS.items():
        page = opened(workbook, language)
        for name in sheets:
            yield name, getattr(widgets, name)(page)


def test_no_sheet_names_somebody_with_signs_but_where_one_wrote_them_down(open_in: Open) -> None:
    language = "ja"
    book = book_of(open_in("04-contacts", language))
    id, name = with_signs(book, language)

    def named(sheet: Sheet) -> set[str]:
        parts = sheet.state | {"more": getattr(sheet, "offers", {}) and [*sheet.offers]}
        return {key for key, part in parts.items() if name in str(part) or id in str(part)}

    before = {sheet_name: named(sheet) for sheet_name, sheet in walked(open_in, language)}
    suggested = {"MyWeek", "Before", "Circle", "Review", "Letter", "Introductions"}
    assert {key for key in suggested if before[key]} >= suggested

    book.update("contact", id, signs=["purpose_hidden", "sure_profit", "decide_today"])
    elsewhere = {}
    for sheet_name, sheet in walked(open_in, language):
        elsewhere[sheet_name] = named(sheet) - ALLOWED.get(sheet_name, set())
        if sheet_name == "MyWeek":
            held = ask(sheet, "held")["held"]
            assert [one["rule"] for one in held if one["id"] == id] == ["gate_signs"]
            flagged = [row for group in sheet.state["groups"] for row in group["rows"]]
            assert all(row["flagged"] for row in flagged if id in row["card"])
        if sheet_name == "People":
            ask(sheet, "choose", id=id)
            card = sheet.state["card"]
            assert card["name"] == name and card["closer"] is None
        if sheet_name == "Introductions":
            own = [one for one in sheet.state["open"] if id in (one["bridge_id"], one["target_id"])]
            assert len(own) == 3 and not any(one["reason"] for one in own)
            assert not any(name in str(one["ways"]) for one in sheet.state["open"])
        if sheet_name == "Circle":
            assert ask(sheet, "find", text=name[:4], welcomed=True)["found"] == []
            assert len(ask(sheet, "find", text=name[:4])["found"]) == 1
    assert {sheet: parts for sheet, parts in elsewhere.items() if parts} == {}
