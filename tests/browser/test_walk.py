"""One person goes the whole way in a real browser, and finds everything again the next day."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from axe import violations
from enishi.i18n import texts
from serving import wait_until
from walking import Walk, walking
from widgets.base.pages import PAGES

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

FILES = Path(__file__).parents[1] / "files"
NARROW, WIDE = ViewportSize(width=360, height=800), ViewportSize(width=1280, height=800)
SAID = {
    "ja": {
        "wish": "来年の春までに、小さなお店に「頼んでよかった」と言われる制作者になる（見本）",
        "proof": "三つのお店から、次もお願いと言われる",
        "strengths": ["話を最後まで聴く", "表をきれいにまとめる"],
        "friend": "架空 見本子",
        "idea": "読んだ本の感想を三行で送る",
        "met": "写真の話で盛り上がった。また食事でも、と言われた。",
        "next": "写真集を貸す",
    },
    "en": {
        "wish": "By spring, a designer of whom three small shops say “glad we asked you” (sample)",
        "proof": "Three shops ask again",
        "strengths": ["Listening to the end", "Putting tables in order"],
        "friend": "Sampla Example",
        "idea": "Send three lines about the book",
        "met": "We talked about photographs. Let's have coffee some time.",
        "next": "Lend the book of photographs",
    },
}


@pytest.fixture(params=["ja", pytest.param("en", marks=pytest.mark.thorough)])
def walk(request: pytest.FixtureRequest, tmp_path: Path, chromium: Browser) -> Iterator[Walk]:
    """A person who begins, in each language."""
    with walking(chromium, tmp_path / "data", request.param) as begun:
        yield begun


@pytest.fixture
def said(walk: Walk) -> Any:
    """What that person writes."""
    return SAID[walk.language]


def set_a_goal(walk: Walk, said: Any) -> None:
    walk.open("02-goal")
    wish = walk.page.locator("section#wish")
    walk.write(wish, walk.words("wish")["wish"], said["wish"])
    walk.write(wish, walk.words("wish")["by"], "2027-04-30")
    walk.write(wish, walk.words("wish")["proof"], said["proof"])


def sort_strengths_by_keyboard(walk: Walk, said: Any) -> None:
    walk.open("03-strengths")
    inventory = walk.page.locator("section#inventory")
    entry = inventory.locator("[data-prompt]").first
    entry.focus()
    for strength in said["strengths"]:
        walk.page.keyboard.type(strength)
        walk.page.keyboard.press("Enter")
        expect(inventory.locator(".jotted textarea").last).to_have_value(strength)
    for strength, keys in zip(said["strengths"], ("ArrowRight", "ArrowUp"), strict=True):
        inventory.locator(".slip", has_text=strength).focus()
        for _ in range(2):
            walk.page.keyboard.press(keys)
        walk.saved(inventory)
        expect(inventory.locator(".where")).to_contain_text(strength)
        expect(inventory.locator(":focus")).to_have_text(strength)


def bring_in_a_file(walk: Walk) -> None:
    walk.open("04-contacts", "add")
    bring = walk.page.locator("section#add")
    walk.unfold(bring, walk.words("add")["from_file"])
    bring.locator("input[type=file]").set_input_files(FILES / "linkedin.csv")
    bring.locator(".acts .main").click()
    expect(bring.locator('[data-focus="earlier"]')).to_be_visible(timeout=20_000)


def plan_a_gift(walk: Walk, said: Any) -> None:
    add = walk.turn("add")
    name = add.locator('[data-focus="add.name"]')
    name.fill(said["friend"])
    walk.page.keyboard.press("Enter")
    expect(add.get_by_text(said["friend"]).first).to_be_visible()
    walk.focus_on(said["friend"])
    gift = walk.turn("gift")
    words = walk.words("gift")
    gift.get_by_label(words["own_idea"], exact=True).fill(said["idea"])
    gift.get_by_role("button", name=words["plan"], exact=True).click()
    planned = gift.locator("li.card").get_by_label(words["what"], exact=True)
    expect(planned).to_be_focused()
    expect(planned).to_have_value(said["idea"])


def log_a_meeting(walk: Walk, said: Any) -> None:
    walk.open("05-week", "note")
    log = walk.page.locator("section#note")
    walk.choose_person(log, said["friend"])
    log.locator('[data-focus$=".note"]').first.fill(said["met"])
    log.locator('[data-focus^="next-"][data-focus$=".words"]').first.fill(said["next"])
    log.locator(".entry .main").click()
    expect(log.locator(".last")).to_contain_text(said["met"])


def find_everything_again(walk: Walk, said: Any) -> None:
    walk.open("02-goal")
    wish = walk.page.locator("section#wish")
    words = walk.words("wish")
    expect(wish.get_by_label(words["wish"], exact=True)).to_have_value(said["wish"])
    expect(wish.get_by_label(words["proof"], exact=True)).to_have_value(said["proof"])
    walk.open("03-strengths", "inventory")
    for strength in said["strengths"]:
        expect(walk.page.locator(".board .slip", has_text=strength)).to_be_visible()
    walk.open("04-contacts", "gift")
    gift = walk.page.locator("section#gift")
    planned = gift.locator("li.card").get_by_label(walk.words("gift")["what"], exact=True)
    expect(planned).to_have_value(said["idea"])
    walk.turn("people")
    people = walk.page.locator("section#people")
    people.locator('[data-focus="search"]').fill("架空")
    expect(people).to_contain_text("株式会社見本")
    walk.open("05-week", "note")
    expect(walk.page.locator("section#note .last")).to_contain_text(said["met"])


def test_one_person_walks_from_a_wish_to_this_week_and_finds_it_all_again(
    walk: Walk, said: Any
) -> None:
    set_a_goal(walk, said)
    sort_strengths_by_keyboard(walk, said)
    bring_in_a_file(walk)
    plan_a_gift(walk, said)
    log_a_meeting(walk, said)

    walk.page.reload()
    last = walk.page.locator("section#note .last")
    expect(last).to_contain_text(said["met"], timeout=30_000)
    find_everything_again(walk, said)


def test_a_killed_kernel_loses_nothing_and_the_page_comes_back_by_itself(
    walk: Walk, said: Any
) -> None:
    set_a_goal(walk, said)
    kernel = walk.server.kernel_process()
    kernel.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)

    wait_until(lambda: walk.server.kernel_process() != kernel)
    wish = walk.page.locator("section#wish")
    again = wish.get_by_label(walk.words("wish")["wish"], exact=True)
    expect(again).to_have_value(said["wish"], timeout=30_000)
    walk.write(wish, walk.words("wish")["proof"], "2")
    walk.witness.complaints.clear()  # the browser itself reports the line that was cut


def test_changing_the_language_loses_no_input(walk: Walk, said: Any) -> None:
    walk.open("02-goal")
    wish = walk.page.locator("section#wish")
    wish.get_by_label(walk.words("wish")["wish"], exact=True).fill(said["wish"])
    other = "en" if walk.language == "ja" else "ja"
    walk.page.get_by_role("button", name=texts("workbook", walk.language)["head"]["menu"]).click()
    walk.page.locator(f'.languages [lang="{other}"]').click()
    walk.language = other

    expect(wish.locator("h2")).to_have_text(walk.words("wish")["question"])
    field = wish.get_by_label(walk.words("wish")["wish"], exact=True)
    expect(field).to_have_value(said["wish"])
    walk.page.reload()
    expect(field).to_have_value(said["wish"], timeout=30_000)
    expect(walk.page.locator("html")).to_have_attribute("lang", other)


@pytest.mark.thorough
def test_every_screen_can_be_used_by_everybody(walk: Walk) -> None:
    walk.open("07-settings", "sample")
    walk.page.locator("section#sample button.main").click()
    expect(walk.page.locator("section#sample a.main")).to_be_focused()
    for name in PAGES:
        walk.page.set_viewport_size(NARROW)
        walk.open(name)
        for size in (NARROW, WIDE):
            walk.page.set_viewport_size(size)
            screens = texts(name.partition("-")[2], walk.language)["screens"]
            for screen in screens:
                if len(screens) > 1:  # a page of one screen has no steps
                    walk.turn(screen)
                assert violations(walk.page) == [], (name, screen, size)
                wide = walk.page.evaluate("document.documentElement.scrollWidth")
                assert wide <= size["width"], (name, screen)
