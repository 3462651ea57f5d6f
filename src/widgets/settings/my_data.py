"""The person's own data: take it home as a file, put it back, or erase it."""

from __future__ import annotations

from base64 import b64encode
from typing import Annotated, Any

import msgspec

from enishi.book.database import list_copies
from enishi.book.erasure import Erasure
from enishi.book.errors import UnfitCopyError
from enishi.book.own_copy import count_rows, put_back, read_own_copy
from enishi.book.wording.column_texts import column_label, counts_text, table_label
from enishi.book.wording.earlier_notes import find_earlier_notes
from enishi.errors import EnishiError
from enishi.exchange.own_archive import MOST_FILE_BYTES, pack_archive, read_archive
from enishi.i18n import format_list, texts
from enishi.i18n.folding import fold_key
from widgets.base.sheet import Answer, Sheet, ShortText, command, query
from widgets.base.workbook import PAGES

PART_BYTES = 1_500_000
"""Most bytes of the file in one answer; a server disconnects a page behind by 16 MB.

It is a multiple of three, so that each part is whole as Base64.
"""
PartNumber = Annotated[int, msgspec.Meta(ge=0)]


class MyData(Sheet):
    """Hands out the person's own book as one file, takes it back, and erases all of it.

    Example:
        >>> MyData(open_workbook("07-settings"))     # doctest: +SKIP
    """

    name = "my_data"
    erased: tuple[Erasure, int] | None = None
    """What was erased on this page, and the book's revision then."""
    _leaving: bytes = b""
    """The file that is being handed out."""
    _coming: tuple[bytes, ...] = ()
    """The parts of a file that is being taken back."""

    def build_state(self) -> dict[str, Any]:
        """Return what is in the book and beside it; once it is erased, until one writes, how."""
        copies = [] if self.workbook.is_hosted else list_copies(self.book.engine)
        revision, language = self.book.revision(), self.workbook.language
        erased, erased_at = self.erased or (None, 0)
        if erased and revision == erased_at:
            said = {"swept": erased.swept, "server": erased.on_server}
        else:
            said = None
        counts = self.workbook.cached("my rows", lambda: count_rows(self.book), revision)
        notes = self.workbook.cached(f"earlier notes, {language}", self._find_notes, revision)
        return {
            "copies": format_list(map(str, copies), language),
            "holds": counts_text(counts, language),
            "empty": not counts.keys() - {"setting"},
            "erased": said,
            "most_bytes": MOST_FILE_BYTES,
            "notes": notes,
        }

    def _find_notes(self) -> list[Answer]:
        """Return what was written in fields that no sheet asks for any longer, as plain JSON."""
        language = self.workbook.language
        screens = [texts(page.partition("-")[2], language)["screens"] for page in PAGES]
        asked = [name for each in screens for name, words in each.items() if "reflect" in words]
        found = find_earlier_notes(self.book, language, asked)
        return [msgspec.to_builtins(group) for group in found]

    # -- taking it home ------------------------------------------------------------------------

    @query
    def take_home(self, part: PartNumber = 0) -> Answer:
        """Return a part of the file as Base64; the first one packs it, the last one says so."""
        today = self.workbook.today
        if part == 0:
            copy = read_own_copy(self.book, self.words["what"], today)
            said = {"readme": self.words["readme"], "file": self.words["readme_file"]}
            self._leaving = pack_archive(copy, said, self.workbook.language, today)
        start, end = part * PART_BYTES, (part + 1) * PART_BYTES
        content, is_last = self._leaving[start:end], end >= len(self._leaving)
        file = f"enishi-my-book-{today}.zip"
        if is_last:
            self._leaving = b""
        text = self.say("taken", file=file) if is_last else " "
        return {"copy": b64encode(content).decode(), "last": is_last, "file": file, "text": text}

    # -- putting it back -----------------------------------------------------------------------

    @query
    def receive(self, buffers: list[bytes], part: PartNumber = 0) -> Answer:
        """Keep a part of the file to put back; nothing is written yet."""
        before = self._coming if part else ()
        self._coming = ()
        if part == len(before) and sum(map(len, before)) <= MOST_FILE_BYTES:
            self._coming = (*before, b"".join(buffers))
        return {"text": " "}

    @command
    def put_back(self, name: ShortText) -> Answer:
        """Put the file that was received back into the empty book: one call, one undo.

        Raises:
            OwnCopyError: it cannot be put back; nothing was changed.
        """
        data, self._coming = b"".join(self._coming), ()
        try:
            counts = put_back(self.book, read_archive(data, name), name)
        except UnfitCopyError as error:
            table, _, column = str(error.facts["field"]).partition(".")
            language = self.workbook.language
            named = table_label(table, language), column_label(table, column, language)
            error.facts["field"] = self.say("field_of", table=named[0], column=named[1])
            raise
        return {"text": self.say("put_back_done", rows=counts_text(counts, self.workbook.language))}

    # -- erasing -------------------------------------------------------------------------------

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
