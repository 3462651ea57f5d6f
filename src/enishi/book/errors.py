"""Errors of a book; each has a sentence that describes it and a way out."""

from __future__ import annotations

from enishi.errors import EnishiError


class BookError(EnishiError):
    """A problem with the book; nothing was changed."""


class NotABookError(BookError):
    """The file exists, but is not an Enishi book. Facts: `path`."""

    sentence = "{path} is not an Enishi book."
    way_out = "It was left as it is. Move it elsewhere, or choose another folder with ENISHI_DATA."


class DamagedBookError(BookError):
    """The file is a book that can no longer be read. Facts: `path`."""

    sentence = "The book {path} is damaged."
    way_out = (
        "It was left as it is. Put a copy of it in its place, or move it elsewhere to begin anew."
    )


class NoBookError(BookError):
    """There is no book at the path. Facts: `path`."""

    sentence = "There is no book at {path}."
    way_out = "Check the name, or name the folder of the book with ENISHI_DATA."


class PathTakenError(BookError):
    """A backup would overwrite a file. Facts: `path`."""

    sentence = "There is already a file at {path}."
    way_out = "It was left as it is. Choose another name for the backup."


class NotWritableError(BookError):
    """A backup cannot be written to the path. Facts: `path`."""

    sentence = "The backup cannot be written to {path}."
    way_out = "Choose a folder that exists, that you may write to, and that has room."


class NotABackupError(BookError):
    """A file to be restored is not a book. Facts: `path`."""

    sentence = "{path} is not a backup of Enishi."
    way_out = "The book was left as it is. Choose a file that `enishi backup` has written."


class NotWholeError(BookError):
    """A file to be restored is not a whole book. Facts: `path`, `found`."""

    sentence = "The backup {path} is not whole ({found})."
    way_out = "The book was left as it is. Choose another backup."


class NotUpgradedError(BookError):
    """An older book could not be upgraded. Facts: `path`."""

    sentence = "The book {path} is from an earlier version of Enishi and could not be updated."
    way_out = "It was left as it is, and the earlier version still opens it."


class NewerBookError(BookError):
    """The book was last opened by a later version of Enishi. Facts: `path`, `revision`."""

    sentence = "The book {path} was written by a newer version of Enishi (revision {revision})."
    way_out = "It was left as it is. Please update Enishi and open it again."


class BookPermissionError(BookError):
    """The file or its folder may not be read or written. Facts: `path`."""

    sentence = "The book {path} cannot be opened for writing."
    way_out = "Allow access to its folder, or choose another folder with ENISHI_DATA."


class TransientError(BookError):
    """A problem that may pass, so that a retry is worthwhile."""


class DiskFullError(TransientError):
    """There is no disk space left to write."""

    sentence = "The disk is full, so this could not be saved."
    way_out = "What was saved before is safe. Make some room, then try again."


class DiskFailedError(TransientError):
    """The disk failed to read or write."""

    sentence = "The disk did not take this, so it could not be saved."
    way_out = "What was saved before is safe. See whether the disk is full or was removed."


class BookBusyError(TransientError):
    """Another program locked the book for too long."""

    sentence = "Another program is using the book just now."
    way_out = "What was saved before is safe. Close the other program, then try again."


class MovedBookError(TransientError):
    """The opened file is no longer in its place, or was replaced by another. Facts: `path`."""

    sentence = "The book {path} was moved, removed or replaced while it was open."
    way_out = (
        "This was not saved. Put the file back, or close Enishi and start it again "
        "to go on with what is there now."
    )


class GrowthError(TransientError):
    """The book grew by more than the server allows one person in an hour. Facts: `most` (MB)."""

    sentence = "This server takes {most} MB of new writing from one person in an hour."
    way_out = "What was saved before is safe. Wait a while, then save this again."


class DatabaseUnreachableError(TransientError):
    """The database server does not answer, or its address is invalid."""

    sentence = "The database does not answer."
    way_out = "Check the address in ENISHI_DATABASE and that the server is running."


class DatabasePermissionError(BookError):
    """The account on the database server lacks a needed right. Facts: `path`."""

    sentence = "The database {path} does not let Enishi make or change its tables."
    way_out = "Give the account in ENISHI_DATABASE the right to do so, or name another one there."


class PagesAccountError(BookError):
    """Row-level security does not hold the account of the pages. Facts: `account`, `found`."""

    sentence = "The account {account} in ENISHI_DATABASE could read every book (found: {found})."
    way_out = (
        "Name an ordinary account there that owns no tables, and the owner of the tables in "
        "ENISHI_KEEPER_DATABASE; see docs/serving.md, “For many machines”."
    )


