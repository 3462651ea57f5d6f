"""When a message was made: a text that nobody here reads."""

from __future__ import annotations

from typing import Any

from jupyter_client import session


def keep_dates_as_text() -> None:
    """Let Jupyter leave the dates of messages the texts that they are.

    It looks for them in all that stands in a message's head, and a message is taken apart by each
    who hears it: a tenth of what the server did for a page. Should it stop, this does nothing.
    """
    vars(session)["extract_dates"] = as_it_is


def as_it_is(head: Any) -> Any:
    """Return the head of a message, unchanged."""
    return head
