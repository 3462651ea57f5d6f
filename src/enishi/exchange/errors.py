"""Errors for files that cannot be imported; a problem inside a readable file is a `Problem`.

EnishiError
├── UnreadableFileError: a file of the right kind that exceeds a limit
│   ├── FileTooLargeError, TooManyRowsError, TooManyColumnsError, TooManyFieldsError
│   ├── FieldTooLargeError, LineTooLongError, HeadingTooLongError, CrowdedArchiveError
│   ├── EnormousWorkbookError
│   └── DamagedPartError, NewerPartError, LargePartError: of what was taken home from a room
└── UnknownFileError: no file of contacts; the sentence names the kind
    ├── EmptyFileError, NotTextError, ControlCharactersError, UnknownEncodingError
    ├── LockedArchiveError, OtherArchiveError, DamagedArchiveError, ExcelWorkbookError
    ├── LockedWorkbookError, DamagedWorkbookError
    └── OtherDocumentError, WebPageError, CalendarError, JsonFileError
"""

from __future__ import annotations

from enishi.errors import EnishiError


class UnreadableFileError(EnishiError):
    """A file that exceeds a limit of the import."""


class FileTooLargeError(UnreadableFileError):
    """A file that is too large. Facts: name, megabytes (the limit)."""

    sentence = "{name} is larger than {megabytes} MB."
    way_out = "Please choose only the contacts file, or split it into several files."


class TooManyRowsError(UnreadableFileError):
    """A file with too many lines. Facts: name, rows (the limit)."""

    sentence = "{name} has more than {rows} lines."
    way_out = "Please split it into several files and import them one after the other."


class FieldTooLargeError(UnreadableFileError):
    """A field that is too large. Facts: name, line, megabytes (the limit)."""

    sentence = "In {name}, one field near line {line} is larger than {megabytes} MB."
    way_out = "Often a quotation mark is missing there. Please correct that line and try again."


class TooManyColumnsError(UnreadableFileError):
    """A line with too many columns. Facts: name, line, found, most (the limit)."""

    sentence = "In {name}, line {line} has {found} columns; up to {most} are read."
    way_out = "Please leave out the columns that say nothing about people."


class TooManyFieldsError(UnreadableFileError):
    """A file with too many filled cells. Facts: name, line (where it exceeds the limit), most."""

    sentence = "{name} has more than {most} filled fields up to line {line}."
    way_out = "Please split it into several files and import them one after the other."


class LineTooLongError(UnreadableFileError):
    """A line that is too long. Facts: name, line, found and most (characters)."""

    sentence = "In {name}, line {line} is {found} characters long; up to {most} are read."
    way_out = (
        "In a contacts file each person begins on a new line. Please export your contacts again and"
        " choose that file as it is."
    )


class HeadingTooLongError(UnreadableFileError):
    """A heading that is too long. Facts: name, line, found and most (characters)."""

    sentence = "In {name}, line {line} has a heading of {found} characters; up to {most} are read."
    way_out = "Please shorten the headings to a few words."


class EnormousWorkbookError(UnreadableFileError):
    """A workbook whose parts are too large once unpacked. Facts: name, megabytes (the limit)."""

    sentence = "{name} is an Excel workbook with more than {megabytes} MB in it."
    way_out = "Please save only the sheet of your contacts in a file of its own."


class CrowdedArchiveError(UnreadableFileError):
    """A ZIP file with too many entries. Facts: name, found, most (files in the archive)."""

    sentence = "{name} is a ZIP file with {found} files in it; up to {most} are looked through."
    way_out = "Please open it yourself and choose Connections.csv."


class DamagedPartError(UnreadableFileError):
    """A file of a participant's part of a room, cut short or altered. Facts: name."""

    sentence = "{name} was taken home from a room, but a part of it is missing or damaged."
    way_out = "Choose the file once more as it was saved. Nothing was changed."


