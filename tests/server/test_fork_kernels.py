"""A forked kernel: a kernel like any other, and nobody's twin."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import psutil
import pytest

from enishi.serve.fork.zygote_manager import ZYGOTES
from enishi.serve.security import Limits, security_config
from forking import Kernel, Run, becomes_true, is_gone, kernel

pytest_plugins = ["fork_fixtures"]

# A fork server needs what only Linux has; test_fork_elsewhere.py holds what happens without.
__test__ = sys.platform == "linux"


def zygote_process() -> psutil.Process:
    assert ZYGOTES.zygote
    return psutil.Process(ZYGOTES.zygote.process.pid)


def test_a_kernel_is_a_child_of_the_zygote_in_a_session_of_its_own(zygote: Run) -> None:
    async def story() -> None:
        async with kernel() as one:
            assert one.is_forked
            assert psutil.Process(one.pid).parent() == zygote_process()
            assert os.getsid(one.pid) == os.getpgid(one.pid) == one.pid
            assert psutil.Process(one.pid).name() == "enishi-kernel"

    zygote(story())


def test_the_zygote_holds_nothing_that_a_fork_would_break(zygote: Run, jupyter_dirs: Path) -> None:
    process = zygote_process()
    held = [
        os.readlink(f"/proc/{process.pid}/fd/{number}")
        for number in os.listdir(f"/proc/{process.pid}/fd")
        if int(number) > 2
    ]

    assert process.num_threads() == 1
    assert sorted(each.partition(":")[0] for each in held) == ["pipe", "socket"]
    assert not (jupyter_dirs / "person").exists()


def test_what_costs_and_no_page_needs_is_not_imported(zygote: Run) -> None:
    code = "import sys; print([name for name in {} if sys.modules.get(name)])"
    heavy = ["debugpy", "plotly", "jsonschema", "rfc3987_syntax", "voila", "jupyter_server"]
    heavy += ["networkx"]

    async def story() -> None:
        async with kernel() as one:
            assert await one.run(code.format(heavy)) == "[]"

    zygote(story())


def test_no_kernel_looks_through_all_modules_for_a_debugger(zygote: Run) -> None:
    async def story() -> None:
        async with kernel() as one:
            look = "import sys; print(get_ipython().kernel._kernel_modules, len(sys.modules) > 500)"
            assert await one.run(look) == "[] True"

    zygote(story())


def test_no_kernel_says_what_it_runs_or_reads_when_a_message_was_made(zygote: Run) -> None:
    look = "type(get_ipython().kernel.get_parent()['header']['date'])"

    async def story() -> None:
        async with kernel() as one:
            asked = one.client.execute(look)
            heard: list[str] = []
            while heard[-1:] != ["idle"]:
                told = await one.client.get_iopub_msg(timeout=20)
                if told["parent_header"].get("msg_id") == asked:
                    data = told["content"].get("data", {}).get("text/plain")
                    heard.append(data or told["content"].get("execution_state", told["msg_type"]))
            assert heard == ["busy", "str", "idle"]

    zygote(story())


def test_a_page_reads_nobodys_settings_of_ipython(zygote: Run, tmp_path: Path) -> None:
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("started = True")
    (tmp_path / "profile_default" / "ipython_config.py").write_text(
        "c.InteractiveShell.ast_node_interactivity = 'none'"
    )

    async def story() -> None:
        async with kernel(env={**os.environ, "IPYTHONDIR": str(tmp_path)}) as one:
            assert await one.run("started") == "NameError"
            assert await one.run("1 + 1") == "text/plain"

    zygote(story())


def test_an_option_may_be_said_in_any_way_that_jupyter_knows(zygote: Run, tmp_path: Path) -> None:
    show = "print(get_ipython().profile_dir.location, get_ipython().history_manager.enabled)"

    async def story() -> None:
        async with kernel(extra_arguments=["--profile-dir", str(tmp_path)]) as one:
            assert one.is_forked
            assert await one.run(show) == f"{tmp_path} False"

    zygote(story())


def test_each_kernel_has_its_environment_folder_and_time_zone(zygote: Run, tmp_path: Path) -> None:
    told = {**os.environ, "HTTP_X_WHO": "架空", "TZ": "Asia/Tokyo"}
    code = "import os, time; print(os.environ['HTTP_X_WHO'], os.getcwd(), time.tzname[0])"
    rest = "import os; print([n for n in ('HTTP_X_WHO', 'JPY_PARENT_PID') if n in os.environ])"

    async def story() -> None:
        async with kernel(env=told, cwd=str(tmp_path)) as one, kernel() as another:
            assert await one.run(code) == f"架空 {tmp_path} JST"
            assert await one.run("import os; print(os.popen('echo $HTTP_X_WHO').read())") == "架空"
            assert await another.run(rest) == "[]"

    zygote(story())


def test_no_two_kernels_roll_the_same_dice(zygote: Run) -> None:
    code = """
        import random, secrets, tempfile, uuid
        import numpy
        from enishi.book.ids import new_id
        print(random.random(), numpy.random.rand(), numpy.random.default_rng().random(),
              uuid.uuid4(), secrets.token_hex(), tempfile.mktemp(), new_id())
    """

    async def story() -> None:
        async with kernel() as one, kernel() as another:
            first, second = (await one.run(code)).split(), (await another.run(code)).split()
            assert len(first) == len(second) == 7
            assert not set(first) & set(second)

    zygote(story())


def test_widgets_reach_the_page_and_the_page_reaches_them(zygote: Run) -> None:
    async def story() -> None:
        async with kernel() as one:
            targets = "from comm import get_comm_manager; print(*get_comm_manager().targets)"
            assert "jupyter.widget.control" in (await one.run(targets)).split()
            shown = await one.run(
                "from widgets import Header, open_workbook\nHeader(open_workbook('01-start'))"
            )
            assert "application/vnd.jupyter.widget-view+json" in shown

    zygote(story())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("!echo from a shell", "from a shell"),
        ("import asyncio; await asyncio.sleep(0); print('awaited')", "awaited"),
        (
            "from concurrent.futures import ThreadPoolExecutor\n"
            "print(*ThreadPoolExecutor(2).map(len, ['a', 'bb']))",
            "1 2",
        ),
        (
            "import pickle\nclass Own: pass\n"
            "print(type(pickle.loads(pickle.dumps(Own()))).__name__)",
            "Own",
        ),
        ("import sqlite3; print(*sqlite3.connect(':memory:').execute('select 1').fetchone())", "1"),
        ("import pandas\npandas.DataFrame({'a': [1]})", "text/plain text/html"),
        ("import sys; print('heard', file=sys.stderr)", "heard"),
        ("1 / 0", "ZeroDivisionError"),
    ],
)
def test_what_an_author_may_write_works(zygote: Run, code: str, said: str) -> None:
    async def story() -> None:
        async with kernel() as one:
            assert await one.run(code) == said

    zygote(story())


async def interrupted(one: Kernel, code: str) -> str:
    task = asyncio.ensure_future(one.run(code))
    await asyncio.sleep(0.5)
    await one.manager.interrupt_kernel()
    return await asyncio.wait_for(task, 20)


def test_an_interrupt_stops_what_runs_and_nothing_else(zygote: Run) -> None:
    async def story() -> None:
        async with kernel() as one, kernel() as another:
            await another.run("x = 1")
            assert await interrupted(one, "import time; time.sleep(60)") == "KeyboardInterrupt"
            assert await interrupted(one, "while True: pass") == "KeyboardInterrupt"
            assert "KeyboardInterrupt" in await interrupted(
                one, "import subprocess; subprocess.run(['sleep', '60'])"
            )
            assert [each.name() for each in psutil.Process(one.pid).children()] == []
            assert await one.run("print(1 + 1)") == "2"
            assert await another.run("print(x)") == "1"
            assert zygote_process().is_running()

    zygote(story())


def test_a_restarted_kernel_remembers_nothing(zygote: Run) -> None:
    async def story() -> None:
        async with kernel() as one:
            for now in (False, True):
                await one.run("x = 1")
                before = one.pid
                await one.manager.restart_kernel(now=now)
                await one.reconnect()
                assert one.is_forked
                assert is_gone(before)
                assert await one.run("print('x' in globals())") == "False"

    zygote(story())


def test_a_kernel_that_is_asked_to_end_does_so_at_once_and_tidies_up(zygote: Run) -> None:
    async def story() -> None:
        code = """
            import atexit, os, pathlib
            atexit.register(pathlib.Path("bye").touch)
            print(os.getcwd())
        """
        for _ in range(5):
            async with kernel() as one:
                bye = Path(await one.run(code)) / "bye"
                file, pid = Path(one.manager.connection_file), one.pid
                one.client.stop_channels()
                await asyncio.wait_for(one.manager.shutdown_kernel(), 2.0)
                assert is_gone(pid)
                assert not list(file.parent.glob(f"{file.stem}*"))
                assert bye.exists()
                bye.unlink()

    zygote(story())


@pytest.mark.parametrize(
    ("code", "ended_with"),
    [
        ("import os; os._exit(7)", 7),
        ("import os; os.kill(os.getpid(), 9)", -signal.SIGKILL),
        ("import ctypes; ctypes.string_at(0)", -signal.SIGSEGV),
    ],
)
def test_the_server_learns_how_a_kernel_ended(zygote: Run, code: str, ended_with: int) -> None:
    async def story() -> None:
        async with kernel() as one, kernel() as another:
            process = one.process
            one.begin(code)
            await becomes_true(lambda: process.poll() is not None)
            assert process.returncode == ended_with
            assert not await one.manager.is_alive()
            assert is_gone(process.pid)
            assert await another.run("print('well')") == "well"

    zygote(story())


def test_ten_at_once_are_ten(zygote: Run) -> None:
    async def story() -> None:
        async def one(number: int) -> tuple[str, int]:
            async with kernel() as mine:
                assert mine.is_forked
                return await mine.run(f"print({number})"), mine.pid

        found = await asyncio.gather(*map(one, range(10)))
        assert [said for said, _ in found] == [str(number) for number in range(10)]
        assert len({pid for _, pid in found}) == 10

    zygote(story())


def test_thirty_kernels_leave_nothing_behind(zygote: Run) -> None:
    def held() -> list[int]:
        here = psutil.Process()
        return [here.num_fds(), zygote_process().num_fds(), len(zygote_process().children())]

    async def story() -> None:
        async with kernel():
            pass
        before, memory = held(), zygote_process().memory_info().rss
        for _ in range(10):
            await asyncio.gather(*(passing() for _ in range(3)))
        # fewer, where something of an earlier test is closed only now
        await becomes_true(lambda: all(now <= was for now, was in zip(held(), before, strict=True)))
        assert zygote_process().memory_info().rss - memory < 2 << 20

    async def passing() -> None:
        async with kernel():
            pass

    zygote(story())


def test_a_kernel_that_wants_too_much_memory_is_alone_with_that(zygote: Run) -> None:
    greedy = "import numpy; x = numpy.empty(4 << 30, 'u1'); print(len(x) >> 30)"  # never touched
    limited = security_config(Limits())

    async def story() -> None:
        async with kernel(config=limited) as one, kernel() as another:
            assert "MemoryError" in await one.run(greedy)
            assert await another.run(greedy) == "4"
            assert await one.run("print('well')") == "well"

    zygote(story())
