"""The language of a text, where its script alone tells it."""

from __future__ import annotations

from collections import Counter

# Scripts that one language is written in. Latin, Cyrillic, Arabic and Devanagari tell
# nothing, and neither does Han without kana or Hangul.
_SCRIPTS = (
    ("\u0370", "\u03ff", "el"),
    ("\u0531", "\u058f", "hy"),
    ("\u05d0", "\u05ea", "he"),
    ("\u0a80", "\u0aff", "gu"),
    ("\u0b80", "\u0bff", "ta"),
    ("\u0c00", "\u0c7f", "te"),
    ("\u0c80", "\u0cff", "kn"),
    ("\u0d00", "\u0d7f", "ml"),
    ("\u0d80", "\u0dff", "si"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u0e80", "\u0eff", "lo"),
    ("\u10a0", "\u10ff", "ka"),
    ("\u1100", "\u11ff", "ko"),
    ("\u1780", "\u17ff", "km"),
    ("\u1f00", "\u1fff", "el"),
    ("\u3040", "\u30ff", "ja"),
    ("\u3130", "\u318f", "ko"),
    ("\uac00", "\ud7a3", "ko"),
    ("\uff66", "\uff9d", "ja"),
)
_HAN = ("\u3400", "\u9fff")
_WITH_HAN = frozenset(["ja", "ko"])
# The one kana that Chinese headlines borrow, and the mark of length and the dot that
# stand between words of several scripts.
_BORROWED = frozenset("の・ー")


def language_of(text: str) -> str:
    """The code of the language that most letters are in, "" where none is sure.

    Japanese and Korean may be mixed with Han: one syllable of their own tells them.
    """
    if text.isascii():
        return ""
    letters = [letter for letter in text if letter.isalpha()]
    held = Counter(filter(None, map(_language, letters)))
    if not held:
        return ""
    [(code, own)] = held.most_common(1)
    if code in _WITH_HAN:
        own += sum(_HAN[0] <= letter <= _HAN[1] for letter in letters)
        own += sum(letter in _BORROWED for letter in letters)
    return code if own * 2 > len(letters) else ""


def _language(letter: str) -> str:
    if letter.isascii() or letter in _BORROWED:
        return ""
    return next((code for first, last, code in _SCRIPTS if first <= letter <= last), "")
