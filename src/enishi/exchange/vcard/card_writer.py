"""Writer for contacts as vCard 3.0, which every telephone reads, and 4.0."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from uuid import UUID

from enishi.exchange.csv_record import Detail, FileRelation
from enishi.exchange.exported import ExportedContact
from enishi.exchange.vcard.card_lines import parse_head
from enishi.exchange.vcard.card_person import READ_PROPERTIES
from enishi.exchange.vcard.card_properties import (
    ADDRESS_PROPERTIES,
    ANDROID_RELATIONS,
    ENVELOPE,
    OWN_DETAIL,
    OWN_FIELDS,
    OWN_RELATION,
    PRODUCT,
    RELATED_TYPES,
    SERVICES,
    UNTAKEN,
)
from enishi.exchange.vcard.card_text import (
    APPLE_LABELS,
    UNKNOWN_YEAR,
    escape_text,
    hide_breaks,
    plain_label,
    show_breaks,
)
from enishi.i18n import texts

MOST_OCTETS = 75
"""Maximum length of a line in octets; a longer one is folded."""
TYPES = {
    "email": frozenset({"home", "work"}),
    "phone": frozenset({"home", "work", "cell", "fax", "main", "pager", "car", "video"}),
    "url": frozenset({"home", "work"}),
    "address": frozenset({"home", "work"}),
}
"""The words of a label that are types of a property."""
SPOKEN_TYPES = {
    **dict.fromkeys(("自宅", "実家", "private"), "home"),
    **dict.fromkeys(("会社", "職場", "勤務先", "仕事", "office", "business"), "work"),
    **dict.fromkeys(("携帯", "携帯電話", "mobile", "スマホ"), "cell"),
    **dict.fromkeys(("ファックス", "ファクス"), "fax"),
}
"""Types that a label of one's own also means; the label is written beside them."""
MOBILE_NUMBER = re.compile(r"(?:\+81[-\s]?\(?0?\)?|0)[789]0[-\s\d]")
INTERNATIONAL = re.compile(r"\+[0-9().-]+")
"""A telephone number that is a `tel:` address as it stands."""
ISO_DAY = re.compile(r"(\d{4}|-)-(\d\d)-(\d\d)")
SERVICE_OF = {service: name for name, service in reversed(SERVICES.items())}
NAME_PARTS = {"Prefix": 3, "Suffix": 4}
"""Labels of what belongs to the name, and its place in the property N."""
TYPE_OF_RELATION = {kind: name for name, kind in reversed(RELATED_TYPES.items())}
APPLE_RELATIONS = {
    **{"partner": "Partner", "parent": "Parent", "child": "Child", "friend": "Friend"},
    "manager": "Manager",
}
"""Kinds of relations that Apple shows in the language of the telephone."""


def write_vcards(
    contacts: Iterable[ExportedContact], version: str, now: datetime, language: str = "en"
) -> bytes:
    """Return contacts as a vCard file, with CRLF line ends.

    Args:
        contacts: the people.
        version: "3.0" or "4.0".
        now: the current instant in UTC, written as the time of the cards.
        language: the language of what people are to each other.
    """
    kinds: Mapping[str, str] = texts("columns", language)["values"]["relation"]["kind"]
    revised = now.astimezone(UTC).strftime(
        "%Y%m%dT%H%M%SZ" if version == "4.0" else "%Y-%m-%dT%H:%M:%SZ"
    )
    return b"".join(
        fold(line) for contact in contacts for line in card_lines(contact, version, revised, kinds)
    )


