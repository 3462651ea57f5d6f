"""The title of a promise is its act."""

from __future__ import annotations

import pytest

from enishi.coach.language.promise_titles import promise_title


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("佐伯さんに、履歴書の直しを手伝うと約束した。", "履歴書の直しを手伝う"),
        ("「帰りに寄るわ」と岡本さん。", "帰りに寄る"),
        ("見本さんが紹介してくれると言ってくれた", "紹介してくれる"),
        ("写真を送りますね!", "写真を送ります"),
        ("Claire said she'd send over the form tomorrow.", "send over the form"),
        ("また食事でも", "また食事でも"),
        ("何か美味しいもの", "何か美味しいもの"),
        ("Lend Ann the ladder", "Lend Ann the ladder"),
        ("明日", "明日"),
    ],
)
def test_a_title_keeps_the_act_and_loses_who_said_it(words: str, title: str) -> None:
    assert promise_title(words) == title
