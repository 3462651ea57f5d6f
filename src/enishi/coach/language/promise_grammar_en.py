"""Who promises whom in an English sentence, from subjects, modal verbs and reported speech."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache

from enishi.coach.language.phrase_rules import read_phrase_rules

_ME, _THEM = "me", "them"
_KIN = (
    r"brother|sister|cousin|mother|father|mum|mom|dad|son|daughter|wife|husband|uncle|aunt|nephew"
    r"|niece|grandkids|grandson|granddaughter|grandchildren|kids|children|parents|neighbours?|school"
    r"|church|club|team|choir|boss|landlord|ex|friends?"
)


@dataclass(frozen=True)
class _Grammar:
    """The compiled patterns; each field is named for what it matches."""

    innocent: re.Pattern[str]
    quoted: re.Pattern[str]
    split: re.Pattern[str]
    i_will: re.Pattern[str]
    i_can: re.Pattern[str]
    i_do: re.Pattern[str]
    they_do: re.Pattern[str]
    they_to_do: re.Pattern[str]
    others: re.Pattern[str]
    weak: re.Pattern[str]
    condition: re.Pattern[str]
    doubt: re.Pattern[str]
    i_told_before: re.Pattern[str]
    doing_for: re.Pattern[str]
    giving_does: re.Pattern[str]
    later_of_will: re.Pattern[str]
    bargain: re.Pattern[str]
    i_am_doing: re.Pattern[str]
    i_told: re.Pattern[str]
    i_said_yes: re.Pattern[str]
    we_together: re.Pattern[str]
    counted_on: re.Pattern[str]
    elided: re.Pattern[str]
    i_have_it_done: re.Pattern[str]
    you_get_mine: re.Pattern[str]
    i_get_yours: re.Pattern[str]
    they_offered: re.Pattern[str]
    they_will: re.Pattern[str]
    they_said: re.Pattern[str]
    they_promised: re.Pattern[str]
    i_was_promised: re.Pattern[str]
    you_said: re.Pattern[str]
    they_are_doing: re.Pattern[str]
    pestering: re.Pattern[str]
    feeling: re.Pattern[str]
    they_lend_me: re.Pattern[str]
    pronoun: re.Pattern[str]
    reports: re.Pattern[str]
    negated: re.Pattern[str]
    giving: re.Pattern[str]
    giving_now: re.Pattern[str]
    myself: re.Pattern[str]
    for_another: re.Pattern[str]
    for_me: re.Pattern[str]
    for_third: re.Pattern[str]
    later: re.Pattern[str]
    kept_or_broken: re.Pattern[str]
    among_others: re.Pattern[str]
    errand: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    words = {rule.key: f"(?:{rule.pattern.pattern})" for rule in read_phrase_rules("promises")}
    innocent = "|".join(words[key] for key in ("no_commitment_en", "to_all_en", "told_story_en"))
    name = rf"(?-i:(?!{words['no_name_en']}\b)[A-Z][\w'-]*[a-z](?: [A-Z][a-z]+)?)"
    somebody = (
        r"(?:\b(?:he|she|they)\b|\b(?:my|her|his|our|their|your|the|that|a|another|one of "
        r"(?:my|her|his|their|the|our))"
        rf" [a-z-]+(?:'s)?(?: [a-z-]+)?(?: of (?:mine|ours|his|hers))?|{name}(?:'s (?!going"
        r"|got|been|[a-z]+ing\b)[a-z-]+)?)"
    )
    pronoun = rf"(?:\b(?:he|she|they)\b|{name})"
    adverbs = rf"(?:{words['adverb_en']}\s)*"
    will = words["will_en"]
    told = (
        r"(?:told|promised|assured|texted|messaged|wrote(?: to)?|emailed|rang|said to"
        r"|informed|let|swore to|swore|vowed to|vowed|pledged|guaranteed)"
    )
    patterns = {
        "innocent": innocent,
        "quoted": r'^(?P<before>[^"]*)"(?P<said>[^"]+)"(?P<after>[^"]*)$',
        "split": (
            r";\s|:\s|\s[-–—]+\s|[—–]|,\s(?:and|but|so|then|while|whereas)\s"
            rf"|(?:,\s|\s)(?:and|but|while|so)\s(?=(?:I|he|she|they|we|you|{name})(?:'ll|'m"
            r"|'s|'d)?\b)"
            rf"|,\s(?=(?:I|he|she|they|we|{name})(?:'ll|'m|'s|'re|'d| will| am going| shall)"
            r"\b)|(?<=[.!])\s"
        ),
        "i_will": (
            rf"(?:\bI{will}|\bI (?:hereby )?promise(?: you| him| her| them| {name})? to"
            r"|\bI(?:'ve)? (?:just )?"
            rf"(?:promised(?: (?:you|him|her|them|{name}|my \w+|the \w+))?|agreed|offered"
            r"|volunteered|undertook|arranged) to"
            r"|\bI(?:'m| am)(?: very| more than| only too)? (?:happy|glad|delighted"
            r"|willing) to|\b(?:I|we)'d be (?:happy|glad|delighted|honoured|pleased) to"
            r"|\blet me(?! (?:know|see|have|think|in|go|guess|be|borrow|use|tell you "
            r"(?:something|about))\b)|^(?:(?:k|kk|yh|brb|yes|noted|no bother|sure thing|yep|yeah"
            r"|sure|ok"
            r"|okay|right|righto|fine|no "
            r"problem|of course|great|thanks|done|absolutely|no worries)[,.!]* )*(?:will"
            r"|shall|'ll|gonna|going to|happy to|glad to|promised(?: \w+)? to|agreed to"
            r"|offered to|volunteered to)"
            rf"|(?<=\band )(?:will|'ll)(?= be)|\bwe{will})\s{adverbs}(?P<rest>.+)$"
        ),
        "i_do": rf"\bI {adverbs}(?P<rest>[a-z]+ .+)$",
        "they_do": rf"(?P<who>{pronoun}) {adverbs}(?P<rest>[a-z]+s\b.*)$",
        "they_to_do": rf"^(?P<who>{name}) to (?P<rest>.+)$",
        "others": rf"\b(?:you|your|he|she|they|him|her|them|their)\b|{name}(?:'ll|'s| will)\b",
        "weak": rf"^{words['weak_en']}\b",
        "condition": words["condition_en"],
        "doubt": rf"^(?:\W*\w+\W+){{0,2}}{words['doubt_en']}",
        "i_told_before": r"^(?:I |I've |just )?(?:told|said|promised|replied|assured)\b",
        "doing_for": (
            r"^(?!work|wait|look|liv|vot|car|pray|study|play|hop|ask)[a-z]+ing .*\bfor "
            rf"(?:you|him|her|them|{name})\b"
        ),
        "giving_does": (
            r"^(?:sends|brings|lends|lets|gives|shows|introduces|tells|calls|rings|picks"
            r"|drives|takes|teaches|helps|meets|drops|emails|returns|pays|writes|keeps|makes"
            r"|fixes|repairs"
            r"|cooks|bakes|saves|finds)\b"
        ),
        "later_of_will": r"\bwill\b|'ll\b",
        "bargain": (
            r"\b(?:sorted|settled|agreed|deal|that's (?:the|our) (?:deal|plan|arrangement"
            r"|bargain)|fair swap"
            r"|shook on it|shaken on it|(?:we've|we have|we) (?:split|divided|shared) (?:it|them"
            r"|things|the)\b"
            r"|between us|take turns|a swap|(?:the )?plan:|in return|in exchange|^with "
            r"[A-Z][\w]*(?= ?[:,]))\b"
        ),
        "i_can": rf"\bI can {adverbs}(?P<rest>.+)$",
        "i_am_doing": (
            r"(?:\bI(?:'m| am)|\bwe(?:'re| are)|^(?:[\w' ]{1,14}[,.!]+ )?)"
            rf"\s?{adverbs}(?P<rest>[a-z-]+ing\b.*)$"
        ),
        "i_told": (
            rf"(?:^|\bI(?:'ve)? |\band |\bjust |, )(?:{told}|told|said|replied|answered"
            rf"|wrote back)(?: (?!me\b|us\b|myself\b)(?:[\w',-]+ ){{0,6}}?| )"
            rf"(?:that )?(?:I|we)(?:'d| would|'ll| will|'m going to|'d be"
            rf"| am) {adverbs}(?P<rest>.+)$"
            r"|(?:^|\bI(?:'ve)? |\band |\bjust )(?:told|said to|promised|assured) (?!me\b"
            rf"|us\b|myself\b)(?:[\w'-]+ ){{1,3}}(?:that )?(?:he|she|they|you)(?:'ll| can| "
            r"could| may| will|'d| would) (?:have|get|borrow|keep|use|stay|take|come|count"
            r"|rely|share|sleep|crash|leave|camp|park|ring|call)\b(?! up)"
            r"|(?:^|\bI(?:'ve)? |\band )(?:told|said|promised)(?: to)?(?: (?!me\b|us\b"
            rf"|myself\b)[\w'-]+){{0,3}} (?:that )?I {words['giving_en']}\b"
            r"|(?:^(?:just |also |only )?|\bI(?:'ve| have)? (?:just )?)promised (?:(?:you"
            rf"|him|her|them|everyone|{name}|(?:my|the|our|his|her) \w+)\b)(?P<thing> (?!to\b"
            r"|that\b|not\b|nothing\b).+)$"
        ),
        "i_said_yes": words["said_yes_en"],
        "we_together": (
            r"(?:^|[,.;:!–-]\s*|\b(?:yes|so|then|and|but|ok|said) )(?:let's|lets|let us)"
            r"\s(?:you and (?:I|me) |all |both |definitely |really |just )*(?!(?:see|say"
            r"|face|hope|be|not|assume|pretend|suppose|imagine|forget|get real|start|begin"
            r"|move on|wait|hear|look|know|have a look|find out|do it|go)\b(?! (?:for|to|a"
            r"|each|together|this)\b))[a-z]+(?: .*)?$"
            r"|\bwe (?:really |simply |definitely )*(?:should|must|ought to|need to|have to"
            r"|'ll|will|could)\s(?:really |definitely |all |both "
            rf")*(?P<we>{words['meeting_en']}.*\b(?:again|soon|some ?time|some day|someday"
            r"|one day|next|together|when|after|on|at|properly|over|lunch|coffee|dinner"
            r"|drinks?)\b.*)$"
            r"|\b(?:lunch|dinner|coffee|a drink|drinks|tea|beers?)\b[^.?]{0,20}\b(?:sometime"
            r"|some time|soon|next week|one of these days)\b|\b(?:same|see you) .{0,20}next "
            r"(?:week|month) then\b"
        ),
        "counted_on": words["pledge_en"],
        "elided": words["elided_en"],
        "i_have_it_done": (
            r"\b(?:I'm|I am|we're|I'll|I will) (?:getting|having|asking|sending|get|have|ask|send) "
            r"(?:my|our|one of (?:my|our)|the) [\w' -]{2,30}?(?: to)? \w+ .*\byou(?:rs?)?\b"
        ),
        "you_get_mine": (
            rf"\b(?:you|he|she|they|{name}) gets? (?:my|our|some of my)\b"
            rf"|\bI (?:do|make|cook|bring|take|handle|cover|write|provide|drive|pay|teach|lend"
            rf"|give)\b"
        ),
        "i_get_yours": (
            r"\b(?:I|we) get (?:(?!my\b)[\w' -]{0,30}\b(?:your|his|her|their)\b|to (?:use|borrow"
            r"|have|keep))"
            rf"|(?:{pronoun}|you) (?:does?|makes?|cooks?|brings?|takes?|handles?|covers?|writes?"
            rf"|provides?"
            r"|drives?|pays?|teach(?:es)?|lends?|gives?)\b"
        ),
        "they_offered": (
            rf"(?:{somebody})(?:'s| has|'ve| have)? (?:just |kindly )?offered .+(?:I|we)(?:'ve"
            rf"| have)? (?:\w+ )?"
            r"(?:accepted|said yes|took (?:it|him|her|them)|agreed)"
            rf"|(?:{somebody})(?:'s| has|'ve| have)? (?:just |kindly )?(?:offered|agreed"
            rf"|promised|volunteered) "
            r"to let (?:me|us)\b"
        ),
        "they_will": (
            rf"(?P<who>{somebody})(?:, [^,]{{2,30}},)?(?: (?:has|said|is|wants|knows|likes"
            rf"|took|got) [^,;:.]{{2,40}} and)?(?P<how>{will}| (?:has |have |'s |'ve "
            r")?(?:just |also |kindly )?(?:promised|promises|agreed?|agrees|offered|offers"
            r"|volunteered|undertook|accepted|accepts)(?: me| us)? to|(?:'s| is|'re"
            r"| are) (?:very |more than "
            r"|only too |quite )?(?:happy|willing|glad|delighted|keen|prepared) to|(?:'d| "
            r"would) be (?:happy|glad|delighted|honoured|willing) to)"
            rf"\s{adverbs}(?P<rest>.+)$"
        ),
        "they_said": (
            rf"(?P<who>{somebody}|^|\bapparently,?|\bwas)"
            r"(?: (?:in|at|from|of|next|across|over) (?:the |my |our )?\w+)?\s?"
            r"(?:has |have |'s )?(?:just "
            rf"|also |kindly |even )?(?:said|says|say|told (?:me|us|that|by .{{2,30}}? that)"
            r"|told(?= (?:he|she|they)(?:'d|'ll| will| would))|tells me|promised(?: me| us)?"
            r"|assured (?:me|us)|wrote|writes|replied|texted|messaged|swore(?: blind)?|mentioned"
            r"|reckons|insists|insisted|confirmed|swears|vows|promises|to say)"
            rf" ?(?:to me |me |us )?(?:that )?(?P<sub>he|she|they|{name})(?P<modal>'d|'ll| "
            r"will| would|'s going to|'re going to| is going to| can)? "
            rf"{adverbs}(?P<rest>.+)$"
        ),
        "they_promised": (
            rf"(?P<who>{somebody}) (?:has |have |'s |'ve )?(?:just |also |kindly "
            r")?(?:promised|offered(?= (?:me|us) (?:a (?:lift|hand|ride|bed|place|loan|room)"
            r"|help|his|her|their)\b)|promises|offers) (?:me|us)\b (?!to\b|that\b|he\b|she\b"
            r"|they\b)(?P<rest>.+)$"
        ),
        "i_was_promised": words["pledged_to_me_en"],
        "you_said": (
            r"\byou(?:'ve)? (?:kindly )?(?:said|promised|offered|told me|agreed)(?: me| "
            r"us)?(?: to| you'd| you would| you'll| you will| that you'd| that you would)"
            rf"\s{adverbs}(?P<rest>.+)$"
        ),
        "they_are_doing": (
            rf"(?P<who>{somebody})(?:, [^,]{{2,20}},)?(?:'s| is|'re| are) "
            rf"{adverbs}(?P<rest>[a-z-]+ing\b.*)$"
        ),
        "pestering": (
            r"^(?:ask|kill|annoy|bother|tell|teas|us|wear|copy|bully|avoid|ignor|watch|wait"
            r"|think|talking about|worry|confus|press|push|pester|nag|getting on|play"
            r"|driving (?:me|us) (?:mad|crazy|nuts|up)|mak(?=ing (?:me|us) (?!a\b|some"
            r"|dinner|lunch|one))|mov|hav(?!ing (?:me|us) (?:over|round|for|to))"
            r"|liv|stay|sit|look(?=ing (?:at|for|forward))"
            r"|wonder|writing about|studying|sharing|work|bringing up)\w*ing\b|^(?:us|mak"
            r"|mov|liv)ing\b"
        ),
        "feeling": (
            r"^(?:be\b(?! (?:at|there|in|with|my|our)\b)|need|want|miss|love|hate|like|kill"
            r"|think|know"
            r"|remember|forget|understand|hear|let me (?:in|go|down)|drive (?:me|us) (?:mad"
            r"|crazy|nuts|up))"
        ),
        "they_lend_me": (
            r"\b(?:I'm|we're|I am|we are|I'll|we'll) (?:being|be|to be|getting) (?:lent"
            r"|given|picked up|taken|shown|introduced|put up|put in touch|driven|invited"
            r"|paid|met|taught|helped|collected|hosted|treated|fetched|sent)\b"
            r"|\b(?:said|says|told me|reckons) (?:that )?(?:I|we) (?:can|could|may) (?:use"
            r"|borrow|have|stay"
            r"|keep|take|come|sleep|share)\b"
            rf"|\b(?:I'm|we're|I am|we are) (?:getting|having|to have|to get) .{{2,40}} from "
            rf"(?:{name}|him|her|them|(?:my|the|our) \w+)"
            r"|\b(?:insists on|has said yes to|is up for|doesn't mind|is good for|won't "
            r"hear of anything but) \w+ing (?:me|us|my|our)\b|\b(?:got|have) [\w]+'s word\b"
        ),
        "pronoun": rf"(?:he|she|they|{name})",
        "reports": (
            r"\b(?:said|says|texted|promised|told me|told us|wrote|rang|agreed|reckons"
            r"|phoned|called|emailed|replied|word is|swears|according to)\b"
        ),
        "negated": (
            words["doubt_en"]
            + r"|\b(?:not|never|no longer|nothing|nobody|hardly)\b|n't\b|\bcannot\b|\brather "
            r"than\b"
        ),
        "giving": rf"^{words['giving_en']}\b",
        "giving_now": (
            r"^(?:send|forward|email|mail|lend|bring|find|check|arrang|sort|water|walk|meet"
            r"|read|review|transl|tutor|minding|hold|sav|stand|introduc|drop|pass|shar|ask"
            r"|ring|call|phon|pick|cover|help|feed|giv(?!ing up)|invit|host|deliver|return|com|pop"
            r"|show|teach|explain|tell|recommend|speak|talk|keep|driv|tak|book|cook|bak|join"
            r"|meet|visit|fix|print|post|leav(?=ing (?:it|them|the|a|some|your|you)\b)"
            r"|collect|hav(?=ing a (?:word|look|chat))|hav(?=ing (?:you|me|us))|pay"
            r"|mak(?=ing (?:you|me|us))|writ(?=ing (?:you|to|him|her|a ref))|look(?=ing "
            r"(?:after|at|into|over)))(?:[a-z])?ing\b"
        ),
        "myself": rf"^(?:(?:finally|just|probably) )*(?:{words['myself_en']})(?:\b|(?<=\W)|$)",
        "for_another": rf"\b(?:you|your|yours|him|her|hers|them|their|us|together)\b|(?<!^){name}",
        "for_me": (
            r"\b(?:me|us|my|our|mine|ours|(?-i:Mum|Mom|Dad|Nan|Gran|Grandad|Grandpa|Grandma))\b"
        ),
        "for_third": (
            r"^\S+(?: up| out| back| in)? (?:(?:his|her|their) (?!(?:own|old|spare|best"
            r"|notes?|book|car|copy|tools?|drill|contact|number|ladder|van|bike|camera"
            r"|recipe)\b)[a-z]+(?: (?:to|with|from|at|find|home|round)\b|[.,]|$)|(?:his|her"
            r"|their) (?:wife|husband|son|daughter|staff|team|mother|father|mum|mom|dad"
            r"|parents|sister|brother|kids|children|boss|boyfriend|girlfriend|partner|nephew"
            r"|niece|neighbou?rs?|cousin|friends?|aunt|uncle|students?|colleagues?"
            rf"|grand(?:mother|father|children|son|daughter|kids)|gran"
            rf"|pupils?|employees|tenants?|clients?)|{name}(?! "
            r"(?:for|from) (?:me|us)))|\b(?:to|for|with) (?:(?:his|her|their) (?:wife"
            r"|husband|son|daughter|mother|father|mum|mom|dad|sister|brother|kids|children"
            r"|nephew|niece|neighbou?rs?|cousin|aunt|uncle|students?|boyfriend|girlfriend"
            rf"|partner|pupils?|tenants?)|{name})(?:\b)"
        ),
        "later": words["later_en"],
        "kept_or_broken": (
            r"\b(?:promised|said|told|offered|swore|agreed|volunteered|undertook|vowed)\b[^.]*?"
            r"(?:,| and| so| but|;|\.)\s[^.]*\b(?:(?!promis|offer|agree)[a-z]{2,}ed|was|were|did"
            r"|went|came|got|brought|gave|sent|had|took|drove|ran|left|kept|hasn't|haven't|didn't)\b"
        ),
        "among_others": (
            rf"(?:{somebody})(?:{will}| has| is|'s| have|'ve) .*"
            rf"\b(?:(?:to|for|with) )?(?:{name}|(?:my|our|his|her|their|the) (?:{_KIN}))(?!')"
        ),
        "errand": (
            r"\b(?:bank|council|garage|work|office|client|board|prescription|parcel|dentist|school"
            r"|jacket|coat|passport|shop|agency|company|just the two of us|by myself|on my own)\b"
        ),
    }
    return _Grammar(**{key: re.compile(each, re.IGNORECASE) for key, each in patterns.items()})


def read_english(sentence: str, *, spoken: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the clauses of a plain English sentence that promise something, each with its owner.

    The owner is `me` (the writer) or `them`. A sentence of a conversation (`spoken`) is said to
    somebody, also where it names nobody. Words of rules, habits and stories (`innocent`) are a sign
    for the weights, which may refuse what is read here.

    >>> read_english("She'll send the file and I'll call you.")
    (("She'll send the file", 'them'), ("I'll call you.", 'me'))
    """
    grammar = _grammar()
    sentence = _tidy(sentence)
    asks = re.search(r"\?[\"') ]*$", sentence) and not re.search(
        r"[,.] ?(?:ok|okay|o\.k\.|alright|all right|deal|yes|yeah|right|eh)\?",
        sentence,
        re.IGNORECASE,
    )
    if asks or _is_conditional(grammar, sentence):
        return ()
    if quoted := grammar.quoted.search(sentence):
        owner = _owner_of_quotation(grammar, quoted)
        return ((sentence, owner),) if owner else ()
    found: list[tuple[str, str]] = []
    end = 0
    clauses = [part for part in grammar.split.split(sentence) if part]
    if grammar.bargain.search(sentence):
        clauses = [part for each in clauses for part in re.split(r",\s(?=[A-Zhst])", each)]
    for clause in clauses:
        sure = grammar.counted_on.search(clause) or not grammar.negated.search(clause)
        owner = (
            _owner_of_clause(grammar, clause, f"{sentence} (to you)" if spoken else sentence)
            if sure
            else ""
        )
        start = sentence.find(clause, end)
        joined, end = "and" in sentence[end:start].split(), start + len(clause)
        if not owner:
            continue
        if found and found[-1][1] == owner:
            if _only_assures(grammar, found[-1][0], joined=joined):
                found.pop()
            elif _only_assures(grammar, clause, joined=joined):
                continue
        found.append((clause, owner))
    return tuple(found)


