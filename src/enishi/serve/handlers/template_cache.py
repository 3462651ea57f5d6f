"""A cache of the pages' templates, compiled once for all pages."""

from __future__ import annotations

from types import CodeType

from jinja2 import BytecodeCache, Environment, TemplateError
from jinja2.bccache import Bucket
from jinja2.meta import find_referenced_templates

FILTERS_SET_LATE = ("highlight_code", "trusted")
"""Filters that Voilà sets as it renders; without one of this name a template does not compile."""


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

    def attach(self, environment: Environment, name: str) -> None:
        """Let an environment share what is compiled; the first one compiles all that `name` needs.

        Jinja compiles a template only when it is rendered. The first page of a new server waits
        for the kernel's imports before that anyway.
        """
        environment.bytecode_cache = self
        if not self.known:
            self._compile_all(environment, name)

    def _compile_all(self, environment: Environment, name: str) -> None:
        """Compile a template and all that it extends, imports or includes."""
        assert environment.loader
        for late in FILTERS_SET_LATE:
            environment.filters.setdefault(late, str)
        left, seen = [name], {name}
        while left:
            try:
                source, file, _ = environment.loader.get_source(environment, one := left.pop())
                tree = environment.parse(source, one, file)
                bucket = self.get_bucket(environment, one, file, source)
                bucket.code = environment.compile(tree, one, file)
            except TemplateError:  # it may be missing, or must wait until it is rendered
                continue
            self.set_bucket(bucket)
            new = {each for each in find_referenced_templates(tree) if each} - seen
            seen |= new
            left += sorted(new)


TEMPLATES = TemplateCache()
