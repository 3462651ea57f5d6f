"""Reader for vCard files of versions 2.1, 3.0 and 4.0: telephones, iCloud, Google, Outlook."""

from __future__ import annotations

from enishi.exchange.csv_record import Detail, Problem, Record, fit_circles
from enishi.exchange.encodings import doubt_of
from enishi.exchange.file_reading import ContactRow, EncodingSample, FileReading, ReadingOptions
from enishi.exchange.vcard.card_lines import card_text, read_cards
from enishi.exchange.vcard.card_person import CardPerson, read_person

VCARD = "vcard"
SAMPLED_CARDS = 500
"""Cards among which names with other characters than ASCII are looked for."""
SHOWN_NAMES = 5
NOT_TAKEN = (
    "Photos, sounds and keys are not taken over, for the book keeps no such files"
    " (cards with one: {count})."
)
GROUP = "“{name}” is a group, not a person; its members get it as a circle."


def read_vcards(data: bytes, name: str, options: ReadingOptions) -> FileReading:
    """Read a vCard file: one row for each card, in the order of the file.

    A card that is a group becomes a circle of its members. A line that cannot be read is told, and
    the rest of its card is kept.

    Args:
        data: the whole file.
        name: its name, for the sentence of an error.
        options: what the person chose; here only the encoding counts.

    Raises:
        UnreadableFileError: it exceeds a limit.
        NotTextError: it holds NUL characters.
    """
    text = card_text(data, name, options.encoding)
    problems: list[Problem] = []
    people: list[CardPerson] = []
    for found in read_cards(text, name):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            people.append(read_person(found))
            problems.extend(people[-1].problems)
    people.sort(key=lambda person: person.line)
    first = people[0].line if people else 1
    if not people:
        problems.append(Problem(first, "There is nobody in this file."))
    rows, told = finish_rows(people)
    problems.extend(told)
    problems.sort(key=lambda problem: problem.line)
    if count := sum(person.has_binary for person in people):
        problems.insert(0, Problem(first, NOT_TAKEN, {"count": count}))
    if not text.sure:
        problems.insert(0, doubt_of(first, text.encoding))
    samples = encoding_choices(rows, text.codecs) if text.encoding == text.codecs[0] else ()
    return FileReading(VCARD, text.encoding, first, rows, tuple(problems), encodings=samples)


def encoding_choices(
    rows: tuple[ContactRow, ...], codecs: tuple[str, ...]
) -> tuple[EncodingSample, ...]:
    """Return up to five names as they read with each codec; nothing if there is no choice."""
    names = [str(row.values["name"]) for row in rows[:SAMPLED_CARDS] if row.values]
    names = sorted(names, key=str.isascii)[:SHOWN_NAMES]
    offered = [one for one in codecs if one != "utf-8" or one == codecs[0]]
    if len(offered) < 2 or all(map(str.isascii, names)):
        return ()
    return tuple(
        EncodingSample(
            codec, tuple(one.encode(codecs[0], "replace").decode(codec, "replace") for one in names)
        )
        for codec in offered
    )


def finish_rows(people: list[CardPerson]) -> tuple[tuple[ContactRow, ...], list[Problem]]:
    """Return the rows of the cards, with groups as circles and links between cards as names."""
    names = {person.uid: str(person.values.get("name", "")) for person in people if person.uid}
    circles: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for person in people:
        if person.is_group:
            problems.append(Problem(person.line, GROUP, {"name": person.group_name}))
            for member in person.members:
                circles.setdefault(member, []).append(person.group_name)
    rows = []
    for person in people:
        values = dict(person.values)
        if values and person.uid in circles:
            said: tuple[str, ...] = tuple(values.get("circles", ()))
            record = Record(person.line, {}, {}, problems)
            values["circles"] = fit_circles(
                tuple(dict.fromkeys((*said, *circles[person.uid]))), record
            )
        details = tuple(
            Detail("field", label, names[uid]) if uid and names.get(uid) else detail
            for detail, uid, label in person.details
        )
        relations = tuple(
            each._replace(name=each.name or names.get(each.uid, "")) for each in person.relations
        )
        key = person.key if values else ""
        rows.append(ContactRow(person.line, values, key, details, relations if values else ()))
    return tuple(rows), problems
