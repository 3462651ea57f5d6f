"""What holds of every picture: text is no markup, marks lie inside, and the table says the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing import draw, labels
from enishi.i18n import LANGUAGES, read_texts
from enishi.pictures.catalogue import PICTURES
from enishi.pictures.picture import Picture
from examples import max_examples
from random_books import rows_of_books

HOSTILE = (
    "<b>bold</b>",
    '<a href="javascript:alert(1)">here</a>',
    "<img src=x onerror=alert(1)>",
    "&lt;i&gt;",
    "\u202eabc",
    "=HYPERLINK(1)",
    "x" * 300,
    "{name}",
    "var(--ink)",
)
PERSON = "架空 花子"


def book_of_one(words: str = "a word", name: str = PERSON) -> dict[str, list[dict[str, Any]]]:
    """A book in which each picture has something to draw, all of it in these words."""
    with_person = {"contact_id": "p"}
    return {
        "goal": [{"id": "g", "wish": words}],
        "role": [
            {"id": "r", "goal_id": "g", "does": words},
            {"id": "r2", "goal_id": "g", "does": words},
        ],
        "contact": [
            {
                **{"id": "p", "name": name, "known_as": "known", "closeness": "close"},
                **{"focus": True, "circles": [words[:60]], "role_id": "r", "through_id": "q"},
                **{"closeness_word": words},
            },
            {"id": "q", "name": words[:200] or "q", "known_as": "known", "focus": True},
        ],
        "give": [
            {"id": "o", "direction": "out", "state": "done", "what": words, **with_person}
            | {"on": "2026-11-01", "strength_id": "s"},
            {"id": "i", "direction": "in", "state": "done", "what": words, **with_person},
        ],
        "encounter": [{"on": "2026-10-01", "note": words, **with_person}],
        "promise": [
            {"words": words, "said_on": "2026-09-01", "state": "kept", "closed_on": "2026-09-20"}
            | with_person
        ],
        "step": [{"words": words, "on": "2026-12-03", **with_person}],
        "tie": [{"a_id": "p", "b_id": "q", "state": "close"}],
        "strength": [{"id": "s", "name": words, "good_at": 5, "like": 5, "energy": 1}],
        "voice": [{"who": words[:200], "picks": [words]}],
        "review": [{"kind": "dials", "on": "2026-11-02", "dial_goal": 3, "dial_time": 10}],
    }


def strings_in(part: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a figure with the key it stands under."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from strings_in(value, name)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from strings_in(value, key)
    elif isinstance(part, str):
        yield key, part


def drawn_texts(picture: Picture) -> list[str]:
    """Return what Plotly would read as markup."""
    parts = (picture.data, picture.layout or {})
    return [text for key, text in strings_in(parts) if key in ("text", "hovertext", "title")]


@pytest.mark.parametrize("key", PICTURES)
def test_a_picture_of_an_empty_book_says_what_would_appear(key: str) -> None:
    for language in LANGUAGES:
        picture = draw(key, {}, language=language)
        assert picture.sentence == read_texts("pictures")["pictures"][key]["empty"][language]
        assert (picture.data, picture.marks, picture.rows, picture.act) == ((), (), (), None)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("key", PICTURES)
def test_no_text_of_a_person_is_markup_to_plotly(key: str, words: str) -> None:
    for text in drawn_texts(draw(key, book_of_one(words))):
        assert "<" not in text
        assert "&lt;" not in text or "<" in words or "&" in words


@pytest.mark.parametrize("key", PICTURES)
def test_initials_hide_every_name(key: str) -> None:
    plain, masked = (
        draw(key, book_of_one(), language="ja", is_masked=hides) for hides in (False, True)
    )
    seen = json.dumps(
        [masked.data, masked.layout, *map(repr, masked.marks), masked.rows], ensure_ascii=False
    )
    assert PERSON not in seen
    assert "花子" not in seen
    assert len(masked.rows) == len(plain.rows)


@pytest.mark.parametrize("key", PICTURES)
def test_a_notebook_gets_a_figure_in_real_colours_with_all_its_texts(key: str) -> None:
    picture = draw(key, book_of_one("var(--ink)"))
    figure = picture.to_figure().to_plotly_json()
    named = [name for name, text in strings_in(figure) if text.startswith("var(--")]
    assert not [name for name in named if name.endswith("color")]
    lines = figure["layout"]["title"]["text"].split("<br>")
    assert len(lines) > 1 and max(map(len, lines)) <= 40
    shown = [each["text"] for each in figure["layout"]["annotations"]]
    assert {*labels(picture)} <= {*shown}
    assert len(shown) == len(labels(picture)) + sum(bool(mark.label) for mark in picture.marks)


@pytest.mark.parametrize("key", PICTURES)
@given(rows=rows_of_books())
@settings(max_examples=max(5, max_examples() // 4), deadline=None)
def test_a_picture_of_any_book_is_plain_and_its_marks_lie_inside(key: str, rows: Any) -> None:
    by_table: dict[str, list[dict[str, Any]]] = {}
    for (table, id), row in rows.items():
        by_table.setdefault(table, []).append({"id": id, **row})
    picture = draw(key, by_table)
    json.dumps([picture.data, picture.layout, picture.rows], allow_nan=False)
    assert {len(row) for row in picture.rows} <= {len(picture.head)}
    assert all("<" not in text for text in drawn_texts(picture))
    if picture.layout:
        sides = [picture.layout[axis]["range"] for axis in ("xaxis", "yaxis")]
        for mark in picture.marks:
            for value, (low, high) in zip((mark.x, mark.y), sides, strict=True):
                assert low <= float(value) <= high
    opens = [mark.opens for mark in picture.marks]
    opens += [picture.act.opens] if picture.act else []
    for to in opens:
        assert to is None or to.screen in read_texts(to.page.partition("-")[2])["screens"]


@pytest.mark.parametrize("key", PICTURES)
@given(flagged=st.sampled_from(["signs", "trashed_on", "source"]))
@settings(max_examples=3, deadline=None)
def test_nobody_is_drawn_whom_a_suggestion_may_not_name(key: str, flagged: str) -> None:
    why = {"signs": ["pay_first"], "trashed_on": "2026-11-01", "source": "linkedin"}[flagged]
    book = book_of_one()
    book["contact"] = [
        {"id": "p", "name": PERSON, flagged: why},
        {"id": "q", "name": "Q", "known_as": "known", "focus": True},
    ]
    if flagged == "source":  # imported, and nothing was said about them
        book = {"contact": book["contact"], "goal": book["goal"], "role": book["role"]}
    picture = draw(key, book)
    assert PERSON not in repr(picture)
