"""Reader for Google Contacts' CSV file, with its current headings and those used until 2024."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from enishi.exchange.csv_record import Record, Value, keep_groups
from enishi.exchange.file_days import FileDays
from enishi.exchange.headings.file_kinds import GOOGLE_NEW, GOOGLE_OLD
from enishi.exchange.table_reader import has_same_parts
from enishi.i18n.kana import to_katakana
from enishi.i18n.names import display_name

SEPARATOR = " ::: "
PRIMARY = "*"
"""Prefix of a label that Google itself set: the main address, a built-in group."""
NUMBERED = re.compile(r"((.+) \d+) - (.+)")
"""A numbered heading: "phone 2 - label" has the stem "phone 2" and the group "phone"."""
Stems = dict[str, list[str]]
"""For each stem of a group, the headings of the record's non-empty cells."""
WHAT = ("value", "formatted")
"""The parts of a stem that hold the value; the other parts describe it."""
_ORDINARY = re.compile(
    "home|work|other|mobile|main|internet|profile|home ?page|home fax|work fax|blog"
    "|自宅|勤務先|職場|その他|携帯|携帯電話|メイン|プロフィール|ホームページ"
)
"""Labels that add nothing to the field itself."""
MOBILE = frozenset({"mobile", "携帯", "携帯電話"})
MET = frozenset({"met", "met on", "first met", "出会い", "出会った日", "会った日", "初対面"})
"""Labels of an event that give the day of the first meeting; a wedding day does not."""
_JOINED = (
    *("given", "family", "given_kana", "family_kana"),
    *("organisation", "department", "title"),
)
"""The fields whose headings' values are joined."""


class Labelled(NamedTuple):
    """One value of a numbered group: its heading, its label, and whether it is the main one."""

    heading: str
    label: str
    value: str
    primary: bool

    @property
    def said(self) -> str:
        """What the file calls the value: its label, else its heading."""
        return self.label or self.heading


