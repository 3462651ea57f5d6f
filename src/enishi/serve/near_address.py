"""The address by which the phones beside this computer reach it, also after it has changed.

A network may give a laptop another address while a room goes on: after sleep, when the lease ends,
or because somebody chose another Wi-Fi. Browsers keep what they know by address, so phones that are
open at the old one have to join anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from enishi.errors import EnishiError
from enishi.room.hosting import Reach
from enishi.serve import local_network
from enishi.serve.auth.host_check import HostCheckRouter
from enishi.serve.auth.public_url import is_local
from enishi.serve.connections import BoundedHTTPServer
from enishi.serve.ports import take_port

FOLLOW_SECONDS = 3.0
"""Seconds between two looks at this computer's addresses."""
log = logging.getLogger("enishi")


class NearAddress:
    """Listens where the phones are, and notes whether one of them has come."""

    def __init__(
        self,
        server: BoundedHTTPServer,
        router: HostCheckRouter,
        port: int,
        on_change: Callable[[], None],
    ) -> None:
        """Begin with the address of the router, on which the server listens already.

        Args:
            server: listens on the address.
            router: accepts requests that name it.
            port: the port, also at another address.
            on_change: called when the router's address, or `reach`, has changed.
        """
        self.server = server
        self.router = router
        self.port = port
        self.on_change = on_change
        self.reach: Reach = "nobody"
        self._was_reached = False

    def follow(self, addresses: list[str]) -> None:
        """Listen on the first of `addresses`, unless the one in use is still among them.

        Requests that name the old address are refused from then on.
        """
        now = self.router.address.host
        if not addresses:
            self._set_reach("offline")
        elif now in addresses:
            self._set_reach("reached" if self._was_reached else "nobody")
        elif self._listen_on(addresses[0]):
            self.server.stop_listening(now)
            self.router.address = self.router.address._replace(host=addresses[0])
            self.reach, self._was_reached = "nobody", False
            self.on_change()

    def note_visit(self, ip: str) -> None:
        """Note that a request has come from an IP address; those of this computer do not count."""
        if self.reach != "nobody" or is_local(ip):
            return
        if ip not in (self.router.address.host, *local_network.private_addresses()):
            self._was_reached = True
            self._set_reach("reached")

    async def keep_following(self) -> None:
        """Follow the addresses of this computer for as long as the server runs."""
        while True:
            await asyncio.sleep(FOLLOW_SECONDS)
            try:
                self.follow(await asyncio.to_thread(local_network.private_addresses))
            except Exception as error:  # an exception would end the task without a word
                log.error("The address could not be followed: %s.", type(error).__name__)

    def _listen_on(self, address: str) -> bool:
        try:
            self.server.add_sockets(take_port(self.port, address))
        except EnishiError:  # not ready yet, or another program has the port: the next look tries
            return False
        return True

    def _set_reach(self, reach: Reach) -> None:
        if reach != self.reach:
            self.reach = reach
            self.on_change()
