"""What can be measured on every screen: what axe finds, what is cut, overlaps, or shifts.

`python tests/support/screens.py FOLDER` looks at all screens, in both languages, light and dark, at
three widths, with 0, 1, 12 and 5,000 people, and leaves a picture of each in a folder.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from axe import violations
from enishi.book import Book, open_book
from enishi.i18n import LANGUAGES, texts
from enishi.paths import shared
from enishi.sample_book import load_sample
from get_chromium import ALONE, find_chromium
from serving import Serving, serving
from walking import LOCALES
from widgets.base.pages import PAGES

LONG_NAMES = (
    "伊集院 龍之介左衛門尉藤原朝臣",
    "Aleksandra Wilhelmina Kowalczyk-Brzezińska van den Heuvel",
    "عبد الرحمن بن محمد الأنصاري الطويل",
    "רחל אסתר בן־דוד־הלוי",
    "Wolfeschlegelsteinhausenbergerdorff",
)
WIDTHS = (360, 768, 1280)
COUNTS = (0, 1, 12, 5_000)
"""Numbers of people; with 12, the book has the rows of the sample too."""
MOST_SHIFT = 0.02
WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const each of list.getEntries())
    if (!each.hadRecentInput) window.shifts.push([each.value, ...each.sources.map(({ node }) =>
      node?.outerHTML?.slice(0, 120) ?? "")]);
}).observe({ type: "layout-shift", buffered: true });
"""
MEASURE = """
() => {
  const wide = document.documentElement.scrollWidth > innerWidth
    ? [`scrolls sideways: ${document.documentElement.scrollWidth}`] : [];
  const name = (node) => `${node.localName}.${node.className.baseVal ?? node.className} `
    + `"${(node.ariaLabel || node.textContent || "").trim().slice(0, 40)}"`;
  const seen = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && getComputedStyle(node).clipPath === "none" && !node.closest(".unseen");
  const all = [...document.querySelectorAll("body *")].filter(seen);
  const cut = all.filter((node) => {
    const owns = [...node.childNodes].some((kid) => kid.nodeType === 3 && kid.data.trim());
    if (!owns || node.closest("svg") || !node.clientWidth) return false;
    const { overflowX, textOverflow, webkitLineClamp } = getComputedStyle(node);
    const isTold = webkitLineClamp !== "none" || textOverflow === "ellipsis";
    if (isTold || ["auto", "scroll"].includes(overflowX)) return false;
    return node.scrollWidth > node.clientWidth + 1
      || (overflowX !== "visible" && node.scrollHeight > node.clientHeight + 1);
  });
  const pressed = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const boxes = all.filter((node) => node.matches(pressed) && !node.closest(".marks"))
    .filter((node) => !(node.localName === "input" && node.closest("label")))
    .flatMap((node) => [...node.getClientRects()].map((box) => ({ node, box })))
    .sort((a, b) => a.box.top - b.box.top);
  const over = [];
  boxes.forEach(({ node, box }, at) => {
    for (const other of boxes.slice(at + 1)) {
      if (other.box.top >= box.bottom - 1) break;
      const beside = other.box.left >= box.right - 1 || other.box.right <= box.left + 1;
      const within = node.contains(other.node) || other.node.contains(node);
      if (!beside && !within) over.push(`${name(node)} × ${name(other.node)}`);
    }
  });
  return [...wide, ...cut.map((node) => `cut: ${name(node)}`), ...over.map((it) => `over: ${it}`)];
}
"""
SHIFTED = """
most => {
  const sum = shifts.reduce((sum, [value]) => sum + value, 0);
  return sum <= most ? [] : [`shifts by ${sum.toFixed(3)}: ${JSON.stringify(shifts)}`];
}
"""


def write_people(book: Book, count: int) -> None:
    """Write people with long names, some in focus and near; a great number only has names."""
    few = count < 99
    with book.batch("import") as batch:
        batch.create(
            {
                ("contact", f"long-{number}"): {
                    "name": LONG_NAMES[number % len(LONG_NAMES)]
                    + (f" {number}" if count > 99 else ""),
                    "known_as": "friend",
                    "closeness": ("", "friendly", "close")[number % 3] if few else "",
                    "focus": number < 3,
                    "circles": ["見本の読書会"],
                }
                for number in range(count)
            }
        )


