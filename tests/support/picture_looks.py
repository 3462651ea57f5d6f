"""What can be said of a picture as a browser has drawn it, whatever is in it."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import hypot
from typing import Any, NamedTuple

from playwright.sync_api import Page

from enishi.pictures.picture import Mark, Picture

SLACK = 2.0
"""Pixels of a box that are not ink."""
LEAST_CONTRAST = 4.5
"""Between a text and what is below it (WCAG 2.2, 1.4.3)."""
LINKS_MOST = 520
"""Marks that are links at once; `picture_marks.js` makes one of any other when it is needed."""
NAMED_MOST = 20
"""Marks of a bullseye up to which each has a name: 15 people, and empty seats."""
WHOLE = (None, "around", "inside")
"""Names of the texts of a layout that are never cut and never left out."""
TALL, LOW = 16_000, 900
"""Heights of a page in pixels: one on which all pictures are in view, and one of a usual window."""
IS_DRAWN = """key => {
  const canvas = document.querySelector(`[data-picture="${key}"] .canvas`);
  const drawn = canvas?.querySelector("svg.main-svg");
  const ink = getComputedStyle(canvas ?? document.body).getPropertyValue("--ink").trim();
  return drawn && canvas.layout.font.color === ink && canvas.querySelector(".point")
    && Math.abs(drawn.width.baseVal.value - canvas.getBoundingClientRect().width) < 0.1;
}"""
"""Plotly has drawn a picture as wide, and in such colours, as the page is now."""
READ = """key => {
  const figure = document.querySelector(`[data-picture="${key}"]`);
  const canvas = figure.querySelector(".canvas");
  const box = (node, text = "") => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    return { left, top, right, bottom, text };
  };
  const all = (css) => [...figure.querySelectorAll(css)];
  return {
    sentence: figure.querySelector("figcaption p").textContent,
    canvas: canvas && box(canvas),
    plot: canvas && box(figure.querySelector(".marks")),
    texts: canvas ? all(".canvas text").filter((node) => node.textContent.trim())
      .map((node) => box(node, node.textContent)) : [],
    points: all(".canvas .point").map((node) => box(node)),
    lines: all(".canvas .js-line, .canvas .shapelayer path").map((node) => box(node)),
    links: all(".marks a").map((node) => ({ ...box(node, node.ariaLabel),
      href: node.getAttribute("href") })),
    beside: all(".numbered li").map((node) => node.textContent),
  };
}"""
CONTRASTS = """async ({ key, shot }) => {
  const bytes = Uint8Array.from(atob(shot), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
  pen.drawImage(image, 0, 0);
  const canvas = document.querySelector(`[data-picture="${key}"] .canvas`);
  const room = canvas.getBoundingClientRect();
  const light = (rgb) => rgb.map((each) => each / 255)
    .map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, at) => sum + each * [0.2126, 0.7152, 0.0722][at], 0);
  return [...canvas.querySelectorAll("text")].filter((node) => node.textContent.trim())
    .map((node) => {
      const { left, top, width, height } = node.getBoundingClientRect();
      const [x, y] = [left - room.left, top - room.top].map((each) => Math.max(0, each + SLACK));
      const { fill, fillOpacity } = getComputedStyle(node);
      const colour = fill.match(/[\\d.]+/g).slice(0, 3).map(Number);
      const { data } = pen.getImageData(Math.round(x), Math.round(y),
        Math.max(1, Math.round(width - 2 * SLACK)), Math.max(1, Math.round(height - 2 * SLACK)));
      let least = 21;
      for (let at = 0; at < data.length; at += 4) {
        const below = [...data.slice(at, at + 3)];
        const text = colour.map((each, n) => each * fillOpacity + below[n] * (1 - fillOpacity));
        const [dark, bright] = [light(text), light(below)].sort((a, b) => a - b);
        least = Math.min(least, (bright + 0.05) / (dark + 0.05));
      }
      return [node.textContent, least];
    });
}""".replace("SLACK", str(SLACK))


class Box(NamedTuple):
    """What something takes of the page, in pixels, and what it says."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def overlaps(self, other: Box) -> bool:
        """Tell whether ink of both lies at one place."""
        across = min(self.right, other.right) - max(self.left, other.left)
        along = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > SLACK and along > SLACK

    def is_inside(self, other: Box) -> bool:
        """Tell whether none of it lies outside of another box."""
        return (
            self.left >= other.left - SLACK
            and self.top >= other.top - SLACK
            and self.right <= other.right + SLACK
            and self.bottom <= other.bottom + SLACK
        )


