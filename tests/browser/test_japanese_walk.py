"""A designer of books, who wants to work for herself within a year, begins with an empty book.

She comes back a week, a month and a quarter later. Each claim is one thing that an earlier version
said or did wrongly; what stays silent is paired with what is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from days import days
from enishi.i18n import texts
from walking import Visits, Walk, visiting

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

FILES = Path(__file__).parents[1] / "files"
WISH = "一年後、装丁の仕事だけで暮らしている"
ROLE = "会社をやめて二、三年。小さな出版社の本を装丁している"
SCHOOLMATE = "榎本 唯"
NEW, COLLEAGUE, BROTHER, FRIEND = "早瀬 直", "三輪 彩香", "北野 蓮", "土屋 望"
PUSHY, TIRING, BRIDGE, AHEAD = "鷹取 豪", "梶 冬馬", "堀内 灯", "真鍋 律"
VISIT = "展示のあとで、お茶に誘う"
PARCEL = "引っ越し祝いに、手製のノートを送る"
ANY_DAY = "製本の本を返す"
IMPORTED = "架空 花子"
GIFT = "図書館の製本教室の日取りを調べて知らせる"
EFFECT = "「ちょうど探していた」と電話をもらった"
ONE_THING = "豆本を一冊仕上げる"
SOON, LATER = "展示の写真を送ります", "原稿の感想を伝えます"


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Visits]:
    """Her book, in which nothing is written yet."""
    with visiting(chromium, tmp_path_factory.mktemp("japanese") / "data", "ja") as visits:
        yield visits


@pytest.fixture(scope="module")
def first_day(visits: Visits) -> Walk:
    """The first visit: a wish, a kind of person, and nine people who come to mind."""
    walk = visits.begin(0)
    wish = walk.at("02-goal", "wish")
    walk.write(wish, walk.words("wish")["wish"], WISH)
    kinds = walk.at("02-goal", "kinds")
    kinds.get_by_role("button", name=walk.words("kinds")["add"], exact=True).click()
    walk.write(kinds, walk.words("kinds")["does"], ROLE)
    walk.at("04-contacts", "add")
    walk.keep_person(NEW, "just_met", role=ROLE, ahead="steps")
    walk.keep_person(COLLEAGUE, "colleague", "unsure")
    walk.keep_person(BROTHER, "family", "month")
    walk.keep_person(FRIEND, "friend", "year", step=PARCEL, on=days(3))
    walk.keep_person(SCHOOLMATE, "friend", "longer")
    walk.keep_person(PUSHY, "just_met")
    walk.keep_person(TIRING, "known", "longer")
    walk.keep_person(BRIDGE, "known", "week", step=ANY_DAY)
    walk.keep_person(AHEAD, "known", "month", step=VISIT, on=days(12))
    return walk


def stands_near(walk: Walk) -> Locator:
    """Return my circle, with the picture of the people around and its table."""
    circle = walk.at("04-contacts", "circle")
    expect(circle.locator(".picture .marks a").first).to_be_attached()
    walk.unfold(circle, texts("pictures", "ja")["all"]["table"])
    return circle


@pytest.fixture(scope="module")
def warned(first_day: Walk) -> None:
    """One of those just met turns out to sell something: she ticks the signs on their card."""
    expect(suggested(first_day)).to_contain_text(PUSHY)
    card = first_day.card(PUSHY)
    near = texts("coach", "ja")["closeness"]["friendly"]
    first_day.pick(card, texts("contacts", "ja")["screens"]["people"]["closeness"], near)
    first_day.saved(card)
    expect(stands_near(first_day)).to_contain_text(PUSHY)
    signs = texts("coach", "ja")["signs"]
    card = first_day.card(PUSHY)
    checklist = first_day.unfold(card, signs["title_person"])
    checklist.get_by_label(signs["each"]["sure_profit"], exact=True).check()
    expect(card).to_contain_text(signs["results"]["careful"])


@pytest.fixture(scope="module")
def plans_made(first_day: Walk, warned: None) -> None:
    """The end of the first visit: who is close, who is in focus, a gift and two promises."""
    walk = first_day
    people, closeness = (
        texts("contacts", "ja")["screens"]["people"],
        texts("coach", "ja")["closeness"],
    )
    for name, word in ((FRIEND, "close"), (COLLEAGUE, "companion")):
        card = walk.card(name)
        walk.pick(card, people["closeness"], closeness[word])
        walk.saved(card)
    for name in (FRIEND, BRIDGE):
        walk.focus_on(name)
    walk.plan_gift(FRIEND, GIFT, days(4))
    walk.promise(FRIEND, SOON, days(5))
    walk.promise(BRIDGE, LATER, days(200))
    review = walk.at("05-week", "review")
    walk.write(review, walk.words("review")["next"], ONE_THING)


@pytest.fixture(scope="module")
def week_later(visits: Visits, plans_made: None) -> Walk:
    """The second visit."""
    return visits.begin(7)


@pytest.fixture(scope="module")
def gift_given(week_later: Walk) -> None:
    """The gift has been given."""
    week_later.settle("gift", GIFT)


@pytest.fixture(scope="module")
def month_later(visits: Visits, week_later: Walk, gift_given: None) -> Walk:
    """The third visit."""
    return visits.begin(30)


@pytest.fixture(scope="module")
def effect_told(month_later: Walk) -> None:
    """Asked what the gift did, she tells it."""
    gift = month_later.at("04-contacts", "gift")
    words = month_later.words("gift")
    asked = gift.locator(".asked", has_text=GIFT)
    asked.get_by_label(words["effect_ask"], exact=True).fill(EFFECT)
    asked.get_by_role("button", name=words["effect_keep"], exact=True).click()
    expect(asked).to_have_count(0)


@pytest.fixture(scope="module")
def quarter_later(visits: Visits, month_later: Walk, effect_told: None) -> Walk:
    """The fourth visit."""
    return visits.begin(91)


def suggested(walk: Walk) -> Locator:
    """What is suggested and asked below my week."""
    return walk.home().locator(".suggested")


# -- the first day ---------------------------------------------------------------------------------


def test_only_somebody_just_met_is_thanked_for_a_first_meeting(first_day: Walk) -> None:
    below = suggested(first_day)
    expect(below).to_contain_text(NEW)
    for name in (COLLEAGUE, BROTHER):
        expect(below).not_to_contain_text(name)


@pytest.mark.parametrize("name", [COLLEAGUE, BROTHER])
def test_a_message_to_a_colleague_or_a_brother_says_no_first_meeting_and_no_long_silence(
    first_day: Walk, name: str
) -> None:
    thanks = first_day.first_text(NEW)
    assert "お会いした" in thanks
    text = first_day.first_text(name)
    family, given = name.split()
    called, never = (given, family) if name == BROTHER else (family, given)
    assert called in text and never not in text
    for untrue in ("会った", "お会いした", "はじめて", "ご無沙汰", "久しぶり"):
        assert untrue not in text


def test_the_card_says_no_last_talk_and_no_time_that_was_not_written(first_day: Walk) -> None:
    words = texts("contacts", "ja")["screens"]["people"]
    card = first_day.card(COLLEAGUE)
    met = first_day.unfold(card, words["part_met"])
    expect(met.get_by_label(words["known_ases"]["colleague"], exact=True)).to_be_checked()
    unsure = texts("coach", "ja")["last_talks"]["unsure"]
    expect(met.get_by_label(unsure, exact=True)).to_be_checked()
    for said in ("last_met", "known_span"):
        expect(card).not_to_contain_text(words[said].partition("{")[0])


def test_the_kind_of_person_shows_whom_she_knows_of_it(first_day: Walk) -> None:
    words = texts("contacts", "ja")["screens"]["people"]
    card = first_day.card(BRIDGE)
    card.get_by_label(words["role_id"], exact=True).select_option(ROLE)
    first_day.pick(card, words["ahead"], words["aheads"]["far"])
    first_day.saved(card)
    card = first_day.card(NEW)
    expect(card.get_by_label(words["aheads"]["steps"], exact=True)).to_be_checked()

    kind = first_day.at("02-goal", "kinds").locator("li.card").first
    expect(kind).to_contain_text(NEW)
    expect(kind).to_contain_text(BRIDGE)
    expect(kind).not_to_contain_text(FRIEND)


def test_a_second_person_of_the_same_name_is_noticed_at_entry(first_day: Walk) -> None:
    capture = first_day.at("04-contacts", "add")
    twin = first_day.words("add")["kept_twin"].format(name=NEW)
    first_day.keep_person("宮下 千尋", "known", "year")
    expect(capture.locator(".saved")).to_contain_text("宮下 千尋")
    expect(capture.locator(".saved")).not_to_contain_text(twin.partition("。")[2])
    first_day.keep_person(NEW, "known", "year", is_other=True)
    expect(capture.locator(".saved")).to_have_text(twin)


def test_imported_people_are_named_nowhere_until_something_is_said_about_them(
    first_day: Walk,
) -> None:
    bring = first_day.at("04-contacts", "add")
    first_day.unfold(bring, first_day.words("add")["from_file"])
    bring.locator("input[type=file]").set_input_files(FILES / "linkedin.csv")
    bring.locator(".acts .main").click()
    expect(bring.locator('[data-focus="earlier"]')).to_be_visible(timeout=20_000)
    circle = stands_near(first_day)
    expect(circle).to_contain_text(FRIEND)
    expect(circle).not_to_contain_text(IMPORTED)
    expect(suggested(first_day)).not_to_contain_text(IMPORTED)

    words = texts("contacts", "ja")["screens"]["people"]
    card = first_day.card(IMPORTED)
    first_day.pick(card, words["known_as"], words["known_ases"]["friend"])
    first_day.saved(card)
    expect(stands_near(first_day)).to_contain_text(IMPORTED)


def test_somebody_with_signs_of_solicitation_is_named_only_beside_the_refusals(
    first_day: Walk, warned: None
) -> None:
    circle = stands_near(first_day)
    expect(circle).to_contain_text(FRIEND)
    expect(circle).not_to_contain_text(PUSHY)
    draft = first_day.write_to(PUSHY)
    refuse = texts("drafts", "ja")["kinds"]["refuse"]["name"]
    expect(draft.locator("select").first.locator("option:checked")).to_have_text(refuse)
    first_day.throw_away(draft)
    expect(suggested(first_day)).to_contain_text(NEW)
    expect(suggested(first_day)).not_to_contain_text(PUSHY)


def test_the_help_after_solicitation_names_the_number_to_call(
    first_day: Walk, warned: None
) -> None:
    card = first_day.card(PUSHY)
    checklist = first_day.unfold(card, texts("coach", "ja")["signs"]["title_person"])
    expect(checklist).to_contain_text("警察の相談電話 #9110 へ。")


def test_rather_not_ends_the_suggestions_about_a_person(first_day: Walk, warned: None) -> None:
    words = texts("contacts", "ja")["screens"]["people"]
    card = first_day.card(TIRING)
    closeness = texts("coach", "ja")["closeness"]
    first_day.pick(card, words["closeness"], closeness["friendly"])
    first_day.saved(card)
    expect(suggested(first_day)).to_contain_text(TIRING)
    card = first_day.card(TIRING)
    first_day.pick(card, words["afternoon"], words["afternoons"]["rather_not"])
    first_day.saved(card)
    expect(suggested(first_day)).to_contain_text(NEW)
    expect(suggested(first_day)).not_to_contain_text(TIRING)


def test_without_a_written_moment_nothing_is_said_of_what_a_strength_rests_on(
    first_day: Walk,
) -> None:
    strength = "紙の手ざわりを選ぶ"
    inventory = first_day.at("03-strengths", "inventory")
    inventory.locator("[data-prompt]").first.fill(strength)
    inventory.locator("[data-prompt]").first.press("Enter")
    expect(inventory.locator(".jotted textarea").last).to_have_value(strength)
    evidence = first_day.at("03-strengths", "evidence")
    words, levels = first_day.words("evidence"), texts("coach", "ja")["levels"]
    evidence.get_by_role("button", name=words["choose_one"].format(name=strength)).click()
    core = evidence.locator("section.card", has_text=strength)
    moment = core.get_by_label(f"{words['row_n'].format(n=1)}: {words['what']}", exact=True)
    expect(moment).to_be_focused()
    expect(core.get_by_text(words["level"], exact=True)).to_have_count(0)

    first_day.write(
        core,
        f"{words['row_n'].format(n=1)}: {words['what']}",
        "詩集の紙を三案出して、著者に選んでもらった",
    )
    expect(core.locator(".carried")).to_have_count(0)
    first_day.unfold(core, words["level"])
    first_day.pick(core, words["level"], levels["2"])
    expect(core.locator(".carried")).to_contain_text(levels["2"])


def test_a_message_that_was_sent_gives_way_to_the_next_step_and_to_the_next_person(
    first_day: Walk,
) -> None:
    draft = first_day.write_to(COLLEAGUE)
    words = first_day.words("draft")
    first_day.write(draft, words["text"], "三輪さん、先日の校正の件、助かりました。")
    draft.get_by_role("button", name=words["sent_it"], exact=True).click()
    expect(draft).to_contain_text(words["after"].format(name=COLLEAGUE))
    draft.get_by_role("button", name=words["no_next"], exact=True).click()
    expect(draft.get_by_role("combobox", name=words["who"])).to_be_visible()


# -- a week later ----------------------------------------------------------------------------------


def test_what_she_wrote_is_carried_over_with_its_day_and_stands_in_the_plan(
    week_later: Walk,
) -> None:
    week = week_later.home()
    for words in (PARCEL, GIFT, SOON):
        expect(week.locator(".of-carried")).to_contain_text(words)
    for words in (ANY_DAY, ONE_THING, VISIT):
        expect(week).to_contain_text(words)
    week.get_by_role("button", name=week_later.words("my_week")["print"], exact=True).click()
    plan = week.locator("article.page")
    for words in (PARCEL, GIFT, SOON, ANY_DAY, ONE_THING):
        expect(plan).to_contain_text(words)


def test_the_letter_is_made_of_her_own_lines_and_keeps_a_promise_not_yet_due_out(
    week_later: Walk,
) -> None:
    sheet = week_later.at("05-week", "letter")
    letter, words = sheet.locator("article.letter"), week_later.words("letter")
    expect(letter).to_contain_text(words["wish"].format(wishes=WISH))
    expect(letter).to_contain_text(words["open"].format(names=f"{FRIEND}さん"))
    expect(letter).to_contain_text(words["next"].partition("{")[0])
    following = letter.locator("section", has_text=words["next"].partition("{")[0])
    for name in (FRIEND, BRIDGE):
        expect(following).to_contain_text(name)
    expect(following).not_to_contain_text(COLLEAGUE)
    expect(following).to_contain_text(ONE_THING)
    for name in (PUSHY, "（見本）"):
        expect(letter).not_to_contain_text(name)


def test_a_missed_promise_leaves_a_friend_as_close_as_she_said(week_later: Walk) -> None:
    card = week_later.card(FRIEND)
    broken = week_later.words("people")["broken_which"].format(words=SOON)
    card.get_by_role("button", name=broken, exact=True).click()
    expect(card.get_by_role("button", name=broken, exact=True)).to_have_count(0)
    closeness = texts("coach", "ja")["closeness"]
    expect(card.get_by_label(closeness["close"], exact=True)).to_be_checked()
    card = week_later.card(COLLEAGUE)
    expect(card.get_by_label(closeness["companion"], exact=True)).to_be_checked()
    draft = week_later.write_to(FRIEND)
    friendly = texts("drafts", "ja")["levels"]["friendly"]
    expect(draft.get_by_label(friendly, exact=True)).to_be_checked()
    week_later.throw_away(draft)


def test_done_ends_the_gift_and_writes_no_meeting(week_later: Walk, gift_given: None) -> None:
    week = week_later.home()
    expect(week).to_contain_text(PARCEL)
    expect(week).not_to_contain_text(GIFT)
    log = week_later.at("05-week", "note")
    expect(log.get_by_role("heading", name=week_later.words("note")["last"])).to_be_visible()
    expect(log).not_to_contain_text(FRIEND)


# -- a month and a quarter later -------------------------------------------------------------------


def test_a_month_later_what_is_not_done_is_still_there(month_later: Walk) -> None:
    week = month_later.home()
    for words in (PARCEL, VISIT, ANY_DAY, ONE_THING):
        expect(week).to_contain_text(words)
    expect(week).not_to_contain_text(SOON)


def test_a_month_later_she_is_asked_once_what_the_gift_did(
    month_later: Walk, effect_told: None
) -> None:
    gift = month_later.at("04-contacts", "gift")
    words = month_later.words("gift")
    expect(gift.locator(".asked")).to_have_count(0)
    gladdened = month_later.unfold(gift, words["gladdened"])
    expect(gladdened).to_contain_text(EFFECT)
    expect(gladdened).to_contain_text(GIFT)


def test_a_quarter_later_the_letter_names_no_one_who_tried_to_sell(quarter_later: Walk) -> None:
    letter = quarter_later.at("05-week", "letter").locator("article.letter")
    expect(letter).to_contain_text(WISH)
    expect(letter).to_contain_text(GIFT)
    expect(letter).to_contain_text(EFFECT)
    expect(letter).not_to_contain_text(PUSHY)
    expect(quarter_later.home()).to_contain_text(ANY_DAY)
