"""All screens: open to everybody, nothing cut, overlapping or shifting, however they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from axe import SLOW, violations
from enishi.i18n import texts
from screens import look_at, look_at_all, measure, opening, serving_people, visit_screens
from serving import Serving
from walking import LOOKS
from widgets.base.pages import PAGES

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

PHONE, WIDE = {"width": 360, "height": 800}, {"width": 1280, "height": 800}
IN_FRONT = "section.sheet:not([hidden])"
PICTURE = ".picture:not(.underway) .canvas .point"
FULLEST = ("04-contacts", "05-week")
MOVING = """
() => [...document.querySelectorAll("*")].filter((node) => {
  const { transitionDuration, animationName } = getComputedStyle(node);
  return animationName !== "none" || transitionDuration.split(", ").some((time) => time !== "0s");
}).map((node) => node.outerHTML.slice(0, 80))
"""
UNMARKED = """
() => [...document.querySelectorAll("button, input, select, textarea, summary, a[href]")]
  .filter((node) => node.checkVisibility() && node.matches("main *"))
  .filter((node) => {
    const { borderTopWidth, borderTopColor, backgroundColor, color } = getComputedStyle(node);
    const hasEdge = borderTopWidth !== "0px" && borderTopColor !== backgroundColor;
    const isBox = node.matches("[type=radio], [type=checkbox], [type=range], [type=file]");
    return !hasEdge && !isBox && (!node.textContent.trim() || color === backgroundColor)
      && !node.ariaLabel;
  })
  .map((node) => node.outerHTML.slice(0, 120))
"""
"""Controls of which nothing is seen where the system chooses the colours."""


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server of a book with long names of both directions and the rows of the sample."""
    with serving_people(tmp_path_factory.mktemp("twelve"), 12, "ja") as server:
        yield server


@pytest.fixture
def phone(chromium: Browser, twelve: Serving) -> Iterator[Page]:
    with opening(chromium, twelve, "ja", viewport=PHONE) as page:
        yield page


@pytest.mark.parametrize(
    ("name", "look", "off"),
    [
        pytest.param(name, look, SLOW)
        if name in FULLEST and number % len(LOOKS) == at
        else pytest.param(name, look, (), marks=pytest.mark.thorough)
        for number, name in enumerate(PAGES)
        for at, look in enumerate(each.values[0] for each in LOOKS)
    ],
)
def test_every_screen_can_be_used_by_everybody_and_nothing_is_cut_or_moves(
    twelve: Serving, chromium: Browser, name: str, look: dict[str, Any], off: tuple[str, ...]
) -> None:
    others = {key: value for key, value in look.items() if key != "locale"}
    with opening(chromium, twelve, look["locale"][:2], **others) as page:
        assert look_at(page, twelve, name, off=off) == {}


@pytest.mark.thorough
@pytest.mark.parametrize("count", [0, 1, 5_000])
def test_nor_with_nobody_one_or_thousands(
    tmp_path_factory: pytest.TempPathFactory, chromium: Browser, count: int
) -> None:
    with serving_people(tmp_path_factory.mktemp("many"), count, "en") as server:
        for language, size in (("ja", PHONE), ("en", WIDE)):
            with opening(chromium, server, language, viewport=size) as page:
                assert look_at_all(page, server) == {}, language


@pytest.mark.thorough
def test_a_table_of_a_picture_can_be_used_by_everybody(phone: Page, twelve: Serving) -> None:
    list(zip(visit_screens(phone, twelve, "06-pictures"), range(1), strict=False))
    for picture in phone.locator(".picture").all():
        picture.scroll_into_view_if_needed()
    phone.locator(PICTURE).first.wait_for()
    phone.get_by_text(texts("pictures", "ja")["all"]["table"], exact=True).first.click()
    assert violations(phone, IN_FRONT) + measure(phone) == []


def test_what_is_opened_on_a_screen_can_be_used_by_everybody(phone: Page, twelve: Serving) -> None:
    head = texts("workbook", "ja")["head"]
    phone.goto(f"{twelve.root}/voila/render/04-contacts.ipynb#circle")
    phone.locator(".picture").scroll_into_view_if_needed()
    phone.locator(PICTURE).first.wait_for()
    phone.locator(".finder input").fill("W")
    phone.locator(".marks a").first.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(".chosen")).not_to_be_empty()
    phone.locator(".rings summary").first.click()
    assert violations(phone, IN_FRONT) + measure(phone) == []

    phone.get_by_role("button", name=head["menu"]).click()
    assert violations(phone, ".head") == []
    phone.keyboard.press("Escape")
    phone.locator(".steps .opener").click()
    assert violations(phone, ".steps") == []


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=pytest.mark.thorough) for each in PAGES[:-1]] + [PAGES[-1]]
)
def test_text_twice_as_large_fits(twelve: Serving, chromium: Browser, name: str) -> None:
    with opening(chromium, twelve, "en", viewport=WIDE) as page:
        for screen in visit_screens(page, twelve, name):
            page.add_style_tag(content=":root { font-size: 200% }")
            size = page.locator(f"section#{screen}")
            assert size.evaluate("it => parseFloat(getComputedStyle(it).fontSize)") >= 32
            assert measure(page) == [], screen


def test_nothing_moves_for_whoever_asked_for_that_and_something_for_others(
    phone: Page, twelve: Serving
) -> None:
    list(zip(visit_screens(phone, twelve, "05-week"), range(1), strict=False))
    phone.emulate_media(reduced_motion="reduce")
    assert phone.evaluate(MOVING) == []
    phone.emulate_media(reduced_motion="no-preference")
    assert phone.evaluate(MOVING) != []


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=pytest.mark.thorough) for each in PAGES[1:]] + [PAGES[0]]
)
def test_controls_are_seen_in_the_colours_of_the_system(
    twelve: Serving, chromium: Browser, name: str
) -> None:
    with opening(chromium, twelve, "ja", viewport=WIDE, forced_colors="active") as page:
        for screen in visit_screens(page, twelve, name):
            assert page.evaluate(UNMARKED) == [], screen
        pressed = page.locator("[aria-pressed=true]").first
        if pressed.count():
            assert pressed.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"


@pytest.mark.parametrize(
    "name", ["06-pictures", *(pytest.param(it, marks=pytest.mark.thorough) for it in PAGES[2:5])]
)
def test_paper_shows_the_sheet_alone_and_cuts_nothing(
    phone: Page, twelve: Serving, name: str
) -> None:
    phone.set_viewport_size({"width": 718, "height": 1000})  # A4 between its margins
    for screen in visit_screens(phone, twelve, name):
        phone.emulate_media(media="print")
        assert measure(phone) == [], screen
        expect(phone.locator(".head")).to_be_hidden()
        phone.emulate_media(media="screen")
