"""What the database sends of a column becomes the same array by the fast ways and the plain."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Integer

from enishi.book import Book
from enishi.book.frames import (
    column_array,
    column_series,
    dtype,
    flag_arrays,
    read_days,
    split_flags,
)
from enishi.book.tables import TABLES

CONTACT, ENCOUNTER = TABLES["contact"].c, TABLES["encounter"].c
COLUMNS = [
    CONTACT.name,
    CONTACT.through_id,
    CONTACT.met_on,
    CONTACT.known_as,
    CONTACT.circles,
    CONTACT.known_since,
    CONTACT.version,
    ENCOUNTER.at,
    ENCOUNTER.minutes,
]


def cells_of(column: Column[Any]) -> st.SearchStrategy[Any]:
    """Return values as a database holds them in a column."""
    if "day" in column.info:
        return st.one_of(st.just(""), st.dates().map(str))
    if "moment" in column.info:
        moments = st.datetimes().map(lambda at: f"{at:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0"))
        return st.one_of(st.just(""), moments)
    if isinstance(column.type, JSON):
        return st.lists(st.text(max_size=3), max_size=2).map(json.dumps)
    if isinstance(column.type, Integer):
        number = st.integers(-5, 3000)
        return st.none() | number if column.nullable else number
    if "choices" in column.info:
        return st.sampled_from([*column.info["choices"], "a word of another version"])
    text = st.one_of(st.just(""), st.sampled_from(["null", '""', "0000-00-00"]), st.text())
    return st.none() | text if column.nullable else text


@pytest.mark.parametrize("gap", ["", " "])
@given(
    st.sampled_from(COLUMNS).flatmap(
        lambda column: st.tuples(st.just(column), st.lists(cells_of(column), max_size=8))
    )
)
@settings(max_examples=300)
def test_a_column_is_the_same_however_it_is_read(
    gap: str, given_column: tuple[Column[Any], list[Any]]
) -> None:
    column, cells = given_column
    text = json.dumps(cells, ensure_ascii=False, separators=(f",{gap}", ":"))

    fast = column_array(column, len(cells), text, {})

    plain = column_series(column, msgspec.json.decode(text))
    assert pd.Series(fast).dtype == pd.Series(plain).dtype
    assert pd.Series(fast).equals(pd.Series(plain))
    if dtype(column) == "category":
        assert fast.dtype is plain.dtype  # two that are equal would be compared at each edit


@pytest.mark.parametrize(
    "cell", ["2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026/01/01", "20260101--"]
)
def test_a_day_that_is_none_is_left_to_the_plain_way_which_refuses_it(cell: str) -> None:
    text = json.dumps(["2026-01-01", cell], separators=(",", ":"))
    assert read_days(text, 2) is None
    with pytest.raises(ValueError, match="datetime"):
        column_array(CONTACT.met_on, 2, text, {})


@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), max_size=6))
def test_bits_become_the_yes_and_no_of_each_column(rows: list[list[bool]]) -> None:
    _, flags = split_flags(list(CONTACT))
    assert len(flags) == 5
    numbers = [sum(on << place for place, on in enumerate(row)) for row in rows]

    arrays = flag_arrays(flags, len(rows), json.dumps(numbers, separators=(",", ":")))

    found = [arrays[column.name].tolist() for column in flags]
    assert found == [[row[place] for row in rows] for place in range(5)]
    assert all(isinstance(column.type, Boolean) for column in flags)
    assert all(arrays[column.name].dtype == np.bool_ for column in flags)


@pytest.mark.stores("file", "server")
def test_a_book_of_many_kinds_of_rows_is_read_as_it_was_written(book: Book) -> None:
    rows = [
        {"name": "A", "met_on": "2024-02-29", "focus": True, "known_since": 1999},
        {"name": 'B "" null', "circles": ["x", ""], "closed": True, "cheer": True},
        {"name": "C", "known_as": "friend", "do_not_contact": True},
    ]
    with book.batch("add") as batch:
        ids = batch.add_many("contact", rows)

    frame = book.frame("contact")

    for id in ids:
        stored = book.row("contact", id)
        for name in ("focus", "cheer", "companion", "closed", "do_not_contact", "name", "circles"):
            assert frame.at[id, name] == stored[name]
    assert frame["met_on"].isna().tolist() == [False, True, True]
    assert frame["known_since"].tolist()[0] == 1999 and frame["known_since"].isna().sum() == 2
