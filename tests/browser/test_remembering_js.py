"""The round of remembering in a real browser: one person at a time, and never cut off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from desk import Desk, laid
from enishi.i18n import texts
from enishi.js_bundle import bundle_modules
from widgets.base.assets import WIDGETS

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

SHEET = """
import { isRemembering, remembering } from "./parts/remembering.js";
import { defineSheet, h } from "./base/sheet.js";

function draw(sheet) {
  if (isRemembering(sheet)) return remembering(sheet);
  return [h("p", {}, "the sheet"), remembering(sheet, { once: sheet.state.once })];
}

export default defineSheet({ draw });
"""
LABELS = texts("contacts", "en")["labels"]
WORDS = texts("coach", "en")["remembering"] | {
    name: LABELS[name] for name in ("known_as", "known_ases", "known_since")
}
TRAITS: dict[str, Any] = {
    "state": {
        "remembering": {"words": WORDS, "offer": "7 names", "today": "2026-04-06"},
        "remembering_offer": "7 names at home",
        "once": False,
        "reflection": {"id": "s", "version": 0},
    },
    "words": {"name": "s", "question": "?", "common": {"saved": "saved", "close": "Close"}},
    "position": {"name": "s", "index": 1, "of": 1, "names": ["s"]},
}
TEO = {
    "id": "a",
    "version": 1,
    "name": "<b>Teo</b>",
    "about": "Harbour Line",
    "met_on": "",
    "connected": "",
}
MIO = TEO | {"id": "b", "name": "Mio", "about": "", "connected": "21 Aug 2024"}


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Desk]:
    with laid(chromium, bundle_modules(SHEET, WIDGETS), TRAITS) as ready:
        yield ready


def press(desk: Desk, name: str) -> None:
    desk.page.get_by_role("button", name=name).click()


def show(desk: Desk, n: int, person: dict[str, Any] | None, over: str = "", said: int = 0) -> None:
    """Answer the `n`th message with a person, or with the end of the round."""
    round = {"started": "2026-04-05T22:30:00+00:00", "said": said, "asked": ["a"]}
    desk.answer(n, round=round, person=person, over=over, seconds=180, text=" ")


def begin(desk: Desk) -> None:
    press(desk, WORDS["begin"])
    assert desk.sent(1)[0]["do"] == "recall"
    show(desk, 1, TEO)


def test_one_person_is_shown_alone_and_what_is_typed_is_sent_as_a_whole(desk: Desk) -> None:
    begin(desk)
    heading = desk.page.get_by_role("heading", name="<b>Teo</b>")
    expect(heading).to_be_focused()
    expect(desk.page.get_by_text("the sheet")).to_have_count(0)
    press(desk, WORDS["loves"])
    expect(desk.field(WORDS["loves"])).to_be_focused()
    desk.field(WORDS["loves"]).press_sequentially("woodcuts")
    desk.page.get_by_label(LABELS["known_ases"]["known"]).check()
    desk.field(LABELS["known_since"]).select_option("2011")
    press(desk, WORDS["promise"])
    desk.field(WORDS["promise"]).press_sequentially("send the proofs")
    desk.field(WORDS["promise"]).press("Enter")
    heard = desk.sent(2)[1]
    assert heard == {"do": "hear_day", "text": "send the proofs", "n": heard["n"]}
    desk.answer(2, on="")
    message = desk.sent(3)[2]
    assert message["do"] == "remember" and message["so_far"]["asked"] == ["a"]
    said = {name: message[name] for name in ("id", "known_as", "known_since", "loves", "promise")}
    assert said == {
        **{"id": "a", "known_as": "known", "known_since": 2011},
        **{"loves": "woodcuts", "promise": "send the proofs"},
    }
    show(desk, 3, MIO, said=1)
    expect(desk.page.get_by_role("heading", name="Mio")).to_be_focused()
    expect(desk.page.get_by_role("textbox")).to_have_count(0)


def test_keeping_takes_the_place_of_nothing_while_something_is_said(desk: Desk) -> None:
    begin(desk)
    nothing = desk.page.get_by_role("button", name=WORDS["nothing"])
    press(desk, WORDS["trying"])
    expect(nothing).to_be_visible()
    desk.field(WORDS["trying"]).press_sequentially("a press")
    expect(nothing).to_have_count(0)
    expect(desk.page.get_by_role("button", name=WORDS["keep"])).to_be_visible()
    desk.field(WORDS["trying"]).fill("")
    expect(nothing).to_be_visible()
    press(desk, WORDS["nothing"])
    assert desk.sent(2)[1]["do"] == "recall"


def test_two_presses_send_one_message(desk: Desk) -> None:
    begin(desk)
    desk.page.get_by_label(LABELS["known_ases"]["friend"]).check()
    desk.page.get_by_role("button", name=WORDS["keep"]).dblclick()
    assert desk.sent(2)[1]["known_as"] == "friend"
    show(desk, 2, MIO, said=1)
    desk.sent(2)


def test_after_three_minutes_the_round_ends_where_nothing_is_being_said(desk: Desk) -> None:
    begin(desk)
    desk.page.clock.run_for(170_000)
    expect(desk.page.get_by_role("heading", name="<b>Teo</b>")).to_be_visible()
    desk.page.clock.run_for(10_000)
    expect(desk.page.get_by_role("heading", name=WORDS["end"])).to_be_focused()
    expect(desk.page.get_by_text(WORDS["ends"]["minutes"])).to_be_visible()
    expect(desk.page.get_by_text(WORDS["end_unsaid"])).to_be_visible()
    press(desk, "Close")
    expect(desk.page.get_by_text("the sheet")).to_be_visible()


@pytest.mark.parametrize("words", ["", "wood"])
def test_whoever_is_writing_after_three_minutes_goes_on(desk: Desk, words: str) -> None:
    begin(desk)
    press(desk, WORDS["loves"])
    desk.field(WORDS["loves"]).press_sequentially(words)
    desk.page.clock.run_for(400_000)
    expect(desk.field(WORDS["loves"])).to_have_value(words)
    desk.field(WORDS["loves"]).press_sequentially("cuts")
    desk.field(WORDS["loves"]).press("Enter")
    assert desk.sent(2)[1]["loves"] == words + "cuts"
    show(desk, 2, None, over="minutes", said=1)
    expect(desk.page.get_by_text(WORDS["end_said"])).to_be_visible()


def test_stopping_keeps_what_was_said(desk: Desk) -> None:
    begin(desk)
    press(desk, WORDS["loves"])
    desk.field(WORDS["loves"]).press_sequentially("woodcuts")
    press(desk, WORDS["stop"])
    assert desk.sent(2)[1]["loves"] == "woodcuts"
    show(desk, 2, MIO, said=1)
    expect(desk.page.get_by_role("heading", name=WORDS["end"])).to_be_focused()
    expect(desk.page.get_by_text(WORDS["ends"]["stopped"])).to_be_visible()


def test_stopping_with_nothing_said_sends_nothing(desk: Desk) -> None:
    begin(desk)
    press(desk, WORDS["stop"])
    desk.sent(1)
    expect(desk.page.get_by_role("heading", name=WORDS["end"])).to_be_focused()


def test_what_is_refused_stays_and_the_person_can_be_skipped(desk: Desk) -> None:
    begin(desk)
    press(desk, WORDS["where_met"])
    desk.field(WORDS["where_met"]).press_sequentially("the harbour")
    press(desk, WORDS["keep"])
    desk.sent(2)
    desk.answer(2, ok=False, text="changed elsewhere", version=4)
    expect(desk.field(WORDS["where_met"])).to_have_value("the harbour")
    press(desk, WORDS["keep"])
    assert desk.sent(3)[2]["version"] == 4
    desk.answer(3, ok=False, text="no longer there")
    press(desk, WORDS["skip"])
    assert desk.sent(4)[3]["do"] == "recall"


def test_the_day_of_the_connection_is_told_and_not_taken_for_the_day_of_meeting(desk: Desk) -> None:
    press(desk, WORDS["begin"])
    desk.sent(1)
    show(desk, 1, MIO)
    expect(desk.field(WORDS["met_on"])).to_have_count(0)
    desk.page.get_by_label(LABELS["known_ases"]["just_met"]).check()
    expect(desk.field(WORDS["met_on"])).to_have_value("")
    expect(desk.page.get_by_text("you connected on 21 Aug 2024")).to_be_visible()


def test_only_the_row_at_home_can_be_dismissed(desk: Desk) -> None:
    dismiss = desk.page.get_by_role("button", name=WORDS["dismiss"])
    expect(desk.page.get_by_text("7 names")).to_be_visible()
    expect(dismiss).to_have_count(0)
    desk.state(once=True)
    expect(desk.page.get_by_text("7 names at home")).to_be_visible()
    dismiss.click()
    assert desk.sent(1)[0]["do"] == "dismiss_remembering"
    desk.state(remembering_offer="")
    expect(desk.page.get_by_role("button")).to_have_count(0)
