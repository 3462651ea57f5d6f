"""The zygote: a process with one thread that has everything imported, and forks when asked to.

python -m enishi.serve.fork.zygote SOCKET LIFELINE

SOCKET is the descriptor of a connected packet socket; LIFELINE that of a pipe which the kernels
watch. The zygote itself sees by the socket that the server is gone, and then ends every kernel.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

from enishi.serve.fork.child import run_child
from enishi.serve.fork.heap_fill import fill_holes
from enishi.serve.fork.preload import preload
from enishi.serve.fork.protocol import (
    LONGEST_PACKET,
    Awake,
    Born,
    Ended,
    Fork,
    Refused,
    Retire,
    encode,
    to_zygote,
)

_NAME = "enishi-zygote"


def main() -> None:
    """Get ready, then fork until the server is gone."""
    started = time.perf_counter()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's
    Path("/proc/self/comm").write_text(_NAME)
    server = socket.socket(fileno=int(sys.argv[1]))
    lifeline = int(sys.argv[2])
    for descriptor in (server.fileno(), lifeline):
        os.set_inheritable(descriptor, False)  # for what a kernel may start
    gc.disable()
    missing = preload()
    gc.collect()
    fill_holes()
    gc.freeze()  # no kernel looks through what it shares with the others, and so copies it
    zygote = Zygote(server, lifeline)
    zygote.tell(Awake(time.perf_counter() - started, missing))
    run_child(zygote.wait_for_birth(), server, lifeline)


class Zygote:
    """The loop, and the children it has to look after: pid by pidfd."""

    def __init__(self, server: socket.socket, lifeline: int) -> None:
        self.server = server
        self.own = {0, 1, 2, server.fileno(), lifeline}
        self.children: dict[int, int] = {}
        self.is_retired = False
        self.poll = select.poll()  # unlike epoll nothing that a child would inherit
        self.poll.register(server, select.POLLIN)

    def wait_for_birth(self) -> Fork:
        """Do what is asked until the server is gone. Returns in the children only."""
        while True:
            for descriptor, _ in self.poll.poll():
                if descriptor in self.children:
                    self.reap(descriptor)
                elif order := self.hear():
                    return order
            if self.is_retired and not self.children:
                os._exit(0)

    def hear(self) -> Fork | None:
        """Take one message from the server; return the order to a child that is born of it."""
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
        """Fork, tell the server, and return the order to the child."""
        if hindrance := self.hindrance():
            self.tell(Refused(order.id, hindrance))
            return None
        try:
            pid = os.fork()
        except OSError as problem:
            self.tell(Refused(order.id, str(problem)))
            return None
        if pid == 0:
            for descriptor in self.children:
                os.close(descriptor)
            return order
        descriptor = os.pidfd_open(pid)
        self.children[descriptor] = pid
        self.poll.register(descriptor, select.POLLIN)
        self.tell(Born(order.id, pid), descriptor)
        return None

    def hindrance(self) -> str:
        """Say what speaks against a fork now, if anything."""
        threads = len(os.listdir("/proc/self/task"))
        if threads > 1:  # locks they hold would stay locked in the child for ever
            return f"the zygote has {threads} threads"
        held = set(map(int, os.listdir("/proc/self/fd"))) - self.own - self.children.keys()
        if strange := [each for each in held if os.path.exists(f"/proc/self/fd/{each}")]:
            # A database, or a line to one, that two processes hold is soon a damaged one.
            return f"the zygote holds descriptors that are not its own: {len(strange)}"
        return ""

    def reap(self, descriptor: int) -> None:
        """Take leave of a child that has ended."""
        pid = self.children.pop(descriptor)
        self.poll.unregister(descriptor)
        os.close(descriptor)
        _, status = os.waitpid(pid, 0)
        self.tell(Ended(pid, os.waitstatus_to_exitcode(status)))

    def tell(self, message: Awake | Born | Refused | Ended, *descriptors: int) -> None:
        """Send a message; a server that is gone is noticed when it is listened to."""
        with suppress(OSError):
            socket.send_fds(self.server, [encode(message)], descriptors)

    def end(self) -> None:
        """End every kernel, then oneself."""
        for pid in self.children.values():
            with suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
            with suppress(OSError):  # born a moment ago, not yet with a group of its own
                os.kill(pid, signal.SIGKILL)
        os._exit(0)


if __name__ == "__main__":
    main()
