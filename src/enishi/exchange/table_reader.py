"""Reader for one line of a table whose headings have a meaning each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from enishi.exchange.addresses import compose_address
from enishi.exchange.csv_record import Record, Value, keep_groups
from enishi.exchange.date_parsing import day_text, read_birthday
from enishi.exchange.file_days import FileDays
from enishi.exchange.headings.file_kinds import BY_NAME, DEFAULT_CELLS, targets
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
BESIDE_NAME = re.compile(
    r"\b(?:(?:dr|prof|mr|mrs|ms|mme|jr|sr|dipl|ing|ph\.?d|esq)\b\.?|md|mba|cpa|ii|iii|iv|herr|frau"
    r"|(?:zahn)?(?:arzt|ärztin)|(?:rechts)?anw[aä]lt(?:in)?|dentist|doctor|plumber|electrician"
    r"|lawyer|teacher|architect|coach|gmbh|inc|ltd|llc)\b",
    re.IGNORECASE,
)
"""Titles, degrees, professions and forms of companies, which are no part of a name."""
NAME_GAP = re.compile("[ \u3000]+")
MAILS = re.compile(r"[;,、\s]+|\s:::\s")
PHONES = re.compile(r"[;、／・\n]+| [/|] | or |\s:::\s|,\s*(?=[+0(])")
URLS = re.compile(r"[;,\s]+(?=https?://|www\.)|\n+")
TAGS = re.compile(r"[;,、，\n]+|\s:::\s")
NEVER_MAIN = re.compile(
    "fax|ファックス|ファクス|telex|テレックス|pager|ポケットベル", re.IGNORECASE
)
ADDRESS_GROUPS = re.compile(
    r"自宅|会社|勤務先|職場|実家|帰省先|その他|\d(?=\)|\[|$)|home|work|business|office|company|other",
    re.IGNORECASE,
)
"""What tells one address of a line from another."""
ADDRESS_PARTS = (
    (re.compile(r"郵便|〒|zip|postal|post ?code", re.IGNORECASE), "postal"),
    (re.compile(r"都道府県|\bstate\b|prefecture|province|region", re.IGNORECASE), "region"),
    (re.compile(r"市区町村|市町村|\bcity\b|town", re.IGNORECASE), "city"),
    (
        re.compile(r"住所 ?[2２]|address ?2|street ?2|番地|建物|ビル|マンション", re.IGNORECASE),
        "street2",
    ),
    (re.compile(r"住所 ?[3３]|address ?3|street ?3", re.IGNORECASE), "street3"),
    (re.compile(r"国|country", re.IGNORECASE), "country"),
)


NAME_TARGETS = frozenset({"name", "family", "given", "display", "organisation"})
VALUE_TARGETS = (
    (re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"), "email"),
    (re.compile(r"https?://\S+"), "url"),
    (re.compile(r"(?:\+|0)[\d() -]{8,16}"), "phone"),
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
        ("" if label == f"#{at + 1}" else suggest_target(label)) or value_target(samples[at])
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
    found = {}
    for place, (header, label, target) in enumerate(zip(headers, labels, wanted, strict=True)):
        target = field_target(target, label) if target == "address" else target
        found[header] = ColumnMeaning(target or "field", place)
    return found


def value_target(samples: Sequence[str]) -> str:
    """Return the target that all values of a column suggest, "" if they suggest none."""
    for form, target in VALUE_TARGETS:
        if samples and all(map(form.fullmatch, samples)):
            return target
    return ""


def field_target(field: str, label: str) -> str:
    """Return the target of a column that holds `field`, one of `TABLE_FIELDS`, under `label`."""
    if field == "phone":
        suggested = suggest_target(label)
        return suggested if suggested in ("mobile", "fax") else "phone"
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
    """A telephone number, e-mail address or page that may be the main one."""

    rank: int
    label: str
    value: str


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
    waiting: list[tuple[str, str]] = []
    for header, cell in record.cells.items():
        target, rank = columns.get(header, ColumnMeaning("field", 0))
        label = record.labels[header]
        line = cell if cell.isprintable() and "  " not in cell else " ".join(cell.split())
        if target == "skip" or line.lower() in DEFAULT_CELLS.get(header, ()):
            continue
        if target in JOINED:
            text = cell if target == "note" else line
            texts[target] = f"{texts[target]}{JOINED[target]}{text}" if target in texts else text
        elif target in SINGLE and target not in texts:
            texts[target] = line
            names[target] = label
        elif target in ("phone", "mobile", "fax"):
            first = -1 if target == "mobile" else rank
            never = target == "fax" or NEVER_MAIN.search(label) is not None
            for number in split_cell(cell, PHONES, is_phone_number):
                if never:
                    waiting.append((label, number))
                else:
                    found["phone"].append(MainCandidate(first, label, number))
        elif target == "email":
            found["email"] += [
                MainCandidate(rank, label, one)
                for one in split_cell(cell.replace("＠", "@"), MAILS, is_mail)
            ]
        elif target == "url":
            found["url"] += [
                MainCandidate(rank, label, one) for one in split_cell(cell, URLS, bool)
            ]
        elif target.startswith("address"):
            _, group, part = [*target.split(":"), "", "street"][:3]
            parts = addresses.setdefault(group, {})
            parts[part] = f"{parts[part]} {line}" if part in parts else line
        elif target == "birthday" or target == "met_on":
            if not values.get(target):
                values[target] = days.read(record, label, line, target == "birthday")
            else:
                record.add_detail("field", label, line)
        elif target == "date":
            if day := days.read(record, label, line, True):
                record.add_detail("date", label, day)
        elif target.startswith("birthday:"):
            birth[target] = line
        elif target == "circles":
            circles += [one.strip() for one in TAGS.split(cell)]
        elif target == "flag" and line in ("1", "○", "〇", "✓"):
            circles.append(label)
        elif target == "display":
            displays[label] = line
        else:
            record.add_detail("field", label, cell)
    record.cells.clear()
    values["circles"] = keep_groups(circles)
    if birth and not values.get("birthday"):
        values["birthday"] = read_birth_parts(birth, record)
    for kind, candidates in found.items():
        values[kind] = choose_main(kind, candidates, record)
    for label, number in waiting:
        record.add_detail("phone", label, number)
    for group, parts in addresses.items():
        record.add_detail("address", group, compose_address(parts))
    values |= texts
    set_names(values, names, record, comma_names)
    keep_displays(values, displays, record, comma_names)
    return values


def split_cell(cell: str, gaps: re.Pattern[str], fits: object) -> list[str]:
    """Split a cell with several values; it stays whole unless every part is one."""
    whole = " ".join(cell.split())
    parts = [one.strip() for one in gaps.split(cell) if one.strip()]
    if len(parts) > 1 and callable(fits) and all(map(fits, parts)):
        return list(dict.fromkeys(parts))
    return [whole]


def is_phone_number(text: str) -> bool:
    """Return whether `text` is long enough for a telephone number."""
    return sum(letter.isdecimal() for letter in text) >= 8


def is_mail(text: str) -> bool:
    """Return whether `text` looks like an e-mail address."""
    return text.count("@") == 1


def choose_main(kind: str, candidates: list[MainCandidate], record: Record) -> str:
    """Return the value with the lowest rank; the others become details.

    Of a number that is there with and without its plus sign, the one with it stays.
    """
    if not candidates:
        return ""
    fuller = {one.value.replace(" ", ""): one.value for one in candidates}
    fuller = {re.sub(r"\D", "", one): whole for one, whole in fuller.items() if one[:1] == "+"}
    best = min(candidates, key=lambda one: one.rank)
    main = fuller.get(best.value, best.value)
    others = {
        fuller.get(one.value, one.value): one.label
        for one in reversed(candidates)
        if one is not best
    }
    others.pop(main, None)
    for value, label in reversed(others.items()):
        record.add_detail(kind, label, value)
    return main


def read_birth_parts(birth: Mapping[str, str], record: Record) -> str:
    """Return a birthday from its year, month and day in columns of their own."""
    year, month, day = (birth.get(f"birthday:{one}", "") for one in ("year", "month", "day"))
    if month.isdecimal() and day.isdecimal():
        if year.isdecimal():
            found = day_text(int(year), int(month), int(day))
        else:
            found = read_birthday(f"--{int(month):02}-{int(day):02}")
        if found:
            return found
    record.add_detail("field", "birthday", "-".join(one for one in (year, month, day) if one))
    return ""


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
        family, given = split_full_name(name, comma_names)
        values["family"], values["given"] = family, given
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
