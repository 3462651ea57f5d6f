"""Kernels: their manager, the clients that wait for them, and what runs inside one."""
