"""`/healthz` and what a book out of reach does to it, and to nothing else."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import httpx
import psutil
import pytest

from serving import Serving, serving, wait_until
from stores import BOOK

pytest_plugins = ["server_fixtures"]

OPTIONS = ("--no-browser", "--port", "0", "--verbose", "--pages", "7")


def health(server: Serving) -> tuple[int, dict[str, object]]:
    answer = httpx.get(server.root + "/healthz", timeout=30)
    return answer.status_code, answer.json()


def log(server: Serving) -> str:
    return server.log.read_text()


def test_how_we_are_is_told_without_anything_private(tmp_path: Path, small_workbooks: Path) -> None:
    forked = sys.platform == "linux"
    with serving(tmp_path / "data", small_workbooks, *OPTIONS) as server:
        well = {"book": True, "forked": forked, "kernels": 0, "most": 7}
        wait_until(lambda: health(server) == (200, well))
        with server.client() as client:
            assert client.get("/voila/render/01-start.ipynb").status_code == 200
        assert health(server) == (200, well | {"kernels": 1})
        assert not (tmp_path / "data" / BOOK).exists()  # to look is not to make one


@pytest.mark.thorough
def test_a_zygote_that_died_is_seen(tmp_path: Path, small_workbooks: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("Only Linux forks.")
    with serving(tmp_path / "data", small_workbooks, *OPTIONS) as server:
        wait_until(lambda: health(server)[1]["forked"] is True)
        family = psutil.Process(server.process.pid).children()
        [zygote] = [each for each in family if each.name() == "enishi-zygote"]
        zygote.kill()
        wait_until(lambda: health(server)[1]["forked"] is False, seconds=60)
        assert health(server)[0] == 200  # a page opens all the same


def test_a_book_out_of_reach_is_told_and_found_again(tmp_path: Path, small_workbooks: Path) -> None:
    with serving(tmp_path / "data", small_workbooks, *OPTIONS) as server:
        (tmp_path / "data" / BOOK).write_text("買い物メモ")
        wait_until(lambda: health(server)[0] == 503)
        assert health(server)[1]["book"] is False
        wait_until(  # at first a busy computer may only say that it got no answer in time
            lambda: (
                bool(health(server)) and "The book cannot be reached: NotABookError." in log(server)
            )
        )
        said = log(server)
        assert "買い物" not in said and BOOK not in said
        assert (tmp_path / "data" / BOOK).read_text() == "買い物メモ"
        (tmp_path / "data" / BOOK).unlink()
        wait_until(lambda: health(server)[0] == 200)


@pytest.mark.thorough
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="There is nothing here that hangs.")
def test_a_disk_that_hangs_holds_up_neither_the_answer_nor_the_pages(
    tmp_path: Path, small_workbooks: Path
) -> None:
    with serving(tmp_path / "data", small_workbooks, *OPTIONS) as server:
        os.mkfifo(tmp_path / "data" / BOOK)  # who opens it waits until somebody writes
        wait_until(lambda: health(server)[0] == 503)
        assert "no answer in time" in log(server)
        threads = psutil.Process(server.process.pid).num_threads()
        for _ in range(20):
            assert health(server)[0] == 503
        assert psutil.Process(server.process.pid).num_threads() == threads  # nobody queues up
        with server.client() as client:
            assert client.get("/voila/render/01-start.ipynb").status_code == 200
        (tmp_path / "data" / BOOK).unlink()
    assert server.process.returncode == 0  # nor the end
