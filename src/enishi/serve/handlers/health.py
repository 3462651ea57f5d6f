"""How we are: whether the book can be reached, how kernels start, how many there are."""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import asyncio
import logging
import time
from concurrent.futures import Future
from threading import Thread

from jupyter_server.auth.decorator import allow_unauthenticated

from enishi.serve.book_file import BOOK_FILE
from enishi.serve.fork import zygote_manager
from enishi.serve.handlers.localized import LocalizedHandler

_PATIENCE_SECONDS = 5.0
"""How long a disk or a database server may take to answer; then it counts as out of reach.

The first time what speaks to it is imported, too."""
FRESH_SECONDS = 1.0
"""For so long an answer holds, so that asking us often does not mean asking the book often."""
log = logging.getLogger("enishi")


class DatabaseProbe:
    """Whether the book can be reached: asked in a thread, so that no page waits for the answer.

    One question at a time. While one hangs, the answer is no, and no second one is asked.
    """

    def __init__(self) -> None:
        self._asked = 0.0
        self._answer: Future[str] | None = None
        self._told = ""

    async def is_there(self) -> bool:
        """Tell whether it can be."""
        now = time.monotonic()
        if self._answer is None or (self._answer.done() and now - self._asked > FRESH_SECONDS):
            self._asked, self._answer = now, Future()
            Thread(target=probe, args=(self._answer,), name="reach", daemon=True).start()
        left = max(0.0, self._asked + _PATIENCE_SECONDS - now)
        await asyncio.wait({asyncio.wrap_future(self._answer)}, timeout=left)
        trouble = self._answer.result() if self._answer.done() else "no answer in time"
        if trouble and trouble != self._told:
            log.warning("The book cannot be reached: %s.", trouble)
        self._told = trouble
        return not trouble


def probe(answer: Future[str]) -> None:
    """Answer with "" if the book can be reached, else with the name of what is in the way.

    Only the name: what an error says may be private.
    """
    try:
        from enishi.book.database import (  # not needed for anything else in the server
            check_reachable,
            database_url,
        )

        check_reachable(database_url(), BOOK_FILE.is_known())
        answer.set_result("" if BOOK_FILE.is_in_place() else "MovedBookError")
    except Exception as problem:
        answer.set_result(type(problem).__name__)


REACH = DatabaseProbe()
"""The server's."""


class Health(LocalizedHandler):
    """`/healthz`: nothing private, so anyone may ask."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Answer as JSON; with 503 when the book cannot be reached."""
        book = await REACH.is_there()
        kernels = self.settings["kernel_manager"]
        self.set_status(200 if book else 503)
        self.finish(
            {
                "book": book,
                "forked": zygote_manager.is_ready(),
                "kernels": len(kernels),
                "most": kernels.most,
            }
        )
