"""Pictures drawn from a few rows, with the words they have on a page."""

from __future__ import annotations

from datetime import date
from typing import Any

from enishi.pictures.catalogue import PICTURES, read_wording
from enishi.pictures.picture import Picture, Wording
from frames import frames

TODAY = date(2026, 11, 30)


def wording(key: str, language: str = "en", *, is_masked: bool = False) -> Wording:
    """Return the words of a picture on `TODAY`."""
    return read_wording(key, language, TODAY, is_masked=is_masked)


def draw(key: str, rows: dict[str, list[dict[str, Any]]], **how: Any) -> Picture:
    """Draw a picture of a book that has only these rows."""
    return PICTURES[key](frames(**rows), wording(key, **how))


def places(picture: Picture, trace: str) -> list[tuple[Any, Any]]:
    """Return x and y of the marks of one trace."""
    (found,) = [each for each in picture.data if each["name"] == trace]
    return list(zip(found["x"], found["y"], strict=True))


def labels(picture: Picture) -> list[str]:
    """Return the texts that stand in a picture."""
    return [each["text"] for each in (picture.layout or {}).get("annotations", ())]
