from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from enishi.book.errors import UnknownRowError
from enishi.choices import LETTERS as KINDS
from enishi.i18n.texts import format_text
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask
from widgets import Draft, MyWeek, People
from widgets.base.message_draft import start_message

pytest_plugins = ["sheet_fixtures"]


def yesterday(sheet: Draft) -> str:
    return (sheet.workbook.today - timedelta(days=1)).isoformat()


def met_yesterday(sheet: Draft, **more: object) -> str:
    known = {"name": "架空 花子", "where_met": "もくもく会（例）"}
    known |= {"known_as": "just_met", "met_on": yesterday(sheet)}
    return sheet.book.add("contact", **(known | more))


def opened_to(sheet: Draft, id: str) -> dict[str, Any]:
    assert ask(sheet, "turn_to", id=id)["ok"]
    return sheet.state["open"]


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_an_empty_book_invites_to_choose_somebody(open_in: Open, language: str) -> None:
    state = Draft(open_in("04-contacts", language)).state

    assert state["open"] is None and state["begun"] == state["sent"] == []
    assert set(state["kinds"]) == set(KINDS) - {"forward"}


def test_choosing_somebody_opens_the_kind_that_fits_with_its_reason(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    row = opened_to(sheet, met_yesterday(sheet))

    assert row["kind"] == row["fits"][0]["kind"] == "thanks"
    assert "こちらからの連絡は、まだ書かれていません" in row["fits"][0]["why"]
    assert "もくもく会（例）でお会いした" in row["text"] and "自分の名前" in row["read"]["gaps"]
    assert not row["own"]


def test_a_draft_survives_until_it_is_sent_or_thrown_away(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    row = opened_to(sheet, met_yesterday(sheet))
    write = {"table": "message", "id": row["id"], "version": row["version"]}
    assert ask(sheet, "write", **write, values={"text": "花子さん、ありがとう。"})["ok"]

    again = Draft(open_in("04-contacts"))
    assert not again.state["open"] and again.state["begun"][0]["id"] == row["id"]
    assert ask(again, "show", id=row["id"])["ok"]
    assert again.state["open"]["text"] == "花子さん、ありがとう。"
    assert ask(again, "drop", table="message", id=row["id"])["ok"]
    assert again.state["open"] is None


def test_somebody_written_to_already_has_one_draft_of_a_kind(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    id = met_yesterday(sheet)
    first = opened_to(sheet, id)["id"]
    ask(sheet, "show", id="")

    assert sheet.state["open"] is None and sheet.state["begun"] == []  # nothing is written yet
    assert opened_to(sheet, id)["id"] == first


def test_kind_tone_and_language_change_the_frame(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    row = opened_to(sheet, met_yesterday(sheet, family="架空", given="花子"))

    assert ask(sheet, "shape", id=row["id"], level="formal")["ok"]
    assert sheet.state["open"]["text"].startswith("架空 花子様\n")
    assert ask(sheet, "shape", id=row["id"], kind="news", language="en")["ok"]
    assert sheet.state["open"]["text"].startswith("Dear 花子 架空,")
    assert not ask(sheet, "shape", id=row["id"], kind="spam")["ok"]
    assert not ask(sheet, "shape", id=row["id"], level="rude")["ok"]


def test_ones_own_words_stay_when_the_kind_changes_until_one_asks_for_the_frame(
    open_in: Open,
) -> None:
    sheet = Draft(open_in("04-contacts"))
    row = opened_to(sheet, met_yesterday(sheet))
    sheet.book.update("message", row["id"], text="自分のことばです。")
    ask(sheet, "shape", id=row["id"], kind="news")

    now = sheet.state["open"]
    assert (now["kind"], now["text"], now["own"]) == ("news", "自分のことばです。", True)
    assert ask(sheet, "compose", id=row["id"])["ok"]
    assert "思い出しました" in sheet.state["open"]["text"] and not sheet.state["open"]["own"]


def test_an_english_speaking_friend_is_written_to_in_english_from_a_japanese_page(
    open_in: Open,
) -> None:
    sheet = Draft(open_in("04-contacts", "ja"))
    row = opened_to(sheet, sheet.book.add("contact", name="Ann Example", given="Ann"))

    assert row["language"] == "en" and row["text"].startswith("Hello Ann,")
    sheet.book.update("message", row["id"], text="Hello Ann,\n\nPlease reply ASAP.")
    sheet.workbook.refresh()
    found = {one["rule"]: one for one in sheet.state["open"]["read"]["findings"]}
    assert found["lint_pressing"]["before"] == "Please reply ASAP."
    assert found["lint_pressing"]["after"] == "Please reply whenever it suits you."
    assert found["lint_pressing"]["name"] == "急がせない"


def test_the_name_one_signs_with_is_asked_once_for_each_language(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    id = met_yesterday(sheet)
    row = opened_to(sheet, id)
    assert ask(sheet, "sign", id=row["id"], me="試験 太郎")["ok"]

    now = sheet.state["open"]
    assert "試験 太郎です" in now["text"] and "試験 太郎" in now["subject"]
    assert now["signed"] == "試験 太郎" and "自分の名前" not in now["read"]["gaps"]
    ask(sheet, "shape", id=row["id"], language="en")
    assert sheet.state["open"]["signed"] == ""


def test_what_is_noticed_is_quoted_and_softened_with_one_press(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    row = opened_to(sheet, met_yesterday(sheet))
    sheet.book.update("message", row["id"], text="花子さん\n\n試験です。一緒に事業をしませんか。")
    sheet.workbook.refresh()

    found = {one["rule"]: one for one in sheet.state["open"]["read"]["findings"]}
    venture = found["lint_joint_venture"]
    assert venture["quote"] == "一緒に事業をしませんか" and venture["why"] and venture["can"]
    assert venture["before"] == "一緒に事業をしませんか。"
    assert venture["advice"][0]["id"] == "B23"
    assert ask(sheet, "soften", id=row["id"], rule="lint_joint_venture")["ok"]
    now = sheet.state["open"]
    assert venture["after"] in now["text"] and "事業" not in now["text"]
    assert "lint_joint_venture" not in [one["rule"] for one in now["read"]["findings"]]
    assert not ask(sheet, "soften", id=row["id"], rule="lint_joint_venture")["ok"]


def test_an_ask_too_early_meets_a_kind_sentence_and_is_not_stopped(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    row = opened_to(sheet, met_yesterday(sheet))
    ask(sheet, "shape", id=row["id"], kind="ask_introduction")

    now = sheet.state["open"]
    (kindly,) = now["read"]["kindly"]
    assert kindly["rule"] == "ask_stage" and kindly["why"] and kindly["act"]
    assert ask(sheet, "sent", id=row["id"])["ok"]
    assert sheet.workbook.rows("encounter")[0]["ask_size"] == 3


def test_a_rule_can_be_switched_off_from_the_draft(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    row = opened_to(sheet, met_yesterday(sheet))
    ask(sheet, "shape", id=row["id"], kind="advice")
    assert sheet.state["open"]["read"]["kindly"]
    ask(sheet, "silence", rule="ask_stage")

    assert sheet.state["open"]["read"]["kindly"] == []


def test_the_chair_tells_what_they_see_gain_and_fear_and_the_payer_asks(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    row = opened_to(sheet, met_yesterday(sheet))
    sheet.book.update("message", row["id"], text="お仕事をいただけたらうれしいです。")
    sheet.workbook.refresh()

    read = sheet.state["open"]["read"]
    assert read["chair"]["sees"] == ["一度会ったことがある人だ。"]
    assert "無償で" in read["chair"]["gains"][0]
    assert "何か売りこまれるのかもしれない。" in read["chair"]["fears"]
    assert "きょう会ったばかりの人" in read["payer"]


def test_why_they_would_be_glad_is_written_on_the_persons_own_row(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    person = opened_to(sheet, met_yesterday(sheet))["person"]
    write = {"table": "contact", "id": person["id"], "version": person["version"]}

    assert ask(sheet, "write", **write, values={"they_gain": "展示の感想"})["ok"]
    assert "「展示の感想」" in sheet.state["open"]["read"]["chair"]["gains"][0]
    assert not ask(sheet, "write", **write, values={"name": "x"})["ok"]


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_a_hope_and_a_text_about_their_health_get_a_hint_of_their_own(
    open_in: Open, language: str
) -> None:
    sheet = Draft(open_in("04-contacts", language))
    touched = {"ja": "心療内科に通っている", "en": "She is on sick leave"}[language]
    row = opened_to(sheet, met_yesterday(sheet))
    assert (row["hope_caution"], row["text_caution"]) == (None, None)
    sheet.book.update("contact", row["contact_id"], hope=touched)
    sheet.workbook.refresh()
    hinted = sheet.state["open"]
    hint = hinted["hope_caution"]
    assert (hint["rule"], hinted["text_caution"]) == ("guard_note", None)
    sheet.book.update("message", row["id"], text=f"{row['text']}\n{touched}")
    sheet.workbook.refresh()
    letter = sheet.state["open"]["text_caution"]
    assert letter["why"] == hint["why"]
    assert letter["act"] == sheet.words["touched"] != hint["act"]
    assert ask(sheet, "silence", rule="guard_note")["ok"]
    silenced = sheet.state["open"]
    assert (silenced["hope_caution"], silenced["text_caution"]) == (None, None)


def test_what_was_sent_is_logged_and_keeps_its_promise_in_one_change(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    id = met_yesterday(sheet)
    promise = sheet.book.add("promise", contact_id=id, words="来週、写真を送ります")
    row = opened_to(sheet, id)
    assert (row["kind"], row["promise_id"]) == ("promise", promise)
    assert "先日お話しした写真をお送りします" in row["text"]
    before = sheet.book.revision()
    assert ask(sheet, "sent", id=row["id"])["ok"]

    assert sheet.book.revision() == before + 1
    (met,) = sheet.workbook.rows("encounter")
    assert (met["kind"], met["started_by"], met["contact_id"]) == ("message", "me", id)
    assert sheet.book.row("promise", promise)["state"] == "kept"
    assert sheet.state["open"] is None and sheet.state["sent"][0]["id"] == row["id"]
    sheet.book.undo()
    sheet.workbook.refresh()
    assert (
        sheet.workbook.rows("encounter") == []
        and sheet.workbook.rows("promise")[0]["state"] == "open"
    )


def test_after_sending_the_next_step_is_asked_for_and_none_is_fine(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    id = met_yesterday(sheet)
    for words in ("展示の日を決める", ""):
        ask(sheet, "sent", id=opened_to(sheet, id)["id"])
        assert sheet.state["after"]["name"] == "架空 花子"
        assert ask(sheet, "follow", words=words, due="")["ok"]
        assert sheet.state["after"] is None
    (step,) = sheet.workbook.rows("step", "contact_id", "words")
    assert (step["contact_id"], step["words"]) == (id, "展示の日を決める")


def test_a_message_is_sent_once(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    id = opened_to(sheet, met_yesterday(sheet))["id"]

    assert ask(sheet, "sent", id=id)["ok"] and not ask(sheet, "sent", id=id)["ok"]
    assert len(sheet.workbook.rows("encounter")) == 1


def test_a_promise_opens_its_own_draft(open_in: Open) -> None:
    workbook = open_in("04-contacts")
    people, sheet = People(workbook), Draft(workbook)
    id = met_yesterday(sheet)
    first = sheet.book.add("promise", contact_id=id, words="写真を送ります")
    second = sheet.book.add("promise", contact_id=id, words="本を貸します")
    workbook.refresh()
    for promise, thing in ((first, "写真"), (second, "本")):
        assert ask(people, "write_promise", id=promise)["ok"]
        assert sheet.state["open"]["promise_id"] == promise
        assert f"お話しした{thing}" in sheet.state["open"]["subject"]


def test_who_is_in_the_bin_is_written_to_no_more(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    id = met_yesterday(sheet)
    opened_to(sheet, id)
    sheet.book.delete("contact", id)
    sheet.workbook.refresh()

    assert sheet.state["open"] is None and sheet.state["begun"] == []


def test_other_peoples_columns_are_refused(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    row = opened_to(sheet, met_yesterday(sheet))
    write = {"table": "message", "id": row["id"], "version": row["version"]}

    assert not ask(sheet, "write", **write, values={"sent": True})["ok"]
    assert not ask(sheet, "write", **write, values={"contact_id": None})["ok"]
    json.dumps(sheet.state)


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_a_refusal_is_not_asked_for_a_name_or_for_kinder_words(
    open_in: Open, language: str
) -> None:
    sheet = Draft(open_in("04-contacts", language))
    name = {"ja": "架空 誘太", "en": "Victor Example"}[language]
    id = sheet.book.add("contact", name=name, signs=["pay_first", "sure_profit", "closed_room"])
    row = opened_to(sheet, id)

    assert row["kind"] == "refuse"
    assert row["read"]["findings"] == [] and row["read"]["chair"]["fears"] == []


MANY = ("架空 葵", "見本 蓮", "例 ゆい", "仮名 守", "架空 葵")


def test_write_opens_the_draft_of_that_person_whoever_was_written_to_before(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    people = [sheet.book.add("contact", name=name) for name in MANY]
    sheet.workbook.refresh()
    begun = {}
    for id in people:
        begun[id] = opened_to(sheet, id)["id"]
        assert sheet.state["open"]["contact_id"] == id
    assert len(set(begun.values())) == len(people)

    for id in reversed(people):
        assert opened_to(sheet, id)["id"] == begun[id]
        assert sheet.state["open"]["contact_id"] == id


def test_another_window_opens_no_draft_of_its_own_accord_and_keeps_the_one_it_has(
    open_in: Open,
) -> None:
    one = Draft(open_in("04-contacts"))
    aoi, ren = (one.book.add("contact", name=name) for name in MANY[:2])
    one.workbook.refresh()
    first = opened_to(one, aoi)["id"]
    other = Draft(open_in("04-contacts"))
    assert not other.state["open"]

    second = opened_to(other, ren)["id"]
    one.workbook.refresh()
    assert one.state["open"]["id"] == first and other.state["open"]["id"] == second
    assert ask(other, "sent", id=second)["ok"]
    one.workbook.refresh()
    assert one.state["open"]["contact_id"] == aoi


def test_an_address_of_what_is_no_open_draft_shows_none(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    aoi, ren = (sheet.book.add("contact", name=name) for name in MANY[:2])
    sheet.workbook.refresh()
    sent = opened_to(sheet, aoi)["id"]
    ask(sheet, "sent", id=sent)
    opened_to(sheet, ren)
    for address in (sent, "nothing", aoi):
        assert ask(sheet, "show", id=address)["ok"]
        assert sheet.state["open"] is None


def test_a_message_about_somebody_elses_promise_is_refused(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    aoi, ren = (sheet.book.add("contact", name=name) for name in MANY[:2])
    promise = sheet.book.add("promise", contact_id=aoi, words="写真を送ります")
    sheet.workbook.refresh()

    with pytest.raises(UnknownRowError):
        start_message(sheet.workbook, ren, "promise", promise_id=promise)
    assert sheet.workbook.rows("message") == []


def test_two_who_are_asked_about_different_people_have_two_drafts(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    aoi, ren, yui = (sheet.book.add("contact", name=name) for name in MANY[:3])
    sheet.workbook.refresh()
    about_ren = start_message(sheet.workbook, aoi, "consent", other_id=ren)
    about_yui = start_message(sheet.workbook, aoi, "consent", other_id=yui)

    assert about_ren != about_yui
    assert start_message(sheet.workbook, aoi, "consent", other_id=ren) == about_ren
    assert start_message(sheet.workbook, aoi, "consent") not in (about_ren, about_yui)


@pytest.mark.parametrize("known_as", ["", "known", "friend", "family", "colleague"])
def test_thanks_after_a_first_meeting_are_only_for_somebody_just_met(
    open_in: Open, known_as: str
) -> None:
    sheet = Draft(open_in("04-contacts"))
    row = opened_to(sheet, met_yesterday(sheet, known_as=known_as))

    assert not {"thanks", "second"} & {row["kind"], *row["choices"]}
    assert not ask(sheet, "shape", id=row["id"], kind="thanks")["ok"]
    ask(sheet, "shape", id=row["id"], language="en")
    assert "a while" not in sheet.state["open"]["text"] + sheet.state["open"]["subject"]


def test_somebody_who_smells_of_selling_is_only_refused(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 誘太", signs=["pay_first", "sure_profit"])
    row = opened_to(sheet, id)

    assert row["choices"] == ["decline", "refuse"]
    assert not ask(sheet, "shape", id=row["id"], kind="news")["ok"]


def test_it_has_been_a_while_only_where_a_talk_long_ago_is_written(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts", "en"))
    today = sheet.workbook.today.isoformat()
    known = {"where_met": "the print workshop", "known_as": "known", "known_since": 2016}
    unsaid = sheet.book.add("contact", name="Mara Example", met_on="2016-04-01", **known)
    long_ago = {"last_talk": "longer", "last_talk_said_on": today}
    said = sheet.book.add("contact", name="Ben Example", **known, **long_ago)
    sheet.workbook.refresh()

    for id, is_long in ((unsaid, False), (said, True)):
        row = opened_to(sheet, id)
        ask(sheet, "shape", id=row["id"], kind="news", level="polite")
        row = sheet.state["open"]
        assert ("It has been a while" in row["text"]) == is_long
        assert ("we met at the print workshop" in row["text"]) == is_long


def test_a_draft_holds_what_they_said_and_never_what_i_noted_for_myself(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts", "en"))
    id = sheet.book.add(
        "contact", name="Mara Example", known_as="just_met", met_on=yesterday(sheet)
    )
    note = "A little tiring. She said “show three pages first”."
    sheet.book.add("encounter", contact_id=id, on=yesterday(sheet), kind="met", note=note)
    sheet.book.add("fact", contact_id=id, kind="loves", words="They own the tone", source="said")
    sheet.workbook.refresh()
    row = opened_to(sheet, id)

    assert row["kind"] == "thanks"
    assert "what you said: “show three pages first”" in row["text"]
    assert "tiring" not in row["text"] and "They own" not in row["text"]
    assert any("tiring" in text for _, text in row["notes"])  # for my eyes


def test_what_does_not_fit_into_a_sentence_stays_a_gap(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts", "en"))
    id = sheet.book.add(
        "contact", name="Mara Example", known_as="just_met", met_on=yesterday(sheet)
    )
    words = "They own the tone of every page they print"
    sheet.book.add("fact", contact_id=id, kind="loves", words=words, source="said")
    sheet.book.update("contact", id, where_met="we both waited for the same train")
    sheet.workbook.refresh()
    text = opened_to(sheet, id)["text"]

    assert "［one thing they said］" in text and "［where you met］" in text
    assert "own the tone" not in text and "same train" not in text


def test_a_gentler_line_is_taken_back_by_undo(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    row = opened_to(sheet, met_yesterday(sheet))
    mine = "花子さん\n\n試験です。一緒に事業をしませんか。"
    sheet.book.update("message", row["id"], text=mine)
    sheet.workbook.refresh()
    assert ask(sheet, "soften", id=row["id"], rule="lint_joint_venture")["ok"]
    assert sheet.state["open"]["text"] != mine
    sheet.book.undo()
    sheet.workbook.refresh()

    assert sheet.state["open"]["text"] == mine


def test_beginning_again_from_the_frame_is_taken_back_by_undo(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    row = opened_to(sheet, met_yesterday(sheet))
    sheet.book.update("message", row["id"], subject="わたしの件名", text="わたしのことば")
    assert ask(sheet, "compose", id=row["id"])["ok"]
    sheet.book.undo()
    sheet.workbook.refresh()

    assert sheet.state["open"]["text"] == "わたしのことば"


def test_where_no_gentler_line_fits_none_is_offered_and_none_is_taken(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts", "en"))
    row = opened_to(sheet, met_yesterday(sheet, name="Ann Example"))
    mine = "I have a business proposal and a present for your daughter."
    sheet.book.update("message", row["id"], text=mine)
    sheet.workbook.refresh()
    found = {one["rule"]: one for one in sheet.state["open"]["read"]["findings"]}

    assert not found["lint_business_early"]["can"] and found["lint_business_early"]["act"]
    assert not ask(sheet, "soften", id=row["id"], rule="lint_business_early")["ok"]
    assert sheet.state["open"]["text"] == mine


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_no_text_is_praised(open_in: Open, language: str) -> None:
    words = Draft(open_in("04-contacts", language)).words

    assert "turned" not in words
    for praise in ("ほどよく", "気になるところは、ありません", "Both of you", "step back"):
        assert praise not in str(words)


@pytest.mark.parametrize(
    ("language", "name", "greeting", "signed"),
    [("en", "Ben Doyle", "Hi Ben,", "Sam here"), ("ja", "見本 健太", "健太さん", "太郎です")],
)
def test_a_first_letter_to_a_brother_is_warm_and_signed_with_a_given_name(
    open_in: Open, language: str, name: str, greeting: str, signed: str
) -> None:
    sheet = Draft(open_in("04-contacts", language))
    brother = sheet.book.add("contact", name=name, known_as="family")
    row = opened_to(sheet, brother)
    me = "Sam Doyle" if language == "en" else "見本 太郎"
    assert ask(sheet, "sign", id=row["id"], me=me)["ok"]
    row = sheet.state["open"]

    assert row["level"] == "friendly" and row["text"].startswith(greeting)
    assert signed in row["text"] and not row["own"]
    assert me not in row["text"]


def test_a_tone_that_was_chosen_holds_for_family_too(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    known = {"name": "見本 健太", "known_as": "family", "politeness": "polite"}

    assert opened_to(sheet, sheet.book.add("contact", **known))["level"] == "polite"


def test_a_name_with_an_honorific_before_a_bracket_gets_no_second_one(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    known = {"name": "岡部さん（粉屋）", "called": "岡部さん（粉屋）"}
    row = opened_to(sheet, sheet.book.add("contact", **known))

    for level in ("friendly", "polite", "formal"):
        assert ask(sheet, "shape", id=row["id"], level=level)["ok"]
        text = sheet.state["open"]["text"]
        assert "岡部さん（粉屋）" in text and not any(x in text for x in ("）さん", "）様"))
    fresh = sheet.workbook.texts_of("common")["person_fresh"]
    assert format_text(fresh, {"name": "美香さん"}) == "「美香さん」を新しく書きとめる"


def test_a_draft_exists_once_something_of_it_was_changed(open_in: Open) -> None:
    workbook = open_in("05-week")
    sheet, week = Draft(workbook), MyWeek(workbook)
    id = sheet.book.add("contact", name="架空 花子", family="架空", given="花子")
    row = opened_to(sheet, id)
    ask(sheet, "show", id="")
    assert row["text"] and sheet.state["begun"] == []
    assert not any(item["kind"] == "message" for item in read_rows(week))

    sheet.book.update("contact", id, called="花さん")
    sheet.workbook.refresh()
    row = opened_to(sheet, id)
    assert ask(sheet, "shape", id=row["id"], level="friendly")["ok"]
    row = sheet.state["open"]
    assert row["text"].startswith("花さん"), "the draft follows the book"

    assert ask(sheet, "shape", id=row["id"], level="polite")["ok"]
    row = sheet.state["open"]
    write = {"table": "message", "id": row["id"], "version": row["version"]}
    assert ask(sheet, "write", **write, values={"text": "こんにちは。"})["ok"]
    assert sheet.state["open"]["text"] == "こんにちは。"
    assert sheet.state["open"]["subject"] == row["subject"] != ""
    ask(sheet, "show", id="")
    assert [one["id"] for one in sheet.state["begun"]] == [row["id"]]
    assert any(item["kind"] == "message" for item in read_rows(week))


def read_rows(week: MyWeek) -> list[dict[str, Any]]:
    week.workbook.refresh()
    return [row for group in week.state["groups"] for row in group["rows"]]
