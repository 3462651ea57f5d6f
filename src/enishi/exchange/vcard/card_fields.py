"""The fields of a contact from the properties of one vCard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from enishi.exchange.csv_record import (
    CUT_TEXT,
    LONGEST_DETAIL,
    LONGEST_LABEL,
    Detail,
    Problem,
    Record,
    Value,
    fit_values,
    quoted,
)
from enishi.exchange.google import EVERYBODY, MET
from enishi.exchange.vcard.card_lines import CardLine, VCard
from enishi.exchange.vcard.card_text import (
    plain_label,
    read_card_day,
    show_breaks,
    split_escaped,
    type_label,
    unescape,
    without_marks,
)
from enishi.i18n.kana import to_katakana
from enishi.i18n.names import HONORIFICS, display_name, is_east_asian

ENVELOPE = frozenset(
    {
        *("BEGIN", "END", "VERSION", "PRODID", "REV", "UID", "KIND", "FN", "N", "MEMBER"),
        *("X-ABLABEL", "X-ABADR", "X-ABSHOWAS", "X-ABUID", "CLIENTPIDMAP", "X-IMAGETYPE"),
        *("X-ADDRESSBOOKSERVER-KIND", "X-ADDRESSBOOKSERVER-MEMBER"),
    }
)
"""Properties that say nothing of the person, or that are read before the others."""
PRODUCT = "-//Enishi//Workbook//EN"
"""What our own cards say they were written by; their names and notes are taken as they stand."""
UNTAKEN = frozenset({"PHOTO", "LOGO", "KEY"})
OWN_FIELDS = {
    "X-ENISHI-ROMAJI": "romaji",
    "X-ENISHI-CALLED": "called",
    "X-ENISHI-HONORIFIC": "honorific",
    "X-ENISHI-HOW-MET": "how_met",
    "X-ENISHI-WHERE-MET": "where_met",
    "X-ENISHI-MET-ON": "met_on",
}
"""Properties of our own for columns that vCard has no property for."""
OWN_DETAIL = "X-ENISHI-FIELD"
"""A property of our own for a field with a name of one's own, which stands in its label."""
PHONETIC = {
    "X-PHONETIC-LAST-NAME": "family_kana",
    "X-PHONETIC-FIRST-NAME": "given_kana",
}
SERVICES = {
    "X-SKYPE": "Skype",
    "X-SKYPE-USERNAME": "Skype",
    "X-SIP": "SIP",
    "X-QQ": "QQ",
    "X-AIM": "AIM",
    "X-MSN": "MSN",
    "X-ICQ": "ICQ",
    "X-YAHOO": "Yahoo",
    "X-JABBER": "Jabber",
    "X-GOOGLE-TALK": "Google Talk",
    "X-LINE": "LINE",
}
"""Names at services for messages, and what the service is called."""
CARD_DAYS = {
    "ANNIVERSARY": "anniversary",
    "X-ANNIVERSARY": "anniversary",
    "X-EVOLUTION-ANNIVERSARY": "anniversary",
    "X-ABDATE": "",
}
RELATIVES = {
    "X-ABRELATEDNAMES": "",
    "X-SPOUSE": "spouse",
    "X-EVOLUTION-SPOUSE": "spouse",
    "X-MANAGER": "manager",
    "X-EVOLUTION-MANAGER": "manager",
    "X-ASSISTANT": "assistant",
    "X-EVOLUTION-ASSISTANT": "assistant",
    "RELATED": "",
}
READ_PROPERTIES = frozenset(
    {
        *("EMAIL", "TEL", "URL", "NOTE", "ORG", "TITLE", "ROLE", "CATEGORIES", "ADR", "LABEL"),
        *("BDAY", "IMPP", "X-SOCIALPROFILE", "X-ANDROID-CUSTOM", "NICKNAME", "SOUND", "CLASS"),
        *("X-CLASS", "SORT-STRING", "X-KANA", "X-PHONETIC-MIDDLE-NAME", "AGENT", OWN_DETAIL),
        *(*CARD_DAYS, *RELATIVES, *SERVICES, *OWN_FIELDS, *PHONETIC),
    }
)
"""Properties of which the reader makes more than a field under their name."""
ANDROID = "vnd.android.cursor.item/"
ANDROID_EVENTS = ("", "anniversary", "other", "birthday")
ANDROID_RELATIONS = (
    *("", "assistant", "brother", "child", "domestic partner", "father", "friend", "manager"),
    *("mother", "parent", "partner", "referred by", "relative", "sister", "spouse"),
)
"""What Android's numbers mean; at 0 a label of one's own follows."""
PLAIN_LABELS = frozenset(
    {"", "home", "work", "cell", "mobile", "other", "main", "home page", "profile", "iphone"}
)
"""Labels that the one address of a kind needs not to keep."""
STOOD_IN = ("organisation", "email", "phone", "url")
MOST_CARD_DETAILS = 200
"""Maximum details of a contact."""
IN_KANA = re.compile(r"[\s\u3000・ー\u3041-\u309f\u30a0-\u30ff\uff65-\uff9f]+")
"""A text in kana."""
BRACKETED = re.compile(r"\s*<([^<>]*)>\s*")
"""A reading within the name, as old telephones wrote it."""
MAIL_ADDRESS = re.compile(r"\S+@\S+\.\S+")
UID_KEY = re.compile(r"[\w@.:+-]{1,80}")
MANY_DETAILS = "This card has {count} further entries; the first {most} are taken over."
UNREAD_CARD_DAY = "The day “{text}” could not be read; it is kept as text."
NO_NAME = "This line has no name; “{stand_in}” stands in for it."
NOBODY = "This line names nobody and is passed over."


