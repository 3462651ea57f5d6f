"""When one is asked what a gift did, and what is known to have gladdened."""

from datetime import date, timedelta
from typing import Any

import pytest

from enishi.coach.giving.effects import gifts_that_gladdened, gifts_to_ask_about
from enishi.coach.rules.settings import Settings
from frames import frames

TODAY = date(2026, 11, 20)
SIGNS = ["purpose_hidden", "sure_profit"]


def given(days: int, **more: Any) -> dict[str, Any]:
    on = (TODAY - timedelta(days=days)).isoformat()
    return {"id": "g", "contact_id": "c", "what": "本を貸した", "state": "done", "on": on} | more


def asked(give: dict[str, Any], settings: Settings | None = None, **contact: Any) -> bool:
    book = frames(contact=[{"id": "c", "name": "架空 花子"} | contact], give=[give])
    return list(gifts_to_ask_about(book, TODAY, settings).index) == ["g"]


@pytest.mark.parametrize(("days", "is_asked"), [(6, False), (7, True), (60, True), (61, False)])
def test_one_is_asked_from_a_week_until_two_months_after_a_gift(days: int, is_asked: bool) -> None:
    assert asked(given(days)) == is_asked


def test_the_days_until_the_question_can_be_chosen() -> None:
    assert asked(given(3), Settings(effect_after_days=3))
    assert not asked(given(30), Settings(effect_until_days=20))


def test_one_is_not_asked_about_what_is_answered_or_was_put_aside() -> None:
    assert not asked(given(9, effect="「助かりました」"))
    assert not asked(given(9, effect_asked_on="2026-11-19"))


def test_one_is_asked_only_about_what_one_gave() -> None:
    assert not asked(given(9, direction="in"))
    assert not asked(given(9, state="planned"))
    assert not asked(given(9, state="let_go"))
    assert not asked(given(9, on=None))


def test_one_is_not_asked_about_somebody_with_signs_or_in_the_bin() -> None:
    assert asked(given(9))
    assert not asked(given(9), signs=SIGNS)
    assert not asked(given(9), trashed_on="2026-11-19")


def test_what_gladdened_is_kept_with_its_words_the_latest_first() -> None:
    book = frames(
        contact=[{"id": "c", "name": "架空 花子"}, {"id": "w", "name": "例", "signs": SIGNS}],
        give=[
            given(200, id="old", effect="すぐ飾ってくれた"),
            given(0, id="undated", on=None, effect="笑ってくれた"),
            given(3, id="new", effect="「助かりました」"),
            given(3, id="silent"),
            given(3, id="flagged", contact_id="w", effect="「ありがとう」"),
            given(3, id="theirs", direction="in", effect="うれしかった"),
        ],
    )

    assert list(gifts_that_gladdened(book).index) == ["new", "old", "undated"]
    assert gifts_that_gladdened(book)["effect"].iloc[0] == "「助かりました」"
    quarter = gifts_that_gladdened(book, TODAY - timedelta(days=90), TODAY)
    assert list(quarter.index) == ["new"]
