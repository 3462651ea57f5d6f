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
    Bound,
    Ended,
    Fork,
    Forked,
    Ready,
    Refused,
    Retire,
    encode,
    to_server,
)
from enishi.serve.kernel_env import ONE_THREAD

READY_SECONDS = 20.0
"""How long a new zygote may take until it is ready."""
START_SECONDS = 30.0
"""How long a kernel may take from fork to bound sockets, on a busy machine."""
FORKS_AT_ONCE = 2 * len(os.sched_getaffinity(0))
"""Most forks at once; more would take turns, and the first kernel would be as late as the last."""
EXIT_SECONDS = 5.0
"""How long a zygote whose socket is closed may take to end."""

_Value = TypeVar("_Value")


class ZygoteError(Exception):
    """The zygote did not do what was requested."""


class ZygoteClient:
    """One zygote, from its start to its end.

    Attributes:
        environment: the one it was started in.
        is_open: whether it runs, as far as its messages show.
        ready: its message that all is imported; None before.
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
        self.ready: Ready | None = None
        self.ended: dict[int, int] = {}
        self._alive: set[int] = set()
        self._bound: set[int] = set()
        self._requests: dict[int, ForkedProcess | Refused | None] = {}
        self._count = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._forks = asyncio.Semaphore(FORKS_AT_ONCE)
        self._received = asyncio.Event()

    async def wait_ready(self) -> Ready:
        """Wait until the zygote has imported all it can, and return its message.

        Raises:
            ZygoteError: it has ended, or takes too long; it may become ready later.
        """
        left = self._started + READY_SECONDS - time.monotonic()
        return await self._wait_until(lambda: self.ready, max(0.0, left))

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
        async with self._forks:
            kernel = await self._request_fork(arguments, environment, folder)
            try:
                await self._wait_until(lambda: self._is_started(kernel), START_SECONDS)
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
        self._disconnect()

    def receive(self) -> None:
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
                self._disconnect()
                break
            match to_server.decode(packet):
                case Ready() as ready:
                    self.ready = ready
                case Forked(id, pid):
                    self._on_forked(id, ForkedProcess(pid, descriptors[0], self))
                case Refused(id) as refused if id in self._requests:
                    self._requests[id] = refused
                case Bound(pid):
                    self._bound.add(pid)
                case Ended(pid, code):
                    self.ended[pid] = code
                    self._alive.discard(pid)
        self._received.set()  # wakes all that wait now,
        self._received.clear()  # and makes them wait again

    def forget(self, pid: int) -> None:
        """Forget a kernel that has ended."""
        self._alive.discard(pid)
        self._bound.discard(pid)
        self.ended.pop(pid, None)
        self._close_lifeline()

    # -- private --------------------------------------------------------------------------------

    async def _request_fork(
        self, arguments: list[str], environment: dict[str, str], folder: str
    ) -> ForkedProcess:
        self._count += 1
        order = Fork(self._count, arguments, environment, folder)
        self._requests[order.id] = None
        try:
            self._send(order)
            answer: ForkedProcess | Refused = await self._wait_until(
                lambda: self._requests[order.id], START_SECONDS
            )
        except BaseException:
            late = self._requests[order.id]
            if isinstance(late, ForkedProcess):
                late.kill()
            raise
        finally:
            del self._requests[order.id]
        if isinstance(answer, Refused):
            raise ZygoteError(answer.reason)
        return answer

    def _on_forked(self, order: int, kernel: ForkedProcess) -> None:
        self.ended.pop(kernel.pid, None)  # of an earlier kernel, never read
        self._alive.add(kernel.pid)
        if order in self._requests:
            self._requests[order] = kernel
        else:
            kernel.kill()  # no caller waits for it any more

    def _is_started(self, kernel: ForkedProcess) -> bool | None:
        return kernel.pid in self._bound or kernel.poll() is not None or None

    async def _wait_until(self, value: Callable[[], _Value | None], seconds: float) -> _Value:
        """Wait until `value` returns a value, and return it.

        Raises:
            ZygoteError: the zygote has ended, or `seconds` have passed.
        """
        if self._loop is None and self.is_open:
            self._loop = asyncio.get_running_loop()
            self._loop.add_reader(self.socket, self.receive)
        try:
            async with asyncio.timeout(seconds):
                while (found := value()) is None:
                    if not self.is_open:
                        raise ZygoteError("the zygote has ended")
                    await self._received.wait()
        except TimeoutError:
            raise ZygoteError("the zygote does not answer in time") from None
        return found

    def _send(self, message: Fork | Retire) -> None:
        try:
            self.socket.send(encode(message))
        except OSError as problem:
            raise ZygoteError(f"the zygote cannot be reached: {problem}") from problem

    def _disconnect(self) -> None:
        if not self.is_open:
            self._close_lifeline()
            return
        self.is_open = False
        if self._loop and not self._loop.is_closed():
            self._loop.remove_reader(self.socket)
        self.socket.close()
        self._close_lifeline()
        try:
            self.process.wait(EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._received.set()
        self._received.clear()

    def _close_lifeline(self) -> None:
        """Close the lifeline once no kernel depends on it."""
        if self.lifeline >= 0 and not self.is_open and not self._alive:
            os.close(self.lifeline)
            self.lifeline = -1
