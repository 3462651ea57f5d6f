"""A room on one laptop, as phones in the same network reach it."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, select

from enishi.book import Book, accounts
from enishi.book.accounts import read_connection
from enishi.book.database import open_database
from enishi.book.room_tables import ROOM_TABLES
from enishi.i18n import read_texts
from enishi.identity import FACILITATOR
from enishi.room import entries
from enishi.serve import local_network
from enishi.serve.book_copy import BookCopy
from enishi.serve.cli.host import open_copy
from enishi.serve.cli.opened_room import ensure_room, show_seats
from enishi.serve.errors import CopyNeedsFileError, NoNetworkError, SeveralNetworksError
from enishi.serve.seats import granted_seats
from hosting import WHO, crumb, enter, ours
from serving import Serving, run, serving, wait_until, write_notebook
from stores import BOOK, in_file

WORDS = read_texts("pages")
ROOM, LEAD = "/voila/render/10-room.ipynb", "/voila/render/11-host.ipynb"
NEAR = local_network.private_addresses()
needs_network = pytest.mark.skipif(not NEAR, reason="this computer is in no network")


@dataclass
class Laptop:
    """A laptop that serves a room: its folder, and what its terminal shows."""

    folder: Path
    server: Serving
    own: str
    join: str
    code: str
    drawn: str

    @property
    def key(self) -> str:
        """The facilitator's key."""
        return self.own.partition("#")[2]


OPTIONS = ("host", "--here", *(("--listen", NEAR[0]) if NEAR else ()), "--port", "0")
ENGLISH = {"PYTHONUTF8": "1", "LANG": "en", "LANGUAGE": "en"}


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    """A laptop in a network, on which a facilitator has opened a room with a form."""
    folder = tmp_path_factory.mktemp("here")
    (folder / "workbooks").mkdir()
    write_notebook(folder / "workbooks" / "10-room.ipynb", WHO, meant_for="seat")
    write_notebook(folder / "workbooks" / "11-host.ipynb", WHO, meant_for="lead")
    copying = ("--copy", str(folder / "copy"))
    with serving(folder / "data", folder / "workbooks", *OPTIONS, *copying, **ENGLISH) as server:
        printed = [server.address, *lines_up_to(server, "Ctrl-C")]
        assert not any(line.endswith("/join") for line in printed), "there is no room yet"
        open_room(server, seats="2", title="Our evening", language="ja")
        printed += lines_up_to(server, "")
        [join] = [line for line in printed if line.endswith("/join")]
        [code] = [line for line in printed if re.fullmatch(r"\d{6}", line)]
        yield Laptop(folder, server, server.address, join, code, "\n".join(printed))


def lines_up_to(server: Serving, start: str) -> Iterator[str]:
    """Yield what the terminal shows next, up to a line that begins with something, or is empty."""
    assert server.process.stdout is not None
    for line in server.process.stdout:
        yield line.rstrip("\n")
        if line.startswith(start) if start else not line.strip():
            break


def open_room(server: Serving, **chosen: str) -> None:
    """Enter as the facilitator, be led to the form, be told what does not fit, and send it."""
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=30) as client:
        assert enter(client, server.address.partition("#")[2]).status_code == 302
        for page in ("/", LEAD):
            assert client.get(page).headers["location"] == "/host"
        assert 'href="/host"' in client.get("/gone").text
        door = client.get("/host", headers={"Accept-Language": "en"})
        for agenda in ("60", "90", "120", "mokumoku"):
            assert f'value="{agenda}"' in door.text
        form = {"agenda": "60", "language": "en", "_xsrf": crumb(door)} | chosen
        [most] = re.findall(r"takes in up to (\d+) people", door.text)
        for wrong in ({"seats": str(int(most) + 1)}, {"title": "x" * 81}, {"agenda": "75"}):
            refused = client.post("/host", data=form | wrong, headers=ours(client))
            assert refused.status_code == 400
            assert f'id="{next(iter(wrong))}-wrong"' in refused.text
        opened = client.post("/host", data=form, headers=ours(client))
        assert (opened.status_code, opened.headers["location"]) == (302, LEAD)
        assert client.get("/host").headers["location"] == LEAD, "one session at a time"
        again = client.post("/host", data=form, headers=ours(client))
        assert again.headers["location"] == LEAD


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
def test_the_room_is_as_the_facilitator_chose(laptop: Laptop) -> None:
    engine = open_database(in_file(laptop.folder / "data" / BOOK))
    frame = Book(engine, entries.latest_room(engine)).frame
    [stage] = frame("room_stage").to_dict("records")
    assert (stage["title"], stage["language"]) == ("Our evening", "ja")
    assert frame("room_phase")["minutes"].sum() == 60
    seats = frame("room_seat")
    assert list(seats["called"][seats["leads"]]) == ["進行役"]
    with read_connection(engine) as connection:
        rooms = connection.scalars(select(ROOM_TABLES["room_stage"].c.owner)).all()
    assert len(rooms) == 1, "a second click opens no second room"
    engine.dispose()


