"""The commands about one book: `enishi export` and `import`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enishi import clock
from enishi.i18n import format_list, texts, translate
from enishi.identity import ME
from enishi.serve.cli.answers import CommandAnswer, answering, note_act, with_json
from enishi.serve.cli.options import with_language
from enishi.serve.cli.passphrases import (
    known_passphrase,
    new_passphrase,
    with_passphrase_file,
    with_seal,
)
from enishi.serve.cli.reading_options import (
    Wanted,
    parse_columns,
    read_as_wanted,
    with_reading_options,
)
from enishi.serve.errors import (
    ExportTakenError,
    NoFileError,
    UnknownEndingError,
    UnwritableError,
)

if TYPE_CHECKING:
    from enishi.book import Book
    from enishi.exchange import FileReading

BOOK_ENDINGS = (".zip", ".json", ".enishi")
CONTACT_FORMATS = {".vcf": "vcard3", ".csv": "csv", ".xlsx": "xlsx"}
"""The format of contacts by the ending of a file."""
CONTACT_OPTIONS = ("--encoding", "--kind", "--day-order", "--swap-names", "--columns")
_SHOWN_PROBLEMS = 20
_SHOWN_ENCODINGS = 4

name_and_file = click.argument("names", nargs=-1, metavar="[NAME] FILE")


def split_names(names: Sequence[str], language: str) -> tuple[str, Path]:
    """Return the person and the file of a command line; the person may be left out.

    Raises:
        UsageError: there are none, or more than two.
    """
    if not 1 <= len(names) <= 2:
        raise click.UsageError(translate(language, "Give a FILE, or a NAME and a FILE."))
    return (names[0] if len(names) == 2 else "", Path(names[-1]))


@contextmanager
def opened_book(who: str) -> Iterator[Book]:
    """Open the book of a person with this name or id; of "" that of this computer.

    Raises:
        UnknownPersonError: nobody, or more than one, has this name.
        BookError: it cannot be opened.
    """
    from enishi.book import Book, accounts  # these take half a second
    from enishi.book.database import keeper_url, open_database

    engine = open_database(keeper_url())
    try:
        yield Book(engine, accounts.find_named(engine, who).id if who else ME)
    finally:
        engine.dispose()


@click.command()
@name_and_file
@with_seal
@with_passphrase_file
@with_json
@with_language
def export(
    names: tuple[str, ...],
    seal: bool,
    passphrase_file: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Write one book, or its contacts, to the new FILE.

    The ending of FILE says what is written: .zip is the whole book, as tables to read and to be put
    back; .enishi is the same, sealed with a passphrase; .json is the whole book as data; .vcf, .csv
    and .xlsx are the contacts alone, for telephones and spreadsheets. NAME is a person with a book
    of their own on this server, by name or id; without it, it is your own book.
    """
    who, file = split_names(names, language)
    with answering(language, as_json) as answer:
        ending = file.suffix.lower()
        if ending not in (*BOOK_ENDINGS, *CONTACT_FORMATS):
            raise UnknownEndingError(file=file)
        if file.exists():
            raise ExportTakenError(file=file)
        if ending == ".enishi":
            passphrase = new_passphrase(True, passphrase_file, language)
        else:
            passphrase = new_passphrase(seal, passphrase_file, language) if seal else ""
        with opened_book(who) as book:
            if ending in CONTACT_FORMATS:
                data = contacts_file(book, CONTACT_FORMATS[ending], answer)
            else:
                data = book_file_of(book, ending, language, answer)
        if passphrase:
            from enishi.exchange.own_archive import seal_archive

            data = seal_archive(data, passphrase)
        write_new(file, data)
        if who:
            note_act(answer, "exported", book.owner)
        answer.tell("Written:")
        answer.show(file)
        answer.add(file=str(file), bytes=len(data), sealed=bool(passphrase))


def book_file_of(book: Book, ending: str, language: str, answer: CommandAnswer) -> bytes:
    """Return the whole book as a file: its JSON, or the archive with tables."""
    import json

    from enishi.book.own_copy import read_own_copy
    from enishi.book.wording.column_texts import counts_text
    from enishi.exchange.own_archive import pack_archive

    words = texts("settings", language)["screens"]["my_data"]
    today = clock.today()
    copy = read_own_copy(book, words["what"], today)
    counts = {table: len(rows) for table, rows in copy["tables"].items() if rows}
    answer.add(rows=counts)
    _say_contents(answer, counts_text(counts, language))
    if ending == ".json":
        return (json.dumps(copy, ensure_ascii=False, indent=2) + "\n").encode()
    said = {"readme": words["readme"], "file": words["readme_file"]}
    return pack_archive(copy, said, language, today)


