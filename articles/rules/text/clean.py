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


def clean_text(text: str) -> str:
    """Decode HTML entities once, take control characters out, fold blanks.

    The result is one line, safe in XML once escaped, and "" if nothing in it could be
    seen. Entities are decoded exactly once, so cleaning twice may decode more
    (`&amp;lt;`): clean what the drop says, never what was cleaned. Markup is text.
    """
    folded = " ".join(_OUT.sub("", _decoded(text)).split())
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
