"""Contacts as a table, CSV or .xlsx, and the reader of such a table.

A row is a person. The headings are in the person's language; each detail has a column for its label
and one for its value. The reader knows the headings in every language and in any order.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from enishi.book.tables import detail as detail_table
from enishi.book.wording.column_texts import column_label
from enishi.choices import RELATIONS
from enishi.exchange.csv_record import (
    MORE_COLUMNS,
    Detail,
    FileRelation,
    Problem,
    Record,
    Value,
    fit_values,
)
from enishi.exchange.exported import EXPORT_COLUMNS, ExportedContact, Unwritable
from enishi.exchange.file_reading import ContactRow
from enishi.exchange.file_relations import relation_of
from enishi.exchange.own_tables import guarded, unguarded
from enishi.exchange.vcard.card_person import NO_NAME, NOBODY, UID_KEY
from enishi.i18n import LANGUAGES, format_text, texts

if TYPE_CHECKING:
    from enishi.exchange.contact_table import ContactTable

MOST_OF_A_KIND = 20
"""Maximum details of one kind with columns of their own; the others share the last column."""
DETAIL_KINDS: tuple[str, ...] = detail_table.columns["kind"].info["choices"][1:]
"""The kinds of details, `enishi.choices.DETAILS`."""
OWN_TABLE = "enishi"
"""The kind of our own table; see `enishi.exchange.headings.file_kinds`."""
UID, MORE = "uid", "more"
STAND_IN_COLUMNS = ("family", "given", "alias", "organisation", "email", "phone", "url")
ADDED_COLUMNS = "Columns that Enishi did not write are kept as fields: {headings}."
CHANGED_MORE = "The cell with further entries was changed; it is kept as a field."
MISSING = "〓"
"""What printers put where they lack a character; every Japanese encoding has it."""
KINDLY_WRITTEN = str.maketrans("¥‾", "￥￣")
"""Characters that Python would silently change to others in cp932, and what to write instead."""
ALIKE_IN_CP932 = str.maketrans("〜−‖¢£¬—", "～－∥￠￡￢―")
"""Characters that cp932 writes like the full-width one beside them; that is no loss."""
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML file may hold."""
CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""The beginning of what Excel takes for a coded character."""


RELATION_PARTS = ("kind", "name", "uid", "words", "inverse")
"""What the columns of a relation hold; see `enishi.exchange.csv_record.FileRelation`."""
RARE_PARTS = frozenset({"words", "inverse"})
"""Columns of a relation that are left out of a file in which all their cells would be empty."""


class OwnHeading(NamedTuple):
    """What a column of our own table holds.

    Attributes:
        field: a column of the contact, "uid", "more", the kind of a detail, or "relation" and a
            part of one, as in "relation name".
        number: of a detail or relation, its number among those of the kind; else 0.
        is_label: whether it is the label of the detail, not its value.
    """

    field: str
    number: int = 0
    is_label: bool = False

    @property
    def relation_part(self) -> str:
        """The part of a relation that the column holds; "" if it holds none."""
        return self.field.removeprefix("relation ") if self.field.startswith("relation ") else ""


def write_csv(
    contacts: Sequence[ExportedContact], language: str, encoding: str
) -> tuple[bytes, tuple[Unwritable, ...]]:
    """Return contacts as CSV with CRLF line ends, and what the encoding does not have.

    A cell that a spreadsheet would take for a formula gets an apostrophe.

    Args:
        contacts: the people.
        language: the language of the headings.
        encoding: "utf-8", written with a byte order mark, or "cp932" for old Japanese programs.
    """
    headings, rows = table_of(contacts, language)
    is_old = encoding == "cp932"
    missing: list[Unwritable] = []
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([heading_text(one, language) for one in headings])
    for contact, cells in zip(contacts, rows, strict=True):
        if is_old:
            cells = [*fit_cells(cells, headings, contact, missing)]
        writer.writerow([guarded(cell) for cell in cells])
    text = out.getvalue()
    return text.encode("cp932", "replace") if is_old else text.encode("utf-8-sig"), tuple(missing)


def fit_cells(
    cells: list[str],
    headings: Sequence[OwnHeading],
    contact: ExportedContact,
    missing: list[Unwritable],
) -> Iterator[str]:
    """Yield cells as cp932 can write them; what it lacks is added to `missing`."""
    for cell, heading in zip(cells, headings, strict=True):
        if cell.isascii():
            yield cell
            continue
        written = "".join(map(fit_character, cell.translate(KINDLY_WRITTEN)))
        if MISSING in written:
            pairs = zip(cell, written, strict=True)
            lost = dict.fromkeys(one for one, other in pairs if other == MISSING != one)
            if lost:
                name = str(contact.values.get("name", ""))
                missing.append(Unwritable(name, heading.field, "".join(lost)))
        yield written


@cache
def fit_character(character: str) -> str:
    """Return a character as cp932 gives it back, 〓 if it cannot."""
    try:
        read = character.encode("cp932").decode("cp932")
    except UnicodeError:
        return MISSING
    return character if read in (character, character.translate(ALIKE_IN_CP932)) else MISSING


def write_xlsx(contacts: Sequence[ExportedContact], language: str) -> bytes:
    """Return contacts as an Excel workbook whose cells are all text.

    Telephone numbers keep their zeros, and nothing is a formula.
    """
    from openpyxl import Workbook as Xlsx
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    headings, rows = table_of(contacts, language)
    book = Xlsx(write_only=True)
    sheet = book.create_sheet(texts("export", language)["sheet"])
    sheet.freeze_panes = "C2"
    for at, heading in enumerate(headings, start=1):
        width = 28 if heading.field in ("email", "url", "note", "address") else 16
        sheet.column_dimensions[get_column_letter(at)].width = width
    bold = Font(bold=True)

    def cell_of(text: str, is_heading: bool = False) -> Any:
        cell = WriteOnlyCell(sheet, value="")
        text = f"'{text}" if unguarded(text) != text else text  # the reader takes one away
        cell.value = CODED.sub("_x005F_", ILLEGAL.sub("", text))
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.number_format = "@"
        if is_heading:
            cell.font = bold
        return cell

    sheet.append([cell_of(heading_text(one, language), True) for one in headings])
    for cells in rows:
        sheet.append([cell_of(text) if text else None for text in cells])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def table_of(
    contacts: Sequence[ExportedContact], language: str
) -> tuple[list[OwnHeading], list[list[str]]]:
    """Return the headings that the contacts need, and a row of texts for each."""
    sorted_details = [by_kind(contact.details) for contact in contacts]
    counts = {
        kind: min(
            MOST_OF_A_KIND, max((len(one.get(kind, ())) for one in sorted_details), default=0)
        )
        for kind in DETAIL_KINDS
    }
    headings = [OwnHeading(UID), *map(OwnHeading, EXPORT_COLUMNS)]
    for kind, count in counts.items():
        for number in range(count):
            headings += [OwnHeading(kind, number + 1, True), OwnHeading(kind, number + 1)]
    related = relation_headings(contacts)
    headings += related
    has_more = any(
        len(found) > counts[kind] for one in sorted_details for kind, found in one.items()
    ) or any(len(contact.relations) > MOST_OF_A_KIND for contact in contacts)
    headings += [OwnHeading(MORE)] if has_more else []
    rows = []
    for contact, details in zip(contacts, sorted_details, strict=True):
        values = contact.values
        cells = [contact.uid, *(cell_text(values.get(name, "")) for name in EXPORT_COLUMNS)]
        for kind, count in counts.items():
            found = details.get(kind, [])
            for number in range(count):
                cells += found[number][1:] if number < len(found) else ("", "")
        cells += [relation_cell(contact.relations, heading, language) for heading in related]
        if has_more:
            more: list[object] = [
                one for kind, found in details.items() for one in found[counts[kind] :]
            ]
            rest = contact.relations[MOST_OF_A_KIND:]
            more += [{part: getattr(one, part) for part in RELATION_PARTS} for one in rest]
            cells.append(json.dumps(more, ensure_ascii=False) if more else "")
        rows.append(cells)
    return headings, rows


def relation_headings(contacts: Iterable[ExportedContact]) -> list[OwnHeading]:
    """Return the headings that the relations of contacts need."""
    needed: dict[OwnHeading, None] = {}
    for contact in contacts:
        for number, each in enumerate(contact.relations[:MOST_OF_A_KIND], start=1):
            for part in RELATION_PARTS:
                if part not in RARE_PARTS or getattr(each, part):
                    needed[OwnHeading(f"relation {part}", number)] = None
    order = {f"relation {part}": at for at, part in enumerate(RELATION_PARTS)}
    return sorted(needed, key=lambda one: (one.number, order[one.field]))


def relation_cell(relations: Sequence[FileRelation], heading: OwnHeading, language: str) -> str:
    """Return the cell of a row under a heading of relations."""
    if heading.number > len(relations):
        return ""
    part = heading.relation_part
    said: str = getattr(relations[heading.number - 1], part)
    return relation_kinds(language).get(said, said) if part == "kind" else said


def relation_kinds(language: str) -> Mapping[str, str]:
    """Return what each kind of relation is called."""
    kinds: Mapping[str, str] = texts("columns", language)["values"]["relation"]["kind"]
    return kinds


@cache
def kinds_by_word() -> Mapping[str, str]:
    """Return each kind of relation by what it is called in any language."""
    return {word: kind for language in LANGUAGES for kind, word in relation_kinds(language).items()}


def by_kind(details: Iterable[Detail]) -> dict[str, list[Detail]]:
    """Return details by kind, each kind in its order."""
    found: dict[str, list[Detail]] = {}
    for detail in details:
        found.setdefault(detail.kind, []).append(detail)
    return found


def cell_text(value: Value) -> str:
    """Return a value as the text of a cell: each circle on a line, for a name may hold commas."""
    return value if isinstance(value, str) else "\n".join(value)


def heading_text(heading: OwnHeading, language: str) -> str:
    """Return a heading in the person's language."""
    words = texts("export", language)
    if heading.field in (UID, MORE):
        return str(words["headings"][heading.field])
    if not heading.number:
        return column_label("contact", heading.field, language)
    if part := heading.relation_part:
        return format_text(words["headings"]["relation"][part], {"n": heading.number})
    first = 2 if heading.field in ("email", "phone", "url") else 1  # the main one has its column
    form = words["headings"]["label" if heading.is_label else "value"]
    number = heading.number + first - 1
    return format_text(form, {"kind": words["kinds"][heading.field], "n": number})


