"""Kernels by fork, on Linux: a kernel with all imports done starts in a tenth of a second.

One process beside the server, the zygote, imports what the pages need and then only waits. It forks
for each page: the child shares those imports with it, memory included, and becomes a kernel.

The server calls `zygote_manager`; Jupyter calls `provisioner`. Between them and the kernel are
`zygote_client` (the server's end of the socket), `protocol` (the messages), `zygote` (the other
end), `preload`, `rehearsal` and `room_rehearsal` (what is ready before the fork), `heap_fill` (the
layout of its memory), `child` (the steps after the fork) and `forked_process` (the child as the
server sees it). `fingerprint` detects changes of the code.

Known and accepted: all kernels of one zygote share the seed of Python's string hashes, so each
iterates over a set of strings in the same order. Nothing secret depends on that order, and a person
who makes such strings collide slows down only their own kernel.
"""
