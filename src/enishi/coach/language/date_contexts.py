"""Whether the sentence around a day speaks of a day to come.

A word such as 金曜 or "Friday" also stands in sentences about the past, about what returns every
week, and in names and titles. Where that is so, or may well be so, there is no day to act on.
"""

from __future__ import annotations

import re

from enishi.coach.language.date_readers import Reading
from enishi.coach.language.date_words import DateLine, date_marks


def is_day_to_come(line: DateLine, at: int, reading: Reading, is_deadline: bool) -> bool:
    """Return whether what was read is a day to come, and not past, habitual or set aside.

    Args:
        line: the text.
        at: the index of the first token of the day.
        reading: what was read there.
        is_deadline: whether it is a time limit.
    """
    before, after = line.before(at), line.after(reading.end)
    start, end = line.at(at).start, line.at(reading.end - 1).end
    word = line.text[start:end]
    if _is_set_aside(before, after) or _is_name(line, start, end):
        return False
    if date_marks("past_before").search(before) or date_marks("past_after").match(after):
        return False
    if date_marks("habit_before").search(before) or date_marks("habit_before_en").search(before):
        return False
    if not _is_framed(line, at, reading):
        return False
    if _is_each_time(line, at, reading):
        return False
    is_loose = reading.is_loose or bool(line.at(at).means.keys() & {"month_end", "week_start"})
    if not (is_loose or date_marks("told_day").match(word)):
        return True
    around = before + " " + after
    if reading.narrow == "range" and date_marks("habit_range").search(around):
        return False
    if any(character > "ぁ" for character in after[:6] + before[-6:] + word):
        returns = _returns_in_japanese(line, at, reading, is_deadline)
        return not (returns or _is_past_japanese(before, word, after, is_deadline))
    return not (_returns_in_english(line, at, reading) or _is_past_english(before, after))


def _is_set_aside(before: str, after: str) -> bool:
    """Return whether a day is said only to be replaced: "not Friday", 金曜は無理."""
    return bool(
        date_marks("moved_from").match(after)
        or date_marks("not_this_en").search(before)
        or date_marks("moved_from_en").match(after)
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
    if "holiday" in kinds:
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
    if token.get("holiday") and not token.text.isascii():
        return bool(date_marks("holiday_follows").match(after))
    is_figure = reading.end - at == 3 and token.get("digits") and line.at(at + 1).text == "/"
    is_weekday = token.get("weekday") is not None and token.text.isascii()
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
    if date_marks("capital_before").search(before) and date_marks("capital_after").match(after):
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
    kinds = {"weekday", "weekend", "holiday", "month", "month_end", "week_start"}
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
    if date_marks("this_one").search(before):
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
    is_of_year = line.at(reading.end - 1).means.keys() & {"month", "holiday"}
    if is_of_year and date_marks("each_year_en").match(after):
        return True
    return bool(
        date_marks("returning_en").match(after)
        or date_marks("habit_clause_en").search(_clause(before, after))
    )


def _clause(before: str, after: str) -> str:
    """Return the words of an English sentence around a day."""
    return re.split(r"[.!?;\n]", before)[-1] + " | " + re.split(r"[.!?;\n]", after)[0]


def _is_past_japanese(before: str, word: str, after: str, is_deadline: bool) -> bool:
    """Return whether the first verb after a day is past, or what stands before it is long ago."""
    if is_deadline:
        return False
    if date_marks("long_ago").search(re.split(r"[。!?\n]", before)[-1]):
        return True
    apart = bool(re.match(r"[^、。]{0,3}、", after))
    begin = 0
    while begin < len(after):
        stop = date_marks("clause_end").search(after, begin)
        while stop and stop[0] == "、" and stop.start() < begin + 2:
            stop = date_marks("clause_end").search(after, stop.end())
        clause = after[begin : stop.start()] if stop else after[begin:]
        past = _past_verb(clause, is_relative=not apart and begin == 0)
        opened = date_marks("open_verb").search(clause)
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
            if is_relative or not re.match("[一-龥ァ-ヶ]", clause[verb.end() :])
        ),
        None,
    )


def _is_past_english(before: str, after: str) -> bool:
    """Return whether the verb nearest to a day, in front of it or else behind, is past."""
    clause = before
    for cut in date_marks("subordinator_en").finditer(before):
        clause = before[cut.end() :]
    words = re.findall(r"[a-z']+", clause)
    ahead = re.findall(r"[a-z']+", re.split(r"[.!?;\n]", after.lstrip(" ,"))[0])
    if words and words[-1] in ("to", "for", "by", "until", "till", "before"):
        begins = len(words) == 1 or words == ["up", "until"]  # "By Friday he had read it"
        return begins and any(_tense(word, "") for word in ahead[:3] if not word.endswith("'d"))
    for index in range(len(words) - 1, -1, -1):
        following = words[index + 1] if index + 1 < len(words) else ""
        if words[index].endswith("'ve") and following in _OWNED:
            return False  # "we've a spare ticket"
        if words[index] in ("was", "were") and date_marks("planned_en").match(following):
            if "to" not in words[index + 2 :]:
                return True
            continue  # "I was asked to come on Friday"
        if (kind := _tense(words[index], words[index - 1] if index else "")) is not None:
            return kind
    words = ahead
    for index, word in enumerate(words[:8]):
        if word in ("has", "have") and words[index + 1 : index + 2] in (["been"], ["had"]):
            return True
        if (kind := _tense(word, words[index - 1] if index else "")) is not None:
            return kind
    return False


_OWNED = frozenset({"a", "an", "got", "the", "no", "some", "two", "to", "only", "still"})


def _tense(word: str, previous: str) -> bool | None:
    """Return whether a word is a verb of the past; None if it says nothing about time."""
    if date_marks("planned_en").match(word):
        return None
    if date_marks("past_en").match(word):
        return True
    if date_marks("open_en").match(word):
        return False
    if len(word) > 4 and word.endswith("ed"):
        passive = ("be", "get", "is", "are", "being", "been", "to", "'ll", "not", "am", "gets")
        return None if previous in passive else True
    return None
