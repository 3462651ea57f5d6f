"""Where the server keeps its secret."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from enishi.serve.directories import cookie_secret

SERVERS = 8


def test_servers_that_start_at_the_same_moment_have_the_same_secret(tmp_path: Path) -> None:
    start = Barrier(SERVERS)

    def begin(folder: Path) -> bytes:
        start.wait()
        return cookie_secret(folder)

    with ThreadPoolExecutor(SERVERS) as pool:
        for number in range(100):
            folder = tmp_path / str(number)
            folder.mkdir()
            secrets = list(pool.map(begin, [folder] * SERVERS))
            assert len(set(secrets)) == 1, "each signs what the others believe"
            assert [file.name for file in folder.iterdir()] == ["cookie-secret"]
            assert (folder / "cookie-secret").stat().st_mode & 0o777 == 0o600


def test_a_secret_that_was_brought_along_stays(tmp_path: Path) -> None:
    (tmp_path / "cookie-secret").write_bytes(b"of another machine".ljust(32, b"."))
    assert cookie_secret(tmp_path) == b"of another machine".ljust(32, b".")


def test_half_a_secret_is_none(tmp_path: Path) -> None:
    (tmp_path / "cookie-secret").write_bytes(b"short")
    assert len(cookie_secret(tmp_path)) == 32
