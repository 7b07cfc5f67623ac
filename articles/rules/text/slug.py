"""Words for addresses."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from .clean import clean_text
from .letters import PLAIN_LETTERS

MAX_SLUG = 60  # characters

_PLAIN_WORDS = re.compile("[a-z0-9]+")
_FOLDS = str.maketrans(PLAIN_LETTERS | {"'": "", "\u2019": ""})
# A plain name must never look like the name of another with its hash.
_LIKE_A_HASH = re.compile(r"(?:\A|-)[0-9a-f]{10}\Z")


def slug(text: str, *, fallback: str) -> str:
    """Return lower-case words joined by hyphens, at most 60 characters, never empty.

    Accents of Latin letters are dropped; letters of other scripts stay, so routes must
    take any character but a slash. Text without a letter or digit gives the fallback.
    """
    return _cut("-".join(_words(text))) or fallback


def topic_key(name: str) -> str:
    """Return what makes a topic the same topic: its name, case and blanks folded."""
    return unicodedata.normalize("NFC", clean_text(name)).casefold()


def topic_slug(name: str) -> str:
    """Return a slug that tells this topic from every other, without seeing the others.

    Names of different `topic_key` get different slugs, at most 71 characters: where
    the plain slug loses something (`C#`, `C++`, an accent, a hyphen), a hash follows.
    """
    key = topic_key(name)
    plain = _cut("-".join(_words(key)))
    says_all = plain == key.replace(" ", "-") and "-" not in key
    if plain and says_all and not _LIKE_A_HASH.search(plain):
        return plain
    digest = hashlib.blake2b(key.encode("utf-8"), digest_size=5, person=b"topic")
    return f"{plain or 'topic'}-{digest.hexdigest()}"


def _words(text: str) -> list[str]:
    plain = text.lower().translate(_FOLDS)
    if plain.isascii():
        # Nearly all, and the same in a twentieth of the time.
        return _PLAIN_WORDS.findall(plain)
    folded = "".join(map(_folded, plain))
    kept = unicodedata.normalize("NFC", folded)
    return "".join(c if _is_word_character(c) else " " for c in kept).split()


def _folded(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)
    return base[0] if base[0].isascii() and len(base) > 1 else character


def _is_word_character(character: str) -> bool:
    # Vowel signs are marks, and words of many scripts fall apart without them.
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")


def _cut(slug: str) -> str:
    if len(slug) <= MAX_SLUG:
        return slug
    head, hyphen, _ = slug[: MAX_SLUG + 1].rpartition("-")
    return head if hyphen else slug[:MAX_SLUG]
