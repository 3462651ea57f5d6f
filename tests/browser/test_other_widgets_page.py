"""Widgets of other packages on a page: each is drawn, or a sentence says why it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from serving import Serving, Witness, serving, watch, write_notebook

pytest_plugins = ["server_fixtures"]

pytestmark = pytest.mark.browser

AGAIN = partial(pytest.param, marks=pytest.mark.thorough)

FIGURE = """
import numpy as np
from plotly.graph_objects import FigureWidget, Scatter
heights = np.array([1.0, 4.0, 2.0])
figure = FigureWidget(Scatter(x=np.arange(3.0), y=heights, mode="markers", marker_size=40))

def clicked(trace, points, state):
    figure.data[0].y = heights + 100
    figure.layout.title.text = f"clicked {points.point_inds}"

figure.data[0].on_click(clicked)
figure
"""
CONTROLS = """
import ipywidgets as ipw
slider, text = ipw.IntSlider(3, description="slide"), ipw.Text("a", description="text")
button, menu = ipw.Button(description="press"), ipw.Dropdown(options=["one", "two"])
linked, said = ipw.IntProgress(0, max=100), ipw.Label("nothing")
link = ipw.jslink((slider, "value"), (linked, "value"))

def tell(change):
    said.value = f"{slider.value} {text.value} {menu.value}"

for each in (slider, text, menu):
    each.observe(tell, "value")
button.on_click(lambda it: setattr(said, "value", "pressed"))
rows = [ipw.HBox([slider, text]), ipw.Tab([button, menu], titles=["first", "second"]), linked, said]
ipw.VBox(rows, layout={"width": "400px"})
"""
SORTED = """
import wigglystuff
from ipywidgets import Label
matrix = wigglystuff.Matrix(rows=1, cols=1, step=1)
listed = wigglystuff.SortableList(["first", "second"])
listed
"""
DRAWN = "import drawdata\ndrawdata.ScatterWidget()"
ALTAIR = """
import altair
chart = altair.Chart(altair.Data(values=[{"a": 1, "b": 2}])).mark_bar().encode(x="a:Q", y="b:Q")
altair.JupyterChart(chart)
"""
ALTAIR_HTML = ALTAIR.replace("altair.JupyterChart(chart)", "chart")
PROBE = '''
import anywidget, traitlets
from anywidget.experimental import command

class Probe(anywidget.AnyWidget):
    """Uses all that a widget's script may use."""

    _esm = """
    const bytes = (view) => [...new Uint8Array(view.buffer, view.byteOffset, view.byteLength)];
    export default async () => {
      const heard = [];
      return {
        initialize({ model }) {
          model.on("msg:custom", (content, [buffer]) => {
            if (content.pong) heard.push(`pong ${bytes(buffer)}`);
          });
          return () => { document.body.dataset.initialized = "ended"; };
        },
        render({ model, el, experimental, host }) {
          const text = document.createElement("pre");
          el.append(text);
          const draw = async () => {
            const child = await host.getModel(model.get("child"));
            const [data, { a }] = [model.get("data"), model.get("tree")];
            text.textContent = [
              bytes(data), bytes(a[0]), model.get("said"), child.get("value"), ...heard,
            ].join("\\\\n");
          };
          model.on("change:data change:said", draw);
          model.on("msg:custom", draw);
          const make = (name, act) => {
            const button = document.createElement("button");
            button.textContent = name;
            button.onclick = act;
            el.append(button);
          };
          make("save", () => {
            model.set("tree", { a: [new Uint8Array([5])], b: 1 });
            model.set("data", new Uint8Array([9, 8]));
            model.save_changes();
          });
          make("send", () => model.send({ do: "ping" }, undefined, [new Uint8Array([4]).buffer]));
          make("invoke", async () => {
            const [answer, [buffer]] = await experimental.invoke(
              "_double", { n: 21 }, { buffers: [new Uint8Array([3])] });
            heard.push(`invoked ${answer.n} ${bytes(buffer)}`);
            draw();
          });
          make("close", () => model.send({ do: "close" }));
          draw();
          return () => { document.body.dataset.drawn = "ended"; };
        },
      };
    };
    """
    _css = ".probe-look { color: rgb(1, 2, 3); }"
    data = traitlets.Any(b"\\x01\\x02").tag(sync=True)
    tree = traitlets.Dict({"a": [b"\\x07"]}).tag(sync=True)
    said = traitlets.Unicode("nothing").tag(sync=True)
    child = anywidget.WidgetTrait().tag(sync=True)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.on_msg(self.hear)
        self.observe(self.tell, "data")

    def tell(self, change):
        self.said = f"{bytes(self.data).hex()} {bytes(self.tree['a'][0]).hex()} {self.tree['b']}"

    def hear(self, widget, content, buffers):
        if content.get("do") == "ping":
            self.send({"pong": True}, buffers=[bytes(buffers[0]) + b"!"])
        if content.get("do") == "close":
            self.close()

    @command
    def _double(self, msg, buffers):
        return {"n": msg["n"] * 2}, buffers

