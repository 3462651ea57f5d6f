"""How much one page may say: more than any person does, and less than would hold up the others."""

from __future__ import annotations

from dataclasses import dataclass

AT_ONCE = 200.0
"""How many messages a page may have saved up; a page that opens, or is left, says a few dozen."""
A_SECOND = 20.0
"""How many it may go on saying; a person who holds a key down comes to about ten."""
BYTES_A_MESSAGE = 65536
"""A longer message counts as several: the longest, a contacts file, as 160."""
TOO_LONG_SECONDS = 10.0
"""How long a page that says too much is slowed down before it is cut off."""


@dataclass
class RateLimiter:
    """What a page has left to say now; the clock is handed in, in seconds."""

    left: float = AT_ONCE
    at: float = 0.0
    behind_since: float | None = None

    def pause(self, size: int, now: float) -> float:
        """Take a message of `size` bytes and return how many seconds it has to wait first."""
        self.left = min(AT_ONCE, self.left + (now - self.at) * A_SECOND)
        if self.left > A_SECOND:  # it has held its breath for a moment
            self.behind_since = None
        self.at = now
        self.left -= 1 + size // BYTES_A_MESSAGE
        if self.left < 0 and self.behind_since is None:
            self.behind_since = now
        return max(0.0, -self.left / A_SECOND)

    def is_too_much(self, now: float) -> bool:
        """Tell whether the page has been saying too much for too long."""
        return self.behind_since is not None and now - self.behind_since > TOO_LONG_SECONDS
