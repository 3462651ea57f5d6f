"""The zygote: a process with one thread and all imports done, which forks on request.

python -m enishi.serve.fork.zygote SOCKET LIFELINE

SOCKET is the descriptor of a connected packet socket; LIFELINE is that of a pipe which the kernels
watch. The zygote itself detects by the socket that the server is gone, and then ends every kernel.
"""

from __future__ import annotations

import gc
import itertools
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from enishi.identity import PERSON
from enishi.serve.fork.child import run_child
from enishi.serve.fork.heap_fill import fill_holes
from enishi.serve.fork.protocol import (
    LONGEST_PACKET,
    Ended,
    Fork,
    Forked,
    Ready,
    Refused,
    Retire,
    encode,
    to_zygote,
)

_NAME = "enishi-zygote"
PREPARE_AFTER_MS = 1_500
"""How long nothing is asked before the rest is prepared: a page that is opening needs the cores."""


def main() -> None:
    """Import everything, then fork on request until the server is gone."""
    started = time.perf_counter()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server handles Ctrl-C
    Path("/proc/self/comm").write_text(_NAME)
    server = socket.socket(fileno=int(sys.argv[1]))
    lifeline = int(sys.argv[2])
    for descriptor in (server.fileno(), lifeline):
        os.set_inheritable(descriptor, False)  # not for a kernel's children
    gc.disable()  # before the imports: a collection among them looks through all of them
    from enishi.serve.fork.preload import preload, preload_rest

    missing, rest = preload(), preload_rest()
    if PERSON in os.environ:  # a server for many: they may all come in the same minute
        missing += itertools.chain.from_iterable(rest)
    settle_memory()
    zygote = Zygote(server, lifeline, rest)
    zygote.send(Ready(time.perf_counter() - started, missing))
    run_child(zygote.run_until_fork(), server, lifeline)


def settle_memory() -> None:
    """Arrange what was imported so that kernels share it."""
    gc.collect()
    fill_holes()
    gc.freeze()  # else a kernel's collector would touch, and so copy, shared memory


class Zygote:
    """The loop that forks.

    Attributes:
        children: the pids of its kernels, by pidfd.
        rest: what is still to be prepared; None once all is.
    """

    def __init__(
        self, server: socket.socket, lifeline: int, rest: Iterator[list[str]] | None
    ) -> None:
        self.server = server
        self.rest = rest
        self.own = {0, 1, 2, server.fileno(), lifeline}
        self.children: dict[int, int] = {}
        self.is_retired = False
        self.poll = select.poll()  # unlike epoll, it has no descriptor that a child would inherit
        self.poll.register(server, select.POLLIN)

    def run_until_fork(self) -> Fork:
        """Handle requests until the server is gone; return only in a child, with its request."""
        quiet = PREPARE_AFTER_MS
        while True:
            if not (events := self.poll.poll(None if self.rest is None else quiet)):
                self.prepare()
            quiet = PREPARE_AFTER_MS if events else 0
            for descriptor, _ in events:
                if descriptor in self.children:
                    self.reap(descriptor)
                elif order := self.receive():
                    return order
            if self.is_retired and not self.children:
                os._exit(0)

    def prepare(self) -> None:
        """Prepare one more piece, while nothing is asked of it."""
        if self.rest is not None and next(self.rest, None) is None:
            self.rest = None
            settle_memory()

    def receive(self) -> Fork | None:
        """Handle one message from the server; return the request in the child that it creates."""
        packet = self.server.recv(LONGEST_PACKET)
        if not packet:
            self.end()
        match to_zygote.decode(packet):
            case Fork() as order:
                return self.fork(order)
            case Retire():
                self.is_retired = True
        return None

    def fork(self, order: Fork) -> Fork | None:
        """Fork and notify the server; return the request in the child, None in the zygote."""
        if obstacle := self.obstacle():
            self.send(Refused(order.id, obstacle))
            return None
        try:
            pid = os.fork()
        except OSError as problem:
            self.send(Refused(order.id, str(problem)))
            return None
        if pid == 0:
            for descriptor in self.children:
                os.close(descriptor)
            return order
        descriptor = os.pidfd_open(pid)
        self.children[descriptor] = pid
        self.poll.register(descriptor, select.POLLIN)
        self.send(Forked(order.id, pid), descriptor)
        return None

    def obstacle(self) -> str:
        """Return what prevents a fork now; "" if nothing does."""
        threads = len(os.listdir("/proc/self/task"))
        if threads > 1:  # locks they hold would stay locked in the child for ever
            return f"the zygote has {threads} threads"
        held = set(map(int, os.listdir("/proc/self/fd"))) - self.own - self.children.keys()
        if strange := [each for each in held if os.path.exists(f"/proc/self/fd/{each}")]:
            # A database, or a connection to one, that two processes hold is soon damaged.
            return f"the zygote holds descriptors that are not its own: {len(strange)}"
        return ""

    def reap(self, descriptor: int) -> None:
        """Reap a child that has ended, and report its exit code to the server."""
        pid = self.children.pop(descriptor)
        self.poll.unregister(descriptor)
        os.close(descriptor)
        _, status = os.waitpid(pid, 0)
        self.send(Ended(pid, os.waitstatus_to_exitcode(status)))

    def send(self, message: Ready | Forked | Refused | Ended, *descriptors: int) -> None:
        """Send a message; if the server is gone, the next read detects it."""
        with suppress(OSError):
            socket.send_fds(self.server, [encode(message)], descriptors)

    def end(self) -> None:
        """End every kernel, then this process."""
        for pid in self.children.values():
            with suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
            with suppress(OSError):  # just forked, not yet in a group of its own
                os.kill(pid, signal.SIGKILL)
        os._exit(0)


if __name__ == "__main__":
    main()