class Child(anywidget.AnyWidget):
    _esm = "export default { render() {} }"
    value = traitlets.Unicode("child's").tag(sync=True)

probe = Probe(child=Child(), layout={"width": "321px"})
probe.add_class("probe-look")
probe
'''
REFUSED = '''
import anywidget, traitlets

class Evaluates(anywidget.AnyWidget):
    _esm = "export default { render({ el }) { el.textContent = new Function('return 5')(); } }"

class Imports(anywidget.AnyWidget):
    _esm = "import x from 'https://cdn.example/x.js'; export default { render({ el }) { x(el); } }"

class HasAddress(anywidget.AnyWidget):
    _esm = "https://cdn.example/widget.js"

class Fails(anywidget.AnyWidget):
    _esm = "export default { render() { throw new Error('no'); } }"

class EvaluatesLate(anywidget.AnyWidget):
    _esm = """export default { render({ el }) {
      setTimeout(() => { el.textContent = new Function("return 5")(); }, 100);
    } }"""

class Good(anywidget.AnyWidget):
    _esm = """export default { render({ el, model }) {
      const button = document.createElement("button");
      const draw = () => { button.textContent = `good ${model.get("n")}`; };
      button.onclick = () => { model.set("n", model.get("n") + 1); model.save_changes(); draw(); };
      el.append(button);
      draw();
    } }"""
    n = traitlets.Int(0).tag(sync=True)