def _only_assures(grammar: _Grammar, clause: str, *, joined: bool) -> bool:
    """Return whether a clause only says again that the promise beside it will be kept."""
    patterns = [grammar.i_said_yes, grammar.i_can, grammar.we_together, grammar.bargain]
    patterns += [] if joined else [grammar.counted_on]
    return any(each.search(clause) for each in patterns)


_NO_SIGNS = frozenset({"split", "they_do", "myself", "giving", "giving_now", "giving_does", "weak"})
_OF_THE_ACT = (
    *("giving", "giving_now", "myself", "weak", "for_me", "for_another", "for_third", "feeling"),
    "pestering",
)


def english_signs(sentence: str) -> tuple[str, ...]:
    """Return the names of the patterns that a plain English sentence or its act matches."""
    grammar = _grammar()
    sentence = _tidy(sentence)
    signs = []
    for each in fields(grammar):
        if each.name in _NO_SIGNS or not (found := getattr(grammar, each.name).search(sentence)):
            continue
        signs.append(f"g:{each.name}")
        if act := found.groupdict().get("rest"):
            signs += [
                f"g:{each.name}+{kind}"
                for kind in _OF_THE_ACT
                if getattr(grammar, kind).search(act)
            ]
    return tuple(signs)


def _tidy(sentence: str) -> str:
    """Return a sentence without what only reassures, and with the capitals that chats leave out.

    >>> _tidy("don't worry, i'll bring it")
    "I'll bring it"
    """
    sentence = _REASSURING.sub("", sentence)
    sentence = _SINGLE_QUOTED.sub(r'"\1"', sentence)
    sentence = _SHORT.sub(lambda found: _SHORT_FOR[found[0].lower()], sentence)
    return re.sub(r"^ill\b|\bi(?='| (?:will|can|am|told|said|promise)\b)", _capital, sentence)