def _say_contents(answer: CommandAnswer, counts: str) -> None:
    if counts:
        answer.tell("In the book: {counts}", counts=counts)
    else:
        answer.tell("The book is empty.")


def contacts_file(book: Book, format: str, answer: CommandAnswer) -> bytes:
    """Return the contacts of a book as a file; say what could not be written."""
    from enishi.exchange.contact_export import export_contacts

    frames = {table: book.frame(table) for table in ("contact", "detail", "relation")}
    contact = frames["contact"]
    ids = contact.index[contact["trashed_on"].isna()]
    made = export_contacts(frames, ids, format, language=answer.language, now=clock.now())
    answer.tell("Contacts: {count}", count=len(ids))
    answer.add(contacts=len(ids))
    data: bytes = made.data
    return data


def write_new(file: Path, data: bytes) -> None:
    """Write a new file that only its owner may read, whole or not at all.

    Raises:
        ExportTakenError: it exists already.
        UnwritableError: it cannot be written.
    """
    from enishi.book.sqlite import draft_beside, put_in_place

    try:
        with draft_beside(file) as draft:
            draft.write_bytes(data)
            put_in_place(draft, file)
    except FileExistsError:
        raise ExportTakenError(file=file) from None
    except OSError as error:
        raise UnwritableError(file=file) from error


