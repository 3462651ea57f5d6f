"""What axe finds on a page, of whatever weight: what keeps somebody out, or is in their way."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
FIND = """
async ({ part, off }) => {
  const aside = [...document.querySelectorAll("section.sheet[hidden]")].map((sheet) => {
    const place = document.createComment("");
    sheet.replaceWith(place);
    return [place, sheet];
  });
  try {
    const rules = Object.fromEntries(off.map((rule) => [rule, { enabled: false }]));
    return (await axe.run(part || document, { resultTypes: ["violations"], rules })).violations;
  } finally {
    for (const [place, sheet] of aside) place.replaceWith(sheet);
  }
}
"""
"""Axe passes over what is hidden, but slowly: the screens that are not seen are laid aside."""
TWICE = """
() => {
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}
"""
"""The ids that name more than one element, on all screens of the page."""


HEADLESS = "page-has-heading-one"
"""What axe says of a page whose header, which has the heading, is not there."""


SLOW = ("color-contrast",)
"""The rule that takes as long as all others."""


def violations(
    page: Page, part: str = "", *, but: str = "", off: tuple[str, ...] = ()
) -> list[str]:
    """Return all that axe has against what is seen of a page.

    Args:
        page: the page.
        part: a selector of what is looked at; '' for the whole page.
        but: one of its rules, of which nothing is returned.
        off: those that are not tried.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(FIND, {"part": part, "off": off})
    twice: list[str] = page.evaluate(TWICE)
    return [f"{id} is there twice" for id in twice] + [
        f"{each['id']}: {node['html'][:200]}"
        for each in found
        for node in each["nodes"]
        if each["id"] != but
    ]
