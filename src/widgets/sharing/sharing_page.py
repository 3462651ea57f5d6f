"""A page that shows what others do meanwhile: it looks whether anything of its shares changed."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field

from enishi.sharing.shares import share_state
from widgets.base.workbook import Workbook, open_workbook

LOOK_SECONDS = 1.0
"""Seconds between two looks."""
_LONGEST_WAIT_SECONDS = 15.0
"""Longest time between two looks while they fail."""
log = logging.getLogger("enishi.widgets")


@dataclass
class SharingPage(Workbook):
    """A workbook that follows the shares of its person, given and received."""

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
        changed, self._seen = now != self._seen, now
        if changed:
            self.refresh()
        return changed

    async def _follow(self) -> None:
        wait = LOOK_SECONDS
        while True:
            await asyncio.sleep(wait)
            try:
                self.look()
            except Exception as error:  # an exception would end the task without a word
                log.warning("A look at the shares failed: %s", type(error).__name__)
                wait = min(_LONGEST_WAIT_SECONDS, wait * 2)
            else:
                wait = LOOK_SECONDS


def open_sharing_page(name: str) -> SharingPage:
    """Open the workbook `name` on the person's book, and follow what is shared."""
    own = open_workbook(name)
    page = SharingPage(
        name, own.book, own.language, problem=own.problem, role=own.role, is_paged=own.is_paged
    )
    if page.book is not None:
        page.look()
        page.follow()
    return page
