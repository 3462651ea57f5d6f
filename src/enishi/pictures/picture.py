"""What every picture is made of, and what its words are filled with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import pandas as pd

from enishi.i18n import format_list, format_text
from enishi.i18n.dates import format_short_date
from enishi.i18n.folding import VARIANTS
from enishi.i18n.initials import Forms, hide_names, initials
from enishi.i18n.names import with_honorific

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

INK, SOFT, LINE, EDGE, THREAD, GOOD, SHEET = (
    f"var(--{name})" for name in ("ink", "soft", "line", "edge", "thread", "good", "sheet")
)
"""Colours by their name in `base/sheet.css`; the page fills in those of its look."""
PAPER_COLOURS = {
    INK: "#2a2722",
    SOFT: "#645d52",
    LINE: "#dcd5c7",
    EDGE: "#8b8273",
    THREAD: "#9f3322",
    GOOD: "#3d6347",
    SHEET: "#fffefb",
}
"""The same for a figure that is shown elsewhere than on a page of ours."""
PLOTLY_TYPE = "application/vnd.plotly.v1+json"
"""The type under which a notebook holds a figure of Plotly."""
TITLE_MOST = 40
"""Most characters in a line of a figure's title; Japanese ones fit a cell of JupyterLab, too."""
LABEL_WIDTH = 48
"""Width of a label in half-width characters: what a phone has in two lines."""


@dataclass(frozen=True)
class Destination:
    """Where a press leads: a workbook, its sheet and, for some sheets, the row it shows."""

    page: str
    screen: str
    row: str = ""


@dataclass(frozen=True)
class Mark:
    """A place of the picture that can be reached by pointer and keyboard.

    Attributes:
        x: its place on the picture's horizontal axis.
        y: its place on the vertical one.
        says: what a screen reader reads, and what is shown while it is pointed at.
        opens: where a press leads; None where it only speaks.
        label: the text drawn beside it; '' for none.
        row: the id of the row that it stands for; '' for none.
        choice: the id by which it is chosen, to see the ways there (`pictures.ways`); '' where a
            press leads to `opens`.
        called: the text beside it once it is found or chosen, where `label` is ''.
        sought: what a search among the marks looks in, in the form of `search_form`.
    """

    x: float | str
    y: float | str
    says: str
    opens: Destination | None = None
    label: str = ""
    row: str = ""
    choice: str = ""
    called: str = ""
    sought: str = ""


@dataclass(frozen=True)
class NextAct:
    """The one thing that the picture leads to."""

    words: str
    opens: Destination


