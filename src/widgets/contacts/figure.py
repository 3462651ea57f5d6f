"""The picture of the nearest contacts as a Plotly figure that can be zoomed and panned."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

from enishi.coach.network.network_layout import Mark, Picture, TieLine

MIDDLE = 0.5
"""Position of the person, x and y, in the picture's own units."""
MARGIN = 0.16
"""Margin around the ring for the names beside the marks, in the picture's own units."""
LONGEST_LABEL = 18
"""Characters of a name that fit in a line on a phone."""


def figure(picture: Picture, names: Mapping[str, str], labels: Mapping[str, str]) -> dict[str, Any]:
    """Return `picture` as plain JSON for `Plotly.newPlot`; the page adds the colours.

    Args:
        picture: the positions of the marks, and the lines between them.
        names: the text shown when a mark is pointed at, by id.
        labels: the text beside a mark, by id; the person's own by "".

    Returns:
        `data`, the traces `mine`, `acquainted`, `close`, `people` and `me`, and `layout`. The
        trace `people` carries the ids as `customdata`.
    """
    # Imported late: it takes 0.2 s. A `Figure` would also import plotly.io and its template.
    from plotly.graph_objects import Layout, Scatter

    at = {mark.id: mark for mark in picture.marks}
    mine = [(MIDDLE, MIDDLE, mark.x, mark.y) for mark in picture.marks]
    drawn = {close: between(at, picture.lines, close) for close in (False, True)}
    lines = {"mine": (mine, 1, "solid"), "acquainted": (drawn[False], 1.5, "5px,4px")}
    lines["close"] = (drawn[True], 3, "solid")
    traces = [
        Scatter(
            name=name,
            mode="lines",
            x=[x for a, _, b, _ in ends for x in (a, b, None)],
            y=[y for _, a, _, b in ends for y in (a, b, None)],
            line={"width": width, "dash": dash},
            hoverinfo="skip",
        )
        for name, (ends, width, dash) in lines.items()
    ]
    beside: dict[str, Any] = {"mode": "markers+text", "textposition": "bottom center"}
    people = Scatter(
        name="people",
        x=[mark.x for mark in picture.marks],
        y=[mark.y for mark in picture.marks],
        text=[as_text(labels[mark.id]) for mark in picture.marks],
        hovertext=["<br>".join(map(as_text, wrap(names[id], LONGEST_LABEL))) for id in at],
        hoverinfo="text",
        customdata=list(at),
        marker={"size": 18, "opacity": 1, "line": {"width": 2}},
        **beside,
    )
    me = Scatter(
        name="me",
        x=[MIDDLE],
        y=[MIDDLE],
        text=[as_text(labels[""])],
        hoverinfo="skip",
        marker={"size": 22, "opacity": 1, "line": {"width": 0}},
        **beside,
    )
    bare: dict[str, Any] = {"visible": False, "autorange": False}
    layout = Layout(
        showlegend=False,
        hovermode="closest",
        dragmode="pan",
        margin={"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        xaxis={**bare, "range": [-MARGIN, 1 + MARGIN]},
        yaxis={**bare, "range": [1 + MARGIN, -MARGIN]},  # downwards, as in the picture
        font={"size": 13},
        hoverlabel={"align": "left", "font": {"size": 14}},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    return {
        "data": [trace.to_plotly_json() for trace in (*traces, people, me)],
        "layout": layout.to_plotly_json(),
    }


def between(
    at: Mapping[str, Mark], lines: tuple[TieLine, ...], close: bool
) -> list[tuple[float, float, float, float]]:
    """Return the ends of the lines of one kind: x and y, x and y."""
    ends = [(at[line.a], at[line.b]) for line in lines if line.close == close]
    return [(a.x, a.y, b.x, b.y) for a, b in ends]


def as_text(text: str) -> str:
    """Return a text escaped for Plotly, which reads some tags and entities as markup.

    >>> as_text("<b>A & B</b>")
    '&lt;b>A &amp; B&lt;/b>'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;")
