"""Contacts with any text that the book may hold, and the form in which two of them are equal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from enishi.book.tables import TABLES
from enishi.book.validation import UNKEPT
from enishi.choices import DETAILS
from enishi.exchange.csv_record import Detail, Value
from enishi.exchange.exported import EXPORT_COLUMNS, ExportedContact
from enishi.exchange.vcard.card_addresses import PLAIN_LABELS
from enishi.exchange.vcard.card_text import without_marks

SIGNS = st.sampled_from(
    [
        *("髙橋", "𠮷", "é", "=1+1", "'", '"', ",", ";", ":", "\\", "\\n", "\\,", "@", "＝", "+81"),
        *(
            " ",
            "　",
            "x",
            "END:VCARD",
            "BEGIN:VCARD",
            "item1.",
            "か゚",
            "👨‍👩‍👧",
            "<ｶﾅ>",
            "様",
            "^n",
            "‮",
        ),
    ]
)
LINES = st.one_of(
    st.lists(SIGNS, min_size=1, max_size=6).map("".join), st.text(min_size=1, max_size=20)
).map(lambda text: " ".join(UNKEPT.sub("", text).split()))
BLOCKS = st.one_of(
    st.lists(st.one_of(SIGNS, st.sampled_from(["\n", "\t", "あ" * 40])), max_size=8).map("".join),
    st.text(max_size=60),
).map(lambda text: UNKEPT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
DAYS = st.one_of(st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(str), st.just("--02-29"))
ADDRESSES = {
    "email": st.from_regex(r"[a-z]{1,8}@example\.(com|org)", fullmatch=True),
    "phone": st.from_regex(r"(\+81 ?|0)[1-9]0-[0-9]{4}-[0-9]{4}", fullmatch=True),
    "url": st.from_regex(r"https://example\.com/[a-z,;~]{0,8}", fullmatch=True),
}
LABELS = st.one_of(
    st.sampled_from(["", "home", "work fax", "anniversary", "spouse", "携帯", "Skype", "X-A;B=c"]),
    LINES,
)
FIELDS = st.sampled_from(
    [
        *(
            name
            for name in EXPORT_COLUMNS
            if name not in ("name", "birthday", "met_on", "circles", "note")
        )
    ]
)


@st.composite
def contacts(draw: st.DrawFn) -> ExportedContact:
    """Return a contact whose columns and details hold any text, and addresses that are ones."""
    values: dict[str, Value] = {"name": draw(LINES.filter(is_name))}
    for name in draw(st.lists(FIELDS, max_size=6, unique=True)):
        values[name] = draw(ADDRESSES.get(name, LINES))
    for name, drawn in (("birthday", DAYS), ("met_on", DAYS.filter(lambda one: one[0] != "-"))):
        if draw(st.booleans()):
            values[name] = draw(drawn)
    values["circles"] = tuple(dict.fromkeys(filter(None, draw(st.lists(LINES, max_size=3)))))
    values["note"] = draw(BLOCKS)
    details = []
    for kind in draw(st.lists(st.sampled_from(DETAILS), max_size=4)):
        if kind in ADDRESSES and kind not in values:
            continue  # the first address of a kind has a column of its own
        text = draw(DAYS if kind == "date" else ADDRESSES.get(kind, BLOCKS))
        details.append(Detail(kind, draw(LABELS), text))
    filled = {name: value for name, value in values.items() if value and str(value).strip()}
    return ExportedContact("", filled, tuple(one for one in details if one.value.strip()))


def is_name(text: str) -> bool:
    """Return whether a text is a name, and not only an address."""
    return bool(text.strip()) and "@" not in text


CONTACTS = contacts()


def canonical_contact(
    values: Mapping[str, Value], details: Iterable[Detail]
) -> tuple[dict[str, Any], list[Detail]]:
    """Return a contact in the form in which a file gives it back.

    The order of details of different kinds is not kept, nor is an ordinary label of an address that
    has a column.
    """
    known = TABLES["contact"].columns
    plain: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value.strip()
        for name, value in values.items()
        if name in known and name != "source" and value
    }
    kept = []
    for kind, label, value in details:
        value = without_marks(value) if kind in ADDRESSES else value.strip()
        repeated = kind in ADDRESSES and plain.get(kind) == value
        if not (repeated and all(word in PLAIN_LABELS for word in label.split() or [""])):
            kept.append(Detail(kind, label, value))
    return plain, sorted(set(kept))
