from typing import Any

import pytest

from enishi.coach.giving.gift_ideas import GiftSuggestion, need_weight, read_ideas, suggest_gifts
from enishi.coach.rules.settings import Settings
from enishi.i18n import read_texts
from frames import Row, frames

IDEAS = read_ideas(read_texts("gives"))


def chosen(
    contact: Row, minutes: int = 30, settings: Settings | None = None, **rows: Any
) -> tuple[GiftSuggestion, ...]:
    f = frames(contact=[{"id": "c", "name": "見本 花", "called": "花", **contact}], **rows)
    return suggest_gifts("c", f, IDEAS, minutes=minutes, settings=settings)


def pleased_by(words: str) -> list[Row]:
    return [{"contact_id": "c", "words": words}]


PHOTO: dict[str, Any] = {
    "strength": [{"id": "s", "name": "写真"}],
    "evidence": [{"strength_id": "s", "grade": "words", "what": "「助かりました」"}],
}


def test_a_persons_own_idea_comes_before_the_catalogue() -> None:
    give = [{"contact_id": "c", "state": "planned", "what": "ことばの展示に誘う"}]
    first, *rest = chosen({}, fact=pleased_by("ブログの感想"), give=give)

    assert first.what == "ことばの展示に誘う"
    assert first.reason.rule == "gift_own"
    assert rest


def test_an_example_that_is_planned_and_an_idea_that_was_given_are_no_own_idea() -> None:
    for columns in ({"state": "planned", "way": "listen"}, {"state": "done"}, {"state": "let_go"}):
        give = [{"contact_id": "c", "what": "話を聴く"} | columns]
        assert all(gift.reason.rule != "gift_own" for gift in chosen({}, give=give))


def test_a_need_met_by_a_strength_says_why_this_for_this_person_from_you() -> None:
    (gift, *_) = chosen({"needs": ["お店の写真"]}, **PHOTO)

    assert (gift.what, gift.strength_id) == ("写真", "s")
    assert gift.reason.rule == "gift_need"
    assert gift.reason.facts == {"name": "花", "need": "お店の写真", "strength": "写真"}


def test_what_pleases_them_chooses_from_the_catalogue() -> None:
    (gift, *_) = chosen({}, fact=pleased_by("ブログを読んでもらえるとうれしい"))

    assert gift.reason.rule == "gift_pleases"
    assert gift.way in ("try", "spread")


def test_an_offer_of_ones_own_is_named_in_ones_own_words() -> None:
    offers = [{"give": "make", "size": "medium", "what": "店内の写真を5枚撮る", "strength_id": "s"}]
    (gift, *_) = chosen({"needs": ["写真"]}, offer=offers, **PHOTO)

    assert gift.what == "店内の写真を5枚撮る"
    assert gift.key == ""
    assert gift.minutes == 30


def test_a_small_offer_of_ones_own_is_for_anybody_and_comes_before_the_catalogue() -> None:
    offers = [
        {"size": "large", "what": "一日てつだう"},
        {"size": "small", "what": "三行で答える"},
        {"size": "", "what": "道を教える"},
        {"size": "small", "what": " "},
    ]
    found = chosen({}, minutes=5, offer=offers)

    assert [gift.what for gift in found[:2]] == ["三行で答える", "道を教える"]
    assert {gift.reason.rule for gift in found[:2]} == {"gift_offer"}
    assert {gift.reason.rule for gift in found[2:]} == {"gift_anyone"}


def test_what_shows_itself_leads_and_what_is_only_felt_is_a_try_of_five_minutes() -> None:
    strength = [{"id": "felt", "name": "写真を撮る"}, {"id": "told", "name": "写真を選ぶ"}]
    evidence = [
        {"strength_id": "felt", "grade": "feeling", "what": "好きだと思う"},
        {"strength_id": "told", "grade": "episode", "what": "展示を頼まれた"},
    ]
    found = chosen({"needs": ["写真"]}, strength=strength, evidence=evidence)[:2]

    assert [(gift.strength_id, gift.size) for gift in found] == [
        ("told", "medium"),
        ("felt", "small"),
    ]
    told = {"strength_id": "felt", "grade": "record", "what": "入賞した"}
    found = chosen({"needs": ["写真"]}, strength=strength, evidence=[*evidence, told])[:2]
    assert (found[0].strength_id, found[0].size) == ("felt", "medium")


@pytest.mark.parametrize(
    "strength", [{"good_at": 1, "like": 1}, {"prompt": "like"}], ids=["left to others", "a hobby"]
)
def test_what_one_would_leave_to_others_or_only_likes_is_no_gift(strength: Row) -> None:
    row = {"id": "s", "name": "写真"}
    assert chosen({"needs": ["写真"]}, strength=[row])[0].strength_id == "s"
    found = chosen({"needs": ["写真"]}, strength=[row | strength])
    assert all(gift.strength_id == "" for gift in found)


def test_a_strength_that_only_somebody_else_named_counts_and_says_who_saw_it() -> None:
    voice = [{"who": "姉", "picks": ["写真を選ぶ"]}]
    found = chosen({"needs": ["お店の写真を選ぶ人"]}, voice=voice)
    (gift,) = (each for each in found if each.reason.rule == "gift_seen")

    assert (gift.what, gift.size) == ("写真を選ぶ", "small")
    assert gift.reason.facts["who"] == "姉"
    own = [{"id": "s", "name": "写真を選ぶ"}]
    found = chosen({"needs": ["お店の写真を選ぶ人"]}, voice=voice, strength=own)
    assert {gift.reason.rule for gift in found} & {"gift_seen", "gift_need"} == {"gift_need"}


