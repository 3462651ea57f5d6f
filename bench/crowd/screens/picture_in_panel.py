"""A figure in Panel."""

import os
from pathlib import Path

import panel as pn
import plotly.io

pn.extension("plotly")
figure = plotly.io.from_json(Path(os.environ["BENCH_FIGURE"]).read_text())
figure.layout.title = None  # Plotly 3.1 draws nothing where a title is in a shadow root
pn.Column(pn.pane.Markdown("# A picture"), pn.pane.Plotly(figure)).servable(title="A picture")
