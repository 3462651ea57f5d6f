"""Whether the sentence around a day speaks of a day to come.

A word such as 金曜 or "Friday" also stands in sentences about the past, about what returns every
week, and in names and titles. Where that is so, or may well be so, there is no day to act on.
"""

from __future__ import annotations

import re
from datetime import date

from enishi.coach.language.date_readers import Reading
from enishi.coach.language.date_words import DateLine, date_marks

_LOOSE = frozenset(("month_end", "week_start", "week_end"))
"""Kinds of words that also name a past day, though they say which one."""
_FAR = 240
"""Days from which on a day of the calendar is rather the one of this year that is over."""


SURELY_NONE = "none"
"""The doubt that nothing overcomes: what is read is no day to act on."""


def find_doubt(line: DateLine, at: int, reading: Reading, is_deadline: bool) -> str:
    """Return what speaks against a day to come: "" for nothing, `SURELY_NONE` if it surely is none.

    Any other doubt says that the sentence may well speak of the past, of a habit or of no day.

    Args:
        line: the text.
        at: the index of the first token of the day.
        reading: what was read there.
        is_deadline: whether it is a time limit.
    """
    before, after = line.before(at), line.after(reading.end)
    start, end = line.at(at).start, line.at(reading.end - 1).end
    word = _words(line, at, reading)
    is_deadline = is_deadline and not date_marks("lasting_until").match(after)
    if _is_set_aside(before, after) or _is_name(line, start, end) or _is_said(before, after):
        return SURELY_NONE
    if date_marks("past_before").search(before) or date_marks("past_after").match(after):
        return SURELY_NONE
    if date_marks("unfulfilled_en").search(before) or date_marks("done_by_en").search(before):
        return SURELY_NONE
    if date_marks("meant_en").search(before) and date_marks("came_to_nothing_en").match(after):
        return SURELY_NONE
    is_count = line.at(at).text in ("in", "within", "inside")
    if date_marks("habit_before").search(before):
        return SURELY_NONE
    if not is_count and date_marks("habit_before_en").search(before):
        return SURELY_NONE
    if date_marks("birthday_before").search(before):
        return SURELY_NONE
    if _is_each_time(line, at, reading) or date_marks("each_after").match(after):
        return "habit"
    if not reading.is_sure or not _is_framed(line, at, reading):
        return "beside"
    if date_marks("owner_before").search(before) and date_marks("owned_after").match(after):
        return "beside"
    if date_marks("often_before").search(before) or date_marks("often_after").search(after):
        return "habit"
    is_loose = reading.is_loose or bool(
        line.at(at).means.keys() & {"month_end", "week_start", "week_end"}
    )
    told = date_marks("told_day").match(word) or date_marks("told_day_before").search(before)
    if is_loose or told:
        around = before + " " + after
        if reading.narrow == "range" and date_marks("habit_range").search(around):
            return "habit"
        if any(character > "ぁ" for character in after[:6] + before[-6:] + word):
            if _returns_in_japanese(line, at, reading, is_deadline):
                return "habit"
            if _is_past_japanese(before, word, after, is_deadline):
                return "past"
        elif _returns_in_english(line, at, reading):
            return "habit"
        elif _is_past_english(before, word, after):
            return "past"
    return ""


def _is_set_aside(before: str, after: str) -> bool:
    """Return whether a day is said only to be replaced: "not Friday", 金曜は無理."""
    return bool(
        date_marks("moved_from").match(after)
        or date_marks("came_to_nothing").match(after)
        or date_marks("not_this_en").search(before)
        or date_marks("moved_from_en").match(after)
        or is_moved(before, after)
    )


def is_moved(before: str, after: str) -> bool:
    """Return whether an English sentence moves a day to another: "shift our Monday to Tuesday"."""
    return bool(date_marks("moved_to_en").match(after) and date_marks("moving_en").search(before))


def _is_said(before: str, after: str) -> bool:
    """Return whether a day is part of a saying, a song or a pet phrase."""
    sentence = re.split(r"[。!?\n]", before)[-1], re.split(r"[。!?\n]", after)[0]
    return bool(
        date_marks("saying_before").search(sentence[0])
        or date_marks("saying_after").search(sentence[1])
    )


