"""The pictures of a session: needs beside offers, and who has talked with whom."""

from __future__ import annotations

import pytest

from drawing import labels, places, wording
from enishi.i18n import LANGUAGES
from enishi.pictures.exchange import ShownWords, draw_exchange
from enishi.pictures.meetings import draw_meetings

PHOTOS = ShownWords("a", "Ann", "photos of my shop")
TAXES = ShownWords("a", "Ann", "help with taxes")
CAMERA = ShownWords("b", "Ben", "photos")
BREAD = ShownWords("b", "Ben", "bread")
OWN = ShownWords("a", "Ann", "photos at night")
NAMES = {"a": "Ann", "b": "Ben", "c": "Cem"}


def pair(one: str, other: str) -> frozenset[str]:
    return frozenset((one, other))


def test_a_line_joins_a_need_and_what_somebody_else_offers() -> None:
    picture = draw_exchange([TAXES, PHOTOS], [BREAD, OWN, CAMERA], wording("exchange"))
    (fits,) = [each for each in picture.data if each["name"] == "fits"]
    assert len(fits["x"]) == 3  # one line, from the first row of a side to that of the other
    assert fits["y"][:2] == [0, 0]
    assert [len(places(picture, f"need {how}")) for how in ("joined", "alone")] == [1, 1]
    assert [len(places(picture, f"offer {how}")) for how in ("joined", "alone")] == [1, 2]
    says = [mark.says for mark in picture.marks]
    assert "Ann looks for “photos of my shop”; perhaps Ben can help" in says
    assert "Ann looks for “help with taxes”; nobody has shown anything like it yet" in says
    assert picture.act is not None and picture.act.opens.screen == "rounds"
    assert ("Looking for", "Ann", "photos of my shop", "Ben") in picture.rows


def test_where_no_words_fit_nothing_is_proposed() -> None:
    picture = draw_exchange([TAXES], [BREAD], wording("exchange"))
    assert picture.act is None and len(picture.rows) == 2


def test_people_stand_in_the_order_in_which_they_came_and_a_thick_line_is_more_than_one_talk() -> (
    None
):
    met = {pair("a", "b"): 2, pair("a", "gone"): 1}
    picture = draw_meetings(NAMES, met, wording("meetings"))
    lines = {each["name"]: each["x"] for each in picture.data if each["mode"] == "lines"}
    assert (len(lines["once"]), len(lines["often"])) == (0, 3)
    assert [mark.label for mark in picture.marks] == ["Ann", "Ben", "Cem"]
    assert [row[1] for row in picture.rows] == ["Ben", "Ann", "nobody yet"]
    assert len(places(picture, "nobody yet")) == 1
    assert picture.act is not None


def test_where_everybody_has_met_there_is_nothing_left_to_arrange() -> None:
    met = {pair("a", "b"): 1, pair("a", "c"): 1, pair("b", "c"): 1}
    assert draw_meetings(NAMES, met, wording("meetings")).act is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_anything_is_shown_each_says_what_would_appear(language: str) -> None:
    for key, picture in (
        ("exchange", draw_exchange([], [], wording("exchange", language))),
        ("meetings", draw_meetings(NAMES, {}, wording("meetings", language))),
    ):
        assert picture.sentence == wording(key, language).say("empty")
        assert (picture.data, picture.marks, picture.act) == ((), (), None)


def test_what_people_wrote_is_no_markup_and_masked_it_has_no_names() -> None:
    said = ShownWords("a", "<b>Ann</b> Sample", "<img src=x> & <b>photos of a very long street</b>")
    other = ShownWords("b", "Ben Sample", "<b>photos</b>")
    names = {"a": said.name, "b": other.name}
    for masked in (False, True):
        for key, picture in (
            ("exchange", draw_exchange([said], [other], wording("exchange", is_masked=masked))),
            ("meetings", draw_meetings(names, {pair("a", "b"): 1}, wording("meetings"))),
        ):
            assert not any("<" in text for text in labels(picture)), key
    masked_one = draw_exchange([said], [other], wording("exchange", is_masked=True))
    assert "Sample" not in repr(masked_one)
