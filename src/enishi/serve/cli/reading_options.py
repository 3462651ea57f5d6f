"""How a file of contacts is to be read, as the options of `enishi import` say it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enishi.i18n import console_language, translate
from enishi.serve.errors import ColumnsError, NoColumnError, NoFieldError, NoFileError, NoSwapError

if TYPE_CHECKING:
    import pandas as pd

    from enishi.exchange import FileReading

SPOKEN_ENCODINGS = {
    **{"shift_jis": "cp932", "sjis": "cp932", "windows_31j": "cp932", "ms932": "cp932"},
    **{"ansi": "cp1252", "euc_kr": "cp949", "ks_c_5601_1987": "cp949", "uhc": "cp949"},
    **{"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "big5": "cp950"},
}
"""Names that people and programs use for a codec that contains theirs."""


@dataclass(frozen=True)
class Wanted:
    """What a person said of a file of contacts; what is empty is seen from its content.

    Attributes:
        encoding: the Python codec.
        kind: the kind of table.
        day_order: "dmy" or "mdy".
        columns: the field of each heading; see `parse_columns`.
        swap_names: whether family and given name of LinkedIn's file are the other way round.
    """

    encoding: str = ""
    kind: str = ""
    day_order: str = ""
    columns: Mapping[str, str] | None = None
    swap_names: bool = False

    def __bool__(self) -> bool:
        said = self.encoding or self.kind or self.day_order or self.swap_names
        return bool(said or self.columns is not None)


def _read_encoding(
    context: click.Context, option: click.Parameter, value: str | None
) -> str | None:
    """Return the codec that contacts are read with, of its name in any spelling."""
    from enishi.exchange.encodings import ENCODINGS

    if value is None:
        return None
    wanted = SPOKEN_ENCODINGS.get(value.lower().replace("-", "_"), value)
    try:
        found = codecs.lookup(wanted).name
    except LookupError:
        found = ""
    for each in ENCODINGS:
        if found == codecs.lookup(each).name:
            return each
    sentence = "“{value}” is none of the encodings of contacts: {known}."
    raise _no_choice(context, option, sentence, value, ENCODINGS)


def _read_kind(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """Return the kind of table that was named."""
    from enishi.exchange.headings.file_kinds import BY_NAME

    kinds = (*BY_NAME, "table")
    if value is None or value in kinds:
        return value
    raise _no_choice(
        context, option, "“{value}” is none of the kinds of files: {known}.", value, kinds
    )


def _no_choice(
    context: click.Context,
    option: click.Parameter,
    sentence: str,
    value: str,
    known: Iterable[str],
) -> click.BadParameter:
    """Return the error of a value that is none of those that there are."""
    language = context.params.get("language") or console_language()
    text = translate(language, sentence, value=value, known=", ".join(known))
    return click.BadParameter(text, context, option)


def with_reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options by which a person says how a file of contacts is to be read."""
    for option in reversed(
        (
            click.option(
                "--encoding",
                callback=_read_encoding,
                default=None,
                metavar="NAME",
                help="Contacts: the character encoding of a text file, such as cp932 or utf-8.",
            ),
            click.option(
                "--kind",
                callback=_read_kind,
                default=None,
                metavar="NAME",
                help="Contacts: the program that wrote the table, such as eight or outlook-ja;"
                " “table” is any other one.",
            ),
            click.option(
                "--day-order",
                type=click.Choice(("dmy", "mdy")),
                default=None,
                help="Contacts: whether 3/4/2024 begins with the day or with the month.",
            ),
            click.option(
                "--swap-names",
                is_flag=True,
                help="Contacts of LinkedIn: family and given name are the other way round, where"
                " both are written in Japanese, Chinese or Korean.",
            ),
            click.option(
                "--columns",
                metavar="MAPPING",
                default=None,
                help="Contacts: what columns of a table hold, as HEADING=FIELD with commas between,"
                " or the name of a file with one on each line. An empty FIELD leaves a column"
                " out; #3 is the third column of a table without headings. The next table with the"
                " same headings is read so by itself.",
            ),
        )
    ):
        command = option(command)
    return command


def parse_columns(said: str | None) -> Mapping[str, str] | None:
    """Return the field of each heading that a person named; None if they named none.

    >>> parse_columns("Firma=organisation, Farbe=")
    {'Firma': 'organisation', 'Farbe': ''}

    Args:
        said: the headings and fields, or the name of a file that has them: one on each line, or a
            JSON object.

    Raises:
        ColumnsError: it is neither.
        NoFileError: the file cannot be read.
    """
    if said is None:
        return None
    text, lines = said, said.split(",")
    if "=" not in said or Path(said).is_file():
        try:
            text = Path(said).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise NoFileError(file=said) from error
        lines = text.splitlines()
    if text.lstrip()[:1] == "{":
        return _parse_json(text)
    found = {}
    for line in lines:
        heading, equals, field = line.rpartition("=")
        if not line.strip():
            continue
        if not equals or not heading.strip():
            raise ColumnsError(text=line.strip())
        found[heading.strip()] = field.strip()
    return found


def _parse_json(text: str) -> Mapping[str, str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ColumnsError(text=text.strip()[:40]) from error
    if not all(isinstance(field, str) for field in found.values()):
        raise ColumnsError(text=text.strip()[:40])
    return {str(heading): field for heading, field in found.items()}


def read_as_wanted(
    data: bytes, name: str, wanted: Wanted, mappings: pd.DataFrame
) -> tuple[FileReading, Mapping[int, str]]:
    """Read a file of contacts as the person said, or said of a table with the same headings.

    Args:
        data: the file's content.
        name: the file's name.
        wanted: what the person says now; it goes before what they said another time.
        mappings: the book's frame `column_mapping`.

    Returns:
        The reading, and the fields of a table's columns as they were said now or another time.

    Raises:
        UnknownFileError, UnreadableFileError: it cannot be read.
        NoSwapError: names are to be swapped in a file of another program than LinkedIn.
        NoColumnError, NoFieldError: a column that was named is not there, or has no such field.
    """
    from enishi.exchange import TABLE_FIELDS, ReadingOptions, read_contacts
    from enishi.exchange.headings.file_kinds import plain_header
    from enishi.exchange.headings.remembered import recall_columns

    kind = "table" if wanted.columns is not None else wanted.kind
    options = ReadingOptions(wanted.swap_names, kind, wanted.encoding, wanted.day_order)
    reading = read_contacts(data, name, options)
    if wanted.swap_names and reading.kind != "linkedin":
        raise NoSwapError(file=name, kind=reading.kind)
    known_fields = {} if wanted.kind else recall_columns(reading, mappings)
    if wanted.columns is None and not known_fields:
        return reading, {}
    fields = {at: each.field for at, each in enumerate(reading.columns)} | known_fields
    places = {plain_header(each.label): at for at, each in enumerate(reading.columns)}
    for heading, field in (wanted.columns or {}).items():
        at = places.get(plain_header(heading))
        if at is None:
            known = ", ".join(each.label for each in reading.columns) or "–"
            raise NoColumnError(heading=heading, file=name, known=known)
        if field and field not in TABLE_FIELDS:
            raise NoFieldError(field=field, heading=heading, known=", ".join(TABLE_FIELDS))
        fields[at] = field
    return read_contacts(data, name, replace(options, kind="", fields=fields)), fields
