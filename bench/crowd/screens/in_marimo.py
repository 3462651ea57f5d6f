"""The small screen in marimo."""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import small

    mo.md(f"# {small.TITLE}")
    return mo, small


@app.cell
def _(mo):
    name = mo.ui.text(label="Name")
    name  # noqa: B018 - the last value of a cell is shown
    return (name,)


@app.cell
def _(mo, small):
    sliders = mo.ui.array(
        [
            mo.ui.slider(0, small.MOST, value=start, label=label)
            for label, start in zip(small.DIALS, small.START, strict=True)
        ]
    )
    sliders  # noqa: B018 - likewise
    return (sliders,)


@app.cell
def _(mo, small):
    mo.ui.table(small.people(), page_size=len(small.PEOPLE))
    return


@app.cell
def _(mo, sliders, small):
    mo.ui.plotly(small.chart(sliders.value))
    return


if __name__ == "__main__":
    app.run()
