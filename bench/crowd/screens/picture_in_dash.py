"""A figure in Dash."""

import os
from pathlib import Path

import plotly.io
from dash import Dash, dcc, html

app = Dash(__name__)
server = app.server
figure = plotly.io.from_json(Path(os.environ["BENCH_FIGURE"]).read_text())
app.layout = html.Div([html.H1("A picture"), dcc.Graph(figure=figure)])
