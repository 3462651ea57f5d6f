"""The page's templates, compiled once for all pages."""

from __future__ import annotations

from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class TemplateCache(BytecodeCache):
    """Keeps what Jinja made of a template, as long as its source stays the same.

    Voilà makes an environment a page, and each would read, parse and compile a dozen templates
    anew: a third of what a page costs the server.
    """

    def __init__(self) -> None:
        self.known: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is known of a template, if its source is the one it was made of."""
        checksum, code = self.known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        if bucket.code:
            self.known[bucket.key] = (bucket.checksum, bucket.code)


TEMPLATES = TemplateCache()
