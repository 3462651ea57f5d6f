"""The person's own data: take it home as a file, or erase it."""

from __future__ import annotations

import json
from typing import Annotated, Any

import msgspec

from enishi.book.database import list_copies
from enishi.book.erasure import Erasure
from enishi.book.own_copy import read_own_copy
from enishi.errors import EnishiError
from enishi.i18n import format_list
from enishi.i18n.folding import fold_key
from widgets.base.sheet import Answer, Sheet, ShortText, command, query

PART_CHARACTERS = 2_000_000
"""Most characters of the file in one answer; a server disconnects a page behind by 16 MB."""
PartNumber = Annotated[int, msgspec.Meta(ge=0)]


class MyData(Sheet):
    """Hands out the person's own book as one file; erases all of it.

    Example:
        >>> MyData(open_workbook("06-settings"))     # doctest: +SKIP
    """

    name = "my_data"
    erased: tuple[Erasure, int] | None = None
    """What was erased on this page, and the book's revision then."""
    _file = ""

    def build_state(self) -> dict[str, Any]:
        """Return the copies beside the book; once it is erased, until one writes again, how."""
        copies = [] if self.workbook.is_hosted else list_copies(self.book.engine)
        erased, revision = self.erased or (None, 0)
        if erased and revision == self.book.revision():
            said = {"swept": erased.swept, "server": erased.on_server}
        else:
            said = None
        return {
            "copies": format_list(map(str, copies), self.workbook.language),
            "erased": said,
        }

    @query
    def take_home(self, part: PartNumber = 0) -> Answer:
        """Return a part of the file; the first one reads the book, the last one says so."""
        today = self.workbook.today
        if part == 0:
            copy = read_own_copy(self.book, self.words["what"], today)
            self._file = json.dumps(copy, ensure_ascii=False, indent=2) + "\n"
        start, end = part * PART_CHARACTERS, (part + 1) * PART_CHARACTERS
        text, is_last = self._file[start:end], end >= len(self._file)
        file = f"enishi-my-book-{today}.json"
        if is_last:
            self._file = ""
        said = self.say("taken", file=file) if is_last else " "
        return {"copy": text, "last": is_last, "file": file, "text": said}

    @command
    def erase(self, word: ShortText) -> Answer:
        """Erase the whole book, if `word` is the word that the sheet shows.

        Raises:
            WrongWordError: it is another word; nothing was erased.
        """
        if fold_key(word) != fold_key(self.words["erase_word"]):
            raise WrongWordError()
        erased = self.book.erase_everything()
        self.erased = (erased, self.book.revision())
        self.workbook.preferred_language = self.workbook.language  # the setting is gone
        return {"text": " ", "focus": "erased"}


class WrongWordError(EnishiError):
    """The word typed is not the word shown."""

    sentence = "This is not the word shown, so nothing was erased."