'''
KINDS = ("Evaluates", "Imports", "HasAddress", "Fails", "EvaluatesLate")
UNKNOWN = """
import ipywidgets as ipw, traitlets
class Map(ipw.DOMWidget):
    _model_module = _view_module = traitlets.Unicode("jupyter-leaflet").tag(sync=True)
    _model_name = traitlets.Unicode("LeafletMapModel").tag(sync=True)
    _view_name = traitlets.Unicode("LeafletMapView").tag(sync=True)
Map()
"""
PAGES = {
    "01-figure": (FIGURE,),
    "02-controls": (CONTROLS,),
    "03-sorted": (SORTED,),
    "04-drawn": (DRAWN,),
    "05-altair": (ALTAIR,),
    "06-altair-html": (ALTAIR_HTML,),
    "07-probe": (PROBE,),
    "08-refused": (REFUSED, *(f"{kind}()" for kind in KINDS), "Good()"),
    "09-boxed": (REFUSED, f"import ipywidgets\nipywidgets.VBox([{'(), '.join(KINDS)}(), Good()])"),
    "10-unknown": (UNKNOWN, "ipw.IntSlider(7)"),
    "11-mixed": (
        FIGURE.replace("\nfigure\n", "\n"),
        "import ipywidgets\nipywidgets.VBox([figure])",
    ),
}
SEEN = {
    "01-figure": ".enishi-output .scatterlayer .point",
    "02-controls": ".widget-vbox .noUi-handle, .widget-vbox .widget-slider",
    "03-sorted": ".enishi-output >> text=second",
    "04-drawn": ".enishi-output svg",
    "05-altair": ".enishi-refused",
    "06-altair-html": ".enishi-refused",
    "11-mixed": ".widget-vbox .scatterlayer .point",
}
"""What is to be seen on a page."""
OUTSIDE = "It fetches its program from the internet"
EVAL = "It makes program code out of text"


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server with a page for each kind."""
    folder = tmp_path_factory.mktemp("others")
    workbooks = folder / "workbooks"
    workbooks.mkdir()
    for name, cells in PAGES.items():
        write_notebook(workbooks / f"{name}.ipynb", *cells)
    with serving(folder / "data" / "own", workbooks) as running:
        yield running


@pytest.fixture
def english(chromium: Browser, others: Serving) -> Iterator[BrowserContext]:
    """A browser that asks for English and has been let in."""
    with chromium.new_context(locale="en-US") as context:
        context.request.get(others.address)
        yield context


def visit(context: BrowserContext, others: Serving, name: str) -> Witness:
    """Open a page."""
    seen = watch(context)
    seen.page.goto(f"{others.root}/voila/render/{name}.ipynb")
    return seen


def weigh(tab: Page) -> list[int]:
    """Return a list to which the bytes of all answers of the next page are added."""
    received: list[int] = []
    wire = tab.context.new_cdp_session(tab)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda it: received.append(int(it["encodedDataLength"])))
    wire.on(
        "Network.webSocketFrameReceived",
        lambda it: received.append(len(it["response"]["payloadData"])),
    )
    return received


def test_a_figure_is_drawn_updated_and_clicked_and_comes_only_once(
    english: BrowserContext, others: Serving
) -> None:
    seen = watch(english)
    received = weigh(seen.page)
    for most in (1_600_000, 100_000):
        received.clear()
        seen.page.goto(f"{others.root}/voila/render/01-figure.ipynb")
        points = seen.page.locator(".scatterlayer .point")
        expect(points).to_have_count(3)
        assert sum(received) < most
    drag = seen.page.locator(".nsewdrag")
    box = points.nth(1).bounding_box()
    assert box is not None and drag.count() == 1
    seen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(seen.page.locator(".gtitle")).to_have_text("clicked [1]")
    expect(seen.page.locator(".ytick").first).to_have_text("101")
    assert seen.strangers() == []
    assert seen.complaints == []


def test_controls_of_ipywidgets_are_drawn_and_heard(
    english: BrowserContext, others: Serving
) -> None:
    seen = visit(english, others, "02-controls")
    tab = seen.page
    said = tab.locator(".widget-label:not(.widget-label-basic)", has_text="nothing")
    expect(said).to_be_visible(timeout=20000)
    assert tab.locator(".widget-vbox").first.evaluate("it => it.offsetWidth") == 400
    tab.get_by_role("slider").press("ArrowRight")
    expect(tab.get_by_text("4 a one")).to_be_visible()
    width = tab.locator(".progress-bar").evaluate("it => it.style.width")
    assert width == "4%"  # by `jslink`
    field = tab.get_by_role("textbox", name="text")
    field.fill("b")
    field.press("Tab")
    expect(tab.get_by_text("4 b one")).to_be_visible()
    tab.get_by_role("button", name="press").click()
    expect(tab.get_by_text("pressed")).to_be_visible()
    tab.get_by_role("tab", name="second").click()
    tab.get_by_role("combobox").select_option("two")
    expect(tab.get_by_text("4 b two")).to_be_visible()
    assert seen.strangers() == []
    assert seen.complaints == []


@pytest.mark.parametrize("name", ["03-sorted", "04-drawn", AGAIN("11-mixed")])
def test_a_page_with_a_widget_of_another_package_shows_it(
    name: str, english: BrowserContext, others: Serving
) -> None:
    seen = visit(english, others, name)
    expect(seen.page.locator(SEEN[name]).first).to_be_visible(timeout=20000)
    assert seen.strangers() == []


def test_a_script_has_all_of_anywidget_s_interface(
    english: BrowserContext, others: Serving
) -> None:
    seen = visit(english, others, "07-probe")
    text, body = seen.page.locator("pre"), seen.page.locator("body")
    expect(text).to_have_text("1,2\n7\nnothing\nchild's")
    look = "it => [it.parentElement.style.width, getComputedStyle(it.parentElement).color]"
    assert text.evaluate(look) == ["321px", "rgb(1, 2, 3)"]
    seen.page.get_by_role("button", name="save").click()
    expect(text).to_have_text("9,8\n5\n0908 05 1\nchild's")
    seen.page.get_by_role("button", name="send").click()
    expect(text).to_contain_text("pong 4,33")
    seen.page.get_by_role("button", name="invoke").click()
    expect(text).to_contain_text("invoked 42 3")
    assert body.get_attribute("data-drawn") is None
    seen.page.get_by_role("button", name="close").click()
    expect(text).to_have_count(0)
    expect(body).to_have_attribute("data-drawn", "ended")
    expect(body).to_have_attribute("data-initialized", "ended")
    assert seen.complaints == []


@pytest.mark.parametrize("name", ["08-refused", AGAIN("09-boxed")])
def test_what_needs_the_internet_or_eval_is_refused_and_the_rest_works(
    name: str, english: BrowserContext, others: Serving
) -> None:
    seen = watch(english)
    failed: list[tuple[str, str | None]] = []
    seen.page.on("requestfailed", lambda it: failed.append((it.url, it.failure)))
    seen.page.goto(f"{others.root}/voila/render/{name}.ipynb")
    notes = seen.page.locator(".enishi-refused")
    expect(notes).to_have_count(5, timeout=20000)
    for note, sentence in zip(
        notes.all(), (EVAL, OUTSIDE, OUTSIDE, "ran into an error", EVAL), strict=True
    ):
        expect(note).to_contain_text(sentence)
    expect(notes.nth(1)).to_contain_text("cdn.example")
    good = seen.page.get_by_role("button", name="good 0")
    good.click()
    expect(seen.page.get_by_role("button", name="good 1")).to_be_visible()
    assert set(seen.strangers()) <= {url for url, why in failed if why == "csp"}  # none was sent
    seen.page.evaluate("document.documentElement.lang = 'ja'")
    expect(notes.nth(0)).to_contain_text("eval")
    expect(notes.nth(1)).to_contain_text("インターネットからプログラムを取り込む")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("05-altair", OUTSIDE),
        AGAIN("06-altair-html", "Its program is written into the text"),
    ],
)
def test_a_chart_of_altair_s_says_why_it_is_not_there(
    name: str, sentence: str, english: BrowserContext, others: Serving
) -> None:
    seen = visit(english, others, name)
    expect(seen.page.locator(".enishi-refused")).to_contain_text(sentence, timeout=20000)


@pytest.mark.thorough
def test_a_widget_whose_package_has_no_display_here_says_so(
    english: BrowserContext, others: Serving
) -> None:
    tab = visit(english, others, "10-unknown").page
    expect(tab.locator(".enishi-refused")).to_contain_text("does not carry", timeout=20000)
    expect(tab.get_by_role("slider")).to_be_visible()


def test_the_scripts_are_for_those_who_may_see_the_pages(
    english: BrowserContext, others: Serving
) -> None:
    seen = visit(english, others, "03-sorted")
    expect(seen.page.locator(SEEN["03-sorted"]).first).to_be_visible()
    script = next(each for each in seen.requests if "/voila/widgets/" in each)
    with others.client() as client:
        found = client.get(script)
        assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert found.headers["content-encoding"] == "gzip"
        assert client.get(script, headers={"Accept-Encoding": "identity"}).text == found.text
        name = script.rpartition("/")[2]
        for other in (
            name[1:],
            f"{name}.gz",
            "0" * 32 + ".js",
            f"..%2f{name}",
            "%2e%2e/hosting.json",
        ):
            assert client.get(script.replace(name, other)).status_code == 404
    assert httpx.get(script).status_code == 302


@pytest.mark.thorough
@pytest.mark.parametrize("name", SEEN)
def test_none_of_twenty_loads_is_blank(name: str, english: BrowserContext, others: Serving) -> None:
    tab = english.new_page()
    for _ in range(20):
        tab.goto(f"{others.root}/voila/render/{name}.ipynb")
        expect(tab.locator(SEEN[name]).first).to_be_visible(timeout=30000)
