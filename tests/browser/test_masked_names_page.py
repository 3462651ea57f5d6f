"""Names as initials while a screen is shared: on every sheet, until they are pointed at."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from enishi.book import open_book
from enishi.i18n import texts
from enishi.i18n.initials import ORDINARY, PARTICLES, forms_of, hide_names
from enishi.i18n.names import HONORIFICS
from enishi.paths import shared
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from serving import Serving, serving, watch
from walking import LOCALES
from widgets.base.assets import WIDGETS

pytest_plugins = ["server_fixtures"]

NAMES = (
    *("西村", "由紀子", "にしむら", "森本", "健太", "Hanae", "Fujita"),
    *("Zoë", "Zoe", "Quillon", "Ottoline", "Brandtfeld", "Isolde", "Marchbanks", "Dorrance"),
)
SEEN = """names => {
  const found = [];
  const look = (where, text) => {
    for (const name of names) if (text.includes(name)) found.push(`${where}: ${text}`);
  };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest("script, style, textarea"))
      look("text", walker.currentNode.data);
  for (const element of document.querySelectorAll("*"))
    for (const name of ["aria-label", "title", "alt", "placeholder", "aria-valuetext", "label"])
      look(name, element.getAttribute(name) ?? "");
  for (const field of document.querySelectorAll("input[type=text], input[type=search], textarea"))
    if (getComputedStyle(field).color !== "rgba(0, 0, 0, 0)") look("field", field.value);
  look("page title", document.title);
  return found;
}"""
"""Returns every full name that stands in a text, in an attribute or visibly in a field."""
PAGES = (
    *("01-start", "02-goal", "03-strengths", "04-contacts"),
    *("05-week", "06-pictures", "07-settings", "08-sharing"),
)
TEXTS = [
    *("架空さんに本を返す", "花子と話す", "花子供会", "はなこに会う", "はなことば", "架空花子様へ"),
    *("ask Mara", "Marathon", "MARA’s book", "will write", "Will wrote", "Ｍａｒａ と", "ﾊﾅｺさん"),
    *("林さん", "林檎", "森林", "林に行く", "", "○", "架○", "🙂架空🙂", "김민수가", "Lind, Mara"),
]


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server of the real workbooks, whose book names people in many places."""
    data = tmp_path_factory.mktemp("masked") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENISHI_DATA", str(data))
        book = open_book()
        kana = {"family_kana": "にしむら", "given_kana": "ゆきこ"}
        ann = book.add("contact", name="西村 由紀子", known_as="known", focus=True, **kana)
        ben = book.add("contact", name="森本 健太", through_id=ann, known_as="friend")
        book.add("contact", name="Hanae Fujita", note="西村さんの友人")
        book.add("promise", contact_id=ann, words="森本さんを紹介する", by="me")
        book.add("step", contact_id=ben, words="健太に電話する")
        book.add("encounter", contact_id=ann, on="2026-11-01", note="Fujitaさんのことを話した")
        goal = book.add("goal", wish="西村 由紀子のような編集者になる")
        book.add("relation", a_id=ben, b_id=ann, kind="student")
        zoe = book.add("contact", name="Zoë Quillon", known_as="friend", focus=True, through_id=ann)
        address = "ottoline.brandtfeld@example.com"
        dee = book.add("contact", name="Ottoline van der Brandtfeld", email=address, alias="Otti")
        book.add("contact", name="Isolde Dorrance", trashed_on="2026-11-01")
        book.add("promise", contact_id=zoe, words="introduce Zoe to the Brandtfelds", by="me")
        book.add("step", contact_id=dee, words="call OTTOLINE about Zoë’s scores")
        book.add("encounter", contact_id=zoe, on="2026-11-20", note="Spoke about Isolde")
        book.add("give", contact_id=zoe, what="A score Zoe loves", state="done", on="2026-11-21")
        book.add("tie", a_id=zoe, b_id=dee, state="close")
        book.add("voice", who="Isolde Marchbanks", asked_on="2026-11-02")
        book.add("way", goal_id=goal, words="Study with Zoe", heard_from="Isolde Marchbanks")
        book.engine.dispose()
    with serving(data, shared("workbooks")) as server:
        yield server


def go(page: Page, server: Serving, name: str, sheet: str) -> None:
    page.goto("about:blank")
    page.goto(f"{server.root}/voila/render/{name}.ipynb#{sheet}")
    expect(page.locator(f"section#{sheet} h2")).to_be_visible(timeout=60_000)


