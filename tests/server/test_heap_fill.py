"""After the holes in memory are filled, what is new lies together."""

from __future__ import annotations

import subprocess
import sys

import pytest

# It is what a fork server needs, and so only Linux.
__test__ = sys.platform == "linux"

PAGES = """
import ctypes, random, sys
from enishi.serve.fork import heap_fill

library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
library.free.argtypes = [ctypes.c_void_p]
SIZE = 96

def of_python(count):
    kept.extend(made := [bytes(SIZE - heap_fill.EMPTY) for _ in range(count)])
    return list(map(id, made))

def of_c(count):
    return [library.malloc(SIZE) for _ in range(count)]

kept = []
make = {"python": of_python, "c": of_c}[sys.argv[1]]
many = make(80_000)
if make is of_python:
    kept[::100] = [None] * len(kept[::100])
else:
    for address in many[::100]:
        library.free(address)
if sys.argv[2] == "filled":
    heap_fill.fill_holes()
print(len({address >> 12 for address in make(700)}))
"""


@pytest.mark.parametrize("whose", ["python", "c"])
def test_what_is_new_needs_few_pages(whose: str) -> None:
    def pages(how: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", PAGES, whose, how], capture_output=True, text=True, check=True
        )
        return int(done.stdout)

    needed = 700 * 96 // 4096 + 1
    assert pages("full of holes") > 20 * needed
    assert pages("filled") <= 3 * needed
