"""Opened to me: what people show to their coach, read line by line, with comments."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any, ClassVar

import msgspec

from enishi.errors import EnishiError
from enishi.i18n.initials import forms_of
from enishi.identity import FACILITATOR
from enishi.sharing.comments import (
    LONGEST,
    CommentKind,
    add_comment,
    list_comments,
    remove_comment,
)
from enishi.sharing.errors import NotSharedError
from enishi.sharing.pages import PICTURE
from enishi.sharing.share_file import read_pages_file, write_comments
from enishi.sharing.shares import (
    PageShare,
    ShareParty,
    find_changed,
    mark_looked,
    read_pages,
    receive_pages,
    shares_received,
    withdraw,
)
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Identifier, Part, Sheet, ShortText, command, query
from widgets.parts import picture
from widgets.sharing.shared_page import SHARED_PAGE, describe_shared_page, describe_threads
from widgets.sharing.sharing_page import SharingPage

_PageKey = Annotated[str, msgspec.Meta(max_length=80)]
LineId = Annotated[str, msgspec.Meta(max_length=200)]
_Words = Annotated[str, msgspec.Meta(max_length=LONGEST)]


class ReceivedPages(Sheet):
    """Lists who opened something, shows one at a time, and takes the coach's comments.

    Example:
        >>> ReceivedPages(open_sharing_page("09-coach"))     # doctest: +SKIP
    """

    name = "received"
    workbook: SharingPage
    role: ClassVar[str] = FACILITATOR
    parts = (Part(picture.__file__), SHARED_PAGE)
    reading: str = ""
    """The id of the share that is shown; '' for the list alone."""
    since: str = ""
    """When the reader looked before this time, as a stored instant."""

    def build_state(self) -> dict[str, Any]:
        """Return who opened something, by name, and the pages of the one that is read."""
        workbook, engine = self.workbook, self.book.engine
        shares = shares_received(engine, self.book.owner, workbook.today)
        one = next((each for each in shares if each.id == self.reading), None)
        return {
            "people": [self._describe(each) for each in shares],
            "pictures": self._picture_words(one) if one is not None else None,
            "reading": self._describe_open(one) if one is not None else None,
            "closed": bool(self.reading) and one is None,
            "longest": LONGEST,
        }

    def _describe(self, share: PageShare) -> JsonRow:
        """Return what a coach sees of a share in the list: nothing that compares people."""
        workbook, engine, me = self.workbook, self.book.engine, self.book.owner
        said = list_comments(engine, share.id, me, workbook.today)
        answered = {each.answers for each in said if each.author == "person"}
        asked = [each for each in said if each.kind == "question" and each.state != "closed"]
        looked, today = share.looked_at, workbook.today
        changed = {each.key for each in find_changed(engine, share.id, me, looked, today)}
        return {
            "id": share.id,
            "name": share.person.name,
            "name_forms": sorted(forms_of([share.person.name]).known),
            "until": workbook.short_date(share.until),
            "by_file": not share.person.id,
            "pages": [
                {"key": each.key, "title": each.title, "new": each.key in changed}
                for each in read_pages(engine, share.id, me, workbook.today)
            ],
            "replies": [
                each.words for each in said if each.author == "person" and each.made_at > looked
            ],
            "asked": [each.words for each in asked if each.id not in answered],
        }

    def _picture_words(self, share: PageShare) -> JsonRow:
        """Return the texts around pictures; see `picture_words` of the part `picture`."""
        texts = self.workbook.texts_of("pictures")
        titles = {f"{PICTURE}{key}": each["title"] for key, each in texts["pictures"].items()}
        return {"all": texts["all"], "titles": titles, "as_of": f"{share.id} {share.revision}"}

    def _describe_open(self, share: PageShare) -> JsonRow:
        workbook, engine, me = self.workbook, self.book.engine, self.book.owner
        changed = find_changed(engine, share.id, me, self.since, workbook.today)
        new = {each.key for each in changed} if self.since else set()
        pages = read_pages(engine, share.id, me, workbook.today)
        said = list_comments(engine, share.id, me, workbook.today)
        return {
            "id": share.id,
            "name": share.person.name,
            "name_forms": sorted(forms_of([share.person.name]).known),
            "until": workbook.short_date(share.until),
            "by_file": not share.person.id,
            "pages": [
                describe_shared_page(each, workbook)
                | {"picture": bool(each.picture), "new": each.key in new}
                for each in pages
            ],
            "threads": describe_threads(said, workbook),
        }

    # -- reading ----------------------------------------------------------------------------------

    @command
    def read(self, id: Identifier) -> Answer:
        """Show what somebody opened; they see that it was looked at.

        Raises:
            NotSharedError: it is not open to this reader.
        """
        self.reading, self.since = id, self._find(id).looked_at
        mark_looked(self.book.engine, id, self.book.owner, self.workbook.today)
        return {"text": " ", "focus": "reading"}

    def _find(self, id: str) -> PageShare:
        """Return a share that is open to this reader.

        Raises:
            NotSharedError: it is not.
        """
        shares = shares_received(self.book.engine, self.book.owner, self.workbook.today)
        found = next((each for each in shares if each.id == id), None)
        if found is None:
            raise NotSharedError()
        return found

    @command
    def leave(self) -> Answer:
        """Go back to the list; what changed while it was read is not new there."""
        left, self.reading = self.reading, ""
        with suppress(NotSharedError):
            mark_looked(self.book.engine, left, self.book.owner, self.workbook.today)
        return {"text": " ", "focus": f"read-{left}"}

    @query
    def draw_picture(self, key: _PageKey, is_masked: bool = False) -> Answer:
        """Return a picture as it was copied: initials or names, as the person chose.

        Raises:
            NotSharedError: it is not open to this reader.
        """
        pages = read_pages(self.book.engine, self.reading, self.book.owner, self.workbook.today)
        drawn = next((each.picture for each in pages if each.key == key), None)
        if drawn is None:
            raise NotSharedError()
        return {"picture": drawn.to_plain(), "text": " "}

    # -- saying -----------------------------------------------------------------------------------

    @command
    def comment(
        self, id: Identifier, key: _PageKey, kind: CommentKind, words: _Words, line: LineId = ""
    ) -> Answer:
        """Say something about a page or a line of it.

        Raises:
            SharingError: it is not open to this reader, or the text does not fit.
        """
        me, today = self.book.owner, self.workbook.today
        add_comment(self.book.engine, id, me, key, line, kind, words, today)
        return {"text": self.words["said"][kind]}

    @command
    def take_back(self, id: Identifier, comment: Identifier) -> Answer:
        """Remove a comment of one's own, with the answers to it.

        Raises:
            NotSharedError: it is not this reader's.
        """
        remove_comment(self.book.engine, id, self.book.owner, comment, self.workbook.today)
        return {"text": self.words["taken_back"]}

    # -- by file ----------------------------------------------------------------------------------

    @command
    def bring_in(self, buffers: list[bytes], name: ShortText) -> Answer:
        """Keep the pages of a file until their last day, to be read here alone.

        Raises:
            ShareFileError: it cannot be read; nothing was changed.
            EndedFileError: its last day has passed.
        """
        read = read_pages_file(b"".join(buffers), name)
        if read.until < self.workbook.today:
            raise EndedFileError(name=name, day=self.workbook.short_date(read.until))
        me = ShareParty(self.book.owner, self.words["me"])
        engine = self.book.engine
        self.reading = receive_pages(engine, me, read.name, read.share, read.until, read.pages)
        self.since = ""
        mark_looked(engine, self.reading, me.id, self.workbook.today)
        return {"text": self.say("brought_in", name=read.name), "focus": "reading"}

    @query
    def hand_back(self, id: Identifier) -> Answer:
        """Return what was said about the pages of a file, as a file.

        Raises:
            NotSharedError: it is not open to this reader.
        """
        one, today = self._find(id), self.workbook.today
        text = write_comments(one, list_comments(self.book.engine, id, self.book.owner, today))
        return {"content": text, "file": f"enishi-comments-{today}.json", "text": " "}

    @command
    def remove(self, id: Identifier) -> Answer:
        """Remove the pages of a file from here, with what was said about them.

        Raises:
            NotSharedError: they came by no file, or are not this reader's.
        """
        withdraw(self.book.engine, id, self.book.owner)
        self.reading = ""
        return {"text": self.words["removed"]}


class EndedFileError(EnishiError):
    """The last day of a file of pages has passed. Facts: `name`, `day`."""

    sentence = "{name} was open to be read until {day}."
    way_out = "Ask for new pages. Nothing was changed."
