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
