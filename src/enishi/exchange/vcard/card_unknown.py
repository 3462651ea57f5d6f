"""What nothing is known of in a vCard, kept so that an export can write it again."""

from __future__ import annotations

from enishi.exchange.vcard.card_draft import CardDraft
from enishi.exchange.vcard.card_lines import CardLine
from enishi.exchange.vcard.card_names import same_parts
from enishi.exchange.vcard.card_properties import OWN_DETAIL
from enishi.exchange.vcard.card_text import show_breaks, unescape
from enishi.i18n.kana import to_katakana


def read_unknown(draft: CardDraft, line: CardLine) -> None:
    """Keep a property that nothing is known of, so that an export can write it again."""
    name, text = line.head.name, show_breaks(line.value, draft.old).strip()
    own = draft.labels.get(line.head.group, "") if line.head.group else ""
    if name in ("CLASS", "X-CLASS") and text.upper() == "PUBLIC":
        return
    if name == "SORT-STRING" and draft.is_own:
        return
    if name in ("SOUND", "SORT-STRING", "X-KANA") and is_reading(draft, line):
        return
    if own or name == OWN_DETAIL:
        draft.add(line, "field", own, unescape(line.value, draft.old))
    else:
        draft.add(line, "field", line.head.spelling, text)


def is_reading(draft: CardDraft, line: CardLine) -> bool:
    """Return whether a property says only what the name or its reading says."""
    said = to_katakana(draft.line_text(line).replace(";", " "))
    values = draft.values
    parts = (
        (str(values.get(f"family{end}", "")), str(values.get(f"given{end}", "")))
        for end in ("", "_kana")
    )
    return not said or any(
        same_parts(said, to_katakana(family), to_katakana(given)) or said == to_katakana(family)
        for family, given in parts
    )


def keep_lone_labels(draft: CardDraft) -> None:
    """Keep a label whose property is not there, perhaps because a line of it is damaged."""
    if not (labels := draft.named.get("X-ABLABEL")):
        return
    groups = {line.head.group for line in draft.card.lines if line.head.name != "X-ABLABEL"}
    for line in labels:
        if line.head.group not in groups:
            draft.add(line, "field", "X-ABLabel", draft.labels[line.head.group])
