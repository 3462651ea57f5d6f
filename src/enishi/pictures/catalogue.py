"""All pictures, by the key of their texts in `data/words/pictures.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from enishi.coach.relations.history import Frames
from enishi.i18n.chosen_word import WORDS_OF_CHOICE, texts_with_word
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


def read_wording(
    key: str,
    language: str,
    today: date,
    *,
    word: str = WORDS_OF_CHOICE[0],
    is_masked: bool = False,
) -> Wording:
    """Return the words of the picture `key`; `word` is the person's for a connection."""
    texts = texts_with_word("pictures", language, word)
    closeness = [*texts_with_word("coach", language, word)["closeness"].values()]
    whys = texts_with_word("rules", language, word)
    own = texts["all"] | texts["pictures"][key] | {"closeness": closeness, "whys": whys}
    return Wording(own, language, today, is_masked)
