"""Memory without holes, so that what a kernel adds to it is contiguous.

A fork shares memory by the page: writing one byte of a page copies all of it. Objects freed during
the imports leave small holes everywhere, and a kernel that puts its own objects there copies a page
for nearly each of them. So the zygote fills the holes; a kernel then gets new pages and uses all of
them. That saves 5.5 MB in each kernel with a page, and costs 1 MB once.
"""

from __future__ import annotations

import ctypes

POOL = 16 << 10
"""Bytes that Python reserves at a time for objects of one size."""
_SIZES = range(48, 513, 16)
"""Sizes in bytes of the objects that Python keeps in pools; smaller ones are few."""
_MOST = 20_000
"""Most holes of one size that are filled, whatever the allocator does."""
EMPTY = b"".__sizeof__()

filled: list[bytes] = []


def fill_holes() -> None:
    """Fill the free memory between the objects that stay."""
    fill_pools()
    fill_heap()


def fill_pools() -> None:
    """Allocate objects of each size until a pool's worth is contiguous: that pool is new."""
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
    """Allocate the C library's free memory, from large to small, until the heap grows."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "malloc_trim"):
        return  # not GNU's library, with another allocator
    library.malloc.restype = library.sbrk.restype = ctypes.c_void_p
    library.malloc.argtypes = [ctypes.c_size_t]
    library.malloc_trim(ctypes.c_size_t(0))
    end = library.sbrk(ctypes.c_ssize_t(0))
    size = 100_000  # larger ones are mapped separately
    while size >= 24:
        fresh = 0
        for _ in range(_MOST):
            fresh += library.malloc(size) >= end
            if fresh == 4:
                break
        size = size * 7 // 8 if size > 200 else size - 16
