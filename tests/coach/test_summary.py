from datetime import date

import pytest

from enishi.coach.relations.history import Frames
from enishi.coach.review.summary import SPAN_DAYS, build_letter, thanks
from enishi.coach.rules.settings import Settings
from frames import Row, frames

TODAY = date(2026, 11, 20)


def book() -> Frames:
    return frames(
        contact=[
            {"id": "a", "name": "見本A", "met_on": "2026-11-16", "focus": True},
            {"id": "b", "name": "見本B", "called": "B", "met_on": "2020-01-01"},
            {"id": "gone", "name": "見本C", "met_on": "2026-11-16", "trashed_on": "2026-11-17"},
        ],
        step=[{"contact_id": "a", "words": "展示に誘う"}],
        give=[
            {
                "contact_id": "a",
                "state": "done",
                "on": "2026-11-18",
                "what": "案内を広めた",
                "effect": "三人来てくれた",
            },
            {"contact_id": "a", "state": "planned", "on": "2026-11-18", "what": "本を貸す"},
            {
                "contact_id": "b",
                "direction": "in",
                "state": "done",
                "on": "2026-11-15",
                "what": "助言",
            },
            {"contact_id": "a", "state": "done", "on": "2026-09-01", "what": "前のこと"},
        ],
        introduction=[
            {"bridge_id": "b", "target_id": "a", "state": "introduced", "on": "2026-11-16"}
        ],
        promise=[
            {"contact_id": "b", "words": "本を送る", "state": "kept", "closed_on": "2026-11-19"},
            {"contact_id": "a", "words": "また食事でも", "due": "2026-11-10"},
            {"contact_id": "a", "words": "まだ先のこと", "due": "2026-12-01"},
            {"contact_id": "a", "words": "日のないこと"},
            {"contact_id": "a", "by": "them", "words": "資料"},
        ],
        encounter=[
            {"contact_id": "a", "on": "2026-11-16", "minutes": 60},
            {"contact_id": "b", "on": "2026-11-17", "minutes": 60, "act_in": True},
        ],
        review=[{"on": "2026-11-20", "changed": "待てるようになった", "went_well": "お礼"}],
    )


def test_a_week_is_told_with_names() -> None:
    found = build_letter(book(), "week", TODAY)

    assert found.since == date(2026, 11, 14)
    assert found.gave == (("見本A", "案内を広めた", "三人来てくれた"),)
    assert found.received == (("B", "助言"),)
    assert found.introduced == (("B", "見本A"),)
    assert found.kept == (("B", "本を送る"),)
    assert found.open == (("見本A", "また食事でも"),)
    assert found.met == ("見本A",)
    assert found.thank == ("B",)
    assert found.next == ("見本A",)
    assert found.changed == ("待てるようになった",)


def test_a_quarter_looks_back_further() -> None:
    assert len(build_letter(book(), "quarter", TODAY).gave) == 2


def test_an_empty_book_has_an_empty_letter_and_no_error() -> None:
    found = build_letter(frames(), "quarter", TODAY)

    assert (found.gave, found.kept, found.next) == ((), (), ())


def test_there_are_three_kinds_of_letter() -> None:
    assert list(SPAN_DAYS) == ["week", "month", "quarter"]
    with pytest.raises(KeyError):
        build_letter(frames(), "decade", TODAY)


def test_whoever_gave_introduced_or_encouraged_is_thanked_once_and_nobody_from_the_bin() -> None:
    f = frames(
        contact=[
            *({"id": who, "name": who} for who in "abc"),
            {"id": "gone", "name": "gone", "trashed_on": "2026-11-01"},
        ],
        give=[
            {"contact_id": "a", "direction": "in", "state": "done", "on": "2026-11-10"},
            {"contact_id": "gone", "direction": "in", "state": "done", "on": "2026-11-10"},
        ],
        introduction=[{"bridge_id": "b", "state": "introduced", "on": "2026-11-11"}],
        encounter=[
            {"contact_id": "a", "act_in": True, "on": "2026-11-12"},
            {"contact_id": "c", "act_in": True, "on": "2026-09-01"},
        ],
    )

    assert thanks(f, "month", TODAY) == ("a", "b")
    assert build_letter(f, "month", TODAY).received == (("a", ""),)


