"""The visitor that belongs to a server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crowd.jupyter import Enishi, Solara, Voila
from crowd.others import Dash, Marimo, Panel, Streamlit
from crowd.servers import OURS, Server

KINDS = {each.__name__.lower(): each for each in (Dash, Marimo, Panel, Solara, Streamlit, Voila)}


def visitor_of(server: Server, files: Sequence[str] = ()) -> Any:
    """Return a visitor for the framework that `server` runs."""
    return (Enishi if server.name in OURS else KINDS[server.name])(server, files)