def find_faults(page: Page, key: str, picture: Picture, address: Any) -> list[str]:
    """Return what is wrong with a picture on a page: what is cut, missing, hidden or pale.

    Args:
        page: a page on which plotly.js has drawn the picture, at its present size.
        key: its key.
        picture: what it was drawn from.
        address: returns the address of a destination, as in `Picture.to_plain`.
    """
    found = page.evaluate(READ, key)
    if found["sentence"] != picture.sentence:
        return ["It says something else."]
    if not picture.data:
        return ["It is empty, and something is drawn."] if found["canvas"] else []
    canvas, plot = (Box(**found[part]) for part in ("canvas", "plot"))
    texts, points, lines = (
        [Box(**each) for each in found[part]] for part in ("texts", "points", "lines")
    )
    links = [(Box(**each), href) for each in found["links"] for href in [each.pop("href")]]
    return [
        *(f"outside: {each.text}" for each in texts if not each.is_inside(canvas)),
        *(f"cut: {each}" for each in (*points, *lines) if not each.is_inside(plot)),
        *_find_covered(texts, points, key, len(picture.marks)),
        *_find_unsaid(texts, found["beside"], picture),
        *_find_misplaced(links, [*points, *texts], plot, picture),
        *_find_unlike(links, picture.marks, address),
        *_find_pale(page, key),
    ]


def _find_covered(
    texts: Sequence[Box], points: Sequence[Box], key: str, count: int
) -> Iterator[str]:
    """Yield the texts that lie on others, or on marks; only numbers may, of dials and in crowds."""
    may_cover = key == "dials" or (key == "bullseye" and count > NAMED_MOST)
    for one, other in combinations(texts, 2):
        if one.overlaps(other):
            yield f"one on the other: {one.text} × {other.text}"
    for text in texts:
        is_number = may_cover and text.text.isdigit()
        if not is_number and any(map(text.overlaps, points)):
            yield f"on a mark: {text.text}"


def _find_unsaid(texts: Sequence[Box], beside: Sequence[str], picture: Picture) -> Iterator[str]:
    """Yield the labels that are neither drawn whole nor in the list beside the picture."""
    said = {"".join(text.split()) for text in (*(each.text for each in texts), *beside)}
    written = (picture.layout or {}).get("annotations", ())
    for label in (
        *(mark.label for mark in picture.marks),
        *(each["text"] for each in written if each.get("name") in WHOLE),
    ):
        plain = "".join(label.split())
        if plain and not any(text.endswith(plain) for text in said):
            yield f"left out: {label}"


def _find_misplaced(
    links: Sequence[tuple[Box, str]], drawn: Sequence[Box], plot: Box, picture: Picture
) -> Iterator[str]:
    """Yield the links that are not where their mark is, or on nothing that is drawn."""
    layout = picture.layout or {}
    (left, right), (low, high) = (layout[axis]["range"] for axis in ("xaxis", "yaxis"))
    for (link, _), mark in zip(links, picture.marks, strict=False):
        x = plot.left + (float(mark.x) - left) / (right - left) * (plot.right - plot.left)
        y = plot.bottom - (float(mark.y) - low) / (high - low) * (plot.bottom - plot.top)
        across, along = link.middle
        if hypot(across - x, along - y) > SLACK:
            yield f"elsewhere: {mark.says}"
        if not any(
            each.left - SLACK <= x <= each.right + SLACK
            and each.top - SLACK <= y <= each.bottom + SLACK
            for each in drawn
        ):
            yield f"on nothing: {mark.says}"


def _find_unlike(
    links: Sequence[tuple[Box, str]], marks: Sequence[Mark], address: Any
) -> Iterator[str]:
    """Yield what differs between the links and the marks, each of which is there once."""
    wanted = [(mark.says, address(mark.opens) if mark.opens else "") for mark in marks]
    there = [(box.text, href or "") for box, href in links]
    if there != wanted[:LINKS_MOST]:
        yield f"links: {[pair for pair in zip(there, wanted, strict=False) if pair[0] != pair[1]]}"
        yield f"{len(there)} of {len(wanted)} marks"


def _find_pale(page: Page, key: str) -> Iterator[str]:
    """Yield the texts that differ too little from what is seen where they are taken away."""
    canvas = page.locator(f'[data-picture="{key}"] .canvas')
    away = page.add_style_tag(content=".canvas text { visibility: hidden !important }")
    shot = base64.b64encode(canvas.screenshot(animations="disabled")).decode()
    away.evaluate("node => node.remove()")
    for text, contrast in page.evaluate(CONTRASTS, {"key": key, "shot": shot}):
        if contrast < LEAST_CONTRAST:
            yield f"pale: {text} {contrast:.2f}"


def show(page: Page, keys: Sequence[str], width: int, scheme: str) -> None:
    """Make a page as wide, and light or dark, and wait until its pictures are drawn so."""
    page.set_viewport_size({"width": width, "height": TALL})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for key in keys:
        page.wait_for_function(IS_DRAWN, arg=key)
    page.set_viewport_size({"width": width, "height": LOW})  # a tall page takes seconds to paint
