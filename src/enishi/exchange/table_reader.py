"""Reader for one line of a table whose headings have a meaning each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from enishi.exchange.addresses import compose_address, join_address_lines
from enishi.exchange.cells.cell_words import CellValue, label_of
from enishi.exchange.cells.email_cells import EXCHANGE_ADDRESS, PLAIN_MAIL, read_emails
from enishi.exchange.cells.phone_cells import (
    MOBILE_WORDS,
    PLAIN_PHONE,
    is_never_main,
    read_phones,
)
from enishi.exchange.csv_record import LONGEST_LABEL, Record, Value, keep_groups, quoted
from enishi.exchange.date_parsing import month_number
from enishi.exchange.file_days import FileDays
from enishi.exchange.headings.file_kinds import BY_NAME, DEFAULT_CELLS, plain_header, targets
from enishi.exchange.headings.synonyms import suggest_target
from enishi.i18n.kana import to_katakana
from enishi.i18n.names import display_name, is_east_asian

JOINED = {"given": " ", "given_kana": " ", "note": "\n"}
"""Fields of which a line may have several parts, and what joins them."""
SINGLE = (
    *("name", "family", "kana", "family_kana", "romaji", "alias", "honorific", "called"),
    *("organisation", "department", "title", "how_met", "where_met"),
)
"""Fields of which a line has one; a second value is kept as a field of its own."""
USUAL_HONORIFICS = frozenset({"様", "さま", "さん", "殿", "mr", "mr.", "ms", "ms.", "mrs", "mrs."})
TITLE_AFTER = re.compile("(?<=\\S)(?:[ \u3000]+(?:様|さま|さん|殿)|様)$")
NAME_ASIDE = re.compile("[ \u3000]*[(（]([^()（）]+)[)）]$")
"""What stands in brackets after a name: a maiden name, or a remark."""
BESIDE_NAME = re.compile(
    r"\b(?:(?:dr|prof|mr|mrs|ms|mme|jr|sr|dipl|ing|ph\.?d|esq)\b\.?|md|mba|cpa|ii|iii|iv|herr|frau"
    r"|(?:zahn)?(?:arzt|ärztin)|(?:rechts)?anw[aä]lt(?:in)?|dentist|doctor|plumber|electrician"
    r"|lawyer|teacher|architect|coach|gmbh|inc|ltd|llc)\b",
    re.IGNORECASE,
)
"""Titles, degrees, professions and forms of companies, which are no part of a name."""
NAME_GAP = re.compile("[ \u3000]+")
URLS = re.compile(r"[;,\s]+(?=https?://|www\.)|\n+")
TAGS = re.compile(r"[;,、，\n]+|\s:::\s")
ADDRESS_GROUPS = re.compile(
    r"自宅|会社|勤務先|職場|実家|帰省先|その他|\d(?=\)|\[|$)|home|work|business|office|company|other"
    r"|mailing|billing|shipping|geschäftlich|dienstlich|privat|weiter|bureau|domicile|근무|집"
    r"|trabajo|domicilio|uff\b|ab\b",
    re.IGNORECASE,
)
"""What tells one address of a line from another."""
ADDRESS_PARTS = tuple(
    (re.compile(form, re.IGNORECASE), part)
    for form, part in (
        (r"郵便|〒|zip|postal|post ?code|postleitzahl|\bplz\b|\bcap\b|우편", "postal"),
        (r"国|country|\bland\b|\bpa(?:ys|[ií]s|ese)\b|국가", "country"),
        (r"都道府県|\bstate\b|prefecture|province|region|county|bundesland|시/도", "region"),
        (r"市区町村|市町村|\bcity\b|town|\bort\b|stadt|\bville\b|ciudad|città|구/군/시", "city"),
        (r"住所 ?[2２]|address ?2|street ?2|番地|建物|ビル|マンション", "street2"),
        (r"住所 ?[3３]|address ?3|street ?3", "street3"),
    )
)


BIRTH_PARTS = {
    "year": re.compile(r"\d{2,4}年?|\D{1,3}\d{1,2}年?"),
    "month": re.compile(r"\d{1,2}月?|[^\W\d]{3,9}\.?"),
    "day": re.compile(r"\d{1,2}日?"),
}
"""What a column with a part of the birthday holds; an era may stand before the year."""
INTERNAL_ADDRESS = (
    "“{text}…” is the name of a mailbox within an Exchange server, not an address; it is left out."
)
NAME_TARGETS = frozenset({"name", "family", "given", "display", "organisation"})
PART_HEADINGS = (("family", "given", "이름", "given"), ("given", "family", "name", "family"))
"""A part of a name without the other, and the heading of a name that is the other one then."""
VALUE_TARGETS = (
    (re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"), "email"),
    (re.compile(r"https?://\S+"), "url"),
    (re.compile(r"(?:\+|0)[\d() -]{8,16}"), "phone"),
)
HAS_DIGIT = re.compile(r"\d")
VALUE_SIGNS = {**dict.fromkeys(("phone", "mobile", "fax"), HAS_DIGIT), "email": re.compile("[@＠]")}
"""What at least one value of a column of this target has."""
PHONE_LIKE = re.compile(r"[+(]?\d[\d() .+-]{6,}(?: ?(?:ext|x)\D{0,2}\d{1,6})?")
"""A column of such values is one of telephones, whatever its heading: "Work" of a telephone."""
SALUTATION = re.compile(
    r"(?:(?:mr|mrs|ms|mx|miss|mme|mlle|m|dr|prof|professor|rev|sir)\b\.? ?)+", re.IGNORECASE
)
ANSWER_OR_DIGIT = re.compile(r"\d|^(?:true|false|yes|no|はい|いいえ|有|無|[○〇×✓])$", re.IGNORECASE)
"""What is in no name: a digit; and what only answers a question."""
MAIL_INSIDE = re.compile(r"[(<]?[^\s@<>()]+@[^\s@<>()]+[)>]?")
"""An e-mail address inside a name."""


class ColumnMeaning(NamedTuple):
    """What a column holds: its target (see `enishi.exchange.headings.file_kinds`) and its rank.

    Of several telephone numbers the one with the lowest rank is the main one.
    """

    target: str
    rank: int


def kind_columns(kind: str, headers: tuple[str, ...]) -> dict[str, ColumnMeaning]:
    """Return the meaning of each heading of a kind of table."""
    known = targets(kind)
    ranks = {header: rank for rank, header in enumerate(known)}
    rest = BY_NAME[kind].rest
    return {
        header: ColumnMeaning(known.get(header, rest), ranks.get(header, len(ranks)))
        for header in headers
    }


def mapped_columns(
    headers: tuple[str, ...], labels: tuple[str, ...], fields: Mapping[str, str]
) -> dict[str, ColumnMeaning]:
    """Return the meaning of each column as the person chose by heading, "skip" of the others."""
    return {
        header: ColumnMeaning(field_target(fields.get(header, ""), label), place)
        for place, (header, label) in enumerate(zip(headers, labels, strict=True))
    }


def suggested_columns(
    headers: tuple[str, ...], labels: tuple[str, ...], samples: Sequence[Sequence[str]]
) -> dict[str, ColumnMeaning]:
    """Return the meaning of each column as its heading or its values suggest.

    What suggests nothing is a field. Without a column of names, the first with plain text is one.
    """
    wanted = [
        checked_target("" if label == f"#{at + 1}" else suggest_target(label), samples[at])
        for at, label in enumerate(labels)
    ]
    if not NAME_TARGETS.intersection(wanted):
        places = (
            place
            for place, target in enumerate(wanted)
            if not target
            and samples[place]
            and not any(map(ANSWER_OR_DIGIT.search, samples[place]))
        )
        if (place := next(places, None)) is not None:
            wanted[place] = "name"
    for one, other, heading, meant in PART_HEADINGS:
        if one in wanted and other not in wanted and "name" in wanted:
            place = wanted.index("name")
            wanted[place] = meant if plain_header(labels[place]) == heading else "name"
    found = {}
    for place, (header, label, target) in enumerate(zip(headers, labels, wanted, strict=True)):
        target = field_target(target, label) if target == "address" else target
        found[header] = ColumnMeaning(target or "field", place)
    return found


def checked_target(target: str, samples: Sequence[str]) -> str:
    """Return what a heading suggests, else what the values do; a heading they belie is a field.

    A number has digits, an address has its sign, and a column of "Mr." and "Dr." is no job title.
    """
    if target == "organisation" and samples and all(map(PHONE_LIKE.fullmatch, samples)):
        return "phone"
    needed = VALUE_SIGNS.get(target)
    if needed and samples and not any(map(needed.search, samples)):
        return "field"
    if target == "title" and samples and all(map(SALUTATION.fullmatch, samples)):
        return "honorific"
    return target or value_target(samples)


def value_target(samples: Sequence[str]) -> str:
    """Return the target that all values of a column suggest, "" if they suggest none."""
    for form, target in VALUE_TARGETS:
        if samples and all(map(form.fullmatch, samples)):
            return target
    return ""


def field_target(field: str, label: str) -> str:
    """Return the target of a column that holds `field`, one of `TABLE_FIELDS`, under `label`."""
    if field in ("phone", "birthday"):
        suggested = suggest_target(label)
        return suggested if target_field(suggested) == field else field
    if field == "address":
        group = ADDRESS_GROUPS.search(label)
        part = next((name for form, name in ADDRESS_PARTS if form.search(label)), "street")
        return f"address:{group[0] if group else ''}:{part}"
    return field or "skip"


def target_field(target: str) -> str:
    """Return the field, of `TABLE_FIELDS`, by which the person knows a target."""
    name = target.partition(":")[0]
    others = {"mobile": "phone", "fax": "phone", "skip": "", "flag": "field", "display": "field"}
    return others.get(name, name)


class MainCandidate(NamedTuple):
    """A telephone number, e-mail address or page that may be the main one.

    Attributes:
        rank: the one with the lowest rank is the main one.
        heading: the heading of its column.
        value: the value.
        words: what the cell says of it beside the value.
    """

    rank: int
    heading: str
    value: str
    words: str = ""

    @property
    def label(self) -> str:
        """What a value that is not the main one is called."""
        plain = PLAIN_PHONE.fullmatch(self.heading) or PLAIN_MAIL.fullmatch(self.heading)
        return label_of(self.heading, self.words, plain is not None)


def table_values(
    record: Record, columns: Mapping[str, ColumnMeaning], days: FileDays, comma_names: bool = True
) -> dict[str, Value]:
    """Return the fields of a contact from one line; what has no field becomes a detail.

    Args:
        record: the line; the cells are removed from it.
        columns: the meaning of each heading.
        days: how the days of the file are read.
        comma_names: whether a comma in a name of the file stands behind the family name.
    """
    texts: dict[str, str] = {}
    found: dict[str, list[MainCandidate]] = {"phone": [], "email": [], "url": []}
    addresses: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    displays: dict[str, str] = {}
    birth: dict[str, str] = {}
    circles: list[str] = []
    values: dict[str, Value] = {}
    waiting: list[MainCandidate] = []
    mails: list[tuple[int, str, CellValue]] = []
    for header, cell in record.cells.items():
        target, rank = columns.get(header, ColumnMeaning("field", 0))
        label = record.labels[header]
        line = cell if cell.isprintable() and "  " not in cell else " ".join(cell.split())
        if target == "skip" or line.lower() in DEFAULT_CELLS.get(header, ()) or line == "SMTP":
            continue
        if target in JOINED:
            text = cell if target == "note" else line
            texts[target] = f"{texts[target]}{JOINED[target]}{text}" if target in texts else text
        elif target in SINGLE and texts.get(target, line) == line:
            texts[target] = line
            names[target] = label
        elif target in ("phone", "mobile", "fax"):
            for number, words, _ in read_phones(cell):
                is_mobile = target == "mobile" or MOBILE_WORDS.search(f"{label}\n{words}")
                one = MainCandidate(-1 if is_mobile else rank, label, number, words)
                never = target == "fax" or is_never_main(label) or is_never_main(words)
                (waiting if never else found["phone"]).append(one)
        elif target == "email":
            if EXCHANGE_ADDRESS.match(line):
                record.add_problem(INTERNAL_ADDRESS, text=quoted(line))
                continue
            mails += [(rank, label, one) for one in read_emails(cell)]
        elif target == "url":
            pages = (" ".join(one.split()) for one in URLS.split(cell))
            found["url"] += [MainCandidate(rank, label, one) for one in pages if one]
        elif target.startswith("address"):
            _, group, part = [*target.split(":"), "", "street"][:3]
            parts = addresses.setdefault(group, {})
            parts[part] = f"{parts[part]} {line}" if part in parts else line
        elif target.startswith("birthday") and (part := birth_part(target, line)):
            birth[part] = line
            names["birthday"] = label
        elif target.startswith("birthday") or target == "met_on":
            target = target.partition(":")[0]
            if not values.get(target):
                values[target] = days.read(record, label, line, target == "birthday")
            else:
                record.add_detail("field", label, line)
        elif target == "date":
            if day := days.read(record, label, line, True):
                record.add_detail("date", label, day)
        elif target == "circles":
            circles += [one.strip(' "') for one in TAGS.split(cell)]
        elif target == "flag" and line in ("1", "○", "〇", "✓"):
            circles.append(label)
        elif target == "display":
            displays[label] = line
        else:
            record.add_detail("field", label, cell)
    record.cells.clear()
    values["circles"] = keep_groups(circles)
    if birth and not values.get("birthday"):
        values["birthday"] = read_birth_parts(birth, names["birthday"], record, days)
    values |= texts
    set_names(values, names, record, comma_names)
    if not mails:
        mails = [
            (0, label, CellValue(one.value))
            for label, text in displays.items()
            for one in read_emails(text)
            if "@" in one.value
        ]
    for rank, label, (address, words, is_name) in mails:
        if is_name and is_part_of_name(words, str(values["name"])):
            words = ""
        elif is_name and not values["name"] and not displays:
            displays[label], words = words, ""
        found["email"].append(MainCandidate(rank, label, address, words))
    for kind, candidates in found.items():
        values[kind] = choose_main(kind, candidates, record)
    for one in waiting:
        add_beside("phone", one, record)
    for group, parts in join_address_lines(addresses).items():
        record.add_detail("address", group, compose_address(parts))
    keep_displays(values, displays, record, comma_names)
    return values


def choose_main(kind: str, candidates: list[MainCandidate], record: Record) -> str:
    """Return the value with the lowest rank; the others become details.

    Of a number that is there with and without its plus sign, the one with it stays.
    """
    if not candidates:
        return ""
    fuller = {one.value.replace(" ", ""): one.value for one in candidates}
    fuller = {re.sub(r"\D", "", one): whole for one, whole in fuller.items() if one[:1] == "+"}
    candidates = [one._replace(value=fuller.get(one.value, one.value)) for one in candidates]
    best = min(candidates, key=lambda one: one.rank)
    seen = {best.value}
    for one in candidates:
        if one.value not in seen:
            seen.add(one.value)
            add_beside(kind, one, record)
    if best.words and not PLAIN_PHONE.fullmatch(best.words):
        record.add_detail("field", best.heading, best.words)
    return best.value


def add_beside(kind: str, one: MainCandidate, record: Record) -> None:
    """Add a value that is not the main one, and words too long for its label as a field."""
    is_short = len(one.label) <= LONGEST_LABEL
    record.add_detail(kind, one.label if is_short else one.heading, one.value)
    if not is_short:
        record.add_detail("field", one.heading, one.words)


def birth_part(target: str, text: str) -> str:
    """Return which part of a birthday a cell holds, "" for one that may hold all of it.

    A column of birthdays holds the day alone if its month has a column of its own.

    >>> [birth_part("birthday", text) for text in ("9", "9日", "1982-06-09")]
    ['day', 'day', '']
    """
    part = target.partition(":")[2] or "day"
    return part if BIRTH_PARTS[part].fullmatch(text) else ""


def read_birth_parts(birth: Mapping[str, str], label: str, record: Record, days: FileDays) -> str:
    """Return a birthday from its year, month and day in columns of their own."""
    year, month, day = (birth.get(one, "").rstrip("年月日") for one in ("year", "month", "day"))
    number = month_number(month)
    whole = f"{year}年{number}月{day}日" if year else f"{number}月{day}日"
    written = whole if number and day else "-".join(one for one in (year, month, day) if one)
    return days.read(record, label, written, is_birthday=True)


def has_comma_names(names: Iterable[str]) -> bool:
    """Return whether a comma stands behind the family name, as in most names of a file.

    >>> has_comma_names(["Sample, Rei", "架空 花子"]), has_comma_names(["Rei Sample", "Ito, cook"])
    (True, False)
    """
    kinds = Counter("," in name for name in names if NAME_GAP.search(name) and name.isascii())
    return kinds[True] > kinds[False]


def set_names(
    values: dict[str, Value], labels: Mapping[str, str], record: Record, comma_names: bool
) -> None:
    """Set the name to display, and the parts of a full name that a space or comma separates."""
    honorific = str(values.get("honorific", ""))
    if honorific.lower() in USUAL_HONORIFICS:
        values["honorific"] = ""
    name = TITLE_AFTER.sub("", str(values.get("name", "")))
    family, given = str(values.get("family", "")), str(values.get("given", ""))
    if not family and not given:
        aside = NAME_ASIDE.search(name)
        family, given = split_full_name(name[: aside.start()] if aside else name, comma_names)
        values["family"], values["given"] = family, given
        if aside and "旧姓" in labels["name"] and not values.get("alias"):
            name, values["alias"] = name[: aside.start()], aside[1]
        if family and "," in name:
            name = display_name(family, given)
    elif name and not has_same_parts(name, family, given):
        record.add_detail("field", labels["name"], name)
        name = display_name(family, given)
    else:
        name = display_name(family, given)
    values["name"] = name
    reading = str(values.pop("kana", ""))
    family_kana, given_kana = (str(values.get(f"{part}_kana", "")) for part in ("family", "given"))
    if reading and not family_kana and not given_kana:
        one, other = split_full_name(to_katakana(reading)) if family and given else ("", "")
        family_kana, given_kana = (one, other) if one else (reading, "")
    values["family_kana"], values["given_kana"] = to_katakana(family_kana), to_katakana(given_kana)


def split_full_name(name: str, comma_names: bool = True) -> tuple[str, str]:
    """Return family and given name, two empty texts unless a space or comma tells them apart.

    A title, a degree or a profession behind a comma is no name; such a name stays as it is written.

    >>> split_full_name("架空　花子"), split_full_name("Hanako Kakuu")
    (('架空', '花子'), ('Kakuu', 'Hanako'))
    >>> split_full_name("Kakuu, Hanako"), split_full_name("架空花子")
    (('Kakuu', 'Hanako'), ('', ''))
    """
    before, comma, after = name.partition(",")
    if comma and before.strip() and after.strip():
        is_two = comma_names and "," not in after and not BESIDE_NAME.search(name)
        return (before.strip(), after.strip()) if is_two else ("", "")
    parts = NAME_GAP.split(name.strip())
    if len(parts) != 2 or not all(parts):
        return "", ""
    east = [is_east_asian(part) for part in parts]
    if all(east):
        return parts[0], parts[1]
    return (parts[1], parts[0]) if not any(east) else ("", "")


def is_part_of_name(words: str, name: str) -> bool:
    """Return whether `words` are a name or parts of it, in any order.

    >>> is_part_of_name("Kakuu, Hanako", "Hanako Kakuu"), is_part_of_name("はな", "架空 花子")
    (True, False)
    """
    plain = set(re.split(r"[\s,、・]+", words.casefold()))
    return plain <= set(name.casefold().split()) or has_same_parts(words, name, "")


def has_same_parts(written: str, family: str, given: str) -> bool:
    """Return whether `written` consists of these two parts in either order, ignoring separators."""
    plain = re.sub(r"[\s,、・]", "", written)
    one, two = re.sub(r"\s", "", family), re.sub(r"\s", "", given)
    return plain in (one + two, two + one)


def keep_displays(
    values: dict[str, Value], displays: Mapping[str, str], record: Record, comma_names: bool
) -> None:
    """Use a name made of others where there is none; keep what it says beside that."""
    mails = {str(values["email"]), *(one.value for one in record.details if one.kind == "email")}
    for label, text in displays.items():
        name, bare = str(values["name"]), MAIL_INSIDE.sub("", text).strip(" '\"")
        if not name and bare:
            name = values["name"] = bare
            values["family"], values["given"] = split_full_name(bare, comma_names)
        parts = str(values.get("family", "")), str(values.get("given", ""))
        is_known = (
            not bare
            or has_same_parts(bare, *parts)
            or has_same_parts(bare, name, "")
            or is_initials(bare, name)
        )
        addresses = {one.strip("()<>") for one in MAIL_INSIDE.findall(text)}
        if not (is_known and addresses <= mails):
            record.add_detail("field", label, text)


def is_initials(text: str, name: str) -> bool:
    """Return whether `text` consists of initials of `name`.

    >>> is_initials("H.K.", "Hanako Kakuu"), is_initials("はな", "花子")
    (True, False)
    """
    letters = [letter for letter in text.casefold() if letter.isalpha()]
    firsts = [part[0].casefold() for part in name.split()]
    return len(letters) <= 3 and bool(firsts) and all(letter in firsts for letter in letters)
