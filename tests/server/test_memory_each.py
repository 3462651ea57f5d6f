"""What the kernels of one person may hold together."""

from __future__ import annotations

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from tornado.web import HTTPError

from enishi.serve.auth.provider import SignedInUser
from enishi.serve.kernels.manager import PageKernelManager
from enishi.serve.security import Limits, security_config

ANN, BETH = SignedInUser("ann"), SignedInUser("beth")


class Weighed(PageKernelManager):
    """Kernels of which is told how much they hold."""

    held: dict[str, int]

    def _unshared_megabytes(self, kernel_id: str) -> int:
        return self.held[kernel_id]


def kernels(**held: int) -> Weighed:
    found = Weighed(max_kernels=9, max_per_user=9, max_memory_per_user=100)
    found.held = held
    found._owners = {id: BETH if id.startswith("b") else ANN for id in held}
    return found


def test_the_largest_page_goes_when_one_persons_hold_too_much() -> None:
    assert kernels(a1=30, a2=80, b1=90)._kernel_over_memory(ANN) == "a2"
    assert kernels(a1=30, a2=60, b1=90)._kernel_over_memory(ANN) == ""
    assert kernels(a1=30, a2=80, b1=90)._kernel_over_memory(BETH) == ""


def test_until_then_they_open_no_other_page_and_others_may() -> None:
    with pytest.raises(HTTPError, match="429"), ThreadPoolExecutor(1) as thread:
        # In a thread: a browser of other tests may have a loop running in this one.
        begun = kernels(a1=30, a2=80).start_kernel(owner=ANN)
        thread.submit(asyncio.run, begun).result()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells what a process holds")
def test_what_a_process_holds_is_what_it_shares_with_nobody() -> None:
    class Own:
        pid = os.getpid()

    class One(PageKernelManager):
        def get_kernel(self, kernel_id: str) -> Any:
            return type("Kernel", (), {"provisioner": Own})

    assert 10 < One()._unshared_megabytes("any") < 4000


def test_a_host_limits_it_and_a_kernel_may_hold_less_than_all() -> None:
    config = security_config(Limits())
    assert 0 < config.PageKernelManager.max_memory_per_user << 20 == Limits().memory_each
    assert config.ForkProvisioner.most_memory < Limits().memory_each
