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
"""What Voilà's whole front end loads, for a page that shows more than our own sheets.

What else is installed beside us stays out of it.
"""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        # anywidget imports a widget's module from a blob: address. No script stands in the page
        # itself, so one that finds its way into somebody's text does not run.
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
    "Cache-Control": "no-store",  # for a computer that others use, too; what is for all says so
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


LONGEST_FORM_BYTES = 256 * 1024
"""What a browser may send at once, which is held in memory: a key, or the last words of a page.

A contacts file comes by the websocket."""


class Limits(NamedTuple):
    """What one computer is willing to carry."""

    pages: int = 24
    """How many pages may be open at once; each is a kernel of 40 MB, or 90 where none is forked."""

    patience: float = 90.0
    """Seconds a kernel waits for a page that has gone without saying so."""

    pages_each: int = 24
    """How many of them one person may have open."""

    memory: int = 3 << 29
    """Bytes of address space a kernel may use, so that one that runs away fails alone: 1.5 GB.

    Measured with two arenas (see `ONE_THREAD`): 0.36 GB on any page of an empty book; a file of
    50 000 people that is brought in adds 0.27 GB.
    """

    memory_each: int = 3 << 30
    """Bytes that the kernels of one person may hold together, beside what all kernels share.

    A page with 100 000 people in the book holds 250 MB, one of an empty book 25 MB. 0 is no limit.
    """


def security_config(limits: Limits) -> Config:
    """Return the configuration of Voilà and Jupyter that nothing else may loosen."""
    config = Config()
    voila = config.VoilaConfiguration
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
    # Nothing is done to a notebook before it is shown; eleven would look at it, and all of it would
    # be checked after each.
    config.VoilaExporter.default_preprocessors = []
    voila.multi_kernel_manager_class = "enishi.serve.kernels.manager.PageKernelManager"
    voila.kernel_spec_manager_class = "enishi.serve.kernels.manager.BundledKernelSpecs"
    config.PageKernelHandle.client_class = "enishi.serve.kernels.manager.MeasuredClient"
    kernels = config.PageKernelManager
    kernels.allow_tracebacks = False  # show_tracebacks does not cover what a click raises
    kernels.buffer_offline_messages = False  # the buffer is a list without an end
    kernels.most = limits.pages
    kernels.most_each = limits.pages_each
    kernels.most_memory_each = limits.memory_each >> 20
    kernels.patience = limits.patience
    kernels.cull_interval = max(1, round(limits.patience / 9))
    kernels.cull_idle_timeout = 1  # any value above 0 starts looking for kernels without a page
    config.ForkProvisioner.most_memory = limits.memory
    # A restarted kernel is an empty one: the page looks alive and every click is lost. A dead
    # kernel is said to be dead, and the page opens again from the book.
    config.KernelRestarter.restart_limit = 0
    config.KernelRestarter.time_to_dead = 1.0
    if os.name == "posix":
        config.KernelManager.transport = "ipc"  # sockets in a folder of our own, not open ports
    else:
        kernels.transport_encryption = "auto"
    return config


def server_settings(address: Address) -> dict[str, Any]:
    """Return the Tornado settings that go with it."""
    return {
        "allow_remote_access": True,  # `HostCheckRouter` has looked at the Host header
        "headers": HEADERS,
        "compress_response": True,  # has to be known when the application is made
        "websocket_compression_options": {},
        "xsrf_cookie_name": f"{address.cookie_prefix}_xsrf",
        "xsrf_cookie_kwargs": {
            "samesite": "Lax",
            "path": address.path,
            "secure": address.is_secure,
        },
    }
