"""Change zip archives and files of tensors where they hold: an entry, a header, a size told."""

from __future__ import annotations

import io
import random
import warnings
import zipfile
from collections.abc import Callable, Sequence
from functools import cache

from tests.fuzz.pieces import cut, flipped

__all__ = ["changed_archive", "changed_tensors"]

Changed = Callable[[bytes, Sequence[bytes], random.Random], bytes | None]
"""What changes the content of an entry by its own form."""
_NAMES = [
    "", "/", ".", "..", "../x.txt", "/etc/passwd", "a\\b.txt", "C:\\x.txt", "x\0y.txt",
    "\ud800.txt", "é.txt", "a" * 300 + ".txt", "x" * 60_000, "__MACOSX/x", ".DS_Store",
    "a/b/c/d/e.txt",
    "Ana Ruiz_12345_assignsubmission_file_/a.txt", "_1_assignsubmission_file_/", "con.txt",
    "a.docx", " .txt", "a/", "//x.txt", "a/../b.txt", "a.pdf", "\u202e.txt", "x.txt\n",
    "%00.txt", "A1.TXT", "a1.txt",
]  # fmt: skip


def changed_archive(data: bytes, rng: random.Random, changed: Changed) -> bytes:
    """Change an entry, build a zip anew with odd ones, or damage its bytes."""
    deed = rng.random()
    if deed < 0.2:
        return rng.choice((flipped, flipped, cut))(data, rng)
    if deed < 0.25:
        return _lying(data, rng)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name twice
        again = _changed_entries(data, rng, changed) if deed < 0.7 else None
        return _odd_archive(rng) if again is None else again


def _changed_entries(data: bytes, rng: random.Random, changed: Changed) -> bytes | None:
    """Write an archive again, with the content or the name of an entry changed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [(info.filename, archive.read(info)) for info in archive.infolist()[:200]]
    except Exception:  # noqa: BLE001 -- damaged by an earlier change
        return None
    if not entries:
        return None
    for _ in range(rng.choice((1, 1, 2))):
        place = rng.randrange(len(entries))
        name, content = entries[place]
        deed = rng.randrange(8)
        if deed < 5:
            fresh = changed(content, [content], rng) if content else b"\0"
            entries[place] = name, fresh if fresh is not None else flipped(content, rng)
        elif deed == 5:
            entries[place] = rng.choice((*_NAMES, name.upper(), entries[-1][0])), content
        elif deed == 6 and len(entries) > 1:
            del entries[place]
        else:
            entries[place] = name, rng.choice((b"", cut(content, rng), _bomb()))
    return _archive(entries, rng)


def _archive(entries: list[tuple[str, bytes]], rng: random.Random) -> bytes:
    out = io.BytesIO()
    packing = rng.choice((0, 8))
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name.replace("\ud800", "?")), content, packing)
    return out.getvalue()


@cache
def _bomb() -> bytes:
    """Return what is small once it is packed."""
    return b"\0" * 4_000_000


def _lying(data: bytes, rng: random.Random) -> bytes:
    """Change sizes and places that the directory of an archive tells, or the directory's own."""
    found = bytearray(data)
    place = found.rfind(b"PK\x01\x02")
    if place < 0:
        return bytes(found)
    if rng.random() < 0.4:
        return _large(found, place, rng)
    if rng.random() < 0.3:
        end = found.rfind(b"PK\x05\x06") + rng.choice((8, 10, 12, 16, 20))
        return bytes(found[:end]) + flipped(bytes(found[end : end + 4]), rng) + found[end + 4 :]
    field = place + rng.choice((10, 16, 20, 24, 28, 30, 42))
    found[field : field + 4] = rng.choice((0, 1, 2**31 - 1, 2**32 - 1)).to_bytes(4, "little")
    return bytes(found)


def _large(data: bytearray, place: int, rng: random.Random) -> bytes:
    """Tell sizes and a place of 64 bits, of an entry that is none of them."""
    sizes = [rng.choice((0, 5, 2**31, 2**63 - 1, 2**63, 2**64 - 1)) for _ in range(3)]
    extra = b"\x01\0\x18\0" + b"".join(size.to_bytes(8, "little") for size in sizes)
    extra = rng.choice((extra, extra, extra[:11], b"\x01\0\xff\xff", extra * 2))
    name = int.from_bytes(data[place + 28 : place + 30], "little")
    told = int.from_bytes(data[place + 30 : place + 32], "little")
    for field in rng.sample((20, 24, 42), rng.choice((1, 2, 3))):
        data[place + field : place + field + 4] = b"\xff" * 4
    data[place + 30 : place + 32] = min(told + len(extra), 0xFFFF).to_bytes(2, "little")
    data[place + 46 + name : place + 46 + name] = extra
    end = data.rfind(b"PK\x05\x06") + 12
    grown = int.from_bytes(data[end : end + 4], "little") + len(extra) & 0xFFFFFFFF
    data[end : end + 4] = grown.to_bytes(4, "little")
    return bytes(data)


def _odd_archive(rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rng.choice((0, 8, 8, 12, 14))) as archive:
        for _ in range(rng.choice((0, 1, 1, 2, 5, 40))):
            info = zipfile.ZipInfo(rng.choice(_NAMES).replace("\ud800", "?"))
            info.external_attr = rng.choice((0, 0, 0o120777 << 16, 0o010644 << 16, 0o40755 << 16))
            info.compress_type = rng.choice((0, 8, 8, 12, 14))
            content = rng.choice((b"", b"z = 1\n", b"\0" * 400_000, b"\xff\xfe", b"%PDF-1.7",
                                  b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"<p>z = 1"))  # fmt: skip
            archive.writestr(info, content)
            info.flag_bits |= rng.choice((0, 0, 1, 0x800))
    found = out.getvalue()
    if rng.random() < 0.3:  # packed bytes that are damaged, behind a directory that is not
        place = rng.randrange(max(1, found.find(b"PK\x01\x02")))
        found = found[:place] + bytes([found[place] ^ 85]) + found[place + 1 :]
    if rng.random() < 0.3:  # names that are no UTF-8, though the entry says so
        found = found.replace("é".encode(), b"\xff\xfe").replace(b"a1.txt", b"\xc3\x28.txt")
    return found


def changed_tensors(
    data: bytes, seeds: Sequence[bytes], rng: random.Random, changed: Changed
) -> bytes:
    """Change the header of named tensors, their numbers or the length that stands before both."""
    length = int.from_bytes(data[:8], "little")
    header, numbers = data[8 : 8 + length], data[8 + length :]
    deed = rng.random()
    if deed < 0.75:
        others = [seed[8 : 8 + int.from_bytes(seed[:8], "little")] for seed in seeds]
        header = changed(header, others, rng) or header
    elif deed < 0.85:
        numbers = rng.choice((cut(numbers, rng), numbers * 2, flipped(numbers, rng), b""))
    elif deed < 0.95:
        length = rng.choice((0, 1, length + 1, length - 1, 2**63, 2**64 - 1, 2**31, 100_000_001))
        return (length % 2**64).to_bytes(8, "little") + header + numbers
    else:
        header += b" " * rng.choice((1, 8, 5000))
    return len(header).to_bytes(8, "little") + header + numbers
