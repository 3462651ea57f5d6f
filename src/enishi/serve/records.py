"""The records of what happens, of which a log shows some."""

# mypy: disallow-untyped-calls=False
# traitlets types its own methods in part.

from __future__ import annotations

from typing import Any

from traitlets.config import Application


class ShownAlone(Application):
    """A program that makes no record of what it does not show.

    Jupyter has much to say about every message.
    """

    def get_default_logging_config(self) -> Any:
        """Let the logger pass over at once what its handler would."""
        config = super().get_default_logging_config()
        config["loggers"][type(self).__name__]["level"] = self.log_level
        return config
