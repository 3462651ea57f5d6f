"""A room on one laptop, as phones in the same network reach it."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from enishi.i18n import read_texts
from enishi.serve import local_network
from enishi.serve.errors import NoNetworkError, SeveralNetworksError
from hosting import WHO, crumb, enter, ours
from serving import Serving, run, serving, write_notebook

WORDS = read_texts("pages")
ROOM, LEAD = "/voila/render/10-room.ipynb", "/voila/render/11-host.ipynb"
NEAR = local_network.private_addresses()
needs_network = pytest.mark.skipif(not NEAR, reason="this computer is in no network")


@dataclass
class Laptop:
    """A laptop that serves a room: what its terminal shows."""

    server: Serving
    own: str
    join: str
    code: str
    drawn: str

    @property
    def key(self) -> str:
        """The facilitator's key."""
        return self.own.partition("#")[2]


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    """A laptop in a network."""
    folder = tmp_path_factory.mktemp("here")
    (folder / "workbooks").mkdir()
    write_notebook(folder / "workbooks" / "10-room.ipynb", WHO, meant_for="seat")
    write_notebook(folder / "workbooks" / "11-host.ipynb", WHO, meant_for="lead")
    options = ("host", "--here", "--listen", NEAR[0], "--port", "0", "--language", "en")
    with serving(folder / "data", folder / "workbooks", *options, PYTHONUTF8="1") as server:
        assert server.process.stdout is not None
        printed = [server.address]
        for line in server.process.stdout:
            printed.append(line.rstrip("\n"))
            if line.startswith("Ctrl-C"):
                break
        [join] = [line for line in printed if line.endswith("/join")]
        [code] = [line for line in printed if re.fullmatch(r"\d{6}", line)]
        yield Laptop(server, server.address, join, code, "\n".join(printed))


@needs_network
def test_it_listens_on_this_computer_and_in_its_network_and_nowhere_else(laptop: Laptop) -> None:
    port = laptop.server.port
    assert laptop.own.startswith(f"http://127.0.0.1:{port}/login#")
    assert laptop.join == f"http://{NEAR[0]}:{port}/join"
    for name in ("127.0.0.1", NEAR[0]):
        assert httpx.get(f"http://{name}:{port}/join").status_code == 200
    with pytest.raises(OSError), socket.create_connection(("127.0.0.2", port), 2):
        pass
    evil = httpx.get(laptop.join, headers={"Host": f"evil.example:{port}"})
    assert evil.status_code == 403


@needs_network
def test_the_terminal_shows_the_code_the_seats_and_a_qr(laptop: Laptop) -> None:
    assert re.search(r"There is room for \d+ people\.", laptop.drawn)
    assert "█▀▄" in laptop.drawn or "▄▄▄▄▄" in laptop.drawn


@needs_network
def test_a_phone_joins_and_reads_that_the_line_is_open(laptop: Laptop) -> None:
    with httpx.Client(base_url=laptop.join.removesuffix("/join"), timeout=30) as phone:
        door = phone.get("/join", headers={"Accept-Language": "en"})
        assert WORDS["join"]["line"]["open"]["en"] in door.text
        form = {"code": laptop.code, "called": "Sample Ann", "_xsrf": crumb(door)}
        assert phone.post("/join", data=form, headers=ours(phone)).headers["location"] == ROOM
        assert "here is" in phone.get(ROOM).text


@needs_network
def test_whoever_leads_does_so_on_this_computer_alone(laptop: Laptop) -> None:
    own = f"http://127.0.0.1:{laptop.server.port}"
    with httpx.Client(base_url=own, timeout=30) as client:
        assert enter(client, laptop.key).status_code == 302
        assert "here is" in client.get(LEAD).text
        cookie = {"Cookie": f"enishi_person={client.cookies['enishi_person']}"}
    near = f"http://{NEAR[0]}:{laptop.server.port}"
    assert httpx.get(near + LEAD, headers=cookie).status_code == 403
    assert httpx.get(near + ROOM, headers=cookie).status_code == 403
    forged = cookie | {"Host": f"127.0.0.1:{laptop.server.port}"}
    assert httpx.get(near + LEAD, headers=forged).status_code == 403
    with httpx.Client(base_url=near, headers={"Accept-Language": "en"}) as phone:
        refused = enter(phone, laptop.key)
        assert refused.status_code == 403
        assert WORDS["person"]["exposed"]["en"] in refused.text
        assert "enishi_person" not in phone.cookies


@pytest.mark.parametrize(
    "options",
    [
        ("--address", "http://workbook.example/"),
        ("--address", "http://8.8.8.8:8866/"),
        ("--listen", "8.8.8.8"),
    ],
)
@needs_network
def test_an_address_for_everybody_without_https_is_refused(
    tmp_path: Path, options: tuple[str, str]
) -> None:
    told = run("host", "--here", *options, ENISHI_DATA=str(tmp_path), LANG="en")
    assert (told.returncode, told.stdout) == (1, "")
    assert "people would come without encryption" in told.stderr


def test_of_several_networks_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*addresses: str) -> None:
        monkeypatch.setattr(local_network, "_candidates", lambda: iter(addresses))

    found("192.168.1.20", "127.0.0.1", "192.168.1.20", "8.8.8.8")
    assert local_network.find_private_address() == "192.168.1.20"
    found("192.168.1.20", "10.0.0.5")
    with pytest.raises(SeveralNetworksError, match=r"192\.168\.1\.20, 10\.0\.0\.5"):
        local_network.find_private_address()
    found("127.0.0.1", "169.254.7.1")
    with pytest.raises(NoNetworkError):
        local_network.find_private_address()
