"""Rules of thumb: every one has its limits, its words and where it comes from."""

from __future__ import annotations

from dataclasses import fields

import pytest

from enishi.coach.settings import Settings, is_sensible, limits
from enishi.coach.thumb import NotSensible, is_number, stored, thumb, thumbs
from enishi.words import read_copy

NAMES = [field.name for field in fields(Settings) if is_number(field.default)]


def test_every_rule_of_thumb_is_told_with_its_reason_and_where_it_comes_from() -> None:
    words, studies = read_copy("settings"), read_copy("studies")

    assert set(words["thumbs"]) == set(NAMES) == {each.name for each in thumbs(Settings())}
    for each in words["thumbs"].values():
        assert each["group"] in words["groups"]
        assert each["unit"] in words["units"]
        assert set(each.get("studies", [])) <= set(studies)
        assert each.get("studies") or not each.get("studied")


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_of_thumb_comes_within_its_own_limits(name: str) -> None:
    usual = thumb(name, Settings(), Settings())

    assert usual.least <= usual.value == usual.usual <= usual.most
    assert usual.least < usual.most


@pytest.mark.parametrize("name", NAMES)
def test_what_is_kept_is_read_again(name: str) -> None:
    usual = thumb(name, Settings(), Settings())
    for value in (usual.least, usual.most):
        read = Settings.from_rows({name: stored(name, value, Settings())})

        assert thumb(name, read, Settings()).value == value


@pytest.mark.parametrize("name", NAMES)
def test_nonsense_is_refused_with_the_limits(name: str) -> None:
    usual = thumb(name, Settings(), Settings())
    for value in (usual.least - 1, usual.most + 1, usual.least + 0.5):
        with pytest.raises(NotSensible) as refused:
            stored(name, value, Settings())
        assert refused.value.facts == {"least": usual.least, "most": usual.most}


def test_nonsense_that_got_into_the_book_leaves_the_rule_of_thumb_as_it_came() -> None:
    assert Settings.from_rows({"rows_shown": "9", "comfort_least": "6", "weight_due": "-0.5"}) == (
        Settings()
    )
    assert is_sensible("switched_off", frozenset())
    assert limits("balance_low") == (-1, 0)


def test_the_end_of_a_window_is_never_before_its_beginning() -> None:
    late = Settings(second_touch_from_days=10)

    assert thumb("second_touch_to_days", late, Settings()).least == 10
    assert thumb("second_touch_from_days", late, Settings()).most == 14
    with pytest.raises(NotSensible):
        stored("second_touch_to_days", 9, late)
