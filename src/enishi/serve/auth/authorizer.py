"""Access to kernels: only the person who owns the page can reach its kernel."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.authorizer import Authorizer
from tornado.web import HTTPError


class KernelAuthorizer(Authorizer):
    """Grants access to a kernel to its owner only."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        """Return whether the visitor owns the kernel that the address names.

        Raises:
            HTTPError: 404, when there is no such kernel.
        """
        kernels = handler.settings["kernel_manager"]
        owner = kernels.owner_of(handler.path_kwargs.get("kernel_id", ""))
        if owner is None:
            raise HTTPError(404)
        return bool(owner.username == user.username)
