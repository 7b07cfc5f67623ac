"""Questions whose misspelt words are put right by the nearest words of the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from articles.rules.text.words import form

from .backend import backend
from .near_words import MOST_SLIPS, NearWord, near_words
from .parts import TypedWord
from .query import Clause, SearchQuery, parse

_LOOKED_AT = 12  # near words
_COUNTED = 200  # pages
_FEW = 3  # pages that say a word, so few that another may be meant
_MANY = 10  # times as many say the other


@dataclass(frozen=True, slots=True)
class Respelled:
    """A question as it was meant, perhaps, and the words of it that were not known."""

    query: SearchQuery
    unknown: tuple[str, ...]  # as they were typed


def respelled(query: SearchQuery) -> Respelled | None:
    """The question with the nearest words for those that no page says.

    None where every word is said, or where there is nothing near.
    """
    said = dict(zip(query.wanted, _counts(query.wanted), strict=True))
    known = [clause for clause, pages in said.items() if pages]
    unknown = _unknown([clause for clause, pages in said.items() if not pages])
    return _with(query, {word: _nearest(word, known) for word in unknown})


def respelled_together(query: SearchQuery) -> Respelled | None:
    """The question with another word for a rare one that stands with none of the rest.

    So what was meant is found where a slip made another word of it.
    """
    pages = _counts(query.wanted)
    for _, place in sorted((count, place) for place, count in enumerate(pages)):
        beside = [one for other, one in enumerate(query.wanted) if other != place]
        words = query.wanted[place].words
        if beside and len(words) == 1:
            near = near_words(words[0].letters, slips=1)[:_LOOKED_AT]
            if found := _together(near, beside):
                return _with(query, {words[0]: found})
    return None


def better_known(query: SearchQuery) -> Respelled | None:
    """The question with a word that very many more pages say, if few say this one."""
    if len(query.wanted) != 1 or len(query.wanted[0].words) != 1:
        return None
    (clause,) = query.wanted
    (pages,) = _counts([clause])
    near = near_words(clause.words[0].letters, slips=1)[:_LOOKED_AT]
    if not near or pages > _FEW:
        return None
    most, best = max(zip(_counts(map(_clause, near)), near, strict=True))
    return _with(query, {clause.words[0]: best}) if most >= _MANY * pages else None


def _unknown(clauses: Iterable[Clause]) -> list[TypedWord]:
    """The words of clauses that no page says; of several in one, those unknown."""
    found: list[TypedWord] = []
    for clause in clauses:
        words = clause.words
        if len(words) > 1:
            counts = _counts([_clause(word) for word in words])
            words = tuple(
                w for w, pages in zip(words, counts, strict=True) if not pages
            )
        found += words
    return found


def _nearest(word: TypedWord, beside: Sequence[Clause]) -> NearWord | None:
    """The word that was meant: best one that pages say together with the others."""
    first: NearWord | None = None
    for slips in range(1, MOST_SLIPS + 1):
        near = near_words(word.letters, slips=slips)[:_LOOKED_AT]
        if beside and (found := _together(near, beside)):
            return found
        first = first or _likeliest(near)
        if first and not beside:
            break
    return first


def _together(near: Sequence[NearWord], beside: Sequence[Clause]) -> NearWord | None:
    """The likeliest of the words that some page says together with all others."""
    asked = [SearchQuery("", wanted=(*beside, _clause(one))) for one in near]
    counts = backend().counts(asked, most=1)
    return _likeliest([one for one, pages in zip(near, counts, strict=True) if pages])


def _likeliest(near: Sequence[NearWord]) -> NearWord | None:
    if len(near) < 2:
        return near[0] if near else None
    pages = dict(zip(near, _counts(map(_clause, near)), strict=True))
    return min(near, key=lambda one: (*one[:-1], -pages[one]))


def _with(
    query: SearchQuery, right: Mapping[TypedWord, NearWord | None]
) -> Respelled | None:
    """The question with these words in their places."""
    text, unknown = query.text, []
    for word, near in sorted(right.items(), key=lambda one: -one[0].start):
        if near:
            unknown.insert(0, query.text[word.start : word.end])
            text = f"{text[: word.start]}{near.letters}{text[word.end :]}"
    if not unknown:
        return None
    asked = replace(
        parse(text),
        since=query.since,
        until=query.until,
        publishers=query.publishers,
    )
    return Respelled(asked, tuple(unknown))


def _counts(clauses: Iterable[Clause]) -> list[int]:
    """How many pages say each of these, up to some."""
    asked = [SearchQuery("", wanted=(clause,)) for clause in clauses]
    return backend().counts(asked, most=_COUNTED)


def _clause(word: TypedWord | NearWord) -> Clause:
    return Clause(word.letters, ((form(word.letters),),))
