"""Draws every picture of an invented book for `docs/pictures.md`: `make pictures` runs this."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from desk import HOME, laid
from enishi.i18n import LANGUAGES, texts
from enishi.paths import CHECKOUT
from enishi.pictures.catalogue import PICTURES, read_wording
from enishi.pictures.exchange import ShownWords, draw_exchange
from enishi.pictures.meetings import draw_meetings
from enishi.pictures.picture import Picture
from enishi.sample_book import sample_rows
from enishi.serve.handlers.static_files import PLOTLY_FILE, PLOTLY_FILES
from frames import frames
from get_chromium import find_chromium
from widgets.base.assets import LOOK, WIDGETS, module
from widgets.base.workbook import Workbook
from widgets.parts.picture import describe_drawn
from widgets.room.host_pictures import KEYS

PAGE = CHECKOUT / "docs" / "pictures.md"
FOLDER = CHECKOUT / "docs" / "pictures"
DAY = date(2026, 11, 30)
"""The day of the invented book."""
ALL_KEYS = (*PICTURES, *KEYS)
_NEEDS = (
    ("a", "Ada", "somebody who knows about leases"),
    ("b", "Ben", "photos of my bakery"),
    ("c", "Chidi", "a place to practise the cello"),
    ("d", "Dana", "help with a first website"),
)
_OFFERS = (
    ("a", "Ada", "photos"),
    ("b", "Ben", "bread for a crowd"),
    ("e", "Emi", "reading leases"),
    ("f", "Finn", "website of a small shop"),
    ("c", "Chidi", "music for an evening"),
)
_NAMES = {
    "a": "Ada",
    "b": "Ben",
    "c": "Chidi",
    "d": "Dana",
    "e": "Emi",
    "f": "Finn",
    "g": "Gül",
    "h": "Hana",
}
_MET = ("ab", "cd", "ef", "ac", "bd", "eg", "ab", "ce", "df")
_HEAD = """# The pictures

Every picture of the workbook, drawn from an **invented** book and an invented session: these
people do not exist. `make pictures` draws them anew, and `tests/pictures/test_contact_sheet.py`
fails where they show something else than the code does. [CONTRIBUTING.md](../CONTRIBUTING.md) says
how one is added, [notebooks.md](notebooks.md) how to draw your own in a notebook.
"""


def draw_all() -> dict[str, Picture]:
    """Return every picture of the invented book and the invented session, in English."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for (table, id), row in sample_rows("en", DAY).items():
        rows.setdefault(table, []).append({"id": id, **row})
    book, found = frames(**rows), {}
    for key, draw in PICTURES.items():
        found[key] = draw(book, read_wording(key, "en", DAY))
    needs, offers = ([ShownWords(*row) for row in rows] for rows in (_NEEDS, _OFFERS))
    met = {frozenset(pair): _MET.count(pair) for pair in _MET}
    found["exchange"] = draw_exchange(needs, offers, read_wording("exchange", "en", DAY))
    found["meetings"] = draw_meetings(_NAMES, met, read_wording("meetings", "en", DAY))
    return found


def write_page(pictures: Mapping[str, Picture]) -> str:
    """Return `docs/pictures.md`: each picture with its title in both languages and its sentence."""
    parts = [_HEAD]
    for key, picture in pictures.items():
        ja, en = (texts("pictures", language)["pictures"][key]["title"] for language in LANGUAGES)
        parts.append(f"## {en} · {ja}\n\n{picture.sentence}\n\n![{en}](pictures/{key}.svg)\n")
    return "\n".join(parts)


def save_svg(chromium: Browser, key: str, picture: Picture) -> str:
    """Return a picture as the page of pictures saves it, with names instead of random ids."""
    tree = texts("pictures", "en")
    title = tree["pictures"][key]["title"]
    traits = {
        "state": {
            **{"order": [key], "away": [], "weekly": True},
            "pictures": {"all": tree["all"], "titles": {key: title}, "as_of": 1},
        },
        "words": tree["screens"]["pictures"] | {"common": {"saved": ""}},
        "position": {"name": "pictures", "index": 1, "names": ["pictures"]},
    }
    answer = describe_drawn(Workbook("06-pictures", None, "en"), picture)
    script = module(WIDGETS / "pictures" / "gallery.js")
    look = LOOK.read_text() + (WIDGETS / "parts" / "picture.css").read_text()
    with laid(chromium, script, traits, look, color_scheme="light") as desk:
        page = desk.page
        page.route(f"**/{PLOTLY_FILE}", lambda to: to.fulfill(path=PLOTLY_FILES / PLOTLY_FILE))
        page.evaluate(
            """address => document.body.append(Object.assign(document.createElement("script"),
              { id: "jupyter-config-data", type: "application/json",
                textContent: JSON.stringify({ plotlyUrl: address }) }))""",
            HOME + PLOTLY_FILE,
        )
        desk.sent(1)
        desk.answer(1, picture=answer)
        page.locator(".canvas .point").first.wait_for()
        page.clock.resume()  # plotly.js waits between its steps
        with page.expect_download() as saving:
            page.get_by_role("button", name=tree["all"]["save_svg"]).click()
        svg = saving.value.path().read_text(encoding="utf-8")
    random = re.search(r'id="\w+?-?([0-9a-f]{6})', svg)
    svg = re.sub(r"\btrace[0-9a-f]{6}\b", "trace", svg)
    return svg.replace(random[1], "picture") if random else svg


def main() -> None:
    """Draw all pictures, or those that are named."""
    pictures = draw_all()
    FOLDER.mkdir(exist_ok=True)
    PAGE.write_text(write_page(pictures), encoding="utf-8")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(find_chromium()))
        for key in sys.argv[1:] or pictures:
            svg = save_svg(chromium, key, pictures[key])
            (FOLDER / f"{key}.svg").write_text(svg, encoding="utf-8")
        chromium.close()


if __name__ == "__main__":
    main()
