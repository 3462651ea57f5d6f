"""What a shared page holds: the person's own lines, and nothing that was not chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from enishi.book import Book
from enishi.coach.relations.history import active_contacts
from enishi.coach.rules.settings import Settings
from enishi.i18n import LANGUAGES
from enishi.pictures.catalogue import PICTURES
from enishi.sharing.pages import (
    CONTACT,
    KEY,
    OWN_PAGES,
    PageSource,
    SharedPage,
    build_page,
    find_title,
    list_choices,
)
from examples import max_examples
from frames import frames
from random_books import Rows, rows_of_books

TODAY = date(2026, 11, 30)
PERSON = {"id": "a", "name": "架空 花子", "how_met": "勉強会で隣だった", "note": "猫が好き"}
OTHER = {"id": "b", "name": "仮名 太郎", "note": "秘密の悩み"}


def source(language: str = "ja", **tables: Any) -> PageSource:
    return PageSource(frames(**tables), TODAY, language, "goen", Settings())


def page(key: str, given: PageSource, *, is_masked: bool = False) -> SharedPage:
    found = build_page(key, given, is_masked=is_masked)
    assert found is not None
    return found


def words(found: SharedPage) -> str:
    return msgspec.json.encode(found).decode()


def test_a_wish_is_shown_in_the_person_s_words_with_what_each_is_called() -> None:
    found = page("wish", source(goal=[{"id": "g", "wish": "工房をひらく", "by": "2027-03-31"}]))
    assert [(line.id, line.label, line.words) for line in found.lines] == [
        ("goal:g:wish", "願い", "工房をひらく"),
        ("goal:g:by", "いつまでに", "2027年3月31日(水)"),
    ]


def test_a_closed_goal_is_not_shown() -> None:
    rows = [{"id": "g", "wish": "前の願い", "closed": True}, {"id": "h", "wish": "いまの願い"}]
    assert [line.words for line in page("wish", source(goal=rows)).lines] == ["いまの願い"]


def test_a_card_holds_only_what_is_written_about_that_person() -> None:
    rows: dict[str, Any] = {
        "contact": [PERSON, OTHER],
        "promise": [
            {"id": "p", "contact_id": "a", "words": "写真を送る", "due": "2026-12-05"},
            {"id": "q", "contact_id": "b", "words": "本を返す"},
        ],
    }
    told = words(page("contact:a", source(**rows)))
    assert "猫が好き" in told and "写真を送る" in told and "2026年12月5日" in told
    assert "秘密" not in told and "本を返す" not in told


def test_the_week_names_the_person_and_the_day_of_each_row() -> None:
    rows: dict[str, Any] = {
        "contact": [PERSON],
        "step": [
            {"id": "s", "contact_id": "a", "words": "電話する", "on": "2026-12-01"},
            {"id": "t", "words": "名刺を刷る"},
        ],
    }
    shown = [(line.label, line.words) for line in page("week", source(**rows)).lines]
    assert shown == [("2026年12月1日(火)", "架空 花子さん：電話する"), ("日付なし", "名刺を刷る")]


def test_the_letter_of_an_empty_quarter_has_no_line() -> None:
    assert page("letter", source()).lines == ()


def test_the_letter_tells_what_was_given_and_received() -> None:
    gift = {"id": "x", "contact_id": "a", "what": "写真", "state": "done", "on": "2026-11-10"}
    told = words(page("letter", source("en", contact=[PERSON], give=[gift | {"direction": "out"}])))
    assert "What I gave" in told and "写真" in told


def test_a_picture_leads_nowhere_and_holds_no_id_of_the_book() -> None:
    gift = {"id": "x", "contact_id": "a", "what": "写真", "state": "done", "on": "2026-11-10"}
    found = page("picture:giving", source(contact=[PERSON], give=[gift | {"direction": "out"}]))
    assert found.picture is not None and found.picture.data
    drawn = found.picture.to_plain()
    assert drawn["act"] is None
    assert {(mark["href"], mark["row"]) for mark in drawn["marks"]} == {("", "")}


@pytest.mark.parametrize(
    "key", [*OWN_PAGES, *(f"picture:{name}" for name in PICTURES), "contact:a"]
)
def test_masked_pages_hold_no_name_also_inside_sentences(key: str) -> None:
    who = {"id": "a", "name": "架空 花子", "note": "花子さんは猫が好き", "focus": True}
    rows: dict[str, Any] = {
        "contact": [who | {"closeness": "friend"}],
        "goal": [{"id": "g", "wish": "架空さんのような工房をひらく"}],
        "role": [{"id": "r", "goal_id": "g", "does": "架空花子のような職人"}],
        "plan": [{"id": "l", "goal_id": "g", "cue": "花子さんに会えたら", "act": "聞く"}],
        "strength": [{"id": "k", "name": "聞くこと", "note": "架空さんに言われた"}],
        "step": [{"id": "s", "contact_id": "a", "words": "花子さんに電話", "on": "2026-12-01"}],
        "give": [
            {
                **{"id": "x", "contact_id": "a", "what": "花子さんへの本", "state": "done"},
                **{"direction": "out", "on": "2026-11-10", "effect": "花子さんが喜んだ"},
            }
        ],
        "review": [{"id": "v", "on": "2026-11-20", "went_well": "架空さんと話せた"}],
    }
    if key not in ("picture:dials", "picture:strength_fields", "picture:beginnings"):
        assert "架空" in words(page(key, source(**rows))) or "花子" in words(
            page(key, source(**rows))
        )
    told = words(page(key, source(**rows), is_masked=True))
    assert "花子" not in told and "架空" not in told


def test_a_page_of_a_person_who_is_gone_is_none() -> None:
    there = source(contact=[PERSON | {"trashed_on": "2026-11-01"}])
    assert build_page("contact:a", there, is_masked=False) is None
    assert build_page("contact:nobody", there, is_masked=False) is None
    assert build_page("setting", there, is_masked=False) is None


def test_what_is_offered_names_nobody_and_a_person_is_called_by_their_name() -> None:
    there = source("en", contact=[PERSON, OTHER])
    offered = list_choices(there)
    assert all(KEY.fullmatch(key) and not key.startswith(CONTACT) for key in offered)
    assert find_title("contact:a", there) == PERSON["name"]


@pytest.mark.hypothesis
@settings(max_examples=max(5, max_examples() // 6), deadline=None)
@given(rows_of_books())
def test_any_book_gives_every_page_and_comes_back_from_json(rows: Rows) -> None:
    tables: dict[str, list[dict[str, Any]]] = {}
    for (table, id), values in rows.items():
        tables.setdefault(table, []).append({"id": id, **values})
    for language in LANGUAGES:
        there = source(language, **tables)
        people = (f"{CONTACT}{id}" for id in active_contacts(there.frames).index)
        for key in [*list_choices(there), *people]:
            for is_masked in (False, True):
                found = page(key, there, is_masked=is_masked)
                assert len({line.id for line in found.lines}) == len(found.lines)
                again = msgspec.json.decode(msgspec.json.encode(found), type=SharedPage)
                assert again.lines == found.lines


def test_the_frames_of_a_real_book_give_pages(book: Book) -> None:
    book.add("goal", wish="工房をひらく")
    tables = {name: book.frame(name) for name in ("goal", "contact", "role")}

    class Rest(dict[str, Any]):
        def __missing__(self, name: str) -> Any:
            return book.frame(name)

    there = PageSource(Rest(tables), TODAY, "en", "goen", Settings())
    assert [line.words for line in page("wish", there).lines] == ["工房をひらく"]
