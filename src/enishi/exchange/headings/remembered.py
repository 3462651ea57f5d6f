"""What a person said that the columns of a table hold, recalled for the next table like it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from enishi.exchange.csv_record import TABLE_FIELDS
from enishi.exchange.headings.file_kinds import plain_header

if TYPE_CHECKING:
    import pandas as pd

    from enishi.book.batch import Batch
    from enishi.exchange.file_reading import FileReading


def headings_key(reading: FileReading) -> str:
    """Return what identifies the headings of a table, whatever their width and case."""
    said = "\n".join(plain_header(column.label) for column in reading.columns)
    return blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()


def recall_columns(reading: FileReading, mappings: pd.DataFrame) -> dict[int, str]:
    """Return what the columns of a table with these headings were said to hold before.

    Args:
        reading: the table as it is read by itself.
        mappings: the book's frame `column_mapping`.

    Returns:
        The field of each column by its place from 0; empty for no table, or one that is new.
    """
    if not reading.columns:
        return {}
    found = mappings.loc[mappings["headings_key"] == headings_key(reading), "fields"].tolist()
    try:
        fields = msgspec.json.decode(found[-1], type=dict[int, str]) if found else {}
    except msgspec.MsgspecError:
        return {}
    return {at: field for at, field in fields.items() if field in ("", *TABLE_FIELDS)}


def remember_columns(
    batch: Batch, reading: FileReading, fields: Mapping[int, str], mappings: pd.DataFrame
) -> None:
    """Remember what the person said that the columns of a table hold, with the import of it.

    Args:
        batch: the batch of the import.
        reading: the table as it was imported; nothing is remembered of another file.
        fields: what was said; nothing is remembered where nothing was.
        mappings: the book's frame `column_mapping`.
    """
    if not reading.columns or not fields:
        return
    key = headings_key(reading)
    written = json.dumps({str(at): field for at, field in fields.items()})
    known = mappings.index[mappings["headings_key"] == key].tolist()
    if known:
        batch.update("column_mapping", known[-1], fields=written)
    else:
        batch.add("column_mapping", headings_key=key, fields=written)
