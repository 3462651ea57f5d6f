"""What people would use instead, each in an environment of its own, and how each is started.

The environments are made once, one after the other, below the platform's cache folder
(ENISHI_BENCH names another), and are kept until the pins below change.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import platformdirs

SCREENS = Path(__file__).parent / "screens"
COMMON = ("pandas==3.1.1", "plotly==7.1.0")
ANYWIDGET = "anywidget==0.11.0"  # plotly's FigureWidget is one


@dataclass(frozen=True)
class Peer:
    """A framework: what is installed for it, and the command that serves our small screen.

    In the command `{port}` stands for the port; the program is the peer's own.
    """

    name: str
    pins: tuple[str, ...]
    command: str
    path: str = "/"

    @property
    def folder(self) -> Path:
        """Where its environment is."""
        return environments() / self.name

    @property
    def programs(self) -> Path:
        """Where the programs of its environment are."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")


PEERS = (
    Peer(
        "voila",
        ("voila==0.5.13", "ipykernel==7.4.0", "ipywidgets==8.1.9", *COMMON, ANYWIDGET),
        "voila in_voila.ipynb --no-browser --port={port} --Voila.ip=127.0.0.1",
    ),
    Peer(
        "solara",
        # The assets are its front end, without which it asks another host; the newest there are
        # fit ipyvuetify 1.
        ("solara==1.64.1", "solara-assets==1.58.2", "ipyvuetify==1.12.0", *COMMON, ANYWIDGET),
        "solara run in_solara.py --host 127.0.0.1 --port {port} --no-open --production",
    ),
    Peer(
        "streamlit",
        ("streamlit==1.67.0", *COMMON),
        "streamlit run in_streamlit.py --server.address 127.0.0.1 --server.port {port}"
        " --server.headless true --server.fileWatcherType none --browser.gatherUsageStats false",
    ),
    Peer(
        "panel",
        ("panel==1.9.4", *COMMON),
        # any origin: the page bench listens to what goes over the wire, on another port
        "panel serve in_panel.py --address 127.0.0.1 --port {port} --allow-websocket-origin *",
        path="/in_panel",
    ),
    Peer(
        "marimo",
        ("marimo==0.25.2", *COMMON),
        "marimo run in_marimo.py --headless --no-token --host 127.0.0.1 --port {port}",
    ),
    Peer(
        "dash",
        ("dash==4.4.1", "gunicorn==27.0.1", *COMMON),
        "gunicorn -w 1 --threads 8 -b 127.0.0.1:{port} in_dash:server",
    ),
)


def environments() -> Path:
    """Return the folder of the environments."""
    chosen = os.environ.get("ENISHI_BENCH")
    return Path(chosen or platformdirs.user_cache_dir("enishi-bench", appauthor=False))


def install(peer: Peer) -> None:
    """Make the environment of `peer`, unless it is there as pinned."""
    wanted = "\n".join(peer.pins)
    note = peer.folder / "pins.txt"
    if note.is_file() and note.read_text() == wanted:
        return
    print(f"Installing {peer.name} (once)", file=sys.stderr, flush=True)
    shutil.rmtree(peer.folder, ignore_errors=True)
    venv.create(peer.folder, with_pip=True)
    pip = [str(peer.programs / "python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--disable-pip-version-check", *peer.pins], check=True)
    note.write_text(wanted)
