"""What we replace of Jupyter, Voilà and anywidget is still there: see `docs/serve.md`.

Each test stands for one private part. When it fails, upstream has changed: the sentence says what,
and `docs/serve.md` when our replacement may go. The patches are in `enishi.serve.jupyter_patches`.
"""

from __future__ import annotations

import atexit
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import anywidget.widget
import jupyter_server.base.handlers
from ipykernel import ipkernel
from ipykernel.kernelbase import Kernel
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client import session
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.session import Session
from jupyter_core.paths import jupyter_path
from jupyter_server import CallContext
from jupyter_server.auth.identity import IdentityProvider
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from traitlets.config import Application
from voila.notebook_renderer import NotebookRenderer

from enishi import serve
from enishi.paths import CHECKOUT
from enishi.serve import jupyter_patches

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


def our_classes() -> Iterator[type]:
    """Yield all classes of `enishi.serve`."""
    for found in pkgutil.walk_packages(serve.__path__, "enishi.serve."):
        for each in vars(import_module(found.name)).values():
            if inspect.isclass(each) and each.__module__ == found.name:
                yield each


@cache
def code_of(one: type) -> str:
    """Return the source of a class; "" for one that has none."""
    try:
        return inspect.getsource(one)
    except (OSError, TypeError):  # made by a decorator, or written in C
        return ""


def private_parts(ours: type) -> Iterator[str]:
    """Yield the private attributes of other packages that a class overrides or uses."""
    own = set(re.findall(r"(?:self|super\(\))\.(_[a-z]\w+)", code_of(ours)))
    own |= {name for name, it in vars(ours).items() if inspect.isroutine(it) or inspect.isclass(it)}
    for above in ours.__mro__:
        if above.__module__.partition(".")[0] not in ("enishi", "builtins"):
            stored = set(re.findall(r"self\.(_[a-z]\w+)", code_of(above)))
            yield from (name for name in own & (vars(above).keys() | stored) if name[0] == "_")


def test_each_private_part_is_listed() -> None:
    used = {name for each in our_classes() for name in private_parts(each) if name[:2] != "__"}
    listed = set(re.findall(r"`(_\w+)`", jupyter_patches.__doc__ or ""))
    assert used == listed
    told = (CHECKOUT / "docs" / "serve.md").read_text(encoding="utf-8")
    assert {name for name in listed if f"`{name}`" not in told} == set()


def test_dates_are_looked_for_by_a_function_of_the_module() -> None:
    assert "extract_dates" in vars(session), "There is no `extract_dates` to be replaced any more."
    used = "extract_dates(" in inspect.getsource(Session)
    assert used, "`Session` looks for dates in another way: `keep_dates_as_text` has no effect."


def test_a_kernel_looks_through_all_modules() -> None:
    assert "sys.modules" in inspect.getsource(ipkernel), (
        "ipykernel does not look through `sys.modules`: `hide_modules_from_ipykernel` may go."
    )


def test_jsonschema_imports_its_grammars_at_once() -> None:
    assert "rfc3987_syntax" in source_of("jsonschema", "_format.py"), (
        "jsonschema does without `rfc3987_syntax`: `skip_format_checkers` may go."
    )


def test_a_widget_sends_the_script_of_its_class_in_its_state() -> None:
    class Own(anywidget.AnyWidget):
        _esm = "export default {}"

    assert Own().get_state()["_esm"] == Own._esm, (
        "anywidget sends a script in another way: `replace_widget_state` has no effect, or may go."
    )


def test_the_connection_of_a_page_has_what_we_replace() -> None:
    has(ZMQChannelsWebsocketConnection, "_on_zmq_reply", "_register_session", "_open_sessions")
    has(ZMQChannelsWebsocketConnection, "prepare", "get_part", "handle_incoming_message")


def test_the_websocket_of_a_page_has_what_we_replace() -> None:
    has(KernelWebsocketHandler, "pre_get", "ping_callback", "on_close", "write_message")


def test_the_kernel_manager_has_what_we_replace() -> None:
    has(AsyncMappingKernelManager, "_handle_kernel_died", "stop_watching_activity")
    has(AsyncMappingKernelManager, "_kernel_connections", "_kernel_ports", "cull_kernel_if_idle")
    has(AsyncMappingKernelManager, "_context_default")


def test_the_kernel_has_what_we_replace() -> None:
    has(Kernel, "_publish_execute_input")
    has(ZMQInteractiveShell, "_showtraceback")
    has(AsyncKernelClient, "_handle_kernel_info_reply")


def test_the_entrance_has_what_we_replace() -> None:
    has(LoginFormHandler, "_render", "_redirect_safe")
    has(IdentityProvider, "_get_user")
    used = "_jupyter_current_user" in inspect.getsource(jupyter_server.base.handlers)
    assert used, "Jupyter keeps a request's user elsewhere than in `_jupyter_current_user`."


def test_a_program_has_what_we_replace() -> None:
    has(Application, "_log_formatter_cls")


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
