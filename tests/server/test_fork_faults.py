"""Zygotes, servers and kernels that die, hang or grow old: nobody is left behind, no page fails."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from enishi.paths import CHECKOUT
from enishi.serve.fork import zygote_client as the_line
from enishi.serve.fork import zygote_manager
from forking import Run, becomes_true, ends, is_gone, kernel

pytest_plugins = ["fork_fixtures"]

# A fork server needs what only Linux has; test_fork_elsewhere.py holds what happens without.
__test__ = sys.platform == "linux"

LOG = logging.getLogger("enishi-test")

SERVER = """
import asyncio, logging, sys
from enishi.serve.fork import zygote_manager
from forking import kernel

async def serve():
    await zygote_manager.wait_ready(logging.getLogger())
    async with kernel() as one, kernel() as another:
        another.begin("while True: pass")
        await one.run("import subprocess; child = subprocess.Popen(['sleep', '600'])")
        print(zygote_manager.ZYGOTES.zygote.process.pid, one.pid, another.pid,
              await one.run("print(child.pid)"), flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            print(await one.run(line), flush=True)
    zygote_manager.close()

asyncio.run(serve())
"""
"""A server with a zygote, an idle kernel that has started something, and one that is busy."""


@contextmanager
def a_server() -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Give a server in a process of its own, and the pids of zygote, kernels and grandchild."""
    tests = str(Path(__file__).parents[1] / "support")
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        env={**os.environ, "PYTHONPATH": tests},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        pids = [int(word) for word in process.stdout.readline().split()]
        assert len(pids) == 4
        try:
            yield process, pids
        finally:
            process.kill()


def say(server: subprocess.Popen[str], code: str) -> str:
    """Have the idle kernel of `server` run a line, and return what it printed."""
    assert server.stdin and server.stdout
    server.stdin.write(code + "\n")
    server.stdin.flush()
    return server.stdout.readline().strip()


def zygote_pid() -> int:
    assert zygote_manager.ZYGOTES.zygote
    return zygote_manager.ZYGOTES.zygote.process.pid


def zombies() -> list[psutil.Process]:
    """Our own children that nobody has buried; a server of other tests may have some of its own."""
    ours = psutil.Process().children()
    return [each for each in ours if each.status() == psutil.STATUS_ZOMBIE]


# -- the server ---------------------------------------------------------------------------------


def test_nothing_outlives_a_server_that_was_killed(jupyter_dirs: Path) -> None:
    with a_server() as (server, pids):
        server.kill()
        assert [pid for pid in pids if not ends(pid)] == []


def test_nothing_outlives_a_killed_server_whose_zygote_was_killed_before(
    jupyter_dirs: Path,
) -> None:
    with a_server() as (server, pids):
        os.kill(pids[0], signal.SIGKILL)
        assert say(server, "print('still here')") == "still here"
        server.kill()
        assert [pid for pid in pids if not ends(pid)] == []


@pytest.mark.thorough
def test_two_servers_do_not_know_of_each_other(jupyter_dirs: Path) -> None:
    with a_server() as (first, its), a_server() as (second, others):
        assert not set(its) & set(others)
        first.kill()
        assert [pid for pid in its if not ends(pid)] == []
        assert say(second, "print('not disturbed')") == "not disturbed"
        assert all(psutil.Process(pid).is_running() for pid in others)


def test_closing_ends_the_zygote_and_its_kernels_and_leaves_no_zombie(no_zygote: Run) -> None:
    async def story() -> None:
        assert await zygote_manager.wait_ready(LOG)
        zygote = zygote_pid()
        async with kernel() as one:
            process = one.process
            zygote_manager.close()
            assert not zygote_manager.is_ready()
            assert is_gone(zygote)
            await becomes_true(lambda: process.poll() is not None)
        assert zombies() == []

    no_zygote(story())


@pytest.mark.thorough
def test_an_opened_and_closed_nursery_gives_back_every_descriptor(no_zygote: Run) -> None:
    async def story() -> None:
        held = psutil.Process().num_fds()
        for _ in range(3):
            assert await zygote_manager.wait_ready(LOG)
            zygote_manager.close()
        assert psutil.Process().num_fds() == held

    no_zygote(story())


# -- the zygote ---------------------------------------------------------------------------------


def test_kernels_live_on_when_their_zygote_is_killed_and_the_next_has_a_new_one(
    no_zygote: Run,
) -> None:
    async def story() -> None:
        assert await zygote_manager.wait_ready(LOG)
        first = zygote_pid()
        async with kernel() as one:
            await one.run("x = 1")
            os.kill(first, signal.SIGKILL)
            assert ends(first)
            async with kernel() as next_one:
                assert next_one.is_forked
                assert zygote_pid() != first
                assert is_gone(first)
                assert await one.run("print(x)") == "1"
                assert await one.manager.is_alive()
            pid = one.pid
            await one.manager.shutdown_kernel()
            assert ends(pid)

    no_zygote(story())


def test_a_zygote_that_dies_while_it_is_asked_costs_no_page(no_zygote: Run) -> None:
    async def story() -> None:
        assert await zygote_manager.wait_ready(LOG)
        os.kill(zygote_pid(), signal.SIGKILL)  # and the server has not heard of it
        async with kernel() as one:
            assert await one.run("print('well')") == "well"

    no_zygote(story())


def test_the_death_of_an_orphaned_kernel_is_noticed(no_zygote: Run) -> None:
    async def story() -> None:
        assert await zygote_manager.wait_ready(LOG)
        async with kernel() as one:
            os.kill(zygote_pid(), signal.SIGKILL)
            process = one.process
            os.kill(process.pid, signal.SIGKILL)
            await becomes_true(lambda: process.poll() is not None)
            assert process.returncode != 0
            assert not await one.manager.is_alive()

    no_zygote(story())


@pytest.mark.thorough
def test_a_zygote_that_hangs_costs_a_moment_and_no_page(
    no_zygote: Run, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        assert await zygote_manager.wait_ready(LOG)
        zygote = psutil.Process(zygote_pid())
        monkeypatch.setattr(the_line, "START_SECONDS", 0.3)
        zygote.suspend()
        async with kernel() as one:
            assert not one.is_forked
            assert await one.run("print('well')") == "well"
        zygote.resume()  # it makes the kernel now that nobody waits for any more
        monkeypatch.undo()
        async with kernel() as one:
            assert one.is_forked
            await becomes_true(lambda: [each.pid for each in zygote.children()] == [one.pid])

    no_zygote(story())
    assert caplog.text.count("A kernel starts without a fork") == 1


def test_a_start_that_is_given_up_leaves_no_kernel(no_zygote: Run) -> None:
    async def start() -> None:
        async with kernel():
            await asyncio.Event().wait()

    async def story() -> None:
        assert await zygote_manager.wait_ready(LOG)
        zygote = psutil.Process(zygote_pid())
        for wait in (0.0, 0.01, 0.03, 0.05, 0.07):  # asked for, born, bound, all but there, there
            starting = asyncio.ensure_future(start())
            await asyncio.sleep(wait)
            starting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await starting
        await becomes_true(lambda: zygote.children() == [])
        async with kernel() as one:
            assert one.is_forked

    no_zygote(story())


@pytest.mark.thorough
def test_a_zygote_that_cannot_get_ready_costs_no_page_and_is_not_tried_again_at_once(
    no_zygote: Run, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        with monkeypatch.context() as at:
            at.setenv("PYTHONHOME", "/nowhere")
            assert not await zygote_manager.wait_ready(LOG)
        first = zygote_manager.ZYGOTES.zygote
        async with kernel() as one:
            assert not one.is_forked
            assert zygote_manager.ZYGOTES.zygote is first

    no_zygote(story())
    assert caplog.text.count("A kernel starts without a fork") == 1


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("hold", "told"),
    [
        (
            "from threading import Event, Thread; Thread(target=Event().wait, daemon=True).start()",
            "the zygote has 2 threads",
        ),
        (
            "import sqlite3; held = sqlite3.connect('book'); held.execute('CREATE TABLE a(b)')",
            "the zygote holds descriptors that are not its own: 1",
        ),
        (
            "import socket; held = socket.create_server(('127.0.0.1', 0))",
            "the zygote holds descriptors that are not its own: 1",
        ),
    ],
    ids=["thread", "file", "server"],
)
def test_a_zygote_with_what_survives_no_fork_does_not_fork(
    no_zygote: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    hold: str,
    told: str,
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        f"import os, sys\nif 'enishi.serve.fork.zygote' in sys.orig_argv:\n"
        f"    os.chdir({str(tmp_path)!r}); {hold}\n"
    )

    async def story() -> None:
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        assert await zygote_manager.wait_ready(LOG)
        async with kernel() as one:
            assert not one.is_forked

    no_zygote(story())
    assert told in caplog.text


@pytest.mark.thorough
def test_a_kernel_that_cannot_be_a_fork_of_this_zygote_is_none(no_zygote: Run) -> None:
    async def story() -> None:
        assert await zygote_manager.wait_ready(LOG)
        async with kernel(env={**os.environ, "PYTHONOPTIMIZE": "1"}) as one:
            assert not one.is_forked
            assert await one.run("import sys; print(sys.flags.optimize)") == "1"
        async with kernel(stdout=subprocess.DEVNULL) as one:
            assert not one.is_forked

    no_zygote(story())


# -- code that changes --------------------------------------------------------------------------


def test_changed_code_is_in_the_next_kernel_and_the_old_zygote_goes_with_its_last_kernel(
    jupyter_dirs: Path, tmp_path: Path
) -> None:
    for name in ("src", "data", "workbooks"):
        shutil.copytree(
            CHECKOUT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    code = """
        import asyncio, logging, time
        from pathlib import Path
        from enishi.serve.fork import fingerprint, zygote_client, zygote_manager
        from forking import becomes_true, ends, kernel

        changed = Path(fingerprint.__file__).parents[2] / "i18n" / "language.py"
        look = "from enishi.i18n import LANGUAGES; print(*LANGUAGES)"

        async def serve():
            await zygote_manager.wait_ready(logging.getLogger())
            first = zygote_manager.ZYGOTES.zygote
            async with kernel() as one:
                assert await one.run(look) == "ja en"
                text = changed.read_text()
                changed.write_text(text.replace('("ja", "en")', '("ja", "en", "de")'))
                time.sleep(zygote_manager.CHECK_SECONDS)
                async with kernel() as another:
                    assert await another.run(look) == "ja en de"
                    assert zygote_manager.ZYGOTES.zygote is not first
                    assert first.process.poll() is None
                    assert await one.run(look) == "ja en"
            await becomes_true(lambda: not first.is_open)
            assert first.process.returncode == 0
            second = zygote_manager.ZYGOTES.zygote
            changed.write_text(text)
            time.sleep(zygote_manager.CHECK_SECONDS)
            async with kernel() as last:
                assert await last.run(look) == "ja en"
                await becomes_true(lambda: not second.is_open)
            zygote_manager.close()
            print("as told")

        asyncio.run(serve())
    """
    path = os.pathsep.join([str(tmp_path / "src"), str(Path(__file__).parents[1] / "support")])
    done = subprocess.run(
        [sys.executable, "-c", "import textwrap, sys; exec(textwrap.dedent(sys.argv[1]))", code],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout == "as told\n", done.stderr


def test_the_fingerprint_knows_the_code_and_the_copy() -> None:
    from enishi.serve.fork.fingerprint import fingerprint

    taken = fingerprint()
    assert any(path.endswith("fork/zygote.py") for path, _, _ in taken)
    assert any(path.endswith("words/common.yaml") for path, _, _ in taken)
    assert not any("__pycache__" in path for path, _, _ in taken)