@cache
def own_headings() -> Mapping[str, OwnHeading]:
    """Return every heading of our own tables, in every language."""
    single = [OwnHeading(UID), OwnHeading(MORE), *map(OwnHeading, EXPORT_COLUMNS)]
    numbered = [
        OwnHeading(kind, number + 1, is_label)
        for kind in DETAIL_KINDS
        for number in range(MOST_OF_A_KIND)
        for is_label in (True, False)
    ]
    related = [
        OwnHeading(f"relation {part}", number + 1)
        for part in RELATION_PARTS
        for number in range(MOST_OF_A_KIND)
    ]
    return {
        heading_text(heading, language): heading
        for language in LANGUAGES
        for heading in (*single, *numbered, *related)
    }


def read_own_table(table: ContactTable, problems: list[Problem]) -> Iterator[ContactRow]:
    """Yield each row of our own table.

    Args:
        table: the table; its headings may be in any language and order.
        problems: where those of its rows are added.
    """
    known = own_headings()
    headings: list[OwnHeading | None] = []
    for label in table.labels:
        heading = known.get(" ".join(label.split()))
        headings.append(None if heading in headings else heading)  # a second one adds nothing
    added = [label for label, heading in zip(table.labels, headings, strict=True) if not heading]
    if added:
        facts = {"headings": " · ".join(added)[:200]}
        problems.append(Problem(table.header_line, ADDED_COLUMNS, facts))
    for line in table.lines:
        row = read_own_row(line.number, line.cells, headings, table.labels, problems)
        values = dict(row.values)
        if not values.get("name"):
            stand_in = next((values[one] for one in STAND_IN_COLUMNS if values.get(one)), "")
            facts = {"stand_in": str(stand_in)} if stand_in else {}
            problems.append(Problem(line.number, NO_NAME if stand_in else NOBODY, facts))
            if not stand_in:
                yield ContactRow(line.number)
                continue
            values["name"] = stand_in
        said = "|".join(f"{name}={value}" for name, value in sorted(values.items()))
        digest = blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()
        key = f"uid:{row.key}" if UID_KEY.fullmatch(row.key) else f"{OWN_TABLE}:{digest}"
        yield replace(row, values={**values, "source": "table"}, key=key)


