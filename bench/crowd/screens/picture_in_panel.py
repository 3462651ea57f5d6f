"""A figure in Panel."""

import os
from pathlib import Path

import panel as pn
import plotly.io

pn.extension("plotly")
figure = plotly.io.from_json(Path(os.environ["BENCH_FIGURE"]).read_text())
pn.Column(pn.pane.Markdown("# A picture"), pn.pane.Plotly(figure)).servable(title="A picture")
