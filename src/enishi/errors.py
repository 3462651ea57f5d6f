"""Base class of all errors: each has a sentence and a way out that the person can act on.

EnishiError
├── book: NotABookError, DiskFullError, BookBusyError, StaleVersionError, …
├── exchange: UnknownFileError, …
└── serve: PortInUseError, …

Each package defines its own errors; `enishi.i18n.error_text` translates them into the person's
language.
"""

from __future__ import annotations


class EnishiError(Exception):
    """An error with a sentence that describes it and a way out.

    Attributes:
        sentence: what happened, in English, with `{fact}` placeholders; the key of its translation
            in `data/locale`.
        way_out: what the person can do, in the same form; may be empty.
        is_refusal: whether somebody asked for what is not theirs to do, which the log tells.
        facts: the values for the placeholders.
    """

    sentence = "Something went wrong."
    way_out = ""
    is_refusal = False

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))