def fold(line: str) -> bytes:
    r"""Return a line in UTF-8, folded between characters where it is too long.

    >>> fold("NOTE:" + "a" * 71)
    b'NOTE:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n a\r\n'
    """
    octets = line.encode("utf-8", "replace")
    if len(octets) <= MOST_OCTETS:
        return octets + b"\r\n"
    pieces, start, most = [], 0, MOST_OCTETS
    while start < len(octets):
        end = min(start + most, len(octets))
        while end < len(octets) and octets[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        pieces.append(octets[start:end])
        start, most = end, MOST_OCTETS - 1
    return b"\r\n ".join(pieces) + b"\r\n"


def card_lines(
    contact: ExportedContact, version: str, revised: str, kinds: Mapping[str, str]
) -> Iterator[str]:
    """Yield the unfolded lines of one card; `kinds` names what people are to each other."""
    is_new = version == "4.0"
    values = contact.values
    details = list(contact.details)
    yield from ("BEGIN:VCARD", f"VERSION:{version}", f"PRODID:{PRODUCT}")
    if contact.uid:
        yield f"UID:{uid_text(contact.uid, is_new)}"
    if is_new:
        yield "KIND:individual"
    text = {name: value for name, value in values.items() if isinstance(value, str)}
    yield from name_lines(text, details, is_new)
    if text.get("organisation") or text.get("department"):
        parts = (text.get("organisation", ""), text.get("department", ""))
        yield f"ORG:{';'.join(map(escape_text, parts if parts[1] else parts[:1]))}"
    if text.get("title"):
        yield f"TITLE:{escape_text(text['title'])}"
    groups = iter(range(1, 10_000))
    for kind, name in ADDRESS_PROPERTIES.items():
        if text.get(kind):
            main = Detail(kind, main_label(kind, text[kind], details), text[kind])
            yield from labelled_lines(name, main, is_new, groups, preferred=True)
    if text.get("birthday"):
        yield day_line("BDAY", text["birthday"], is_new)
    for detail in details:
        yield from detail_lines(detail, is_new, groups)
    for relation in contact.relations:
        yield from relation_lines(relation, is_new, f"item{next(groups)}", kinds)
    if text.get("note"):
        yield f"NOTE:{escape_text(text['note'])}"
    if circles := values.get("circles"):
        yield f"CATEGORIES:{','.join(map(escape_text, circles))}"
    for name, column in OWN_FIELDS.items():
        if text.get(column):
            yield f"{name}:{escape_text(text[column])}"
    yield from (f"REV:{revised}", "END:VCARD")


def name_lines(text: dict[str, str], details: list[Detail], is_new: bool) -> Iterator[str]:
    """Yield the lines of the name; what belongs to it is taken out of `details`."""
    parts = [text.get("family", ""), text.get("given", ""), "", "", ""]
    for detail in list(details):
        place = NAME_PARTS.get(detail.label)
        if detail.kind == "field" and place and not parts[place] and "\n" not in detail.value:
            parts[place] = detail.value
            details.remove(detail)
    family_kana, given_kana = text.get("family_kana", ""), text.get("given_kana", "")
    order = ""
    if is_new and (family_kana or given_kana):
        kana = f"{family_kana},{given_kana}".strip(",").replace('"', "")
        order = f';SORT-AS="{kana}"'
    yield f"N{order}:{';'.join(map(escape_text, parts))}"
    yield f"FN:{escape_text(text['name'])}"
    if family_kana:
        yield f"X-PHONETIC-LAST-NAME:{escape_text(family_kana)}"
    if given_kana:
        yield f"X-PHONETIC-FIRST-NAME:{escape_text(given_kana)}"
    if (family_kana or given_kana) and not is_new:
        yield f"SORT-STRING:{escape_text(f'{family_kana} {given_kana}'.strip())}"
    if text.get("alias"):
        yield f"NICKNAME:{escape_text(text['alias'])}"


def uid_text(uid: str, is_new: bool) -> str:
    """Return the id of a card; version 4.0 wants an address, which a UUID becomes."""
    try:
        UUID(uid)
    except ValueError:
        return uid
    return f"urn:uuid:{uid}" if is_new else uid


def main_label(kind: str, value: str, details: list[Detail]) -> str:
    """Return the label of a main address, if a detail repeats it; the detail is taken out."""
    for detail in details:
        if detail.kind == kind and detail.value == value:
            details.remove(detail)
            return detail.label
    if kind == "phone" and MOBILE_NUMBER.match(value):
        return "cell"
    return ""


def labelled_lines(
    name: str, detail: Detail, is_new: bool, groups: Iterator[int], preferred: bool = False
) -> Iterator[str]:
    """Yield a property with its label: types where they say it, else a label of Apple's form."""
    words = detail.label.split(" ") if detail.label else []
    known = TYPES.get(detail.kind, frozenset())
    is_typed = all(word in known for word in words)
    spoken = SPOKEN_TYPES.get(detail.label.casefold(), "")
    types = words if is_typed else [spoken] if spoken in known else []
    params, value = "", detail.value
    if name == "TEL" and is_new and INTERNATIONAL.fullmatch(value):
        params, value = ";VALUE=uri", f"tel:{value}"
    if is_new:
        params += ";PREF=1" if preferred else ""
        params += f';TYPE="{",".join(types)}"' if len(types) > 1 else ""
        params += f";TYPE={types[0]}" if len(types) == 1 else ""
    else:
        first = {"EMAIL": ["INTERNET"], "TEL": ["VOICE"] if "fax" not in types else []}
        written = [*first.get(name, []), *types, *(["PREF"] if preferred else [])]
        params += f";TYPE={','.join(written).upper()}" if written else ""
    text = f";;{escape_text(value)};;;;" if name == "ADR" else escape_text(value)
    group = "" if is_typed else f"item{next(groups)}."
    yield f"{group}{name}{params}:{text}"
    if group:
        yield f"{group}X-ABLabel:{apple_label(detail.label)}"


def apple_label(label: str) -> str:
    """Return a label as Apple writes it, so that a telephone shows it in its own language."""
    known = APPLE_LABELS.get(label)
    return f"_$!<{known}>!$_" if known else escape_text(label)


def day_line(name: str, day: str, is_new: bool) -> str:
    """Return a property with a day; a day without a year is written as its version does.

    >>> day_line("BDAY", "--04-15", False), day_line("BDAY", "--04-15", True)
    ('BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15', 'BDAY:--0415')
    """
    found = ISO_DAY.fullmatch(day)
    if not found:
        return f"{name};VALUE=text:{escape_text(day)}"
    year, month, date = found.groups()
    if is_new:
        return f"{name}:{'--' if year == '-' else year}{month}{date}"
    if year == "-":
        return f"{name};X-APPLE-OMIT-YEAR={UNKNOWN_YEAR}:{UNKNOWN_YEAR}-{month}-{date}"
    return f"{name}:{day}"


def detail_lines(detail: Detail, is_new: bool, groups: Iterator[int]) -> Iterator[str]:
    """Yield the lines of one detail."""
    kind, label, value = detail
    is_line = value == " ".join(value.split())  # as the names of services and relatives are read
    if kind in ADDRESS_PROPERTIES:
        yield from labelled_lines(ADDRESS_PROPERTIES[kind], detail, is_new, groups)
    elif kind == "address":
        yield from labelled_lines("ADR", detail, is_new, groups)
    elif kind == "date" and is_new and label == "anniversary":
        yield day_line("ANNIVERSARY", value, is_new)
    elif kind == "date":
        yield from grouped_lines(day_line("X-ABDATE", value, is_new), label, groups)
    elif label in SERVICE_OF and is_line:
        yield f"{SERVICE_OF[label]}:{escape_text(value)}"
    elif label and label in ANDROID_RELATIONS and is_line:
        yield from grouped_lines(f"X-ABRELATEDNAMES:{escape_text(value)}", label, groups)
    elif is_property(label, value):
        yield f"{label}:{hide_breaks(value)}"
    else:
        yield from grouped_lines(f"{OWN_DETAIL}:{escape_text(value)}", label, groups)


def relation_lines(
    relation: FileRelation, is_new: bool, group: str, kinds: Mapping[str, str]
) -> Iterator[str]:
    """Yield what another card is to this one: as programs read it, and as we read it again."""
    uid = uid_text(relation.uid, is_new)
    if is_new and uid.startswith("urn:uuid:"):
        named = TYPE_OF_RELATION.get(relation.kind, "")
        yield f"{group}.RELATED{';TYPE=' if named else ''}{named}:{uid}"
    else:
        name = "RELATED;VALUE=text" if is_new else "X-ABRELATEDNAMES"
        yield f"{group}.{name}:{escape_text(relation.name)}"
    said = relation.words or kinds.get(relation.kind, "")
    spoken = "" if relation.words else APPLE_RELATIONS.get(relation.kind, "")
    if said:
        yield f"{group}.X-ABLabel:{f'_$!<{spoken}>!$_' if spoken else escape_text(said)}"
    parts = (relation.uid, relation.kind, relation.words, relation.inverse)
    yield f"{group}.{OWN_RELATION}:{';'.join(map(escape_text, parts))}"


def grouped_lines(line: str, label: str, groups: Iterator[int]) -> Iterator[str]:
    """Yield a line, in a group with its label if it has one."""
    if not label:
        yield line
        return
    group = f"item{next(groups)}"
    yield f"{group}.{line}"
    yield f"{group}.X-ABLabel:{apple_label(label)}"


def is_property(label: str, value: str) -> bool:
    """Return whether a field came from a property of a card and can be written as that again."""
    head = parse_head(label.encode("utf-8", "replace"))
    return (
        bool(head.name)
        and head.spelling == label
        and not head.group
        and not head.is_binary
        and head.name not in ENVELOPE | UNTAKEN | READ_PROPERTIES
        and show_breaks(hide_breaks(value), old=False) == value == value.strip()
        and plain_label(label) == label
    )
