"""Contacts as a table, CSV or .xlsx, and the reader of such a table.

A row is a person. The headings are in the person's language; each detail has a column for its label
and one for its value. The reader knows the headings in every language and in any order.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from enishi.book.tables import detail as detail_table
from enishi.book.wording.column_texts import column_label
from enishi.exchange.csv_record import Detail, Problem, Record, Value, fit_values
from enishi.exchange.exported import EXPORT_COLUMNS, ExportedContact, Unwritable
from enishi.exchange.own_tables import guarded, unguarded
from enishi.exchange.vcard.card_fields import NO_NAME, NOBODY, UID_KEY
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
ADDED_COLUMNS = "Columns that Enishi did not write are passed over: {headings}."
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


class OwnHeading(NamedTuple):
    """What a column of our own table holds.

    Attributes:
        field: a column of the contact, "uid", "more", or the kind of a detail.
        number: of a detail, its number among those of the kind; else 0.
        is_label: whether it is the label of the detail, not its value.
    """

    field: str
    number: int = 0
    is_label: bool = False


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
    headings, rows = table_of(contacts)
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

    headings, rows = table_of(contacts)
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


def table_of(contacts: Sequence[ExportedContact]) -> tuple[list[OwnHeading], list[list[str]]]:
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
    has_more = any(
        len(found) > counts[kind] for one in sorted_details for kind, found in one.items()
    )
    headings += [OwnHeading(MORE)] if has_more else []
    rows = []
    for contact, details in zip(contacts, sorted_details, strict=True):
        values = contact.values
        cells = [contact.uid, *(cell_text(values.get(name, "")) for name in EXPORT_COLUMNS)]
        for kind, count in counts.items():
            found = details.get(kind, [])
            for number in range(count):
                cells += found[number][1:] if number < len(found) else ("", "")
        if has_more:
            more = [one for kind, found in details.items() for one in found[counts[kind] :]]
            cells.append(json.dumps(more, ensure_ascii=False) if more else "")
        rows.append(cells)
    return headings, rows


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
    return {
        heading_text(heading, language): heading
        for language in LANGUAGES
        for heading in (*single, *numbered)
    }


def read_own_table(
    table: ContactTable, problems: list[Problem]
) -> Iterator[tuple[int, dict[str, Value], str, tuple[Detail, ...]]]:
    """Yield the line, the values, the key and the details of each row of our own table.

    Args:
        table: the table; its headings may be in any language and order.
        problems: where those of its rows are added.
    """
    known = own_headings()
    headings = [known.get(" ".join(label.split())) for label in table.labels]
    added = [label for label, heading in zip(table.labels, headings, strict=True) if not heading]
    if added:
        facts = {"headings": " · ".join(added)[:200]}
        problems.append(Problem(table.header_line, ADDED_COLUMNS, facts))
    for line in table.lines:
        values, details, uid = read_own_row(line.number, line.cells, headings, problems)
        if not values.get("name"):
            stand_in = next((values[one] for one in STAND_IN_COLUMNS if values.get(one)), "")
            facts = {"stand_in": str(stand_in)} if stand_in else {}
            problems.append(Problem(line.number, NO_NAME if stand_in else NOBODY, facts))
            if not stand_in:
                yield line.number, {}, "", ()
                continue
            values["name"] = stand_in
        said = "|".join(f"{name}={value}" for name, value in sorted(values.items()))
        digest = blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()
        key = f"uid:{uid}" if UID_KEY.fullmatch(uid) else f"{OWN_TABLE}:{digest}"
        yield line.number, {**values, "source": "table"}, key, details


def read_own_row(
    line: int, cells: Sequence[str], headings: Sequence[OwnHeading | None], problems: list[Problem]
) -> tuple[dict[str, Value], tuple[Detail, ...], str]:
    """Return the values, the details and the id of one row of our own table.

    Args:
        line: the line of the file, from 1.
        cells: the texts of the row as they stand in the file.
        headings: what each column holds; None for a column that was added, which is passed over.
        problems: where problems of the row are added.
    """
    record = Record(line, {}, {}, problems)
    values: dict[str, Value] = {}
    labels: dict[tuple[str, int], str] = {}
    found: dict[tuple[str, int], str] = {}
    more: list[Detail] = []
    uid = ""
    for cell, heading in zip(cells, headings, strict=False):
        text = unguarded(cell.replace("\r\n", "\n").replace("\r", "\n"))
        if not text or heading is None:
            continue
        field, number, is_label = heading
        if field == UID:
            uid = text.strip()
        elif field == MORE:
            more = read_more(text, record)
        elif number:
            (labels if is_label else found)[field, number] = text
        elif field == "circles":
            values[field] = tuple(dict.fromkeys(filter(None, map(str.strip, text.split("\n")))))
        else:
            values[field] = text
    details = [Detail(kind, labels.get((kind, at), ""), text) for (kind, at), text in found.items()]
    order = {kind: at for at, kind in enumerate(DETAIL_KINDS)}
    details = sorted([*details, *more], key=lambda one: order[one.kind])
    return fit_values(values, record), tuple(details), uid


def read_more(text: str, record: Record) -> list[Detail]:
    """Return the details without columns of their own; add a problem for a cell that was edited."""
    try:
        said = json.loads(text)
        more = [Detail(*one) for one in said]
    except (ValueError, TypeError, RecursionError):
        more = []
    if more and all(one.kind in DETAIL_KINDS and all(map(is_text, one)) for one in more):
        return more
    record.add_problem(CHANGED_MORE)
    return [Detail("field", "", text)]


def is_text(value: object) -> bool:
    """Return whether `value` is a text."""
    return isinstance(value, str)
