from datetime import date
from typing import Any

from enishi.coach.people.relationship import Relationship, describe_relationship
from enishi.coach.rules.settings import Settings
from frames import Row, frames

TODAY = date(2026, 11, 20)
DAYS = [f"2026-{month:02}-10" for month in range(3, 11)]


def stood(
    settings: Settings | None = None, contact: Row | None = None, **rows: Any
) -> Relationship:
    person = {"id": "c", "name": "見本", **(contact or {})}
    return describe_relationship(frames(contact=[person], **rows), "c", TODAY, settings)


def deep(**contact: Any) -> Row:
    """Everything companions have done, but for their own word."""
    return {
        "contact": {"comfort": 5, **contact},
        "encounter": [
            {
                "contact_id": "c",
                "on": on,
                "kind": "meal",
                "minutes": 180,
                "setting": "leisure",
                "started_by": "them",
                "disclosed_out": True,
                "disclosed_in": True,
                "act_in": True,
            }
            for on in DAYS
        ],
        "give": [
            {"contact_id": "c", "state": "done", "what": "写真", "on": "2026-06-01"},
            {"contact_id": "c", "state": "done", "what": "本"},
            {"contact_id": "c", "state": "done", "direction": "in", "what": "助言"},
        ],
        "promise": [{"contact_id": "c", "words": "送ります", "state": "kept"}],
    }


def test_of_somebody_not_met_yet_nothing_is_said() -> None:
    seen = stood(introduction=[{"target_id": "c", "state": "asked"}])

    assert (seen.closer, seen.past, seen.warnings) == ("", (), ())


def test_a_nearer_word_is_proposed_with_what_the_person_wrote_and_never_assigned() -> None:
    seen = stood(**deep())
    assert seen.closer == "companion" and seen.because == seen.past[0]

    said = stood(**deep(closeness="companion"))
    assert (said.closer, said.because) == ("", None)


def test_a_word_of_ones_own_is_never_answered_with_a_more_distant_one() -> None:
    assert stood(contact={"closeness": "close"}).closer == ""


def test_nothing_is_proposed_where_nothing_was_written_to_speak_for_it() -> None:
    rows = deep() | {"give": [], "promise": []}
    assert stood(**rows).closer == ""


def test_what_was_done_for_each_other_is_told_the_last_first() -> None:
    rows = deep()
    rows["promise"] += [
        {"contact_id": "c", "words": "教えます", "by": "them", "state": "kept", "closed_on": on}
        for on in ("2026-07-01",)
    ]
    rows["introduction"] = [
        {"bridge_id": "c", "target_words": "編集者", "state": "thanked", "on": "2026-08-01"}
    ]
    told = [(trace.key, trace.what) for trace in stood(**rows).past]

    assert told[:3] == [("introduced", "編集者"), ("they_kept", "教えます"), ("gave", "写真")]
    assert ("received", "助言") in told and ("kept", "送ります") in told


def test_notes_and_promises_that_ended_otherwise_are_told_too() -> None:
    rows: dict[str, Any] = {
        "encounter": [{"contact_id": "c", "on": "2026-05-01", "note": "橋の話をした"}],
        "promise": [
            {"contact_id": "c", "words": "送ります", "state": "broken", "closed_on": "2026-06-01"},
            {"contact_id": "c", "words": "また食事でも", "state": "let_go"},
        ],
    }
    past = stood(**rows).past

    assert [(trace.key, trace.what) for trace in past] == [
        ("broken", "送ります"),
        ("noted", "橋の話をした"),
        ("let_go", "また食事でも"),
    ]
    assert past[0].promise_id and not past[1].promise_id


def test_much_received_is_met_with_a_kind_word_that_can_be_switched_off() -> None:
    give = [{"contact_id": "c", "direction": "in", "state": "done"}] * 4

    seen = stood(give=give)
    assert [reason.rule for reason in seen.warnings] == ["guard_one_way"]
    assert stood(Settings(switched_off=frozenset({"guard_one_way"})), give=give).warnings == ()
