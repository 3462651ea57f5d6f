"""Errors of a room; each says what the person can do."""

from __future__ import annotations

from enishi.errors import EnishiError


class RoomError(EnishiError):
    """Base class of the errors of a room."""


class NotPermittedError(RoomError):
    """A command is not this person's to give, or not in this phase."""

    sentence = "This cannot be done here."
    is_refusal = True


class WrongCodeError(RoomError):
    """A code is wrong, used or expired; one sentence for all three, so that none can be told."""

    sentence = "This code does not open a room."
    way_out = "Look at the screen of the room, or ask whoever leads it."


class DoorClosedError(RoomError):
    """The door is closed, or every seat is taken."""

    sentence = "The room takes nobody in just now."
    way_out = "This page tries again by itself."


class CalledError(RoomError):
    """The name one wants to be called is empty or too long. Facts: `count`, `longest`."""

    sentence = "Please choose a name of 1 to {longest} characters. This one has {count}."


class NobodyToPairError(RoomError):
    """Fewer than two people take part in a round."""

    sentence = "There is nobody to pair yet."


class ContradictionError(RoomError):
    """Two rules on who is to be apart or together contradict each other. Facts: `one`, `other`."""

    sentence = "Two rules contradict each other: {one} and {other}."
    way_out = "Take one of them back. Nothing was published."


class TooFewPartiesError(ContradictionError):
    """A rule cannot hold with parties of this number and size. Facts: `one`, the rule."""

    sentence = "With groups of this size, this rule cannot hold: {one}."
    way_out = "Take it back, or choose another size. Nothing was published."


class UnmetWishesError(RoomError):
    """No parties keep all rules and those apart of whom one declined the other; none is named."""

    sentence = "No groups of this size fit the rules and what people here asked for."
    way_out = "Take a rule back, or choose smaller groups. Nothing was published."


class SwapRefusedError(RoomError):
    """Two people cannot change places, as somebody declined; who is not said."""

    sentence = "These two cannot change places."
    way_out = "Choose others. Nothing was changed."


class AgendaError(RoomError):
    """An agenda does not fit. Facts: `file`, `line`, and those of the reason, a class each."""


class AgendaNotReadError(AgendaError):
    """The file of an agenda is not YAML."""

    sentence = "The agenda {file} cannot be read as YAML in line {line}."


class AgendaFieldError(AgendaError):
    """Something is missing in an agenda. Facts: `field`."""

    sentence = "The agenda {file} does not fit in line {line}: {field} is missing."


class AgendaValueError(AgendaError):
    """Something in an agenda is none of what it can be. Facts: `field`, `expected`, `found`."""

    sentence = (
        "The agenda {file} does not fit in line {line}, {field}: "
        "expected is {expected}. Found: {found}."
    )


class UnknownAgendaError(RoomError):
    """There is no agenda of this name. Facts: `name`, `names`."""

    sentence = "There is no agenda {name}."
    way_out = "Choose one of these: {names}."


class StageMovedError(RoomError):
    """Another facilitator moved the stage meanwhile."""

    sentence = "Somebody else led on in the meantime; this shows where the room is now."


class DayError(RoomError):
    """The day of deletion is past or too late. Facts: `days`."""

    sentence = "Please choose a day from today to {days} days from now."
