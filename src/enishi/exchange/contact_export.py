"""Export of contacts as a file for telephones, spreadsheets and other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd

from enishi.exchange.contact_export_tables import write_csv, write_xlsx
from enishi.exchange.csv_record import Detail, Value
from enishi.exchange.exported import EXPORT_COLUMNS, Exported, ExportedContact
from enishi.exchange.file_relations import relations_among
from enishi.exchange.vcard import write_vcards
from enishi.i18n.initials import Forms, forms_of, hide_names, initials

FORMATS = ("vcard3", "xlsx", "csv", "csv_cp932", "vcard4")
FORMAT_ENDINGS = {
    "vcard3": "vcf",
    "vcard4": "vcf",
    "csv": "csv",
    "csv_cp932": "csv",
    "xlsx": "xlsx",
}
SHOWN_WITH_INITIALS = (
    *("organisation", "department", "title", "met_on", "how_met", "where_met", "circles", "note"),
)
"""What a file with initials says besides them: no means of contact."""
UID = "uid:"
"""Beginning of the key of a contact that came from a card; see `enishi.exchange.vcard`."""


def export_contacts(
    frames: Mapping[str, pd.DataFrame],
    ids: Iterable[str],
    format: str,
    *,
    language: str,
    now: datetime,
    only_initials: bool = False,
) -> Exported:
    """Return a file of contacts.

    Args:
        frames: the book's frames; here `contact`, `detail` and `relation`.
        ids: the contacts, in the order of the file; ids without a contact are passed over.
        format: one of `FORMATS`.
        language: the language of headings.
        now: the current instant in UTC.
        only_initials: hide the names of all contacts, and leave out how to reach anybody.
    """
    contacts, outside = exported_contacts(frames, ids)
    if only_initials:
        outside = ()
        forms = forms_of(known_names(frames["contact"]))
        contacts = [with_initials(contact, forms) for contact in contacts]
    name = f"enishi-contacts-{now.astimezone():%Y-%m-%d}.{FORMAT_ENDINGS[format]}"
    if format in ("vcard3", "vcard4"):
        data = write_vcards(contacts, f"{format[-1]}.0", now, language)
        return Exported(data, name, outside=outside)
    if format == "xlsx":
        return Exported(write_xlsx(contacts, language), name, outside=outside)
    data, unwritable = write_csv(contacts, language, "cp932" if format == "csv_cp932" else "utf-8")
    return Exported(data, name, unwritable, outside)


def exported_contacts(
    frames: Mapping[str, pd.DataFrame], ids: Iterable[str]
) -> tuple[list[ExportedContact], tuple[tuple[str, str], ...]]:
    """Return the contacts with these ids, each with its details and its relations to the others.

    Returns:
        The contacts, and the relations to somebody who is not among them, as in `Exported`.
    """
    contact, detail = frames["contact"], frames["detail"]
    details: dict[str, list[Detail]] = {}
    if not detail.empty:
        texts = (detail[name].astype(str) for name in ("contact_id", "kind", "label", "value"))
        for id, kind, label, value in zip(*texts, strict=True):
            details.setdefault(id, []).append(Detail(kind, label, value))
    chosen = [id for id in dict.fromkeys(ids) if id in contact.index]
    columns = [*EXPORT_COLUMNS, "source_key"]
    shown = contact.loc[chosen, columns].copy()
    shown["met_on"] = shown["met_on"].dt.strftime("%Y-%m-%d").fillna("") if len(shown) else ""
    found_contacts = []
    for id, *cells in zip(chosen, *(shown[name].tolist() for name in columns), strict=True):
        found: dict[str, Any] = dict(zip(columns, cells, strict=True))
        key = next((one for one in str(found.pop("source_key")).split() if one.startswith(UID)), "")
        values = {
            name: tuple(cell) if name == "circles" else str(cell)
            for name, cell in found.items()
            if isinstance(cell, str | list | tuple) and cell
        }
        uid = key.removeprefix(UID) or id
        found_contacts.append((id, ExportedContact(uid, values, tuple(details.get(id, ())))))
    active = contact["name"][contact["trashed_on"].isna()]
    here: dict[str, str] = dict(zip(active.index.tolist(), active.tolist(), strict=True))
    uids = {id: one.uid for id, one in found_contacts}
    relations, outside = relations_among(frames["relation"], uids, here)
    exported = [
        replace(one, relations=tuple(relations[id])) if id in relations else one
        for id, one in found_contacts
    ]
    return exported, tuple(outside)


def known_names(contact: pd.DataFrame) -> list[str]:
    """Return every form of the contacts' names that a text may have."""
    columns = ("name", "family", "given", "family_kana", "given_kana", "romaji", "alias", "called")
    return [name for column in columns for name in contact[column].tolist() if name]


def with_initials(contact: ExportedContact, forms: Forms) -> ExportedContact:
    """Return a contact by initials, without names in the texts and without how to reach them."""
    values: dict[str, Value] = {"name": initials(str(contact.values.get("name", "")))}
    for name in SHOWN_WITH_INITIALS:
        if value := contact.values.get(name):
            values[name] = (
                hide_names(value, forms)
                if isinstance(value, str)
                else tuple(hide_names(one, forms) for one in value)
            )
    return ExportedContact("", values)