@needs_network
def test_the_terminal_shows_the_code_the_seats_and_a_qr(laptop: Laptop) -> None:
    assert re.search(r"There is room for \d+ people\.", laptop.drawn)
    assert "█▀▄" in laptop.drawn or "▄▄▄▄▄" in laptop.drawn


@pytest.fixture(scope="module")
def phone(laptop: Laptop) -> Iterator[httpx.Client]:
    """A phone that has joined."""
    with httpx.Client(base_url=laptop.join.removesuffix("/join"), timeout=30) as client:
        assert join(client, laptop, "Sample Ann").headers["location"] == ROOM
        yield client


def join(client: httpx.Client, laptop: Laptop, called: str) -> httpx.Response:
    """Join as the form does."""
    form = {"code": laptop.code, "called": called, "_xsrf": crumb(client.get("/join"))}
    return client.post("/join", data=form, headers=ours(client))


@needs_network
def test_a_phone_joins_and_reads_that_the_line_is_open(laptop: Laptop, phone: httpx.Client) -> None:
    door = phone.get("/join", headers={"Accept-Language": "en"})
    assert WORDS["join"]["line"]["open"]["en"] in door.text
    assert "here is" in phone.get(ROOM).text
    assert phone.get("/host").status_code == 403, "only a facilitator opens a room"
    assert 'href="/host"' not in phone.get("/gone").text


@needs_network
def test_a_room_takes_in_as_many_as_the_facilitator_chose(
    laptop: Laptop, phone: httpx.Client
) -> None:
    for name, status in (("Sample Ben", 302), ("Sample Cem", 503)):
        with httpx.Client(base_url=phone.base_url, timeout=30) as another:
            assert join(another, laptop, name).status_code == status


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
    assert httpx.get(near + "/host", headers=cookie).status_code == 403
    forged = cookie | {"Host": f"127.0.0.1:{laptop.server.port}"}
    assert httpx.get(near + LEAD, headers=forged).status_code == 403
    with httpx.Client(base_url=near, headers={"Accept-Language": "en"}) as phone:
        refused = enter(phone, laptop.key)
        assert refused.status_code == 403
        assert WORDS["person"]["exposed"]["en"] in refused.text
        assert "enishi_person" not in phone.cookies


@needs_network
def test_another_laptop_goes_on_from_the_copy_with_everybody_in_their_seats(
    laptop: Laptop, phone: httpx.Client
) -> None:
    kept = laptop.folder / "copy"
    assert f'ENISHI_DATA="{kept}" enishi host --here' in laptop.drawn
    wait_until(lambda: (kept / BOOK).exists() and (kept / "cookie-secret").exists())
    other = laptop.folder / "other" / "data"
    other.parent.mkdir()
    BookCopy(laptop.folder / "data" / BOOK, other).refresh()
    cookie = {"Cookie": f"enishi_person={phone.cookies['enishi_person']}"}
    with serving(other, laptop.folder / "workbooks", *OPTIONS, **ENGLISH) as server:
        printed = [server.address, *lines_up_to(server, "Ctrl-C")]
        assert laptop.code in printed, "the same room with the same code"
        at_home = httpx.get(f"http://{NEAR[0]}:{server.port}/", headers=cookie, timeout=30)
        assert at_home.headers["location"] == ROOM, "the cookie is good, and the seat is there"
        with httpx.Client(base_url=server.root, timeout=30) as client:
            assert enter(client, server.address.partition("#")[2]).status_code == 302
            assert client.get("/").headers["location"] == LEAD


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


def test_who_asks_for_more_seats_than_there_is_memory_for_is_told_the_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for asked, said in ((None, "room for 26 people."), (12, "room for 12"), (50, "for 26 people")):
        show_seats(granted_seats(asked, free_mb=2_000), asked, "en")
        assert said in capsys.readouterr().out
    assert granted_seats(99, free_mb=None) == 60


def test_a_copy_of_books_in_a_database_server_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CopyNeedsFileError):
        open_copy(create_engine("postgresql+psycopg://nobody@127.0.0.1/none"), tmp_path)


def test_a_facilitator_without_a_room_gets_one_address_each_start(book: Book) -> None:
    (none, first), (_, second) = (
        ensure_room(book.engine, None, None, "en", at_once=False) for _ in range(2)
    )
    assert (none, accounts.find_by_key(book.engine, first)) == ("", None)
    host = accounts.find_by_key(book.engine, second)
    assert host is not None and host.role == FACILITATOR
    assert len(accounts.list_persons(book.engine)) == 1


def test_a_start_in_the_middle_of_a_session_gives_whoever_leads_a_new_address(book: Book) -> None:
    room, first = ensure_room(book.engine, "60", None, "en")
    begun = accounts.begin_session(book.engine, first)
    again, second = ensure_room(book.engine, None, None, "en", at_once=False)
    assert again == room and begun is not None
    assert accounts.find_by_session(book.engine, begun[1]) == begun[0], "the browser stays in"
    host = accounts.find_by_key(book.engine, second)
    assert host is not None and host.id == begun[0].id
