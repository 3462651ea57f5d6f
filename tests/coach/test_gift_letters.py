"""The letter that goes with a gift."""

from typing import Any

import pytest

from enishi.coach.messages.gift_letters import gift_letter_kind
from frames import Row, frames


def kind_of_letter(
    fact: str | None = None, others: tuple[Row, ...] = (), give: Row | None = None, **contact: Any
) -> str:
    planned = {"id": "g", "contact_id": "c", "what": "本を貸す"} | (give or {})
    facts = [] if fact is None else [{"id": "f", "contact_id": "c", "kind": fact, "words": "雨"}]
    book = frames(
        contact=[{"id": "c", "name": "架空 花子"} | contact],
        fact=facts,
        give=[planned | ({"fact_id": "f"} if facts else {}), *others],
    )
    return gift_letter_kind(book, "g")


@pytest.mark.parametrize(
    ("fact", "letter"),
    [
        ("book", "impression"),
        ("product", "impression"),
        ("event", "hand"),
        ("looking_for", "hand"),
        ("trying", "news"),
        ("loves", "news"),
        ("", "news"),
    ],
)
def test_the_letter_fits_what_the_gift_answers(fact: str, letter: str) -> None:
    assert kind_of_letter(fact) == letter


def test_who_gave_last_is_thanked() -> None:
    came = {"contact_id": "c", "direction": "in", "what": "引っ越しの手伝い", "on": "2026-11-01"}
    went = {"contact_id": "c", "state": "done", "what": "写真"}

    assert kind_of_letter() == "news"
    assert kind_of_letter(others=(came,)) == "grateful"
    assert kind_of_letter(others=(came, went | {"on": "2026-10-01"})) == "grateful"
    assert kind_of_letter(others=(came, went | {"on": "2026-11-10"})) == "news"
    assert kind_of_letter(others=(came | {"state": "let_go"},)) == "news"


def test_no_letter_goes_to_somebody_with_signs_nor_with_what_they_gave() -> None:
    assert kind_of_letter("book", signs=["purpose_hidden", "sure_profit"]) == ""
    assert kind_of_letter(give={"direction": "in"}) == ""
