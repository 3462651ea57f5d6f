"""In a real browser, from the sample book: the coach says why, reads a draft, keeps the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from enishi.book import open_book
from enishi.choices import INTRODUCTION_STEPS
from enishi.coach.language.promise_titles import promise_title
from enishi.coach.network.introduction_steps import step_after
from enishi.coach.rules.advice import read_pieces
from enishi.coach.rules.catalogue import RULES
from enishi.i18n import format_text, read_advice, texts
from enishi.sample_book import load_sample, sample_rows
from serving import wait_until
from walking import Walk, walking

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

SEEN_BESIDE = """
() => {
  const letter = document.querySelector("article.letter");
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = [];
  while (texts.nextNode()) {
    const { data, parentElement: around } = texts.currentNode;
    if (data.trim() && !letter.contains(around) && around.checkVisibility()) seen.push(data.trim());
  }
  return seen;
}
"""
"""Every text that is seen and not in the letter."""


@pytest.fixture(scope="module", params=["ja", pytest.param("en", marks=pytest.mark.thorough)])
def walk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[Walk]:
    """A person with the sample in their book, in each language; every claim has its own screen."""
    data = tmp_path_factory.mktemp("coach") / "data"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ENISHI_DATA", str(data))
        environment.delenv("ENISHI_DATABASE", raising=False)
        environment.delenv("ENISHI_PERSON", raising=False)
        book = open_book()
        load_sample(book, request.param, date.today())
        book.close()
    with walking(chromium, data, request.param) as begun:
        yield begun


def sample(walk: Walk, table: str, key: str) -> dict[str, Any]:
    """A row of the sample, as it is told in the person's language."""
    return sample_rows(walk.language, date.today())[table, f"sample-{key}"]


def rule(walk: Walk, key: str) -> Any:
    """The words of a rule."""
    return texts("rules", walk.language)[key]


def press(part: Locator, name: str) -> None:
    """Press the button that is called so."""
    part.get_by_role("button", name=name, exact=True).click()


def open_reason(walk: Walk, part: Locator, key: str) -> Locator:
    """Open where a suggestion comes from; see the rule and the advice it follows."""
    words = texts("common", walk.language)["reason"]
    pieces = read_pieces(read_advice())
    part.get_by_text(words["why"], exact=True).click()
    source = part.locator(".source .inside")
    expect(source.get_by_role("definition").first).to_have_text(rule(walk, key)["name"])
    for advice in (pieces[id] for id in RULES[key] if id in pieces):
        expect(source.locator("dd p", has_text=advice.say[walk.language])).to_be_visible()
    return source


def test_a_reason_shows_rule_data_and_source_and_its_rule_can_be_switched_off_and_on(
    walk: Walk,
) -> None:
    name = rule(walk, "promise")["name"]
    promised = promise_title(sample(walk, "promise", "hanako_site")["words"])
    walk.open("05-week", "my_week")
    week, words = walk.page.locator("section#my_week"), walk.words("my_week")
    row = week.locator("li.item", has_text=promised)
    more = format_text(words["act_name"], {"act": words["more_acts"], "text": promised})
    press(row, more)
    source = open_reason(walk, row, "promise")
    expect(source.get_by_role("definition").nth(1)).to_contain_text(promised)

    press(source, f"{texts('common', walk.language)['reason']['silence']} – {name}")
    expect(row.locator(".source")).to_have_count(0)
    expect(row).to_be_visible()  # the promise itself is the person's and stays
    week.get_by_text(words["measure"], exact=True).click()
    expect(week.get_by_role("heading", name=words["off"])).to_be_visible()
    expect(week.locator("ul.off li")).to_contain_text(name)

    walk.open("07-settings", "rules")
    rules = walk.page.locator("section#rules")
    rules.get_by_label(walk.words("rules")["find"], exact=True).fill(name)
    switch = rules.locator("label.option", has_text=name)
    expect(switch.get_by_text(walk.words("rules")["off"])).to_be_visible()
    switch.get_by_role("checkbox").check()
    expect(switch.get_by_text(walk.words("rules")["off"])).to_have_count(0)
    walk.open("05-week", "my_week")
    press(row, more)
    expect(row.locator(".source")).to_be_attached()


def test_an_ask_too_early_is_read_kindly_and_seen_from_the_other_chair(walk: Walk) -> None:
    walk.open("04-contacts", "draft")
    draft, words = walk.page.locator("section#draft"), walk.words("draft")
    title = draft.locator('[data-focus="draft"]')
    text = draft.locator('[data-focus="text"]')
    aoi = sample(walk, "contact", "aoi")["name"]
    expect(title).to_have_count(0)  # no draft opens by itself
    draft.locator(".begun li").filter(has_text=aoi).get_by_role("button").click()
    expect(title).to_contain_text(aoi)
    expect(text).to_have_value(sample(walk, "message", "aoi_first")["text"])

    kindly = draft.locator(".kindly")
    expect(kindly).to_contain_text(rule(walk, "ask_stage")["why"])
    expect(kindly.locator("strong")).to_have_text(rule(walk, "ask_stage")["act"])
    open_reason(walk, kindly, "ask_stage")

    press(draft, words["chair_take"])
    expect(title).to_have_text(words["chair_of"].format(name=aoi))
    expect(title).to_be_focused()
    chair, told = draft.locator(".chair"), texts("coach", walk.language)["chair"]
    for line in ("sees_once", "gains_question", "fear_sold", "fear_no_way_out"):
        expect(chair.locator("li").get_by_text(told[line], exact=True)).to_be_visible()
    expect(chair.get_by_role("heading", name=words["payer"])).to_be_visible()
    expect(chair.get_by_text(told["payer_0"], exact=True)).to_be_visible()
    press(draft, words["chair_back"])

    early = rule(walk, "lint_business_early")
    gentler = texts("drafts", walk.language)["gentler"]["lint_business_early"]
    finding = draft.locator(".noticed li.card", has_text=early["why"])
    expect(finding.locator("q")).not_to_be_empty()
    quoted = finding.locator("q").inner_text()
    assert quoted in text.input_value()
    expect(finding.locator(".softer")).to_have_text(gentler)
    open_reason(walk, finding, "lint_business_early")
    press(finding, f"{words['soften']} – {early['name']}")
    expect(text).to_have_value(re.compile(re.escape(gentler)))
    assert quoted not in text.input_value()
    expect(finding).to_have_count(0)

    press(draft, words["chair_take"])
    expect(chair.get_by_text(told["sees_once"], exact=True)).to_be_visible()
    expect(chair.get_by_text(told["fear_sold"], exact=True)).to_have_count(0)


