"""Pictures on the desk: drawn in Python from a few rows, shown in a browser without a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser

from desk import Desk, laid
from enishi.i18n import texts
from enishi.pictures.picture import Destination, Picture
from enishi.serve.handlers.static_files import PLOTLY_FILE, PLOTLY_FILES
from widgets.base.assets import LOOK, WIDGETS, module, style

STYLES = style([LOOK, WIDGETS / "parts" / "picture.css"])


def address_of(opens: Destination) -> str:
    """Return the address of a destination on the desk."""
    return f"#{opens.screen}={opens.row}"


def as_json(picture: Picture) -> dict[str, Any]:
    """Return a picture as the page gets it."""
    return picture.to_plain(address_of)


def picture_traits(keys: Iterable[str], language: str, **state: Any) -> dict[str, Any]:
    """Return what a sheet with these pictures has."""
    tree = texts("pictures", language)
    titles = {key: tree["pictures"][key]["title"] for key in keys}
    return {
        "state": {"pictures": {"all": tree["all"], "titles": titles, "as_of": 1}, **state},
        "words": tree["screens"]["pictures"] | {"common": {"saved": "saved"}},
        "position": {"name": "pictures", "index": 1, "names": ["pictures"]},
    }


@contextmanager
def gallery(
    chromium: Browser,
    pictures: Mapping[str, Picture],
    language: str,
    script: str = "() => {}",
    **how: Any,
) -> Iterator[Desk]:
    """The page of pictures with these on it, of a server that has plotly.js.

    `script` runs before anything is drawn; `how` goes to the browser's context.
    """
    keys = [*pictures]
    traits = picture_traits(keys, language, order=keys, away=[])
    sheet = module(WIDGETS / "pictures" / "gallery.js")
    with laid(chromium, sheet, traits, STYLES, **how) as desk:
        desk.page.evaluate(script)
        bundle = (PLOTLY_FILES / PLOTLY_FILE).read_text(encoding="utf-8")
        desk.page.route("**/plotly.js", lambda route: route.fulfill(body=bundle))
        desk.page.evaluate(
            """() => document.head.append(Object.assign(document.createElement("script"), {
                 id: "jupyter-config-data", type: "application/json",
                 textContent: '{"plotlyUrl": "/plotly.js"}' }))"""
        )
        for n in range(1, len(pictures) + 1):
            desk.page.wait_for_function("n => model.sent.length === n", arg=n)
            desk.answer(n, picture=as_json(pictures[desk.sent(n)[-1]["key"]]))
        yield desk
