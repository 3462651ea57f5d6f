from datetime import UTC, date, datetime
from typing import Any

import pytest

from enishi.coach.rules.reason import reason_for
from enishi.coach.today.completion import Completion, completion_of
from enishi.coach.today.next_action import NextAction
from enishi.coach.today.suggestions import Suggestion, today_rows
from frames import frames

FRIDAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ANN = {"id": "ann", "name": "架空 花子"}


def only(**rows: list[dict[str, Any]]) -> tuple[Suggestion, dict[str, Any]]:
    found = frames(**rows)
    (suggestion,) = today_rows(found, FRIDAY, NOON)
    return suggestion, found


def test_a_done_promise_is_kept_the_soonest_of_mine_first() -> None:
    def promise(id: str, due: str, by: str = "me") -> dict[str, str]:
        return {"id": id, "contact_id": "ann", "words": "本を送る", "due": due, "by": by}

    suggestion, found = only(
        contact=[ANN],
        promise=[
            promise("later", "2026-11-22"),
            promise("soon", "2026-11-20"),
            promise("theirs", "2026-11-19", "them"),
        ],
    )

    assert completion_of(suggestion, "", found, FRIDAY) == Completion("message", kept=("soon",))


def test_a_done_step_is_done() -> None:
    step = {"next_step": "電話する", "next_on": "2026-11-20"}
    suggestion, found = only(contact=[ANN | step])

    assert completion_of(suggestion, "phone", found, FRIDAY) == Completion("call", step_done=True)


def test_thanks_count_as_written_even_to_somebody_one_telephones() -> None:
    suggestion, found = only(
        contact=[ANN | {"known_as": "just_met"}],
        encounter=[{"contact_id": "ann", "on": "2026-11-20", "kind": "met"}],
    )

    assert suggestion.act == "thank"
    assert completion_of(suggestion, "phone", found, FRIDAY) == Completion("message")
    assert completion_of(suggestion, "letter", found, FRIDAY) == Completion("letter")


@pytest.mark.parametrize(
    ("ready", "gift"),
    [
        (NextAction("own_idea", {"what": "写真を送る"}), {"way": "", "size": ""}),
        (NextAction("gift_idea", {"idea": "teach_small_1"}), {"way": "teach", "size": "small"}),
        (NextAction("ask_news"), None),
    ],
)
def test_a_gift_that_was_given_is_a_give(ready: NextAction, gift: dict[str, str] | None) -> None:
    suggestion = Suggestion("ann", "catch_up", reason_for("due"), ready)

    assert completion_of(suggestion, "", frames(contact=[ANN]), FRIDAY) == Completion(
        "message", gift=gift
    )