class NewerPartError(UnreadableFileError):
    """The same, made by a later version of Enishi. Facts: name."""

    sentence = "{name} was made by a newer version of Enishi."
    way_out = "Nothing was changed. Please update Enishi and choose the file again."


class LargePartError(UnreadableFileError):
    """The same, and too large. Facts: name, kilobytes (the limit)."""

    sentence = "{name} is larger than {kilobytes} kB."
    way_out = "What one takes home from a room is smaller. Nothing was changed."


class UnknownFileError(EnishiError):
    """Not a file that can be imported. Facts: name; here also headers (those found)."""

    sentence = "{name} is no table of contacts. Its first line reads: {headers}."
    way_out = (
        "Please choose a file that an address book or a spreadsheet saved: CSV, .xlsx or vCard"
        " (.vcf)."
    )


class EmptyFileError(UnknownFileError):
    """An empty file. Facts: name."""

    sentence = "{name} is empty."


class NotTextError(UnknownFileError):
    """A file with NUL bytes, which no text file holds. Facts: name."""

    sentence = "{name} is not a text file: it holds NUL characters."


class ControlCharactersError(UnknownFileError):
    """A file with other characters that no text file holds. Facts: name, count."""

    sentence = "{name} is not a text file: {count} of its first characters are control characters."


class UnknownEncodingError(UnknownFileError):
    """A file that no codec of `enishi.exchange.encodings` can decode. Facts: name."""

    sentence = (
        "The characters of {name} could not be read: not UTF-8, UTF-16, Shift_JIS, EUC-JP,"
        " ISO-2022-JP or Windows-1252."
    )
    way_out = "Please download the file again, or save it as “CSV UTF-8” and choose that file."


class ExcelWorkbookError(UnknownFileError):
    """An .xls file, or an .xlsb. Facts: name."""

    sentence = "{name} is an Excel workbook of another format than .xlsx."
    way_out = "Please save it in Excel as “Excel workbook (.xlsx)” or “CSV UTF-8”."


class LockedWorkbookError(UnknownFileError):
    """An .xlsx file with a password. Facts: name."""

    sentence = "{name} is an Excel workbook with a password."
    way_out = "Please save a copy of it without the password, and choose that file."


class DamagedWorkbookError(UnknownFileError):
    """An .xlsx file that is truncated or altered. Facts: name."""

    sentence = "{name} is an Excel workbook, but a damaged one."
    way_out = "Please open it in Excel, save it again, and choose that file."


class OtherDocumentError(UnknownFileError):
    """Another kind of document. Facts: name, kind (the format's name, such as PDF)."""

    sentence = "{name} is a {kind} file."


class OtherArchiveError(UnknownFileError):
    """A ZIP file without LinkedIn's connections and without a single contacts file. Facts: name."""

    sentence = "{name} is a ZIP file without a Connections.csv in it."
    way_out = (
        "When you ask LinkedIn for your data, please tick “Connections”; the ZIP file it sends can"
        " be chosen here as it is."
    )


class LockedArchiveError(OtherArchiveError):
    """A ZIP file with a password or an unsupported compression method. Facts: name."""

    sentence = "{name} is a ZIP file that cannot be opened here."
    way_out = "Please open it yourself and choose Connections.csv."


class DamagedArchiveError(OtherArchiveError):
    """A ZIP file that is truncated or altered. Facts: name."""

    sentence = "{name} is a ZIP file, but a damaged one."
    way_out = "Please download it once more."


class WebPageError(UnknownFileError):
    """An HTML page, often the one that should have offered the file. Facts: name."""

    sentence = "{name} is a web page (HTML), not the file itself."


class CalendarError(UnknownFileError):
    """An iCalendar file. Facts: name."""

    sentence = "{name} is a calendar file."


class JsonFileError(UnknownFileError):
    """A JSON file. Facts: name."""

    sentence = "{name} is a JSON file."
    way_out = "Please ask for the CSV form of your contacts instead."
