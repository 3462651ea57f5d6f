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
from serving import Serving, serving, watch
from walking import LOCALES
from widgets.base.assets import WIDGETS

pytest_plugins = ["server_fixtures"]

NAMES = ("西村", "由紀子", "にしむら", "森本", "健太", "Hanae", "Fujita")
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
    for (const name of ["aria-label", "title", "alt", "placeholder", "aria-valuetext"])
      look(name, element.getAttribute(name) ?? "");
  for (const field of document.querySelectorAll("input[type=text], input[type=search], textarea"))
    if (getComputedStyle(field).color !== "rgba(0, 0, 0, 0)") look("field", field.value);
  look("page title", document.title);
  return found;
}"""
"""Returns every full name that stands in a text, in an attribute or visibly in a field."""
PAGES = ("01-start", "02-goal", "03-strengths", "04-contacts", "05-week", "06-pictures")
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
        book.add("goal", wish="西村 由紀子のような編集者になる")
        book.add("relation", a_id=ben, b_id=ann, kind="student")
        book.engine.dispose()
    with serving(data, shared("workbooks")) as server:
        yield server


def go(page: Page, server: Serving, name: str, sheet: str) -> None:
    page.goto("about:blank")
    page.goto(f"{server.root}/voila/render/{name}.ipynb#{sheet}")
    expect(page.locator(f"section#{sheet} h2")).to_be_visible(timeout=60_000)


@pytest.mark.thorough
def test_no_sheet_shows_a_full_name_until_it_is_pointed_at(
    peopled: Serving, chromium: Browser
) -> None:
    with chromium.new_context(locale=LOCALES["ja"]) as context:
        seen = watch(context)
        page = seen.page
        page.request.get(peopled.address, max_redirects=0)
        go(page, peopled, "04-contacts", "people")
        found = page.locator("section#people ul.found button")
        expect(found).to_have_count(3)
        assert page.evaluate(SEEN, NAMES)
        page.keyboard.press("Control+.")
        out = page.get_by_role("button", name=texts("workbook", "ja")["head"]["show_names"])
        expect(out).to_be_visible()
        assert page.evaluate(SEEN, NAMES) == []

        found.filter(has_text="西○").hover()
        found.filter(has_text="西").locator("span").first.hover()
        expect(found.filter(has_text="西村 由紀子")).to_have_count(1)
        page.mouse.move(0, 0)
        expect(found.filter(has_text="西村 由紀子")).to_have_count(0)
        found.filter(has_text="西○").focus()
        expect(found.filter(has_text="西村 由紀子")).to_have_count(1)
        found.filter(has_text="西村").click()
        expect(page.locator(".person-card")).to_be_visible()
        page.locator(".person-card details").evaluate_all("all => all.forEach(d => d.open = true)")
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        expect(page.locator(".field[data-masked]").first).to_be_attached()
        assert page.evaluate(SEEN, NAMES) == []
        name = page.locator(".person-card input").filter(visible=True).first
        assert name.evaluate("field => field.value") is not None

        for each in PAGES:
            screens = texts(each.partition("-")[2], "ja")["screens"]
            for sheet in screens:
                go(page, peopled, each, sheet)
                expect(out).to_be_visible()
                assert page.evaluate(SEEN, NAMES) == [], (each, sheet)
        page.keyboard.press("Control+k")
        page.get_by_role("combobox").fill("にし")
        expect(page.get_by_role("option").first).to_contain_text("西○")
        page.keyboard.press("Escape")
        out.click()
        expect(out).to_have_count(0)
        go(page, peopled, "04-contacts", "people")
        assert page.evaluate(SEEN, NAMES)
        assert seen.complaints == []


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