def read_own_row(
    line: int,
    cells: Sequence[str],
    headings: Sequence[OwnHeading | None],
    written: Sequence[str],
    problems: list[Problem],
) -> ContactRow:
    """Return one row of our own table; its key is the id that the table gives it.

    Args:
        line: the line of the file, from 1.
        cells: the texts of the row as they stand in the file.
        headings: what each column holds; None for a column that was added, whose cells become
            fields, as do cells beyond the headings.
        written: the headings as the file writes them.
        problems: where problems of the row are added.
    """
    record = Record(line, {}, {}, problems)
    values: dict[str, Value] = {}
    labels: dict[tuple[str, int], str] = {}
    found: dict[tuple[str, int], str] = {}
    related: dict[int, dict[str, str]] = {}
    more: list[Detail | FileRelation] = []
    uid = ""
    for at, cell in enumerate(cells):
        text = unguarded(cell.replace("\r\n", "\n").replace("\r", "\n"))
        heading = headings[at] if at < len(headings) else None
        if not text:
            continue
        if heading is None:
            label = written[at] if at < len(written) else f"#{at + 1}"
            record.add_detail("field", label, text.strip())
            continue
        field, number, is_label = heading
        if field == UID:
            uid = text.strip()
        elif field == MORE:
            more = read_more(text, record)
        elif part := heading.relation_part:
            related.setdefault(number, {})[part] = text.strip()
        elif number:
            (labels if is_label else found)[field, number] = text
        elif field == "circles":
            values[field] = tuple(dict.fromkeys(filter(None, map(str.strip, text.split("\n")))))
        else:
            values[field] = text
    details = [Detail(kind, labels.get((kind, at), ""), text) for (kind, at), text in found.items()]
    for (kind, at), text in labels.items():
        if (kind, at) not in found:  # the value was deleted, and the label is kept as a field
            column = headings.index(OwnHeading(kind, at, is_label=True))
            record.add_detail("field", written[column], text.strip())
    order = {kind: at for at, kind in enumerate(DETAIL_KINDS)}
    details += [one for one in more if isinstance(one, Detail)]
    details += record.details
    if any(map(str.strip, cells[len(headings) :])):
        record.add_problem(MORE_COLUMNS)
    details.sort(key=lambda one: order[one.kind])
    relations = [read_relation(related[number]) for number in sorted(related)]
    relations += [one for one in more if isinstance(one, FileRelation)]
    found_relations = tuple(one for one in relations if one)
    return ContactRow(line, fit_values(values, record), uid, tuple(details), found_relations)


