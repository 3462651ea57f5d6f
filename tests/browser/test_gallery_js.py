"""The page of pictures in a browser: what is printed with initials shows no name."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from desk import laid
from enishi.i18n import texts
from widgets.base.assets import WIDGETS, module

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

TREE = texts("pictures", "en")
TRAITS = {
    "state": {
        "order": ["giving"],
        "away": [],
        "pictures": {"all": TREE["all"], "titles": {"giving": "Given"}, "as_of": 1},
    },
    "words": TREE["screens"]["pictures"] | {"common": {"saved": "saved"}},
    "position": {"name": "pictures", "index": 1, "names": ["pictures"]},
}
EMPTY = {"sentence": "Nothing yet", "data": [], "layout": {}, "marks": [], "head": [], "rows": []}


def test_nothing_is_printed_with_initials_where_they_could_not_be_had(chromium: Browser) -> None:
    with laid(chromium, module(WIDGETS / "pictures" / "gallery.js"), TRAITS) as desk:
        desk.page.evaluate(
            "() => { window.printed = 0; window.print = () => (window.printed += 1); }"
        )
        desk.sent(1)  # the picture is in view
        desk.answer(1, picture=EMPTY | {"act": None})
        masked = desk.page.get_by_role("button", name=TRAITS["words"]["print_masked"])
        masked.click()
        assert desk.sent(2)[1]["is_masked"]
        desk.answer(2, ok=False, text="The line is cut.")
        desk.pause()
        assert desk.page.evaluate("printed") == 0

        desk.answer(3, picture=EMPTY | {"act": None})  # with names, as before
        masked.click()
        assert desk.sent(4)[3]["is_masked"]
        desk.answer(4, picture=EMPTY | {"act": None})
        desk.pause()
        assert desk.page.evaluate("printed") == 1
