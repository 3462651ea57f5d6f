"""Books and rooms with any number of people whose names are long, about whom much is written."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

from drawing import TODAY, draw, wording
from enishi.choices import CLOSENESS
from enishi.pictures.catalogue import PICTURES
from enishi.pictures.exchange import ShownWords, draw_exchange
from enishi.pictures.meetings import draw_meetings
from enishi.pictures.picture import Picture

NAMES = (
    "伊集院 龍之介",
    "Aleksandra Kowalczyk-Brzezińska",
    "勅使河原 千代子エリザベス",
    "Maximilian von Hohenberg-Lichtenau",
    "武者小路 さくら",
    "Bartholomew Featherstonehaugh",
    "長宗我部 健太郎左衛門",
    "Guðrún Sigríður Þorvaldsdóttir",
    "東久世 美智子",
    "Christopher Montgomery-Richardson",
    "小比類巻 かほる",
    "Venkatanarasimharajuvaripeta Rao",
    "万里小路 由美子",
    "María Fernanda González de la Vega",
    "Tom O'Hara",
)
_CIRCLES = ("読書会", "Neighbours and friends", "大学の同級生")
_STRENGTHS = (
    "司会進行とファシリテーションの準備",
    "Explaining tax to shop owners",
    "写真",
    "Cooking",
)
_SEATS_MOST = 60
"""As many as a room has."""


def name_of(number: int) -> str:
    """Return the name of a person of a crowd; each has another one.

    >>> name_of(14), name_of(15)
    ("Tom O'Hara", '伊集院 龍之介 1')
    """
    turn, place = divmod(number, len(NAMES))
    return f"{NAMES[place]} {turn}" if turn else NAMES[place]


def crowded_book(count: int) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a book of so many people; nobody has written anything where it is 0."""
    if not count:
        return {}
    return {
        "goal": [{"id": "g", "wish": "地域の小さな店が続く仕組みをつくる人になる"}],
        "role": [
            {"id": "r0", "goal_id": "g", "does": "店を10年続けている人"},
            {"id": "r1", "goal_id": "g", "does": "A patient bookkeeper who explains"},
        ],
        "contact": [_person(number) for number in range(count)],
        "tie": [
            {"a_id": f"c{n:02}", "b_id": f"c{n + 3:02}", "state": "close"}
            for n in range(min(6, count - 3))
        ],
        "give": [
            {"contact_id": f"c{n:02}", "direction": way, "on": _ago(20 * n + 9)}
            | {"state": "done", "what": "資料"}
            for n in range(min(6, count))
            for way in ("out", "in")
        ],
        "encounter": [
            {"contact_id": f"c{n:02}", "on": _ago(40 * n + 5), "kind": "met"}
            for n in range(min(6, count))
        ],
        "step": [{"contact_id": "c00", "words": "手紙", "on": _ago(-4)}],
        "strength": [
            {"id": f"s{n}", "name": name, "good_at": 5 - n % 2 * 3, "like": 5 - n // 2 * 3}
            for n, name in enumerate(_STRENGTHS)
        ],
        "review": [
            {"kind": "dials", "on": _ago(9), "dial_goal": 4, "dial_benefit": 9, "dial_time": 0}
        ],
    }


def draw_crowd(count: int, language: str) -> dict[str, Picture]:
    """Return every picture by its key: of a book of so many people, and of a room."""
    book = crowded_book(count)
    seats = {f"s{n}": name_of(n) for n in range(min(count, _SEATS_MOST))}
    met = {frozenset(pair): 1 + n % 2 for n, pair in enumerate(pairwise(seats))}
    needs, offers = (
        [
            ShownWords(seat, name, _STRENGTHS[(n + first) % len(_STRENGTHS)])
            for n, (seat, name) in enumerate(seats.items())
        ]
        for first in (0, 2)
    )
    return {
        **{key: draw(key, book, language=language) for key in PICTURES},
        "exchange": draw_exchange(needs, offers, wording("exchange", language)),
        "meetings": draw_meetings(seats, met, wording("meetings", language)),
    }


def _person(n: int) -> dict[str, Any]:
    return {
        **{"id": f"c{n:02}", "name": name_of(n), "known_as": "known", "focus": n < 8},
        **{"closeness": ("", *CLOSENESS)[n * 7 % 5], "role_id": "r0" if n < 3 else None},
        **{"circles": [_CIRCLES[n % 3]], "through_id": f"c{n - 1:02}" if n % 4 == 2 else None},
    }


def _ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()
