"""What can go wrong, each as one sentence a person can act on.

EnishiError
├── book: NotABookError, DiskFullError, BookBusyError, StaleVersionError, …
├── exchange: UnknownFileError, …
└── serve: PortInUseError, …

Each room defines its own; all of them say themselves in the person's language through
`enishi.i18n.error_text`.
"""

from __future__ import annotations


class EnishiError(Exception):
    """A problem told in one sentence, with a way out.

    Attributes:
        sentence: what happened, in English, with `{fact}` placeholders; the key of its
            translation in `data/locale`.
        way_out: what the person can do, likewise; may be empty.
        facts: the values for the placeholders.
    """

    sentence = "Something went wrong."
    way_out = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))
