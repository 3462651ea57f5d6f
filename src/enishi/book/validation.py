"""Validation of column values; every value that is written passes through here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Integer, Table, Text

from enishi.book.errors import InvalidValueError, TooLongError
from enishi.book.tables import LINE, own_columns

UNKEPT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Characters removed from every text: control characters and lone surrogates."""
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
"""Format of an instant."""
LONGEST_ID = 64
"""Maximum length of a row's id in characters."""
TEXT_TOO_LONG = "It has {count} characters, and {longest} fit. Nothing of it is saved yet."
LINE_TOO_LONG = (
    "A line has {count} characters, and {longest} fit. Nothing is saved yet. The line: {found}"
)
LIST_TOO_LONG = "It has {count} lines, and {most} fit. Nothing of it is saved yet."
_SHOWN = 40
"""Maximum number of characters of a refused value that an error quotes."""


@cache
def columns_of(sql_table: Table) -> Mapping[str, Column[Any]]:
    """Return the columns of `sql_table` that a person fills, by name."""
    return {str(column.name): column for column in own_columns(sql_table)}


@cache
def links_of(sql_table: Table) -> Mapping[str, str]:
    """Return the table each link column of `sql_table` refers to, by column name."""
    columns = columns_of(sql_table).items()
    return {name: column.info["links_to"] for name, column in columns if "links_to" in column.info}


