"""Kernels by fork, on Linux: a kernel that has everything imported is there in a tenth of a second.

One process beside the server, the zygote, imports what the pages need and then only waits. For
each page it forks: the child shares those imports with it, memory included, and becomes a kernel.

`zygote_manager` is what the server calls; `provisioner` is what Jupyter calls. Between them and
the kernel lie `zygote_client` (the server's end of the socket), `protocol` (what goes over it),
`zygote` (the other end), `preload` (what is ready before the fork), `heap_fill` (how it lies in
memory), `child` (what the child does after it) and `forked_process` (the child as the server sees
it). `fingerprint` notices when the code has changed.

Known and accepted: all kernels of one zygote share the seed of Python's string hashes, so that a
set of strings is walked in the same order in each. Nothing secret depends on that order, and
whoever makes such strings collide slows down their own kernel.
"""
