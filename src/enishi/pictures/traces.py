"""Traces and layouts of Plotly, made as every picture has them: no axes but those asked for.

They are plain dicts: `plotly.graph_objects` takes 0.2 s to import, and as long again to check a
picture. It checks them in `Picture.to_figure`, which the tests do with every picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

BARE: Mapping[str, Any] = {
    "visible": False,
    "fixedrange": True,
    "zeroline": False,
    "showgrid": False,
}
"""An axis that is not seen."""
CLEAR = "rgba(0,0,0,0)"


def draw_marks(
    name: str, at: Iterable[Sequence[Any]], *, symbol: str, fill: str, edge: str, size: int = 14
) -> dict[str, Any]:
    """Return marks at `at`, pairs of x and y, as plain JSON of a trace."""
    places = [*at]
    look = {"symbol": symbol, "size": size, "color": fill, "line": {"color": edge, "width": 2}}
    xy = {"x": [place[0] for place in places], "y": [place[1] for place in places]}
    return _trace(name, "markers", xy, marker=look)


def draw_lines(
    name: str, ends: Iterable[Sequence[Any]], *, edge: str, width: float = 1.5, dash: str = "solid"
) -> dict[str, Any]:
    """Return straight lines as plain JSON of one trace; each of `ends` is x, y, x, y."""
    drawn = [*ends]
    xy = {
        "x": [x for a, _, b, _ in drawn for x in (a, b, None)],
        "y": [y for _, a, _, b in drawn for y in (a, b, None)],
    }
    return _trace(name, "lines", xy, line={"color": edge, "width": width, "dash": dash})


def draw_curve(
    name: str, curves: Iterable[Sequence[tuple[float, float]]], *, edge: str
) -> dict[str, Any]:
    """Return smooth lines through points as plain JSON of one trace."""
    drawn = [*curves]
    xy = {
        "x": [x for points in drawn for x in (*(point[0] for point in points), None)],
        "y": [y for points in drawn for y in (*(point[1] for point in points), None)],
    }
    return _trace(name, "lines", xy, line={"color": edge, "width": 1.5, "shape": "spline"})


def _trace(name: str, mode: str, xy: Mapping[str, Any], **look: Any) -> dict[str, Any]:
    return {"type": "scatter", "name": name, "mode": mode, "hoverinfo": "skip", **xy, **look}


def place_text(x: float, y: float, text: str, colour: str, **more: Any) -> dict[str, Any]:
    """Return a text at a place of a picture, for `annotations`; `more` are Plotly's properties."""
    font = {"color": colour} | more.pop("font", {})
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": font} | more


def lay_out(**more: Any) -> dict[str, Any]:
    """Return a layout as plain JSON: no margins, no legend, nothing that zooms."""
    bare: dict[str, Any] = {
        "showlegend": False,
        "dragmode": False,
        "hovermode": False,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 0},
        "xaxis": dict(BARE),
        "yaxis": dict(BARE),
        "font": {"size": 14},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
    }
    return bare | more
