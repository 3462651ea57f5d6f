"""Room for descriptors: files, sockets, and what waits for them.

A system gives a program 1024 of them (macOS: 256), which sixty pages fill; then ZeroMQ ends the
server. A program may take more, up to a limit that is usually far away.
"""

from __future__ import annotations

A_PAGE = 32
"""How many a page takes while it opens; one that stands has 15 and its browser's connections."""
_OTHERS = 256
"""For the server itself."""
MOST = 1 << 20
"""Linux gives no process more, and refuses the attempt; what has no limit is taken for this."""
WINDOWS = 8192
"""Windows has no limit of this kind; its C library has this one."""


def make_room() -> int:
    """Let this process open as many descriptors as the system allows; return how many these are."""
    try:
        import resource
    except ImportError:
        return WINDOWS
    have, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST if allowed == resource.RLIM_INFINITY else min(allowed, MOST)
    if have != resource.RLIM_INFINITY and have < most:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, allowed))
        except (ValueError, OSError):  # macOS says that there is no limit, and has one
            return have
    return most


def for_connections(pages: int, limit: int) -> int:
    """Return how many of `limit` descriptors are left for connections beside so many pages."""
    return max(A_PAGE, limit - _OTHERS - A_PAGE * pages)
