"""The filter that keeps a person's texts out of the server's log."""

from __future__ import annotations

import logging

FROM_A_CELL = "Error at server while executing cell: %r"
"""Voilà's message; its argument is the cell with its outputs."""


def filter_private_text(record: logging.LogRecord) -> bool:
    """Return whether a record may be written; remove a person's texts from it first."""
    if record.msg == FROM_A_CELL:
        from nbclient.exceptions import CellExecutionError  # a fifth of a second, and rarely needed

        record.msg, record.args = "A page failed to run a cell.", ()
        error = record.exc_info[1] if record.exc_info else None
        # This error quotes the exception; its kernel has logged the rest already.
        return not isinstance(error, CellExecutionError)
    return True
