"""Errors of shared pages; each says what the person can do."""

from __future__ import annotations

from enishi.errors import EnishiError


class SharingError(EnishiError):
    """Base class of the errors of shared pages."""


class NotSharedError(SharingError):
    """There is no such page or line for this person: never, not any more, or forged."""

    sentence = "This is not open to you, or not any more."
    is_refusal = True


class NoCoachError(SharingError):
    """Whoever was chosen as the reader does not coach on this server."""

    sentence = "Pages can be shown to somebody who coaches here. This person does not."


class UntilError(SharingError):
    """The last day does not fit. Facts: `found`, `longest`."""

    sentence = "Expected is a last day from today on, within {longest} days. Found: {found}."


class ChosenPagesError(SharingError):
    """The chosen pages do not fit. Facts: `count`, `most`."""

    sentence = "Expected are 1 to {most} pages of yours. Found: {count}."


class CommentError(SharingError):
    """A comment does not fit. Facts: `count`, `longest`."""

    sentence = "Expected are 1 to {longest} characters. Found: {count}."


class ManyCommentsError(SharingError):
    """There are as many comments as there is room for. Fact: `most`."""

    sentence = "There is room for {most} comments. Remove some first."


class ShareFileError(SharingError):
    """A file of pages or comments cannot be used. Fact: `name`."""


class ForeignShareFileError(ShareFileError):
    """The file holds neither pages nor comments of Enishi."""

    sentence = "{name} holds no shared pages and no comments of Enishi."
    way_out = "Nothing was changed."


class DamagedShareFileError(ShareFileError):
    """The file is cut short or altered."""

    sentence = "{name} is cut short or was altered, so it was not read."
    way_out = "Ask for it once more. Nothing was changed."


class NewerShareFileError(ShareFileError):
    """The file is of a later version."""

    sentence = "{name} was made by a newer Enishi."
    way_out = "Update this one first. Nothing was changed."


class LargeShareFileError(ShareFileError):
    """The file is too large. Fact: `kilobytes`."""

    sentence = "{name} is larger than {kilobytes} kB."
    way_out = "Choose fewer pages."


class OtherShareError(ShareFileError):
    """The comments belong to other pages than this person's."""

    sentence = "These are comments on pages that were not opened here, or not any more."
    way_out = "Nothing was changed."
