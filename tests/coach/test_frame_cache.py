from __future__ import annotations

import gc
from collections.abc import Mapping
from weakref import ref

import pandas as pd

from enishi.coach.relations.frame_cache import MOST_KEPT, cache_by_frames


class Sums:
    """A sum over a column, and how often it was computed."""

    def __init__(self) -> None:
        self.computed = 0
        self.of = cache_by_frames("numbers")(self.compute)

    def compute(self, frames: Mapping[str, pd.DataFrame], times: int = 1) -> int:
        self.computed += 1
        return int(frames["numbers"]["number"].sum()) * times


def frames(*numbers: int) -> dict[str, pd.DataFrame]:
    return {"numbers": pd.DataFrame({"number": numbers}), "other": pd.DataFrame()}


def test_from_the_same_frames_a_result_is_computed_once() -> None:
    sums, read = Sums(), frames(1, 2)
    assert [sums.of(read), sums.of(dict(read)), sums.of({**read, "other": pd.DataFrame()})] == [
        3
    ] * 3
    assert sums.computed == 1


def test_another_frame_or_argument_gets_its_own_result() -> None:
    sums, read = Sums(), frames(1, 2)
    assert [sums.of(read), sums.of(read, 2), sums.of(read, times=3)] == [3, 6, 9]
    assert sums.of({"numbers": read["numbers"].assign(number=5)}) == 10
    assert [sums.of(frames(number)) for number in range(3 * MOST_KEPT)] == [*range(3 * MOST_KEPT)]
    assert sums.of(read) == 3


def test_a_frame_is_not_kept_alive_by_what_was_computed_from_it() -> None:
    sums, read = Sums(), frames(1, 2)
    sums.of(read)
    gone = ref(read.pop("numbers"))
    gc.collect()
    assert gone() is None
