"""All pictures of what the person wrote, one below the other."""

from __future__ import annotations

from typing import Any

from enishi.pictures.catalogue import PICTURES
from widgets.base.sheet import Sheet
from widgets.parts.picture import PICTURE, picture_words


class Gallery(Sheet):
    """Shows the pictures; each is drawn once it comes into view.

    Example:
        >>> Gallery(open_workbook("06-pictures"))     # doctest: +SKIP
    """

    name = "pictures"
    parts = (PICTURE,)

    def build_state(self) -> dict[str, Any]:
        """Return which pictures there are, and the texts around them."""
        return {"order": [*PICTURES], "pictures": picture_words(self.workbook, *PICTURES)}
