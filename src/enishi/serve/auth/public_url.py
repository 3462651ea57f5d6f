"""The public address. It decides where the pages are, and which requests are meant for us."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from enishi.serve.errors import PublicUrlError, PublicUrlMissingError

HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?")
PATH = re.compile(r"/([A-Za-z0-9._~-]+/)*")


class Address(NamedTuple):
    """Scheme, host, port and path as they appear in the browser.

    Attributes:
        host: in lower case; an IPv6 address without its brackets.
        port: None is the scheme's default.
        path: the base of all pages, with a slash at both ends.
    """

    scheme: str
    host: str
    port: int | None
    path: str

    def __str__(self) -> str:
        """Return the address as a browser writes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port is None else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"

    @property
    def is_secure(self) -> bool:
        """Whether the connection is encrypted."""
        return self.scheme == "https"

    @property
    def cookie_prefix(self) -> str:
        """The prefix of our cookies' names: no other host can set a cookie with this prefix.

        Browsers accept such a cookie only by https, and only for the path `/`.
        """
        return "__Host-" if self.is_secure and self.path == "/" else ""

    @property
    def is_open(self) -> bool:
        """Whether other people on the network path could read the traffic."""
        return not self.is_secure and not is_local(self.host)


def read_address(text: str) -> Address:
    """Return the public address in `text`, for example `https://workbook.example/enishi/`.

    Raises:
        PublicUrlError: it is no address, or has a query, a fragment or a user name.
    """
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as problem:
        raise PublicUrlError(address=text) from problem
    more = parts.query or parts.fragment or "@" in parts.netloc
    named = HOST.fullmatch(host) or is_ip(host)
    if more or not named or parts.scheme not in ("http", "https"):
        raise PublicUrlError(address=text)
    usual = {"http": 80, "https": 443}[parts.scheme]
    return Address(parts.scheme, host, None if port == usual else port, read_base(parts.path))


def read_base(text: str) -> str:
    """Return the base of all pages in `text`, for example `/enishi/`, with a slash at both ends.

    Raises:
        PublicUrlError: it cannot be a base.
    """
    base = "/" + text.strip("/") + "/" if text.strip("/") else "/"
    if not PATH.fullmatch(base) or {".", ".."} & set(base.split("/")):
        raise PublicUrlError(address=text)
    return base


def address_of(listen: str, port: int, base: str = "/") -> Address:
    """Return the address of a server without a proxy in front of it.

    Raises:
        PublicUrlMissingError: `listen` is no IP address, or the one that means every address.
    """
    if not is_ip(listen) or ip_address(listen).is_unspecified:
        raise PublicUrlMissingError(listen=listen)
    return Address("http", listen, port, base)


def is_local(host: str) -> bool:
    """Return whether this name always means the machine itself."""
    return host == "localhost" or (is_ip(host) and ip_address(host).is_loopback)


def is_ip(host: str) -> bool:
    """Return whether this is an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