def is_over(line: DateLine, at: int, reading: Reading, today: date, is_deadline: bool) -> bool:
    """Return whether a day without its year is rather the last such day than the next one.

    On 20 November 11/3 is the day that has just been, but where a verb speaks of what is to come.
    """
    tokens = line.tokens[at : reading.end]
    has_year = any(
        token.get("digits") == 4 or token.text == "年" or "era" in token.means for token in tokens
    )
    if is_deadline or has_year or (reading.first - today).days < _FAR:
        return False
    is_english = tokens[0].text.isascii() and not re.search("[ぁ-ん]", line.text)
    is_part = reading.sort != "day" and reading.narrow != "range"
    if is_part and (reading.wide or not is_english):
        return False  # a month; a part of it in Japanese, where the verb tells
    if not any(token.means.keys() & {"digits", "ordinal", "kanji"} for token in tokens):
        return False  # a holiday
    if "year_from_now" in line.at(at).means or "year_from_now" in line.at(reading.end - 1).means:
        return False
    before, after = line.before(at), line.after(reading.end)
    if not re.search(r"[^\W\d_]", before + after):
        return False
    return not any(
        date_marks(name).search(each)
        for name in ("open_verb", "plans_en")
        for each in (before, after)
    )


def _is_each_time(line: DateLine, at: int, reading: Reading) -> bool:
    """Return whether a day is only the one on which something is each week, month or year."""
    before, after = line.before(at), line.after(reading.end)
    tokens = line.tokens[at : reading.end]
    kinds = {kind for token in tokens for kind in token.means}
    if kinds & {"month_from_now", "year_from_now", "day", "week", "weekend"}:
        return False
    if reading.narrow == "weekday":
        return bool(
            date_marks("each_week_before").search(before)
            or date_marks("each_week_after").match(after)
        )
    if kinds & {"holiday", "movable_holiday"}:
        return bool(date_marks("holiday_before").search(before))
    if date_marks("named_for_after").match(after):
        return True
    told = date_marks("each_time_before").search(before) or (
        "month" not in kinds and date_marks("each_month_before").search(before)
    )
    return bool(told and date_marks("each_time_after").match(after))


def _is_framed(line: DateLine, at: int, reading: Reading) -> bool:
    """Return whether words of more than one sense stand where a day stands in a sentence."""
    before, after, token = line.before(at), line.after(reading.end), line.at(at)
    is_holiday = token.means.keys() & {"holiday", "movable_holiday"}
    if is_holiday and not token.text.isascii():
        return bool(date_marks("holiday_follows").match(after))
    is_figure = reading.end - at == 3 and token.get("digits") and line.at(at + 1).text == "/"
    is_weekday = token.get("weekday") is not None and token.text.isascii()
    is_word = token.get("day") is not None and reading.end == at + 1
    if is_word and date_marks("title_case").search(line.cased[: token.end]):
        return line.cased.isupper()  # songs with Tomorrow in them
    if not is_figure and not (is_weekday and reading.end == at + 1):
        return True
    if is_figure and re.search("[ぁ-ん]", before[-12:] + after[:12]):
        return True
    if date_marks("day_before_en").search(before):
        return True
    follows = "figures_follow_en" if is_figure else "the_weekday_follows"
    return bool(date_marks(follows).match(after))


def _is_name(line: DateLine, start: int, end: int) -> bool:
    """Return whether a word of dates is, or is part of, a name, a title or a saying."""
    before, after = line.cased[max(0, start - 60) : start], line.cased[end : end + 60]
    if date_marks("name_before").search(before) or date_marks("name_after").match(after):
        return True
    in_capitals = not line.cased[start:end].islower() or re.search(r"\d", line.text[start:end])
    is_between = date_marks("capital_before").search(before) and in_capitals
    if is_between and date_marks("capital_after").match(after):
        return True
    opened = date_marks("quote_open").search(before)
    closed = date_marks("quote_close").search(after)
    if not opened or not closed:
        return False
    if opened[0] in "『" or closed[0] in "』":
        return True
    return bool(
        date_marks("quote_of").search(before[: opened.start()])
        or date_marks("quote_is").match(after[closed.end() :])
    )


