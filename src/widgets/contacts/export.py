"""Contacts as a file for a telephone, a spreadsheet or another program."""

from __future__ import annotations

from typing import Any, Literal
from weakref import WeakKeyDictionary

from enishi import clock
from enishi.book.wording.column_texts import column_label
from enishi.coach.people.circles import list_circles
from enishi.coach.relations.history import active_contacts
from enishi.exchange.contact_export import FORMATS, export_contacts
from enishi.exchange.exported import EXPORT_COLUMNS, Exported, Unwritable
from enishi.i18n import format_text
from enishi.i18n.kana import kana_key
from enishi.i18n.names import reading_of
from widgets.base.file_parts import PartNumber, part_of
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Part, Sheet, ShortText, query
from widgets.base.workbook import Workbook

SHOWN_UNWRITABLE = 50
"""Most texts shown that the encoding lacks characters of; most relations that leave the file."""
MEDIA_TYPES = {
    "vcard3": "text/vcard",
    "vcard4": "text/vcard",
    "csv": "text/csv",
    "csv_cp932": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ContactFormat = Literal["vcard3", "vcard4", "csv", "csv_cp932", "xlsx"]
_leaving: WeakKeyDictionary[Sheet, Exported] = WeakKeyDictionary()
"""The file that each sheet hands out, until its last part."""


@query
def take_contacts(
    sheet: Sheet,
    format: ContactFormat,
    circle: ShortText = "",
    initials: bool = False,
    part: PartNumber = 0,
) -> Answer:
    """Return a part of a file of all active contacts, or of those in a circle."""
    ids = _list_by_reading(sheet.workbook, circle) if part == 0 else []
    return hand_out_contacts(sheet, ids, format, initials, part)


def _list_by_reading(workbook: Workbook, circle: str) -> list[str]:
    """Return the active contacts, or those in a circle, in the order of their readings."""
    people = active_contacts(workbook.frames())
    if circle:
        people = people[[circle in circles for circles in people["circles"]]]
    columns = ("family_kana", "given_kana", "name")
    readings = zip(*(people[name] for name in columns), strict=True)
    keys = dict(zip(people.index, (kana_key(reading_of(*one)) for one in readings), strict=True))
    return sorted(keys, key=keys.__getitem__)


def hand_out_contacts(
    sheet: Sheet, ids: list[str], format: str, initials: bool = False, part: int = 0
) -> Answer:
    """Return a part of a file of contacts as Base64; the first one makes it.

    The script asks for the parts one after the other; see `downloadParts` in `download.js`.

    Args:
        sheet: the sheet that hands it out.
        ids: the contacts, in the order of the file; only those of the first part count.
        format: one of `enishi.exchange.contact_export.FORMATS`.
        initials: hide the names, and leave out how to reach anybody.
        part: the number of the part, from 0.
    """
    workbook = sheet.workbook
    if part == 0:
        options: Any = {"language": workbook.language, "now": clock.now()}
        made = export_contacts(workbook.frames(), ids, format, only_initials=initials, **options)
        _leaving[sheet] = made
    file = _leaving.get(sheet, Exported(b"", ""))
    copy, is_last = part_of(file.data, part)
    if is_last:
        _leaving.pop(sheet, None)
    said = workbook.texts_of("export")["screen"]
    return {
        "copy": copy,
        "last": is_last,
        "file": file.name,
        "type": MEDIA_TYPES[format],
        "missing": [describe_missing(workbook, one) for one in file.unwritable[:SHOWN_UNWRITABLE]],
        "missing_count": len(file.unwritable),
        "outside": [{"name": a, "other": b} for a, b in file.outside[:SHOWN_UNWRITABLE]],
        "outside_count": len(file.outside),
        "text": format_text(said["taken"], {"file": file.name}) if is_last else " ",
    }


def describe_missing(workbook: Workbook, missing: Unwritable) -> JsonRow:
    """Return the name, the field and the characters that the encoding lacks."""
    if missing.field in EXPORT_COLUMNS:
        label = column_label("contact", missing.field, workbook.language)
    else:
        label = workbook.texts_of("export")["kinds"].get(missing.field, "")
    return {"name": missing.name, "field": label, "characters": missing.characters}


def describe_contact_export(workbook: Workbook) -> JsonRow:
    """Return the texts and the circles of the choice; a sheet has it under `export`."""
    circles: list[str] = workbook.cached("export circles", lambda: _circle_names(workbook))
    return {
        "texts": workbook.texts_of("export")["screen"],
        "circles": circles,
        "count": len(active_contacts(workbook.frames())),
        "formats": list(FORMATS),
    }


def _circle_names(workbook: Workbook) -> list[str]:
    return [circle.name for circle in list_circles(workbook.frames())]


CONTACT_EXPORT = Part(__file__, {"take_contacts": take_contacts})
"""Gives the script `drawContactExport`; the sheet has `describe_contact_export` as `export`."""
