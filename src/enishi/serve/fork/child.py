"""The steps of a child after the fork, until it is a kernel of its own."""

from __future__ import annotations

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
from enishi.serve.jupyter_patches import run_exit_functions

_NAME = "enishi-kernel"
"""The process name in `ps` and `top`; 15 bytes at most."""
CONTROL_THREAD_SECONDS = 1.0
"""Longest wait at the end of a kernel for the thread that handles its control channel."""


def run_child(order: Fork, server: socket, lifeline: int) -> NoReturn:
    """Run the requested kernel, and end this process with it.

    Args:
        order: the request.
        server: the socket to the server.
        lifeline: the descriptor of the pipe that closes when the server ends.
    """
    code = 1
    try:
        reset_process_state(order)
        end_with_server(lifeline)
        run(order.arguments, server)
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    # Not sys.exit: finalising the interpreter would touch, and so copy, all the memory shared with
    # the zygote, and would run the zygote's exit functions.
    with suppress(BaseException):
        if code == 0:  # after a failed start ZeroMQ would wait for ever
            run_exit_functions()
    os._exit(code)


def reset_process_state(order: Fork) -> None:
    """Set what belongs to this process alone, and drop what it shares with its siblings."""
    os.setsid()  # an interrupt reaches only this kernel and its children
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


def end_with_server(lifeline: int) -> None:
    """End this process group as soon as the server ends, whatever this kernel is doing.

    Nothing is ever written into the pipe; a read returns when the server, the only holder of the
    other end, is gone.
    """

    def watch() -> None:
        os.read(lifeline, 1)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def run(arguments: list[str], server: socket) -> None:
    """Run an IPython kernel, and notify the server as soon as clients can connect to it."""
    from enishi.serve.kernels.page_kernel import PageApplication

    application = PageApplication.instance(
        parent_handle=1,  # the server watches this process: no polling, no hint on the terminal
        default_extensions=[],  # %store: a page stores its data in the book
    )
    application.initialize(arguments)  # type: ignore[no-untyped-call]
    with server, suppress(OSError):  # if the zygote is gone, this kernel can work without it
        server.send(encode(Bound(os.getpid())))
    application.start()  # type: ignore[no-untyped-call]
    # IPython stops the publishing thread before the control thread, which may be waiting for it:
    # now and then a kernel took seconds to end.
    application.control_thread.stop()
    application.control_thread.join(CONTROL_THREAD_SECONDS)
