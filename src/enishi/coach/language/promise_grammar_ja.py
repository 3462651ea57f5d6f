"""Who promises whom in a Japanese sentence, from its endings, subjects and reported speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

from enishi.coach.language.promise_patterns_ja import JapanesePatterns, japanese_patterns

_ME, _THEM = "me", "them"


def read_japanese(sentence: str, *, spoken: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the clauses of a plain Japanese sentence that promise something, each with its owner.

    The owner is `me` (the writer) or `them`. A sentence of a conversation (`spoken`) is said to
    somebody, also where it names nobody. Words of rules, habits and stories (`innocent`) are a sign
    for the weights, which may refuse what is read here.

    >>> read_japanese("桑原さんが車を出してくれるので、お弁当は私が作っていきます")
    (('桑原さんが車を出してくれるので', 'them'), ('お弁当は私が作っていきます', 'me'))
    """
    grammar = japanese_patterns()
    sentence = re.sub(r"([ぁ-んー])\1{2,}", r"\1", sentence)
    if quoted := grammar.quoted.search(sentence):
        owner = _owner_of_quotation(grammar, quoted)
        return ((sentence, owner),) if owner else ()
    several = re.split(r"(?<=」)、(?=[^「」]{1,10}「)", sentence)
    if len(several) > 1:
        return tuple(each for part in several for each in read_japanese(part, spoken=spoken))
    if shared := _shared_out(sentence):
        return shared
    if notes := _ARROW.findall(sentence):
        return tuple((note, _ME) for note in notes if grammar.noted.search(note))
    found: list[tuple[str, str]] = []
    for clause in grammar.split.split(sentence):
        owner = _owner_of_clause(grammar, clause)
        if not owner and spoken and not grammar.other_subject.search(clause):
            is_state = _STATE.search(_inflected(grammar, clause))
            owner = "" if is_state else _promise_in(grammar, clause, said=True)
        if not owner:
            continue
        if found and found[-1][1] == owner and _REASON.search(found[-1][0]):
            found.pop()  # what is done first, for the promise that follows
        found.append((clause, owner))
    return tuple(found)


_NEWS = r"(?:LINE|ライン|メール|伝言|電話|一報|返事|返信|メッセージ|連絡|手紙)"
"""Nouns that come before the words of a message."""
_MAY = re.compile(r"(?<=[てで])も(?:よい|いい|ええ|よろしい|かまわない|構わない)(?:よ|です)?$")
_STATE = re.compile(
    r"(?:ある|おる|いる|できる|わかる|思う|違う|ちがう|なる|足りる|要る|あります|います|できます)$"
)
_ARROW = re.compile(r"[^\s→⇒]+[→⇒][^\s→⇒]+")
_REASON = re.compile(r"(?:から|ので|んで|さかい|けん|さけ)$")
_SHARED_OUT = re.compile(
    r"^(?P<parts>.+?)(?:、と(?:決ま|決め|分担|取り決め)[^、。]{0,4}|(?:、)?(?:って|と|という|ちゅう|いう)?(?:こと|話|分担|段取り"
    r"|約束|手はず|役割)"
    r"(?:で|に|や|だ|です|になった|になりました|に決まった|に決めた|にした|で話がついた|で決まり|で合意"
    r"|でまとまった|で落ち着いた|で手を打った|でええな|でいいね|でよろしく|にしよう)*)[。!]*$"
)


def _shared_out(sentence: str) -> tuple[tuple[str, str], ...]:
    """Return the parts of a sentence that shares out tasks, each with who takes it.

    >>> _shared_out("司会は私、会計は吉川さん、ということで話がついた。")
    (('司会は私', 'me'), ('会計は吉川さん', 'them'))
    """
    whole = _SHARED_OUT.match(sentence)
    if not whole:
        return ()
    grammar = japanese_patterns()
    found = []
    for part in re.split("、", whole["parts"]):
        mine = grammar.takes_me.search(part)
        theirs = grammar.takes_them.search(part)
        if mine and not theirs:
            found.append((part, _ME))
        elif theirs and not mine:
            found.append((part, _THEM))
    return tuple(found) if len(found) > 1 else ()


_OF_THE_VERB = frozenset(
    {
        "refused",
        "theirs",
        "for_you",
        "passed_on",
        "humble",
        "giving",
        "polite",
        "plain",
        "verb",
        "joint",
    }
)
_NO_SIGNS = frozenset(
    {"split", "topic", "quoted", "let_me", "vague_meal", "takes_me", "takes_them", "noted"}
)


