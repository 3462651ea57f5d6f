"""A page of a room: the person's own workbook, and beside it the room it is open on."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from enishi import clock
from enishi.book import Book
from enishi.book.room_tables import ROOM_TABLES, STAGE
from enishi.errors import EnishiError
from enishi.i18n import error_text
from enishi.i18n.chosen_word import texts_with_word
from enishi.identity import ROOM, identity
from enishi.room.deletion import DELETE_AT_ONCE
from enishi.room.hosting import hosting_version
from enishi.room.room import Room
from enishi.room.watch import LATE_SECONDS, LOOK_SECONDS, Watch
from widgets.base.cached_frames import CachedResult, SnapshotFrames
from widgets.base.json_rows import JsonRow, rows
from widgets.base.pages import stems_by_screen
from widgets.base.screen_texts import screen_words
from widgets.base.workbook import Workbook, open_workbook

if TYPE_CHECKING:
    from widgets.base.sheet import Sheet

log = logging.getLogger("enishi.widgets")

SHEET_OF = {
    "wish": "wish",
    "sort": "inventory",
    "ways": "ways",
    "partner": "partner",
    "pairs": "partner",
    "talk": "partner",
    "request": "request",
    "ring": "ring",
    "notes": "notes",
    "poll": "poll",
    "home": "home",
}
"""A participant's sheet of each kind of phase; the others are shown by the first sheet alone."""
PRIVATE = {"wish": "goal", "ways": "goal", "inventory": "strengths"}
"""Sheets of the person's own workbooks that a room shows as well, with the file of their texts."""
LONGEST_WAIT_SECONDS = 5.0
"""Longest time between two looks: while they fail, or after one took long."""
_OF_A_PHASE = ("kind", "title", "minutes", "grouping", "shows", "say", "revealed", "version")


