from datetime import date

import pytest

from enishi.coach.today.agenda import Item, agenda, group_items
from frames import Row, frames

FRIDAY = date(2026, 11, 20)
ANN = {"id": "ann", "name": "架空 花子"}


def listed(**rows: list[Row]) -> list[tuple[str, str, str, str]]:
    return [(i.kind, i.id, str(i.day), i.words) for i in agenda(frames(**rows), FRIDAY)]


def test_what_is_written_for_the_next_seven_days_is_listed_by_day() -> None:
    found = listed(
        contact=[ANN],
        step=[
            {"id": "s", "contact_id": "ann", "words": "近況を聞く", "on": "2026-11-26"},
            {"id": "alone", "words": "名刺を注文する", "on": "2026-11-20"},
        ],
        promise=[
            {"id": "p", "contact_id": "ann", "words": "本を送る", "due": "2026-11-21"},
            {"id": "t", "contact_id": "ann", "words": "紹介", "due": "2026-11-22", "by": "them"},
        ],
        give=[{"id": "g", "contact_id": "ann", "what": "展示の感想", "on": "2026-11-23"}],
        event=[{"id": "e", "name": "木工の夜（例）", "on": "2026-11-24"}],
        place=[{"id": "l", "name": "もくもく会（例）", "next_on": "2026-11-20"}],
        review=[
            {"id": "r", "next": "椅子をしあげる", "next_state": "open", "next_on": "2026-11-25"}
        ],
    )

    assert found == [
        ("step", "alone", "2026-11-20", "名刺を注文する"),
        ("place", "l", "2026-11-20", "もくもく会（例）"),
        ("promise", "p", "2026-11-21", "本を送る"),
        ("theirs", "t", "2026-11-22", "紹介"),
        ("gift", "g", "2026-11-23", "展示の感想"),
        ("event", "e", "2026-11-24", "木工の夜（例）"),
        ("review", "r", "2026-11-25", "椅子をしあげる"),
        ("step", "s", "2026-11-26", "近況を聞く"),
    ]


def test_the_eighth_day_waits_for_the_next_week() -> None:
    assert not listed(
        place=[{"name": "もくもく会（例）", "next_on": "2026-11-27"}],
        step=[{"words": "電話する", "on": "2026-11-27"}],
        event=[{"name": "木工の夜（例）", "on": "2026-11-27"}],
    )


PASSED: list[dict[str, list[Row]]] = [
    {"promise": [{"contact_id": "ann", "words": "本を送る", "due": "2026-11-02"}]},
    {"step": [{"contact_id": "ann", "words": "駅前でお茶", "on": "2026-11-02"}]},
    {"give": [{"contact_id": "ann", "what": "お礼の手紙", "on": "2026-11-02"}]},
    {"event": [{"name": "木工の夜（例）", "on": "2026-11-02"}]},
    {"review": [{"next": "椅子をしあげる", "next_state": "open", "next_on": "2026-11-02"}]},
]


@pytest.mark.parametrize("rows", PASSED)
def test_what_has_a_day_that_passed_is_carried_over_until_it_is_done(
    rows: dict[str, list[Row]],
) -> None:
    week = group_items(agenda(frames(contact=[ANN], **rows), FRIDAY), FRIDAY)
    (item,) = week.carried
    assert item.day == date(2026, 11, 2)
    ((table, (row,)),) = rows.items()
    over: dict[str, Row] = {
        "event": {"done": True},
        "review": {"next_state": "done"},
        "give": {"state": "let_go"},
    }
    closed = over.get(table, {"state": "kept" if table == "promise" else "done"})
    assert not agenda(frames(contact=[ANN], **{table: [row | closed]}), FRIDAY)


@pytest.mark.parametrize(
    "rest",
    [{"closed": True}, {"do_not_contact": True}, {"signs": ["pay_first"]}],
)
def test_what_one_wrote_stays_whatever_is_said_of_the_person(rest: Row) -> None:
    step = {"contact_id": "ann", "words": "断りの返事をする", "on": "2026-11-21"}
    assert listed(contact=[ANN | rest], step=[step])
    assert not listed(contact=[ANN | {"trashed_on": "2026-11-01"}], step=[step])


def test_a_promise_without_a_day_stays_on_the_agenda_without_one() -> None:
    promise = [{"contact_id": "c", "words": "本を送る", "said_on": "2026-11-19"}]
    book = frames(contact=[{"id": "c", "name": "見本"}], promise=promise)
    (item,) = agenda(book, FRIDAY)
    assert (item.day, item.said_on) == (None, date(2026, 11, 19))
    assert group_items((item,), FRIDAY).any_day == (item,)


def test_others_are_waited_for_and_their_rows_stand_apart() -> None:
    week = group_items(
        agenda(
            frames(
                contact=[ANN],
                promise=[{"contact_id": "ann", "words": "店を教えてくれる", "by": "them"}],
                voice=[{"contact_id": "ann", "asked_on": "2026-11-10"}],
                introduction=[
                    {
                        "bridge_id": "ann",
                        "target_words": "店主",
                        "state": "asked",
                        "on": "2026-11-20",
                    }
                ],
            ),
            FRIDAY,
        ),
        FRIDAY,
    )
    assert sorted(item.kind for item in week.waiting) == ["introduction", "theirs", "voice"]
    assert week.mine == ()


def test_an_introduction_that_is_mine_to_go_on_with_is_mine() -> None:
    rows = [{"bridge_id": "ann", "target_words": "店主", "state": "planned"}]
    (item,) = agenda(frames(contact=[ANN], introduction=rows), FRIDAY)
    assert (item.kind, item.words, item.waiting) == ("introduction", "店主", False)


def test_a_draft_stands_there_once_and_not_beside_what_it_is_about() -> None:
    draft = {"contact_id": "ann", "text": "こんにちは", "kind": "news"}
    assert [row[0] for row in listed(contact=[ANN], message=[draft])] == ["message"]
    assert not listed(contact=[ANN], message=[draft | {"sent": True}])
    promise = {"id": "p", "contact_id": "ann", "words": "本を送る"}
    found = listed(contact=[ANN], promise=[promise], message=[draft | {"promise_id": "p"}])
    assert [row[0] for row in found] == ["promise"]


def test_a_birthday_stands_on_its_day_for_people_one_has_said_something_about() -> None:
    born = ANN | {"birthday": "1990-11-22"}
    assert listed(contact=[born]) == [("birthday", "ann", "2026-11-22", "")]
    assert not listed(contact=[born | {"birthday": "1990-11-28"}])
    assert not listed(contact=[born | {"source": "google"}])
    assert not listed(contact=[born | {"signs": ["pay_first"]}])


def test_what_was_carried_over_begins_with_the_promises_then_the_latest() -> None:
    items = tuple(
        Item("promise" if day == 2 else "step", str(day), date(2026, 11, day), "電話する")
        for day in (2, 9, 18)
    )
    assert [item.id for item in group_items(items, FRIDAY).carried] == ["2", "18", "9"]
