"""Merging two entries of one person, in a real browser: compare, choose, make them one."""

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
import { mergePeople } from "./parts/merge_people.js";
import { defineSheet, h } from "./base/sheet.js";

function draw(sheet) {
  return [
    h("h3", { tabindex: -1, "data-focus": "card" }, "card"),
    mergePeople(sheet, sheet.state.card, (merge) => sheet.button("twin", () => merge("b"))),
  ];
}

export default defineSheet({ draw });
"""
TEXTS = texts("merging", "en")
CARD = {
    "id": "a",
    "version": 3,
    "name": "Ann",
    "merging": TEXTS,
}
TRAITS: dict[str, Any] = {
    "state": {"card": CARD, "names": {}, "reflection": {"id": "s", "version": 0}},
    "words": {"name": "s", "question": "?", "common": texts("common", "en")},
    "position": {"name": "s", "index": 1, "of": 1, "names": ["s"]},
}
EMAIL = {"column": "email", "label": "E-mail", "stays": "a@example.com", "goes": "b@example.com"}
PHONE = {"column": "phone", "label": "Phone", "stays": "", "goes": "090"}
NOTE = {"column": "note", "label": "Notes", "stays": "tea", "goes": "dog"}
COMPARED = {
    "text": " ",
    "other": {"id": "b", "name": "<b>Ann</b>"},
    "versions": [3, 1],
    "moves": "Promises 2",
    "fields": [
        EMAIL | {"both": False, "choice": "stays", "conflict": True},
        NOTE | {"both": True, "choice": "both", "conflict": True},
        PHONE | {"both": False, "choice": "goes", "conflict": False},
    ],
}


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Desk]:
    with laid(chromium, bundle_modules(SHEET, WIDGETS), TRAITS) as ready:
        ready.page.get_by_text(TEXTS["title"], exact=True).click()
        ready.page.get_by_role("button", name="twin").click()
        (message,) = ready.sent(1)
        assert message["do"] == "compare" and (message["id"], message["other"]) == ("a", "b")
        ready.answer(1, **COMPARED)
        yield ready


def test_both_values_stand_side_by_side_and_the_chosen_ones_are_sent(desk: Desk) -> None:
    page = desk.page
    expect(page.get_by_text("Ann and <b>Ann</b>")).to_be_focused()
    expect(page.get_by_text("Promises 2")).to_be_visible()
    expect(desk.field("a@example.com")).to_be_checked()
    expect(desk.field(TEXTS["both"])).to_be_checked()
    desk.field("b@example.com").check()
    page.get_by_text(TEXTS["one_sided"]).click()
    phone = page.get_by_role("group", name="Phone")
    expect(phone.get_by_role("radio").first).to_be_checked()
    phone.get_by_label(TEXTS["nothing"]).check()
    page.get_by_role("button", name=TEXTS["merge"]).click()
    merge = desk.sent(2)[1]
    assert merge["do"] == "merge"
    assert (merge["id"], merge["other"], merge["versions"]) == ("a", "b", [3, 1])
    assert merge["choices"] == {"email": "goes", "note": "both", "phone": "stays"}
    desk.answer(2, text=TEXTS["merged"], focus="card")
    expect(page.get_by_text("card", exact=True)).to_be_focused()
    expect(page.get_by_role("button", name=TEXTS["merge"])).to_have_count(0)


def test_after_a_refusal_the_two_are_compared_once_more(desk: Desk) -> None:
    desk.page.get_by_role("button", name=TEXTS["merge"]).click()
    desk.sent(2)
    desk.answer(2, ok=False, text="One of the two was changed.")
    assert desk.sent(3)[2]["do"] == "compare"
    desk.answer(3, **(COMPARED | {"versions": [3, 2]}))
    desk.page.get_by_role("button", name=TEXTS["merge"]).click()
    assert desk.sent(4)[3]["versions"] == [3, 2]


def test_two_different_people_stay_two(desk: Desk) -> None:
    desk.page.get_by_role("button", name=TEXTS["not_so"]).click()
    expect(desk.page.get_by_role("button", name="twin")).to_be_visible()
    desk.sent(1)
