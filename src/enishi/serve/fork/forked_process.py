"""A forked kernel as the server sees it, with the interface of a `subprocess.Popen`."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enishi.serve.fork.zygote_client import ZygoteClient

_UNKNOWN = 255
"""The exit code of a kernel whose zygote ended before it: the real one is lost."""
EXIT_REPORT_SECONDS = 1.0
"""Longest wait for the zygote's report of a kernel's exit code."""
STEP_SECONDS = 0.01


class ForkedProcess:
    """A process that is not our child, held by its pidfd: its pid is never taken for another's.

    Attributes:
        pid: the id of the process, and of its group.
        returncode: as in `subprocess`; None while it runs.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, descriptor: int, zygote: ZygoteClient) -> None:
        """Take ownership of `descriptor`, the pidfd.

        Args:
            pid: the id of the process.
            descriptor: its pidfd.
            zygote: the client of the zygote that forked it.
        """
        self.pid = pid
        self.returncode: int | None = None
        self._descriptor = descriptor
        self._zygote = zygote
        self._gone_since: float | None = None

    def __del__(self) -> None:
        if self.returncode is None:
            os.close(self._descriptor)

    def poll(self) -> int | None:
        """Return the exit code; None while the kernel runs."""
        if self.returncode is None:
            self.returncode = self._code()
            if self.returncode is not None:
                os.close(self._descriptor)
                self._zygote.forget(self.pid)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the kernel has ended and return its exit code.

        Args:
            timeout: in seconds; None waits without a limit.

        Raises:
            subprocess.TimeoutExpired: it still runs.
        """
        end = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if timeout is not None and end is not None and time.monotonic() > end:
                raise subprocess.TimeoutExpired("kernel", timeout)
            time.sleep(STEP_SECONDS)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the kernel has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._descriptor, number)

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def _code(self) -> int | None:
        self._zygote.receive()
        if self.pid in self._zygote.ended:
            return self._zygote.ended[self.pid]
        if not is_gone(self._descriptor):
            return None
        now = time.monotonic()
        self._gone_since = self._gone_since or now
        if self._zygote.is_open and now - self._gone_since < EXIT_REPORT_SECONDS:
            return None
        return reap(self._descriptor)


def is_gone(descriptor: int) -> bool:
    """Return whether the process behind a pidfd has ended."""
    poll = select.poll()  # select.select accepts only descriptors below 1024
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))


def reap(descriptor: int) -> int:
    """Return the exit code of a process that became our child when its zygote ended, and reap it.

    That happens if this process is pid 1; otherwise the code is unknown.
    """
    try:
        found = os.waitid(os.P_PIDFD, descriptor, os.WEXITED | os.WNOHANG)
    except ChildProcessError:
        return _UNKNOWN
    if found is None:
        return _UNKNOWN
    return found.si_status if found.si_code == os.CLD_EXITED else -found.si_status