@contextmanager
def serving_people(folder: Path, count: int, language: str) -> Iterator[Serving]:
    """Serve the workbooks with a book of so many people, whose names are long."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ENISHI_DATA", str(folder / "data"))
        environment.delenv("ENISHI_DATABASE", raising=False)
        environment.delenv("ENISHI_PERSON", raising=False)
        book = open_book()
        if count == 12:
            load_sample(book, language, date.today())
        write_people(book, min(count, 12) if count < 99 else count)
        book.close()
    with serving(folder / "data", shared("workbooks")) as server:
        yield server


@contextmanager
def opening(chromium: Browser, server: Serving, language: str, **look: Any) -> Iterator[Page]:
    """Open a window that has been let in and notes what shifts."""
    with chromium.new_context(locale=LOCALES[language], **look) as context:
        context.add_init_script(WATCH_SHIFTS)
        page = context.new_page()
        page.request.get(server.address, max_redirects=0)
        yield page


def screens_of(name: str) -> list[str]:
    """Return the screens of a workbook in their order."""
    return list(texts(name.partition("-")[2], "ja")["screens"])


def visit_screens(page: Page, server: Serving, name: str) -> Iterator[str]:
    """Open a workbook, and turn to each of its screens."""
    page.goto("about:blank")
    page.goto(f"{server.root}/voila/render/{name}.ipynb")
    for screen in screens_of(name):
        page.evaluate("screen => { location.hash = screen; }", screen)
        page.locator(f"section#{screen} h2").wait_for(timeout=60_000)
        page.wait_for_function("() => document.fonts.status === 'loaded'")
        yield screen


def measure(page: Page) -> list[str]:
    """Return what on a screen is wide, cut or lies on another control."""
    found: list[str] = page.evaluate(MEASURE)
    return found


def shifted(page: Page) -> list[str]:
    """Return what has moved by itself since the page was opened, if it is too much."""
    found: list[str] = page.evaluate(SHIFTED, MOST_SHIFT)
    return found


def look_at(
    page: Page,
    server: Serving,
    name: str,
    pictures: Path | None = None,
    off: tuple[str, ...] = (),
) -> dict[str, list[str]]:
    """Return all findings of a workbook by screen.

    What surrounds all screens is looked at by axe with the first of them; `off` are the rules that
    only the first is tried by.
    """
    found: dict[str, list[str]] = {}
    for number, screen in enumerate(visit_screens(page, server, name)):
        if number == 0:
            page.wait_for_load_state("networkidle")
            found[f"{name} opening"] = shifted(page)
        found[f"{name}#{screen}"] = [
            *measure(page),
            *(violations(page, f"section#{screen}", off=off) if number else violations(page)),
        ]
        if pictures:
            page.screenshot(path=pictures / f"{name}-{screen}.png", full_page=True)
    return {screen: each for screen, each in found.items() if each}


def look_at_all(
    page: Page, server: Serving, pictures: Path | None = None
) -> Mapping[str, list[str]]:
    """Return all findings by screen; the window has one look."""
    found: dict[str, list[str]] = {}
    for name in PAGES:
        found |= look_at(page, server, name, pictures)
    return found


def main() -> None:
    """Look at everything, and say what was found."""
    folder = Path(sys.argv[1])
    counts = [int(each) for each in sys.argv[2:]] or COUNTS
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=ALONE)
        for count, language in product(counts, LANGUAGES):
            with (
                TemporaryDirectory() as place,
                serving_people(Path(place), count, language) as server,
            ):
                for width, scheme in product(WIDTHS, ("light", "dark")):
                    into = folder / f"{count}-{language}-{width}-{scheme}"
                    into.mkdir(parents=True, exist_ok=True)
                    size: Any = {"width": width, "height": 800}
                    with opening(
                        chromium, server, language, viewport=size, color_scheme=scheme
                    ) as page:
                        for screen, found in look_at_all(page, server, into).items():
                            for each in found:
                                print(into.name, screen, each, flush=True)
        chromium.close()


if __name__ == "__main__":
    main()
