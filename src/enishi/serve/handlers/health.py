"""The health report: whether the book can be reached, how kernels start, how many there are."""

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
"""How long a disk or a database server may take to answer; then it counts as unreachable.

The first check also imports the database's driver.
"""
FRESH_SECONDS = 1.0
"""How long an answer is reused, so that frequent requests do not mean frequent queries."""
log = logging.getLogger("enishi")


class DatabaseProbe:
    """The check whether the book can be reached, in a thread so that no page waits for it.

    Only one check runs at a time. While it hangs, the answer is no, and no second one starts.
    """

    def __init__(self) -> None:
        self._requested_at = 0.0
        self._answer: Future[str] | None = None
        self._last_error = ""

    async def is_reachable(self) -> bool:
        """Return whether the book can be reached; log a new reason why not."""
        now = time.monotonic()
        if self._answer is None or (
            self._answer.done() and now - self._requested_at > FRESH_SECONDS
        ):
            self._requested_at, self._answer = now, Future()
            Thread(target=probe, args=(self._answer,), name="reach", daemon=True).start()
        left = max(0.0, self._requested_at + _PATIENCE_SECONDS - now)
        await asyncio.wait({asyncio.wrap_future(self._answer)}, timeout=left)
        error = self._answer.result() if self._answer.done() else "no answer in time"
        if error and error != self._last_error:
            log.warning("The book cannot be reached: %s.", error)
        self._last_error = error
        return not error


def probe(answer: Future[str]) -> None:
    """Set the answer to "" if the book can be reached, else to the name of the error.

    Only the name: the error's message may be private.
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


DATABASE_PROBE = DatabaseProbe()
"""The check that the server uses."""


class HealthHandler(LocalizedHandler):
    """`/healthz`: nothing in it is private, so anyone may read it."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Answer with JSON; with status 503 when the book cannot be reached."""
        book = await DATABASE_PROBE.is_reachable()
        kernels = self.settings["kernel_manager"]
        self.set_status(200 if book else 503)
        self.finish(
            {
                "book": book,
                "forked": zygote_manager.is_ready(),
                "kernels": len(kernels),
                "most": kernels.max_kernels,
            }
        )
