"""All pictures of what the person wrote, one below the other, as the person orders them."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from enishi.pictures.catalogue import PICTURES
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Sheet, command
from widgets.parts.picture import PICTURE, picture_words
from widgets.parts.printable import PRINTABLE
from widgets.parts.week_picture import OFF, WEEKLY_PICTURE

_SETTING = "pictures"
"""The setting with the keys of the pictures that are shown, in their order."""
_NONE = "none"
"""Its value where the person put all of them away."""
Keys = Annotated[list[Identifier], msgspec.Meta(max_length=len(PICTURES))]


class Gallery(Sheet):
    """Shows the pictures; each is drawn once it comes into view.

    Example:
        >>> Gallery(open_workbook("06-pictures"))     # doctest: +SKIP
    """

    name = "pictures"
    parts = (PICTURE, PRINTABLE)

    def build_state(self) -> dict[str, Any]:
        """Return which pictures are shown in which order, and the texts around them."""
        order = chosen_pictures(self.workbook.setting(_SETTING))
        away = [key for key in PICTURES if key not in order]
        return {
            "order": order,
            "away": away,
            "pictures": picture_words(self.workbook, *PICTURES),
            "weekly": self.workbook.setting(WEEKLY_PICTURE) != OFF,
        }

    @command
    def arrange(self, keys: Keys) -> Answer:
        """Show these pictures, in this order.

        Raises:
            ForbiddenError: one of them does not exist, or is there twice.
        """
        if not set(keys) <= set(PICTURES) or len(set(keys)) < len(keys):
            raise ForbiddenError()
        self.workbook.set_setting(_SETTING, " ".join(keys) or _NONE)
        return {}

    @command
    def show_weekly(self, on: bool) -> None:
        """Show a picture a week on the home page, or none."""
        self.workbook.set_setting(WEEKLY_PICTURE, "on" if on else OFF)


def chosen_pictures(stored: str) -> list[str]:
    """Return the keys of the pictures to show: all of them as long as nothing was chosen.

    >>> chosen_pictures("dials giving gone"), len(chosen_pictures("")) == len(PICTURES)
    (['dials', 'giving'], True)
    """
    if not stored:
        return [*PICTURES]
    return [key for key in stored.split() if key in PICTURES]
