"""What the sheets of whoever leads a room have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from enishi import clock
from enishi.book.validation import MOMENT
from enishi.room.errors import NotPermittedError
from enishi.room.room import Command
from enishi.room.shown import RoomFrames
from widgets.base.sheet import Part
from widgets.room.host_time import HOST_TIME
from widgets.room.room_sheet import RoomSheet


class HostSheet(RoomSheet):
    """A sheet of whoever leads; to anybody else it shows why not, and it does nothing for them."""

    parts: ClassVar[tuple[Part, ...]] = (HOST_TIME,)

    def why_closed(self) -> str:
        """Return why somebody does not lead; see `RoomSheet`."""
        return "" if self.workbook.leads else super().why_closed() or "leads_not"

    @property
    def frames(self) -> RoomFrames:
        """The room's frames."""
        return self.workbook.read_room()

    @contextmanager
    def leading(self) -> Iterator[Command]:
        """Yield the hand of whoever leads, for one call.

        Raises:
            NotPermittedError: the person does not lead any more.
        """
        with self.room.command() as hand:
            if not hand.leads:
                raise NotPermittedError()
            yield hand

    def check_leads(self) -> None:
        """Check, before something is read, that the person still leads.

        Raises:
            NotPermittedError: they do not.
        """
        self.room  # noqa: B018 - there is one
        self.workbook.find_seat()
        if not self.workbook.leads:
            raise NotPermittedError()

    def phase_titles(self, ids: list[str] | None = None) -> list[list[str]]:
        """Return phases as choices, in their order: the id, and what the phase is called."""
        return [
            [each["id"], each["title"]]
            for each in self.workbook.phases()
            if ids is None or each["id"] in ids
        ]

    def current_phase(self) -> dict[str, Any] | None:
        """Return the phase everybody is in; None between phases."""
        at = self.workbook.stage()["phase_id"]
        return next((each for each in self.workbook.phases() if each["id"] == at), None)


def moment_text() -> str:
    """Return the current instant as it is stored."""
    return clock.now().strftime(MOMENT)
