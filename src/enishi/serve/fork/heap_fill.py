"""Memory without holes, so that what a kernel adds to it lies together.

A fork shares memory by the page: to write one byte of a page is to copy all of it. What was freed
during the imports leaves small holes everywhere, and a kernel that puts its own things there copies
a page for nearly each of them. So the zygote fills the holes with nothing; a kernel then gets
fresh pages and uses all of them. That is 5.5 MB less for a kernel with a page, for 1 MB once.
"""

from __future__ import annotations

import ctypes

POOL = 16 << 10
"""Bytes that Python reserves at a time for objects of one size."""
_SIZES = range(48, 513, 16)
"""Of the objects that Python keeps in pools; the smaller ones are few."""
_MOST = 20_000
"""So many holes of one size are filled at most, whatever the allocator does."""
EMPTY = b"".__sizeof__()

filled: list[bytes] = []


def fill_holes() -> None:
    """Fill what is free between the things that stay."""
    fill_pools()
    fill_heap()


def fill_pools() -> None:
    """Take objects of each size until as many as a pool holds lie in a row: that one is new."""
    for size in _SIZES:
        row = last = 0
        for _ in range(_MOST):
            one = bytes(size - EMPTY)
            filled.append(one)
            row = row + 1 if id(one) - last == size else 1
            last = id(one)
            if row * size > POOL - 2 * size:
                break


def fill_heap() -> None:
    """Take what the C library has left over, from large to small, until it asks the system."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "malloc_trim"):
        return  # another library than GNU's, with other habits
    library.malloc.restype = library.sbrk.restype = ctypes.c_void_p
    library.malloc.argtypes = [ctypes.c_size_t]
    library.malloc_trim(ctypes.c_size_t(0))
    end = library.sbrk(ctypes.c_ssize_t(0))
    size = 100_000  # larger ones are mapped, each for itself
    while size >= 24:
        fresh = 0
        for _ in range(_MOST):
            fresh += library.malloc(size) >= end
            if fresh == 4:
                break
        size = size * 7 // 8 if size > 200 else size - 16
