"""The words of a text as they are compared, and where in the text they stand.

One reading serves search (what is indexed, asked for and marked), stories and their
explanations, on every database. Words are folded, English ones lose their endings.
Scripts that are written without spaces give a word for each character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .fold import Folded, fold_text
from .stem import stem

# Another number where this module reads other words than before: then all that is
# indexed has to be read again.
VERSION = 2
LONGEST = 60  # characters of a word that count
MOST_PARTS = 5  # of a compound that is joined as a whole

# Han, kana, Bopomofo, Hangul; Thai and Lao, Myanmar, Khmer.
_KANA = "\u3040-\u30ff\u31f0-\u31ff"
_LETTERS_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\uaa60-\uaa7f"
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007"
    "\u3021-\u3029\u3031-\u3035\u3040-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_ATTACHED = "".join(  # vowels and tones that stand with the letter before them
    chr(code)
    for code in (*range(0xE00, 0xF00), *range(0x1000, 0x10A0), *range(0x1780, 0x1800))
    if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
_LETTER = r"[^\x00-\x2f\x3a-\x60\x7b-\x7f]"
_WORD_LETTER = rf"[^\x00-\x2f\x3a-\x60\x7b-\x7f{_UNSPACED}]"
_TOKEN = re.compile(
    rf"(?<!{_LETTER})(?P<initials>[a-z](?:\.[a-z])+)(?!{_LETTER})\.?"
    rf"|(?P<word>{_WORD_LETTER}+)(?:'s(?!{_LETTER}))?"
    rf"|(?P<character>[{_UNSPACED}][{_ATTACHED}]*)"
    rf"|(?<={_LETTER})(?P<plus>\+)|(?<=\+)(?P<plus_again>\+)"
    rf"|(?<![^ ]{_LETTER})(?<={_LETTER})(?P<sharp>\#)"
    rf"|(?<!{_LETTER})(?P<dot>\.)(?=net(?!{_LETTER}))"
    r"|(?<=[0-9])(?P<percent>%)"
    r"|(?P<and>&)"
)
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_IS_LETTER_UNSPACED = re.compile(f"[{_LETTERS_UNSPACED}]")
_IS_KANA = re.compile(f"[{_KANA}]")
_SPOKEN = {"plus_again": "plus"}
_SAID = frozenset({"plus", "plus_again", "sharp", "dot"})  # parts of a name
_NOT_JOINED = frozenset({"and", "percent", "character"})
_JOINERS = frozenset("-'./&_")
_THOUSANDS = re.compile(r"[0-9]{3}(?![0-9])")
_SHORT_PLURAL = re.compile("[A-Z]{2}s")


class Word(NamedTuple):  # there are very many, and tuples are made fastest
    """A word as it is compared, its letters in full, and where it stands."""

    form: str
    letters: str
    start: int
    end: int
    is_character: bool = False  # of a script without spaces


@dataclass(frozen=True, slots=True)
class TextWords:
    """What a text says: its words in order, and its compounds as one word each.

    "AI-powered" has the words "ai" and "power" and the compound "aipower". "VMs" has
    "vm" among its compounds: so short a word keeps its ending otherwise.
    """

    words: tuple[Word, ...]
    compounds: tuple[Word, ...]


class Forms(NamedTuple):
    """The same as forms alone, which take a tenth of the memory."""

    words: tuple[str, ...]
    compounds: tuple[str, ...]
    is_spaced: bool  # no word is a character


class _Piece(NamedTuple):
    """A stretch of folded text that is a word, as the regular expression names it."""

    kind: str
    letters: str
    begin: int
    end: int


def is_unspaced(letter: str) -> bool:
    """Whether a letter is of a script that is written without spaces."""
    return letter > "\u0dff" and _IS_UNSPACED.match(letter) is not None


def is_alphabetic(letter: str) -> bool:
    """Whether such a letter is one of few, as in Thai, and not a syllable or a sign."""
    return _IS_LETTER_UNSPACED.match(letter) is not None


def is_kana(letter: str) -> bool:
    """Whether a letter is of a syllabary of some eighty signs, the Japanese ones."""
    return _IS_KANA.match(letter) is not None


@lru_cache(maxsize=512)  # stories and search read the same text one after the other
def read_words(text: str) -> TextWords:
    """Read a text."""
    folded = fold_text(text)
    starts, ends = folded.starts, folded.ends
    pieces = _pieces(folded.text)
    words = [
        Word(form(letters), letters, starts[begin], ends[end - 1], kind == "character")
        for kind, letters, begin, end in pieces
    ]
    compounds = [_join(run, folded) for run in _compounds(pieces, folded.text)]
    return TextWords(tuple(words), (*compounds, *_short_plurals(words, text)))


@lru_cache(maxsize=8192)  # stories and search compare the same texts, some time apart
def read_forms(text: str) -> Forms:
    """Read a text where nobody asks for the places of its words."""
    found = read_words(text)
    return Forms(
        tuple([word.form for word in found.words]),
        tuple([word.form for word in found.compounds]),
        is_spaced=not any(word.is_character for word in found.words),
    )


@lru_cache(maxsize=65536)
def form(letters: str) -> str:
    """A folded word as it is compared: less the endings by which its kin differs."""
    return stem(letters) if letters.isascii() and letters.isalpha() else letters


def _pieces(text: str) -> list[_Piece]:
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        begin, end = match.span(match.lastindex or 0)
        letters = text[begin:end]
        if kind == "initials":
            letters, end = letters.replace(".", ""), match.end()
        elif kind != "word" and kind != "character":
            letters = _SPOKEN.get(kind, kind)
        found.append(_Piece(kind, letters[:LONGEST], begin, end))
    return found


def _compounds(pieces: Iterable[_Piece], text: str) -> Iterator[Sequence[_Piece]]:
    """Runs of pieces that are joined without a blank: each two, and all of a few."""
    run: list[_Piece] = []
    for piece in pieces:
        if piece.kind in _NOT_JOINED:
            continue
        if run and _joined(run[-1], piece, text):
            run.append(piece)
            continue
        if len(run) > 1:
            yield from _joins(run)
        run = [piece]
    yield from _joins(run)


def _joins(run: Sequence[_Piece]) -> Iterator[Sequence[_Piece]]:
    for place in range(len(run) - 1):
        yield run[place : place + 2]
    if 2 < len(run) <= MOST_PARTS:
        yield run


def _joined(one: _Piece, other: _Piece, text: str) -> bool:
    between = text[one.end : other.begin]
    if between == " ":  # as nearly always
        return False
    if one.letters[-1].isdigit() and other.letters[0].isdigit():
        return between == "," and _THOUSANDS.match(text, other.begin) is not None
    return between in _JOINERS or (
        not between and (one.kind in _SAID or other.kind in _SAID)
    )


def _short_plurals(words: Iterable[Word], text: str) -> Iterator[Word]:
    for _, letters, start, end, _ in words:
        if len(letters) == 3 and _SHORT_PLURAL.fullmatch(text, start, end):
            yield Word(letters[:2], letters[:2], start, end)


def _join(run: Sequence[_Piece], folded: Folded) -> Word:
    letters = "".join(piece.letters for piece in run)[:LONGEST]
    start, end = folded.starts[run[0].begin], folded.ends[run[-1].end - 1]
    return Word(form(letters), letters, start, end)
