"""Text of a drop, made fit for pages, feeds and logs."""

from __future__ import annotations

import html
import re
import unicodedata

# Controls, lone surrogates, characters no XML may hold, and marks that override the
# direction of text. Direction marks proper (U+200E, U+200F) belong to some scripts.
_OUT = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)
# Python refuses to read a number of more than 4,300 digits; no character needs 20.
_HUGE_REFERENCE = re.compile(r"&#[0-9]{20,};?")
# A byte order mark, read in an encoding that the text is not in: as in "ï»¿Title".
_MARK = b"\xef\xbb\xbf"
_TAKEN_FOR = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1255", "cp1256", "cp1257", "cp437"),
    *("cp850", "cp855", "cp866", "cp874", "mac_roman", "koi8_r", "iso8859_2"),
)
_TWICE = ("cp1252", "latin_1", "cp1250", "cp1251", "cp437", "cp850", "mac_roman")
_THRICE = ("cp1252", "latin_1")


def _misread(encoding: str, times: int) -> str:
    """What becomes of the mark that is read so, and saved, several times."""
    text, raw = "", _MARK
    for _ in range(times):
        text = raw.decode(encoding, "ignore")
        raw = text.encode()
    return _OUT.sub("", text)


_MANGLED = {
    _misread(encoding, times)
    for times, encodings in ((1, _TAKEN_FOR), (2, _TWICE), (3, _THRICE))
    for encoding in encodings
}
# At the beginning also what is left of one that was cut, and those of UTF-16.
_AT_START = re.compile(
    r"\A(?:\s*(?:{}|ï»\??|ÿþ|þÿ|\ufffd{{3}}))+".format(
        "|".join(map(re.escape, sorted(_MANGLED, key=len, reverse=True)))
    )
)
_ANYWHERE = re.compile("Ã¯Â»Â¿|ï»¿")


def clean_text(text: str) -> str:
    """Decode HTML entities once, take out control characters and byte order marks,
    mangled ones as well, fold blanks.

    The result is one line, safe in XML once escaped, and "" if nothing in it could be
    seen. Entities are decoded exactly once, so cleaning twice may decode more
    (`&amp;lt;`): clean what the drop says, never what was cleaned. Markup is text.
    """
    kept = _OUT.sub("", _decoded(text))
    if not kept.isascii():
        kept = _ANYWHERE.sub("", _AT_START.sub("", kept))
    folded = " ".join(kept.split())
    if folded.isascii():
        return folded
    return folded if any(map(_is_visible, folded)) else ""


def has_control_characters(text: str) -> bool:
    """Whether text holds characters that cleaning takes out and nobody types."""
    return _UNWANTED.search(text) is not None


def printable(text: str, *, keep: str = "") -> str:
    """Text that may be a file's name, with what cannot be seen spelled: `\\x1b`."""
    return "".join(
        character if character.isprintable() or character in keep else _code(character)
        for character in text
    )


def _code(character: str) -> str:
    number = ord(character)
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"


def _decoded(text: str) -> str:
    if "&" not in text:
        return text
    return html.unescape(_HUGE_REFERENCE.sub("\ufffd", text))


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZM"
