"""Texts cut into what a search matched in them and what not: text, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from articles.rules.text.words import read_words

from .query import Clause, Phrase, SearchQuery

Span = tuple[int, int]
Marked = tuple[tuple[str, bool], ...]  # pieces of a text, and whether they matched

SNIPPET = 220  # characters
_BEFORE = 60  # characters of a snippet before the first match


def marked(text: str, query: SearchQuery) -> Marked:
    """A title or an excerpt in pieces, which joined are the text itself."""
    return _pieces(text, _spans(text, query.wanted))


def marked_name(name: str, query: SearchQuery) -> Marked:
    """The same of a publisher's name, for which operators may have asked."""
    return _pieces(name, _spans(name, (*query.wanted, *query.providers)))


def snippet(text: str, query: SearchQuery, *, most: int = SNIPPET) -> Marked:
    """A part of a text, with most of what matched in it, in pieces."""
    spans = _spans(text, query.wanted)
    if len(text) <= most:
        return _pieces(text, spans)
    begin, end = _window(text, _best_start(spans, most), most)
    inside = [(s, e) for s, e in spans if begin <= s and e <= end]
    pieces = _pieces(text[begin:end], [(s - begin, e - begin) for s, e in inside])
    head = (("… ", False),) if begin else ()
    tail = ((" …", False),) if end < len(text) else ()
    return (*head, *pieces, *tail)


def _spans(text: str, clauses: Iterable[Clause]) -> list[Span]:
    """Where a text says any of the clauses, in order, each place once."""
    reading = read_words(text)
    single, longer = _phrases(tuple(clauses))
    words = reading.words
    spans = [(w.start, w.end) for w in reading.compounds if w.form in single]
    spans += [(w.start, w.end) for w in words if w.form in single]
    forms = [word.form for word in words] if longer else ()
    for first, one in enumerate(forms):
        for phrase in longer.get(one, ()):
            last = first + len(phrase)
            if tuple(forms[first:last]) == phrase:
                spans.append((words[first].start, words[last - 1].end))
    return list(_merged(sorted(spans)))


@lru_cache(maxsize=64)  # one search asks this of every text that it shows
def _phrases(
    clauses: tuple[Clause, ...],
) -> tuple[frozenset[str], Mapping[str, Sequence[Phrase]]]:
    """The words that are marked by themselves, and longer phrases by their first."""
    longer: dict[str, list[Phrase]] = {}
    single: set[str] = set()
    for clause in clauses:
        for phrase in clause.phrases:
            if len(phrase) == 1:
                single.add(phrase[0])
            elif phrase:
                longer.setdefault(phrase[0], []).append(phrase)
    return frozenset(single), longer


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    held: Span | None = None
    for start, end in spans:
        if held and start <= held[1]:
            held = (held[0], max(held[1], end))
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def _pieces(text: str, spans: Iterable[Span]) -> Marked:
    pieces: list[tuple[str, bool]] = []
    place = 0
    for start, end in spans:
        pieces += [(text[place:start], False), (text[start:end], True)]
        place = end
    pieces.append((text[place:], False))
    return tuple(piece for piece in pieces if piece[0])


def _best_start(spans: list[Span], most: int) -> int:
    """Where to begin so that most places are in sight; 0 where there are none."""
    best, place = 0, 0
    for start, _ in spans:
        begin = max(start - _BEFORE, 0)
        inside = sum(begin <= s and e <= begin + most for s, e in spans)
        if inside > best:
            best, place = inside, begin
    return place


def _window(text: str, begin: int, most: int) -> Span:
    """About `most` characters of a text from `begin` on, cut between words."""
    begin = max(min(begin, len(text) - most), 0)
    if begin:
        blank = text.find(" ", begin, begin + _BEFORE)
        begin = blank + 1 if blank >= 0 else begin
    end = min(begin + most, len(text))
    if end < len(text):
        blank = text.rfind(" ", end - _BEFORE, end)
        end = blank if blank >= 0 else end
    return begin, end
