"""The limit of descriptors: files, sockets, and what waits for them.

A system gives a program 1024 of them (macOS: 256), which sixty pages use up; then ZeroMQ ends the
server. A program may raise the number up to a hard limit that is usually much higher.
"""

from __future__ import annotations

A_PAGE = 32
"""Descriptors of a page while it opens; an open page has 15 and its browser's connections."""
_OTHERS = 256
"""Descriptors for the server itself."""
MOST = 1 << 20
"""Linux allows no process more, and refuses the attempt; it also stands for "no limit"."""
WINDOWS = 8192
"""Windows has no limit of this kind; its C library has this one."""


def raise_file_limit() -> int:
    """Raise this process's limit of descriptors as far as the system allows; return the limit."""
    try:
        import resource
    except ImportError:
        return WINDOWS
    have, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST if allowed == resource.RLIM_INFINITY else min(allowed, MOST)
    if have != resource.RLIM_INFINITY and have < most:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, allowed))
        except (ValueError, OSError):  # macOS reports that there is no limit, but has one
            return have
    return most


def max_connections(pages: int, limit: int) -> int:
    """Return how many of `limit` descriptors are left for connections beside `pages` pages."""
    return max(A_PAGE, limit - _OTHERS - A_PAGE * pages)
