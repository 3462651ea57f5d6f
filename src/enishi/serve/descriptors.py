"""Room for descriptors: files, sockets, and what waits for them.

A system gives a program 1024 of them (macOS: 256), which sixty pages fill; then ZeroMQ ends the
server. A program may take more, up to a limit that is usually far away.
"""

from __future__ import annotations

A_PAGE = 32
"""How many a page takes while it opens; one that stands has 15 and its browser's connections."""
OTHERS = 256
"""For the server itself, and for those who only ask."""


def make_room(pages: int) -> None:
    """Let this process open as many descriptors as `pages` need, if the system allows so many."""
    try:
        import resource
    except ImportError:  # Windows knows no such limit
        return
    have, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = OTHERS + A_PAGE * pages
    if most != resource.RLIM_INFINITY:
        needed = min(needed, most)
    if have != resource.RLIM_INFINITY and have < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, most))
