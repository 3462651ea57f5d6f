from __future__ import annotations

from typing import Any

import pytest

from enishi.choices import GIVES, SIZES
from enishi.coach.giving.gift_ideas import MINUTES
from sheets import Open, ask
from widgets.strengths.offers import Offers

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def offers(open_in: Open) -> Offers:
    return Offers(open_in("03-strengths"))


def ideas(offers: Offers, way: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = next(
        each["ideas"] for each in offers.state["ways"] if each["name"] == way
    )
    return found


def test_there_are_ten_ways_with_ideas_and_three_sizes_in_minutes(open_in: Open) -> None:
    for language in ("ja", "en"):
        offers = Offers(open_in("03-strengths", language))
        assert [each["name"] for each in offers.state["ways"]] == list(GIVES)
        assert all(each["title"] and each["ideas"] for each in offers.state["ways"])
        sizes = [(size["name"], size["minutes"]) for size in offers.state["sizes"]]
        assert sizes == list(MINUTES.items()) == [("small", 5), ("medium", 30), ("large", 120)]
    assert tuple(MINUTES) == SIZES


def test_ones_own_words_are_an_offer_of_the_chosen_size_and_need_no_way(offers: Offers) -> None:
    answer = ask(offers, "offer", size="medium", text="・本を貸す\n・駅まで送る")

    assert answer["ok"] and "本を貸す" in answer["text"]
    said = [(row["what"], row["size"], row["give"]) for row in offers.state["offers"]]
    assert said == [("本を貸す", "medium", ""), ("駅まで送る", "medium", "")]
    offers.book.undo()
    offers.workbook.refresh()
    assert offers.state["offers"] == []


def test_what_is_on_the_list_is_not_written_twice(offers: Offers) -> None:
    ask(offers, "offer", size="small", text="本を貸す")
    answer = ask(offers, "offer", size="large", text="本を貸す")
    assert (answer["text"], len(offers.state["offers"])) == ("すでに書いてあります。", 1)
    assert not ask(offers, "offer", size="huge", text="橋をかける")["ok"]


def test_without_strengths_only_what_anyone_can_give_is_among_the_ideas(offers: Offers) -> None:
    before = ideas(offers, "teach")
    offers.book.add("strength", name="確定申告")
    offers.workbook.refresh()
    after = ideas(offers, "teach")

    assert before and [idea for idea in after if idea in before] == before
    assert len(after) > len(before)


def test_an_idea_that_was_taken_up_is_an_offer_and_no_idea_any_more(offers: Offers) -> None:
    idea = ideas(offers, "listen")[0]
    offer = {"give": "listen", "size": idea["size"], "what": idea["text"]}

    assert ask(offers, "add", table="offer", values=offer)["ok"]
    assert [row["what"] for row in offers.state["offers"]] == [idea["text"]]
    assert idea not in ideas(offers, "listen")


def test_three_small_ones_are_enough(offers: Offers) -> None:
    ask(offers, "offer", size="small", text="名前を一人あげる\n近況を聞く")
    ask(offers, "offer", size="large", text="会をひらく")
    assert (offers.state["small"], offers.state["enough"]) == (2, False)

    ask(offers, "offer", size="small", text="ほめる")
    assert (offers.state["small"], offers.state["enough"]) == (3, True)


def test_only_offers_are_written_here(offers: Offers) -> None:
    id = offers.book.add("strength", name="聴く")
    written = {"table": "strength", "id": id, "version": 1}

    assert not ask(offers, "write", **written, values={"name": "x"})["ok"]
    assert not ask(offers, "add", table="strength", values={})["ok"]
    assert not ask(offers, "drop", table="strength", id=id)["ok"]
    assert not ask(offers, "add", table="offer", values={"what": "x", "minutes": 5})["ok"]
