"""The picture of the nearest as a figure of Plotly: calm, in plain JSON, and no names as markup."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from enishi.coach.network.inner_circle import InnerCircle
from enishi.coach.network.network_layout import arrange
from widgets.contacts.figure import LONGEST_LABEL, as_text, figure

PICTURE = arrange(InnerCircle(("a", "b", "c"), (("a", "b", 0.8), ("b", "c", 0.5))))
NAMES = {"a": "架空 花子さん", "b": "<b>試田</b> & 子", "c": '<a href="x">見本</a>'}


def drawn(names: dict[str, str] = NAMES) -> dict[str, Any]:
    return figure(PICTURE, names, names | {"": "わたし"})


def trace(name: str) -> dict[str, Any]:
    (found,) = [each for each in drawn()["data"] if each["name"] == name]
    return dict(found)


def test_a_figure_is_plain_json() -> None:
    assert json.loads(json.dumps(drawn(), allow_nan=False)) == drawn()


def test_every_mark_stands_where_the_picture_has_it_and_knows_whose_it_is() -> None:
    people = trace("people")

    assert people["customdata"] == [mark.id for mark in PICTURE.marks]
    assert list(zip(people["x"], people["y"], strict=True)) == [
        (mark.x, mark.y) for mark in PICTURE.marks
    ]


def test_close_and_acquainted_are_lines_of_their_own() -> None:
    at = {mark.id: mark for mark in PICTURE.marks}
    for name, a, b in (("close", "a", "b"), ("acquainted", "b", "c")):
        assert trace(name)["x"] == [at[a].x, at[b].x, None]
        assert trace(name)["y"] == [at[a].y, at[b].y, None]
    assert len(trace("mine")["x"]) == 3 * 3


def test_nothing_is_said_of_anybody_but_the_name() -> None:
    by_id = dict(zip(trace("people")["customdata"], trace("people")["hovertext"], strict=True))

    assert by_id["a"] == NAMES["a"]
    for name in ("mine", "acquainted", "close", "me"):
        assert trace(name)["hoverinfo"] == "skip"
    assert isinstance(trace("people")["marker"]["size"], int)  # one size for everybody


def test_a_name_with_signs_of_markup_stays_a_name() -> None:
    people = trace("people")

    for text in [*people["text"], *people["hovertext"]]:
        assert "<" not in text.replace("<br>", "")
    assert as_text(NAMES["b"]) in people["text"]


def test_a_long_name_is_broken_into_lines() -> None:
    long = "とても長い名前の人" * 5
    people = drawn(NAMES | {"a": long})["data"][3]
    lines = people["hovertext"][people["customdata"].index("a")].split("<br>")

    assert "".join(lines) == long
    assert max(map(len, lines)) <= LONGEST_LABEL


def test_the_colours_are_left_to_the_page() -> None:
    said = json.dumps(drawn())

    assert "#" not in said
    assert "template" not in drawn()["layout"]


@pytest.mark.parametrize("heavy", ["plotly.io", "nbformat"])
def test_what_plotly_brings_along_is_not_imported(heavy: str) -> None:
    code = (
        "import sys\n"
        "from enishi.coach.network.network_layout import Picture\n"
        "from widgets.contacts.figure import figure\n"
        "assert 'plotly' not in sys.modules\n"
        "figure(Picture((), ()), {}, {'': 'me'})\n"
        f"assert 'plotly' in sys.modules and {heavy!r} not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
