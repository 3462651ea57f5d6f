"""Results that are computed once from the same frames, however many sheets ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import ref

import pandas as pd

_P = ParamSpec("_P")
_R = TypeVar("_R")
MOST_KEPT = 32
"""How many results of a function are kept, the newest: those of one refresh."""


def cache_by_frames(
    *tables: str,
) -> Callable[
    [Callable[Concatenate[Mapping[str, pd.DataFrame], _P], _R]],
    Callable[Concatenate[Mapping[str, pd.DataFrame], _P], _R],
]:
    """Decorate a function of a book's frames to keep its newest results.

    A result is returned again while the frames of `tables`, all that the function reads, are the
    same objects and the other arguments, which are hashable, are equal. Frames are not kept alive.
    """

    def decorate(
        compute: Callable[Concatenate[Mapping[str, pd.DataFrame], _P], _R],
    ) -> Callable[Concatenate[Mapping[str, pd.DataFrame], _P], _R]:
        kept: dict[object, tuple[tuple[ref[pd.DataFrame], ...], _R]] = {}

        @wraps(compute)
        def find_or_compute(
            frames: Mapping[str, pd.DataFrame], /, *args: _P.args, **kwargs: _P.kwargs
        ) -> _R:
            read = [frames[table] for table in tables]
            key = (*map(id, read), args, *kwargs.items())
            found = kept.get(key)
            if found and all(each() is frame for each, frame in zip(found[0], read, strict=True)):
                return found[1]
            result = compute(frames, *args, **kwargs)
            for old, (refs, _) in [*kept.items()]:  # the oldest first
                if len(kept) >= MOST_KEPT or any(each() is None for each in refs):
                    del kept[old]
            kept[key] = tuple(map(ref, read)), result
            return result

        return find_or_compute

    return decorate
