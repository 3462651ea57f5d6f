"""Words that columns of choice hold, and that the coach and the sheets reason with."""

GIVES = (
    "teach",
    "connect",
    "make",
    "listen",
    "spread",
    "host",
    "research",
    "cheer",
    "try",
    "share",
)
"""The ten ways to give, G1 to G10."""
SIZES = ("small", "medium", "large")
"""The giver's effort for a give: up to 5 minutes, 30 minutes, 2 hours."""

LETTERS = (
    "thanks",
    "second",
    "promise",
    "promise_late",
    "promise_day",
    "promise_off",
    "grateful",
    "impression",
    "hand",
    "wishes",
    "news",
    "repair",
    "advice",
    "ask_introduction",
    "forward",
    "introduced",
    "report",
    "consent",
    "introduce",
    "decline",
    "refuse",
)
"""The kinds of message that have a draft."""
REPAIRS = ("promise_late", "promise_day", "promise_off")
"""The kinds for a promise whose day has passed: it comes now, on a new day, or not at all."""
REQUESTS = ("advice", "ask_introduction")
"""The kinds that are a request by themselves."""
LEVELS = ("friendly", "polite", "formal")
"""The levels of politeness."""
KNOWN_AS = ("just_met", "known", "friend", "family", "colleague")
"""How a contact is known: met just now, known for some time, an old friend, family, a colleague."""
LAST_TALKS = ("today", "week", "month", "year", "longer", "unsure")
"""When the person last talked with a contact, as they remember it: today, this week, …"""
STEPS_AHEAD = ("near", "steps", "far", "other")
"""How far ahead a contact or a kind of person is: about where the person is, a step or two, far,
on another road."""
WAY_KINDS = ("alone", "together", "bold")
"""Kinds of ways to a goal, each with its own field: alone, with a contact, too bold."""
FACTS = ("loves", "trying", "looking_for", "book", "product", "event", "appeal", "teaches")
"""What one can know of a contact: a book, a product, an event or an appeal is their own; what they
like to teach."""
DEPTHS = ("hello", "talk", "opened")
"""How deep a meeting went: a hello, a talk, or both opened up."""
CAME = ("chance", "news", "idea", "work")
"""What can come to the person through somebody."""
CLOSENESS = ("beginning", "friendly", "close", "companion")
"""How close a contact is, in the person's own word and as a stage S1 to S4."""

INTRODUCTION_STEPS = (
    "planned",
    "asked",
    "bridge_agreed",
    "target_agreed",
    "introduced",
    "thanked",
    "reported",
)
"""The steps of an introduction, in order; `let_go` may follow any of them."""

PASSES = ("work", "ear", "free_days")
"""What can pass between the person and a contact, beside encouragement."""
UNKNOWN = ("topic", "guests", "price")
"""What one may not know of a place or an event, beside who is behind it."""
ASKED_LATER = (
    "otherwise",
    *("mutual", "why_known", "fading", "lesson", "first_move", "balance"),
    "would_pay",
    "kind_answer",
    "their_side",
    "early_ask",
    "their_answer",
    "reply",
    "together",
    "stand",
    "phase",
    "went_on",
    "came_to",
    "eased",
    "led_there",
    "discovered",
    "whom_there",
    "once_enough",
    "which_helped",
    "closer",
    "heard",
    "signs",
    "match",
    "book",
    "thrive",
    "vague_wish",
)
"""The questions that are asked after something was written, by their code."""

DOORS = ("open", "knock", "closed")
"""How new participants enter a room: at once, after the facilitator admits them, not at all."""
PHASE_KINDS = (
    "welcome",
    "wish",
    "sort",
    "ways",
    "partner",
    "request",
    "ring",
    "notes",
    "poll",
    "pairs",
    "talk",
    "work",
    "break",
    "home",
)
"""What a phase of a room is for."""
GROUPINGS = ("alone", "pair", "trio", "four", "ring", "all")
"""With whom one works in a phase."""
SHOWS = ("hidden", "named", "initials", "anonymous")
"""How the words of others are shown in a phase."""
REVEALS = ("no", "host", "all")
"""Who can read the entries of a phase: no participant yet, the facilitator, all of them."""
OFFER_KINDS = ("know", "info", "hands", "listen")
"""The kinds of offers: a contact, information, practical help, listening."""
CONSENTS = ("show_requests", "show_strengths", "contact_after", "keep_record")
"""What a participant may agree to, each off at first."""
FILE_SOURCES = ("linkedin", "google", "outlook", "eight", "sansan", "vcard", "table")
"""The files that contacts are imported from; "table" is any other one, mapped by hand."""
DETAILS = ("email", "phone", "url", "address", "date", "field")
"""Kinds of details of a contact: further addresses, important days, and fields of one's own."""
RELATIONS = (
    *("partner", "parent", "child", "sibling", "relative", "friend"),
    *("colleague", "manager", "report", "teacher", "student", "client", "supplier"),
)
"""What one contact is to another."""
INVERSE_RELATIONS = {
    **{kind: kind for kind in ("partner", "sibling", "relative", "friend", "colleague")},
    **{"parent": "child", "child": "parent", "manager": "report", "report": "manager"},
    **{"teacher": "student", "student": "teacher", "client": "supplier", "supplier": "client"},
}
"""For each kind of relation, what the other one is then."""
COLOURS = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "grey")
"""Colours of circles; each has a light and a dark form, and is never shown without the name."""
