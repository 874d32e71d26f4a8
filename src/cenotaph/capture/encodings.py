"""Which encoding a text's bytes are in: UTF-8 unless stated; UTF-16 and UTF-32 by their mark or in full."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from cenotaph.domain.errors import EncodingError

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKED = {"utf-16": "utf-16-", "utf-32": "utf-32-"}
# Codecs that are no character set of files, or that give back other bytes or half characters.
_REFUSED = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7", "mbcs", "oem"}
)
_EXAMPLES = "Known are, for example: utf-8, cp1251, koi8-r, cp866, cp1252, cp1256, utf-16-le."
_SAMPLE_BYTES = 4096
_CHUNK_BYTES = 1 << 16
_SURELY_UTF8 = 8
BOM = "\ufeff"


def resolve_encoding(name: str, head: bytes, stated: str | None) -> str:
    """Return Python's name of the encoding that a file's bytes are decoded with.

    The name returned keeps every byte: a byte order mark is decoded to U+FEFF, not swallowed.

    Parameters
    ----------
    name
        How messages name the file.
    head
        Its first bytes; a few thousand are enough.
    stated
        What the caller says it is in; None for UTF-8, or what its byte order mark says.

    Raises
    ------
    EncodingError
        There is no encoding of the stated name, or the first bytes show that it is not the one.
    """
    marked = next((encoding for bom, encoding in _BOMS if head.startswith(bom)), None)
    if stated is None:
        return marked or "utf-8"
    encoding = _look_up(stated)
    if encoding in _MARKED:
        if marked is None or not marked.startswith(_MARKED[encoding]):
            raise EncodingError(
                f"{name} does not begin with the byte order mark of {encoding}.",
                f"State {encoding}-le or {encoding}-be.",
            )
        return marked
    unicode = encoding.startswith("utf-") or encoding == "gb18030"
    if not unicode and (marked is not None or _is_surely_utf8(head)):
        raise EncodingError(
            f"{name} was said to be in {encoding}, but its bytes are {marked or 'utf-8'}.",
            "Leave the encoding away.",
        )
    return encoding


def _look_up(stated: str) -> str:
    try:
        info = codecs.lookup(stated)
    except (LookupError, ValueError):
        raise EncodingError(f"There is no encoding {stated[:40]!r}.", _EXAMPLES) from None
    if (
        not getattr(info, "_is_text_encoding", True)
        or info.name.replace("-", "_") in _REFUSED
        or info.name in _REFUSED
    ):
        raise EncodingError(f"{info.name} is no encoding that files of text are kept in.", _EXAMPLES)
    return "utf-8" if info.name == "utf-8-sig" else info.name


def _is_surely_utf8(head: bytes) -> bool:
    """Tell whether bytes are valid UTF-8 with so many characters outside ASCII that it cannot be chance."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        text = decoder.decode(head)
    except UnicodeDecodeError:
        return False
    return _count_letters(text) >= _SURELY_UTF8


def _count_letters(text: str) -> int:
    return sum(c > "\x7f" for c in text)


class BadByte(NamedTuple):
    """The first place where bytes are not text in an encoding.

    Parameters
    ----------
    offset, line
        Where it is, from 0 and from 1.
    sample
        Bytes around it.
    letters_before
        How many characters outside ASCII stand before it, at least as far as they tell anything.
    """

    offset: int
    line: int
    sample: bytes
    letters_before: int


def find_bad_byte(stream: BinaryIO, encoding: str) -> BadByte | None:
    """Walk a file's bytes and return the first that are not text in an encoding, None where all are.

    The line is counted from 1 by line feeds, and by carriage returns that no line feed follows.
    """
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    start, line, after_return, letters = 0, 1, False, 0
    for chunk, final in _chunks(stream):
        pending = decoder.getstate()[0]
        try:
            text = decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(encoding, "ignore")
            offset = start - len(pending) + error.start
            stream.seek(max(0, offset - _SAMPLE_BYTES // 2))
            breaks = _count_breaks(("\r" if after_return else "") + before) - after_return
            return BadByte(
                offset, line + breaks, stream.read(_SAMPLE_BYTES), letters + _count_letters(before)
            )
        if text:
            letters = letters if letters >= _SURELY_UTF8 else letters + _count_letters(text)
            line += _count_breaks(("\r" if after_return else "") + text) - after_return
            after_return = text.endswith("\r")
        start += len(chunk)
    return None


def _chunks(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    while chunk := stream.read(_CHUNK_BYTES):
        yield chunk, False
    yield b"", True


def _count_breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def encoding_error(name: str, stream: BinaryIO, encoding: str) -> EncodingError:
    """Return the error for a file that is not text in an encoding: where, and what it may be in instead."""
    bad = find_bad_byte(stream, encoding)
    if bad is None:
        return EncodingError(
            f"{name} is not text in {encoding}.", "State its encoding with --encoding. " + _EXAMPLES
        )
    guess = guess_encoding(bad.sample)
    if encoding == "utf-8" and bad.letters_before:
        line = f"; that line may be {guess}" if bad.letters_before >= _SURELY_UTF8 else ""
        hint = f"What stands before it is UTF-8: the file mixes encodings or is damaged there{line}. Mend that line."
    elif encoding == "utf-8":
        hint = f"State its encoding with --encoding (a list's mapping may: [file] encoding); it may be {guess}."
    else:
        hint = "State another encoding with --encoding, or leave it away for UTF-8."
    return EncodingError(
        f"{name} is not text in {encoding} throughout: byte {bad.offset:,} (line {bad.line:,}) does not fit.",
        hint,
    )


def guess_encoding(sample: bytes) -> str:
    """Guess an 8-bit encoding from a sample, for a hint and nothing else.

    What is valid UTF-8 in it says nothing and is left out. Cyrillic fills its letters' bytes, Western European
    text has few of them; lower case lies in E0-FF in cp1251 and in C0-DF in koi8-r.
    """
    text = sample.decode("utf-8", "surrogateescape")
    high = [ord(c) & 0xFF for c in text if "\udcc0" <= c <= "\udcff"]
    letters = len(high) + sum(c.isascii() and c.isalpha() for c in text)
    if len(high) < 0.3 * letters:
        return "cp1252"
    return "cp1251" if sum(byte >= 0xE0 for byte in high) * 2 >= len(high) else "koi8-r"
