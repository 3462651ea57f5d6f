"""A sheet of a room: what it writes goes into the room's book, through the table of rights."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from enishi.room.room import Command, Room
from widgets.base.sheet import Answer, FieldValues, ForbiddenError, Identifier, Sheet, command
from widgets.room.room_page import RoomPage

Who = Literal["participant", "host", "projector"]


class RoomSheet(Sheet):
    """One sheet of a page of a room; see `Sheet`.

    `writable`, `creatable` and `removable` name tables of the room; whether a row is this person's
    is decided by `enishi.room.rights` in each command.
    """

    workbook: RoomPage
    removable: ClassVar[tuple[str, ...]] = ()
    """The tables whose rows the browser may remove."""
    opened_by = "open_room_page"
    is_of_room = True

    @property
    def room(self) -> Room:
        """The room.

        Raises:
            ForbiddenError: this page is open on none.
        """
        if self.workbook.room is None:
            raise ForbiddenError()
        return self.workbook.room

    def refresh(self) -> None:
        """Show the current content of the room, or why it is not open to this person."""
        page = self.workbook
        if page.room is None:
            self.words = {"closed": True}
            return
        with page.snapshot():
            if closed := self.why_closed():
                self.words = page.words(self.name)
                self._show_position()
                self.state = {"closed": closed}
            else:
                super().refresh()

    def why_closed(self) -> str:
        """Return the key of the sentence that says why the sheet is not open; '' if it is."""
        return "gone" if self.workbook.is_gone else ""

    def _dispatch(self, message: Any, buffers: list[Any]) -> Answer | None:
        self.workbook.asked = self.name
        return super()._dispatch(message, buffers)

    @command
    def write(self, table: Identifier, id: Identifier, version: int, values: FieldValues) -> Answer:
        """Write columns of a row of the room; version 0 makes the row.

        Raises:
            ForbiddenError: the sheet does not allow one of these columns.
            NotPermittedError: the row is not this person's.
        """
        if not set(values) <= set(self.writable.get(table, ())):
            raise ForbiddenError()
        if not version and table not in self.creatable:
            raise ForbiddenError()
        with self.room.command() as hand:
            written = (
                hand.update(table, id, version, **values)
                if version
                else hand.upsert(table, id, 0, **values)
            )
            self.after_write(hand, table, id)
        return {"version": written}

    def after_write(self, hand: Command, table: str, id: str) -> None:
        """Do in the same transaction what belongs to a write: show it to others, or refuse it."""

    @command
    def add(self, table: Identifier, values: dict[Identifier, Any]) -> Answer:
        """Refuse it: rows are made by the commands of a sheet, which know how many there may be.

        Raises:
            ForbiddenError: always.
        """
        raise ForbiddenError()

    @command
    def drop(self, table: Identifier, id: Identifier) -> Answer:
        """Remove a row of the room.

        Raises:
            ForbiddenError: the sheet does not allow this table.
            NotPermittedError: the row is not this person's.
        """
        if table not in self.removable:
            raise ForbiddenError()
        with self.room.command() as hand:
            hand.delete(table, id)
        return {"text": self.words["labels"]["removed"]}
