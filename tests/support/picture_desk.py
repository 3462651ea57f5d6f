"""Pictures on the desk: drawn in Python from a few rows, shown in a browser without a server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from enishi.i18n import texts
from enishi.pictures.picture import Picture
from widgets.base.assets import LOOK, WIDGETS, style

STYLES = style([LOOK, WIDGETS / "parts" / "picture.css"])


def as_json(picture: Picture) -> dict[str, Any]:
    """Return a picture as the page gets it."""
    return picture.to_plain(lambda opens: f"#{opens.screen}={opens.row}")


def picture_traits(keys: Iterable[str], language: str, **state: Any) -> dict[str, Any]:
    """Return what a sheet with these pictures has."""
    tree = texts("pictures", language)
    titles = {key: tree["pictures"][key]["title"] for key in keys}
    return {
        "state": {"pictures": {"all": tree["all"], "titles": titles, "as_of": 1}, **state},
        "words": tree["screens"]["pictures"] | {"common": {"saved": "saved"}},
        "position": {"name": "pictures", "index": 1, "names": ["pictures"]},
    }
