"""What is known of somebody opens a gift of its own."""

from enishi.choices import FACTS, GIVES, SIZES
from enishi.coach.giving.fact_gifts import gifts_for_fact, planned_for_fact, read_fact_gifts
from enishi.i18n import read_texts
from frames import frames

GIFTS = read_fact_gifts(read_texts("gives"))


def ways(kind: str, source: str = "said") -> list[str]:
    return [gift.way for gift in gifts_for_fact({"kind": kind, "source": source}, GIFTS)]


def test_every_kind_of_fact_opens_a_gift_and_those_of_one_fact_differ() -> None:
    for kind in ("", *FACTS):
        found = ways(kind, "guess")
        assert len(found) > 1 and len(set(found)) == len(found), kind
        assert set(found) <= set(GIVES)
    assert {gift.size for gifts in GIFTS.values() for gift in gifts} <= set(SIZES)


def test_to_an_event_one_can_go_or_lend_a_hand_and_an_appeal_can_be_passed_on() -> None:
    assert len(ways("event")) == 2
    assert "spread" in ways("appeal")
    assert ways("book") == ways("product") == ["try"]


def test_what_is_only_guessed_is_asked_about_first() -> None:
    assert ways("loves", "guess")[0] == "listen"
    assert "listen" not in ways("loves", "said") + ways("loves", "")


def test_the_gifts_planned_for_a_fact_are_those_that_answer_it() -> None:
    plan = {"contact_id": "c", "what": "読んで、感想を書く", "fact_id": "f"}
    book = frames(
        contact=[{"id": "c", "name": "架空 花子"}],
        fact=[{"id": "f", "contact_id": "c", "kind": "book", "words": "雨の日"}],
        give=[plan | {"id": "a"}, plan | {"id": "b", "state": "done"}, plan | {"fact_id": None}],
    )

    assert list(planned_for_fact(book, "f").index) == ["a"]
