"""Enishi as a tile of JupyterLab: what jupyter-server-proxy needs to start it and to reach it.

The entry point is read inside the person's own Jupyter server, so this module imports little.
"""

from __future__ import annotations

import os
import secrets
import sys
from typing import Any

from enishi.paths import shared

PROXY_TOKEN = "ENISHI_PROXY_TOKEN"
"""Environment variable that passes our server the token that each request has to carry."""
PROXY_HEADER = "X-Enishi-Proxy-Token"
"""The header with the token. The proxy sets it over whatever a browser sent."""
_COMMAND = "from enishi.serve.cli.main import main; main(prog_name='enishi')"
_START_SECONDS = 30.0


def server() -> dict[str, Any]:
    """Return how jupyter-server-proxy starts Enishi: on a private socket, with a token of its own.

    The token goes through the environment, which other users of the machine cannot read, unlike
    the command line. The path of the socket is chosen by the proxy, in a new folder that only this
    user can enter.

    Raises:
        OSError: this system has no such sockets; the proxy then offers no tile.
    """
    if os.name != "posix":
        raise OSError("Enishi in JupyterLab needs Unix sockets. `enishi` opens it without them.")
    token = secrets.token_urlsafe(32)
    return {
        # -P: a file in the current folder, where Jupyter was started, is not imported.
        "command": [
            *(sys.executable, "-P", "-c", _COMMAND),
            *("--socket", "{unix_socket}", "--base-url", "{base_url}enishi/"),
        ],
        "environment": {PROXY_TOKEN: token},
        "unix_socket": True,
        "absolute_url": True,
        "request_headers_override": {PROXY_HEADER: token},
        "timeout": _START_SECONDS,
        "new_browser_tab": True,
        "launcher_entry": {
            "title": "Enishi",
            "icon_path": str(shared("data") / "jupyter" / "enishi.svg"),
        },
    }
