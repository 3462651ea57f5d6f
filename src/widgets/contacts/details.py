"""Further addresses, important days and own fields of a contact, each kept with its label."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pandas as pd

from enishi.coach.people.still_true import (
    CHECKED_COLUMNS,
    CHECKED_DETAILS,
    unchecked_since,
)
from enishi.coach.relations.history import iter_rows
from enishi.errors import EnishiError
from enishi.i18n.written_days import format_written_day, read_written_day
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import (
    Answer,
    ForbiddenError,
    Identifier,
    LinkedChange,
    Part,
    Sheet,
    command,
)
from widgets.base.workbook import Workbook
from widgets.parts.explanation import describe_note_caution

DETAIL_COLUMNS = ("contact_id", "kind", "label", "value")
"""The columns of a detail that a sheet with this part writes."""
MOST_DETAILS = 60
"""Most details of one contact that are written by hand; a file may bring more."""
MAIN_KINDS = ("email", "phone", "url")
"""The kinds of details that a contact has one main one of, in the column of that name."""
_PHONE = re.compile(r"[^+\d]")
_SECURE = re.compile(r"https://[^\s<>\"]+", re.IGNORECASE)
_BARE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s<>\"]*)?", re.IGNORECASE)


def describe_details(workbook: Workbook, contact_id: str) -> JsonRow:
    """Return the details of a contact, the texts of the part, and since when they are unchecked."""
    frames = workbook.frames()
    words = workbook.texts_of("address_book")
    detail = frames["detail"]
    found = rows(detail[detail["contact_id"] == contact_id], "version", *DETAIL_COLUMNS)
    ((_, contact),) = iter_rows(frames["contact"].loc[[contact_id]])
    kinds = [row["kind"] for row in found]
    since = unchecked_since(contact, kinds, workbook.today)
    main = {name: link_of(name, contact[name]) for name in MAIN_KINDS}
    return {
        "rows": [row | _describe_detail(workbook, row) for row in found],
        "texts": words["details"],
        "main": {name: href for name, href in main.items() if href},
        "born": format_written_day(contact["birthday"], workbook.language),
        "unchecked": workbook.short_date(since),
    }


def _describe_detail(workbook: Workbook, row: JsonRow) -> JsonRow:
    value = row["value"]
    if row["kind"] == "date":
        value = format_written_day(value, workbook.language)
    said = f"{row['label']}\n{row['value']}" if row["kind"] == "field" else ""
    return {
        "shown": value,
        "href": link_of(row["kind"], row["value"]),
        "caution": describe_note_caution(workbook, said),
    }


def link_of(kind: str, value: str) -> str:
    """Return where a press on an address leads, '' where it leads nowhere.

    >>> link_of("email", "h@example.com"), link_of("phone", "+81 (0)90-0000"), link_of("url", "x")
    ('mailto:h@example.com', 'tel:+810900000', '')
    >>> link_of("url", "javascript:alert(1)"), link_of("url", "example.com/a")
    ('', 'https://example.com/a')
    """
    text = value.strip()
    if kind == "email" and "@" in text and not re.search(r"\s", text):
        return f"mailto:{quote(text, safe='@')}"
    if kind == "phone" and (digits := _PHONE.sub("", text)):
        return f"tel:{digits}"
    if kind == "url":
        if _SECURE.fullmatch(text):
            return text
        return f"https://{text}" if _BARE.fullmatch(text) else ""
    return ""


def detail_changes(
    workbook: Workbook, table: str, id: str, values: dict[str, Any]
) -> list[LinkedChange]:
    """Return what is written beside a contact or a detail: the day on which it was checked.

    A day among `values` is put into the form in which the book holds it.

    Raises:
        NotADayError: the value of an important day is no day.
        DetailLimitError: the contact has as many details as it may have.
    """
    today = workbook.today.isoformat()
    if table == "contact" and id:
        if day := read_written_day(str(values.get("birthday", ""))):
            values["birthday"] = day
        if not set(values) & set(CHECKED_COLUMNS) or _is_checked(workbook, id):
            return []
        return [("contact", id, {"checked_on": today})]
    if table != "detail":
        return []
    frame = workbook.frames()["detail"]
    before = dict(frame.loc[id]) if id in frame.index else {}
    now = before | values
    contact_id, kind, value = (str(now.get(name) or "") for name in ("contact_id", "kind", "value"))
    if not id and int((frame["contact_id"] == contact_id).sum()) >= MOST_DETAILS:
        raise DetailLimitError(most=MOST_DETAILS)
    if kind == "date" and value.strip():
        values["value"] = read_written_day(value)
        if not values["value"]:
            raise NotADayError(found=value[:40])
    if kind not in CHECKED_DETAILS or "value" not in values or _is_checked(workbook, contact_id):
        return []
    return [("contact", contact_id, {"checked_on": today})]


def _is_checked(workbook: Workbook, contact_id: str) -> bool:
    """Return whether a contact was checked today already, so that typing goes on as one change."""
    contact = workbook.frames()["contact"]
    return contact_id in contact.index and bool(
        contact.at[contact_id, "checked_on"] == pd.Timestamp(workbook.today)
    )


@command
def make_main(sheet: Sheet, id: Identifier) -> Answer:
    """Let a detail be the contact's main address, number or page; the main one becomes a detail.

    Raises:
        ForbiddenError: there is no main one of its kind.
    """
    detail = sheet.book.row("detail", id)
    kind, contact_id = detail["kind"], detail["contact_id"]
    if kind not in MAIN_KINDS or not contact_id:
        raise ForbiddenError()
    main = sheet.book.row("contact", contact_id)[kind]
    with sheet.book.batch("write") as batch:
        batch.update("contact", contact_id, **{kind: detail["value"]})
        if main:
            batch.update("detail", id, value=main, label="")
        else:
            batch.delete("detail", id)
    return {"text": sheet.workbook.texts_of("address_book")["details"]["is_main"]}


@command
def still_true(sheet: Sheet, id: Identifier) -> Answer:
    """Note that work and addresses of a contact are today as they are written."""
    sheet.book.update("contact", id, checked_on=sheet.workbook.today.isoformat())
    return {"text": sheet.workbook.texts_of("address_book")["details"]["noted_true"]}


PERSON_DETAILS = Part(__file__, {"make_main": make_main, "still_true": still_true})
"""Further addresses of a person; gives the scripts `personDetails` and `stillTrue`."""


class NotADayError(EnishiError):
    """An important day is written in a way that cannot be read."""

    sentence = "“{found}” could not be read as a day."
    way_out = "Write it as 4/1 or 1980-04-01; the year may be left out."


class DetailLimitError(EnishiError):
    """A contact has as many details as may be written by hand."""

    sentence = "{most} addresses and other fields are the most for one person."
    way_out = "Take one away to make room for another."
