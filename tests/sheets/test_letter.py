from __future__ import annotations

import pytest

from days import days
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask, book_of
from widgets.week.letter import LETTER_LINES, Letter

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def letter(open_in: Open) -> Letter:
    return Letter(open_in("05-week"))


@pytest.fixture
def full(letter: Letter) -> Letter:
    """Three months with a bit of everything."""
    book = letter.book
    hana = book.add("contact", name="架空 花子", called="花さん", met_on=days(-200), focus=True)
    ken = book.add("contact", name="試田 健", met_on=days(-40), through_id=hana)
    michi = book.add("contact", name="見本 道", met_on=days(-20))
    book.add("step", contact_id=michi, words="展示に誘う")
    mei = book.add("contact", name="例山 芽衣", known_as="just_met")
    event = book.add("event", name="例の会", on=days(-11), done=True)
    book.add("encounter", contact_id=mei, event_id=event, kind="event", on=days(-11))
    book.add(
        "give", contact_id=ken, state="done", what="名刺の感想", effect="喜んでくれた", on=days(-30)
    )
    book.add("give", contact_id=hana, direction="in", state="done", what="紹介", on=days(-41))
    book.add("introduction", bridge_id=hana, target_id=ken, state="reported", on=days(-39))
    book.add(
        "promise",
        contact_id=ken,
        words="写真を送る",
        state="kept",
        closed_on=days(-5),
        due=days(-4),
    )
    book.add("promise", contact_id=mei, words="本を貸す", due=days(-2))
    book.add("goal", wish="活版の仕事をする")
    book.add("review", kind="month", on=days(-30), changed="聞くほうが楽だと気づいた")
    letter.workbook.refresh()
    return letter


def said(letter: Letter) -> dict[str, str]:
    return {part["key"]: part["text"] for part in letter.state["parts"]}


def lines(letter: Letter, key: str) -> list[str]:
    (part,) = [part for part in letter.state["parts"] if part["key"] == key]
    return list(part["lines"])


def test_only_where_nothing_is_written_the_letter_says_so(letter: Letter) -> None:
    assert letter.state["parts"] == [] and letter.state["quiet"]
    letter.book.add("goal", wish="活版の仕事をする")
    letter.workbook.refresh()

    assert list(said(letter)) == ["wish"] and not letter.state["quiet"]


def test_the_letter_tells_whom_i_gave_to_and_what_it_did_for_them(full: Letter) -> None:
    assert not full.state["quiet"]
    assert said(full)["gave"] == "この三か月に手を貸したのは、試田 健さん。"
    assert lines(full, "gave") == ["試田 健さんに：名刺の感想（喜んでくれた）"]


def test_the_letter_tells_who_introduced_whom_and_what_was_kept(full: Letter) -> None:
    assert lines(full, "introduced") == ["花さんが、試田 健さんに会わせてくれた"]
    assert lines(full, "kept") == ["試田 健さんとの約束「写真を送る」"]
    assert "例山 芽衣さん" in said(full)["open"]
    assert lines(full, "changed") == ["聞くほうが楽だと気づいた"]
    assert said(full)["wish"] == "いまの願いは「活版の仕事をする」。"


def test_where_new_people_came_from_is_a_sentence_and_no_figure(full: Letter) -> None:
    assert said(full)["new"] == (
        "はじめて会った人のうち、試田 健さんは紹介で、例山 芽衣さんは集まりで出会いました。"
        "見本 道さんとも、はじめて会いました。"
    )


def test_where_to_begin_is_told_only_from_what_the_person_chose_or_wrote(full: Letter) -> None:
    assert said(full)["next"] == "次の三か月、まず声をかけるのは、花さん。"
    assert lines(full, "next") == []
    (hana,) = [row["id"] for row in full.workbook.rows("contact", "focus") if row["focus"]]
    full.book.add("step", contact_id=hana, words="展示に誘う")
    full.book.add("review", kind="week", on=days(-2), next="早めに寝る", next_state="open")
    full.workbook.refresh()

    assert lines(full, "next") == ["早めに寝る", "花さん：展示に誘う"]


def test_somebody_with_a_step_alone_does_not_head_where_to_begin(letter: Letter) -> None:
    id = letter.book.add("contact", name="見本 道")
    letter.book.add("step", contact_id=id, words="本を返す")
    letter.workbook.refresh()
    assert not {"next", "next_own"} & said(letter).keys()
    letter.book.add("review", kind="week", on=days(-2), next="早めに寝る")
    letter.workbook.refresh()

    assert said(letter)["next_own"] == "次にと、自分で書いたこと。"
    assert lines(letter, "next_own") == ["早めに寝る"]


