"""The first path by keyboard: what has the focus is seen, and what a screen reader says of it.

`docs/accessibility.md` has the same steps for people; a test below holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from enishi.i18n import texts
from enishi.paths import CHECKOUT
from languages import FIRST_ENGLISH
from walking import Walk, walking

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

STATES = ("checked", "expanded", "pressed", "selected", "modal")
MOST_TABS = 80
"""A page on which more presses of Tab than this lead nowhere new is a trap."""
OUTLINE = """
() => {
  let node = document.activeElement;
  if (node.matches("[type=radio], [type=checkbox]")) node = node.closest(".option") ?? node;
  const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  const isIn = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  const isDrawn = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
    && !/rgba\\(.*, 0\\)/.test(outlineColor);
  const why = [outlineStyle, outlineWidth, box.top, box.bottom, box.width];
  return isIn && isDrawn ? "" : `${why} ${node.outerHTML.slice(0, 160)}`;
}
"""
HEARD = """
() => {
  window.heard = [];
  const note = (node) => {
    const live = node?.closest?.("[role=status], [role=alert], [aria-live]");
    const text = live?.textContent.trim();
    if (text && heard.at(-1) !== text) heard.push(text);
  };
  new MutationObserver((all) => { for (const { target } of all)
    note(target.nodeType === 1 ? target : target.parentElement);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
"""
"""Notes what is said without being asked for: the texts of live regions, as they change."""


class Reader:
    """Somebody with a keyboard and a screen reader."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.page: Page = walk.page
        self.devtools = walk.page.context.new_cdp_session(walk.page)
        walk.page.context.add_init_script(f"({HEARD})()")

    def says(self, node: Locator) -> str:
        """Return what the accessibility tree has of an element: role, name and states."""
        handle = node.evaluate_handle("it => it")
        key = handle.evaluate("it => it.dataset.ax = Math.random().toString(36)")
        found = self.devtools.send(
            "Runtime.evaluate", {"expression": f"document.querySelector('[data-ax=\"{key}\"]')"}
        )
        tree = self.devtools.send(
            "Accessibility.getPartialAXTree",
            {"objectId": found["result"]["objectId"], "fetchRelatives": False},
        )["nodes"][0]
        states = {each["name"]: each["value"].get("value") for each in tree.get("properties", [])}
        told = [f"{name}={str(states[name]).lower()}" for name in STATES if name in states]
        return " ".join([tree["role"]["value"], tree["name"]["value"].strip(), *told])

    def tab_to(self, node: Locator, key: str = "Tab") -> None:
        """Press Tab until an element has the focus; each stop on the way must be seen."""
        expect(node).to_be_visible()
        seen = []
        for _ in range(MOST_TABS):
            self.page.keyboard.press(key)
            where = self.page.evaluate("document.activeElement.outerHTML.slice(0, 100)")
            if self.page.evaluate("document.activeElement !== document.body"):
                assert self.page.evaluate(OUTLINE) == ""
            if node.evaluate("it => it === document.activeElement"):
                return
            seen.append(where)
        raise AssertionError(f"It is not reached: {seen[-5:]}")

    def hears(self, text: str) -> None:
        """See that a text is said by itself."""
        self.page.wait_for_function(
            "text => heard.some((said) => said.includes(text))", arg=text, timeout=20_000
        )


@pytest.fixture(params=["ja", pytest.param("en", marks=pytest.mark.thorough)])
def reader(request: pytest.FixtureRequest, tmp_path: Path, chromium: Browser) -> Iterator[Reader]:
    with walking(chromium, tmp_path / "data", request.param) as walk:
        yield Reader(walk)


def test_the_first_path_is_walked_by_keyboard_and_each_step_is_said(reader: Reader) -> None:
    walk, page, keys = reader.walk, reader.page, reader.page.keyboard
    walk.name = "01-start"
    words, saved = walk.words("first"), texts("common", walk.language)["saved"]
    head = texts("workbook", walk.language)["head"]
    page.goto(walk.root + "/")
    sheet = page.locator("section#first")
    expect(sheet).to_be_visible(timeout=60_000)
    assert reader.says(sheet) == f"region {words['question']}"

    # The five questions.
    start = sheet.get_by_label(words["reason"]["starts"]["study"], exact=True)
    first = sheet.get_by_role("radio").first
    reader.tab_to(first)
    while not start.evaluate("it => it === document.activeElement"):
        keys.press("ArrowDown")
    assert reader.says(start) == f"radio {words['reason']['starts']['study']} checked=true"
    reader.hears(saved)
    wish = sheet.get_by_label(words["wish"]["title"], exact=True)
    reader.tab_to(wish)
    assert reader.says(wish).startswith(f"textbox {words['wish']['title']}")
    keys.type("Bookbinder")
    who = sheet.get_by_role("combobox")
    reader.tab_to(who)
    assert reader.says(who) == f"combobox {words['person']['name']} expanded=false"
    keys.type("Ines Sample")
    expect(page.locator('.person li[role="option"]').last).to_be_visible()
    keys.press("ArrowDown")
    expect(page.locator('.person li[aria-selected="true"]')).to_have_count(1)
    keys.press("Enter")
    known = texts("contacts", walk.language)["labels"]["known_ases"]["colleague"]
    expect(sheet.get_by_label(known, exact=True)).to_be_visible()
    idea = sheet.get_by_label(sheet.locator("li").nth(3).locator("h3").inner_text(), exact=True)
    reader.tab_to(idea)
    keys.type("three lines")
    reader.tab_to(sheet.get_by_label(words["day"]["today"], exact=True))
    keys.press("Space")
    expect(sheet.get_by_label(words["day"]["today"], exact=True)).to_be_checked()
    reader.hears(words["held"]["title"])

    # My week.
    week = sheet.get_by_role("link", name=words["held"]["week"])
    reader.tab_to(week)
    keys.press("Enter")
    mine = page.locator("section#my_week")
    expect(mine.locator(".item")).to_have_count(1)
    walk.name = "05-week"
    page.wait_for_load_state("networkidle")
    assert reader.says(mine) == f"region {walk.words('my_week')['question']}"

    # A line.
    note_words = walk.words("note")
    link = page.locator('.steps a[href="#note"]')
    reader.tab_to(link)
    keys.press("Enter")
    note = page.locator("section#note")
    expect(note.locator("h2")).to_be_focused()
    who = note.get_by_role("combobox").first
    reader.tab_to(who)
    keys.type("Ines")
    option = page.locator('.person li[role="option"]', has_text="Ines Sample")
    expect(option).to_have_attribute("aria-selected", "true")  # the first one found
    keys.press("Enter")
    line = note.locator('[data-focus$=".note"]').first
    reader.tab_to(line)
    assert reader.says(line).startswith("textbox ")
    keys.type("Coffee")
    reader.tab_to(note.locator(".entry .main"))
    keys.press("Enter")
    expect(note.locator(".last")).to_contain_text("Coffee")
    reader.hears(re.sub(r"\{.*", "", note_words["noted"]) or "Ines")

    # A person's card, found by the palette.
    keys.press("Control+k")
    dialog = page.get_by_role("dialog", name=head["find"])
    field = dialog.get_by_role("combobox")
    expect(field).to_be_focused()
    assert reader.says(dialog) == f"dialog {head['find']} modal=true"
    keys.type("Ines")
    option = dialog.get_by_role("option", selected=True)
    expect(option).to_contain_text("Ines Sample")
    assert "selected=true" in reader.says(option)
    keys.press("Enter")
    card = page.locator("section#people")
    expect(card.locator("h3").first).to_contain_text("Ines Sample", timeout=60_000)

    # The pictures: the marks are links that say what they show.
    walk.open("06-pictures")
    title = texts("pictures", walk.language)["pictures"]["whole_thread"]["title"]
    picture = page.locator('.picture:not(.underway)[data-picture="whole_thread"]')
    expect(picture).to_be_visible()
    assert reader.says(picture) == f"figure {title}"
    mark = page.locator(".marks a[tabindex='0']").first
    reader.tab_to(mark)
    assert re.match(r"link .+", reader.says(mark))

    # Nothing holds one: through all of the page, and out of it.
    page.locator("body").evaluate("it => { it.tabIndex = -1; it.focus(); }")
    for _ in range(MOST_TABS * 4):
        keys.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
    else:
        raise AssertionError("A trap.")


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_the_page_for_people_names_each_step(language: str) -> None:
    said: Any = (CHECKOUT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    steps = {
        "start": ("first", "question"),
        "week": ("my_week", "question"),
    }
    for file, (screen, key) in steps.items():
        assert texts(file, language)["screens"][screen][key] in said
    assert texts("workbook", language)["head"]["find"] in said
