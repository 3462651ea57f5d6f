"""What may be wrong on an author's page; its header tells the author."""

from __future__ import annotations

from enishi.errors import EnishiError


class UnknownTextError(EnishiError):
    """A page names a text that the file of its words does not have."""

    sentence = "{sheet}: there is no text “{name}” in {file}."
    way_out = "It has: {names}."


class UnknownSheetError(EnishiError):
    """A page imports a sheet that does not exist."""

    sentence = "There is no sheet “{name}”."
    way_out = "The nearest names are: {names}."


class QuestionKeyError(EnishiError):
    """The key of a question cannot be used."""

    sentence = "Ask: “{name}” cannot be the key of a question."
    way_out = "Use small letters, digits and _, beginning with a letter, as in my_question."


class NoQuestionError(EnishiError):
    """A question has no words."""

    sentence = "Ask: the question “{name}” has no words."
    way_out = "Write them under sheets → {name} → question in {file}, or as question=“…”."
