"""Damaged and strange vCard files: no error of Python, no person lost, no time lost."""

from __future__ import annotations

import gc
import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enishi.errors import EnishiError
from enishi.exchange.errors import FieldTooLargeError, NotTextError, TooManyRowsError
from enishi.exchange.file_reading import DETECTED, FileReading, ReadingOptions
from enishi.exchange.vcard import read_vcards

FILES = sorted((Path(__file__).parents[1] / "files" / "vcard").glob("*.vcf"))
SAMPLES = [file.read_bytes() for file in FILES]
PIECES = st.sampled_from(
    [
        *(
            b"BEGIN:VCARD\r\n",
            b"END:VCARD\r\n",
            b"VERSION:2.1\n",
            b"VERSION:3.0\n",
            b"VERSION:4.0\n",
        ),
        *("N:架空;花子\r\n".encode(), "FN:架空 花子\n".encode(), "N:架空;花子\n".encode("cp932")),
        *(b"TEL;", b"TYPE=", b'"', b":", b";", b",", b"\\", b"\r\n ", b"\n\t", b"\r", b"=\r\n"),
        *(b"ENCODING=QUOTED-PRINTABLE:", b"ENCODING=b:", b"CHARSET=", b"SHIFT_JIS", b"utf-7"),
        *(
            b"=E6=9E",
            b"=",
            b"=ZZ",
            b"item1.",
            b"X-ABLabel:_$!<Home>!$_\n",
            b"AGENT:\r\n",
            b"\x1b$B",
        ),
        *(
            b"X-CUSTOM(CHARSET=UTF-8,",
            b")",
            b"BDAY:--0230\n",
            b"KIND:group\n",
            b"MEMBER:urn:uuid:1\n",
        ),
        *(b"UID:1\n", b"X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;", b"\xff", b"\x00"),
        *(b"ADR:;;\n", b"RELATED;TYPE=friend:urn:uuid:1\n", b"PREF=99999999999999999999:"),
    ]
)
NAMED = re.compile(rb"(?:N|FN)(?:;CHARSET=[\w-]+)?:[^\s;=\\:<>@]")


def count_people(data: bytes) -> int:
    """Count the cards with a name as somebody does by eye, without what the reader knows."""
    count = 0
    for card in re.split(rb"^BEGIN:VCARD\s*$", data, flags=re.MULTILINE)[1:]:
        whole, end, _ = card.partition(b"END:VCARD")
        is_named = any(NAMED.match(line) for line in whole.splitlines())
        count += bool(end) and is_named and b"group" not in whole.lower()
    return count


def read(data: bytes, encoding: str = "") -> FileReading | None:
    try:
        return read_vcards(data, "any.vcf", ReadingOptions(encoding=encoding))
    except EnishiError:
        return None


@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.lists(st.one_of(PIECES, st.binary(max_size=5)), max_size=40).map(b"".join),
    ),
    encoding=st.sampled_from(["", "utf-8", "cp932", "utf-16", "iso2022_jp", "nonsense"]),
)
@example(data=b"BEGIN:VCARD\nTEL;TYPE=(((((((", encoding="")
def test_no_bytes_raise_an_error_that_is_not_ours(data: bytes, encoding: str) -> None:
    read(data, encoding)


@given(sample=st.sampled_from(SAMPLES), data=st.data())
def test_a_damaged_line_loses_no_person_of_other_lines(sample: bytes, data: st.DataObject) -> None:
    lines = sample.splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines) - 1))
    damage = data.draw(st.one_of(st.binary(max_size=30), PIECES))
    damaged = b"".join([*lines[:at], damage + b"\r\n", *lines[at + 1 :]])

    reading = read(damaged)

    if reading is not None:
        people = sum(bool(row.values) for row in reading.rows)
        assert people + len(reading.problems) >= count_people(damaged)


@given(sample=st.lists(st.sampled_from(SAMPLES[1:]), min_size=1, max_size=4))
def test_several_files_joined_hold_all_their_people(sample: list[bytes]) -> None:
    plain = [one for one in sample if not one.startswith((b"\xff\xfe", b"\xef\xbb\xbf"))]
    reading = read(b"\r\n".join(plain))

    expected = [read(one) for one in plain]
    assert reading is not None
    assert [row.values != {} for row in reading.rows] == [
        row.values != {} for one in expected if one for row in one.rows
    ]


@pytest.mark.parametrize(
    ("what", "unit"),
    [
        ("folds", b"\r\n x"),
        ("quoted folds", b"=\r\n"),
        ("semicolons", b";"),
        ("backslashes", b"\\;\\"),
        ("quotes", b'"a:'),
        ("brackets", b"(<["),
        ("labels", b"item1.X-ABLabel:a\nitem1.TEL:1\n"),
        ("cards in cards", b"AGENT:\r\nBEGIN:VCARD\r\n"),
        ("broken lines", b"no colon\n"),
        ("pictures", b"PHOTO;ENCODING=b:AAAA\n AAAA\n"),
    ],
)
def test_the_time_grows_with_the_size_and_no_faster(what: str, unit: bytes) -> None:
    def seconds(size: int) -> float:
        head = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\nNOTE;ENCODING=QUOTED-PRINTABLE:"
        made = head + unit * (size // len(unit)) + b"\r\nEND:VCARD\r\n"
        # A collection looks through all that other tests left in this process.
        gc.disable()
        try:
            start = process_time()
            read(made)
            return process_time() - start
        finally:
            gc.enable()

    small, large = seconds(40_000), seconds(320_000)
    assert large < 24 * small + 0.3, what


def test_a_file_that_exceeds_a_limit_is_refused_with_what_was_seen() -> None:
    card = b"BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n"
    with pytest.raises(TooManyRowsError):
        read_vcards(card * 50_001, "many.vcf", DETECTED)
    with pytest.raises(FieldTooLargeError) as error:
        read_vcards(
            b"BEGIN:VCARD\r\nNOTE:" + b"x" * 1_100_000 + b"\r\nEND:VCARD", "long.vcf", DETECTED
        )
    assert error.value.facts["line"] == 2
    with pytest.raises(NotTextError):
        read_vcards(b"BEGIN:VCARD\r\nFN:a\0b\r\nEND:VCARD", "binary.vcf", DETECTED)