def read_relation(cells: Mapping[str, str]) -> FileRelation | None:
    """Return a relation from its cells; a kind that is none of ours counts as the words."""
    said = cells.get("kind", "")
    kind = kinds_by_word().get(said, said if said in RELATIONS else "")
    words = cells.get("words", "") or ("" if kind else said)
    uid, name, inverse = (cells.get(part, "") for part in ("uid", "name", "inverse"))
    return relation_of(uid, name, kind, words, inverse, words or said)


def read_more(text: str, record: Record) -> list[Detail | FileRelation]:
    """Return what has no columns of its own; add a problem for a cell that was edited."""
    try:
        more = [read_further(one) for one in json.loads(text)]
    except (ValueError, TypeError, RecursionError):
        more = []
    kept = [one for one in more if one]
    if kept and len(kept) == len(more):
        return kept
    record.add_problem(CHANGED_MORE)
    return [Detail("field", "", text)]


def read_further(said: Any) -> Detail | FileRelation | None:
    """Return a detail or a relation from the last column, None if it is neither.

    Raises:
        TypeError: it is of another shape.
    """
    if isinstance(said, dict):
        is_ours = all(isinstance(text, str) for text in said.values())
        return read_relation(said) if is_ours else None
    detail = Detail(*said)
    is_ours = detail.kind in DETAIL_KINDS and all(isinstance(text, str) for text in detail)
    return detail if is_ours else None