def _may_return(line: DateLine, at: int, reading: Reading) -> bool:
    """Return whether a day is named by a word that comes again: a weekday, month or holiday."""
    if reading.narrow == "weekday":
        return True
    kinds = {"weekday", "weekend", "holiday", "movable_holiday", "month", "month_end", "week_start"}
    tokens = line.tokens[at : reading.end]
    if tokens[-1].text == "月":
        return True
    if any(token.get("digits") or token.get("ordinal") for token in tokens):
        return False
    if any(token.text in ("this", "next", "coming", "今", "次") for token in tokens):
        return False
    return any(token.means.keys() & kinds for token in tokens)


def _returns_in_japanese(line: DateLine, at: int, reading: Reading, is_deadline: bool) -> bool:
    """Return whether a Japanese sentence tells what is done again and again on such days."""
    before, after = line.before(at), line.after(reading.end)
    if date_marks("habit_after").match(after):
        return True
    if is_deadline or not _may_return(line, at, reading):
        return False
    if date_marks("this_one").search(before) or date_marks("offered").match(after):
        return False
    sentence = re.split(r"[。!?\n」]", after)[0]
    if date_marks("habit_sentence").search(sentence):
        return True
    lasting = date_marks("lasting_verb").search(sentence)
    if not lasting:
        return False
    verb = sentence[max(0, lasting.start() - 6) : lasting.end() + 6]
    return not date_marks("lasting_state").search(verb)


def _returns_in_english(line: DateLine, at: int, reading: Reading) -> bool:
    """Return whether an English sentence tells what is so, or is felt, on all such days."""
    before, after = line.before(at), line.after(reading.end)
    if date_marks("felt_about_en").search(before):
        return True
    if not _may_return(line, at, reading):
        return False
    is_of_year = line.at(reading.end - 1).means.keys() & {"month", "holiday", "movable_holiday"}
    if is_of_year and date_marks("each_year_en").match(after):
        return True
    return bool(
        date_marks("returning_en").match(after)
        or date_marks("habit_clause_en").search(_clause(before, _words(line, at, reading), after))
    )


def _words(line: DateLine, at: int, reading: Reading) -> str:
    """Return the words that name a day."""
    return line.text[line.at(at).start : line.at(reading.end - 1).end]


def _clause(before: str, word: str, after: str) -> str:
    """Return the words of an English sentence around a day."""
    cut = date_marks("clause_cut_en")
    return cut.split(before)[-1] + word + cut.split(after)[0]


def _is_past_japanese(before: str, word: str, after: str, is_deadline: bool) -> bool:
    """Return whether the first verb after a day is past, or what stands before it is long ago."""
    if is_deadline:
        return False
    if date_marks("long_ago").search(re.split(r"[。!?\n]", before)[-1]):
        return True
    if date_marks("noun_only").match(after) or re.match(r"[にで]?、と(?!も)", after):
        return False
    apart = bool(re.match(r"[^、。]{0,3}、", after))
    begin = 0
    while begin < len(after):
        stop = date_marks("clause_end").search(after, begin)
        while stop and stop[0] == "、" and stop.start() < begin + 2:
            stop = date_marks("clause_end").search(after, stop.end())
        clause = after[begin : stop.start()] if stop else after[begin:]
        past = _past_verb(clause, is_relative=not apart and begin == 0)
        opened = date_marks("open_verb").search(clause)
        if stop and stop[0] == "?" and date_marks("prepared").search(clause):
            return False  # 受験票に写真貼った?
        if past and not (opened and opened.start() < past.start()):
            is_now = bool(date_marks("now").match(word))
            return is_now or not date_marks("planned").search(clause[: past.end() + 1])
        if opened or stop is None or stop[0] != "、" or after.startswith("と", stop.end()):
            return False
        begin = stop.end()
    return False


