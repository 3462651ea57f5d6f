"""A person who walks through the workbook in a real browser, against a server of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from enishi.clock import DAYS_AHEAD
from enishi.i18n import texts
from enishi.paths import shared
from serving import Serving, Witness, serving, watch

LOCALES = {"ja": "ja-JP", "en": "en-GB"}


class Walk:
    """A person at the browser: what they do on a page, in the words they see there.

    `root` is where they reach the server, if not at its own address.
    """

    def __init__(self, server: Serving, witness: Witness, language: str, root: str = "") -> None:
        self.server = server
        self.witness = witness
        self.page = witness.page
        self.language = language
        self.root = root or server.root
        self.name = ""
        self.page.request.get(server.address, max_redirects=0)  # enters, and opens no page yet

    def open(self, name: str, screen: str = "") -> None:
        """Open a workbook, at one of its screens."""
        self.page.goto("about:blank")  # so that only another fragment is still another visit
        self.page.goto(f"{self.root}/voila/render/{name}.ipynb#{screen}")
        self.name = name
        expect(self.page.locator("main section.sheet:visible")).to_have_count(1, timeout=60_000)

    def turn(self, screen: str) -> Locator:
        """Turn to a screen through the questions on top, and return it."""
        sheet = self.page.locator(f"section#{screen}")
        turned = not sheet.is_visible()
        link = self.page.locator(f'.steps a[href="#{screen}"]')
        opener = self.page.locator(".steps .opener")  # of a phone: the list is closed at first
        expect(link.or_(opener).filter(visible=True).first).to_be_visible()
        if opener.is_visible():
            opener.click()
        link.click()
        expect(sheet.locator("h2")).to_be_visible()
        if turned:
            expect(sheet.locator("h2")).to_be_focused()
        return sheet

    def words(self, screen: str) -> Any:
        """The copy of a screen of this workbook."""
        return texts(self.name.partition("-")[2], self.language)["screens"][screen]

    def saved(self, part: Locator) -> None:
        """See that the sheet, of which this is a part, says so."""
        sheet = part.locator("xpath=ancestor-or-self::section[contains(@class, 'sheet')]")
        expect(sheet.locator(".saved")).to_have_text(texts("common", self.language)["saved"])

    def write(self, sheet: Locator, label: str, text: str) -> None:
        """Write in a field, leave it, and wait until it is saved."""
        field = sheet.get_by_label(label, exact=True).first
        field.fill(text)
        node = field.element_handle()
        field.press("Tab")
        self.page.wait_for_function("node => !node._edit", arg=node)
        self.saved(sheet)

    def choose_person(self, sheet: Locator, name: str) -> None:
        """Type a name and take the first one found."""
        sheet.locator(".person input").first.fill(name)
        sheet.locator('.person li[role="option"]').first.click()

    def at(self, name: str, screen: str) -> Locator:
        """Turn to a screen of this workbook, or open another one at a screen; return the screen."""
        if name == self.name:
            return self.turn(screen)
        self.open(name, screen)
        return self.page.locator(f"section#{screen}")

    def pick(self, part: Locator, question: str, answer: str) -> None:
        """Choose one of the few answers to a question."""
        part.get_by_role("group", name=question).get_by_label(answer, exact=True).check()

    def unfold(self, part: Locator, title: str) -> Locator:
        """Open a section that is folded, if it is not open, and return it."""
        fold = part.locator("details", has=part.page.get_by_text(title, exact=True)).last
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()
        return fold

    def keep_person(
        self,
        name: str,
        known_as: str = "",
        last_talk: str = "",
        role: str = "",
        ahead: str = "",
        step: str = "",
        on: str = "",
        is_other: bool = False,
    ) -> Locator:
        """Note a person on the form for quick entry, as the fields ask; return the screen."""
        add, words = self.page.locator("section#add"), self.words("add")
        line = texts("coach", self.language)["quick_line"]
        form = add.locator("form.add")
        form.get_by_label(words["full_name"], exact=True).fill(name)
        if step:
            form.get_by_label(line["label"], exact=True).fill(step)
        if on:
            form.get_by_label(line["on"], exact=True).fill(on)
        last_talks = texts("coach", self.language)["last_talks"]
        for question, answer in (
            ("known_as", words["known_ases"].get(known_as)),
            ("last_talk", last_talks.get(last_talk)),
            ("role_id", role),
            ("ahead", words["aheads"].get(ahead)),
        ):
            if answer:
                self.pick(form, words[question], answer)
        form.get_by_role("button", name=words["keep"], exact=True).click()
        if is_other:
            other = words["other"].format(name=name)
            add.get_by_role("button", name=other, exact=True).click()
        expect(add.locator("li.card h4").first).to_contain_text(name)
        return add

    def card(self, name: str) -> Locator:
        """Find a person in the list of people, and return their card."""
        people = self.at("04-contacts", "people")
        words = self.words("people")
        search = people.get_by_label(words["search"], exact=True)
        back = people.get_by_role("button", name=words["close_card"], exact=True)
        expect(search.or_(back)).to_be_visible()
        if back.is_visible():
            back.click()
        search.fill(name)
        found = people.locator("ul.found li")
        expect(found.filter(has_not_text=name)).to_have_count(0)  # the search is answered
        found.filter(has_text=name).first.get_by_role("button").click()
        card = people.locator(".card", has=self.page.get_by_role("heading", name=name, exact=True))
        expect(card).to_be_visible()
        return card

    def plan_gift(self, name: str, idea: str, on: str = "") -> None:
        """Plan an own idea for a person in focus."""
        gift = self.at("04-contacts", "gift")
        words = self.words("gift")
        form = self.unfold(gift, name).locator("form.own")
        form.get_by_label(words["own_idea"], exact=True).fill(idea)
        form.get_by_label(words["on"], exact=True).fill(on)
        form.get_by_role("button", name=words["plan"], exact=True).click()
        let_go = f"{words['let_go']} – {idea}"
        expect(gift.get_by_role("button", name=let_go, exact=True)).to_be_visible()

    def promise(self, name: str, said: str, due: str = "") -> None:
        """Note on their card what the person promised somebody."""
        card = self.card(name)
        words, line = self.words("people"), texts("coach", self.language)["quick_line"]
        form = card.locator("form", has=self.page.get_by_label(line["label"], exact=True))
        form.get_by_label(line["label"], exact=True).fill(said)
        if due:
            form.get_by_label(line["on"], exact=True).fill(due)
        else:
            form.get_by_label(line["label"], exact=True).press("Tab")
        kinds = texts("week", self.language)["screens"]["my_week"]["line_kinds"]
        self.pick(form, line["kind"], kinds["promise"])
        form.get_by_role("button", name=line["add"], exact=True).click()
        kept = words["kept_which"].format(words=said)
        expect(card.get_by_role("button", name=kept, exact=True)).to_be_visible()

    def focus_on(self, name: str) -> None:
        """Bring a person into focus on their card."""
        card, words = self.card(name), self.words("people")
        take_in, let_rest = (
            words[key].format(name=name) for key in ("take_in_who", "let_rest_who")
        )
        card.get_by_role("button", name=take_in, exact=True).click()
        expect(card.get_by_role("button", name=let_rest, exact=True)).to_be_visible()

    def home(self) -> Locator:
        """Open my week, with everything that it has after a pause, too."""
        week = self.at("05-week", "my_week")
        words = self.words("my_week")
        expect(week.get_by_role("link", name=words["look_back"], exact=True)).to_be_visible()
        others = re.escape(words["others"]).replace(r"\{n\}", r"\d+")
        rest = week.get_by_role("button", name=re.compile(others))
        if rest.is_visible():
            rest.click()
        folded = week.locator(".group > details:not([open]) > summary")
        while folded.count():
            folded.first.click()
        return week

    def settle(self, act: str, said: str) -> None:
        """Press the act of a row of my week that ends it, and see it leave."""
        week = self.home()
        words = self.words("my_week")
        name = words["act_name"].format(act=words["done"][act], text=said)
        week.get_by_role("button", name=name, exact=True).click()
        expect(week.locator("li.item", has_text=said)).to_have_count(0)

    def first_text(self, name: str) -> str:
        """Return the text that a message to a person begins with, and throw the message away."""
        draft = self.write_to(name)
        text = draft.locator('[data-focus="text"]').input_value()
        self.throw_away(draft)
        return text

    def throw_away(self, draft: Locator) -> None:
        """Throw the open message away."""
        words = self.words("draft")
        draft.get_by_role("button", name=words["throw_away"], exact=True).click()
        expect(draft.get_by_role("combobox", name=words["who"])).to_be_visible()

    def write_to(self, name: str) -> Locator:
        """Begin a message to a person, and return it."""
        draft = self.at("04-contacts", "draft")
        words = self.words("draft")
        other = draft.get_by_role("button", name=words["somebody_else"])
        expect(other.or_(draft.locator(".person input")).first).to_be_visible()
        if other.is_visible():
            other.click()
        self.choose_person(draft, name)
        expect(draft.locator('[data-focus="draft"]')).to_contain_text(name)
        return draft


@contextmanager
def walking(chromium: Browser, data: Path, language: str, days_ahead: int = 0) -> Iterator[Walk]:
    """Let a person begin in a language; at the end nothing went out and nothing broke.

    The server's clock, and that of its kernels, is `days_ahead` days ahead.
    """
    with serving(data, shared("workbooks"), **{DAYS_AHEAD: str(days_ahead)}) as server:
        context = chromium.new_context(
            locale=LOCALES[language], viewport={"width": 1280, "height": 900}
        )
        witness = watch(context)
        yield Walk(server, witness, language)
        assert witness.strangers() == []
        assert witness.complaints == []
        context.close()


class Visits:
    """The visits of one person to one book, on days that lie apart.

    Each visit has a server and a browser of its own. The page asks for no date but Python's, so
    the server's clock is the only one that has to be moved.
    """

    def __init__(self, chromium: Browser, data: Path, language: str) -> None:
        self.chromium = chromium
        self.data = data
        self.language = language
        self.visit = ExitStack()

    def begin(self, days_ahead: int) -> Walk:
        """End the visit before, if there was one, and come back so many days from today."""
        self.visit.close()
        return self.visit.enter_context(
            walking(self.chromium, self.data, self.language, days_ahead)
        )


@contextmanager
def visiting(chromium: Browser, data: Path, language: str) -> Iterator[Visits]:
    """Give a person an empty book to come back to."""
    visits = Visits(chromium, data, language)
    with visits.visit:
        yield visits


LOOKS = [
    pytest.param(
        {"locale": locale, "color_scheme": scheme, "viewport": {"width": width, "height": 800}},
        marks=() if number in (0, 2) else pytest.mark.thorough,
    )
    for number, (locale, scheme, width) in enumerate(
        (
            ("ja-JP", "light", 360),
            ("en-GB", "dark", 360),
            ("en-GB", "light", 1280),
            ("ja-JP", "dark", 1280),
        )
    )
]
"""How a page may look; `make test` takes the phone in Japanese and the wide window in English."""


def fits(tab: Page) -> bool:
    """Tell whether the page can be read without scrolling sideways."""
    return bool(tab.evaluate("document.documentElement.scrollWidth <= innerWidth"))
