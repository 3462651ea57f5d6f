from datetime import date

from enishi.coach.today.agenda import agenda
from frames import Row, frames

FRIDAY = date(2026, 11, 20)
ANN = {"id": "ann", "name": "架空 花子"}


def listed(**rows: list[Row]) -> list[tuple[str, str, str, str]]:
    return [(i.kind, i.id, str(i.day), i.words) for i in agenda(frames(**rows), FRIDAY)]


def test_steps_promises_and_places_of_the_next_seven_days_are_listed_by_day() -> None:
    found = listed(
        contact=[ANN | {"next_step": "近況を聞く", "next_on": "2026-11-26"}],
        promise=[
            {"id": "p", "contact_id": "ann", "words": "本を送る", "due": "2026-11-21"},
            {"id": "t", "contact_id": "ann", "words": "紹介", "due": "2026-11-22", "by": "them"},
        ],
        place=[{"id": "l", "name": "もくもく会（例）", "next_on": "2026-11-20"}],
    )

    assert found == [
        ("place", "l", "2026-11-20", "もくもく会（例）"),
        ("promise", "p", "2026-11-21", "本を送る"),
        ("theirs", "t", "2026-11-22", "紹介"),
        ("step", "ann", "2026-11-26", "近況を聞く"),
    ]


def test_the_eighth_day_waits_for_the_next_week() -> None:
    assert not listed(place=[{"name": "もくもく会（例）", "next_on": "2026-11-27"}])


def test_an_overdue_promise_stays_and_a_place_that_has_been_goes() -> None:
    found = listed(
        contact=[ANN],
        promise=[{"id": "p", "contact_id": "ann", "words": "本を送る", "due": "2026-11-02"}],
        place=[{"name": "もくもく会（例）", "next_on": "2026-11-19"}],
    )

    assert found == [("promise", "p", "2026-11-02", "本を送る")]


def test_who_rests_or_is_not_to_be_contacted_is_left_in_peace() -> None:
    step = {"next_step": "近況を聞く", "next_on": "2026-11-21"}

    assert not listed(
        contact=[
            ANN | step | {"closed": True},
            {"id": "bob", "name": "見本 次郎", "do_not_contact": True} | step,
        ],
        promise=[{"contact_id": "ann", "words": "本を送る", "due": "2026-11-21"}],
    )


def test_a_promise_without_a_day_stays_on_the_agenda_without_one() -> None:
    promise = [{"contact_id": "c", "words": "本を送る", "said_on": "2026-11-19"}]
    book = frames(contact=[{"id": "c", "name": "見本"}], promise=promise)
    (item,) = agenda(book, date(2026, 11, 20))
    assert (item.words, item.day) == ("本を送る", None)
