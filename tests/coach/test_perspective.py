from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from enishi.coach.messages.lint import GRAVITY
from enishi.coach.messages.perspective import (
    FEARS,
    Perspective,
    PerspectiveLine,
    payer,
    take_perspective,
)
from enishi.coach.rules.catalogue import RULES
from enishi.i18n import read_texts
from frames import frames

TODAY = date(2026, 11, 20)


def seen(text: str = "", **rows: Any) -> Perspective:
    contact = {"id": "c", "name": "見本", **rows.pop("contact", {})}
    return take_perspective(frames(contact=[contact], **rows), "c", TODAY, text, me="試験")


def keys(lines: Iterable[PerspectiveLine]) -> list[str]:
    return [line.key for line in lines]


def test_to_somebody_not_met_i_am_a_stranger() -> None:
    awaited = [{"target_id": "c", "state": "asked"}]

    assert keys(seen(introduction=awaited).sees) == ["sees_stranger"]


def test_what_is_not_written_is_not_thought_over_there() -> None:
    """A brother just noted, a friend of years: neither is a stranger, nor met once."""
    coffee = [{"contact_id": "c", "on": "2026-11-01", "kind": "meal"}]
    assert seen().sees == seen(contact={"known_as": "known"}, encounter=coffee).sees == ()
    assert payer(frames(contact=[{"id": "c"}]), "c", TODAY).key == "payer_unknown"


def test_where_nothing_is_written_the_chair_asks_what_is_in_it_for_them() -> None:
    assert keys(seen().gains) == ["gains_question"]


def test_what_they_gain_is_told_in_the_words_written() -> None:
    view = seen(
        contact={"they_gain": "展示の感想"},
        give=[{"contact_id": "c", "what": "案内を広める", "state": "planned"}],
    )

    assert [line.facts for line in view.gains] == [{"what": "展示の感想"}, {"what": "案内を広める"}]


def test_they_remember_what_was_kept_and_what_is_still_open() -> None:
    view = seen(
        contact={"met_on": "2026-01-01", "known_as": "just_met"},
        encounter=[{"contact_id": "c", "on": "2026-01-01"}],
        promise=[{"contact_id": "c", "state": "kept"}, {"contact_id": "c", "words": "本"}],
    )

    assert keys(view.sees) == ["sees_once", "sees_long_ago", "sees_kept", "sees_open_promise"]


def test_a_draft_that_sells_too_soon_makes_them_afraid() -> None:
    awaited = [{"target_id": "c", "state": "asked"}]
    view = seen("弊社のサービスをご提案したいです。至急お返事ください。", introduction=awaited)

    assert keys(view.fears) == ["fear_sold", "fear_no_way_out", "fear_who"]


def test_only_receiving_so_far_makes_them_feel_used_before_a_word_is_written() -> None:
    give = [{"contact_id": "c", "direction": "in", "state": "done"}] * 4

    assert keys(seen(give=give).fears) == ["fear_used"]


@pytest.mark.parametrize(
    ("met", "key"),
    [("2026-11-20", "payer_0"), ("2026-10-20", "payer_30"), ("2026-01-01", "payer_180")],
)
def test_the_payer_asks_again_after_a_month_and_after_half_a_year(met: str, key: str) -> None:
    f = frames(contact=[{"id": "c", "met_on": met}])

    assert payer(f, "c", TODAY).key == key


def test_everything_the_linter_notices_has_a_feeling_over_there() -> None:
    lint_rules = {rule for rule in RULES if rule.startswith("lint_")}

    assert set(FEARS) == lint_rules == set(GRAVITY)
    assert set(FEARS.values()) <= set(read_texts("coach")["chair"])
