"""Files sealed with a passphrase: what opens them, and how damage is told from a wrong word."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.book.copies import sealed
from enishi.book.copies.errors import (
    AlteredSealError,
    NewerSealError,
    PassphraseMissingError,
    SealChecksumError,
    SealedFileError,
    SealHeaderError,
    SealLengthError,
    WrongPassphraseError,
)
from enishi.book.copies.sealed import is_sealed, seal, unseal

WORD = "朝の 読書会 と 栞"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive the keys of these tests with less work, and seal in small chunks."""
    whole = sealed.SealHeader
    monkeypatch.setattr(sealed, "CHUNK_BYTES", 100)
    monkeypatch.setattr(sealed, "SealHeader", lambda **given: whole(**given | {"n": 4, "p": 1}))
    read = msgspec.json.decode
    monkeypatch.setattr(msgspec.json, "decode", lambda data, type: read(data, type=whole))


def rewritten(data: bytes) -> bytes:
    """Return an altered file with a checksum that matches, as only an attacker makes it."""
    return data[:-32] + hashlib.sha256(data[:-32]).digest()


@pytest.mark.parametrize("length", [0, 1, 99, 100, 101, 1000])
def test_content_of_any_length_comes_back(length: int) -> None:
    content = bytes(number % 251 for number in range(length))
    data = seal(content, WORD)
    assert is_sealed(data)
    assert content == b"" or content[:50] not in data[300:] or length == 1
    assert unseal(data, "x", WORD) == content


def test_the_same_content_makes_other_bytes_each_time() -> None:
    assert seal(b"content", WORD)[-100:] != seal(b"content", WORD)[-100:]


def test_another_passphrase_is_told_from_a_damaged_file() -> None:
    data = seal(b"x" * 250, WORD)
    for other in ("朝の 読書会 と しおり", WORD + " ", "x"):
        with pytest.raises(WrongPassphraseError, match="is whole, but this passphrase"):
            unseal(data, "home.enishi", other)
    with pytest.raises(PassphraseMissingError):
        unseal(data, "home.enishi", "")


def test_one_passphrase_typed_in_another_width_or_composition_is_the_same() -> None:
    data = seal(b"content", "ｐａｓｓ　ワード が")
    assert unseal(data, "x", "pass ﾜｰﾄﾞ が") == b"content"


def test_damage_is_named_whatever_the_passphrase() -> None:
    data = seal(b"x" * 250, WORD)
    end_of_header = data.index(b"\n", data.index(b"\n") + 1) + 1
    for passphrase in (WORD, "another", ""):
        with pytest.raises(SealLengthError) as short:
            unseal(data[:-1], "x", passphrase)
        assert (short.value.facts["found"], short.value.facts["expected"]) == (
            len(data) - 1,
            len(data),
        )
        with pytest.raises(SealLengthError):
            unseal(data + b"\n", "x", passphrase)
        for at in (end_of_header, len(data) - 1, data.index(b'"salt": "') + 10):
            altered = bytearray(data)
            altered[at] = altered[at] ^ 1 if at >= end_of_header else ord("0") + (altered[at] == 48)
            with pytest.raises(SealChecksumError):
                unseal(bytes(altered), "x", passphrase)


def test_a_part_that_was_altered_moved_or_left_out_on_purpose_is_refused() -> None:
    data = seal(bytes(range(250)), WORD)
    start = data.index(b"\n", data.index(b"\n") + 1) + 1
    first, second = data[start : start + 116], data[start + 116 : start + 232]
    altered = bytearray(data)
    altered[start + 120] ^= 1
    with pytest.raises(AlteredSealError):
        unseal(rewritten(bytes(altered)), "x", WORD)
    moved = data[:start] + second + first + data[start + 232 :]
    with pytest.raises(SealedFileError):
        unseal(rewritten(moved), "x", WORD)
    shorter = data[:start].replace(b'"length": 250', b'"length": 200') + first + second
    with pytest.raises(SealedFileError):
        unseal(rewritten(shorter + bytes(32)), "x", WORD)


def test_nothing_is_written_of_a_damaged_file() -> None:
    data = seal(b"x" * 1000, WORD)
    written = BytesIO()
    with pytest.raises(SealChecksumError):
        sealed.unseal_stream(BytesIO(data[:-1] + b"\x00"), written, "x", WORD)
    assert written.getvalue() == b""


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"kdf": "md5"}, SealHeaderError),
        ({"cipher": "none"}, SealHeaderError),
        ({"n": 1 << 30}, SealHeaderError),
        ({"n": 3}, SealHeaderError),
        ({"n": 0}, SealHeaderError),
        ({"p": 1_000_000}, SealHeaderError),
        ({"r": 0}, SealHeaderError),
        ({"salt": "00"}, SealHeaderError),
        ({"salt": "zz"}, SealHeaderError),
        ({"nonce": ""}, SealHeaderError),
        ({"chunk": 0}, SealHeaderError),
        ({"length": -1}, SealHeaderError),
        ({"more": 1}, SealHeaderError),
    ],
)
def test_a_header_that_demands_too_much_or_makes_no_sense_is_refused(
    change: dict[str, object], error: type[SealedFileError]
) -> None:
    first, second, rest = seal(b"x", WORD).split(b"\n", 2)
    header = json.dumps(json.loads(second) | change).encode()
    with pytest.raises(error):
        unseal(b"\n".join([first, header, rest]), "x", WORD)


def test_a_file_of_a_later_version_is_told_apart() -> None:
    later = seal(b"x", WORD).replace(b"BACKUP 1", b"BACKUP 2", 1)
    with pytest.raises(NewerSealError):
        unseal(later, "x", WORD)


@given(data=st.binary(max_size=400))
def test_any_bytes_behind_the_mark_are_an_error_of_ours(data: bytes) -> None:
    for start in (b"ENISHI SEALED BACKUP ", b"ENISHI SEALED BACKUP 1\n"):
        with pytest.raises(SealedFileError):
            unseal(start + data, "x", WORD)
