"""The names of the properties of a vCard, and what they mean to the book."""

from __future__ import annotations

ADDRESS_PROPERTIES = {"email": "EMAIL", "phone": "TEL", "url": "URL"}
"""The property of each kind of address of which a contact has a main one."""
PHONETIC = {
    "X-PHONETIC-LAST-NAME": "family_kana",
    "X-PHONETIC-FIRST-NAME": "given_kana",
}
"""Properties with the reading of a name, and its column."""
ENVELOPE = frozenset(
    {
        *("BEGIN", "END", "VERSION", "PRODID", "REV", "UID", "KIND", "FN", "N", "MEMBER"),
        *(*ADDRESS_PROPERTIES.values(), *PHONETIC, "X-PHONETIC-MIDDLE-NAME", "NICKNAME"),
        *("X-ABLABEL", "X-ABADR", "X-ABSHOWAS", "X-ABUID", "CLIENTPIDMAP", "X-IMAGETYPE"),
        *("X-ADDRESSBOOKSERVER-KIND", "X-ADDRESSBOOKSERVER-MEMBER"),
    }
)
"""Properties that say nothing of the person, or that are looked up by their name."""
PRODUCT = "-//Enishi//Workbook//EN"
"""What our own cards say they were written by; their names and notes are taken as they stand."""
UNTAKEN = frozenset({"PHOTO", "LOGO", "KEY"})
OWN_FIELDS = {
    "X-ENISHI-ROMAJI": "romaji",
    "X-ENISHI-CALLED": "called",
    "X-ENISHI-HONORIFIC": "honorific",
    "X-ENISHI-HOW-MET": "how_met",
    "X-ENISHI-WHERE-MET": "where_met",
    "X-ENISHI-MET-ON": "met_on",
}
"""Properties of our own for columns that vCard has no property for."""
OWN_DETAIL = "X-ENISHI-FIELD"
"""A property of our own for a field with a name of one's own, which stands in its label."""
OWN_RELATION = "X-ENISHI-RELATION"
"""A property of our own for what another card is to this one: its UID, the kind, words, inverse."""
RELATED_TYPES = {
    **{"spouse": "partner", "parent": "parent", "child": "child", "sibling": "sibling"},
    **{"kin": "relative", "friend": "friend", "co-worker": "colleague", "colleague": "colleague"},
}
"""The kinds of relations by their types in version 4.0."""
SERVICES = {
    "X-SKYPE": "Skype",
    "X-SKYPE-USERNAME": "Skype",
    "X-SIP": "SIP",
    "X-QQ": "QQ",
    "X-AIM": "AIM",
    "X-MSN": "MSN",
    "X-ICQ": "ICQ",
    "X-YAHOO": "Yahoo",
    "X-JABBER": "Jabber",
    "X-GOOGLE-TALK": "Google Talk",
    "X-LINE": "LINE",
}
"""Names at services for messages, and what the service is called."""
ANDROID = "vnd.android.cursor.item/"
"""Beginning of what an Android property is of."""
ANDROID_RELATIONS = (
    *("", "assistant", "brother", "child", "domestic partner", "father", "friend", "manager"),
    *("mother", "parent", "partner", "referred by", "relative", "sister", "spouse"),
)
"""What Android's numbers mean; at 0 a label of one's own follows."""
