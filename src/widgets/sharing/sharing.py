"""My coach: which pages are open to whom and until when, and what they said about them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, Literal

import msgspec

from enishi.book.accounts import find_account
from enishi.i18n import format_text
from enishi.i18n.initials import forms_of
from enishi.identity import FACILITATOR, ME, may
from enishi.sharing.comments import (
    LONGEST,
    Comment,
    CommentState,
    answer_comment,
    list_comments,
    preview_comments,
    receive_comments,
    set_comment_state,
)
from enishi.sharing.errors import NotSharedError, OtherShareError
from enishi.sharing.pages import PageSource, find_title, list_choices
from enishi.sharing.publishing import publish_share
from enishi.sharing.share_file import CommentFile, read_comments_file, write_pages
from enishi.sharing.shares import (
    MOST_PAGES,
    PageShare,
    ShareParty,
    change_share,
    chosen_keys,
    list_coaches,
    open_share,
    read_pages,
    shares_given,
    withdraw,
)
from widgets.base.json_rows import JsonRow
from widgets.base.pages import COACH_PAGE
from widgets.base.publishing import page_source, publish_now
from widgets.base.sheet import (
    Answer,
    Identifier,
    Sheet,
    ShortText,
    command,
    query,
)
from widgets.parts.person_picker import PERSON_PICKER
from widgets.sharing.shared_page import (
    SHARED_PAGE,
    day_of_instant,
    describe_shared_page,
    describe_threads,
)
from widgets.sharing.sharing_page import SharingPage

USUAL_DAYS = 30
"""Days for which pages are open unless the person chooses another day."""
_Keys = Annotated[
    list[Annotated[str, msgspec.Meta(max_length=80)]], msgspec.Meta(max_length=MOST_PAGES)
]
_Words = Annotated[str, msgspec.Meta(max_length=LONGEST)]


class Sharing(Sheet):
    """Opens pages to a coach, shows what the coach sees and says, and withdraws.

    Example:
        >>> Sharing(open_sharing_page("08-sharing"))     # doctest: +SKIP
    """

    name = "sharing"
    workbook: SharingPage
    parts = (PERSON_PICKER, SHARED_PAGE)
    filed: CommentFile | None = None
    """A file of comments that is looked at, before anything of it is stored."""

    def build_state(self) -> dict[str, Any]:
        """Return what is open with its comments, and what can be chosen for something new."""
        workbook, engine = self.workbook, self.book.engine
        source = page_source(workbook)
        given = shares_given(engine, self.book.owner)
        usual = workbook.today + timedelta(days=USUAL_DAYS)
        return {
            "hosted": workbook.is_hosted,
            "coaches": list_coaches(engine, self.book.owner) if workbook.is_hosted else [],
            "choices": [*map(list, list_choices(source).items())],
            "shares": [self._describe(each, source) for each in given],
            "until": usual.isoformat(),
            "most": MOST_PAGES,
            "longest": LONGEST,
            "filed": self._describe_filed(),
            "received": f"{COACH_PAGE}.ipynb" if may(workbook.role, FACILITATOR) else "",
        }

    def _describe(self, share: PageShare, source: PageSource) -> JsonRow:
        workbook, engine = self.workbook, self.book.engine
        keys = chosen_keys(engine, share.id, self.book.owner)
        said = list_comments(engine, share.id, self.book.owner, workbook.today)
        return {
            "id": share.id,
            "reader": share.reader.name,
            "name_forms": sorted(forms_of([share.reader.name]).known),
            "by_file": not share.reader.id,
            "until": share.until.isoformat(),
            "until_text": workbook.short_date(share.until),
            "ended": share.until < workbook.today,
            "masked": share.is_masked,
            "looked": day_of_instant(workbook, share.looked_at),
            "keys": keys,
            "titles": [[key, find_title(key, source) or self.words["no_card"]] for key in keys],
            "pages": [
                describe_shared_page(each, workbook)
                for each in read_pages(engine, share.id, self.book.owner, workbook.today)
            ],
            "threads": self._titled(describe_threads(said, workbook), source),
        }

    def _titled(self, threads: list[JsonRow], source: PageSource) -> list[JsonRow]:
        """Return comments with what their page is called, open or not any more."""
        return [
            each | {"title": find_title(each["key"], source) or self.words["no_card"]}
            for each in threads
        ]

    def _describe_filed(self) -> JsonRow | None:
        """Return the comments of the file that is looked at; None if there is none."""
        if self.filed is None:
            return None
        try:
            found, new = self._preview(self.filed)
        except OtherShareError:  # the pages were withdrawn in another window
            self.filed = None
            return None
        ids = {each.id for each in new}
        said = describe_threads(_comments_of(self.filed), self.workbook)
        titled = self._titled(said, page_source(self.workbook))
        return {
            "reader": found.reader.name,
            "comments": [each | {"new": each["id"] in ids} for each in titled],
        }

    def _preview(self, read: CommentFile) -> tuple[PageShare, list[Comment]]:
        """Return the share that a file is about, and which comments are new.

        Raises:
            OtherShareError: it is none of the person's.
        """
        owner, today = self.book.owner, self.workbook.today
        return preview_comments(self.book.engine, owner, read.share, _comments_of(read), today)

    # -- what is open -----------------------------------------------------------------------------

    @command
    def open_pages(
        self,
        reader: ShortText,
        keys: _Keys,
        until: date,
        masked: bool,
        name: ShortText = "",
        mine: ShortText = "",
    ) -> Answer:
        """Open pages to a coach of this server, or, without `reader`, to `name` by a file.

        `mine` is the person's name in the file, where no server knows it.

        Raises:
            SharingError: something of it does not fit; nothing is open.
        """
        workbook, engine = self.workbook, self.book.engine
        named = ShareParty("", _one_line(name) or self.words["by_file"])
        if reader:
            coaches = list_coaches(engine, self.book.owner)
            named = next((each for each in coaches if each.id == reader), ShareParty(reader, ""))
        open_share(engine, self._me(mine), named, keys, until, workbook.today, is_masked=masked)
        publish_now(workbook)
        opened = self.words["opened"] if reader else self.words["by_hand"]["opened"]
        day = workbook.short_date(until)
        return {"text": format_text(opened, {"name": named.name, "day": day})}

    @command
    def change(self, id: Identifier, keys: _Keys, until: date, masked: bool) -> Answer:
        """Open other pages of a share, or until another day.

        Raises:
            SharingError: it is not the person's, or does not fit; nothing was changed.
        """
        owner, today = self.book.owner, self.workbook.today
        share = self._find(id)
        change_share(self.book.engine, id, owner, keys, until, today, is_masked=masked)
        publish_now(self.workbook)
        return {"text": self._words_of(share)["changed"]}

    @command
    def withdraw(self, id: Identifier) -> Answer:
        """Close everything of a share at once, and remove the copies and comments.

        Raises:
            NotSharedError: it is not the person's.
        """
        share = self._find(id)
        swept = withdraw(self.book.engine, id, self.book.owner)
        return {
            "text": self._words_of(share)["withdrawn"] if swept else self.words["withdrawn_later"]
        }

    def _find(self, id: str) -> PageShare:
        """Return a share of the person's.

        Raises:
            NotSharedError: it is not theirs.
        """
        given = shares_given(self.book.engine, self.book.owner)
        found = next((each for each in given if each.id == id), None)
        if found is None:
            raise NotSharedError()
        return found

    def _words_of(self, share: PageShare) -> dict[str, Any]:
        """Return the texts about a share; of one by a file some are others."""
        return self.words if share.reader.id else self.words | self.words["by_hand"]

    def _me(self, mine: str) -> ShareParty:
        owner = self.book.owner
        if owner == ME:
            return ShareParty(ME, _one_line(mine) or self.words["me"])
        account = find_account(self.book.engine, owner)
        return ShareParty(owner, account.name if account else self.words["me"])

    # -- what was said ----------------------------------------------------------------------------

    @command
    def reply(self, id: Identifier, comment: Identifier, words: _Words) -> Answer:
        """Answer a comment.

        Raises:
            SharingError: it is none on the person's pages, or the text does not fit.
        """
        owner, today = self.book.owner, self.workbook.today
        answer_comment(self.book.engine, id, owner, comment, words, today)
        return {"text": self.words["replied"]}

    @command
    def settle(self, id: Identifier, comment: Identifier, state: CommentState) -> Answer:
        """Put a comment into the week as a step, close it, or open it again; twice is once.

        Raises:
            NotSharedError: it is none on the person's pages.
        """
        owner, today = self.book.owner, self.workbook.today
        said = list_comments(self.book.engine, id, owner, today)
        one = next((each for each in said if each.id == comment), None)
        if one is None or one.author != "reader":
            raise NotSharedError()
        if state == "taken" and one.id not in self.workbook.frames()["step"].index:
            words = one.words or one.quote
            self.book.upsert("step", one.id, 0, {}, words=words, state="open")
        set_comment_state(self.book.engine, id, owner, comment, state, today)
        return {"text": self.words["settled"][state]}

    # -- by file ----------------------------------------------------------------------------------

    @query
    def hand_out(self, id: Identifier) -> Answer:
        """Return the pages of a share as one file, as they are now.

        Raises:
            NotSharedError: it is not the person's.
            LargeShareFileError: it would be too large.
        """
        workbook, engine = self.workbook, self.book.engine
        share = self._find(id)
        publish_share(self.book, share, page_source(workbook))
        pages = read_pages(engine, id, self.book.owner, workbook.today)
        around = workbook.texts_of("sharing")["file"]
        named = self.say("file_title", name=share.person.name)
        words = around | {
            "title": named,
            "until": self.say("file_until", day=workbook.short_date(share.until)),
        }
        language: Literal["ja", "en"] = "ja" if workbook.language == "ja" else "en"
        text = write_pages(share, pages, language, words)
        return {"content": text, "file": f"enishi-pages-{workbook.today}.html", "text": " "}

    @command
    def bring_in(self, buffers: list[bytes], name: ShortText) -> Answer:
        """Read a file of comments; nothing is stored yet.

        Raises:
            ShareFileError: it cannot be used.
        """
        read = read_comments_file(b"".join(buffers), name)
        self._preview(read)
        self.filed = read
        return {"text": " ", "focus": "filed"}

    @command
    def take_in(self) -> Answer:
        """Add the comments of the file that is looked at; what is there already stays as it is.

        Raises:
            ShareFileError: its pages were withdrawn.
            ManyCommentsError: there would be too many; none is added.
        """
        if self.filed is None:
            raise NotSharedError()
        comments, today = _comments_of(self.filed), self.workbook.today
        owner, id = self.book.owner, self.filed.share
        new = receive_comments(self.book.engine, owner, id, comments, today)
        self.filed = None
        return {"text": self.say("brought_in", count=new), "focus": f"said-{id}"}

    @command
    def put_away(self) -> Answer:
        """Close the file without storing anything of it."""
        self.filed = None
        return {"text": " ", "focus": "comments"}


def _comments_of(read: CommentFile) -> list[Comment]:
    """Return what a file holds as comments that nobody has answered."""
    return [
        Comment(author="reader", answers="", state="open", **msgspec.structs.asdict(each))
        for each in read.comments
    ]


def _one_line(name: str) -> str:
    """Return a name in one line, cut where a name ends."""
    return " ".join(name.split())[:80]
