"""What other people are to the person of a vCard."""

from __future__ import annotations

from enishi.exchange.file_relations import relation_of
from enishi.exchange.vcard.card_draft import CardDraft
from enishi.exchange.vcard.card_lines import CardLine
from enishi.exchange.vcard.card_properties import OWN_RELATION, RELATED_TYPES
from enishi.exchange.vcard.card_unknown import read_unknown

RELATIVES = {
    "X-ABRELATEDNAMES": "",
    "X-SPOUSE": "spouse",
    "X-EVOLUTION-SPOUSE": "spouse",
    "X-MANAGER": "manager",
    "X-EVOLUTION-MANAGER": "manager",
    "X-ASSISTANT": "assistant",
    "X-EVOLUTION-ASSISTANT": "assistant",
    "RELATED": "",
}
"""Properties with somebody's name, and who it is to the person; with "" the card says it."""


def read_relative(draft: CardDraft, line: CardLine) -> None:
    """Read who somebody is to the person; a link to another card is solved later."""
    text = draft.line_text(line)
    label = RELATIVES[line.head.name] or draft.label(line)
    if own_relation_of(draft, line):
        return
    if line.head.name == "RELATED" and text.startswith("urn:uuid:"):
        uid, kind = text.removeprefix("urn:uuid:"), RELATED_TYPES.get(label, "")
        if found := relation_of(uid, "", kind, "" if kind else label, "", label):
            draft.relations.append(found)
        else:
            draft.add(line, "field", label, text, uid=uid)
    else:
        draft.add(line, "field", label or "related", text)


def own_relation_of(draft: CardDraft, line: CardLine) -> CardLine | None:
    """Return our own property that says more than this relative of the same group."""
    same = (one for one in draft.named.get(OWN_RELATION, ()) if one.head.group == line.head.group)
    return next(same, None) if line.head.group else None


def read_own_relation(draft: CardDraft, line: CardLine) -> None:
    """Read what another card is to this one, in our own form."""
    uid, kind, words, inverse = [*draft.parts(line), "", "", "", ""][:4]
    beside = (*draft.named.get("X-ABRELATEDNAMES", ()), *draft.named.get("RELATED", ()))
    texts = [draft.line_text(one) for one in beside if own_relation_of(draft, one) is line]
    name = next((text for text in texts if not text.startswith("urn:uuid:")), "")
    if found := relation_of(uid, name, kind, words, inverse, draft.label(line)):
        draft.relations.append(found)
    else:
        read_unknown(draft, line)
