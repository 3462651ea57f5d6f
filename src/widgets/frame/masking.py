"""Names as initials while a screen is shared: what the page's script needs to find names."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from enishi.coach.today.item_summary import find_name_forms
from enishi.i18n.initials import ORDINARY, PARTICLES, fold_name, forms_of, looks_like_name
from enishi.i18n.names import HONORIFICS
from widgets.base.sheet import Answer, ForbiddenError, Part, Sheet, ShortText, query
from widgets.base.workbook import Workbook
from widgets.frame.palette import finds_things


@query
def name_forms(sheet: Sheet, known: ShortText = "") -> Answer:
    """Return the forms in which names of the book may appear in a text.

    The script `masking.js` finds names in what the page shows as `enishi.i18n.initials` does.

    Args:
        sheet: the header.
        known: the `key` of an earlier answer; if nothing has changed since, the forms are left out.

    Raises:
        ForbiddenError: the page has no book of the person.
    """
    workbook = sheet.workbook
    if not finds_things(workbook):
        raise ForbiddenError()
    found: dict[str, Any] = workbook.cached("name forms", lambda: _describe_forms(workbook))
    return {"text": " ", "key": found["key"]} | ({} if found["key"] == known else found)


def _describe_forms(workbook: Workbook) -> dict[str, Any]:
    frames = workbook.frames()
    asked = forms_of(filter(looks_like_name, frames["voice"]["who"].tolist()))
    heard = filter(looks_like_name, frames["way"]["heard_from"].tolist())
    forms = sorted(
        find_name_forms(frames["contact"]).known
        | asked.known
        | {fold_name(line.strip()) for line in heard}  # may be a newspaper: only the whole of it
    )
    return {
        "key": sha256("\n".join(forms).encode()).hexdigest()[:16],
        "forms": forms,
        "honorifics": [*HONORIFICS, "씨", "님"],
        "particles": PARTICLES,
        "ordinary": sorted(ORDINARY),
    }


MASKING = Part(__file__, {"name_forms": name_forms})
"""The header's way to hide names; its script is fetched when names are first hidden."""