@dataclass(frozen=True)
class Picture:
    """A picture of what the person wrote.

    Attributes:
        sentence: what it says now; of an empty picture, what would appear.
        data: the traces, as plain JSON of Plotly; none where nothing is written yet.
        layout: the layout, likewise.
        marks: the places that can be pressed or read, in reading order.
        head: the headings of the table that says the same.
        rows: its rows.
        act: where it leads; None while there is nothing to do.
    """

    sentence: str
    data: tuple[dict[str, Any], ...] = ()
    layout: Mapping[str, Any] | None = None
    marks: tuple[Mark, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    act: NextAct | None = None

    def to_plain(self, address: Callable[[Destination], str] | None = None) -> dict[str, Any]:
        """Return the picture as plain JSON for the script that draws it.

        Args:
            address: returns the address of a destination; without it, no mark leads anywhere, is
                chosen, or is found by a name.
        """
        is_searched = address is not None and any(mark.sought for mark in self.marks)
        act = self.act if address else None
        return {
            "sentence": self.sentence,
            "data": self.data,
            "layout": self.layout or {},
            "marks": [_describe_mark(mark, address) for mark in self.marks],
            "variants": {chr(one): chr(two) for one, two in VARIANTS.items() if is_searched},
            "head": self.head,
            "rows": self.rows,
            "act": {"words": act.words, "href": address(act.opens)} if act and address else None,
        }

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Show the picture where a cell of a notebook ends with it: JupyterLab draws it itself.

        The text beside it is for programs that draw nothing, and all there is of an empty one.
        """
        table = pd.DataFrame(self.rows, columns=self.head).to_string(index=False)
        text = f"{self.sentence}\n\n{table}" if self.rows else self.sentence
        drawn = {PLOTLY_TYPE: self.to_figure().to_plotly_json()} if self.data else {}
        return {"text/plain": text, **drawn}

    def to_figure(self) -> Figure:
        """Return the picture as a figure of Plotly, in the colours of paper, with its labels."""
        from plotly.graph_objects import Figure

        labels = [
            {"x": mark.x, "y": mark.y, "text": as_text(mark.label), "showarrow": False}
            | {"yanchor": "bottom", "yshift": 8}
            for mark in self.marks
            if mark.label
        ]
        layout = dict(self.layout or {})
        layout["annotations"] = [*layout.get("annotations", ()), *labels]
        layout["title"] = {
            "text": "<br>".join(map(as_text, wrap(self.sentence, TITLE_MOST))),
            "font": {"size": 14},
            "automargin": True,
            "yref": "container",
        }
        return Figure(data=list(fill_colours(self.data)), layout=fill_colours(layout))


@dataclass(frozen=True)
class Wording:
    """The words of a picture, in the language of the person.

    Attributes:
        texts: the texts of the picture (`data/words/pictures.yaml`).
        language: `ja` or `en`.
        today: the person's day, from which days are told.
        is_masked: whether initials replace the names of people.
    """

    texts: Mapping[str, Any]
    language: str
    today: date
    is_masked: bool = False

    def say(self, key: str, /, **facts: object) -> str:
        """Return a text with `facts` filled in.

        Raises:
            KeyError: there is no such text, or it needs a fact that is missing.
        """
        return format_text(self.texts[key], facts)

    def name(self, name: str) -> str:
        """Return the name of a person as a picture shows it."""
        return initials(name) if self.is_masked else name

    def address(self, name: str) -> str:
        """Return the name of a person as a sentence has it."""
        return self.name(name) if self.is_masked else with_honorific(name, self.language)

    def label(self, text: str, width: int = LABEL_WIDTH) -> str:
        """Return a text as Plotly draws it: one that fits a phone, and never markup."""
        return as_text(shorten_to(text, width))

    def day(self, day: date | None) -> str:
        """Return a day in words; the text for an unknown one where there is none."""
        return format_short_date(day, self.today, self.language) if day else self.say("no_day")

    def join(self, words: list[str]) -> str:
        """Return words as one list in a sentence."""
        return format_list(words, self.language)


def as_text(text: str) -> str:
    """Return a text escaped for Plotly, which reads some tags and entities as markup.

    >>> as_text("<b>A & B</b>")
    '&lt;b>A &amp; B&lt;/b>'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;")


def shorten_to(text: str, width: int) -> str:
    """Return a text in one line of at most `width` half-width characters; a kanji counts as two.

    >>> shorten_to("Hanako  Kakuu", 8), shorten_to("架空 花子", 20)
    ('Hanako …', '架空 花子')
    """
    line = " ".join(text.split())
    left = width
    for at, character in enumerate(line):
        left -= 2 if east_asian_width(character) in "WF" else 1
        if left < 0:
            return line[: max(0, at - 1)] + "…"
    return line


def to_date(day: Any) -> date | None:
    """Return the day of a frame's cell; None where it has none."""
    return None if pd.isna(day) else pd.Timestamp(day).date()


def _describe_mark(
    mark: Mark, address: Callable[[Destination], str] | None
) -> dict[str, float | str]:
    found = {"x": mark.x, "y": mark.y, "says": mark.says, "label": mark.label}
    if address is None:
        return found | {"row": "", "href": ""}
    found |= {"row": mark.row, "href": address(mark.opens) if mark.opens else ""}
    found |= {"choice": mark.choice} if mark.choice else {}
    return found | ({"called": mark.called, "sought": mark.sought} if mark.sought else {})


_READ = frozenset(
    {"sentence", "text", "hovertext", "ticktext", "title", "says", "label", "head", "rows", "words"}
)
"""Where a plain picture holds what people read."""


def mask_texts(part: Any, forms: Forms, is_read: bool = False) -> Any:
    """Return a part of a plain picture with initials for names, also inside sentences.

    Args:
        part: the picture (`Picture.to_plain`), or a part of it.
        forms: the names.
        is_read: whether the part is what people read.
    """
    if isinstance(part, Mapping):
        return {name: mask_texts(each, forms, name in _READ) for name, each in part.items()}
    if isinstance(part, list | tuple):
        return [mask_texts(each, forms, is_read) for each in part]
    return hide_names(part, forms) if is_read and isinstance(part, str) else part


def fill_colours(part: Any, key: str = "") -> Any:
    """Return a part of a figure, found under `key`, with the colours of paper for their names."""
    if isinstance(part, Mapping):
        return {name: fill_colours(value, name) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [fill_colours(value, key) for value in part]
    return PAPER_COLOURS.get(part, part) if key.endswith("color") else part
