"""The rate limit of a page's messages: above any person's rate, too low to slow down others."""

from __future__ import annotations

from dataclasses import dataclass

AT_ONCE = 200.0
"""Messages that a page may send at once; a page that opens, or closes, sends a few dozen."""
A_SECOND = 20.0
"""Messages per second that it may go on sending; a person who holds a key down sends about ten."""
BYTES_A_MESSAGE = 65536
"""A longer message counts as several: the longest, a contacts file, as 160."""
TOO_LONG_SECONDS = 10.0
"""How long a page that sends too much is slowed down before it is disconnected."""


@dataclass
class RateLimiter:
    """The number of messages that a page may still send; the caller passes the time in seconds."""

    left: float = AT_ONCE
    at: float = 0.0
    behind_since: float | None = None

    def pause(self, size: int, now: float) -> float:
        """Count a message of `size` bytes and return how many seconds it has to wait first."""
        self.left = min(AT_ONCE, self.left + (now - self.at) * A_SECOND)
        if self.left > A_SECOND:  # it has paused for a moment
            self.behind_since = None
        self.at = now
        self.left -= 1 + size // BYTES_A_MESSAGE
        if self.left < 0 and self.behind_since is None:
            self.behind_since = now
        return max(0.0, -self.left / A_SECOND)

    def is_too_much(self, now: float) -> bool:
        """Return whether the page has been sending too much for too long."""
        return self.behind_since is not None and now - self.behind_since > TOO_LONG_SECONDS
