"""What is kept out of the server's log: the words of a person."""

from __future__ import annotations

import logging

from nbclient.exceptions import CellExecutionError

FROM_A_CELL = "Error at server while executing cell: %r"
"""How Voilà begins; the cell that follows has its outputs with it."""


def is_discreet(record: logging.LogRecord) -> bool:
    """Tell whether a record may be written, after what may not has been taken out of it."""
    if record.msg == FROM_A_CELL:
        record.msg, record.args = "A cell of a page could not be run.", ()
        error = record.exc_info[1] if record.exc_info else None
        # This one quotes the exception; its kernel has told all but that already.
        return not isinstance(error, CellExecutionError)
    return True