def numbered_in(headers: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the group and stem of each numbered heading that belongs to a value.

    >>> numbered_in(["phone 1 - label", "phone 1 - value", "phone 2 - label", "notes"])
    {'phone 1 - label': ('phone', 'phone 1'), 'phone 1 - value': ('phone', 'phone 1')}
    """
    found = {header: one for header in headers if (one := NUMBERED.fullmatch(header))}
    stems = {one[1] for one in found.values() if one[3] in WHAT}
    return {header: (one[2], one[1]) for header, one in found.items() if one[1] in stems}


def stems_of(record: Record, numbered: Mapping[str, tuple[str, str]]) -> dict[str, Stems]:
    """Return, by group, the stems under which this record has content, and their headings.

    It looks only at non-empty cells: a file may have many more columns than a line has content.
    """
    stems: dict[str, Stems] = {}
    for header in record.cells:
        if header in numbered:
            group, stem = numbered[header]
            stems.setdefault(group, {}).setdefault(stem, []).append(header)
    return stems


def google_values(
    record: Record, numbered: Mapping[str, tuple[str, str]], old: bool, days: FileDays
) -> dict[str, Value]:
    """Return the fields of a contact from one line of Google's file.

    A contact has one main e-mail address, telephone number and web page: the one Google marks, else
    a mobile number, else the first. Everything else of the line becomes a detail.

    Args:
        record: the line; the cells are removed from it.
        numbered: the numbered headings; see `numbered_in`.
        old: True for the headings used until 2024.
        days: how the days of the file are read.
    """
    values: dict[str, Value] = {}
    stems = stems_of(record, numbered)
    values["note"] = record.take_text("notes")
    meanings = GOOGLE_OLD if old else GOOGLE_NEW
    for field in _JOINED:
        parts = [take_first(record, one) for one in meanings[field] if one in record.cells]
        values[field] = " ".join(parts)
    for field in ("family_kana", "given_kana"):
        values[field] = to_katakana(str(values[field]))
    values["name"] = _name_of(record, values, old)
    values["alias"] = record.take("nickname")
    for field, group in (("email", "e-mail"), ("phone", "phone"), ("url", "website")):
        values[field] = choose_value(labelled_values(record, stems.get(group, {})), field, record)
    values["circles"] = _circles(record.take("group membership" if old else "labels"))
    if written := record.take("birthday"):
        label = record.labels["birthday"]
        values["birthday"] = days.read(record, label, written, is_birthday=True)
    events = labelled_values(record, stems.get("event", {}))
    values["met_on"] = first_meeting_day(events, record, days)
    for group in ("relation", "custom field", "im"):
        for one in labelled_values(record, stems.get(group, {})):
            record.add_detail("field", one.said, one.value)
    for stem, headers in stems.get("address", {}).items():
        keep_address(record, stem, headers)
    drop_ordinary_label(record, "organization 1 - type")
    record.keep_rest()
    return values


def take_first(record: Record, header: str) -> str:
    """Take the first value under `header`; the others become fields."""
    first, *others = record.take(header).split(SEPARATOR)
    for other in others:
        record.add_detail("field", record.labels[header], other.strip())
    return first


def _name_of(record: Record, values: Mapping[str, Value], old: bool) -> str:
    """Return the name to display; a full name that differs from its parts stays for the note."""
    family, given = str(values["family"]), str(values["given"])
    name = display_name(family, given)
    full, reading = ("name", "yomi name") if old else ("file as", "")
    prefix, suffix = record.cells.get("name prefix", ""), record.cells.get("name suffix", "")
    written = record.cells.get(full, "").removeprefix(prefix).removesuffix(suffix)
    if written and (not name or has_same_parts(written, family, given)):
        name = name or record.cells[full]
        del record.cells[full]
    kana = to_katakana(record.cells.get(reading, ""))
    if kana and has_same_parts(kana, str(values["family_kana"]), str(values["given_kana"])):
        del record.cells[reading]
    if not name:
        name = record.cells.get("nickname", "")
    return " ".join(name.split())


def labelled_values(record: Record, stems: Stems) -> list[Labelled]:
    """Take all values of a numbered group of columns from `record`."""
    found = []
    for stem in stems:
        header = f"{stem} - value"
        if header not in record.cells:
            drop_ordinary_label(record, f"{stem} - label")
            drop_ordinary_label(record, f"{stem} - type")
            continue
        label = record.take(f"{stem} - label") or record.take(f"{stem} - type")
        heading = record.labels[header].rpartition(" - ")[0]
        primary, label = label.startswith(PRIMARY), strip_prefix(label)
        for value in record.take(header).split(SEPARATOR.strip()):
            if value.strip():
                found.append(Labelled(heading, label, value.strip(), primary))
    return found


def choose_value(values: list[Labelled], field: str, record: Record) -> str:
    """Return the main value; the others become details, and so does an unusual label of it."""
    if not values:
        return ""
    best = max(values, key=lambda one: (one.primary, field == "phone" and is_mobile(one.label)))
    for one in values:
        if one is not best and one.value != best.value:
            record.add_detail(field, one.said, one.value)
    if best.label and not is_ordinary(best.label):
        record.add_detail("field", best.heading, best.label)
    return best.value


def is_mobile(label: str) -> bool:
    """Return whether the label denotes a mobile telephone."""
    return label.casefold() in MOBILE


def _circles(labels: str) -> tuple[str, ...]:
    """Return the groups of a contact, without the one that contains every contact."""
    return keep_groups(strip_prefix(label) for label in labels.split(SEPARATOR.strip()))


def first_meeting_day(events: list[Labelled], record: Record, days: FileDays) -> str:
    """Return the day of the event that is the first meeting; the others become details."""
    found = ""
    for event in events:
        is_first = event.label.casefold() in MET and not found
        day = days.read(record, event.said, event.value, is_birthday=not is_first)
        if is_first:
            found = day
        elif day:
            record.add_detail("date", event.said, day)
    return found


def keep_address(record: Record, stem: str, headers: Iterable[str]) -> None:
    """Keep an address as a detail, and drop the parts that it contains."""
    label = strip_prefix(record.take(f"{stem} - label") or record.take(f"{stem} - type"))
    header = f"{stem} - formatted"
    if header not in record.cells:
        return
    heading = record.labels[header].rpartition(" - ")[0]
    written = record.take_text(header)
    for part in headers:
        if record.cells.get(part, written) in written:
            record.cells.pop(part, None)
    record.add_detail("address", label or heading, written)


def drop_ordinary_label(record: Record, header: str) -> None:
    """Drop a label that carries no information."""
    if is_ordinary(record.cells.get(header, "")):
        del record.cells[header]


def strip_prefix(label: str) -> str:
    """Return a label without Google's prefix."""
    return label.strip().removeprefix(PRIMARY).strip()


def is_ordinary(label: str) -> bool:
    """Return whether this label adds nothing to the field itself."""
    return _ORDINARY.fullmatch(strip_prefix(label).casefold()) is not None
