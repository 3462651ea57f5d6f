"""A page of a room: the person's own workbook, and beside it the room it is open on."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from enishi import clock
from enishi.book import open_book
from enishi.book.room_tables import ROOM_TABLES, STAGE
from enishi.errors import EnishiError
from enishi.i18n import error_text
from enishi.identity import ROOM, identity
from enishi.room.deletion import DELETE_AT_ONCE
from enishi.room.hosting import hosting_version
from enishi.room.room import Room
from enishi.room.watch import LATE_SECONDS, LOOK_SECONDS, Watch
from widgets.base.workbook import (
    CachedResult,
    SnapshotFrames,
    Workbook,
    open_workbook,
    screen_words,
)

log = logging.getLogger("enishi.widgets")

PRIVATE = {"wish": "goal", "ways": "goal", "inventory": "strengths"}
"""Sheets of the person's own workbooks that a room shows as well, with the file of their texts."""
LONGEST_WAIT_SECONDS = 5.0
"""Longest time between two looks while they fail."""


@dataclass
class RoomPage(Workbook):
    """A workbook that is open on a room beside the person's own book."""

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
    _stage: dict[str, Any] | None = field(default=None, repr=False)
    """The stage, inside one snapshot."""
    _task: asyncio.Task[None] | None = field(default=None, repr=False)
    _hosting: tuple[int, int] = field(default_factory=hosting_version, repr=False)
    """The version of what the server told, as the page shows it."""

    def words(self, name: str) -> dict[str, Any]:
        """Return the texts of a sheet; a private one has those of its own workbook."""
        stem = PRIVATE.get(name, "room")
        screen = screen_words(stem, name, self.language, self.chosen_word, self.is_hosted)
        shared = {"common": self.texts_of("common")}
        return {**screen, **shared} | (
            {"labels": self.texts_of("room")["labels"]} if stem == "room" else {}
        )

    @property
    def stem(self) -> str:
        """The name of the texts: all pages of a room share them."""
        return "room"

    @property
    def texts(self) -> dict[str, Any]:
        """The texts of this page: the sheets it has, in their order."""
        tree: dict[str, Any] = self.texts_of("room")
        names = tree["pages"][self.name]["sheets"]
        own = {name: self.texts_of(stem)["screens"][name] for name, stem in PRIVATE.items()}
        screens = tree["screens"] | own
        return tree | {"screens": {name: screens.get(name, {}) for name in names}}

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
        (row,) = self.room.book.frame("room_stage").loc[[STAGE]].to_dict("records")
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

    def phases(self) -> list[dict[str, Any]]:
        """Return the phases that are not skipped, in their order, as plain values."""
        rows = self.read_room()["room_phase"]
        rows = rows[~rows["skipped"]].sort_values("place", kind="stable")
        names = ("kind", "title", "minutes", "grouping", "shows", "say", "revealed", "version")
        records = zip(rows.index, rows[[*names]].to_dict("records"), strict=True)
        return [{"id": str(id)} | row for id, row in records]

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read both books as one snapshot each inside this context."""
        with super().snapshot():
            if self.room is None or self.room_frames is not None:
                yield
                return
            with self.room.book.snapshot():
                self.room_frames = SnapshotFrames(self.room.book)
                try:
                    self.find_seat()
                    yield
                finally:
                    self.room_frames, self._stage = None, None

    @property
    def is_gone(self) -> bool:
        """Whether the room was deleted."""
        return self.room is not None and self.read_room()["room_stage"].empty

    def find_seat(self) -> None:
        """Read the person's seat and whether they lead, as they are now."""
        assert self.room is not None
        seats = self.read_room()["room_seat"]
        mine = seats[(seats["person_id"] == self.room.person_id) & ~seats["left"]]
        self.seat_id = "" if mine.empty else str(mine.index[-1])
        self.is_let_in = bool(len(mine) and mine["let_in"].iloc[-1])
        self.leads = bool(len(mine) and mine["leads"].iloc[-1])

    def refresh(self) -> None:
        """Show the current content on every sheet; the next look need not show it again."""
        if self.watch is not None:
            self.watch.look()
        super().refresh()

    def follow(self) -> None:
        """Look for changes from now on, while the kernel's event loop runs."""
        with suppress(RuntimeError):  # there is none in a plain interpreter
            self._task = asyncio.get_running_loop().create_task(self._follow())

    def look(self) -> None:
        """Show what changed since the last look; the sheets whose state stays the same say nothing.

        Raises:
            BookError: the database could not be asked.
        """
        told = hosting_version()
        if self.watch is not None and (self.watch.look() or told != self._hosting or self.is_late):
            self.is_late, self._hosting = False, told
            with self.snapshot():
                for sheet in self.sheets:
                    if sheet.is_of_room and not sheet.is_waiting:
                        self._show(sheet)

    async def _follow(self) -> None:
        """Look again and again; a failed look is tried again later, and never ends the task."""
        wait, well = LOOK_SECONDS, time.monotonic()
        while True:
            await asyncio.sleep(wait)
            try:
                self.look()
            except Exception as error:  # an exception would end the task without a word
                log.warning("A look at the room failed: %s", type(error).__name__)
                wait = min(LONGEST_WAIT_SECONDS, wait * 2)
                if time.monotonic() - well > LATE_SECONDS and not self.is_late:
                    self.is_late = True
                    for sheet in self.sheets:
                        sheet.state = sheet.state | {"late": True}
            else:
                wait, well = LOOK_SECONDS, time.monotonic()


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
    page = RoomPage(
        name, own.book, own.language, problem=own.problem, role=own.role, is_paged=own.is_paged
    )
    room_id = os.environ.get(ROOM, "")
    if not room_id:
        return page
    try:
        page.room = Room(open_book(room_id), identity().person)
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


def _whole(value: Any) -> int | None:
    """Return a nullable number of a frame as an integer."""
    return None if value != value else int(value)
