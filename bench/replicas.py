"""One server and two behind nginx, on one PostgreSQL: visits a second, and what a killed one costs.

    python bench/replicas.py [--people 12] [--seconds 30]

People come with a key, get a page, write a wish, wait for the answer and leave, again and again.
Each run takes place on a database of its own. In the last one a server of two is killed in the
middle and started again a few seconds later; then every wish that was answered as saved is looked
for in the database. Both servers run on the machine that the visitors use as well: two of them
serve more only where it has cores to spare.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, text
from websockets.exceptions import WebSocketException

from crowd.guests import KeyVisitor
from crowd.servers import REAL, Server
from crowd.web import Refused, Web
from enishi.book import accounts
from enishi.book.database import open_database
from enishi.paths import shared

sys.path.append(str(Path(__file__).parents[1] / "tests" / "support"))

from fronts import Replica, free_port, running
from get_nginx import find_nginx
from postgresql import both_accounts, running_postgresql

AWAY_SECONDS = 5.0
"""How long a killed server is away."""
PATIENCE = 60.0
TROUBLES = (Refused, OSError, TimeoutError, WebSocketException, LookupError, TypeError, ValueError)
NGINX = """
daemon off; pid pid; error_log error.log; worker_processes 1; {user}
events {{}}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    map $http_upgrade $enishi_connection {{ default upgrade; "" close; }}
    upstream enishi {{
        hash $cookie_enishi_person consistent;
        {servers}
    }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://enishi;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $enishi_connection;
            proxy_set_header Host $http_host;
            proxy_buffering off;
            proxy_read_timeout 120s;
        }}
    }}
}}
"""
"""As docs/serving/nginx.conf, without encryption: both ends are on this machine."""


class Load(NamedTuple):
    """One run: visits that ended well and that did not, seconds, ids of what was saved."""

    well: int
    broken: int
    seconds: float
    saved: set[str]


class Comer(KeyVisitor):
    """A person with a key who comes again and again, and remembers what was answered as saved."""

    def __init__(self, server: Server, key: str) -> None:
        super().__init__(server, key)
        self.saved: set[str] = set()

    async def come_and_go(self) -> None:
        """Come, write a wish into a goal of its own, and leave.

        Raises:
            Refused: something went wrong; so do the other `TROUBLES`.
        """
        self.web = Web(self.server.port)
        await self.again()
        async with asyncio.timeout(PATIENCE):
            await self.show()
            await self.begin()
            await self.change()
            self.saved.add(self.goal)
            await self.leave()


@contextmanager
def front(folder: Path, servers: list[int], port: int) -> Iterator[Server]:
    """Run nginx before these servers until the block is left; return it as a server."""
    folder.mkdir()
    program = find_nginx()
    assert program, "No nginx was found; see tests/support/get_nginx.py."
    user = "user root;" if os.geteuid() == 0 else ""
    listed = " ".join(f"server 127.0.0.1:{each} max_fails=3;" for each in servers)
    config = NGINX.format(user=user, servers=listed, port=port)
    (folder / "nginx.conf").write_text(config, encoding="utf-8")
    process = subprocess.Popen([program, "-p", str(folder), "-c", "nginx.conf"])
    try:
        yield Server(REAL, f"http://127.0.0.1:{port}/", process)
    finally:
        process.terminate()
        process.wait()


async def keep_coming(comer: Comer, end: float) -> tuple[int, int]:
    """Come and go until the end; return how often that went well, and how often it did not."""
    well = broken = 0
    while time.monotonic() < end:
        try:
            await comer.come_and_go()
            well += 1
        except TROUBLES:
            broken += 1
            await asyncio.sleep(1)  # as a page waits before it tries again
        finally:
            with suppress(OSError):
                comer.web.close()
    return well, broken


async def kill_one(replica: Replica, after: float) -> None:
    """Kill a server, and start it again a few seconds later."""
    await asyncio.sleep(after)
    await asyncio.to_thread(replica.stop, signal.SIGKILL)
    await asyncio.sleep(AWAY_SECONDS)
    await asyncio.to_thread(replica.start)


async def load(server: Server, keys: list[str], seconds: float) -> Load:
    """Let everybody come and go for some seconds."""
    comers = [Comer(server, key) for key in keys]
    begun = time.monotonic()
    counted = await asyncio.gather(*(keep_coming(comer, begun + seconds) for comer in comers))
    took = time.monotonic() - begun
    well, broken = (sum(each) for each in zip(*counted, strict=True))
    return Load(well, broken, took, set().union(*(comer.saved for comer in comers)))


async def load_and_kill(
    server: Server, keys: list[str], seconds: float, killed: Replica | None
) -> Load:
    """Let everybody come and go, and kill a server in the middle, if one is given."""
    async with asyncio.TaskGroup() as tasks:
        loading = tasks.create_task(load(server, keys, seconds))
        if killed:
            tasks.create_task(kill_one(killed, seconds / 2))
    return loading.result()


def count_lost(engine: Engine, saved: set[str]) -> int:
    """Return how many wishes that were answered as saved are not in the database."""
    with engine.connect() as connection:
        there = set(connection.execute(text("SELECT id FROM goal WHERE wish <> ''")).scalars())
    return len(saved - there)


def measure(count: int, people: int, seconds: float, kill: bool = False) -> tuple[Load, int]:
    """Run `count` servers on a new database, load them, and return what was lost as well."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="replicas-")))
        database = stack.enter_context(running_postgresql())
        url = stack.enter_context(database.database())
        engine = open_database(url)
        stack.callback(engine.dispose)
        keys = [accounts.invite(engine, f"Sample {number}")[1] for number in range(people)]
        port = free_port()
        address = f"http://127.0.0.1:{port}/"
        environment = both_accounts(url) | {"ENISHI_COOKIE_SECRET": "a secret of the bench " * 2}
        replicas = [
            Replica(folder / f"{at}", shared("workbooks"), address, **environment)
            for at in range(count)
        ]
        stack.enter_context(running(*replicas))
        ports = [each.port for each in replicas]
        server = stack.enter_context(front(folder / "nginx", ports, port))
        asyncio.run(load(server, keys, 5))  # nobody in the run is the first
        killed = replicas[0] if kill else None
        found = asyncio.run(load_and_kill(server, keys, seconds, killed))
        return found, count_lost(engine, found.saved)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=30.0)
    asked = parser.parse_args()
    print("| servers | visits a second | broken off | wishes lost |\n|---|--:|--:|--:|")
    for count, kill in ((1, False), (2, False), (2, True)):
        found, lost = measure(count, asked.people, asked.seconds, kill)
        name = f"{count}{', one killed' if kill else ''}"
        rate = found.well / found.seconds
        print(f"| {name} | {rate:.2f} | {found.broken} | {lost} |", flush=True)


if __name__ == "__main__":
    main()
