"""The marks of a picture in a browser: pointed at, dragged, found by name, chosen for the ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from desk import Desk, laid
from drawing import draw
from enishi.js_bundle import bundle_modules
from picture_desk import STYLES, as_json, picture_traits
from widgets.base.assets import WIDGETS

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

SCRIPT = bundle_modules(
    """import { defineSheet, h } from "./base/sheet.js";
import { picture } from "./parts/picture.js";
const drop = (sheet) => (id, x, y, layout, done) => sheet.send({ do: "move", id }, { done });
const draw = (sheet) => picture(sheet, "bullseye", { hint: "", drop: drop(sheet), step() {} });
export default defineSheet({ draw });
""",
    WIDGETS,
)
FAMILIES = (("髙橋", "たかはし"), ("Weiß", ""), ("小鳥遊", "たかなし"))


def people(count: int) -> list[dict[str, Any]]:
    return [
        {"id": f"{n:04}", "name": f"{family} {n}", "family_kana": kana, "known_as": "known"}
        for n in range(count)
        for family, kana in [FAMILIES[n % len(FAMILIES)]]
    ]


@contextmanager
def bullseye(chromium: Browser, count: int) -> Iterator[tuple[Desk, Locator]]:
    """A bullseye of so many people, as a sheet with nothing else on it."""
    picture = as_json(draw("bullseye", {"contact": people(count)}, language="ja"))
    traits = picture_traits(["bullseye"], "ja")
    size = {"width": 1000, "height": 1200}
    with laid(chromium, SCRIPT, traits, STYLES, viewport=size) as desk:
        desk.page.wait_for_function("model.sent.length === 1")
        desk.answer(1, picture=picture)
        shown = desk.page.locator(".picture")
        expect(shown.locator(".marks a").first).to_be_attached()
        yield desk, shown


def middle(mark: Locator) -> tuple[float, float]:
    box = mark.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_pointing_and_typing_among_five_hundred_never_draw_the_sheet(chromium: Browser) -> None:
    with bullseye(chromium, 500) as (desk, shown):
        desk.page.evaluate(
            """() => {
                 const { get } = Object.getPrototypeOf(model);
                 window.reads = 0;
                 model.get = (name) => { reads += name === "words"; return get.call(model, name); };
               }"""
        )
        for index in range(0, 500, 100):
            mark = shown.locator(f'[data-focus="bullseye-{index}"]')
            desk.page.mouse.move(*middle(mark))
            says = mark.get_attribute("aria-label") or ""
            expect(shown.locator(".pointed")).to_have_text(says)
            expect(mark).to_have_attribute("tabindex", "0")
        expect(shown.locator('.marks a[tabindex="0"]')).to_have_count(1)
        shown.locator("input[type=search]").fill("たか")
        expect(shown.locator(".marks a.found").first).to_be_attached()
        assert desk.page.evaluate("reads") == 0


def test_somebody_is_found_by_name_or_reading_in_any_form(chromium: Browser) -> None:
    forms = (("髙橋 3", 3), ("高橋3", 3), ("ﾀｶﾅｼ", 2), ("weiss 4", 4), ("タカハシ", 0))
    with bullseye(chromium, 16) as (desk, shown):
        field = shown.locator("input[type=search]")
        for text, first in forms:
            field.fill(text)
            found = shown.locator(".marks a.found").first
            expect(found).to_have_attribute("data-focus", f"bullseye-{first}")
            expect(shown.locator(".name").first).to_have_text(re.compile(rf" {first}$"))
            field.press("ArrowDown")
            expect(found).to_be_focused()
        field.fill("nobody")
        expect(shown.locator(".count")).to_have_text("その名前の人は、この絵にはいません。")
        assert len(desk.sent(1)) == 1  # nothing was asked of the kernel


def test_who_is_a_point_and_no_link_is_found_and_chosen_by_keyboard(chromium: Browser) -> None:
    with bullseye(chromium, 600) as (desk, shown):
        last = shown.locator('[data-focus="bullseye-599"]')
        expect(last).to_have_count(0)
        field = shown.locator("input[type=search]")
        field.fill("599")
        expect(shown.locator(".count")).to_have_text("1人います")
        field.press("Enter")
        expect(last).to_be_focused()
        assert desk.sent(2)[1] | {"n": 0} == {"do": "find_ways", "choice": "0599", "n": 0}


def test_a_chosen_mark_shows_the_ways_as_lines_and_as_sentences(chromium: Browser) -> None:
    with bullseye(chromium, 12) as (desk, shown):
        mark = shown.locator('[data-focus="bullseye-5"]')
        mark.focus()
        desk.page.keyboard.press("Enter")
        expect(mark).to_have_attribute("aria-pressed", "true")
        assert desk.sent(2)[1]["choice"] == "0005"
        way = {"kind": "acquainted", "choices": ["0003", "0005"]}
        said = "<b>Aki</b> knows somebody."
        desk.answer(2, ways=[way], says=[said], links=[["Aki", "#people=0003"]])
        expect(shown.locator(".chosen li").first).to_have_text(said)
        expect(shown.locator(".chosen a")).to_have_attribute("href", "#people=0003")
        line = shown.locator(".ways path.acquainted").get_attribute("d") or ""
        assert line.count("L") == 2  # from the middle to the one, and on to the other
        expect(shown.locator(".marks a.between")).to_have_count(2)
        desk.page.keyboard.press("Escape")
        expect(shown.locator(".ways path")).to_have_count(0)
        expect(shown.locator(".chosen")).to_be_empty()


def test_a_dragged_mark_stays_where_it_is_left_unless_it_is_refused(chromium: Browser) -> None:
    with bullseye(chromium, 500) as (desk, shown):
        mark = shown.locator('[data-focus="bullseye-7"]')
        x, y = before = middle(mark)
        desk.page.mouse.move(x, y)
        desk.page.mouse.down()
        desk.page.mouse.move(x - 60, y + 90, steps=3)
        assert middle(mark) == pytest.approx((x - 60, y + 90), abs=1)  # at once, before an answer
        desk.page.mouse.up()
        assert desk.sent(2)[1]["id"] == "0007"
        assert middle(mark) == pytest.approx((x - 60, y + 90), abs=1)
        desk.answer(2, ok=False, text="Not now.")
        assert middle(mark) == pytest.approx(before, abs=1)