class KeeperAccountError(BookError):
    """The account for what concerns all books would not see all rows. Facts: `account`."""

    sentence = "The account {account} does not see all books: it does not own the tables."
    way_out = "Name the account that owns them in ENISHI_KEEPER_DATABASE."


class DatabaseEncodingError(BookError):
    """The database's encoding does not cover every character. Facts: `path`, `encoding`."""

    sentence = "The database {path} cannot hold every character: it keeps its texts as {encoding}."
    way_out = "Make a database with the encoding UTF8, and name it in ENISHI_DATABASE."


class ForeignDatabaseError(NotABookError):
    """The database holds the tables of another program. Facts: `path`."""

    sentence = "The database {path} holds the tables of another program."
    way_out = "It was left as it is. Please name a database of Enishi's own in ENISHI_DATABASE."


class DatabaseDriverError(BookError):
    """The Python driver of the database server is not installed. Facts: `module`."""

    sentence = "The database in ENISHI_DATABASE needs the package {module}, which is missing."
    way_out = "Install it, or leave ENISHI_DATABASE out to keep the book in a file."


class UnknownPersonError(BookError):
    """No person, or more than one, has this name or id. Facts: `person`."""

    sentence = "It is not clear who “{person}” is."
    way_out = "`enishi persons` lists everybody; name the person by their id."


class UnknownRowError(BookError):
    """There is no such row; it may have been removed elsewhere."""

    sentence = "This entry is no longer in the book."
    way_out = "It may have been removed in another window. Please reload the page."


class InvalidValueError(BookError):
    """A value does not fit its column; the way out states what was expected. Facts: `field`."""

    sentence = "“{field}” cannot hold this."

    def __init__(self, expected: str, **facts: object) -> None:
        """Set the way out to the sentence `expected`, with `facts` for its placeholders."""
        self.way_out = expected
        super().__init__(**facts)


class TooLongError(InvalidValueError):
    """A text is longer than its column allows, or a list has too many lines.

    Attributes:
        longest: maximum characters of the text, or of each line of a list.
        most: maximum lines of a list; None for a text.
    """

    sentence = "The text in “{field}” is too long."

    def __init__(self, expected: str, *, longest: int, most: int | None, **facts: object) -> None:
        self.longest, self.most = longest, most
        super().__init__(expected, longest=longest, most=most, **facts)


class UnnamedTooLongError(TooLongError):
    """The same, of a text whose field has no name on the page."""

    sentence = "This text is too long."


class StaleVersionError(BookError):
    """The same field was changed elsewhere since it was read.

    Attributes:
        fields: names of the columns both sides changed.
        theirs: the current values of those columns, by name.
        version: the row's current version.
    """

    sentence = "This was changed in another window in the meantime: {field}."
    way_out = "Choose which of the two to keep."

    def __init__(self, fields: tuple[str, ...], theirs: dict[str, object], version: int) -> None:
        self.fields, self.theirs, self.version = fields, theirs, version
        super().__init__(field=", ".join(fields))


class OwnCopyError(BookError):
    """A file cannot be put back into the book. Facts: `name`."""


class NotACopyError(OwnCopyError):
    """The file is not a copy of a book that a person took home. Facts: `name`."""

    sentence = "{name} is not a book that was taken home from here."
    way_out = (
        "Choose the ZIP file that “Take it home” made, or the JSON file of an earlier version."
        " Nothing was changed."
    )


class DamagedCopyError(OwnCopyError):
    """The file was a copy, and is cut short or altered. Facts: `name`."""

    sentence = "{name} is a book that was taken home, but a part of it is missing or damaged."
    way_out = "Choose the file once more as it was saved, or an older one. Nothing was changed."


class PartDamagedError(DamagedCopyError):
    """A file within the copy does not match its checksum. Facts: `name`, `part`."""

    sentence = "{name} is a book that was taken home, but {part} in it does not match its checksum."


class UnfitCopyError(OwnCopyError):
    """A value in a copy does not fit; the way out says what does. Facts: `name`, `field`."""

    sentence = "In {name}, “{field}” does not fit, so nothing was put back."

    def __init__(self, expected: str, **facts: object) -> None:
        """Set the way out to the sentence `expected`, with `facts` for its placeholders."""
        self.way_out = expected
        super().__init__(**facts)


class NewerCopyError(OwnCopyError):
    """The copy was made by a later version of Enishi. Facts: `name`, `revision`."""

    sentence = "{name} was made by a newer version of Enishi (revision {revision})."
    way_out = "Nothing was changed. Please update Enishi and choose the file again."


class LargeCopyError(OwnCopyError):
    """The file, or what it unpacks to, is too large. Facts: `name`, `megabytes` (the limit)."""

    sentence = "{name} is larger than {megabytes} MB, which no book taken home from here is."
    way_out = "Choose the ZIP file as “Take it home” made it. Nothing was changed."