@click.command("import")
@name_and_file
@click.option("--yes", is_flag=True, help="Write it without asking.")
@click.option(
    "--replace", is_flag=True, help="Where the book differs from a file of it, take the file’s."
)
@with_reading_options
@with_passphrase_file
@with_json
@with_language
def import_file(
    names: tuple[str, ...],
    yes: bool,
    replace: bool,
    encoding: str | None,
    kind: str | None,
    day_order: str | None,
    swap_names: bool,
    columns: str | None,
    passphrase_file: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Bring FILE into one book, after saying what it would change.

    FILE is a book that was taken home or exported (.zip, .enishi, .json), or contacts of another
    program (.vcf, .csv, .xlsx, or the ZIP file of LinkedIn); what it is, is seen from its content.
    What the book has already stays as it is. One “Undo” in the workbook takes all of it back. NAME
    is a person with a book of their own on this server; without it, it is your own book.

    Of contacts it says first how they were read. If names, days or columns look wrong, answer no
    and say it with the options below; nothing is written before you say yes.
    """
    who, file = split_names(names, language)
    if as_json and not yes:
        raise click.UsageError(translate(language, "--json does not ask: it needs --yes."))
    with answering(language, as_json) as answer:
        said = encoding or "", kind or "", day_order or "", parse_columns(columns)
        wanted = Wanted(*said, swap_names)
        try:
            data = file.read_bytes()
        except OSError as error:
            raise NoFileError(file=file) from error
        passphrase = known_passphrase(data[:64], passphrase_file, language)
        with opened_book(who) as book:
            if is_book_file(data):
                if wanted:
                    sentence = "{options} are for contacts."
                    options = format_list(CONTACT_OPTIONS, language)
                    raise click.UsageError(translate(language, sentence, options=options))
                import_book(book, data, file.name, passphrase, replace, yes, answer)
            else:
                import_contacts(book, data, file.name, wanted, yes, answer)
            if who and answer.facts["ok"]:
                note_act(answer, "imported", book.owner)


def is_book_file(data: bytes) -> bool:
    """Return whether a file is, or was, a book: sealed, an archive of ours, or its JSON."""
    from enishi.book.copies.sealed import is_sealed
    from enishi.exchange.own_archive import looks_like_book

    return is_sealed(data) or looks_like_book(data)


def import_book(
    book: Book,
    data: bytes,
    name: str,
    passphrase: str,
    replace: bool,
    yes: bool,
    answer: CommandAnswer,
) -> None:
    """Say what a file of a book would change, and put it back if the person says yes."""
    from enishi.book.copies.put_back import compare_copy, put_back
    from enishi.book.wording.column_texts import counts_text
    from enishi.exchange.own_archive import read_archive

    copy = read_archive(data, name, passphrase)
    found, language = compare_copy(book, copy, name), answer.language
    differing: dict[str, int] = {}
    for table, _ in found.differing:
        differing[table] = differing.get(table, 0) + 1
    answer.add(kind="book", added=found.added, differing=differing, same=found.same)
    if found.added:
        answer.tell("It adds: {rows}", rows=counts_text(found.added, language))
    if found.same:
        answer.tell("Already there, just the same: {count}", count=found.same)
    if found.namesakes:
        names = format_list(found.namesakes[:10], language)
        answer.tell("People of the same name are there already: {names}", names=names)
    if differing:
        rows = counts_text(differing, language)
        if replace or found.is_empty:
            answer.tell("Different in the file, and taken from it: {rows}", rows=rows)
        else:
            sentence = "Different in the file, and left as it is (--replace takes it): {rows}"
            answer.tell(sentence, rows=rows)
    take = None if replace or found.is_empty else set[Any]()
    if not found.added and (take is not None or not differing):
        answer.tell("There is nothing to bring in.")
        answer.add(written={})
        return
    if not is_agreed(yes, answer):
        return
    answer.add(written=put_back(book, copy, name, take))
    answer.tell("Brought in. “Undo” in the workbook takes it back.")


def import_contacts(
    book: Book, data: bytes, name: str, wanted: Wanted, yes: bool, answer: CommandAnswer
) -> None:
    """Say what a file of contacts would change, and bring it in if the person says yes."""
    from enishi.book.import_history import VERB
    from enishi.exchange import preview
    from enishi.exchange.headings.remembered import remember_columns
    from enishi.exchange.import_preview import changes_by_person
    from enishi.exchange.import_writing import PreparedImport

    mappings = book.frame("column_mapping")
    reading, fields = read_as_wanted(data, name, wanted, mappings)
    relations = book.frame("relation")
    plan = preview(
        reading, book.frame("contact"), details=book.frame("detail"), relations=relations
    )
    counts, language = plan.counts, answer.language
    problems = [
        (each.line, translate(language, each.sentence, **each.facts))
        for each in (*plan.problems, *reading.problems)
    ]
    answer.add(kind=reading.kind, lines=counts, problems=[text for _, text in problems])
    if fields and wanted.columns is None:
        answer.tell("The columns are read as you said of a table with the same headings.")
    describe_reading(reading, answer)
    answer.tell("New: {add}. Known, with something new: {fill}. Known: {same}.", **counts)
    if counts["perhaps"]:
        sentence = "Perhaps known, and added as new people: {perhaps}. The workbook can merge them."
        answer.tell(sentence, **counts)
    if counts["skip"]:
        answer.tell("Lines without a person: {skip}.", **counts)
    for line, text in problems[:_SHOWN_PROBLEMS]:
        answer.tell("Line {line}: {text}", line=line, text=text)
    prepared = PreparedImport(changes_by_person(plan), (), clock.today())
    if not prepared.total:
        answer.tell("There is nothing to bring in.")
        answer.add(added=0, filled=0)
        return
    if not is_agreed(yes, answer):
        return
    with book.batch(VERB) as batch:
        brought = prepared.write(batch)
        remember_columns(batch, reading, fields, mappings)
    answer.add(added=brought.added, filled=brought.filled)
    answer.tell("Brought in. “Undo” in the workbook takes it back.")


def describe_reading(reading: FileReading, answer: CommandAnswer) -> None:
    """Say how a file was read, and which options would read it otherwise."""
    from enishi.exchange.encodings import DOUBT

    columns = {each.label: each.field for each in reading.columns}
    answer.add(encoding=reading.encoding, day_order=reading.day_order, columns=columns)
    answer.tell("Read as: {kind}", kind=" · ".join(filter(None, (reading.kind, reading.encoding))))
    if columns:
        said = ", ".join(f"{label}={field}" for label, field in columns.items())
        answer.tell("Columns (--columns changes them): {columns}", columns=said)
    if any(each.sentence == DOUBT for each in reading.problems):
        for other in reading.encodings[1:_SHOWN_ENCODINGS]:
            names = format_list(other.names, answer.language)
            sentence = "With --encoding {encoding} the names are: {names}"
            answer.tell(sentence, encoding=other.encoding, names=names)
    if reading.day_order == "ask":
        answer.tell("--day-order dmy reads 3/4/2024 as 3 April, --day-order mdy as 4 March.")


def is_agreed(yes: bool, answer: CommandAnswer) -> bool:
    """Return whether the person wants it written; if they do not say so, nothing is."""
    if yes:
        return True
    question = translate(answer.language, "Write this into the book?")
    if sys.stdin.isatty() and click.confirm(question, err=True):
        return True
    answer.tell("Nothing was changed. `--yes` writes it without asking.")
    answer.add(ok=False)
    return False
