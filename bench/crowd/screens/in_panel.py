"""The small screen in Panel."""

import panel as pn
import small

pn.extension("plotly")
sliders = [
    pn.widgets.IntSlider(name=label, start=0, end=small.MOST, value=start)
    for label, start in zip(small.DIALS, small.START, strict=True)
]


def follow(*values):
    return small.chart(values)


pn.Column(
    pn.pane.Markdown(f"# {small.TITLE}"),
    pn.widgets.TextInput(name="Name"),
    *sliders,
    pn.pane.DataFrame(small.people()),
    pn.pane.Plotly(pn.bind(follow, *sliders)),
).servable(title=small.TITLE)
