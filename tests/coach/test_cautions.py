from datetime import date

from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings
from enishi.coach.today.cautions import find_cautions
from frames import Row, frames

TODAY = date(2026, 11, 20)
HERE = {"id": "c", "name": "見本"}


def rules(f: Frames, rule: Settings | None = None) -> set[tuple[str, str]]:
    return {(guard.contact_id, guard.reason.rule) for guard in find_cautions(f, TODAY, rule)}


def gave(out: int, into: int) -> list[Row]:
    give = [{"contact_id": "c", "direction": "out", "state": "done"}] * out
    return give + [{"contact_id": "c", "direction": "in", "state": "done"}] * into


def test_only_receiving_is_noticed_kindly() -> None:
    assert rules(frames(contact=[HERE], give=gave(1, 4))) == {("c", "guard_one_way")}


def test_one_thing_received_is_no_debt() -> None:
    assert rules(frames(contact=[HERE], give=gave(0, 1))) == set()


def test_giving_on_and_on_asks_whether_it_is_welcome() -> None:
    assert rules(frames(contact=[HERE], give=gave(6, 0))) == {("c", "guard_over_giving")}


def test_somebody_who_never_begins_is_noticed_after_six_meetings() -> None:
    met = [{"contact_id": "c", "on": f"2026-10-0{i}", "started_by": "me"} for i in range(1, 7)]

    assert ("c", "guard_one_sided") in rules(frames(contact=[HERE], encounter=met))
    assert ("c", "guard_one_sided") not in rules(frames(contact=[HERE], encounter=met[:5]))


def test_somebody_far_ahead_needs_a_bridge() -> None:
    f = frames(contact=[HERE | {"ahead": "far", "focus": True}])

    assert rules(f) == {("c", "guard_reaching")}


def test_two_uneasy_meetings_in_a_row_offer_distance() -> None:
    uneasy: list[Row] = [{"contact_id": "c", "on": f"2026-10-0{i}", "hard": True} for i in (1, 2)]
    as_before = [row | {"hard": False, "comfort": 2} for row in uneasy]
    eased = [*uneasy, {"contact_id": "c", "on": "2026-10-03"}]

    for twice in (uneasy, as_before):
        assert rules(frames(contact=[HERE], encounter=twice)) == {("c", "guard_fit")}
    assert rules(frames(contact=[HERE], encounter=eased)) == set()


def test_two_messages_without_an_answer_are_enough() -> None:
    sent = [
        {"contact_id": "c", "on": on, "kind": "message", "started_by": "me"}
        for on in ("2026-11-01", "2026-11-09")
    ]

    assert ("c", "guard_too_often") in rules(frames(contact=[HERE], encounter=sent))


def test_a_third_mixer_within_a_month_is_questioned() -> None:
    mixers = [{"kind": "mixer", "on": on} for on in ("2026-11-01", "2026-11-15", "2026-11-25")]

    assert ("", "guard_mixers") in rules(frames(event=mixers))
    assert rules(frames(event=mixers[:2])) == set()


def test_mixers_without_a_word_afterwards_are_noticed() -> None:
    mixers = [{"id": f"e{i}", "kind": "mixer", "on": f"2026-0{i}-01"} for i in (5, 6, 7)]
    met = [
        {"contact_id": f"p{i}", "event_id": f"e{i}", "on": f"2026-0{i}-01", "kind": "event"}
        for i in (5, 6, 7)
    ]
    people = [{"id": f"p{i}", "name": "見本"} for i in (5, 6, 7)]
    wrote = [{"contact_id": "p5", "on": "2026-05-03", "kind": "message", "started_by": "me"}]

    assert rules(frames(contact=people, event=mixers, encounter=met)) == {
        ("", "guard_mixer_follow_up")
    }
    assert rules(frames(contact=people, event=mixers, encounter=met + wrote)) == set()


def test_collecting_cards_is_noticed_when_nobody_hears_back() -> None:
    people = [
        {"id": f"p{i}", "name": "見本", "met_on": "2026-11-10", "known_as": "just_met"}
        for i in range(5)
    ]
    wrote = [
        {"contact_id": f"p{i}", "on": "2026-11-11", "kind": "message", "started_by": "me"}
        for i in range(3)
    ]

    assert rules(frames(contact=people)) == {("", "guard_collecting")}
    assert rules(frames(contact=people, encounter=wrote)) == set()


def test_three_hard_meetings_in_two_weeks_offer_rest() -> None:
    hard = [{"contact_id": "c", "on": f"2026-11-1{i}", "hard": True} for i in range(3)]

    assert ("", "guard_heart") in rules(frames(contact=[HERE], encounter=hard))


def test_a_tie_at_rest_is_not_warned_about() -> None:
    assert rules(frames(contact=[HERE | {"closed": True}], give=gave(1, 4))) == set()


def test_a_warning_can_be_switched_off() -> None:
    silent = Settings(switched_off=frozenset({"guard_one_way"}))

    assert rules(frames(contact=[HERE], give=gave(1, 4)), silent) == set()


def test_an_empty_book_is_warned_of_nothing() -> None:
    assert find_cautions(frames(), TODAY) == ()


def test_far_ahead_is_what_the_user_said_of_them_else_of_their_kind() -> None:
    kinds = [
        {"id": "far", "does": "社長", "ahead": "far"},
        {"id": "sure", "does": "作家", "ahead": "far", "directly": "来月、近くで話す"},
        {"id": "near", "does": "制作者", "ahead": "steps"},
    ]

    def found(**said: object) -> set[tuple[str, str]]:
        return rules(frames(role=kinds, contact=[HERE | {"focus": True, **said}]))

    reaching = {("c", "guard_reaching")}
    assert found(ahead="far") == found(ahead="far", role_id="near") == found(role_id="far")
    assert found(ahead="far") == reaching
    assert found(ahead="steps", role_id="far") == found(role_id="near") == set()
    assert found(role_id="sure") == found(ahead="far", role_id="sure") == set()
    assert found(rung=4) == found() == set()
