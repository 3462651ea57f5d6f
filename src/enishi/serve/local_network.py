"""This computer's addresses in the network that the phones beside it are in.

They are found without a further package, and no packet is sent.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv4Address

from enishi.serve.errors import NoNetworkError, SeveralNetworksError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_SIOCGIFADDR = 0x8915
"""Linux: asks for the IPv4 address of a network device."""
_VIRTUAL = ("docker", "br-", "veth", "virbr", "lxc", "tun", "tap", "wg", "utun", "vmnet", "vboxnet")
"""How the names of devices begin that lead to no other device in the place."""
_ELSEWHERE = "192.168.255.254"
"""An address that the usual route leads to; nothing is sent to it."""


def private_addresses() -> list[str]:
    """Return this computer's private IPv4 addresses, that of the usual route first."""
    found = {each: None for each in _candidates() if is_private(each)}
    return list(found)


def is_private(address: str) -> bool:
    """Return whether an IPv4 address belongs to a private network, and not to this computer alone.

    >>> [is_private(each) for each in ("192.168.1.20", "127.0.0.1", "169.254.3.1", "8.8.8.8", "x")]
    [True, False, False, False, False]
    """
    try:
        ip = IPv4Address(address)
    except ValueError:
        return False
    return ip.is_private and not (ip.is_loopback or ip.is_link_local or ip.is_unspecified)


def find_private_address() -> str:
    """Return this computer's private IPv4 address.

    Raises:
        NoNetworkError: it has none.
        SeveralNetworksError: it has several.
    """
    addresses = private_addresses()
    if not addresses:
        raise NoNetworkError()
    if len(addresses) > 1:
        raise SeveralNetworksError(addresses=", ".join(addresses))
    return addresses[0]


def _candidates() -> Iterator[str]:
    """Yield addresses of this computer, that of the usual route first; some twice."""
    devices = _device_addresses()
    virtual = {at for name, at in devices if name.startswith(_VIRTUAL)}
    usual = _usual_address()
    if usual not in virtual:
        yield usual
    yield from (at for _, at in devices if at not in virtual)
    if not devices:  # not Linux
        with suppress(OSError):
            for *_, where in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
                yield str(where[0])


def _usual_address() -> str:
    """Return the address from which the usual route is taken; "" without one."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((_ELSEWHERE, 9))  # of a datagram socket: only chooses the route
        return str(probe.getsockname()[0])
    return ""


def _device_addresses() -> list[tuple[str, str]]:
    """Return the network devices with an IPv4 address, and the address; on Linux only."""
    found = []
    if fcntl is not None and hasattr(socket, "if_nameindex"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            for _, name in socket.if_nameindex():
                with suppress(OSError):  # it has no address, or this is not Linux
                    asked = struct.pack("256s", name.encode()[:15])
                    answer = fcntl.ioctl(probe.fileno(), _SIOCGIFADDR, asked)
                    found.append((name, socket.inet_ntoa(answer[20:24])))
    return found
