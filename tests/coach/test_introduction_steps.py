from datetime import date
from typing import Any

from enishi.choices import INTRODUCTION_STEPS
from enishi.coach.network.introduction_steps import (
    LETTER_OF,
    MOVES,
    IntroductionTask,
    introduction_tasks,
    moved_by,
    step_after,
)
from frames import frames

TODAY = date(2026, 11, 20)
PEOPLE = [{"id": "b", "name": "見本 橋", "called": "橋"}, {"id": "t", "name": "見本 的"}]


def desk_of(**row: Any) -> IntroductionTask:
    rows = [{"bridge_id": "b", "target_id": "t", **row}]
    (errand,) = introduction_tasks(frames(contact=PEOPLE, introduction=rows), TODAY)
    return errand


def test_an_introduction_walks_from_planned_to_reported_back() -> None:
    walked, state = ["planned"], "planned"
    while state := step_after(state):
        walked.append(state)

    assert tuple(walked) == INTRODUCTION_STEPS


def test_what_is_planned_is_mine_to_begin() -> None:
    errand = desk_of(state="planned")

    assert errand.mine
    assert errand.next == "asked"
    assert errand.reason is not None
    assert errand.reason.facts == {"bridge": "橋", "target": "見本 的"}


def test_while_they_think_it_over_one_waits() -> None:
    errand = desk_of(state="asked", on="2026-11-15")

    assert not errand.mine
    assert errand.reason is None


def test_thanks_are_due_at_once_and_news_after_a_month() -> None:
    introduced = desk_of(state="introduced", on="2026-11-20").reason
    thanked = desk_of(state="thanked", on="2026-10-10").reason
    assert introduced is not None and introduced.rule == "desk_introduced"
    assert not desk_of(state="thanked", on="2026-11-10").mine
    assert thanked is not None and thanked.rule == "desk_thanked"


def test_what_is_reported_or_let_go_is_done() -> None:
    assert desk_of(state="reported").next == ""
    assert not desk_of(state="let_go").mine


def test_somebody_not_in_the_book_is_named_in_ones_own_words() -> None:
    errand = desk_of(state="planned", target_id="", target_words="例社のデザイナー")

    assert errand.reason is not None
    assert errand.reason.facts["target"] == "例社のデザイナー"


def test_a_message_moves_an_introduction_only_where_it_belongs() -> None:
    assert moved_by("ask_introduction", "planned") == "asked"
    assert moved_by("grateful", "introduced") == "thanked"
    assert moved_by("report", "thanked") == "reported"
    assert moved_by("grateful", "bridge_agreed") == "bridge_agreed"
    assert moved_by("news", "planned") == "planned"
    assert all(
        INTRODUCTION_STEPS.index(state) < INTRODUCTION_STEPS.index(after)
        for (_, state), after in MOVES.items()
    )


def test_every_step_but_the_last_knows_what_is_written_and_to_whom() -> None:
    assert list(LETTER_OF) == list(INTRODUCTION_STEPS[:-1])
