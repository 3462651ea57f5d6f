"""Every picture in a browser, however many people are in it: all is there, whole, and can be read.

What is claimed holds at every width, in both languages and in both colour schemes, so that it says
more than a stored image would, and needs no renewal. How pictures look is stored in
`tests/pictures/snapshots`, one of each kind; `make pictures` renews them.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from contact_sheet import draw_all
from crowded_books import draw_crowd
from enishi.i18n import LANGUAGES, texts
from picture_desk import address_of, gallery
from picture_looks import LOW, TALL, find_faults, show
from picture_snapshots import FOLDER, describe_all, differences, read_stored

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

COUNTS = (0, 1, 12, 15, 60, 500)
"""Numbers of people; 15 is the most whose names stand in a bullseye."""
USUAL = {("ja", 15)}
"""What is looked at in every run of the tests."""


@pytest.mark.parametrize(
    ("language", "count"),
    [
        pytest.param(*each, marks=() if each in USUAL else pytest.mark.thorough)
        for each in ((language, count) for language in LANGUAGES for count in COUNTS)
    ],
)
def test_a_picture_is_whole_and_legible_and_has_each_mark_once(
    chromium: Browser, language: str, count: int
) -> None:
    pictures = draw_crowd(count, language)
    drawn = [key for key, picture in pictures.items() if picture.data]
    faults: dict[tuple[str, str, int], list[str]] = {}
    with gallery(chromium, pictures, language, viewport={"width": 1280, "height": TALL}) as desk:
        for scheme in ("light", "dark"):
            for width in (1280, 360):
                show(desk.page, drawn, width, scheme)
                for key, picture in pictures.items():
                    found = find_faults(desk.page, key, picture, address_of)
                    faults |= {(key, scheme, width): found} if found else {}
    assert faults == {}


def test_a_picture_looks_as_it_is_stored(chromium: Browser) -> None:
    pictures = draw_all()
    assert {file.stem for file in FOLDER.iterdir()} == {*pictures}
    changed = {
        key: [*differences(read_stored(key), lines)]
        for key, lines in describe_all(chromium, pictures).items()
    }
    assert not any(changed.values()), f"`make pictures` stores the new look: {changed}"


def test_a_saved_picture_has_below_it_what_stands_in_it_as_a_number(chromium: Browser) -> None:
    words = texts("pictures", "en")["all"]["save_svg"]
    picture = {"bullseye": draw_crowd(500, "en")["bullseye"]}
    with gallery(chromium, picture, "en", viewport={"width": 360, "height": LOW}) as desk:
        show(desk.page, [*picture], 360, "light")
        desk.page.clock.resume()  # plotly.js waits between its steps
        with desk.page.expect_download() as saving:
            desk.page.get_by_role("button", name=words).click()
        svg = saving.value.path().read_text(encoding="utf-8")
    drawn = re.findall(r">([^<>]+)</t(?:ext|span)>", svg)
    numbers = [text for text in drawn if text.isdigit()]
    listed = [text for text in drawn if re.match(r"1 \w", text)]
    assert numbers and [re.findall(r"(\d+) ", text) for text in listed] == [numbers]
