"""The pictures in `docs` are all there are, and show what the code draws of the invented book."""

from __future__ import annotations

from functools import cache
from html import unescape

import pytest

from contact_sheet import ALL_KEYS, FOLDER, PAGE, draw_all, write_page
from drawing import labels
from enishi.pictures.picture import Picture

MOST = 600_000
"""Bytes that all of them may take."""


@cache
def drawn() -> dict[str, Picture]:
    return draw_all()


def test_the_page_shows_every_picture_with_what_it_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == write_page(drawn()), "`make pictures` writes it anew"
    files = [*FOLDER.iterdir()]
    assert {file.name for file in files} == {f"{key}.svg" for key in ALL_KEYS}
    assert sum(file.stat().st_size for file in files) <= MOST


@pytest.mark.parametrize("key", ALL_KEYS)
def test_a_picture_in_the_documents_has_the_texts_the_code_draws(key: str) -> None:
    svg = unescape((FOLDER / f"{key}.svg").read_text(encoding="utf-8"))
    picture = drawn()[key]
    assert picture.data, "the invented book has something for it"
    shown = [unescape(text).removesuffix("…") for text in labels(picture)]
    assert [text for text in shown if text[:20] not in svg] == []
    assert "<script" not in svg and "http" not in svg.replace("http://www.w3.org", "")
