"""All pictures, by the key of their texts in `data/words/pictures.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from enishi.coach.relations.history import Frames
from enishi.pictures.beginnings import draw_beginnings
from enishi.pictures.bullseye import draw_bullseye
from enishi.pictures.dials import draw_dials
from enishi.pictures.giving import draw_giving
from enishi.pictures.picture import Picture, Wording
from enishi.pictures.strength_fields import draw_strength_fields
from enishi.pictures.time_lanes import draw_time_lanes
from enishi.pictures.whole_thread import draw_whole_thread

PICTURES: Mapping[str, Callable[[Frames, Wording], Picture]] = {
    "whole_thread": draw_whole_thread,
    "bullseye": draw_bullseye,
    "time_lanes": draw_time_lanes,
    "giving": draw_giving,
    "strength_fields": draw_strength_fields,
    "beginnings": draw_beginnings,
    "dials": draw_dials,
}


def picture_wording(
    key: str, texts: Callable[[str], Any], language: str, today: date, is_masked: bool
) -> Wording:
    """Return the words of the picture `key`.

    Args:
        key: of `PICTURES`.
        texts: returns a file of texts by name, in the person's language.
        language: `ja` or `en`.
        today: the person's day.
        is_masked: whether initials replace the names of people.
    """
    found: dict[str, Any] = texts("pictures")
    own = found["all"] | found["pictures"][key]
    own |= {"closeness": [*texts("coach")["closeness"].values()]}
    return Wording(own, language, today, is_masked)