def japanese_signs(sentence: str) -> tuple[str, ...]:
    """Return the names of the patterns that a plain Japanese sentence or its last verb matches."""
    grammar = japanese_patterns()
    core = _inflected(grammar, sentence)
    return tuple(
        f"g:{each.name}"
        for each in fields(grammar)
        if each.name not in _NO_SIGNS
        and getattr(grammar, each.name).search(core if each.name in _OF_THE_VERB else sentence)
    )


def is_trusted_offer(sentence: str) -> bool:
    """Return whether a sentence takes something over without naming an act, as 「任せて」."""
    return bool(japanese_patterns().trust_me.search(_bare(sentence)))


def _owner_of_quotation(grammar: JapanesePatterns, quoted: re.Match[str]) -> str:
    before, said, after = quoted["before"], quoted["said"], quoted["after"].rstrip("。!…")
    heads = [
        _promise_in(grammar, part, said=True)
        for part in re.split(r"[。!?！？、]|(?<=から)|(?<=ので)", said)
        if part
    ]
    inner = next((head for head in heads if head), "")
    if not inner or _is_question(said):
        return ""
    frame = _bare(f"{before}〇{after}")
    reported = after or re.search(
        rf"(?:から|より|は|が|曰く|いわく|、|さん|{_NEWS})[、。:：]?$", before
    )
    if not reported or not (
        re.match(r"、?(?:と|って|て|ゆ|言|だ|や|—|そう|[^、。]{1,6}が(?:そう)?言)", after)
        or not after
    ):
        return ""
    return _reporter(grammar, frame, inner)


def _reporter(grammar: JapanesePatterns, frame: str, inner: str) -> str:
    """Return the owner of a reported promise; `inner` is the owner as the speaker says it."""
    third = bool(grammar.other_subject.search(frame) or grammar.kin_subject.search(frame))
    named = grammar.said_by_name.search(_bare(frame)) or re.search(
        r"〇(?:と|って)、?[^\s、。てといた]{1,6}(?<![信事答絡話束言ル告])(?:が|は)?$", _bare(frame)
    )
    if named or grammar.reported_to_me.search(frame):
        return _THEM if inner == _ME else ""
    if third and grammar.other_recipient.search(frame):
        return ""
    if not grammar.reported_by_me.search(frame):
        told = third or re.search(
            r"〇(?:やて|だって|やって|ってさ|とさ|—)"
            rf"|(?:さん|くん|君|ちゃん|はん|先生|先輩|氏)[、:：]?〇$|(?:から|より|の){_NEWS}[、。]?〇",
            frame,
        )
        return _THEM if told and inner == _ME else ""
    if third and not grammar.speaker_subject.search(frame):
        return _THEM
    return inner


def _owner_of_clause(grammar: JapanesePatterns, clause: str) -> str:
    if _is_question(clause):
        return ""
    clause = _bare(clause)
    clause = re.sub(r"(?:らしい|そうだ|そうです|そうや)$", "らしい", clause)
    both = grammar.other_subject.search(clause) or grammar.kin_subject.search(clause)
    third = bool(both) and not grammar.speaker_subject.search(clause)
    apart = bool(both or re.match(r"[一-鿿]{1,4}が", clause)) and bool(
        grammar.other_recipient.search(clause)
    )
    for pattern, owner in ((grammar.reported_to_me, _THEM), (grammar.reported_by_me, _ME)):
        report = next(
            (
                found
                for found in _overlapping(pattern, clause)
                if _promise_in(grammar, clause[: found.start()], said=True)
            ),
            None,
        )
        if report is None:
            continue
        inner = _promise_in(grammar, clause[: report.start()], said=True)
        if apart and inner != _THEM:
            return ""
        if re.search(r"(?:ない|なかった|へん|ません)$", clause[report.start() :]):
            return ""
        if owner == _THEM and inner == _ME and not _is_for_writer(grammar, clause, report):
            return ""
        return _THEM if owner == _THEM or third or inner == _THEM else _ME
    if (told := re.search(r"、?と$", clause)) and (both or grammar.topic.search(clause)):
        return _THEM if _promise_in(grammar, clause[: told.start()], said=True) else ""
    if (named := grammar.said_by_name.search(clause)) and (
        inner := _promise_in(grammar, clause[: named.start()], said=True)
    ):
        return _THEM
    if exchanged := re.fullmatch(r"(.+)(?:代わりに|かわりに|一方で?)", clause):
        owner = _promise_in(grammar, exchanged[1], said=True)
        return _THEM if owner == _ME and third else owner
    if decided := grammar.decided.fullmatch(clause):
        return _owner_of_decision(grammar, decided["said"], third, apart)
    if (hearsay := grammar.hearsay.fullmatch(clause)) and (
        inner := _promise_in(grammar, hearsay["said"], said=True)
    ):
        if inner == _THEM:
            return _THEM
        quoting = not re.search(r"(?:そう(?:です|だ|や|で)?|らしい(?:です|わ)?)$", clause)
        comes = bool(both) and grammar.coming.search(hearsay["said"][-8:])
        to_me = grammar.to_me.search(hearsay["said"])
        among_others = apart or grammar.of_others.search(hearsay["said"])
        if not to_me and (among_others or (grammar.kin_subject.search(clause) and not comes)):
            return ""
        said_core = _inflected(grammar, hearsay["said"])
        gives = grammar.giving.search(said_core) or grammar.for_you.search(said_core)
        return _THEM if (quoting and gives) or comes else ""
    if grammar.taught_to_me.search(clause) and not third:
        return _THEM
    if grammar.passed_on.search(_inflected(grammar, clause)) and not grammar.kin_subject.search(
        clause
    ):
        return _ME
    if grammar.at_once.search(clause):
        return "" if third else _ME
    if any(
        each.search(clause)
        for each in (grammar.noun_act, grammar.elided, grammar.appointment, grammar.my_treat)
    ):
        return _THEM if third else _ME
    if taken := grammar.taken_on.search(clause):
        if apart:
            return ""
        return _THEM if taken["for_me"] else "" if third else _ME
    owner = _promise_in(grammar, clause, said=False)
    if owner == _ME and third:
        return ""
    return owner