@dataclass
class RoomPage(Workbook):
    """A workbook that is open on a room beside the person's own book."""

    openers = ("open_workbook", "open_room_page")
    room: Room | None = None
    seat_id: str = ""
    """The seat of the person, '' for none."""
    is_let_in: bool = False
    """Whether they may take part; not yet, after they knocked."""
    leads: bool = False
    is_late: bool = False
    """Whether looks have failed for so long that the page may not be up to date."""
    room_frames: SnapshotFrames | None = None
    watch: Watch | None = None
    behind: list[Sheet] = field(default_factory=list, repr=False)
    """The sheets that do not show yet what changed in the room."""
    asked: str = ""
    """The name of the sheet that was last asked for something."""
    _stage: dict[str, Any] | None = field(default=None, repr=False)
    """The stage, inside one snapshot."""
    _tables: set[str] = field(default_factory=set, repr=False)
    """The tables of the person's book that were read so far."""
    _phases: tuple[Any, list[JsonRow]] | None = field(default=None, repr=False)
    """The phases, and the frame they were read from."""
    _task: asyncio.Task[None] | None = field(default=None, repr=False)
    _hosting: tuple[int, int] = field(default_factory=hosting_version, repr=False)
    """The version of how the room is hosted, as the page shows it."""

    def words(self, name: str) -> dict[str, Any]:
        """Return the texts of a sheet; a private one has those of its own workbook."""
        stem = stems_by_screen().get(name, "room")
        screen = screen_words(stem, name, self.language, self.chosen_word, self.is_hosted)
        own = self.own_words.sheet(name, self.language) if self.is_authored else {}
        shared = {"common": self.texts_of("common")}
        return {**screen, **own, **shared} | (
            {"labels": self.texts_of("room")["labels"]} if stem == "room" else {}
        )

    @property
    def stem(self) -> str:
        """The name of the texts: all pages of a room share them."""
        return "room"

    @property
    def texts(self) -> dict[str, Any]:
        """The texts of this page: the sheets it has, in their order."""
        return _page_texts(self.name, self.language, self.chosen_word)

    def read_room(self) -> SnapshotFrames:
        """Return the room's frames by table; what is read during one refresh is one snapshot."""
        assert self.room is not None
        if self.room_frames is not None:  # empty at first, and then not true
            return self.room_frames
        return SnapshotFrames(self.room.book)

    def stage(self) -> dict[str, Any]:
        """Return the row of the stage, as a page sees it."""
        # Not through the frames, which record what is read: the stage moves for many reasons, and
        # what depends on it is given to `cached_for_room`.
        assert self.room is not None
        if self._stage is not None:
            return self._stage
        kept = None if self.room_frames is None else self.room_frames.get("room_stage")
        frame = self.room.book.frame("room_stage") if kept is None else kept
        row: dict[str, Any] = {str(name): frame.at[STAGE, name] for name in frame}
        found = {
            "title": row["title"],
            "phase_id": row["phase_id"],
            "ends_at": _whole(row["ends_at"]),
            "left_ms": _whole(row["left_ms"]),
            "focus": bool(row["focus"]),
            "door": row["door"],
            "state": row["state"],
            "delete_on": _day_of_deletion(row["delete_on"]),
            "version": int(row["version"]),
            "now": round(clock.now().timestamp() * 1000),
        }
        if self.room_frames is not None:
            self._stage = found
        return found

    def last_day(self) -> str:
        """Return the day on which the room is deleted, as text; '' for none."""
        day = self.stage()["delete_on"]
        return self.short_date(date.fromisoformat(day)) if day else ""

    def cached_for_room(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what `make` returns, computed anew only after something it depends on changed.

        That is: a frame of either book, the day, the phase, or the language.
        """
        with self.snapshot():
            stage, own, here = self.stage(), self.frames(), self.read_room()
            given = (self.language, self.chosen_word, self.seat_id)
            given += tuple(stage[key] for key in ("phase_id", "state", "title", "delete_on"))
            both = _BothFrames(own, here)
            key = f"room, {name}"
            kept = self.cache.get(key)
            if kept is None or not kept.is_current(both, self.today, given):
                with own.recording() as read, here.recording() as shared:
                    result = make()
                kept = self.cache[key] = CachedResult(result, read | shared, self.today, given)
        return kept.result

    def phases(self) -> list[JsonRow]:
        """Return the phases that are not skipped, in their order, as plain values; read only."""
        frame = self.read_room()["room_phase"]
        if self._phases is None or self._phases[0] is not frame:
            found = frame[~frame["skipped"]].sort_values("place", kind="stable")
            self._phases = frame, rows(found, *_OF_A_PHASE)
        return self._phases[1]

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read both books as one snapshot inside this context.

        Its transaction ends before anything is shown: in a file, whoever writes waits for all who
        read, and sixty pages show a change at the same time. A table that no earlier snapshot read
        is read when it is asked for.
        """
        if self.room is None or self.book is None or self.frames_now is not None:
            with super().snapshot():
                yield
            return
        own, room = SnapshotFrames(self.book), SnapshotFrames(self.room.book)
        with self.book.snapshot(), self.room.book.snapshot(self.book):
            for frames, tables in ((own, self._tables), (room, ROOM_TABLES)):
                frames |= {table: frames.book.frame(table) for table in tables}
        self.frames_now, self.room_frames = own, room
        try:
            self.find_seat()
            yield
        finally:
            self._tables |= own.keys()
            self.frames_now = self.room_frames = self._stage = None

    @property
    def is_gone(self) -> bool:
        """Whether the room was deleted."""
        return self.room is not None and self.read_room()["room_stage"].empty

    def find_seat(self) -> None:
        """Read the person's seat and whether they lead, as they are now."""
        assert self.room is not None
        seats = self.read_room()["room_seat"]
        mine = seats.index[(seats["person_id"] == self.room.person_id) & ~seats["left"]]
        self.seat_id = str(mine[-1]) if len(mine) else ""
        self.is_let_in = bool(len(mine) and seats.at[self.seat_id, "let_in"])
        self.leads = bool(len(mine) and seats.at[self.seat_id, "leads"])

    def refresh(self) -> None:
        """Show the current content on every sheet; the next look need not show it again."""
        if self.watch is not None:
            self.watch.ask()
        super().refresh()
        self.behind = []

    def follow(self) -> None:
        """Look for changes from now on, while the kernel's event loop runs."""
        with suppress(RuntimeError):  # there is none in a plain interpreter
            self._task = asyncio.get_running_loop().create_task(self._follow())

    def look(self) -> None:
        """Show what changed since the last look; the sheets whose state stays the same say nothing.

        Raises:
            BookError: the database could not be asked.
        """
        self.notice()
        self.show_behind()

    def notice(self) -> None:
        """Look, and note which sheets are behind if anything changed; show none.

        Raises:
            BookError: the database could not be asked.
        """
        hosting = hosting_version()
        is_new = hosting != self._hosting
        if self.watch is not None and (self.watch.look() or is_new or self.is_late):
            self.is_late, self._hosting = False, hosting
            self.behind = [each for each in self.sheets if each.is_of_room and not each.is_waiting]

    def show_behind(self, are_first: bool = False) -> None:
        """Show the sheets that are behind.

        Args:
            are_first: whether to show only those that are probably seen: the first of the page,
                that of the phase, and the one that was last asked for something.

        Raises:
            BookError: the book could not be read; those sheets stay behind.
        """
        if not self.behind:
            return
        with self.snapshot():
            current = {*self.read_room()["room_stage"]["phase_id"]}  # of a deleted room, none
            kinds = {each["kind"] for each in self.phases() if each["id"] in current}
            first = {self.asked, *self.step_names()[:1], *map(SHEET_OF.get, kinds)}
            for sheet in [each for each in self.behind if not are_first or each.name in first]:
                self._show(sheet)
                self.behind.remove(sheet)

    async def _follow(self) -> None:
        """Look again and again; a failed look is tried again later, and never ends the task.

        What is probably not seen is shown at a random moment until the next look, so that the many
        pages that notice the same change do not hold up one another.
        """
        wait, well = LOOK_SECONDS, time.monotonic()
        while True:
            await asyncio.sleep(wait)
            began, pause = time.monotonic(), 0.0
            try:
                self.notice()
                self.show_behind(are_first=True)
                if self.behind:
                    pause = random.uniform(0, LOOK_SECONDS)
                    await asyncio.sleep(pause)
                    self.show_behind()
            except Exception as error:  # an exception would end the task without a word
                log.warning("A look at the room failed: %s", type(error).__name__)
                wait = min(LONGEST_WAIT_SECONDS, wait * 2)
                if time.monotonic() - well > LATE_SECONDS and not self.is_late:
                    self.is_late = True
                    for sheet in self.sheets:
                        sheet.state = sheet.state | {"late": True}
            else:
                now = time.monotonic()
                well = now if self.watch is None else self.watch.asked_at
                took = now - began - pause  # far more than usual on a computer that is overloaded
                wait = min(LONGEST_WAIT_SECONDS, max(LOOK_SECONDS - pause, took))  # or slept


class _BothFrames(SnapshotFrames):
    """The frames of the person's book and of the room; no table is in both."""

    def __init__(self, own: SnapshotFrames, room: SnapshotFrames) -> None:
        super().__init__(own.book)
        self.own, self.room = own, room

    def __getitem__(self, table: str) -> Any:
        return (self.room if table in ROOM_TABLES else self.own)[table]


def open_room_page(name: str) -> RoomPage:
    """Open a page of the room this process was started for, on the person's own book as well.

    Where there is no room, or it cannot be opened, the header shows what is wrong and the sheets
    stay empty.
    """
    own = open_workbook(name)
    page = RoomPage(**own.opening())
    room_id = os.environ.get(ROOM, "")
    if not room_id or own.book is None:
        return page
    try:
        who = identity().person
        page.room = Room(Book(own.book.engine, room_id, who), who)
        with page.room.book.snapshot():
            page.find_seat()
        whole = name != "10-room"
        page.watch = Watch(page.room.book.engine, room_id, "" if whole else page.seat_id)
        page.watch.look()
    except EnishiError as error:
        page.room, page.problem = None, error_text(page.language, error)
    page.follow()
    return page


def _day_of_deletion(found: Any) -> str:
    """Return the day on which a room is deleted; '' for none, and while it is being deleted."""
    return "" if found != found or found.date() == DELETE_AT_ONCE else str(found.date().isoformat())


@cache
def _page_texts(name: str, language: str, word: str) -> dict[str, Any]:
    """Return the texts of a page of a room: the sheets it has, in their order."""
    tree: dict[str, Any] = texts_with_word("room", language, word)
    own = {
        sheet: texts_with_word(stem, language, word)["screens"][sheet]
        for sheet, stem in PRIVATE.items()
    }
    screens = tree["screens"] | own
    names = tree["pages"][name]["sheets"] if name in tree["pages"] else ()
    return tree | {"screens": {each: screens.get(each, {}) for each in names}}


def _whole(value: Any) -> int | None:
    """Return a nullable number of a frame as an integer."""
    return None if value != value else int(value)
