from datetime import date

import pytest

from enishi.coach.giving.promises import detect_promises, open_promises
from frames import frames

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "kind", "by"),
    [
        ("また食事でも", "meal", "me"),
        ("今度飲みに行きましょう", "meal", "me"),
        ("ぜひランチしましょう！", "meal", "me"),
        ("資料を送りますね", "send", "me"),
        ("本を貸してくださるとのこと", "send", "them"),
        ("デザイナーの例さんを紹介しますね", "introduce", "me"),
        ("見本さんが紹介してくれると言ってくれた", "introduce", "them"),
        ("また連絡します", "contact", "me"),
        ("Let's have coffee", "meal", "me"),
        ("We should grab lunch sometime", "meal", "me"),
        ("I'll send you the slides", "send", "me"),
        ("She will introduce me to a designer", "introduce", "them"),
        ("I will get back to you", "contact", "me"),
        ("Let’s keep in touch", "contact", "me"),
    ],
)
def test_a_casual_line_is_heard_as_a_promise(text: str, kind: str, by: str) -> None:
    (heard,) = detect_promises(text, FRIDAY)

    assert (heard.kind, heard.by, heard.words) == (kind, by, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "楽しかった",
        "食事がおいしい店だった",
        "写真が好きな人",
        "He has two children and likes coffee",
        "We talked about lunch breaks",
        "紹介された本を読んだ",
    ],
)
def test_an_ordinary_line_is_no_promise(text: str) -> None:
    assert detect_promises(text, FRIDAY) == ()


def test_each_sentence_is_heard_by_itself_in_its_own_words() -> None:
    heard = detect_promises("楽しかった。来週までに資料を送ります。また食事でも!", FRIDAY)

    assert [(h.words, h.kind) for h in heard] == [
        ("来週までに資料を送ります。", "send"),
        ("また食事でも!", "meal"),
    ]


def test_a_day_that_is_named_is_the_due_day_and_a_meal_has_two_weeks() -> None:
    assert detect_promises("明日、資料を送ります", FRIDAY)[0].due == date(2026, 11, 21)
    assert detect_promises("資料を送ります", FRIDAY)[0].due == date(2026, 11, 27)
    assert detect_promises("また食事でも", FRIDAY)[0].due == date(2026, 12, 4)


def test_open_promises_are_listed_the_soonest_first_late_ones_too() -> None:
    f = frames(
        contact=[{"id": "c", "name": "見本", "called": "みほん"}],
        promise=[
            {"id": "theirs", "contact_id": "c", "by": "them", "due": "2026-11-18"},
            {"id": "late", "contact_id": "c", "words": "本を送る", "due": "2026-11-17"},
            {"id": "soon", "contact_id": "c", "said_on": "2026-11-14"},
            {"id": "far", "contact_id": "c", "due": "2027-01-01"},
            {"id": "kept", "contact_id": "c", "due": "2026-11-17", "state": "kept"},
        ],
    )
    found = open_promises(f, FRIDAY)

    assert found.index.tolist() == ["late", "theirs", "soon", "far"]
    assert found["dated"].tolist() == [True, True, False, True]


def test_a_promise_to_somebody_in_the_trash_is_not_due() -> None:
    f = frames(
        contact=[{"id": "c", "trashed_on": "2026-11-01"}],
        promise=[{"contact_id": "c", "due": "2026-11-17"}],
    )

    assert open_promises(f, FRIDAY).empty
