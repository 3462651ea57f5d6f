"""The server's end of the socket to a zygote."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TypeVar

from enishi.serve.fork.forked_process import ForkedProcess
from enishi.serve.fork.protocol import (
    LONGEST_PACKET,
    Awake,
    Born,
    Bound,
    Ended,
    Fork,
    Refused,
    Retire,
    encode,
    to_server,
)
from enishi.serve.kernel_env import ONE_THREAD

AWAKE_SECONDS = 20.0
"""How long a new zygote may take until it is ready."""
BIRTH_SECONDS = 30.0
"""How long a kernel may take from fork to bound sockets, on a busy machine."""
BIRTHS_AT_ONCE = 2 * len(os.sched_getaffinity(0))
"""Most forks at once; more would take turns, and the first kernel would be as late as the last."""
LEAVING_SECONDS = 5.0
"""How long a zygote whose socket is closed may take to end."""

Fact = TypeVar("Fact")


class ZygoteError(Exception):
    """The zygote did not do what was requested."""


class ZygoteClient:
    """One zygote, from its start to its end.

    Attributes:
        environment: the one it was started in.
        is_open: whether it runs, as far as its messages show.
        awake: its message that all is imported; None before.
        ended: exit codes that no caller has read yet, by pid.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Start a zygote in `environment`. It is not ready yet."""
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket.setblocking(False)
        watched, self.lifeline = os.pipe()
        descriptors = (theirs.fileno(), watched)
        try:
            self.process = subprocess.Popen(
                # -P: nothing is imported from the current folder
                [sys.executable, "-P", "-m", "enishi.serve.fork.zygote", *map(str, descriptors)],
                env={**environment, **ONE_THREAD},
                pass_fds=descriptors,
                stdin=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,
            )
        except BaseException:
            self.socket.close()
            os.close(self.lifeline)
            raise
        finally:
            theirs.close()
            os.close(watched)
        self.environment = dict(environment)
        self._started = time.monotonic()
        self.is_open = True
        self.awake: Awake | None = None
        self.ended: dict[int, int] = {}
        self._alive: set[int] = set()
        self._bound: set[int] = set()
        self._asked: dict[int, ForkedProcess | Refused | None] = {}
        self._count = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._births = asyncio.Semaphore(BIRTHS_AT_ONCE)
        self._news = asyncio.Event()

    async def wake(self) -> Awake:
        """Wait until the zygote has imported all it can, and return its message.

        Raises:
            ZygoteError: it has ended, or takes too long; it may become ready later.
        """
        left = self._started + AWAKE_SECONDS - time.monotonic()
        return await self._until(lambda: self.awake, max(0.0, left))

    async def fork(
        self, arguments: list[str], environment: dict[str, str], folder: str
    ) -> ForkedProcess:
        """Fork a kernel, and return it when clients can connect to it.

        Args:
            arguments: of the kernel's command line.
            environment: all its environment variables.
            folder: its current folder.

        Raises:
            ZygoteError: the kernel was not forked, ended at once, or was too slow.
        """
        async with self._births:
            kernel = await self._birth(arguments, environment, folder)
            try:
                await self._until(lambda: self._is_settled(kernel), BIRTH_SECONDS)
                if kernel.poll() is not None:
                    raise ZygoteError(f"the kernel ended at once, with {kernel.returncode}")
            except BaseException:  # the caller may have gone: nothing else ends it
                kernel.kill()
                raise
            finally:
                self._bound.discard(kernel.pid)
            return kernel

    def retire(self) -> None:
        """Ask the zygote to end when its last kernel has ended."""
        with suppress(ZygoteError):
            self._send(Retire())

    def close(self) -> None:
        """End the zygote, and with it the kernels it still has."""
        self._alive.clear()
        self._hang_up()

    def hear(self) -> None:
        """Read and handle all messages that have arrived from the zygote."""
        while self.is_open:
            try:
                packet, descriptors, _, _ = socket.recv_fds(
                    self.socket, LONGEST_PACKET, 1, socket.MSG_CMSG_CLOEXEC
                )
            except BlockingIOError:
                break
            except OSError:
                packet = b""
            if not packet:
                self._hang_up()
                break
            match to_server.decode(packet):
                case Awake() as awake:
                    self.awake = awake
                case Born(id, pid):
                    self._welcome(id, ForkedProcess(pid, descriptors[0], self))
                case Refused(id) as refused if id in self._asked:
                    self._asked[id] = refused
                case Bound(pid):
                    self._bound.add(pid)
                case Ended(pid, code):
                    self.ended[pid] = code
                    self._alive.discard(pid)
        self._news.set()  # wakes all that wait now,
        self._news.clear()  # and makes them wait again

    def forget(self, pid: int) -> None:
        """Forget a kernel that has ended."""
        self._alive.discard(pid)
        self._bound.discard(pid)
        self.ended.pop(pid, None)
        self._let_go()

    # -- private --------------------------------------------------------------------------------

    async def _birth(
        self, arguments: list[str], environment: dict[str, str], folder: str
    ) -> ForkedProcess:
        self._count += 1
        order = Fork(self._count, arguments, environment, folder)
        self._asked[order.id] = None
        try:
            self._send(order)
            answer: ForkedProcess | Refused = await self._until(
                lambda: self._asked[order.id], BIRTH_SECONDS
            )
        except BaseException:
            late = self._asked[order.id]
            if isinstance(late, ForkedProcess):
                late.kill()
            raise
        finally:
            del self._asked[order.id]
        if isinstance(answer, Refused):
            raise ZygoteError(answer.reason)
        return answer

    def _welcome(self, order: int, kernel: ForkedProcess) -> None:
        self.ended.pop(kernel.pid, None)  # of an earlier kernel, never read
        self._alive.add(kernel.pid)
        if order in self._asked:
            self._asked[order] = kernel
        else:
            kernel.kill()  # no caller waits for it any more

    def _is_settled(self, kernel: ForkedProcess) -> bool | None:
        return kernel.pid in self._bound or kernel.poll() is not None or None

    async def _until(self, fact: Callable[[], Fact | None], seconds: float) -> Fact:
        """Wait until `fact` returns a value, and return it.

        Raises:
            ZygoteError: the zygote has ended, or `seconds` have passed.
        """
        if self._loop is None and self.is_open:
            self._loop = asyncio.get_running_loop()
            self._loop.add_reader(self.socket, self.hear)
        try:
            async with asyncio.timeout(seconds):
                while (found := fact()) is None:
                    if not self.is_open:
                        raise ZygoteError("the zygote has ended")
                    await self._news.wait()
        except TimeoutError:
            raise ZygoteError("the zygote does not answer in time") from None
        return found

    def _send(self, message: Fork | Retire) -> None:
        try:
            self.socket.send(encode(message))
        except OSError as problem:
            raise ZygoteError(f"the zygote cannot be reached: {problem}") from problem

    def _hang_up(self) -> None:
        if not self.is_open:
            self._let_go()
            return
        self.is_open = False
        if self._loop and not self._loop.is_closed():
            self._loop.remove_reader(self.socket)
        self.socket.close()
        self._let_go()
        try:
            self.process.wait(LEAVING_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._news.set()
        self._news.clear()

    def _let_go(self) -> None:
        """Close the lifeline once no kernel depends on it."""
        if self.lifeline >= 0 and not self.is_open and not self._alive:
            os.close(self.lifeline)
            self.lifeline = -1
