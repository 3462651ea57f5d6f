"""The small screen in Dash."""

import small
from dash import Dash, Input, Output, dash_table, dcc, html

app = Dash(__name__)
server = app.server
people = small.people()
sliders = [f"dial-{number}" for number in range(len(small.DIALS))]
app.layout = html.Div(
    [
        html.H1(small.TITLE),
        dcc.Input(id="name", placeholder="Name"),
        *(
            html.Div(
                [
                    html.Label(label),
                    dcc.Slider(0, small.MOST, 1, value=start, id=id, updatemode="drag"),
                ]
            )
            for id, label, start in zip(sliders, small.DIALS, small.START, strict=True)
        ),
        dash_table.DataTable(
            people.to_dict("records"), [{"name": name, "id": name} for name in people.columns]
        ),
        dcc.Graph(id="chart"),
    ]
)


@app.callback(Output("chart", "figure"), [Input(id, "value") for id in sliders])
def follow(*values):
    return small.chart(values)