def test_a_way_to_somebody_goes_to_the_desk_and_step_by_step_to_telling_how_it_went(
    walk: Walk,
) -> None:
    walk.open("04-contacts", "introductions")
    sheet, words = walk.page.locator("section#introductions"), walk.words("introductions")
    steps = texts("coach", walk.language)["desk"]
    jiro, taro = (sample(walk, "contact", key)["name"] for key in ("jiro", "taro"))
    named = words["named"].format(name=jiro)
    sheet.locator('[data-focus="wish"]').fill(jiro)
    sheet.locator('[data-focus="wish"]').press("Enter")

    errand = sheet.locator("li.introduction", has=walk.page.locator("h3", has_text=named))
    way = errand.locator(".ways li", has_text=taro)
    said = way.locator(".way").inner_text()
    assert said.startswith(words["me"]) and taro in said and said.endswith(named)
    press(way, words["through"].format(name=taro))
    expect(errand.locator("h3")).to_have_text(words["meet_through"].format(name=named, bridge=taro))
    here = errand.locator('[aria-current="step"]')
    expect(here).to_contain_text(steps[INTRODUCTION_STEPS[0]])

    answers = {"bridge_agreed": words["named"].format(name=taro), "target_agreed": named}
    for step in map(step_after, INTRODUCTION_STEPS[:-1]):
        reached = words["reached"].format(step=steps[step])
        if step in answers:
            reached = words["agreed"].format(who=answers[step])
        press(errand, f"{reached} – {named}")
        if step != INTRODUCTION_STEPS[-1]:
            expect(here).to_contain_text(steps[step])
    expect(errand).to_have_count(0)
    walk.saved(sheet)

    walk.page.reload()
    sheet.get_by_text(words["past"], exact=True).click(timeout=30_000)
    past = sheet.locator("li.past", has_text=jiro)
    expect(past.locator(".tag")).to_have_text(steps["reported"])
    expect(past).to_be_visible()
    expect(errand).to_have_count(0)


def test_only_the_letter_is_printed_and_it_keeps_to_one_page(walk: Walk) -> None:
    walk.open("05-week", "letter")
    sheet = walk.page.locator("section#letter")
    letter = sheet.locator("article.letter")
    walk.write(sheet, walk.words("letter")["closing"], walk.words("letter")["closing_example"])
    assert walk.page.evaluate(SEEN_BESIDE) != []

    walk.page.evaluate("addEventListener('beforeprint', () => { window.sentToPrinter = true })")
    press(sheet, walk.words("letter")["print"])
    wait_until(lambda: bool(walk.page.evaluate("window.sentToPrinter")))
    walk.page.emulate_media(media="print")
    expect(letter).to_be_visible()
    expect(letter).to_contain_text(walk.words("letter")["closing_example"])
    assert walk.page.evaluate(SEEN_BESIDE) == []
    printed = walk.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    walk.page.emulate_media(media="screen")


def test_write_opens_the_persons_own_message_also_when_the_page_is_loaded_again(
    walk: Walk,
) -> None:
    """The sample holds a letter to Aoi, begun today: no other row may open it."""
    walk.open("05-week", "my_week")
    week, words = walk.page.locator("section#my_week"), walk.words("my_week")
    hanako, aoi = (sample(walk, "contact", key) for key in ("hanako", "aoi"))
    promised = promise_title(sample(walk, "promise", "hanako_site")["words"])
    row = week.locator("li.item", has_text=promised)
    press(row, format_text(words["act_name"], {"act": words["more_acts"], "text": promised}))
    press(row, format_text(words["act_name"], {"act": words["write"], "text": promised}))
    walk.page.wait_for_url("**/04-contacts.ipynb#draft=*")
    walk.name = "04-contacts"
    title = walk.page.locator("section#draft .draft h3").first
    expect(title).to_contain_text(hanako["name"], timeout=60_000)
    walk.page.reload()
    expect(title).to_contain_text(hanako["name"], timeout=60_000)
    begun = walk.page.locator("section#draft .begun li").filter(has_text=aoi["name"])
    begun.get_by_role("button").click()
    expect(title).to_contain_text(aoi["name"])
    walk.page.reload()
    expect(title).to_contain_text(aoi["name"], timeout=60_000)
