"""What the small screen shows, the same in every framework; only the framework differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

TITLE = "A small screen"
DIALS = ("Clarity", "Energy", "Reach", "Trust", "Candour", "Patience", "Curiosity", "Rest")
START = (3, 5, 2, 4, 6, 3, 5, 4)
MOST = 10
COLUMNS = ("name", "field", "closeness", "met_on", "next_step")
PEOPLE = [
    (
        f"Sample {number:02}",
        ("Health", "Energy", "Finance", "Public", "Design")[number % 5],
        number * 7 % 10,
        f"2026-{1 + number % 12:02}-{1 + number % 28:02}",
        ("Call", "Lunch", "Write", "Introduce")[number % 4],
    )
    for number in range(50)
]


def people() -> Any:
    """Return the table as a frame."""
    import pandas as pd

    return pd.DataFrame(PEOPLE, columns=list(COLUMNS))


def chart(values: Sequence[float], kind: Any = None) -> Any:
    """Return the chart that follows the sliders, as plotly's `kind` of figure."""
    import plotly.graph_objects as go

    return (kind or go.Figure)(
        data=[go.Bar(x=list(DIALS), y=list(values))],
        layout={
            "height": 320,
            "margin": {"l": 40, "r": 20, "t": 30, "b": 60},
            "yaxis": {"range": [0, MOST]},
        },
    )
