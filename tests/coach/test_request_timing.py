from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.coach.messages.request_timing import may_ask, size_of, weigh_ask
from enishi.coach.rules.reason import Reason
from frames import frames

TODAY = date(2026, 11, 20)


def rules(reasons: Iterable[Reason]) -> list[str]:
    return [reason.rule for reason in reasons]


def test_an_introduction_is_not_asked_of_somebody_just_met() -> None:
    assert rules(weigh_ask(3, 1)) == ["ask_stage"]


def test_an_introduction_may_be_asked_where_there_is_trust_and_time_since_the_last() -> None:
    assert weigh_ask(3, 3, gives_out=2, gives_in=1, days_since_ask=120) == ()


def test_after_only_receiving_advice_waits() -> None:
    reasons = weigh_ask(2, 2, gives_out=0, gives_in=3)

    assert rules(reasons) == ["ask_balance"]
    assert reasons[0].facts["balance"] == -0.6


def test_work_may_come_up_at_trust_after_three_gifts_and_not_after_two() -> None:
    assert weigh_ask(4, 3, gives_out=3, gives_in=1, days_since_ask=200) == ()
    assert weigh_ask(4, 3, gives_out=2, gives_in=1, days_since_ask=200) != ()


def test_an_open_promise_comes_before_even_a_small_request() -> None:
    assert rules(weigh_ask(1, 1, open_promise=True)) == ["ask_promise"]


@pytest.mark.parametrize(("size", "days"), [(1, 7), (2, 30), (3, 90), (4, 180)])
def test_each_size_of_request_has_its_own_pause(size: int, days: int) -> None:
    assert rules(weigh_ask(size, 4, days_since_ask=days - 1)) == ["ask_gap"]
    assert weigh_ask(size, 4, days_since_ask=days) == ()


@given(
    st.integers(1, 4),
    st.integers(0, 4),
    st.integers(0, 9),
    st.integers(0, 9),
    st.none() | st.integers(0, 400),
    st.booleans(),
    st.integers(0, 3),
)
def test_every_reason_against_has_a_source(
    size: int, stage: int, out: int, into: int, days: int | None, promise: bool, unanswered: int
) -> None:
    reasons = weigh_ask(
        size,
        stage,
        gives_out=out,
        gives_in=into,
        days_since_ask=days,
        open_promise=promise,
        unanswered=unanswered,
    )

    assert all(reason.source for reason in reasons)


def test_a_request_is_weighed_by_what_the_book_holds() -> None:
    f = frames(
        contact=[{"id": "c"}],
        encounter=[{"contact_id": "c", "on": "2026-11-10", "ask_size": 1}],
        promise=[{"contact_id": "c", "words": "本を送る"}],
    )

    assert rules(may_ask(f, "c", 2, TODAY)) == ["ask_stage", "ask_gap", "ask_promise"]


@pytest.mark.parametrize(
    ("kind", "text", "size"),
    [
        ("thanks", "先日はありがとうございました。", 0),
        ("news", "ひとつ教えていただけませんか。", 1),
        ("advice", "", 2),
        ("ask_introduction", "", 3),
        ("thanks", "お仕事をいただけたらうれしいです。お返事いただけますか。", 4),
        ("refuse", "連絡しないでください。", 0),
    ],
)
def test_how_much_a_message_asks_for_is_read_from_its_kind_and_its_words(
    kind: str, text: str, size: int
) -> None:
    assert size_of(kind, text) == size
