"""The router that checks every request first and refuses what is not meant for this server."""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest, split_host_and_port
from tornado.routing import Router
from tornado.web import Application, HTTPError

from enishi.serve.auth.public_url import Address, is_local
from enishi.serve.connections import ConnectionTable
from enishi.serve.handlers.localized import LocalizedHandler

READING = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing."""


def stream_of(request: HTTPServerRequest) -> Any:
    """Return the stream of a request's connection; None when it is closed or a websocket."""
    return getattr(request.connection, "stream", None)


class HostCheckRouter(Router):
    """Accepts requests that name this machine, or the public address, and a path below its base.

    A page elsewhere on the web can make its visitors' browsers send requests here under a name of
    its own (DNS rebinding), as if it were one of ours. The foreign Host header reveals it.

    A request that changes something has to come from our own pages. A site beside ours
    (`other.example.org` beside `workbook.example.org`) can set cookies for both, so a cookie proves
    nothing there; the origin that every browser sends does.
    """

    def __init__(
        self,
        application: Application,
        address: Address,
        callers: ConnectionTable,
        note_visit: Callable[[str], None] | None = None,
    ) -> None:
        """Create the router.

        Args:
            application: answers the requests that are meant for it.
            address: the public address; it may be replaced while the server runs.
            callers: the table of the connections.
            note_visit: called with the client's IP address of each request that names this server.
        """
        self.application = application
        self.address = address
        self.callers = callers
        self.note_visit = note_visit

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> HTTPMessageDelegate | None:
        """Return the delegate that answers the request: the application's, or a refusal.

        A foreign host or a foreign origin gets 403, a path outside the base gets 404.
        """
        self.callers.on_request(stream_of(request))
        if not self.is_admitted(request):
            return self.refuse(request, 403)
        if self.note_visit is not None:
            self.note_visit(request.remote_ip or "")
        if not request.path.startswith(self.address.path):
            return self.refuse(request, 404)
        if request.method not in READING and not self.is_from_our_page(request):
            return self.refuse(request, 403)
        return self.application.find_handler(request, **kwargs)

    def is_admitted(self, request: HTTPServerRequest) -> bool:
        """Return whether the Host header of a request names this server."""
        name = split_host_and_port(request.host.lower())[0].strip("[]")
        return name == self.address.host or is_local(name)

    def is_from_our_page(self, request: HTTPServerRequest) -> bool:
        """Return whether a page of this server sent a request, judged by the browser's headers.

        The scheme counts, too: an attacker on the network path can write any page sent by plain
        http.
        """
        site, origin = (request.headers.get(name) for name in ("Sec-Fetch-Site", "Origin"))
        if site not in (None, "same-origin", "none"):  # none: started by the person, not by a page
            return False
        if origin is None:
            return site is not None
        host = request.host.lower()
        return origin.lower() in {f"{scheme}://{host}" for scheme in self.schemes_of(request)}

    def schemes_of(self, request: HTTPServerRequest) -> set[str]:
        """Return the schemes by which a page of ours can have been loaded."""
        name = split_host_and_port(request.host.lower())[0].strip("[]")
        return {self.address.scheme} if name == self.address.host else {"http", "https"}

    def refuse(self, request: HTTPServerRequest, status: int) -> HTTPMessageDelegate:
        """Return a delegate that answers any request with the error page for `status`."""
        return self.application.get_handler_delegate(request, Refusal, {"status": status})


class Refusal(LocalizedHandler):
    """The handler of refused requests."""

    def initialize(self, status: int) -> None:
        """Store the status to answer with."""
        self.status = status

    async def prepare(self) -> None:  # type: ignore[override]  # upstream adds a private option
        """Refuse the request before the visitor is identified.

        Raises:
            HTTPError: always, with the status.
        """
        self.current_user = self._jupyter_current_user = None
        raise HTTPError(self.status)
