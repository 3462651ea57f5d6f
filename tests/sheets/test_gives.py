from __future__ import annotations

from typing import Any

import pytest

from enishi.choices import GIVES, SIZES
from enishi.coach.giving.gift_ideas import MINUTES
from sheets import Open, ask
from widgets.strengths.gives import Gives

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def gives(open_in: Open) -> Gives:
    return Gives(open_in("03-strengths"))


def way(gives: Gives, name: str) -> dict[str, Any]:
    return next(each for each in gives.state["ways"] if each["name"] == name)


def test_there_are_ten_ways_in_three_sizes(open_in: Open) -> None:
    for language in ("ja", "en"):
        gives = Gives(open_in("03-strengths", language))
        assert [each["name"] for each in gives.state["ways"]] == list(GIVES)
        assert [size["name"] for size in gives.state["sizes"]] == list(SIZES)
        assert all(each["title"] for each in gives.state["ways"])


def test_without_strengths_only_what_anyone_can_give_is_proposed(gives: Gives) -> None:
    assert way(gives, "teach")["ideas"]["large"] == []
    assert way(gives, "listen")["ideas"]["small"] != []


def test_a_strength_tied_to_a_way_brings_more_ideas_and_says_why(gives: Gives) -> None:
    id = gives.book.add("strength", name="確定申告", give="teach")
    gives.refresh()

    teach = way(gives, "teach")
    assert (teach["fits"], teach["strength_id"]) == (["確定申告"], id)
    assert teach["ideas"]["large"] != []


def test_an_idea_that_was_taken_up_is_an_offer_and_no_idea_any_more(gives: Gives) -> None:
    idea = way(gives, "listen")["ideas"]["small"][0]
    offer = {"give": "listen", "size": "small", "what": idea["text"], "minutes": idea["minutes"]}

    assert ask(gives, "add", table="offer", values={**offer, "strength_id": None})["ok"]
    listen = way(gives, "listen")
    assert [row["what"] for row in listen["offers"]["small"]] == [idea["text"]]
    assert idea not in listen["ideas"]["small"]


def test_three_small_ones_are_enough(gives: Gives) -> None:
    for what in ("名前を一人あげる", "近況を聞く", ""):
        gives.book.add("offer", give="listen", size="small", what=what)
    gives.book.add("offer", give="host", size="large", what="会をひらく")
    gives.refresh()
    assert (gives.state["small"], gives.state["enough"]) == (2, False)

    gives.book.add("offer", give="cheer", size="small", what="ほめる")
    gives.refresh()
    assert (gives.state["small"], gives.state["enough"]) == (3, True)


def test_the_minutes_to_choose_from_fit_the_size(gives: Gives) -> None:
    for size, choices in gives.state["minutes"].items():
        assert choices and max(choices) <= MINUTES[size]
    ideas = [
        (size, idea)
        for each in gives.state["ways"]
        for size, some in each["ideas"].items()
        for idea in some
    ]
    for size, idea in ideas:
        assert idea["minutes"] in gives.state["minutes"][size], idea


def test_only_offers_are_made_here_and_only_the_way_of_a_strength_is_written(gives: Gives) -> None:
    id = gives.book.add("strength", name="聴く")
    written = {"table": "strength", "id": id, "version": 1}

    assert ask(gives, "write", **written, values={"give": "listen"})["ok"]
    assert not ask(gives, "write", **written, values={"name": "x"})["ok"]
    assert not ask(gives, "add", table="strength", values={})["ok"]
    assert not ask(gives, "drop", table="strength", id=id)["ok"]
