"""All patches of Jupyter, Voilà, ipykernel and what they import; nothing else in `src` makes one.

A patch assigns to a variable of another package, or calls a function that it does not publish. Each
function here says why, where upstream the patched code is, and when the patch may go. Every import
of a patched package is inside its function: `enishi.serve` imports this module before all else.

Private methods that a subclass overrides (first line) or uses (second) stay in their class:

    serve/kernels/manager.py        `_handle_kernel_died`;
                                    `_context_default`, `_kernel_connections`, `_kernel_ports`
    serve/kernels/page_kernel.py    `_publish_execute_input`, `_showtraceback`
    serve/kernels/client.py         `_handle_kernel_info_reply`, only used
    serve/handlers/websocket.py     `_on_zmq_reply`, `_register_session`;
                                    `_open_sessions`, `_limit_rate`
    serve/auth/token_auth.py        `_render`;
                                    `_get_user`
    serve/auth/host_check.py        `_jupyter_current_user`, only used
    serve/auth/key_auth.py          `_redirect_safe`, only used
    serve/log_format.py             `_log_formatter_cls`

`docs/serve.md` lists both kinds; `tests/server/test_upstream.py` fails when upstream has changed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any, ClassVar

_FORMAT_CHECKERS = (
    "rfc3987_syntax",
    "rfc3986_validator",
    "isoduration",
    "uri_template",
    "webcolors",
)


def skip_format_checkers() -> None:
    """Make the checkers of `jsonschema`'s formats count as not installed; it works without them.

    Why: `rfc3987_syntax` builds 38 grammars of international addresses, one to four seconds before
    the first page, the others take 40 ms, for a check of Jupyter's events that nothing here needs.
    Upstream: `jsonschema/_format.py`. May go when `jsonschema` imports them late.
    """
    for name in _FORMAT_CHECKERS:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # cannot be imported


@contextmanager
def block_imports(*names: str) -> Iterator[None]:
    """Make imports of `names` fail inside the block, as if they were not installed.

    A module that is imported already stays; an importer handles the absence of an optional one.

    Why: ipykernel imports `debugpy`, which starts threads and costs 20 MB.
    Upstream: `ipykernel/debugger.py`. May go when it is imported only with a debugger.
    """
    with _stand_in(dict.fromkeys(names)):
        yield


_DEFERRED = (("bs4", "BeautifulSoup"), ("requests", "request"))
"""Packages that Jupyter imports for one function each, which the server never calls."""


@contextmanager
def defer_imports() -> Iterator[None]:
    """Let an import of `_DEFERRED` inside the block bring the function only; its call imports.

    A package that is imported already stays.

    Why: the two take 0.17 s of the server's start; one reads pictures in Markdown cells, the other
    fetches a list of forbidden extensions.
    Upstream: `nbconvert/filters/markdown_mistune.py`, `nbconvert/exporters/html.py`,
    `jupyterlab_server/listings_handler.py`. May go when they import them late.
    """
    modules: dict[str, ModuleType | None] = {}
    for name, function in _DEFERRED:
        modules[name] = module = ModuleType(name)
        vars(module)[function] = partial(_import_and_call, name, function)
    with _stand_in(modules):
        yield


@contextmanager
def _stand_in(modules: Mapping[str, ModuleType | None]) -> Iterator[None]:
    """Put those of `modules` that are not imported yet in their place inside the block.

    None stands for a module that cannot be imported.
    """
    absent = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(absent)  # type: ignore[arg-type]  # documented: None cannot be imported
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def _import_and_call(name: str, function: str, *values: Any, **options: Any) -> Any:
    return getattr(import_module(name), function)(*values, **options)


def keep_dates_as_text() -> None:
    """Make Jupyter leave the dates of messages as text, since nothing here reads them.

    Why: it searches each message's header for dates, at each hop: a tenth of the server's work for
    a page.
    Upstream: `extract_dates` in `jupyter_client/session.py`. May go when it can be switched off.
    """
    from jupyter_client import session

    vars(session)["extract_dates"] = _return_unchanged


def _return_unchanged(header: Any) -> Any:
    return header


@contextmanager
def hide_modules_from_ipykernel() -> Iterator[None]:
    """Hide all imported modules from ipykernel inside the block, in which a kernel is made.

    Why: it notes the file of every module, for a debugger; reading all of them makes a forked
    kernel copy 8 MB.
    Upstream: `IPythonKernel.__init__` in `ipykernel/ipkernel.py`. May go when this is done only
    with a debugger.
    """
    from ipykernel import ipkernel

    vars(ipkernel)["sys"] = SysWithoutModules()
    try:
        yield
    finally:
        vars(ipkernel)["sys"] = sys


class SysWithoutModules:
    """The module `sys`, without any imported modules."""

    modules: ClassVar[dict[str, Any]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


def replace_widget_state(replace: Callable[[Any, dict[str, Any]], dict[str, Any]]) -> None:
    """Make every anywidget send what `replace` returns for it and its state.

    Why: each instance sends the script of its class: a page with a figure of Plotly's gets 5 MB at
    each visit, and again after each lost connection.
    Upstream: `Widget.get_state` in ipywidgets, which `AnyWidget` inherits. May go when anywidget
    sends a script by its address.

    Args:
        replace: called with the widget, and all of its state or a part.
    """
    from anywidget import AnyWidget

    if "get_state" in vars(AnyWidget):
        return
    inherited = AnyWidget.get_state

    def get_state(self: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return replace(self, inherited(self, *args, **kwargs))

    setattr(AnyWidget, "get_state", get_state)  # noqa: B010 - an assignment is no method to mypy


def forget_request() -> None:
    """Drop the reference from the context of this request to its handler.

    Why: every timer and socket created in that context holds the handler for as long as they live:
    a kernel's life, or half a minute after a websocket closed.
    Upstream: `JupyterHandler.prepare` in `jupyter_server/base/handlers.py`. May go when the
    context ends with the request.
    """
    from jupyter_server import CallContext

    CallContext.set(CallContext.JUPYTER_HANDLER, None)


def run_exit_functions() -> None:
    """Run the functions registered with `atexit`, without finalising the interpreter.

    Why: finalising would touch, and so copy, all the memory that a forked kernel shares.
    Upstream: Python's `atexit`. May go when Python has a public name for it.
    """
    import atexit

    atexit._run_exitfuncs()