def test_the_next_ones_are_those_in_focus_and_nobody_else() -> None:
    f = frames(
        contact=[
            {"id": "a", "name": "a", "focus": True},
            {"id": "b", "name": "b", "focus": True, "closed": True},
            {"id": "s", "name": "s"},
            {"id": "c", "name": "c", "focus": True},
        ],
        step=[
            {"contact_id": "s", "words": "本を返す", "on": "2026-11-01"},
            {"contact_id": "c", "words": "展示に誘う"},
            {"contact_id": "b", "words": "電話", "state": "done"},
        ],
    )

    found = build_letter(f, "quarter", TODAY)
    assert found.next == ("c", "a")
    assert found.steps == (("c", "展示に誘う"),)


def test_what_the_person_wrote_to_do_next_is_told_until_it_is_done_or_let_go() -> None:
    lines = [
        {"kind": "week", "next": "展示に行く", "next_state": "open"},
        {"kind": "month", "next": "早く寝る"},
        {"kind": "week", "next": "本を返す", "next_state": "done"},
        {"kind": "week", "next": "電話", "next_state": "let_go"},
        {"kind": "quarter", "next": "急がない"},
    ]
    f = frames(review=[{"on": "2026-11-01", **line} for line in lines])

    assert build_letter(f, "quarter", TODAY).next_lines == ("展示に行く", "早く寝る")


def test_the_letter_knows_the_wish_of_the_open_goal() -> None:
    goals: list[Row] = [
        {"wish": "制作者になる"},
        {"wish": "前の願い", "closed": True},
        {"wish": " "},
    ]
    assert build_letter(frames(goal=goals), "quarter", TODAY).wishes == ("制作者になる",)


def test_a_give_of_long_ago_is_remembered_when_something_comes_from_them_now() -> None:
    people = [{"id": "a", "name": "架空 花子"}, {"id": "b", "name": "見本 太郎"}]
    give = [
        {"contact_id": "a", "what": "地図", "state": "done", "on": "2023-05-01"},
        {"contact_id": "a", "what": "写真", "state": "done", "on": "2024-05-01"},
        {"contact_id": "b", "what": "本", "state": "done", "on": "2026-05-01"},
        {"contact_id": "a", "what": "席", "direction": "in", "on": "2026-11-01"},
        {"contact_id": "b", "what": "茶", "direction": "in", "on": "2026-11-01"},
    ]
    f = frames(contact=people, give=give)

    today = date(2026, 11, 20)
    (found,) = build_letter(f, "quarter", today).returned
    assert (found.name, found.what, found.on) == ("架空 花子", "地図", date(2023, 5, 1))
    assert build_letter(f, "week", today).returned == ()
    soon = Settings(long_ago_days=30)
    assert [gift.name for gift in build_letter(f, "quarter", today, soon).returned] == [
        "架空 花子",
        "見本 太郎",
    ]


def test_own_lines_of_the_period_come_back_unchanged() -> None:
    f = frames(
        contact=[{"id": "w", "name": "w", "signs": ["pay_first", "sure_profit"]}],
        review=[
            {"on": "2026-11-01", "thank_whom": "荷物を運んでくれた隣の人", "learned": "急がない"},
            {"on": "2026-01-01", "thank_whom": "前のこと"},
        ],
        plan=[
            {"cue": "席についたら", "did": "名前を言った", "asked_on": "2026-11-02"},
            {"cue": "まだ", "asked_on": "2026-11-02"},
            {"cue": "前に", "did": "前のこと", "asked_on": "2026-01-02"},
        ],
        voice=[
            {"who": "姉", "words": "よく聞いてくれる", "answered_on": "2026-11-03"},
            {"who": "w", "contact_id": "w", "words": "うまい話", "answered_on": "2026-11-03"},
        ],
    )
    found = build_letter(f, "quarter", TODAY)

    assert found.thank_whom == ("荷物を運んでくれた隣の人",) and found.learned == ("急がない",)
    assert found.plans == (("席についたら", "名前を言った", ""),)
    assert found.voices == (("", "姉", "よく聞いてくれる"),)
