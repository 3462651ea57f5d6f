"""A cache of the pages' templates, compiled once for all pages."""

from __future__ import annotations

from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class TemplateCache(BytecodeCache):
    """Keeps the compiled template as long as its source stays the same.

    Voilà creates an environment for each page, which would read, parse and compile a dozen
    templates anew: a third of the server's work for a page.
    """

    def __init__(self) -> None:
        self.known: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Set the compiled code of a template, if its source is unchanged."""
        checksum, code = self.known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the compiled code of a template."""
        if bucket.code:
            self.known[bucket.key] = (bucket.checksum, bucket.code)


TEMPLATES = TemplateCache()