@pytest.mark.thorough
@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_no_sheet_shows_a_full_name_until_it_is_pointed_at(
    peopled: Serving, chromium: Browser, language: str
) -> None:
    initial, name = {"ja": ("西○", "西村 由紀子"), "en": ("Z.Q.", "Zoë Quillon")}[language]
    with chromium.new_context(locale=LOCALES[language]) as context:
        seen = watch(context)
        page = seen.page
        page.request.get(peopled.address, max_redirects=0)
        go(page, peopled, "04-contacts", "people")
        found = page.locator("section#people ul.found button")
        expect(found).to_have_count(5)
        assert page.evaluate(SEEN, NAMES)
        page.keyboard.press("Control+.")
        out = page.get_by_role("button", name=texts("workbook", language)["head"]["show_names"])
        expect(out).to_be_visible()
        assert page.evaluate(SEEN, NAMES) == []

        found.filter(has_text=initial).hover()
        found.filter(has_text=initial).locator("span").first.hover()
        expect(found.filter(has_text=name)).to_have_count(1)
        page.mouse.move(0, 0)
        expect(found.filter(has_text=name)).to_have_count(0)
        found.filter(has_text=initial).focus()
        expect(found.filter(has_text=name)).to_have_count(1)
        found.filter(has_text=name).click()
        expect(page.locator(".person-card")).to_be_visible()
        page.locator(".person-card details").evaluate_all("all => all.forEach(d => d.open = true)")
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        expect(page.locator(".field[data-masked]").first).to_be_attached()
        assert page.evaluate(SEEN, NAMES) == []
        field = page.locator(".person-card input").filter(visible=True).first
        assert field.evaluate("field => field.value") is not None

        for each in PAGES:
            page.goto("about:blank")
            page.goto(f"{peopled.root}/voila/render/{each}.ipynb")
            for sheet in texts(each.partition("-")[2], language)["screens"]:
                page.evaluate("sheet => (location.hash = sheet)", sheet)
                expect(page.locator(f"section#{sheet} h2")).to_be_visible(timeout=60_000)
                expect(out).to_be_visible()
                page.locator("details").evaluate_all("all => all.forEach(d => d.open = true)")
                pictures = page.locator("figure.picture").filter(visible=True)
                for number in range(pictures.count()):
                    pictures.nth(number).scroll_into_view_if_needed()
                expect(page.locator("figure.underway:visible")).to_have_count(0)
                assert page.evaluate(SEEN, NAMES) == [], (each, sheet)
        page.keyboard.press("Control+k")
        field = page.get_by_role("dialog").get_by_role("combobox")
        expect(field).to_be_focused()
        field.fill({"ja": "にし", "en": "quil"}[language])
        expect(page.get_by_role("option").first).to_contain_text(initial)
        page.keyboard.press("Escape")
        out.click()
        expect(out).to_have_count(0)
        go(page, peopled, "04-contacts", "people")
        assert page.evaluate(SEEN, NAMES)
        assert seen.complaints == []


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_names_that_come_and_go_while_names_are_hidden_are_initials(
    peopled: Serving, chromium: Browser, language: str
) -> None:
    words = texts("contacts", language)["screens"]
    initial, row = {
        "ja": ("例○", "氏名,会社,メールアドレス\n例示 次郎,見本,jiro@example.com\n"),
        "en": ("T.A.", "Name,Company,E-mail\nThaddeus Ashcombe,Sample,t.ashcombe@example.com\n"),
    }[language]
    names = ["例示", "次郎", "Thaddeus", "Ashcombe"]
    with chromium.new_context(locale=LOCALES[language]) as context:
        page = watch(context).page
        page.request.get(peopled.address, max_redirects=0)
        page.add_init_script('if (location.host) localStorage.setItem("enishi-names-hidden", "1")')
        go(page, peopled, "04-contacts", "add")
        out = page.get_by_role("button", name=texts("workbook", language)["head"]["show_names"])
        expect(out).to_be_visible()
        page.locator("section#add details").evaluate_all("all => all.forEach(d => d.open = true)")
        page.get_by_label(words["add"]["file"]["paste_here"]).fill(row)
        page.get_by_role("button", name=words["add"]["file"]["paste_read"]).click()
        preview = page.locator("section#add [data-names]")
        expect(preview.get_by_text(initial).first).to_be_visible()
        assert page.evaluate(SEEN, names) == []
        page.locator("section#add .acts button").first.click()
        expect(preview).to_have_count(0)
        assert page.evaluate(SEEN, names) == []

        page.evaluate("location.hash = 'people'")
        found = page.locator("section#people ul.found button")
        found.filter(has_text=initial).click()
        card = page.locator(".person-card")
        card.locator("details").evaluate_all("all => all.forEach(d => d.open = true)")
        card.get_by_role("button", name=words["people"]["forget"], exact=True).click()
        page.get_by_role("button", name=words["people"]["forget_yes"], exact=True).click()
        gone = words["people"]["forgotten"].format(name=initial)
        expect(page.locator("section#people").get_by_text(gone)).to_be_visible()
        page.wait_for_timeout(800)  # by now the page has heard that there is no such name any more
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        assert page.evaluate(SEEN, names) == []


def test_the_page_finds_names_as_python_does(chromium: Browser) -> None:
    names = ["架空 花子", "はなこ", "Mara Lind", "Will Reed", "林 一郎", "김 민수", "ハナコ"]
    forms = forms_of(names)
    told = {
        "key": "",
        "forms": sorted(forms.known),
        "honorifics": [*HONORIFICS, "씨", "님"],
        "particles": PARTICLES,
        "ordinary": sorted(ORDINARY),
    }
    script = (WIDGETS / "frame" / "masking.js").read_text(encoding="utf-8")
    script = script.replace("export ", "") + "\nwindow.hider = nameHider;"
    with chromium.new_context() as context:
        page = context.new_page()
        page.add_script_tag(content=script)
        said = page.evaluate(
            f"texts => texts.map(window.hider({json.dumps(told)}))".replace(
                "map(", "map((text) => "
            ).replace("))", ")(text))"),
            TEXTS,
        )
    assert said == [hide_names(text, forms) for text in TEXTS]


def test_a_picture_saved_while_names_are_hidden_has_initials(
    peopled: Serving, chromium: Browser
) -> None:
    with chromium.new_context(locale=LOCALES["ja"]) as context:
        page = watch(context).page
        page.request.get(peopled.address, max_redirects=0)
        page.add_init_script('localStorage.setItem("enishi-names-hidden", "1")')
        go(page, peopled, "06-pictures", next(iter(texts("pictures", "ja")["screens"])))
        head = texts("workbook", "ja")["head"]
        expect(page.get_by_role("button", name=head["show_names"])).to_be_visible()
        save = page.get_by_role("button", name="SVG").first
        expect(save).to_be_visible(timeout=30_000)
        with page.expect_download() as saved:
            save.click()
        text = saved.value.path().read_text(encoding="utf-8")
        assert "西○" in text and not [name for name in NAMES if name in text]