def _capital(found: re.Match[str]) -> str:
    return "I'll" if found[0] == "ill" else "I"


_SINGLE_QUOTED = re.compile(r"(?<!\w)'(?=\w)((?:[^'\n]|'(?=\w))+)'(?!\w)")
_SHORT_FOR = {
    "u": "you",
    "ur": "your",
    "lemme": "let me",
    "n": "and",
    "w": "with",
    "tmrw": "tomorrow",
    "il": "I'll",
    "cya": "see you",
}
_SHORT = re.compile(rf"(?<![\w.'&])(?:{'|'.join(_SHORT_FOR)})(?![\w.'&])", re.IGNORECASE)
_REASSURING = re.compile(
    r"[,.]? ?\b(?:(?:do not|don't) (?:you )?(?:worry|bother|fret|mention it)|not to worry"
    r"|never mind|no (?:rush|need|bother|hurry|trouble))\b(?: about (?:the |your )?\w+)?[,.!:;]* ?",
    re.IGNORECASE,
)


def _is_conditional(grammar: _Grammar, sentence: str) -> bool:
    """Return whether it depends on a condition; "I'll see if she has it" does not."""
    found = grammar.condition.search(sentence)
    asked = r"\b(?:see|ask|check|find out|know|tell)\b[^,.;]{0,30}$"
    return found is not None and not re.search(asked, sentence[: found.start()], re.IGNORECASE)


