"""Turn the bytes of a file into text."""

from __future__ import annotations

import codecs
import os
import unicodedata

from graphgrad.errors import GraphgradError, SourceError
from graphgrad.files.reading import read_bytes

__all__ = [
    "decode",
    "decode_as_written",
    "decode_handed",
    "is_document",
    "read_handed",
    "read_text",
]

BYTE_ORDER_MARK = "\ufeff"


def read_text(path: str | os.PathLike[str]) -> str:
    """Return a file's text; UTF-8 or UTF-16, with or without a byte order mark.

    Raises:
        FileError: if the file cannot be read.
        LimitError: if it is larger than 64 MB.
        SourceError: if it is not text.
    """
    return decode(read_bytes(path), str(path))


def read_handed(path: str | os.PathLike[str]) -> str:
    """Return the text of a file from a student, a spreadsheet or a course; see `decode_handed`."""
    return decode_handed(read_bytes(path), str(path))


def decode_handed(data: bytes, path: str) -> str:
    """Return text from a program that is not ours; what is not UTF is read as Windows writes it.

    Raises:
        SourceError: if it is a document of Word, Excel or the like, a PDF, or no text.
    """
    if is_document(data):
        raise SourceError("classroom.document", path=path)
    try:
        return decode(data, path)
    except GraphgradError:
        if b"\0" in data or sum(byte < 9 for byte in data):
            raise
        return decode(data.decode("cp1252", errors="replace").encode("utf-8"), path)


def is_document(data: bytes) -> bool:
    """Tell whether bytes are those of a PDF, of Word (a zip), or of an old Word."""
    return data.startswith((b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"))


def decode(data: bytes, path: str) -> str:
    r"""Return the text of bytes, in normal form C and with ``\n`` line ends.

    Raises:
        SourceError: if the bytes are not UTF-8 or UTF-16 text.
    """
    text, _ = decode_as_written(data, path)
    text = text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def decode_as_written(data: bytes, path: str) -> tuple[str, str]:
    """Return the text of bytes with its byte order mark and line ends, and its encoding.

    Raises:
        SourceError: if the bytes are not UTF-8 or UTF-16 text.
    """
    encoding, guessed = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError("file.not_text", path=path, line=line) from None
    if guessed and not text.isprintable() and any(c < " " and c not in "\t\r\n" for c in text):
        raise SourceError("file.binary", path=path)
    return text, encoding


def _encoding(data: bytes) -> tuple[str, bool]:
    """Return the encoding of bytes, and whether UTF-16 is guessed from bytes of zero."""
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le", False
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be", False
    if b"\0" in data[:2000]:
        return ("utf-16-le" if data[1:2] == b"\0" else "utf-16-be"), True
    return "utf-8", False
