"""Kernels: their manager, the clients that wait for them, and the code inside one."""
