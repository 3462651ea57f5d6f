"""The address where a page reports that it has closed."""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

from typing import Annotated, Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from msgspec import Meta, MsgspecError, Struct
from msgspec.json import decode
from tornado.ioloop import IOLoop
from tornado.web import HTTPError, authenticated

_LONGEST = 65536
"""Most characters that a browser sends when a page closes."""


class ShutdownHandler(APIHandler):
    """`/voila/api/shutdown/<kernel>`: ends the page's kernel once it is quiet.

    Unlike Voilà's own, it does not end the kernel at once: the page's last changes may still be on
    their way over the websocket, or come along as `last`: messages to widgets, as JSON.
    """

    auth_resource = "kernels"

    @authenticated
    @authorized
    async def post(self, kernel_id: str) -> None:
        """Schedule the end of the kernel, and answer 204 at once.

        Raises:
            HTTPError: 400, when `last` is malformed.
        """
        last = read_last_messages(self.get_body_argument("last", "[]"))
        IOLoop.current().add_callback(
            self.settings["kernel_manager"].shutdown_when_idle, kernel_id, last
        )
        self.set_status(204)


class WidgetMessage(Struct, forbid_unknown_fields=True):
    """One message to a widget: the content of a `comm_msg`."""

    comm_id: Annotated[str, Meta(max_length=64)]
    data: dict[str, Any]


def read_last_messages(text: str) -> list[WidgetMessage]:
    """Return the last messages of a page.

    Raises:
        HTTPError: 400, when `text` is not a list of messages to widgets, or longer than a page
            sends.
    """
    if len(text) > _LONGEST:
        raise HTTPError(400)
    try:
        return decode(text, type=list[WidgetMessage])
    except MsgspecError as error:
        raise HTTPError(400) from error
