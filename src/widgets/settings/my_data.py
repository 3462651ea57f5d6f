"""The person's own data: take it home as a file, put it back, or erase it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import msgspec

from enishi.book.copies.automatic_backups import (
    SETTING,
    SWITCHED_OFF,
    AutomaticBackup,
    backup_folder,
    list_automatic_backups,
    remove_automatic_backups,
)
from enishi.book.copies.errors import PassphraseMissingError, WrongPassphraseError
from enishi.book.copies.put_back import compare_copy, copy_from_backup, put_back
from enishi.book.copies.sealed import SHORT_PASSPHRASE
from enishi.book.database import file_of
from enishi.book.erasure import Erasure
from enishi.book.errors import OwnCopyError, UnfitCopyError
from enishi.book.own_copy import OwnCopy, count_rows, read_own_copy
from enishi.book.wording.column_texts import column_label, counts_text, table_label
from enishi.book.wording.earlier_notes import find_earlier_notes
from enishi.errors import EnishiError
from enishi.exchange.own_archive import (
    MOST_FILE_BYTES,
    PLAIN_ENDING,
    SEALED_ENDING,
    pack_archive,
    read_archive,
    seal_archive,
)
from enishi.i18n import format_list, texts
from enishi.i18n.folding import fold_key
from widgets.base.file_parts import PartNumber, part_of
from widgets.base.pages import PAGES
from widgets.base.sheet import Answer, Sheet, ShortText, command, query
from widgets.contacts.export import CONTACT_EXPORT, describe_contact_export
from widgets.settings.chosen_copy import SHOWN_DIFFERENCES, ChosenCopy, describe_copy, taken_keys

MOST_NOTES = 100
"""Most people and other things of which the earlier notes are shown; the file has all."""
Made = TypeVar("Made")
RowKey = Annotated[str, msgspec.Meta(max_length=200)]
Taken = Annotated[list[RowKey], msgspec.Meta(max_length=SHOWN_DIFFERENCES)]


class MyData(Sheet):
    """Hands out the person's own book as one file, takes it back, and erases all of it.

    Example:
        >>> MyData(open_workbook("07-settings"))     # doctest: +SKIP
    """

    name = "my_data"
    parts = (CONTACT_EXPORT,)
    erased: tuple[Erasure, int] | None = None
    """What was erased on this page, and the book's revision then."""
    _leaving: bytes = b""
    """The file that is being handed out."""
    _ending = PLAIN_ENDING
    _coming: tuple[bytes, ...] = ()
    """The parts of a file that is being taken back."""
    _chosen: ChosenCopy | None = None
    """The copy whose preview is shown."""

    def build_state(self) -> dict[str, Any]:
        """Return what is in the book and beside it; once it is erased, until one writes, how."""
        revision, language = self.book.revision(), self.workbook.language
        erased, erased_at = self.erased or (None, 0)
        said = self._describe_erasure(erased) if erased and revision == erased_at else None
        counts = self.workbook.cached("my rows", lambda: count_rows(self.book), revision)
        notes: list[Answer] = self.workbook.cached(
            f"earlier notes, {language}", self._find_notes, revision
        )
        return {
            "automatic": self._describe_automatic(),
            "holds": counts_text(counts, language),
            "chosen": describe_copy(self._chosen, language) if self._chosen else None,
            "erased": said,
            "most_bytes": MOST_FILE_BYTES,
            "short": SHORT_PASSPHRASE,
            "notes": notes[:MOST_NOTES],
            "more_notes": len(notes[MOST_NOTES:]),
            "export": describe_contact_export(self.workbook),
        }

    def _describe_erasure(self, erased: Erasure) -> dict[str, Any]:
        """Return what is said of an erasure; a guest is not shown files of the organiser."""
        is_own = not self.workbook.is_hosted
        return {
            "swept": erased.swept,
            "server": erased.on_server,
            "cleaned": erased.cleaned if is_own else 0,
            "upgraded": erased.upgraded if is_own else 0,
            "copies": format_list(erased.copies, self.workbook.language) if is_own else "",
        }

    def _describe_automatic(self) -> dict[str, Any]:
        """Return where automatic backups are and of when; `made` is why there are none, or ""."""
        file = file_of(self.book.engine)
        if self.workbook.is_hosted or file is None:
            return {"made": "hosted" if self.workbook.is_hosted else "server"}
        return {
            "made": "",
            "on": self.book.setting(SETTING) != SWITCHED_OFF,
            "folder": str(backup_folder(file)),
            "backups": [
                {"file": each.path.name, "at": self._moment(each)}
                for each in list_automatic_backups(file)
            ],
        }

    def _moment(self, backup: AutomaticBackup) -> str:
        return f"{self.workbook.short_date(backup.at.date())} {backup.at:%H:%M}"

    def _find_notes(self) -> list[Answer]:
        """Return what was written in fields that no sheet asks for any longer, as plain JSON."""
        language = self.workbook.language
        screens = [texts(page.partition("-")[2], language)["screens"] for page in PAGES]
        asked = [name for each in screens for name, words in each.items() if "reflect" in words]
        found = find_earlier_notes(self.book, language, asked)
        return [msgspec.to_builtins(group) for group in found]

    # -- taking it home ------------------------------------------------------------------------

    @query
    def take_home(self, part: PartNumber = 0, passphrase: ShortText = "") -> Answer:
        """Return a part of the file as Base64; the first one packs it, the last one says so.

        The passphrase seals the file and is not kept; without one the file is plain.
        """
        today = self.workbook.today
        if part == 0:
            taken = read_own_copy(self.book, self.words["what"], today)
            said = {"readme": self.words["readme"], "file": self.words["readme_file"]}
            packed = pack_archive(taken, said, self.workbook.language, today)
            self._leaving = seal_archive(packed, passphrase)
            self._ending = SEALED_ENDING if passphrase else PLAIN_ENDING
        copy, is_last = part_of(self._leaving, part)
        file = f"enishi-my-book-{today}{self._ending}"
        if is_last:
            self._leaving = b""
        text = self.say("taken", file=file) if is_last else " "
        kind = "application/zip" if self._ending == PLAIN_ENDING else "application/octet-stream"
        return {"copy": copy, "last": is_last, "file": file, "type": kind, "text": text}

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
    def open_copy(self, name: ShortText, passphrase: ShortText = "") -> Answer:
        """Read the file that was received, and show what putting it back would do.

        A sealed file stays received until its passphrase opens it; the passphrase is not kept.

        Raises:
            OwnCopyError: it cannot be put back; nothing was changed.
        """
        self._chosen = None
        try:
            copy = read_archive(b"".join(self._coming), name, passphrase)
        except PassphraseMissingError:
            self._chosen = ChosenCopy(name)
            return {"text": " ", "focus": "passphrase"}
        except WrongPassphraseError:
            self._chosen = ChosenCopy(name)
            raise
        except OwnCopyError:
            self._coming = ()
            raise
        self._coming = ()
        return self._show_copy(name, copy)

    def _show_copy(self, name: str, copy: OwnCopy) -> Answer:
        """Compare a copy with the book, and show the preview."""
        comparison = self._named_fields(lambda: compare_copy(self.book, copy, name))
        self._chosen = ChosenCopy(name, copy, comparison)
        return {"text": " ", "focus": "chosen"}

    @command
    def open_backup(self, file: ShortText) -> Answer:
        """Show what putting an automatic backup back would do.

        Raises:
            NothingChosenError: there is no such backup any more.
            BookError: it cannot be read.
        """
        book = file_of(self.book.engine)
        found = list_automatic_backups(book) if book and not self.workbook.is_hosted else []
        chosen = next((each for each in found if each.path.name == file), None)
        if chosen is None:
            raise NothingChosenError()
        self._coming = ()
        copy = copy_from_backup(chosen.path, self.book.owner)
        return self._show_copy(self.say("automatic_name", at=self._moment(chosen)), copy)

    @command
    def put_back(self, take: Taken, take_all: bool = False) -> Answer:
        """Write the copy whose preview is shown into the book: one call, one undo.

        Args:
            take: the rows (`table:id`) that differ and are taken from the copy.
            take_all: take all of them.

        Raises:
            NothingChosenError: no copy is shown.
            OwnCopyError: it cannot be put back; nothing was changed.
        """
        chosen = self._chosen
        if chosen is None or chosen.copy is None:
            raise NothingChosenError()
        copy, name = chosen.copy, chosen.name
        taken = None if take_all else taken_keys(take)
        counts = self._named_fields(lambda: put_back(self.book, copy, name, taken))
        self._chosen = None
        rows = counts_text(counts, self.workbook.language)
        text = self.say("put_back_done", rows=rows) if rows else self.words["put_back_none"]
        return {"text": text, "focus": "back"}

    @command
    def close_copy(self) -> Answer:
        """Put the chosen copy away; nothing was changed."""
        self._chosen, self._coming = None, ()
        return {"text": " ", "focus": "back"}

    # -- automatic backups ---------------------------------------------------------------------

    @command
    def switch_backups(self, on: bool) -> Answer:
        """Have automatic backups made, or no more; those there stay."""
        self.book.set_setting(SETTING, "" if on else SWITCHED_OFF)
        return {"text": self.words["automatic_switched_on" if on else "automatic_switched_off"]}

    @command
    def remove_backups(self) -> Answer:
        """Remove the automatic backups that are there."""
        file = file_of(self.book.engine)
        count = remove_automatic_backups(file) if file and not self.workbook.is_hosted else 0
        return {"text": self.say("automatic_removed", count=count), "focus": "automatic"}

    def _named_fields(self, act: Callable[[], Made]) -> Made:
        """Return what `act` does; in its errors a field has the name that the person knows."""
        try:
            return act()
        except UnfitCopyError as error:
            table, _, column = str(error.facts["field"]).partition(".")
            language = self.workbook.language
            named = table_label(table, language), column_label(table, column, language)
            error.facts["field"] = self.say("field_of", table=named[0], column=named[1])
            raise

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


class NothingChosenError(EnishiError):
    """No copy is chosen; the page was opened anew since."""

    sentence = "The file is no longer here."
    way_out = "Please choose it once more. Nothing was changed."


class WrongWordError(EnishiError):
    """The word typed is not the word shown."""

    sentence = "This is not the word shown, so nothing was erased."