def validate(sql_table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` in the form the columns of `sql_table` store.

    Raises:
        InvalidValueError: for the first value that does not fit, with what was expected.
    """
    columns = columns_of(sql_table)
    lengths = free_text_lengths(sql_table)
    for name in values:
        if name not in columns:
            raise InvalidValueError(
                "There is no such field.", field=f"{sql_table.name}.{name}", found=""
            )
    return {
        name: value
        if name in lengths and is_clean_line(value, lengths[name])
        else validate_value(columns[name], value)
        for name, value in values.items()
    }


@cache
def free_text_lengths(sql_table: Table) -> Mapping[str, int]:
    """Return the maximum length of each column that holds any text, by name."""
    kinds = {"choices", "day", "moment", "links_to"}
    return {
        name: column.info["longest"]
        for name, column in columns_of(sql_table).items()
        if isinstance(column.type, Text)
        and "longest" in column.info
        and not kinds & column.info.keys()
    }


def is_clean_line(value: Any, longest: int) -> bool:
    """Return whether a value is a text of one line that a column of any text stores as it is.

    Most texts of an import are, and to see it takes a tenth of the time of `validate_value`.
    """
    return (
        type(value) is str
        and len(value) <= longest
        and value.isprintable()
        and "  " not in value
        and value.strip() == value
    )


def validate_value(column: Column[Any], value: Any) -> Any:
    """Return `value` in the form `column` stores.

    Raises:
        InvalidValueError: the value does not fit.
    """
    if "links_to" in column.info:
        return check_link(column, value)
    if isinstance(column.type, Boolean):
        require(column, value, isinstance(value, bool), "Expected is yes or no. Found: {found}.")
        return value
    if isinstance(column.type, Integer):
        return check_number(column, value)
    if isinstance(column.type, JSON):
        return check_texts(column, value)
    return check_text(column, value)


def require(column: Column[Any], value: Any, fits: bool, expected: str, **facts: object) -> None:
    """Raise InvalidValueError with the text `expected`, unless `fits`."""
    if not fits:
        found = value if isinstance(value, str) else repr(value)
        raise InvalidValueError(
            expected,
            field=f"{column.table.name}.{column.name}",
            found=found[:_SHOWN] + ("…" if len(found) > _SHOWN else ""),
            **facts,
        )


def check_link(column: Column[Any], value: Any) -> str | None:
    """Return the id of a row, or None; empty text becomes None."""
    fits = value in (None, "") or (isinstance(value, str) and is_id(value))
    require(column, value, fits, "Expected is an entry of the book. Found: {found}.")
    return value or None


def is_id(text: str) -> bool:
    """Return whether `text` is a valid row id; some databases reject queries with other texts."""
    return 0 < len(text) <= LONGEST_ID and not UNKEPT.search(text)


def check_number(column: Column[Any], value: Any) -> int | None:
    """Return an integer within the column's range, or None if the column is nullable."""
    if value is None and column.nullable:
        return None
    least, most = column.info["range"]
    fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    expected = "Expected is a whole number from {least} to {most}. Found: {found}."
    require(column, value, fits, expected, least=least, most=most)
    return int(value)


def check_texts(column: Column[Any], value: Any) -> list[str]:
    """Return a list of single-line texts without duplicates and empty ones."""
    most, longest = column.info["most"], column.info["longest"]
    is_list = isinstance(value, list | tuple)
    require(column, value, is_list, "Expected are at most {most} entries.", most=most)
    if len(value) > most:
        raise _too_long(column, LIST_TOO_LONG, len(value))
    lines = [" ".join(_plain(column, text, longest).split()) for text in value]
    return list(dict.fromkeys(line for line in lines if line))


def check_text(column: Column[Any], value: Any) -> str:
    """Return a text within its length, one of the column's choices, a day or an instant."""
    text = _plain(column, value, column.info.get("longest", _SHOWN))
    if "choices" in column.info:
        choices = column.info["choices"]
        if text not in choices:
            words = " · ".join(filter(None, choices))
            expected = "Expected is one of: {words}. Found: {found}."
            require(column, text, False, expected, words=words)
    elif text and "day" in column.info:
        expected = "Expected is a day such as 2026-11-20. Found: {found}."
        require(column, text, is_date(text), expected)
    elif text and "moment" in column.info:
        expected = "Expected is a time such as 2026-11-20T07:31:00Z. Found: {found}."
        require(column, text, is_timestamp(text), expected)
    elif column.info.get("lines") == 1:
        return " ".join(text.split())
    return text


def _plain(column: Column[Any], value: Any, longest: int) -> str:
    """Return a text that every database stores unchanged, without the characters in `UNKEPT`."""
    require(column, value, isinstance(value, str), "Expected is text. Found: {found}.")
    if "longest" not in column.info:  # not free text
        expected = "Expected are at most {longest} characters. Found: {found}."
        require(column, value, len(value) <= longest, expected, longest=longest)
    elif len(value) > longest:
        in_list = LINE_TOO_LONG
        whole = TEXT_TOO_LONG
        expected = in_list if isinstance(column.type, JSON) else whole
        raise _too_long(column, expected, len(value), longest, value[:_SHOWN] + "…")
    text: str = value
    if not text.isprintable():
        text = UNKEPT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text


def _too_long(
    column: Column[Any], expected: str, count: int, longest: int = LINE, found: str = ""
) -> TooLongError:
    """Return the error for a text of `column`, or one of its lines, that is too long."""
    return TooLongError(
        expected,
        field=f"{column.table.name}.{column.name}",
        count=count,
        longest=longest,
        most=column.info.get("most"),
        found=found,
    )


@lru_cache(maxsize=1024)  # the lines of an import repeat their days
def is_date(text: str) -> bool:
    """Return whether `text` is a calendar day, `YYYY-MM-DD`, of the years 1900–2200."""
    try:
        day = date.fromisoformat(text)  # accepts other ISO 8601 forms too, hence the comparison
    except ValueError:
        return False
    return day.isoformat() == text and 1900 <= day.year <= 2200


def is_timestamp(text: str) -> bool:
    """Return whether `text` is a UTC instant, `YYYY-MM-DDTHH:MM:SSZ`, of the years 1900–2200."""
    try:
        moment = datetime.strptime(text, MOMENT)
    except ValueError:
        return False
    return moment.strftime(MOMENT) == text and 1900 <= moment.year <= 2200


def defaults(sql_table: Table) -> dict[str, Any]:
    """Return the default value of each own column."""
    return {str(column.name): default_of(column) for column in own_columns(sql_table)}


def default_of(column: Column[Any]) -> Any:
    """Return the default value of `column`."""
    if column.default is None:
        return None
    return [] if isinstance(column.type, JSON) else column.default.arg  # type: ignore[attr-defined]


def non_defaults(sql_table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of `values` that are columns of `sql_table` and differ from their defaults."""
    plain = default_row(sql_table)
    return {name: value for name, value in values.items() if name in plain and value != plain[name]}


def full_row(sql_table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a complete row with its version: `values`, and defaults for the rest."""
    known = {name: values[name] for name in columns_of(sql_table).keys() & values.keys()}
    return {**default_row(sql_table), **known, "version": values["version"]}


@cache
def default_row(sql_table: Table) -> Mapping[str, Any]:
    """Return the defaults of `sql_table`, cached and read-only."""
    return defaults(sql_table)