def _past_verb(clause: str, *, is_relative: bool) -> re.Match[str] | None:
    """Return the first past verb of a clause, one that describes a noun only if `is_relative`."""
    verbs = date_marks("past_verb").finditer(clause)
    return next(
        (
            verb
            for verb in verbs
            if is_relative
            or not re.match("[一-龥ァ-ヶ]|ところ|とこ|とき|もの", clause[verb.end() :])
        ),
        None,
    )


_SATURDAY_OF_DATE = re.compile(r"\bsat\b(?=\.?,? (?:the )?\d)")
"""The one short name of a weekday that is a past tense, too."""


def _is_past_english(before: str, word: str, after: str) -> bool:
    """Return whether the verb nearest to a day, in front of it or else behind, is past."""
    ends = re.match(r"\s*(?:$|[.!,])", after)
    if ends and date_marks("now_en").match(word) and date_marks("did_en").search(before):
        return True
    before, after = _SATURDAY_OF_DATE.sub("", before), _SATURDAY_OF_DATE.sub("", after)
    clause = before
    for cut in date_marks("subordinator_en").finditer(before):
        clause = before[cut.end() :]
    words = re.findall(r"(?<![a-z])[a-z][a-z']*", clause)
    ahead = re.findall(r"(?<![a-z])[a-z][a-z']*", re.split(r"[.!?;\n]", after.lstrip(" ,"))[0])
    if words and words[-1] in ("to", "for", "by", "until", "till", "before"):
        if words[-1] in ("until", "till") and len(words) > 1 and _tense(words[-2], ""):
            return True  # "they stayed till the 9th"
        begins = len(words) == 1 or words == ["up", "until"]  # "By Friday he had read it"
        return begins and any(_tense(word, "") for word in ahead[:3] if not word.endswith("'d"))
    for index in range(len(words) - 1, -1, -1):
        following = words[index + 1] if index + 1 < len(words) else ""
        if words[index].endswith("'ve") and following in _OWNED:
            return False  # "we've a spare ticket"
        if words[index].endswith("'ve") and date_marks("planned_en").match(following):
            continue  # "I've promised to come on Friday"
        if words[index] in ("was", "were") and date_marks("planned_en").match(following):
            if "to" not in words[index + 2 :]:
                return True
            continue  # "I was asked to come on Friday"
        if (kind := _tense(words[index], words[index - 1] if index else "")) is not None:
            return kind
    words = ahead
    if date_marks("opens_tale_en").search(before) and date_marks("told_then_en").match(after):
        return True
    for index, word in enumerate(words[:8]):
        following = words[index + 1] if index + 1 < len(words) else ""
        if word.endswith("'d") and following in _WISHED:
            return False  # "this week he'd like me to come"
        if index == 0 and after.lstrip().startswith(",") and word.endswith("ed"):
            continue  # "May the 4th, dressed as robots"
        if word.endswith("'ve") and (
            following in _OWNED or date_marks("planned_en").match(following)
        ):
            return False  # "on the 9th I've to be there", "we've agreed to come"
        if word in ("has", "have") and words[index + 1 : index + 2] in (["been"], ["had"]):
            return not date_marks("planned_en").match(" ".join(words[index + 2 : index + 3]))
        if (kind := _tense(word, words[index - 1] if index else "")) is not None:
            return kind
    return False


_WISHED = frozenset(("like", "love", "rather", "be", "prefer", "better", "need", "want", "come"))
_OWNED = frozenset({"a", "an", "got", "the", "no", "some", "two", "to", "only", "still"})


def _tense(word: str, previous: str) -> bool | None:
    """Return whether a word is a verb of the past; None if it says nothing about time."""
    if date_marks("planned_en").match(word) or previous in ("be", "being"):
        return None  # "it will be held"
    if date_marks("past_en").match(word):
        return True
    if date_marks("open_en").match(word):
        return False
    if len(word) > 4 and word.endswith("ed"):
        passive = ("be", "get", "is", "are", "being", "been", "to", "'ll", "not", "am", "gets")
        return None if previous in passive else True
    return None
