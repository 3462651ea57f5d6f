"""Whose a kernel is: nobody but the person whose page it makes can reach it."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.authorizer import Authorizer
from tornado.web import HTTPError


class KernelAuthorizer(Authorizer):
    """Says yes to a kernel's own person, and to nobody else."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        """Tell whether the kernel that the address names is the visitor's.

        Raises:
            HTTPError: 404, when there is no such kernel.
        """
        kernels = handler.settings["kernel_manager"]
        owner = kernels.owner_of(handler.path_kwargs.get("kernel_id", ""))
        if owner is None:
            raise HTTPError(404)
        return bool(owner.username == user.username)