def _owner_of_quotation(grammar: _Grammar, quoted: re.Match[str]) -> str:
    said = quoted["said"]
    parts = re.split(r"(?<=[.!?])\s|,\s", said)
    promised = not said.rstrip().endswith("?") and any(
        _owner_of_clause(grammar, part) == _ME
        for part in (said, *parts)
        if not grammar.negated.search(part)
    )
    frame = quoted["before"] + " " + quoted["after"]
    if not promised or not frame.strip(" .,"):
        return ""
    mine = not re.search(r"\b(?:goes|from)\b", frame) and re.search(
        r"\b(?:I|we) (?:said|told|replied|wrote|answered|texted|promised|heard myself)\b"
        r"|^\s*(?:told|replied|texted|wrote|said|answered)\b",
        frame,
        re.IGNORECASE,
    )
    return _ME if mine and not re.search(r"\b(?:told|to) (?:me|us)\b", frame) else _THEM


def _owner_of_clause(grammar: _Grammar, clause: str, sentence: str = "") -> str:
    """Return the owner of the promise that a clause of a sentence makes; '' for none."""
    clause = clause.strip()
    agreed = bool(grammar.bargain.search(sentence))
    if grammar.i_told.search(clause) or grammar.counted_on.search(clause):
        return _ME
    if grammar.i_said_yes.search(clause) or grammar.elided.search(clause):
        return _ME
    if grammar.i_have_it_done.search(clause):
        return _ME
    if agreed and grammar.you_get_mine.search(clause):
        return _ME
    if agreed and grammar.i_get_yours.search(clause):
        return _THEM
    if grammar.they_offered.search(sentence) and grammar.they_offered.search(clause):
        return _THEM
    if any(
        each.search(clause)
        for each in (
            grammar.they_promised,
            grammar.you_said,
            grammar.i_was_promised,
            grammar.they_lend_me,
        )
    ):
        return _THEM
    if grammar.we_together.search(clause):
        return _ME
    for pattern in (grammar.they_said, grammar.they_will, grammar.they_are_doing):
        for found in pattern.finditer(clause):
            if _is_theirs(
                grammar,
                found,
                clause,
                reported=pattern is grammar.they_said
                or (pattern is grammar.they_will and bool(grammar.reports.search(sentence))),
            ):
                return _THEM
    if will := grammar.i_will.search(clause):
        rest = will["rest"]
        if re.match(r"(?:the|an?|my|his|this|that|our)\b", rest):
            return ""
        if re.search(
            r"(?:happy|glad|delighted|willing|honoured|pleased) to$", will[0][: -len(rest)].strip()
        ):
            return "" if re.match(r"(?:hear|see|know|be|have|say|report|find|get)\b", rest) else _ME
        if grammar.myself.search(rest) and not grammar.giving.search(rest):
            return ""
        others = grammar.for_another.search(rest) or grammar.others.search(sentence)
        own = re.search(r"\bmy(?:self)?\b", rest) and not grammar.for_another.search(rest)
        if grammar.giving.search(rest) and not grammar.weak.search(rest):
            return _ME
        return _ME if others and not own else ""
    if (can := grammar.i_can.search(clause)) and grammar.giving.search(can["rest"]):
        return _ME if re.search(r"\b(?:you|your|no problem)\b", can["rest"]) else ""
    if re.match(r"I'd ", clause) and grammar.i_told_before.search(sentence):
        return _ME if grammar.giving.search(clause[4:]) else ""
    doing = grammar.i_am_doing.search(clause)
    if agreed and doing and clause.startswith("I"):
        return _ME
    if doing and (
        grammar.giving_now.search(doing["rest"]) or grammar.doing_for.search(doing["rest"])
    ):
        rest = doing["rest"]
        if not clause.startswith("I") and re.search(
            r"\b(?:is|are|was|makes?|takes|helps|gives|means|can be|isn't)\b", rest
        ):
            return ""
        own_things = "my" in rest.split() and not grammar.for_another.search(rest)
        alone = own_things or re.search(
            r"^(?:tak|bak|paint|cook|visit|writ|read|check|book|find|sort)\w*ing\b", rest
        )
        others = grammar.for_another.search(rest) or grammar.others.search(sentence)
        if (
            (grammar.later.search(clause) and (others or not alone))
            or grammar.doing_for.search(rest)
            or re.search(
                r"^(?:bring|lend|giv|mak|tak|pick|com|cover|driv|cook|bak|introduc|invit"
                r"|dropp)ing\b.*\byou(?:rs?)?\b",
                rest,
            )
        ):
            return _ME
        return (
            _ME
            if grammar.for_another.search(rest)
            or re.search(r"^bringing (?:two|the|a|some)\b", rest)
            else ""
        )
    do = grammar.i_do.search(clause)
    if do and agreed and not grammar.myself.search(do["rest"]):
        return _ME
    if do and grammar.giving.search(do["rest"]):
        # Learners promise in the present tense; a habit names neither a day nor "you".
        direct = re.search(r"\b(?:you|yours?)\b", do["rest"]) and re.search("^.{0,40}I ", clause)
        return (
            _ME
            if agreed
            or (direct and grammar.later.search(clause))
            or (
                direct
                and re.search(
                    r"\b(?:then|promise|if you (?:want|like|need))\b", sentence, re.IGNORECASE
                )
            )
            else ""
        )
    if (do := grammar.they_do.search(clause)) and (
        agreed
        or (
            re.match(r"\w+ (?:me|us)\b", do["rest"])
            and grammar.giving_does.search(do["rest"])
            and (grammar.later.search(clause) or grammar.later_of_will.search(sentence))
        )
    ):
        return _THEM
    if to_do := grammar.they_to_do.search(clause):
        return _THEM if grammar.giving.search(to_do["rest"]) else ""
    return ""


