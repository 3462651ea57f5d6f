"""Every setting that keeps the server closed, in one place, each with its reason."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from traitlets.config import Config

from enishi.serve.auth.public_url import Address

EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
    "jupyterlab-plotly",
)
"""Extensions that Voilà's whole front end loads, for a page that shows more than our own sheets.

Other installed extensions are not loaded.
"""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        # anywidget imports a widget's module from a blob: address. No page contains an inline
        # script, so one that gets into a person's text does not run.
        "script-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",  # widgets and Plotly bring style elements
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)

HEADERS = {
    "Cache-Control": "no-store",  # for shared computers; public files override it
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


LONGEST_FORM_BYTES = 256 * 1024
"""Longest body in bytes that a browser may send at once, held in memory: a key, or the last
messages of a page.

A contacts file comes by the websocket.
"""


OUTPUT_SECONDS = 60
"""Longest wait in seconds for what a cell shows, after it has ended; a busy computer is late."""


class Limits(NamedTuple):
    """The most that one computer may carry."""

    pages: int = 24
    """How many pages may be open at once; each is a kernel of 40 MB, or 90 MB without a fork."""

    patience: float = 90.0
    """Seconds a kernel waits for a page whose connection was lost without notice."""

    pages_each: int = 24
    """How many of them one person may have open."""

    memory: int = 3 << 29
    """Bytes of address space a kernel may use, so that one that runs away fails alone: 1.5 GB.

    Measured with two arenas (see `ONE_THREAD`): 0.36 GB on any page of an empty book; an imported
    file of 50 000 people adds 0.27 GB.
    """

    memory_each: int = 3 << 30
    """Bytes that the kernels of one person may hold together, beside what all kernels share.

    A page with 100 000 people in the book holds 250 MB, a page of an empty book 25 MB. 0 is no
    limit.
    """


def security_config(limits: Limits) -> Config:
    """Return the configuration of Voilà and Jupyter that no other setting may loosen."""
    # Not needed by the commands that read only `Limits`; a server has imported them by now.
    from jupyter_client.manager import KernelManager
    from jupyter_client.restarter import KernelRestarter
    from voila.configuration import VoilaConfiguration
    from voila.execute import VoilaExecutor
    from voila.exporter import VoilaExporter

    from enishi.serve.fork.provisioner import ForkProvisioner
    from enishi.serve.kernels import manager

    config = Config()
    voila = config[VoilaConfiguration.__name__]
    voila.template = "enishi"
    voila.allow_template_override = "NO"
    voila.allow_theme_override = "NO"  # ?theme= is written into the page unescaped
    voila.show_tracebacks = False
    voila.strip_sources = True
    voila.file_allowlist = []
    voila.extension_allowlist = list(EXTENSIONS)
    voila.http_header_envs = ["Accept-Language"]
    voila.preheat_kernel = False  # hands one visitor's address to the next one's kernel
    voila.progressive_rendering = False
    # A notebook is not changed before it is shown. By default eleven preprocessors would read it,
    # and all of it would be validated after each.
    config[VoilaExporter.__name__].default_preprocessors = []
    # By default what a cell shows is left out, without a word, if it comes 4 s after its end.
    config[VoilaExecutor.__name__].iopub_timeout = OUTPUT_SECONDS
    voila.multi_kernel_manager_class = manager.PageKernelManager
    voila.kernel_spec_manager_class = manager.BundledKernelSpecs
    client = manager.MeasuredClient
    config[
        manager.PageKernelHandle.__name__
    ].client_class = f"{client.__module__}.{client.__name__}"
    kernels = config[manager.PageKernelManager.__name__]
    kernels.allow_tracebacks = False  # show_tracebacks does not cover what a click raises
    kernels.buffer_offline_messages = False  # the buffer is a list without a limit
    kernels.max_kernels = limits.pages
    kernels.max_per_user = limits.pages_each
    kernels.max_memory_per_user = limits.memory_each >> 20
    kernels.reconnect_grace = limits.patience
    kernels.cull_interval = max(1, round(limits.patience / 9))
    kernels.cull_idle_timeout = 1  # any value above 0 starts the search for kernels without a page
    config[ForkProvisioner.__name__].most_memory = limits.memory
    # A restarted kernel is empty: the page looks alive and every click is lost. A dead kernel is
    # reported as dead, and the page opens again from the book.
    restarter = config[KernelRestarter.__name__]
    restarter.restart_limit, restarter.time_to_dead = 0, 1.0
    if os.name == "posix":
        config[
            KernelManager.__name__
        ].transport = "ipc"  # sockets in a folder of our own, not open ports
    else:
        kernels.transport_encryption = "auto"
    return config


def server_settings(address: Address, is_in_jupyter: bool = False) -> dict[str, Any]:
    """Return the Tornado settings that belong to `security_config`.

    Args:
        address: the public address.
        is_in_jupyter: whether jupyter-server-proxy is in front: the browser then sends the cookie
            `_xsrf` of that Jupyter to us as well, so ours has another name.
    """
    headers = dict(HEADERS)
    if address.is_open:  # browsers ignore it there, and complain on each page
        del headers["Cross-Origin-Opener-Policy"]
    return {
        "allow_remote_access": True,  # `HostCheckRouter` has checked the Host header
        "headers": headers,
        "compress_response": True,  # must be set before the application is made
        "websocket_compression_options": {},
        "xsrf_cookie_name": f"{'enishi' if is_in_jupyter else address.cookie_prefix}_xsrf",
        "xsrf_cookie_kwargs": {
            "samesite": "Lax",
            "path": address.path,
            "secure": address.is_secure,
        },
    }
