r"""Files sealed with a passphrase: encrypted, authenticated, and checked for damage.

A sealed file is

1. the line `ENISHI SEALED BACKUP 1`,
2. a line of JSON that says how the key is derived, and how long the content is,
3. the content in chunks, each encrypted and followed by its 16-byte tag,
4. the SHA-256 of all bytes before it.

The key comes from the passphrase by Scrypt (RFC 7914), whose parameters and salt stand in the
header, so that later versions may choose others and still open this file. The chunks are
ChaCha20-Poly1305 (RFC 8439) in the order that STREAM gives them (Hoang et al., CRYPTO 2015): the
nonce counts the chunks and marks the last one, and the two lines of the header are authenticated
with each. So no chunk can be altered, moved, repeated or left out.

The SHA-256 needs no passphrase. A file that matches it is whole, so that a tag that does not fit
the first chunk means another passphrase.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from enishi.book.copies.errors import (
    AlteredSealError,
    NewerSealError,
    PassphraseMissingError,
    SealChecksumError,
    SealHeaderError,
    SealLengthError,
    WrongPassphraseError,
)

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_MARK = b"ENISHI SEALED BACKUP "
_FIRST_LINE = _MARK + b"1\n"
_LONGEST_HEADER = 1000
"""Maximum length of the header's second line in bytes; it has about 250."""
_TAG, _DIGEST = 16, 32
_NONCE = 7
"""Random bytes of a nonce; a counter of four bytes and the mark of the last chunk follow."""
CHUNK_BYTES = 1 << 20
SHORT_PASSPHRASE = 12
"""Characters below which a passphrase can be guessed from the file."""
_MOST_MEMORY = 256 << 20
"""Maximum memory in bytes that a file may demand for deriving its key."""
_MOST_ROUNDS = 16


class SealHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The second line of a sealed file.

    Attributes:
        kdf: how the key is derived: `scrypt`.
        n: its cost in memory and time, a power of two; with `r`, 128·n·r bytes of memory.
        r: its block size.
        p: how often that is done one after the other.
        salt: random bytes, in hexadecimal digits.
        cipher: how the chunks are encrypted: `chacha20-poly1305`.
        nonce: the random bytes at the start of each nonce, in hexadecimal digits.
        chunk: bytes of content in each chunk but the last.
        length: bytes of the content.
    """

    kdf: str
    n: int
    r: int
    p: int
    salt: str
    cipher: str
    nonce: str
    chunk: int
    length: int

    def is_fit(self) -> bool:
        """Return whether this version can use the values without excessive cost."""
        return (
            (self.kdf, self.cipher) == ("scrypt", "chacha20-poly1305")
            and self.n >= 2
            and self.n & (self.n - 1) == 0
            and self.r > 0
            and 128 * self.n * self.r <= _MOST_MEMORY
            and 0 < self.p <= _MOST_ROUNDS
            and len(bytes.fromhex(self.nonce)) == _NONCE
            and len(bytes.fromhex(self.salt)) >= _TAG
            and 0 < self.chunk <= 64 * CHUNK_BYTES
            and self.length >= 0
        )

    def chunk_lengths(self) -> Iterator[tuple[int, bool]]:
        """Yield the bytes of content in each chunk, and whether it is the last; at least one."""
        left = self.length
        while left > self.chunk:
            yield self.chunk, False
            left -= self.chunk
        yield left, True


class _Lines(NamedTuple):
    """The two lines of a header as bytes, and what they say."""

    written: bytes
    header: SealHeader


def is_sealed(start: bytes) -> bool:
    """Return whether a file that begins with `start` is sealed with a passphrase."""
    return start.startswith(_MARK)


def is_short(passphrase: str) -> bool:
    """Return whether a passphrase has so few characters that it is easily guessed.

    >>> is_short("three words"), is_short("four plain words")
    (True, False)
    """
    return len(passphrase) < SHORT_PASSPHRASE


def seal(content: bytes, passphrase: str) -> bytes:
    """Return `content` sealed with a passphrase; the same content makes other bytes each time."""
    sealed = BytesIO()
    seal_stream(BytesIO(content), len(content), sealed, passphrase)
    return sealed.getvalue()


def unseal(data: bytes, name: str, passphrase: str) -> bytes:
    """Return the content of the sealed file `data`.

    Raises:
        SealedFileError: it cannot be opened; the sentence says why.
    """
    content = BytesIO()
    unseal_stream(BytesIO(data), content, name, passphrase)
    return content.getvalue()


def seal_stream(source: BinaryIO, length: int, target: BinaryIO, passphrase: str) -> None:
    """Seal `length` bytes of `source` into `target`, a chunk at a time."""
    header = SealHeader(
        kdf="scrypt",
        n=1 << 16,  # 64 MiB and two rounds: OWASP, Password Storage Cheat Sheet
        r=8,
        p=2,
        salt=os.urandom(_TAG).hex(),
        cipher="chacha20-poly1305",
        nonce=os.urandom(_NONCE).hex(),
        chunk=CHUNK_BYTES,
        length=length,
    )
    lines = _FIRST_LINE + json.dumps(msgspec.to_builtins(header)).encode() + b"\n"
    cipher = _cipher(header, passphrase)
    digest = hashlib.sha256(lines)
    target.write(lines)
    for number, (size, is_last) in enumerate(header.chunk_lengths()):
        sealed = cipher.encrypt(_nonce(header, number, is_last), source.read(size), lines)
        digest.update(sealed)
        target.write(sealed)
    target.write(digest.digest())


def unseal_stream(source: BinaryIO, target: BinaryIO, name: str, passphrase: str) -> None:
    """Write the content of a sealed file to `target`; nothing is written if it is damaged.

    Args:
        source: the file, at its beginning; it is read twice.
        target: where the content goes.
        name: the file's name, for errors.
        passphrase: that with which it was sealed.

    Raises:
        SealHeaderError, SealLengthError, SealChecksumError: the file is damaged.
        PassphraseMissingError: `passphrase` is empty.
        WrongPassphraseError: the file is whole, and another passphrase opens it.
        AlteredSealError: a later part was altered, and the checksum with it.
        NewerSealError: a later version sealed it.
    """
    from cryptography.exceptions import InvalidTag

    lines, header = _read_header(source, name)
    _check_whole(source, lines, header, name)
    if not passphrase:
        raise PassphraseMissingError(name=name)
    cipher = _cipher(header, passphrase)
    source.seek(len(lines))
    for number, (size, is_last) in enumerate(header.chunk_lengths()):
        sealed = source.read(size + _TAG)
        try:
            target.write(cipher.decrypt(_nonce(header, number, is_last), sealed, lines))
        except InvalidTag:
            raise (AlteredSealError if number else WrongPassphraseError)(name=name) from None


def _read_header(source: BinaryIO, name: str) -> _Lines:
    """Return the header at the beginning of `source`.

    Raises:
        SealHeaderError: it is damaged.
        NewerSealError: the file is of a later version.
    """
    first = source.readline(len(_FIRST_LINE) + 8)
    version = first.removeprefix(_MARK).removesuffix(b"\n")
    if first != _FIRST_LINE:
        is_newer = is_sealed(first) and version.isdigit() and int(version) > 1
        raise (NewerSealError if is_newer else SealHeaderError)(name=name)
    second = source.readline(_LONGEST_HEADER)
    try:
        header = msgspec.json.decode(second, type=SealHeader)
        is_fit = second.endswith(b"\n") and header.is_fit()
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
        raise SealHeaderError(name=name) from None
    if not is_fit:
        raise SealHeaderError(name=name)
    return _Lines(first + second, header)


def _check_whole(source: BinaryIO, lines: bytes, header: SealHeader, name: str) -> None:
    """Compare the length and the checksum of a sealed file with what it says itself.

    Raises:
        SealLengthError, SealChecksumError: it is damaged.
    """
    chunks = max(1, -(-header.length // header.chunk))
    expected = len(lines) + header.length + chunks * _TAG + _DIGEST
    found = source.seek(0, os.SEEK_END)
    if found != expected:
        raise SealLengthError(name=name, found=found, expected=expected)
    source.seek(0)
    digest, left = hashlib.sha256(), expected - _DIGEST
    while left:
        some = source.read(min(left, CHUNK_BYTES))
        digest.update(some)
        left -= len(some)
    if digest.digest() != source.read(_DIGEST):
        raise SealChecksumError(name=name)


def _cipher(header: SealHeader, passphrase: str) -> ChaCha20Poly1305:
    """Return the cipher of a file; deriving its key takes about a second and 64 MiB."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # One passphrase may be typed in full or half width, composed or decomposed.
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    derive = Scrypt(bytes.fromhex(header.salt), length=32, n=header.n, r=header.r, p=header.p)
    return ChaCha20Poly1305(derive.derive(secret))


def _nonce(header: SealHeader, number: int, is_last: bool) -> bytes:
    return bytes.fromhex(header.nonce) + number.to_bytes(4) + bytes([is_last])
