"""Requests that no client has tidied up, and the addresses that are closed to all of them."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection

import httpx

from serving import Serving

CLOSED = [
    "/voila/render/scratch.ipynb",
    "/voila/render/notes.txt",
    "/voila/render/99-missing.ipynb",
    "/voila/render/sub/01-start.ipynb",
    "/voila/render/../01-start.ipynb",
    "/voila/render/%2e%2e%2f01-start.ipynb",
    "/voila/files/picture.svg",
    "/voila/files/01-start.ipynb",
    "/voila/tree",
    "/voila/api/contents",
    "/voila/api/contents/01-start.ipynb",
    "/api/contents",
    "/api/kernels",
    "/api/terminals",
    "/files/notes.txt",
    "/logout",
    "/voila/templates/lab/static/index.css",
    "/voila/templates/enishi/static/../conf.json",
    "/voila/templates/enishi/static/%2e%2e/conf.json",
]


def raw(server: Serving, path: str, cookies: httpx.Cookies) -> int:
    """Ask for exactly `path`, without a client that tidies it up, and return the status."""
    crumbs = "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies.jar)
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=10)) as line:
        line.request("GET", path, headers={"Cookie": crumbs})
        answer = line.getresponse()
        answer.read()
        return answer.status