class CardDetail(NamedTuple):
    """A detail, and where it leads to another card: its UID, and the label it then has."""

    detail: Detail
    uid: str = ""
    label: str = ""


@dataclass(slots=True)
class CardPerson:
    """What one card says.

    Attributes:
        line: where the card begins.
        uid: its id, without "urn:uuid:".
        key: identifies it in a later import.
        values: the fields of the contact; empty if it is nobody.
        details: what has no column, in the order of the card.
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
    problems: list[Problem] = field(default_factory=list)
    has_binary: bool = False
    is_group: bool = False
    group_name: str = ""
    members: tuple[str, ...] = ()


class CardDraft:
    """A card while it is read: its lines by name, and what was found so far."""

    def __init__(self, card: VCard) -> None:
        self.card = card
        self.old = card.is_old
        self.is_own = any(one.value == PRODUCT for one in card.lines if one.head.name == "PRODID")
        self.record = Record(card.line, {}, {}, card.problems)
        self.named: dict[str, list[CardLine]] = {}
        self.labels: dict[str, str] = {}
        self.values: dict[str, Value] = {}
        self.details: list[tuple[int, CardDetail]] = []
        self.notes: list[str] = []
        self.addresses: dict[str, list[CardLine]] = {"email": [], "phone": [], "url": []}
        for line in card.lines:
            self.named.setdefault(line.head.name, []).append(line)
            if line.head.name == "X-ABLABEL":
                self.labels[line.head.group] = plain_label(self.text(line))

    def text(self, line: CardLine) -> str:
        """Return the text of a property."""
        return unescape(line.value, self.old).strip()

    def line_text(self, line: CardLine) -> str:
        """Return the text of a property on one line."""
        return " ".join(self.text(line).split())

    def parts(self, line: CardLine, separator: str = ";", joined: str = "") -> list[str]:
        """Return the parts of a property; lists within a part are joined by `joined`, if given."""
        parts = split_escaped(line.value, separator)
        if joined and not self.old:
            parts = [joined.join(split_escaped(part, ",")) for part in parts]
        return [unescape(part, self.old).strip() for part in parts]

    def first(self, name: str) -> str:
        """Return the text of the first property of this name, or ""."""
        lines = self.named.get(name)
        return self.line_text(lines[0]) if lines else ""

    def label(self, line: CardLine) -> str:
        """Return what the card calls a property: its label, else its types."""
        own = self.labels.get(line.head.group, "") if line.head.group else ""
        return own or type_label(line.head.types)

    def add(self, line: CardLine, kind: str, label: str, value: str, uid: str = "") -> None:
        """Add a detail, if it holds anything."""
        if not value.strip():
            return
        label = " ".join(label.split())
        raw = f"{line.head.spelling}" if uid else label
        self.details.append((line.number, CardDetail(Detail(kind, raw, value), uid, label)))

    def add_problem(self, line: CardLine, sentence: str, **facts: object) -> None:
        """Add a problem of a line."""
        self.card.problems.append(Problem(line.number, sentence, facts))


def read_person(card: VCard) -> CardPerson:
    """Return what a card says."""
    draft = CardDraft(card)
    person = CardPerson(card.line, problems=card.problems)
    person.uid = draft.first("UID").removeprefix("urn:uuid:")
    kind = draft.first("KIND") or draft.first("X-ADDRESSBOOKSERVER-KIND")
    if kind.lower() == "group":
        person.is_group, person.group_name = True, draft.first("FN") or draft.first("N")
        person.members = tuple(
            draft.line_text(line).removeprefix("urn:uuid:")
            for name in ("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER")
            for line in draft.named.get(name, ())
        )
        return person
    read_names(draft)
    for line in card.lines:
        if line.head.is_binary or line.head.name in UNTAKEN:
            person.has_binary = True
        elif line.head.name not in ENVELOPE:
            read_property(draft, line)
    for chosen in ("email", "phone", "url"):
        choose_address(draft, chosen)
    if draft.notes:
        draft.values["note"] = "\n".join(draft.notes)
    person.key = key_of_card(person.uid, card)
    person.values = named_values(draft)
    if person.values:
        draft.details.sort(key=lambda one: one[0])
        person.details = fit_details(draft, [detail for _, detail in draft.details])
    return person


def named_values(draft: CardDraft) -> dict[str, Value]:
    """Return the values with a name or a stand-in for one; empty if the card names nobody."""
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


# -- names -------------------------------------------------------------------------------------


def read_names(draft: CardDraft) -> None:
    """Read the name, its parts, its readings, and its form in Latin letters."""
    values = draft.values
    written = [line for line in draft.named.get("N", ()) if "PHONETIC" not in line.head.params]
    line = main_name(draft, written)
    parts = draft.parts(line, joined=" ") if line else []
    bracketed = ""
    for at, part in enumerate(parts[:2] if not draft.is_own else ()):
        if found := BRACKETED.search(part):
            bracketed = f"{bracketed} {found[1]}".strip()
            parts[at] = BRACKETED.sub(" ", part).strip()
    family, given, middle, prefix, suffix = (
        " ".join(one.split()) for one in (parts + [""] * 5)[:5]
    )
    given = f"{given} {middle}".strip()
    if draft.is_own:
        pass
    elif not given and is_east_asian(family) and len(family.split()) == 2:
        family, given = family.split()
    full_line = main_name(draft, draft.named.get("FN", []))
    full = draft.line_text(full_line) if full_line else ""
    full = full if draft.is_own else BRACKETED.sub(" ", full).strip()
    name = full
    bare = full.removeprefix(prefix).removesuffix(suffix)
    if not full or (not draft.is_own and same_parts(bare, family, given)):
        name = display_name(family, given) or full
    if suffix in HONORIFICS:
        values["honorific"] = suffix
    elif line:
        draft.add(line, "field", "Suffix", suffix)
    if line:
        draft.add(line, "field", "Prefix", prefix)
    others = [one for one in draft.named.get("FN", []) if one is not full_line]
    latin = next((draft.line_text(one) for one in others if "ALTID" in one.head.params), "")
    values |= {"family": family, "given": given, "romaji": "" if is_east_asian(latin) else latin}
    for one in others:
        if draft.line_text(one) not in ("", values["romaji"], full):
            draft.add(one, "field", "FN", draft.line_text(one))
    read_readings(draft, line, bracketed)
    nickname = read_nicknames(draft)
    values["name"] = name or nickname
    values["alias"] = nickname


def main_name(draft: CardDraft, lines: list[CardLine]) -> CardLine | None:
    """Return the first of several forms of a name, one in kanji or kana before others."""
    filled = [line for line in lines if line.value.strip("; ")]
    asian = (line for line in filled if is_east_asian(line.value) and len(filled) > 1)
    return next(asian, filled[0] if filled else None)


def same_parts(written: str, family: str, given: str) -> bool:
    """Return whether `written` consists of these two parts in either order."""
    if written == f"{family} {given}":  # by far the most frequent
        return True
    plain, one, two = (re.sub(r"[\s,、・]", "", text) for text in (written, family, given))
    return plain in (one + two, two + one)


def read_readings(draft: CardDraft, line: CardLine | None, bracketed: str) -> None:
    """Read how the name is read, from the first of the places that say it."""
    values = draft.values
    for name, column in PHONETIC.items():
        if reading := draft.first(name):
            values[column] = reading if draft.is_own else to_katakana(reading)
    middle = draft.first("X-PHONETIC-MIDDLE-NAME")
    if middle:
        values["given_kana"] = f"{values.get('given_kana', '')} {to_katakana(middle)}".strip()
    if values.get("family_kana") or values.get("given_kana"):
        return
    for one in reading_parts(draft, line, bracketed):
        if any(one) and all(not part or IN_KANA.fullmatch(part) for part in one):
            values["family_kana"], values["given_kana"] = map(to_katakana, one)
            return


def reading_parts(
    draft: CardDraft, line: CardLine | None, bracketed: str
) -> Iterable[tuple[str, str]]:
    """Yield the readings of family and given name that a card offers, the most reliable first."""
    for one in draft.named.get("SOUND", ()):
        if "irmc-n" in (word.lower() for word in one.head.types):  # TYPE=X-IRMC-N
            parts = draft.parts(one)
            yield split_reading(parts[0], parts[1] if len(parts) > 1 else "")
    for one in draft.named.get("N", ()):
        if "PHONETIC" in one.head.params:
            parts = draft.parts(one)
            yield split_reading(parts[0], parts[1] if len(parts) > 1 else "")
    if line and (order := line.head.params.get("SORT-AS")):
        family, _, given = order.partition(",")
        yield split_reading(family, given)
    yield split_reading(draft.first("SORT-STRING"), "")
    yield split_reading(draft.first("X-KANA"), "")
    yield split_reading(bracketed, "")


def split_reading(family: str, given: str) -> tuple[str, str]:
    """Return a reading in two parts; one text is split at its gap.

    >>> split_reading("カクウ ハナコ", ""), split_reading("カクウ", "ハナコ")
    (('カクウ', 'ハナコ'), ('カクウ', 'ハナコ'))
    """
    family, given = " ".join(family.replace(",", " ").split()), " ".join(given.split())
    if family and not given:
        family, _, given = family.partition(" ")
    return family, given


def read_nicknames(draft: CardDraft) -> str:
    """Return the first nickname; further ones become details."""
    found: list[tuple[CardLine, str]] = []
    for line in draft.named.get("NICKNAME", ()):
        names = [draft.line_text(line)] if draft.old else draft.parts(line, ",")
        found.extend((line, name) for name in names if name)
    for line in draft.named.get("X-ANDROID-CUSTOM", ()):
        kind, name, *_ = [*android_parts(draft, line), "", ""]
        if kind == "nickname" and name:
            found.append((line, name))
    for line, name in found[1:]:
        draft.add(line, "field", "NICKNAME", name)
    return found[0][1] if found else ""


# -- the other properties ----------------------------------------------------------------------


def read_property(draft: CardDraft, line: CardLine) -> None:
    """Read one property into the field, the detail or the note that it belongs to."""
    name = line.head.name
    if not name:
        draft.notes.append(line.value.strip())
    elif name in ("EMAIL", "TEL", "URL"):
        draft.addresses[{"EMAIL": "email", "TEL": "phone", "URL": "url"}[name]].append(line)
    elif name == "NOTE":
        text = unescape(line.value, draft.old)
        if text.strip():
            draft.notes.append(text if draft.is_own else text.strip())
    elif name in ("ORG", "TITLE", "ROLE"):
        read_work(draft, line)
    elif name == "CATEGORIES":
        read_categories(draft, line)
    elif name in ("ADR", "LABEL"):
        read_post_address(draft, line)
    elif name == "BDAY":
        day = read_card_day(line.value, line.head.params.get("X-APPLE-OMIT-YEAR", ""))
        keep_day(draft, line, "birthday", day)
    elif name in CARD_DAYS:
        read_date(draft, line, CARD_DAYS[name] or draft.label(line))
    elif name in RELATIVES:
        read_relative(draft, line)
    elif name in SERVICES or name in ("IMPP", "X-SOCIALPROFILE"):
        read_service(draft, line)
    elif name in OWN_FIELDS:
        draft.values[OWN_FIELDS[name]] = draft.line_text(line)
    elif name == "X-ANDROID-CUSTOM":
        read_android(draft, line)
    else:
        read_unknown(draft, line)


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
    kept = [one for one in named if one and (draft.is_own or one.casefold() not in EVERYBODY)]
    before: tuple[str, ...] = tuple(draft.values.get("circles", ()))
    draft.values["circles"] = tuple(dict.fromkeys((*before, *kept)))


def read_post_address(draft: CardDraft, line: CardLine) -> None:
    """Read an address of the post, or a label for one that says more than the address does."""
    if line.head.name == "ADR":
        parts = draft.parts(line, joined=", ")
        written = draft.line_text(line) if len(parts) < 3 else format_address(parts)
        draft.add(line, "address", draft.label(line), written)
        labelled = line.head.params.get("LABEL", "").replace("\\n", "\n")
    else:
        written, labelled = "", draft.text(line)
    known = "".join(one.detail.value for _, one in draft.details if one.detail.kind == "address")
    squeezed = "".join(known.split())
    if labelled and any(word not in squeezed for word in labelled.split()):
        draft.add(line, "address", draft.label(line), labelled.strip())


def format_address(parts: list[str]) -> str:
    r"""Return an address of the post as text, in the order of its country.

    >>> format_address(["", "", "見本町1-2-3", "千代田区", "東京都", "100-0000", "日本"])
    '100-0000 東京都千代田区見本町1-2-3\n日本'
    """
    box, extended, street, city, region, code, country = (parts + [""] * 7)[:7]
    if is_east_asian(city + region + street):
        first = f"{code} {region}{city}{street}".strip()
        lines = [first, extended, box, country]
    else:
        lines = [box, extended, street, city, region, code, country]
    return "\n".join(line for line in lines if line)


def keep_day(draft: CardDraft, line: CardLine, column: str, day: str) -> None:
    """Keep a day in a column; one that cannot be read is told and kept as text."""
    if day and not draft.values.get(column):
        draft.values[column] = day
    elif day:
        draft.add(line, "date", draft.label(line) or line.head.name.lower(), day)
    elif text := draft.line_text(line):
        draft.add_problem(line, UNREAD_CARD_DAY, text=text[:40])
        draft.add(line, "field", line.head.name, text)


def read_date(draft: CardDraft, line: CardLine, label: str) -> None:
    """Read an important day; the day one met has a column of its own."""
    day = read_card_day(line.value, line.head.params.get("X-APPLE-OMIT-YEAR", ""))
    is_met = label.casefold() in MET and not draft.is_own
    if day and is_met and not day.startswith("--"):
        keep_day(draft, line, "met_on", day)
    elif day:
        draft.add(line, "date", label, day)
    elif text := draft.line_text(line):
        draft.add_problem(line, UNREAD_CARD_DAY, text=text[:40])
        draft.add(line, "field", label or line.head.name, text)


def read_relative(draft: CardDraft, line: CardLine) -> None:
    """Read who somebody is to the person; a link to another card is solved later."""
    text = draft.line_text(line)
    label = RELATIVES[line.head.name] or draft.label(line)
    if line.head.name == "RELATED" and text.startswith("urn:uuid:"):
        draft.add(line, "field", label, text, uid=text.removeprefix("urn:uuid:"))
    else:
        draft.add(line, "field", label or "related", text)


def read_service(draft: CardDraft, line: CardLine) -> None:
    """Read a name at a service for messages, or a profile."""
    name, params = line.head.name, line.head.params
    text = draft.line_text(line)
    if name == "X-SOCIALPROFILE":
        kind = "url" if "://" in text else "field"
        draft.add(line, kind, draft.label(line) or "profile", without_marks(text))
        return
    service = SERVICES.get(name) or params.get("X-SERVICE-TYPE") or params.get("SERVICE-TYPE")
    scheme = text.partition(":")[0] if ":" in text else ""
    draft.add(line, "field", service or draft.label(line) or scheme or "IMPP", text)


def android_parts(draft: CardDraft, line: CardLine) -> list[str]:
    """Return what an Android property says: its kind, its value, a number, a label."""
    kind, *rest = draft.parts(line)
    return [kind.removeprefix(ANDROID), *rest]


def read_android(draft: CardDraft, line: CardLine) -> None:
    """Read a nickname, a day or a relation as Android writes it."""
    kind, value, number, label, *_ = [*android_parts(draft, line), "", "", "", ""]
    known = {"contact_event": ANDROID_EVENTS, "relation": ANDROID_RELATIONS}.get(kind)
    if kind == "nickname":
        return
    if known is None:
        return read_unknown(draft, line)
    at = int(number) if number.isdecimal() and len(number) < 3 else 0
    said = label or (known[at] if at < len(known) else "")
    if kind == "relation":
        return draft.add(line, "field", said or "related", value)
    day = read_card_day(value)
    if day and said == "birthday":
        return keep_day(draft, line, "birthday", day)
    return draft.add(line, "date" if day else "field", said or "date", day or value)


def read_unknown(draft: CardDraft, line: CardLine) -> None:
    """Keep a property that nothing is known of, so that an export can write it again."""
    name, text = line.head.name, show_breaks(line.value, draft.old).strip()
    own = draft.labels.get(line.head.group, "") if line.head.group else ""
    if name in ("CLASS", "X-CLASS") and text.upper() == "PUBLIC":
        return
    if name in PHONETIC or name in ("X-PHONETIC-MIDDLE-NAME", "NICKNAME"):
        return
    if name == "SORT-STRING" and draft.is_own:
        return
    if name in ("SOUND", "SORT-STRING", "X-KANA") and is_reading(draft, line):
        return
    if own or name == OWN_DETAIL:
        draft.add(line, "field", own, unescape(line.value, draft.old))
    else:
        draft.add(line, "field", line.head.spelling, text)


def is_reading(draft: CardDraft, line: CardLine) -> bool:
    """Return whether a property says only what the name or its reading says."""
    said = to_katakana(draft.line_text(line).replace(";", " "))
    values: Mapping[str, Value] = draft.values
    parts = (
        (str(values.get(f"family{end}", "")), str(values.get(f"given{end}", "")))
        for end in ("", "_kana")
    )
    return not said or any(
        same_parts(said, to_katakana(family), to_katakana(given)) or said == to_katakana(family)
        for family, given in parts
    )


def choose_address(draft: CardDraft, column: str) -> None:
    """Put the main address of a kind into its column; the others become details.

    One that is preferred goes first, then a mobile telephone, and a fax last. The main one's label
    is kept if it is one of the person's own.
    """
    found = [
        (line, label, value)
        for line in draft.addresses[column]
        if (value := address_value(draft, line, column))
        for label in (draft.label(line),)
    ]
    if not found:
        return
    main = min(found, key=lambda one: rank_of(one[0], column))
    draft.values[column] = main[2]
    for one in found:
        line, label, value = one
        is_plain = label in PLAIN_LABELS or all(word in PLAIN_LABELS for word in label.split())
        if one is not main or not is_plain:
            draft.add(line, column, label, value)


def address_value(draft: CardDraft, line: CardLine, column: str) -> str:
    """Return an address without what surrounds it in its property."""
    text = without_marks(draft.line_text(line))
    for scheme in {"email": ("mailto:",), "phone": ("tel:",)}.get(column, ()):
        if text.lower().startswith(scheme):
            text = text[len(scheme) :]
    return text


def rank_of(line: CardLine, column: str) -> tuple[bool, int, bool]:
    """Return how little an address suits as the main one."""
    types = [word.lower() for word in line.head.types]
    pref = line.head.params.get("PREF", "")
    preferred = int(pref) if pref.isdecimal() and len(pref) < 4 else 1 if "pref" in types else 100
    is_fax = column == "phone" and ("fax" in types or "pager" in types)
    return is_fax, preferred, column == "phone" and "cell" not in types


def fit_details(draft: CardDraft, details: list[CardDetail]) -> list[CardDetail]:
    """Return the details within the limits of the book; what is cut is told."""
    if len(details) > MOST_CARD_DETAILS:
        draft.record.add_problem(MANY_DETAILS, count=len(details), most=MOST_CARD_DETAILS)
    fitting = []
    for one in details[:MOST_CARD_DETAILS]:
        kind, label, value = one.detail
        if len(value) > LONGEST_DETAIL:
            draft.record.add_problem(CUT_TEXT, start=quoted(value), most=LONGEST_DETAIL)
        cut = Detail(kind, label[:LONGEST_LABEL].rstrip(), value[:LONGEST_DETAIL].rstrip())
        fitting.append(one._replace(detail=cut))
    return fitting