def _is_for_writer(grammar: JapanesePatterns, clause: str, report: re.Match[str]) -> bool:
    """Return whether a reported act does something for the writer, by its verb or its report."""
    said = clause[: report.start()]
    core = _inflected(grammar, said)
    return bool(
        re.search(
            r"くれ|くださ|もら|もろ|いただ|言われ|から|返[事信]|連絡", clause[report.start() :]
        )
        or any(each.search(core) for each in (grammar.giving, grammar.for_you, grammar.humble))
        or grammar.addressed.search(said)
    )


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of `pattern`, also those that begin within another."""
    found = pattern.search(text)
    while found:
        yield found
        found = pattern.search(text, found.start() + 1)


def _owner_of_decision(grammar: JapanesePatterns, said: str, third: bool, apart: bool) -> str:
    owner = _promise_in(grammar, said, said=True)
    if owner == _THEM or not owner:
        return owner
    core = _inflected(grammar, said)
    for_another = (
        grammar.giving.search(core)
        or grammar.humble.search(core)
        or grammar.addressed.search(said)
        or grammar.for_you.search(core)
    )
    if apart or not for_another:
        return ""
    return _THEM if third else _ME


def _promise_in(grammar: JapanesePatterns, clause: str, *, said: bool) -> str:
    """Return whose promise a clause's last verb makes, as its speaker says it; '' for none.

    Args:
        grammar: the patterns.
        clause: words without reporting.
        said: whether somebody says, decides or promises them; then any verb will do.
    """
    full = _bare(clause)
    core = _inflected(grammar, clause)
    if not core or _is_question(clause):
        return ""
    toned = core != full or full != clause.rstrip("。、 ")
    if grammar.for_you.search(core) or grammar.for_you.search(full):
        return "" if _is_alone(grammar, core) else _ME
    if grammar.theirs.search(core):
        if (
            re.search(r"ます$|もらう$|いただく$", core)
            and not said
            and re.search("いただき|もらい", core)
        ):
            return ""
        return _THEM
    if grammar.humble.search(core) and not re.search(
        r"[おご御](?:願|断|遠慮|免|了承|覧|存|期待|祈|勧め|すすめ|利用|世話に)", core[-14:]
    ):
        return _ME
    if grammar.let_me.search(core):
        return _ME
    if said and _MAY.search(core) and grammar.giving.search(_MAY.sub("", core)):
        return _ME
    if grammar.refused.search(core):
        return ""
    if re.search(
        r"(?:ましょう|ましょ|まひょ|よう|[おこそとのもろぼご]う|こか|もか|よか|ましょか)$", core
    ):
        wanted = grammar.joint.search(core) and re.search(
            r"ましょ|まひょ|一緒|いっしょ|また|今度|こんど|みんな|ぜひ|近いうち|次|二人|ふたり"
            r"|曜|日|時|うちで|週|月|夜|らへん|おう$",
            full,
        )
        gives = grammar.giving.search(core) and re.search(r"ましょ|まひょ|一緒|いっしょ", full)
        return _ME if (wanted or gives or said) and not _is_alone(grammar, core) else ""
    if grammar.vague_meal.search(full) and not grammar.verb.search(core):
        return _ME
    if not grammar.verb.search(core) or _is_alone(grammar, core):
        return ""
    if (thing := re.search(r"([^、。\s]{1,6})が[^、。をにで]{1,6}$", core)) and not (
        grammar.speaker_subject.search(thing[0])
        or grammar.other_subject.search(thing[0])
        or grammar.kin_subject.search(thing[0])
    ):
        return ""
    if said:
        return _ME
    gives = grammar.giving.search(core)
    if grammar.polite.search(core):
        return _ME if gives or grammar.addressed.search(full) else ""
    if toned:
        return _ME if gives or grammar.addressed.search(full) else ""
    if grammar.speaker_subject.search(full) and not grammar.happens.search(core):
        return _ME
    return _ME if gives and grammar.certain.search(full) else ""


def _is_alone(grammar: JapanesePatterns, core: str) -> bool:
    """Return whether the last verb is something one does for oneself."""
    last = re.split(r"[、をにでがはと]", core)[-1]
    tail = last if len(last) >= 3 else core[-6:]
    alone = grammar.alone.search(tail) or grammar.own_things.search(core[-12:])
    return bool(alone) and not grammar.giving.search(core)


def _bare(clause: str) -> str:
    """Return a clause without marks and emoticons around it."""
    return re.sub(r"[^\w぀-ヿ一-鿿々〇]+$", "", re.sub(r"(?:笑|w+)$", "", clause.strip()))


def _inflected(grammar: JapanesePatterns, clause: str) -> str:
    """Return a clause up to its inflected verb, without the particles of its end."""
    core = _bare(clause)
    for _ in range(3):
        shorter = _bare(grammar.particles.sub("", core))
        if shorter == core or not grammar.particles.search(core):
            break
        if re.search(r"(?:[んいっ]で|まし?で)$", core) and not re.search(
            r"(?:る|う|く|す|む|ます|とく)[わ]?(?:で|んで)$", core
        ):
            break
        core = shorter
    return core


def _is_question(clause: str) -> bool:
    if re.search(
        r"(?:今度|また|次|一緒|近いうち)[^。]*[おこそとのもろぼごよ]う?か[。!！…\s]*$", clause
    ):
        return False
    return bool(
        re.search(
            r"[?？]\s*$|(?:(?<!と)か|かな|かしら|かいな|やろか|っけ|んの|どう"
            r"|いつ[^。]*の)[。!！…\s]*$"
            r"|(?:どこ|いつ|だれ|誰|なんで|何時)[^。]*(?:ん|の|か)[。!！…\s]*$",
            clause,
        )
    )


def japanese_act(sentence: str) -> str:
    """Return what is promised in a plain Japanese sentence, without who said it to whom.

    >>> japanese_act("大野さんから、次の見学会に誘うよと言ってもらえた。")
    '次の見学会に誘う'
    """
    grammar = japanese_patterns()
    if quoted := grammar.quoted.search(sentence):
        parts = [part for part in re.split(r"[。!?！？]", quoted["said"]) if part.strip()]
        promised = [part for part in parts if _promise_in(grammar, part, said=True)]
        return _inflected(grammar, promised[0]) if promised else _bare(sentence)
    clause = _bare(sentence)
    act = _reported_act(grammar, clause)
    if not act:
        core = _inflected(grammar, clause)
        return core if grammar.verb.search(core) else sentence
    act = re.sub(r"^[^、。]{1,10}(?:から|いわく|曰く|によると|の話では|には?)、", "", act)
    subject = grammar.other_subject.match(act)
    return _inflected(grammar, act[subject.end() :].lstrip("、") if subject else act)


def _reported_act(grammar: JapanesePatterns, clause: str) -> str:
    """Return the words before a report, a hearsay or a decision; '' where there is none."""
    for pattern in (grammar.reported_to_me, grammar.reported_by_me, grammar.said_by_name):
        for found in _overlapping(pattern, clause):
            if _promise_in(grammar, clause[: found.start()], said=True):
                return clause[: found.start()]
    for pattern in (grammar.decided, grammar.hearsay):
        whole = pattern.fullmatch(clause)
        if whole and _promise_in(grammar, whole["said"], said=True):
            return whole["said"]
    return ""