def test_an_idea_that_needs_a_strength_is_among_the_gifts_once_an_offer_uses_it_so() -> None:
    teach = [idea for idea in IDEAS if idea.way == "teach" and not idea.anyone]
    known: dict[str, Any] = {
        "strength": [{"id": "s", "name": "簿記"}],
        "evidence": [{"strength_id": "s", "grade": "record", "what": "合格した"}],
        "fact": pleased_by(teach[0].signs[0]),
    }
    keys = {idea.key for idea in teach}
    assert not keys & {gift.key for gift in chosen({}, **known)}
    offer = [{"give": "teach", "what": "帳面を見る", "size": "large", "strength_id": "s"}]
    assert keys & {gift.key for gift in chosen({}, offer=offer, **known)}


def test_nothing_takes_longer_than_the_minutes_there_are() -> None:
    found = chosen({"needs": ["写真"]}, minutes=5, fact=pleased_by("新刊の感想"), **PHOTO)

    assert found
    assert all(gift.minutes <= 5 for gift in found)


def test_for_somebody_one_hardly_knows_there_are_small_things_anyone_can_do() -> None:
    found = chosen({})

    assert len(found) == 3
    assert {gift.reason.rule for gift in found} == {"gift_anyone"}
    assert {gift.size for gift in found} == {"small"}
    assert len({gift.way for gift in found}) == 3


def test_nothing_is_suggested_for_somebody_one_does_not_feel_well_with() -> None:
    assert chosen({"comfort": 2}) == ()


def test_a_rule_switched_off_is_silent() -> None:
    silent = Settings(switched_off=frozenset({"gift_anyone"}))

    assert chosen({}, settings=silent) == ()


def test_a_need_shared_with_others_weighs_less() -> None:
    assert need_weight(2.0, 1) == pytest.approx(0.5)
    assert need_weight(2.0, 2) == pytest.approx(0.25)


def test_the_catalogue_has_ten_ways_in_three_sizes() -> None:
    ways = read_texts("gives")["ways"]

    assert len(ways) == 10
    for way in ways.values():
        assert list(way["ideas"]) == ["small", "medium", "large"]


def test_every_way_has_something_small_that_needs_at_most_five_minutes() -> None:
    small = [idea for idea in IDEAS if idea.size == "small"]

    assert all(idea.minutes <= 5 for idea in small)
    assert len({idea.way for idea in small}) == 10
    assert all(idea.minutes <= 30 for idea in IDEAS if idea.size == "medium")
    assert all(idea.minutes <= 120 for idea in IDEAS)


def test_in_nine_ways_of_ten_anyone_can_begin_small() -> None:
    small = {idea.way for idea in IDEAS if idea.size == "small" and idea.anyone}

    assert len(small) >= 9


def gave(what: str, **more: Any) -> Row:
    give = {"contact_id": "c", "direction": "out", "state": "done", "what": what}
    return give | {"on": "2026-11-01"} | more


def test_a_small_gift_that_gladdened_leads_before_a_great_one_without_effect() -> None:
    gives = [
        gave("展示の写真を送った", size="small", effect="「助かりました」と返事があった"),
        gave("本の題を教えた", size="small", effect="うれしそうだった", on="2026-11-09"),
        gave("一日手伝った", size="large", on="2026-11-18"),
    ]
    first, *_ = chosen({}, give=gives, fact=pleased_by("ブログの感想"))

    assert first.what == "本の題を教えた" and first.reason.rule == "gift_gladdened"
    assert first.reason.facts["effect"] == "うれしそうだった"


def test_a_great_gift_that_gladdened_stands_behind_a_small_one_that_did() -> None:
    effect = "「助かった」と言われた"
    gives = [
        gave("一日手伝った", size="large", effect=effect, on="2026-11-18"),
        gave("写真を送った", size="small", effect=effect),
    ]
    (first, *_) = chosen({}, give=gives)

    assert first.what == "写真を送った"
    assert first.reason.facts["effect"] == "『助かった』と言われた"


def test_the_same_sort_of_gift_leads_for_another_with_the_effect_quoted() -> None:
    people = [{"id": "c", "name": "見本 花"}, {"id": "d", "name": "架空 太郎"}]
    before = suggest_gifts("c", frames(contact=people), IDEAS)
    way = before[-1].way
    other = gave("感想を書いた", contact_id="d", way=way, effect="三度読み返したそう")
    after = suggest_gifts("c", frames(contact=people, give=[other]), IDEAS)

    assert before[0].way != way == after[0].way
    assert after[0].reason.rule == "gift_gladdened_other"
    assert after[0].reason.facts == {
        "other": "架空 太郎",
        "what": "感想を書いた",
        "effect": "三度読み返したそう",
    }


def test_number_of_gifts_and_gifts_without_effect_change_nothing() -> None:
    silent = [gave("感想を書いた", contact_id="d", way="cheer") for _ in range(9)]
    people = [{"id": "c", "name": "見本 花"}, {"id": "d", "name": "架空 太郎"}]

    assert suggest_gifts("c", frames(contact=people, give=silent), IDEAS) == suggest_gifts(
        "c", frames(contact=people), IDEAS
    )


def test_what_gladdened_can_be_switched_off_and_is_not_planned_twice() -> None:
    give = gave("写真を送った", effect="喜ばれた")
    off = Settings(switched_off=frozenset({"gift_gladdened"}))
    planned = gave("「写真を送った」のようなことを、もう一度", state="planned")

    assert "写真を送った" in {gift.what for gift in chosen({}, give=[give])}
    for book in ({"give": [give], "settings": off}, {"give": [give, planned]}):
        assert "写真を送った" not in {gift.what for gift in chosen({}, **book)}
