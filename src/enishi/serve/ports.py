"""Bind a port, on this machine only unless another address is given."""

from __future__ import annotations

import errno
import socket

from tornado.netutil import bind_sockets

from enishi.serve.errors import ListenAddressError, PortInUseError, PortRefusedError

ADDRESS = "127.0.0.1"
"""Only programs on this machine can reach it."""

USUAL_PORT = 8866
BACKLOG = 1024
"""Connections that may wait to be accepted; the client's system retries others much later."""
TRIES = 50
"""How many ports, from the usual one on, are tried when none was requested."""


def take_port(port: int, listen: str = ADDRESS) -> list[socket.socket]:
    """Return sockets that listen on exactly `port` (0: any free one).

    Raises:
        PortInUseError: another program uses it.
        PortRefusedError: the system does not allow it.
        ListenAddressError: `listen` is no address of this computer.
    """
    try:
        return bind_sockets(port, listen, backlog=BACKLOG)
    except OSError as problem:
        if problem.errno == errno.EADDRNOTAVAIL or isinstance(problem, socket.gaierror):
            raise ListenAddressError(listen=listen) from problem
        refused = problem.errno in (errno.EACCES, errno.EPERM)
        raise (PortRefusedError if refused else PortInUseError)(port=port) from problem


def take_free_port(first: int = USUAL_PORT) -> list[socket.socket]:
    """Return sockets that listen on `first` or the next free port after it.

    Raises:
        PortInUseError: none of `TRIES` ports was free.
    """
    for port in range(first, first + TRIES):
        try:
            return take_port(port)
        except (PortInUseError, PortRefusedError):
            continue
    raise PortInUseError(port=f"{first}-{first + TRIES - 1}")


def port_of(sockets: list[socket.socket]) -> int:
    """Return the port that `sockets` listen on; 0 if they are Unix sockets."""
    listening = sockets[0]
    if listening.family not in (socket.AF_INET, socket.AF_INET6):
        return 0
    port: int = listening.getsockname()[1]
    return port