def _is_theirs(grammar: _Grammar, found: re.Match[str], clause: str, *, reported: bool) -> bool:
    rest = found["rest"]
    before = clause[: found.start()]
    if re.search(
        r"\b(?:I|we|you)(?:'ve| have)? (?:told|promised|asked|hope|think|bet|doubt|know)\b", before
    ):
        return False
    if (
        re.match(
            r"(?:had|been|[a-z]+ed|gone|seen|lost|left|taken|done|made|found|got|come|bought"
            r"|broken|forgotten|never)\b",
            rest,
        )
        and "'d" in found[0]
    ):
        return False
    for_me = grammar.for_me.search(rest)
    if grammar.for_third.search(rest) and not for_me:
        return False
    own = grammar.myself.search(rest) and not grammar.giving.search(rest)
    if own and (not for_me or grammar.feeling.search(rest)):
        return False
    gives = grammar.giving.search(rest) or grammar.giving_now.search(rest)
    known = grammar.pronoun.fullmatch(found["who"].strip())
    if found.re is grammar.they_are_doing and for_me and not grammar.pestering.search(rest):
        return True
    if found.re is grammar.they_are_doing and not known:
        return False
    if found.re is grammar.they_are_doing and re.match(
        r"(?:finding out|ask|check|sort|arrang|bring(?!ing up)|lend(?!ing h)|send(?!ing "
        r"(?:his|her|their))|book|pick|introduc|hosting|driving me)",
        rest,
    ):
        return True
    if found.re is grammar.they_are_doing:
        return bool(
            gives
            and re.match(
                r"(?:com|popp|dropp)ing (?:over|round|by|to (?:help|see|fix|visit)|with us"
                r"|along)\b",
                rest,
            )
        )
    if found.re is grammar.they_said and not found["modal"]:
        return bool(for_me and grammar.giving_does.search(rest))
    if reported or known:
        return bool(gives or for_me)
    return bool(for_me and not re.match(r"(?:he|she|they)\b", rest))


def english_act(sentence: str) -> str:
    """Return what is promised in a plain English sentence, without who said it to whom.

    >>> english_act("Claire said she'd send over the grant form.")
    'send over the grant form.'
    """
    grammar = _grammar()
    if quoted := grammar.quoted.search(sentence):
        sentence = quoted["said"]
    for pattern in (
        grammar.i_told,
        grammar.they_said,
        grammar.you_said,
        grammar.i_will,
        grammar.they_will,
    ):
        found = pattern.search(sentence)
        if found and found["rest"]:
            return str(found["rest"])
    return sentence
