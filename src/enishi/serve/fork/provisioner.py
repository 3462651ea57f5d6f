"""The kernel provisioner `enishi-fork`, which Jupyter finds by its entry point.

It forks a kernel if there is a zygote, and otherwise starts one as Jupyter does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Int

from enishi.serve.fork.zygote_manager import ZYGOTES, NoZygoteError
from enishi.serve.kernel_env import ONE_THREAD

READ_AT_START = ("PYTHON", "LANG", "LC_", "LD_LIBRARY_PATH")
"""Prefixes of the variables that an interpreter reads when it starts, and never again."""


class ForkProvisioner(LocalProvisioner):
    """Starts, interrupts and ends a kernel, forked or not."""

    is_forked = False

    most_memory = Int(
        0,
        config=True,
        help="""Bytes of address space a kernel may use; 0 is no limit, below 1 GB no page opens.
        Address space is more than memory: threads and libraries reserve what they never use.""",
    )

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel, or start one if that fails; return its connection."""
        try:
            await self._fork(cmd, **kwargs)
        except NoZygoteError as problem:
            if ZYGOTES.is_wanted:
                self.log.warning("A kernel starts without a fork: %s.", problem)
            environment = kwargs.pop("env", None) or os.environ
            await super().launch_kernel(cmd, env={**environment, **ONE_THREAD}, **kwargs)
        if self.most_memory and self.pid and sys.platform == "linux":
            import resource

            resource.prlimit(self.pid, resource.RLIMIT_AS, (self.most_memory, self.most_memory))
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and its children, unless it has ended."""
        if await self.poll() is None:
            await super().send_signal(signum)

    async def _fork(
        self,
        cmd: list[str],
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
        kernel_id: str = "",
        extra_arguments: object = None,
        **others: Any,
    ) -> None:
        """Fork the kernel that `cmd` describes.

        Raises:
            NoZygoteError: it cannot be forked, or not as described.
        """
        zygote = await ZYGOTES.ready_zygote(self.log)
        environment = dict(os.environ if env is None else env)
        if cmd[:3] != [sys.executable, "-m", "ipykernel_launcher"]:
            raise NoZygoteError(f"{cmd[:3]} is another program")
        if others:
            raise NoZygoteError(f"{', '.join(others)} cannot be given to a fork")
        if read_at_start(environment) != read_at_start(zygote.environment):
            raise NoZygoteError("its environment is for another interpreter")
        environment.pop("JPY_PARENT_PID", None)  # it would look for a parent it does not have
        from enishi.serve.fork.zygote_client import ZygoteError

        try:
            kernel = await zygote.fork(cmd[3:], environment, str(cwd or os.getcwd()))
        except ZygoteError as problem:
            raise NoZygoteError(str(problem)) from problem
        self.process = kernel  # type: ignore[assignment]  # it has the methods of Popen in use
        self.pid = self.pgid = kernel.pid
        self.cwd = cwd or os.getcwd()
        self.is_forked = True


def read_at_start(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the part of `environment` that a fork cannot change any more."""
    return {name: each for name, each in environment.items() if name.startswith(READ_AT_START)}