def test_the_letter_keeps_to_its_page(full: Letter) -> None:
    id = full.book.add("contact", name="架空 次郎")
    for number in range(9):
        full.book.add("give", contact_id=id, state="done", what=f"手伝い{number}", on=days(-2))
    full.workbook.refresh()
    (gave,) = [part for part in full.state["parts"] if part["key"] == "gave"]

    assert len(gave["lines"]) == LETTER_LINES
    assert gave["more"] == 10 - LETTER_LINES


def test_the_last_line_is_kept_as_the_review_of_the_quarter(full: Letter) -> None:
    row = full.state["review"]
    values = {"next": "急がなくていい"}
    assert ask(full, "write", table="review", id=row["id"], version=0, values=values)["ok"]

    assert full.state["review"]["next"] == "急がなくていい"
    (kept,) = [row for row in full.workbook.rows("review") if row["kind"] == "quarter"]
    assert (kept["on"], kept["next"]) == (days(0), "急がなくていい")


def test_only_the_last_line_is_written_here(full: Letter) -> None:
    id = full.state["review"]["id"]
    assert not ask(full, "write", table="review", id=id, version=0, values={"changed": "x"})["ok"]


def test_how_earlier_letters_ended_can_be_read_again(full: Letter) -> None:
    full.book.add("review", kind="quarter", on=days(-100), next="ひとりずつ")
    full.workbook.refresh()

    (earlier,) = full.state["earlier"]
    assert earlier["next"] == "ひとりずつ" and earlier["span"].endswith("までの三か月")


def test_the_letter_is_written_in_english_too(full: Letter) -> None:
    full.workbook.set_language("en")
    full.workbook.refresh()

    assert said(full)["new"] == (
        "New to me: 試田 健, by introduction, and 例山 芽衣, at a gathering. Also new: 見本 道."
    )


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_what_was_once_written_under_a_sheet_is_still_quoted(open_in: Open, language: str) -> None:
    workbook = open_in("05-week", language)
    book_of(workbook).upsert("reflection", "wish", text="急がなくていいと思えた")
    letter = Letter(workbook)

    (line,) = lines(letter, "reflections")
    assert "急がなくていいと思えた" in line


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_what_was_written_where_nothing_is_asked_any_longer_is_quoted_without_a_question(
    open_in: Open, language: str
) -> None:
    letter = Letter(open_in("05-week", language))
    for gone in ("a_sheet_of_old", "closing"):  # neither asks for a reflection
        letter.book.upsert("reflection", gone, text=f"書いたこと {gone}")
    letter.workbook.refresh()
    quoted = {"ja": "「{}」", "en": "“{}”"}[language]

    texts = ["書いたこと a_sheet_of_old", "書いたこと closing"]
    assert letter.state["notes"] == [("", text) for text in texts]
    assert lines(letter, "reflections") == [quoted.format(text) for text in texts]
    assert letter.words["notes_other"]


def test_nobody_with_signs_of_selling_is_in_the_letter(full: Letter) -> None:
    signs = ["pay_first", "sure_profit"]
    id = full.book.add("contact", name="架空 誘太", signs=signs, focus=True, met_on=days(-10))
    full.book.add("give", contact_id=id, state="done", what="話を聞いた", on=days(-9))
    full.book.add("give", contact_id=id, direction="in", what="資料", on=days(-9))
    full.book.add("promise", contact_id=id, words="会に行く", due=days(-8))
    full.book.add("step", contact_id=id, words="断る", on=days(1))
    full.book.add("voice", contact_id=id, who="誘太", words="才能がある", answered_on=days(-3))
    full.workbook.refresh()

    assert "誘太" not in str(full.state["parts"])


def test_a_voice_is_quoted_under_the_name_it_was_written_with(letter: Letter) -> None:
    letter.book.add("voice", who="姉", words="よく聞いてくれる", answered_on=days(-3))
    letter.book.add("contact", name="見本 道", met_on=days(-20))
    letter.workbook.refresh()

    assert lines(letter, "voices") == ["姉「よく聞いてくれる」"]
    assert said(letter)["new"] == "見本 道さんと、はじめて会いました。"
