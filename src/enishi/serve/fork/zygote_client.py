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
"""How long a zygote that was just started is waited for."""
BIRTH_SECONDS = 30.0
"""How long a kernel may take from fork to bound sockets, on a machine that is short of breath."""
BIRTHS_AT_ONCE = 2 * len(os.sched_getaffinity(0))
"""More would only take turns with each other, and the first would be there as late as the last."""
LEAVING_SECONDS = 5.0
"""How long a zygote that has hung up may take to end."""

Fact = TypeVar("Fact")


class ZygoteError(Exception):
    """The zygote did not do what it was asked for."""


class ZygoteClient:
    """One zygote, from its start to its end.

    Attributes:
        environment: what it was started in.
        is_open: whether it is there, as far as we have heard.
        awake: what it said when all was imported; None before.
        ended: exit codes that nobody has asked for yet, by pid.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Start a zygote in `environment`. It is not awake yet."""
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
        """Wait until the zygote has imported all it can.

        Raises:
            Unwell: it has ended, or takes too long; it may get ready later.
        """
        left = self._started + AWAKE_SECONDS - time.monotonic()
        return await self._until(lambda: self.awake, max(0.0, left))

    async def fork(
        self, arguments: list[str], environment: dict[str, str], folder: str
    ) -> ForkedProcess:
        """Have a kernel born, and return it when it can be connected to.

        Raises:
            Unwell: there is no such kernel.
        """
        async with self._births:
            kernel = await self._birth(arguments, environment, folder)
            try:
                await self._until(lambda: self._is_settled(kernel), BIRTH_SECONDS)
                if kernel.poll() is not None:
                    raise ZygoteError(f"the kernel ended at once, with {kernel.returncode}")
            except BaseException:  # whoever asked has perhaps stopped waiting: nobody knows of it
                kernel.kill()
                raise
            finally:
                self._bound.discard(kernel.pid)
            return kernel

    def retire(self) -> None:
        """Let the zygote end when its last kernel has."""
        with suppress(ZygoteError):
            self._send(Retire())

    def close(self) -> None:
        """End the zygote, and with it the kernels it still has."""
        self._alive.clear()
        self._hang_up()

    def hear(self) -> None:
        """Take in what the zygote has said since."""
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
        self._news.set()  # wakes everyone who waits now,
        self._news.clear()  # and lets them wait again

    def forget(self, pid: int) -> None:
        """Take leave of a kernel that has ended."""
        self._alive.discard(pid)
        self._bound.discard(pid)
        self.ended.pop(pid, None)
        self._let_go()

    # -- in here --------------------------------------------------------------------------------

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
        self.ended.pop(kernel.pid, None)  # of an earlier one, which nobody asked about
        self._alive.add(kernel.pid)
        if order in self._asked:
            self._asked[order] = kernel
        else:
            kernel.kill()  # nobody waits for it any more

    def _is_settled(self, kernel: ForkedProcess) -> bool | None:
        return kernel.pid in self._bound or kernel.poll() is not None or None

    async def _until(self, fact: Callable[[], Fact | None], seconds: float) -> Fact:
        """Wait until there is such a fact, for no longer than the zygote is there."""
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
        """Give up the lifeline once nobody hangs on it."""
        if self.lifeline >= 0 and not self.is_open and not self._alive:
            os.close(self.lifeline)
            self.lifeline = -1
