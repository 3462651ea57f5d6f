"""Copying what the person shows to a coach, a moment after something was written."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from enishi.book.share_tables import shows_anything

if TYPE_CHECKING:
    from enishi.sharing.pages import PageSource
    from widgets.base.workbook import Workbook

_QUIET_SECONDS = 1.0
"""Seconds without a further change until the copies are made."""
_RETRY_SECONDS = 15.0
"""Seconds until copying is tried again after it failed."""
log = logging.getLogger("enishi.widgets")


def publish_later(workbook: Workbook) -> None:
    """Copy the pages once nothing was changed for a moment, while an event loop runs."""
    _publish_after(workbook, _QUIET_SECONDS)


def _publish_after(workbook: Workbook, seconds: float) -> None:
    with suppress(RuntimeError):  # there is none in a plain interpreter
        loop = asyncio.get_running_loop()
        if workbook.publishing is not None:
            workbook.publishing.cancel()
        workbook.publishing = loop.call_later(seconds, publish_now, workbook)


def publish_now(workbook: Workbook) -> None:
    """Copy the chosen pages of everything that is open; if that fails, it is tried again later."""
    if workbook.book is None:
        return
    try:
        with workbook.book.reading() as connection:
            if not shows_anything(connection, workbook.book.owner):
                return
        from enishi.sharing.publishing import publish_all  # most people show nothing

        publish_all(workbook.book, page_source(workbook))
    except Exception as error:  # what was written is stored, and that is what its answer says
        log.warning("Shared pages were not copied: %s", type(error).__name__)
        _publish_after(workbook, _RETRY_SECONDS)


def page_source(workbook: Workbook) -> PageSource:
    """Return what shared pages are made from."""
    from enishi.sharing.pages import PageSource

    return PageSource(
        workbook.frames(),
        workbook.today,
        workbook.language,
        workbook.chosen_word,
        workbook.settings,
    )
