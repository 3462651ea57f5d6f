"""The field that names a person, in a real browser: type, arrows, Enter, Esc."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from desk import Desk, laid
from enishi.js_bundle import bundle_modules
from widgets.base.assets import WIDGETS

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

SHEET = """
import { personPicker } from "./parts/person_picker.js";
import { defineSheet, h } from "./base/sheet.js";

function draw(sheet) {
  return h("form", { onsubmit: (event) => { event.preventDefault(); window.submitted = true; } },
    personPicker(sheet.fields("place", sheet.state.place), "entrance_id",
      { label: "who", fresh: true, without: ["x"] }),
    h("button", { type: "submit" }, "go"));
}

export default defineSheet({ draw });
"""
PLACE = {"id": "p", "version": 1, "entrance_id": ""}
TRAITS: dict[str, Any] = {
    "state": {"place": PLACE, "names": {"a": "架空 花子"}, "reflection": {"id": "s", "version": 0}},
    "words": {
        "name": "places",
        "question": "?",
        "common": {
            "saved": "saved",
            "person_clear": "take {name} out",
            "person_fresh": "new: {name}",
            "person_nobody": "nobody",
            "person_unchosen": "not chosen",
            "person_same": "same?",
            "person_other": "another {name}",
        },
    },
    "position": {"name": "places", "index": 1, "of": 1, "names": ["places"]},
}
FOUND = [
    {"id": "a", "name": "架空 花子", "note": "かくう　はなこ"},
    {"id": "b", "name": "<b>花子</b>", "note": ""},
]


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Desk]:
    with laid(chromium, bundle_modules(SHEET, WIDGETS), TRAITS) as ready:
        yield ready


def type_and_find(desk: Desk, text: str, found: list[dict[str, str]]) -> Locator:
    field = desk.page.get_by_role("combobox")
    field.press_sequentially(text)
    (message,) = desk.sent(1)
    assert (message["do"], message["text"]) == ("find", text)
    desk.answer(1, found=found, text="found")
    return field


def test_a_person_is_found_and_chosen_by_keyboard_alone(desk: Desk) -> None:
    field = type_and_find(desk, "花子", FOUND)
    options = desk.page.get_by_role("option")
    expect(options).to_have_count(3)
    expect(field).to_have_attribute("aria-expanded", "true")
    assert field.get_attribute("aria-activedescendant") == options.nth(0).get_attribute("id")
    field.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(options.nth(1)).to_have_text("<b>花子</b>")
    field.press("ArrowUp")
    field.press("Enter")
    assert desk.sent(2)[1]["values"] == {"entrance_id": "a"}
    expect(field).to_have_value("架空 花子")
    expect(field).to_be_focused()
    assert desk.page.evaluate("window.submitted") is None


def test_the_only_offer_is_taken_by_enter(desk: Desk) -> None:
    type_and_find(desk, "Kenta", []).press("Enter")
    message = desk.sent(2)[1]
    assert (message["do"], message["name"]) == ("meet", "Kenta")


def test_enter_that_comes_before_the_list_takes_the_only_offer(desk: Desk) -> None:
    field = desk.page.get_by_role("combobox")
    field.press_sequentially("Kenta")
    field.press("Enter")
    desk.sent(1)
    desk.answer(1, found=[], text="found")
    message = desk.sent(2)[1]
    assert (message["do"], message["name"]) == ("meet", "Kenta")


def test_leaving_keeps_the_words_and_says_that_nobody_is_chosen(desk: Desk) -> None:
    field = type_and_find(desk, "Kenta", [])
    field.press("Tab")
    expect(field).to_have_value("Kenta")
    expect(desk.page.get_by_text("not chosen")).to_be_visible()
    expect(desk.page.get_by_role("option")).to_have_count(0)
    desk.state(place=PLACE | {"version": 2})
    expect(field).to_have_value("Kenta")
    field.press("Enter")
    assert desk.sent(2)[1]["do"] == "find"
    desk.answer(2, found=[], text="found")
    assert desk.sent(3)[2]["do"] == "meet"
    desk.answer(3, id="c", name="Kenta")
    assert desk.sent(4)[3]["values"] == {"entrance_id": "c"}
    expect(field).to_have_value("Kenta")
    expect(desk.page.get_by_text("not chosen")).to_have_count(0)


def test_escape_names_nobody(desk: Desk) -> None:
    field = type_and_find(desk, "花子", FOUND)
    field.press("Escape")
    expect(desk.page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("")


def test_somebody_new_is_written_into_the_book_and_chosen(desk: Desk) -> None:
    field = type_and_find(desk, "例田", [])
    field.press("ArrowDown")
    field.press("Enter")
    message = desk.sent(2)[1]
    assert (message["do"], message["name"]) == ("meet", "例田")
    desk.answer(2, id="c", name="例田")
    assert desk.sent(3)[2]["values"] == {"entrance_id": "c"}
    expect(field).to_have_value("例田")


def test_who_was_chosen_can_be_taken_out(desk: Desk) -> None:
    desk.state(place=PLACE | {"entrance_id": "a"})
    expect(desk.page.get_by_role("combobox")).to_have_value("架空 花子")
    desk.page.get_by_role("button", name="take 架空 花子 out").click()
    assert desk.sent(1)[0]["values"] == {"entrance_id": None}


def test_who_is_not_to_be_chosen_is_not_offered(desk: Desk) -> None:
    type_and_find(desk, "花子", [*FOUND, {"id": "x", "name": "花子 X", "note": ""}])
    expect(desk.page.get_by_role("option")).to_have_count(3)


def test_enter_that_comes_before_the_list_chooses_the_only_one(desk: Desk) -> None:
    field = desk.page.get_by_role("combobox")
    field.press_sequentially("花子")
    field.press("Enter")
    (message,) = desk.sent(1)
    assert message["do"] == "find"
    desk.answer(1, found=FOUND[:1], text="found")
    assert desk.sent(2)[1]["values"] == {"entrance_id": "a"}
    assert desk.page.evaluate("window.submitted") is None


def test_the_list_of_what_was_typed_before_is_not_shown(desk: Desk) -> None:
    field = desk.page.get_by_role("combobox")
    field.press_sequentially("花")
    desk.sent(1)
    field.press_sequentially("子")
    desk.answer(1, found=FOUND, text="found")
    expect(desk.page.get_by_role("option")).to_have_count(0)


def test_a_name_in_the_book_is_asked_about_and_either_answer_is_taken(desk: Desk) -> None:
    field = type_and_find(desk, "花子 架空", [])
    field.press("ArrowDown")
    field.press("Enter")
    desk.sent(2)
    desk.answer(2, namesakes=FOUND[:1], text=" ")
    expect(desk.page.get_by_text("same?")).to_be_visible()
    options = desk.page.get_by_role("option")
    expect(options).to_have_text(["架空 花子かくう　はなこ", "another 花子 架空"])
    field.press("ArrowDown")
    field.press("Enter")
    message = desk.sent(3)[2]
    assert (message["do"], message["name"], message["is_other"]) == ("meet", "花子 架空", True)
    desk.answer(3, namesakes=FOUND[:1], text=" ")
    field.press("Enter")

    assert desk.sent(4)[3]["values"] == {"entrance_id": "a"}
