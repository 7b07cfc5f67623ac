"""What a reader asks for, as words to compare.

    word            pages that say all of the words
    "some words"    these words side by side
    -word, -"..."   pages that do not say it
    provider:name   pages of a publisher, by its name or domain
    topic:name      pages of stories on a topic

Nothing is ever wrong: what is no operator is a word, and a quotation mark without its
second is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from articles.rules.text.words import TextWords, Word, form

from .parts import Part, TypedWord, parts_of

MOST_CHARACTERS = 200
MOST_WORDS = 24

_UNFIT = re.compile("[\0\ud800-\udfff]")  # no database takes them
_SHORTEST_TO_SPLIT = 5
_BOUNDARY = re.compile(r"(?<=[^\W\d])(?=[0-9])|(?<=[0-9])(?=[^\W\d])")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a page says or does not say: any of some phrases.

    "real-time" is said by "real time", side by side, and by "realtime".
    """

    said: str  # as typed
    phrases: tuple[Phrase, ...]
    # Its words where they are plain ones: neither quoted, nor excluded, nor a name's.
    words: tuple[TypedWord, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A reader's question, cut to what counts of it."""

    text: str
    was_cut: bool = False
    wanted: tuple[Clause, ...] = ()
    unwanted: tuple[Clause, ...] = ()
    providers: tuple[Clause, ...] = ()  # any of them
    unwanted_providers: tuple[Clause, ...] = ()
    topics: tuple[Clause, ...] = ()  # any of them
    unwanted_topics: tuple[Clause, ...] = ()
    typed: Phrase = ()  # all words asked for, small ones too, in their order
    # What filters ask besides, where the index of words can begin with it. The pages
    # searched meet the filters anyway: this is how to come to them.
    since: datetime | None = None
    until: datetime | None = None  # not included
    publishers: tuple[Clause, ...] = ()  # any of these domains

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return not (self.has_words or self.topics or self.unwanted_topics)

    @property
    def has_words(self) -> bool:
        """Whether there is anything to look up among the words of pages."""
        return bool(
            self.wanted or self.unwanted or self.providers or self.unwanted_providers
        )

    def __bool__(self) -> bool:
        return not self.is_empty


def parse(text: str) -> SearchQuery:
    """Read a question. It never fails; what is too long is cut."""
    used, was_cut = _cut(_UNFIT.sub(" ", text).strip())
    parts = list(_each_once(parts_of(used)))
    counted = list(_first_words(parts))
    clauses = [
        (part, _clause(part, _neighbours(counted, place)))
        for place, part in enumerate(counted)
    ]
    large = any(not part.is_small and not part.without for part in counted)

    def of(operator: str, *, without: bool) -> tuple[Clause, ...]:
        return tuple(
            clause
            for part, clause in clauses
            if (part.operator, part.without) == (operator, without)
            and not (large and part.is_small)
        )

    return SearchQuery(
        text=used,
        was_cut=was_cut or _size(counted) < _size(parts),
        wanted=of("", without=False),
        unwanted=of("", without=True),
        providers=of("provider", without=False),
        unwanted_providers=of("provider", without=True),
        topics=of("topic", without=False),
        unwanted_topics=of("topic", without=True),
        typed=tuple(
            word.form
            for part in counted
            if not part.operator and not part.without
            for word in part.reading.words
        ),
    )


def _cut(text: str) -> tuple[str, bool]:
    if len(text) <= MOST_CHARACTERS:
        return text, False
    whole, blank, _ = text[: MOST_CHARACTERS + 1].rpartition(" ")
    return (whole if blank else text[:MOST_CHARACTERS]).rstrip(), True


def _each_once(parts: Iterable[Part]) -> Iterator[Part]:
    seen = set()
    for part in parts:
        forms = tuple(word.form for word in part.reading.words)
        asked = (part.operator, part.without, part.quoted, forms)
        if asked not in seen:
            seen.add(asked)
            yield part


def _first_words(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts that hold the first MOST_WORDS words."""
    room = MOST_WORDS
    for part in parts:
        words = part.reading.words[:room]
        room -= len(words)
        if words == part.reading.words:
            yield part
        elif words:
            yield replace(part, reading=TextWords(words, ()))


def _size(parts: Iterable[Part]) -> int:
    return sum(len(part.reading.words) for part in parts)


def _neighbours(parts: Sequence[Part], place: int) -> tuple[str, str]:
    """The single words before and after a part; "" where there is none."""
    before = parts[place - 1].letters if place else ""
    after = parts[place + 1].letters if place + 1 < len(parts) else ""
    return before, after


def _clause(part: Part, beside: tuple[str, str]) -> Clause:
    words, compounds = part.reading.words, part.reading.compounds
    phrases: list[Phrase] = [tuple(word.form for word in words)]
    if not part.quoted:
        span = words[0].start, words[-1].end
        phrases += [(c.form,) for c in compounds if (c.start, c.end) == span]
    if len(words) == 1 and not part.quoted and not part.without:
        phrases += _halves(words[0])
    if part.letters:
        before, after = beside
        phrases += [(form(before + part.letters),)] if before else []
        phrases += [(form(part.letters + after),)] if after else []
    return Clause(part.said, tuple(dict.fromkeys(phrases)), part.typed)


def _halves(word: Word) -> Iterator[Phrase]:
    """A word as two, wherever it may have been written as one."""
    letters = word.letters
    if word.is_character:
        return
    places = {found.start() for found in _BOUNDARY.finditer(letters)}
    if len(letters) >= _SHORTEST_TO_SPLIT:
        places.update(range(2, len(letters) - 1))
    for place in sorted(places):
        yield form(letters[:place]), form(letters[place:])
