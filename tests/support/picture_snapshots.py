"""How each picture of the invented book looks on a phone, as lines of text: `make pictures`.

A line is something drawn: what it is, its colours by their names in `base/sheet.css`, where it
stands, and what it says. Another font moves nothing, as all letters are taken for equally wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from contact_sheet import draw_all
from enishi.pictures.picture import Picture
from get_chromium import find_chromium
from picture_desk import gallery
from picture_looks import TALL, show

FOLDER = Path(__file__).parents[1] / "pictures" / "snapshots"
WIDTH = 360
SLACK = 1.5
"""Pixels by which something may stand elsewhere in another browser."""
FIXED_WIDTHS = """() => {
  CanvasRenderingContext2D.prototype.measureText = function (text) {
    const wide = [...text].map((letter) => (letter < "\\u2e80" ? 0.5 : 1));
    return { width: parseFloat(this.font) * wide.reduce((sum, each) => sum + each, 0) };
  };
}"""
DESCRIBE = """key => {
  const figure = document.querySelector(`[data-picture="${key}"]`);
  const canvas = figure.querySelector(".canvas");
  const room = canvas.getBoundingClientRect();
  const names = new Map(["ink", "soft", "line", "edge", "thread", "good", "sheet"].map((name) => {
    const probe = figure.appendChild(document.createElement("i"));
    probe.style.color = `var(--${name})`;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return [color, name];
  }));
  const colour = (css, opacity) =>
    css === "none" || opacity === "0" ? "none" : names.get(css) ?? css;
  const look = (node) => {
    const style = getComputedStyle(node);
    return `fill ${colour(style.fill, style.fillOpacity)}, edge `
      + `${colour(style.stroke, style.strokeOpacity)} ${style.strokeWidth}`;
  };
  const round = (each) => (Math.round(each * 10) / 10).toString();
  const middle = (node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    return `${round((left + right) / 2 - room.left)} ${round((top + bottom) / 2 - room.top)}`;
  };
  const shape = (node) => node.getAttribute("d").replace(/-?[\\d.]+/g, (each) => round(each));
  const all = (css) => [...canvas.querySelectorAll(css)];
  return [
    `canvas ${round(room.width)} ${round(room.height)}`,
    ...all(".shapelayer path").map((node) => `shape, ${look(node)}: ${shape(node)}`),
    ...all(".js-line").map((node) =>
      `line, ${look(node)}, dash ${getComputedStyle(node).strokeDasharray}: ${shape(node)}`),
    ...all(".point").map((node) => `mark, ${look(node)}: ${middle(node)} ${shape(node)}`),
    ...all("text").filter((node) => node.textContent.trim()).map((node) => {
      const { fill, fillOpacity, fontSize } = getComputedStyle(node);
      const group = node.closest(".annotation-text-g");
      const at = /rotate\\(0,([-\\d.]+),([-\\d.]+)\\)/.exec(group.getAttribute("transform"));
      const lines = [...node.querySelectorAll("tspan")].map((each) => each.textContent);
      return `text, ${colour(fill, fillOpacity)} ${fontSize}: ${round(at[1])} ${round(at[2])} `
        + (lines.join(" / ") || node.textContent);
    }),
    ...[...figure.querySelectorAll(".numbered li")].map((node) => `list: ${node.textContent}`),
  ];
}"""


def describe_all(chromium: Browser, pictures: Mapping[str, Picture]) -> dict[str, list[str]]:
    """Return the lines of each picture, by its key."""
    size = {"width": WIDTH, "height": TALL}
    with gallery(chromium, pictures, "en", viewport=size, script=FIXED_WIDTHS) as desk:
        show(desk.page, [*pictures], WIDTH, "light")
        return {key: desk.page.evaluate(DESCRIBE, key) for key in pictures}


def read_stored(key: str) -> list[str]:
    """Return the lines of a picture as they are stored."""
    return (FOLDER / f"{key}.txt").read_text(encoding="utf-8").splitlines()


def differences(stored: list[str], drawn: list[str]) -> Iterator[str]:
    """Yield the lines that say something else, or stand farther off than `SLACK`.

    >>> [*differences(["mark: 1 2", "mark: 3 4"], ["mark: 1.5 2"])]
    ['-mark: 3 4']
    """
    for before, after in zip_longest(stored, drawn):
        if before is None or after is None or not _is_like(before, after):
            yield from (f"-{before}",) if before is not None else ()
            yield from (f"+{after}",) if after is not None else ()


def _is_like(one: str, other: str) -> bool:
    (words, numbers), (other_words, other_numbers) = map(_parted, (one, other))
    return words == other_words and all(
        abs(a - b) <= SLACK for a, b in zip(numbers, other_numbers, strict=True)
    )


def _parted(line: str) -> tuple[list[str], list[float]]:
    """Return what stands between the numbers of a line, and the numbers."""
    parts = re.split(r"(-?\d+(?:\.\d+)?)", line)
    return parts[::2], [float(each) for each in parts[1::2]]


def main() -> None:
    """Write how all pictures look now."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium())
        FOLDER.mkdir(exist_ok=True)
        for key, lines in describe_all(chromium, draw_all()).items():
            (FOLDER / f"{key}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        chromium.close()


if __name__ == "__main__":
    main()
