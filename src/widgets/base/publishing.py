"""Copying what the person shows to a coach, a moment after something was written."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from enishi.errors import EnishiError
from enishi.sharing.pages import Source
from enishi.sharing.publishing import publish_all

if TYPE_CHECKING:
    from widgets.base.workbook import Workbook

QUIET_SECONDS = 1.0
"""Seconds without a further change until the copies are made."""
log = logging.getLogger("enishi.widgets")


def publish_later(workbook: Workbook) -> None:
    """Copy the pages once nothing was changed for a moment, while an event loop runs."""
    with suppress(RuntimeError):  # there is none in a plain interpreter
        loop = asyncio.get_running_loop()
        if workbook.publishing is not None:
            workbook.publishing.cancel()
        workbook.publishing = loop.call_later(QUIET_SECONDS, publish_now, workbook)


def publish_now(workbook: Workbook) -> None:
    """Copy the chosen pages of everything that is open; a failure is tried with the next change."""
    if workbook.book is None:
        return
    try:
        publish_all(workbook.book, page_source(workbook))
    except EnishiError as error:
        log.warning("Shared pages were not copied: %s", type(error).__name__)


def page_source(workbook: Workbook) -> Source:
    """Return what shared pages are made from."""
    return Source(
        workbook.frames(),
        workbook.today,
        workbook.language,
        workbook.chosen_word,
        workbook.settings,
    )
