"""What a widget of another package sends: its script by address, and never a page's own text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from anywidget import AnyWidget
from traitlets import Unicode

from enishi.paths import SHEETS, WIDGET_FILES
from enishi.serve.handlers.widget_files import read_packed
from enishi.serve.kernels.widget_scripts import MOST_FILES, guard_script, store_file

SCRIPT = "export default { render() {} }"
LOOK = ".own { color: red; }"


class Plain(AnyWidget):
    """Declares its script and styles as text."""

    _esm = SCRIPT
    _css = LOOK


class Traited(AnyWidget):
    """Declares them as traits."""

    _esm = Unicode(SCRIPT).tag(sync=True)
    _css = Unicode(LOOK).tag(sync=True)


@pytest.fixture(autouse=True)
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kernel of a page; return the folder of the files."""
    monkeypatch.setenv(SHEETS, "/voila/sheets/0123456789abcdef/")
    monkeypatch.setenv(WIDGET_FILES, str(tmp_path))
    store_file.cache_clear()
    return tmp_path


def sent(widget: Any) -> dict[str, Any]:
    """Return the state that a page gets."""
    return guard_script(widget, widget.get_state())


@pytest.mark.parametrize("kind", [Plain, Traited])
def test_what_a_class_declares_is_stored_once_and_sent_by_address(
    kind: type[AnyWidget], page: Path
) -> None:
    states = [sent(kind()) for _ in range(2)]
    assert {file.suffix: file.read_text() for file in page.iterdir()} == {
        ".js": SCRIPT,
        ".css": LOOK,
    }
    for state in states:
        assert SCRIPT not in state["_esm"]
        assert state["_css"] == ""
        for file in page.iterdir():
            assert f'new URL("../../widgets/{file.name}", base)' in state["_esm"]


def test_what_is_set_on_one_widget_gets_no_address(page: Path) -> None:
    widget = Plain()
    widget.set_state({"_esm": "export default 1", "_css": "b {}"})  # as a page may
    state = sent(widget)
    assert list(page.iterdir()) == []
    assert '{"text": "export default 1"}' in state["_esm"]
    assert state["_css"] == "b {}"


def test_an_address_stays_an_address() -> None:
    class HasAddress(AnyWidget):
        _esm = "https://cdn.example/widget.js"

    assert 'guardWidget("https://cdn.example/widget.js")' in sent(HasAddress())["_esm"]


def test_a_part_of_the_state_without_the_script_is_sent_as_it_is() -> None:
    assert guard_script(Plain(), {"value": 1, "_css": LOOK}) == {"value": 1, "_css": LOOK}


def test_elsewhere_than_on_our_page_nothing_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SHEETS)
    widget = Plain()
    assert sent(widget) == widget.get_state()


def test_classes_made_for_each_page_do_not_fill_the_disk(page: Path) -> None:
    for number in range(MOST_FILES):
        (page / str(number)).touch()
    state = sent(Plain())
    assert '{"text":' in state["_esm"]
    assert state["_css"] == LOOK


def test_a_file_is_compressed_once(page: Path) -> None:
    file = page / store_file(SCRIPT, "js")
    first = read_packed(file)
    file.unlink()
    assert read_packed(file) == first


def test_a_figure_of_plotly_s_is_imported_without_the_grammars_of_addresses() -> None:
    code = "import enishi.serve, sys, plotly.graph_objects as go; go.FigureWidget; "
    code += "print(sys.modules['rfc3987_syntax'])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "None\n"
