"""What a child does after the fork, to be a kernel of its own."""

from __future__ import annotations

import atexit
import gc
import os
import random
import signal
import sys
import tempfile
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path
from socket import socket
from typing import NoReturn

from enishi.serve.fork.protocol import Bound, Fork, encode

_NAME = "enishi-kernel"
"""What `ps` and `top` call it; 15 bytes at most."""
GOODBYE_SECONDS = 1.0
"""How long the end of a kernel waits for what it is just saying."""


def run_child(order: Fork, server: socket, lifeline: int) -> NoReturn:
    """Be the kernel that was asked for, until it ends."""
    code = 1
    try:
        reset_process_state(order)
        end_with_the_server(lifeline)
        run(order.arguments, server)
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    # Not sys.exit: taking down the interpreter would touch, and so copy, all the memory that is
    # shared with the zygote, and would run what was meant for the zygote's end.
    with suppress(BaseException):
        if code == 0:  # after a failed start ZeroMQ would wait for ever
            atexit._run_exitfuncs()
    os._exit(code)


def reset_process_state(order: Fork) -> None:
    """Take on what a process has of its own, and shed what it shares with its siblings."""
    os.setsid()  # an interrupt reaches this kernel and what it started, nobody else
    Path("/proc/self/comm").write_text(_NAME)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(order.environment)
    time.tzset()
    tempfile.tempdir = None  # it was found for another environment
    os.chdir(order.folder)
    sys.argv = ["ipykernel_launcher", *order.arguments]
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    gc.enable()


def end_with_the_server(lifeline: int) -> None:
    """End as soon as the server has, however it went and whatever this kernel is doing.

    Nothing is ever written into the pipe; reading from it returns when the server, which alone
    holds the other end, is gone.
    """

    def watch() -> None:
        os.read(lifeline, 1)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def run(arguments: list[str], server: socket) -> None:
    """Run an IPython kernel, and tell the server as soon as it can be connected to."""
    from enishi.serve.kernels.page_kernel import PageApplication

    application = PageApplication.instance(
        parent_handle=1,  # somebody looks after this process: no polling, no hint on the terminal
        default_extensions=[],  # %store: a page keeps its things in the book
    )
    application.initialize(arguments)  # type: ignore[no-untyped-call]
    if "ipywidgets" in sys.modules:
        # It looked for a kernel when it was imported, and there was none yet.
        sys.modules["ipywidgets"].register_comm_target()
    with server, suppress(OSError):  # should the zygote be gone, this kernel can do without it
        server.send(encode(Bound(os.getpid())))
    application.start()  # type: ignore[no-untyped-call]
    # IPython stops the thread that publishes before this one, which may be waiting for it just
    # then: every now and then a kernel took seconds to end.
    application.control_thread.stop()
    application.control_thread.join(GOODBYE_SECONDS)
