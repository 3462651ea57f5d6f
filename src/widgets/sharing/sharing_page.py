"""A page that shows what others do meanwhile: it looks whether anything of its shares changed."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from dataclasses import dataclass, field

from enishi.book.database import vacuum
from enishi.errors import EnishiError
from enishi.i18n import error_text
from enishi.sharing.shares import remove_ended, share_state
from widgets.base.workbook import Workbook, open_workbook

_LOOK_SECONDS = 1.0
"""Seconds between two looks."""
_LONGEST_WAIT_SECONDS = 5.0
"""Longest time between two looks while they fail."""
_LATE_SECONDS = 10.0
"""Seconds of failed looks after which the sheets say that they are not up to date."""
log = logging.getLogger("enishi.widgets")


@dataclass
class SharingPage(Workbook):
    """A workbook that follows the shares of its person, given and received."""

    is_late: bool = field(default=False, repr=False)
    """Whether the sheets say that they are not up to date."""
    _seen: str = field(default="", repr=False)
    _task: asyncio.Task[None] | None = field(default=None, repr=False)

    def follow(self) -> None:
        """Look for changes from now on, while the kernel's event loop runs."""
        with suppress(RuntimeError):  # there is none in a plain interpreter
            self._task = asyncio.get_running_loop().create_task(self._follow())

    def look(self) -> bool:
        """Show what changed since the last look; return whether anything did.

        Raises:
            BookError: the database could not be asked.
        """
        assert self.book is not None
        now = share_state(self.book.engine, self.book.owner, self.today)
        changed = now != self._seen or self.is_late
        if changed:
            self.refresh()
        self._seen, self.is_late = now, False
        return changed

    async def _follow(self) -> None:
        wait, well = _LOOK_SECONDS, time.monotonic()
        while True:
            await asyncio.sleep(wait)
            try:
                self.look()
            except Exception as error:  # an exception would end the task without a word
                log.warning("A look at the shares failed: %s", type(error).__name__)
                wait = min(_LONGEST_WAIT_SECONDS, wait * 2)
                if time.monotonic() - well > _LATE_SECONDS:
                    self.say_late()
            else:
                wait, well = _LOOK_SECONDS, time.monotonic()

    def say_late(self) -> None:
        """Say on every sheet that it is not up to date."""
        self.is_late = True
        for sheet in self.sheets:
            sheet.state = sheet.state | {"late": True}


def open_sharing_page(name: str) -> SharingPage:
    """Open the workbook `name` on the person's book, and follow what is shared."""
    own = open_workbook(name)
    page = SharingPage(**own.opening())
    if page.book is not None:
        try:
            if remove_ended(page.book.engine, page.today):
                vacuum(page.book.engine)
            page.look()
        except EnishiError as error:
            page.problem = page.problem or error_text(page.language, error)
        page.follow()
    return page
