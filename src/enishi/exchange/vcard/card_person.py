"""What one vCard says of a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b

from enishi.exchange.csv_record import (
    CUT_TEXT,
    LONGEST_DETAIL,
    LONGEST_LABEL,
    Detail,
    FileRelation,
    Problem,
    Value,
    fit_values,
    keep_groups,
    quoted,
)
from enishi.exchange.vcard.card_addresses import (
    read_addresses,
    read_post_address,
    read_service,
)
from enishi.exchange.vcard.card_android import read_android
from enishi.exchange.vcard.card_days import CARD_DAYS, read_birth, read_date
from enishi.exchange.vcard.card_draft import CardDetail, CardDraft
from enishi.exchange.vcard.card_lines import CardLine, VCard
from enishi.exchange.vcard.card_names import read_names
from enishi.exchange.vcard.card_properties import (
    ADDRESS_PROPERTIES,
    ENVELOPE,
    OWN_DETAIL,
    OWN_FIELDS,
    OWN_RELATION,
    SERVICES,
    UNTAKEN,
)
from enishi.exchange.vcard.card_relatives import RELATIVES, read_own_relation, read_relative
from enishi.exchange.vcard.card_text import unescape
from enishi.exchange.vcard.card_unknown import keep_lone_labels, read_unknown

STOOD_IN = ("organisation", "email", "phone", "url")
MOST_CARD_DETAILS = 200
"""Maximum details of a contact."""
MAIL_ADDRESS = re.compile(r"\S+@\S+\.\S+")
UID_KEY = re.compile(r"[\w@.:+-]{1,80}")
MANY_DETAILS = "This card has {count} further entries; the first {most} are taken over."
NO_NAME = "This line has no name; “{stand_in}” stands in for it."
NOBODY = "This line names nobody and is passed over."


@dataclass(slots=True)
class CardPerson:
    """What one card says.

    Attributes:
        line: where the card begins.
        uid: its id, without "urn:uuid:".
        key: identifies it in a later import.
        values: the fields of the contact; empty if it is nobody.
        details: what has no column, in the order of the card.
        relations: what other cards are to this one.
        problems: the problems of its lines.
        has_binary: whether it has a picture or the like.
        is_group: whether it is a group.
        group_name: the group's name.
        members: the ids of the group's members.
    """

    line: int
    uid: str = ""
    key: str = ""
    values: dict[str, Value] = field(default_factory=dict)
    details: list[CardDetail] = field(default_factory=list)
    relations: list[FileRelation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    has_binary: bool = False
    is_group: bool = False
    group_name: str = ""
    members: tuple[str, ...] = ()


def read_person(card: VCard) -> CardPerson:
    """Return what a card says."""
    draft = CardDraft(card)
    person = CardPerson(card.line, problems=card.problems)
    person.uid = draft.first("UID").removeprefix("urn:uuid:")
    kind = draft.first("KIND") or draft.first("X-ADDRESSBOOKSERVER-KIND")
    person.members = tuple(
        draft.line_text(line).removeprefix("urn:uuid:")
        for name in ("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER")
        for line in draft.named.get(name, ())
    )
    is_reached = "EMAIL" in draft.named or "TEL" in draft.named  # without members: kept as a person
    if kind.lower() == "group" and (person.members or not is_reached):
        person.is_group, person.group_name = True, draft.first("FN") or draft.first("N")
        return person
    read_names(draft)
    for line in card.lines:
        name = line.head.name
        if line.head.is_binary or name in UNTAKEN:
            person.has_binary = True
        elif name not in ENVELOPE:
            PROPERTY_READERS.get(name, read_unknown)(draft, line)
    keep_lone_labels(draft)
    for column, name in ADDRESS_PROPERTIES.items():
        read_addresses(draft, column, name)
    if draft.notes:
        draft.values["note"] = "\n".join(draft.notes)
    person.key = key_of_card(person.uid, card)
    person.values = named_values(draft)
    if person.values:
        draft.details.sort(key=lambda one: one[0])
        person.details = fit_details(draft, [detail for _, detail in draft.details])
        person.relations = draft.relations[:MOST_CARD_DETAILS]
    return person


def named_values(draft: CardDraft) -> dict[str, Value]:
    """Return the values with a name or a stand-in for one; none if the card has neither."""
    values = draft.values
    name = str(values.get("name", ""))
    if not name or MAIL_ADDRESS.fullmatch(name):
        stand_in = str(next((values[one] for one in STOOD_IN if values.get(one)), name))
        if not stand_in:
            draft.record.add_problem(NOBODY)
            return {}
        draft.record.add_problem(NO_NAME, stand_in=stand_in)
        values["name"] = stand_in
    return {**fit_values(values, draft.record), "source": "vcard"}


def key_of_card(uid: str, card: VCard) -> str:
    """Return what identifies a card in a later import: its id, else its content."""
    if UID_KEY.fullmatch(uid):
        return f"uid:{uid}"
    changing = ("PRODID", "REV", "VERSION", "PHOTO")
    said = uid or "|".join(
        sorted(
            f"{one.head.name}={''.join(one.value.split())}"
            for one in card.lines
            if one.head.name not in changing and not one.head.is_binary
        )
    )
    return f"vcard:{blake2b(said.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"


def read_broken(draft: CardDraft, line: CardLine) -> None:
    """Keep a line that is no property in the note."""
    draft.notes.append(line.value.strip())


def read_note(draft: CardDraft, line: CardLine) -> None:
    """Read a note; several become one."""
    text = unescape(line.value, draft.old)
    if text.strip():
        draft.notes.append(text if draft.is_own else text.strip())


def read_own_field(draft: CardDraft, line: CardLine) -> None:
    """Read a property of our own into its column."""
    draft.values[OWN_FIELDS[line.head.name]] = draft.line_text(line)


def read_work(draft: CardDraft, line: CardLine) -> None:
    """Read an organisation, a title or a role; a second one becomes a detail."""
    values, name = draft.values, line.head.name
    if name == "ORG":
        first, *rest = draft.parts(line)
        found = {"organisation": first, "department": " ".join(filter(None, rest))}
    else:
        found = {"title": draft.line_text(line)}
    found = {column: " ".join(text.split()) for column, text in found.items() if text}
    if not any(column in values for column in found):
        values |= found
    elif any(values.get(column) != text for column, text in found.items()):
        draft.add(line, "field", name, " ".join(found.values()))


def read_categories(draft: CardDraft, line: CardLine) -> None:
    """Read the circles of a person; version 2.1 has one a line, or several between semicolons."""
    parts = draft.parts(line, ";" if draft.old else ",")
    named = [" ".join(part.split()) for part in parts]
    kept = filter(None, named) if draft.is_own else keep_groups(named)
    before: tuple[str, ...] = tuple(draft.values.get("circles", ()))
    draft.values["circles"] = tuple(dict.fromkeys((*before, *kept)))


def fit_details(draft: CardDraft, details: list[CardDetail]) -> list[CardDetail]:
    """Return the details within the limits of the book, and report what is cut."""
    if len(details) > MOST_CARD_DETAILS:
        draft.record.add_problem(MANY_DETAILS, count=len(details), most=MOST_CARD_DETAILS)
    fitting = []
    for (kind, label, value), uid, shown in details[:MOST_CARD_DETAILS]:
        if len(value) > LONGEST_DETAIL:
            draft.record.add_problem(CUT_TEXT, start=quoted(value), most=LONGEST_DETAIL)
        cut = Detail(kind, label[:LONGEST_LABEL].rstrip(), value[:LONGEST_DETAIL].rstrip())
        fitting.append(CardDetail(cut, uid, shown))
    return fitting


PROPERTY_READERS: dict[str, Callable[[CardDraft, CardLine], None]] = {
    "": read_broken,
    "NOTE": read_note,
    **dict.fromkeys(("ORG", "TITLE", "ROLE"), read_work),
    "CATEGORIES": read_categories,
    **dict.fromkeys(("ADR", "LABEL"), read_post_address),
    "BDAY": read_birth,
    **dict.fromkeys(CARD_DAYS, read_date),
    **dict.fromkeys(RELATIVES, read_relative),
    OWN_RELATION: read_own_relation,
    **dict.fromkeys((*SERVICES, "IMPP", "X-SOCIALPROFILE"), read_service),
    **dict.fromkeys(OWN_FIELDS, read_own_field),
    "X-ANDROID-CUSTOM": read_android,
}
"""What reads each property, by its name; any other goes to `read_unknown`."""
READ_PROPERTIES = frozenset(
    {
        *PROPERTY_READERS,
        *("SOUND", "CLASS", "X-CLASS", "SORT-STRING", "X-KANA", "AGENT", OWN_DETAIL),
    }
)
"""Properties of which the reader makes more than a field under their name."""
