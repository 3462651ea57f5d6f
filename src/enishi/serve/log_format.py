"""The format of the log, and its limits.

Server and kernels write their records through one handler. It writes each record as one line,
whatever text of a request or a page it contains, and replaces a flood of them by a count.
"""

# mypy: disallow-untyped-calls=False
# traitlets types its own methods in part.

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Any

from traitlets.config import Application
from traitlets.config.application import LevelFormatter

LONGEST_LINE = 1000
MOST_FRAMES = 60
"""Most lines of a traceback that are written; an endless recursion has a thousand."""
AT_ONCE, A_SECOND = 200.0, 20.0
"""How many records one place in the code may write at once, and how many per second after that."""
WITH_TRACEBACK = 10.0
"""How many records a record with a traceback counts as."""


def escape(text: str) -> str:
    """Return `text` as one line: control characters as Python escapes, cut to `LONGEST_LINE`."""
    line = text if text.isprintable() else "".join(map(escape_character, text))
    left = len(line) - LONGEST_LINE
    return line if left <= 0 else f"{line[:LONGEST_LINE]}… ({left} more characters)"


def escape_character(character: str) -> str:
    """Return the escape of a character that could begin a line, change colours or reverse text."""
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode()


class OneLineFormatter(LevelFormatter):
    """Formats a record as one line; the lines of a traceback follow, each indented.

    A record may carry such lines itself, as its attribute `where`.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of the record."""
        plain = logging.makeLogRecord(record.__dict__)
        plain.msg, plain.args = escape(record.getMessage()), ()
        plain.exc_info = plain.exc_text = plain.stack_info = None
        lines = traceback_of(record, self)
        if len(lines) > MOST_FRAMES:
            half = MOST_FRAMES // 2
            lines[half:-half] = [f"… ({len(lines) - 2 * half} more lines)"]
        return "\n".join([super().format(plain), *(f"    {escape(line)}" for line in lines)])


def traceback_of(record: logging.LogRecord, formatter: logging.Formatter) -> list[str]:
    """Return the lines that follow a record: its `where`, else the traceback of its exception."""
    text: str = getattr(record, "where", "")
    if not text and record.exc_info:
        text = formatter.formatException(record.exc_info)
    return text.splitlines()


@dataclass
class Allowance:
    """The number of records that one place in the code may still write; times are in seconds."""

    left: float = AT_ONCE
    at: float = field(default_factory=time.monotonic)
    omitted: int = 0

    def consume(self, cost: float, now: float) -> bool:
        """Return whether a record that counts for `cost` is written; else count it as left out."""
        self.left = min(AT_ONCE, self.left + (now - self.at) * A_SECOND)
        self.at = now
        if self.left < cost:
            self.omitted += 1
            return False
        self.left -= cost
        return True


class RecordLimiter(logging.Filter):
    """Limits the records of each place in the code; the next record counts those left out."""

    def __init__(self) -> None:
        super().__init__()
        self._by_call: dict[tuple[str, int], Allowance] = {}  # by a call's file and line

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a record is written."""
        allowance = self._by_call.setdefault((record.pathname, record.lineno), Allowance())
        is_long = record.exc_info or hasattr(record, "where")
        if not allowance.consume(WITH_TRACEBACK if is_long else 1.0, time.monotonic()):
            return False
        if allowance.omitted:
            text = f"{record.getMessage()} ({allowance.omitted} more such records were left out)"
            record.msg, record.args, allowance.omitted = text, (), 0
        return True


class OwnLogApplication(Application):
    """A program that creates no record that it does not show, and shows each as one line.

    Jupyter logs much about every message.
    """

    _log_formatter_cls = OneLineFormatter

    def get_default_logging_config(self) -> Any:
        """Return a config whose logger drops records early and whose handlers share one format."""
        config = super().get_default_logging_config()
        own = config["loggers"][type(self).__name__]
        own["level"] = self.log_level
        config["filters"] = {"limiter": {"()": f"{__name__}.{RecordLimiter.__name__}"}}
        console = config["handlers"]["console"]
        console["filters"] = ["limiter"]
        # Records of other loggers than Jupyter's: asyncio, Tornado, our code, and any others.
        config["handlers"]["others"] = {**console, "level": "WARNING"}
        config["root"] = {"handlers": ["others"]}
        return config
