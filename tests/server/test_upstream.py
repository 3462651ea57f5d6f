"""What we replace of Jupyter, Voilà and anywidget is still there: see `docs/serve.md`.

Each test stands for one private part. When it fails, upstream has changed: the sentence says what,
and `docs/serve.md` when our replacement may go.
"""

from __future__ import annotations

import atexit
import inspect
from importlib.util import find_spec
from pathlib import Path

import anywidget.widget
from ipykernel import ipkernel
from jupyter_client import session
from jupyter_client.session import Session
from jupyter_core.paths import jupyter_path
from jupyter_server import CallContext
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from voila.notebook_renderer import NotebookRenderer

FRONT_END = [Path(each) for each in jupyter_path("voila", "templates", "base", "static")]


def has(owner: object, *names: str) -> None:
    """See that all that is replaced or used exists under its name."""
    gone = [name for name in names if not hasattr(owner, name)]
    assert not gone, f"{owner} has no {', '.join(gone)} any more: what replaces it is never called."


def source_of(package: str, file: str) -> str:
    """Return the source of a module, without importing it."""
    spec = find_spec(package)
    assert spec and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], file).read_text(encoding="utf-8")


def test_dates_are_looked_for_by_a_function_of_the_module() -> None:
    assert "extract_dates" in vars(session), "There is no `extract_dates` to be replaced any more."
    used = "extract_dates(" in inspect.getsource(Session)
    assert used, "`Session` looks for dates in another way: `keep_dates_as_text` has no effect."


def test_a_kernel_looks_through_all_modules() -> None:
    assert "sys.modules" in inspect.getsource(ipkernel), (
        "ipykernel does not look through `sys.modules` any more: `SysWithoutModules` may go."
    )


def test_jsonschema_imports_its_grammars_at_once() -> None:
    assert "rfc3987_syntax" in source_of("jsonschema", "_format.py"), (
        "jsonschema does without `rfc3987_syntax`: `enishi.serve` need not keep it out any more."
    )


def test_the_connection_of_a_page_has_what_we_replace() -> None:
    has(ZMQChannelsWebsocketConnection, "_on_zmq_reply", "_register_session", "_open_sessions")
    has(ZMQChannelsWebsocketConnection, "prepare", "get_part", "handle_incoming_message")


def test_the_websocket_of_a_page_has_what_we_replace() -> None:
    has(KernelWebsocketHandler, "pre_get", "ping_callback", "on_close", "write_message")


def test_the_kernel_manager_has_what_we_replace() -> None:
    has(AsyncMappingKernelManager, "_handle_kernel_died", "stop_watching_activity")
    has(AsyncMappingKernelManager, "_kernel_connections", "_kernel_ports", "cull_kernel_if_idle")


def test_a_request_s_handler_is_kept_in_a_context() -> None:
    has(CallContext, "JUPYTER_HANDLER", "set")


def test_exit_functions_can_be_run_without_an_exit() -> None:
    has(atexit, "_run_exitfuncs")


def test_anywidget_adds_traits_to_each_widget() -> None:
    assert "add_traits(" in inspect.getsource(anywidget.widget.AnyWidget.__init__), (
        "anywidget does not add traits to each widget any more: `Sheet.add_traits` may go."
    )


def test_a_renderer_keeps_the_client_that_makes_a_page() -> None:
    source = inspect.getsource(NotebookRenderer)
    assert "self.executor" in source, (
        "`stop_channels` does not find the renderer's client any more."
    )


def test_voila_s_front_end_begins_when_the_window_has_loaded() -> None:
    scripts = [file for folder in FRONT_END for file in folder.glob("*voila.js")]
    assert any('addEventListener("load"' in each.read_text(encoding="utf-8") for each in scripts), (
        "Voilà's front end begins otherwise than at the window's load: see `callLateListeners`."
    )
