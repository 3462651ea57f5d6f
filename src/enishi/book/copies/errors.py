"""Errors of sealed files, each with one sentence for the person.

OwnCopyError
└── SealedFileError
    ├── SealHeaderError, SealLengthError, SealChecksumError: the file is damaged
    ├── WrongPassphraseError, PassphraseMissingError
    └── AlteredSealError, NewerSealError
"""

from __future__ import annotations

from enishi.book.errors import OwnCopyError


class SealedFileError(OwnCopyError):
    """A sealed file cannot be opened. Facts: `name`."""


class SealHeaderError(SealedFileError):
    """The lines that say how the file is sealed are damaged. Facts: `name`."""

    sentence = "{name} is sealed with a passphrase, but its first two lines are damaged."
    way_out = "Choose the file once more as it was saved, or an older one. Nothing was changed."


class SealLengthError(SealedFileError):
    """The file has another length than its header says. Facts: `name`, `found`, `expected`."""

    sentence = "{name} is sealed with a passphrase, but has {found} bytes instead of {expected}."
    way_out = "Choose the file once more as it was saved, or an older one. Nothing was changed."


class SealChecksumError(SealedFileError):
    """The content of the file does not match its checksum. Facts: `name`."""

    sentence = (
        "{name} is sealed with a passphrase, but its content does not match its checksum:"
        " a part of it is damaged."
    )
    way_out = "Choose the file once more as it was saved, or an older one. Nothing was changed."


class WrongPassphraseError(SealedFileError):
    """The file is whole, and another passphrase opens it. Facts: `name`."""

    sentence = "The file {name} is whole, but this passphrase does not open it."
    way_out = "Check capital letters and the input language, then try again. Nothing was changed."


class PassphraseMissingError(SealedFileError):
    """The file is sealed, and no passphrase was given. Facts: `name`."""

    sentence = "{name} is sealed with a passphrase."
    way_out = "Type the passphrase with which it was made. Nothing was changed."


class AlteredSealError(SealedFileError):
    """The passphrase is right, and a later part was altered on purpose. Facts: `name`."""

    sentence = "{name} was altered after it was sealed."
    way_out = "Do not rely on this file; choose an older one. Nothing was changed."


class NewerSealError(SealedFileError):
    """The file was sealed by a later version of Enishi. Facts: `name`."""

    sentence = "{name} was sealed by a newer version of Enishi."
    way_out = "Nothing was changed. Please update Enishi and choose the file again."
