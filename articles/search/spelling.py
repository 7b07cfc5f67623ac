"""Questions whose misspelt words are put right by the nearest words of the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from articles.rules.text.words import form

from .backend import backend
from .near_words import MOST_SLIPS, NearWord, near_words
from .parts import TypedWord
from .query import Clause, SearchQuery, parse

_LOOKED_AT = 12  # near words
_MOST = 4  # words of a question that are put right
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

    Where each word is said, with another word for a rare one that no page says with the
    others. None where there is nothing near.
    """
    counts = _counts(query.wanted)
    said = list(zip(query.wanted, counts, strict=True))
    unknown = _unknown(clause for clause, pages in said if not pages)
    if not all(counts):
        known = [clause for clause, pages in said if pages]
        right = {word: _nearest(word, known) for word in unknown[:_MOST]}
        return _with(query, right)
    return _respelled_together(query, counts)


def _respelled_together(query: SearchQuery, pages: Sequence[int]) -> Respelled | None:
    """So what was meant is found where a slip made another word of it.

    It is the question as a whole then that was not known. Where a page says all words,
    nothing is misspelt: filters leave that page out.
    """
    whole = SearchQuery("", wanted=query.wanted)
    if len(pages) < 2 or any(backend().counts([whole], most=1)):
        return None
    rarest = sorted(range(len(pages)), key=pages.__getitem__)
    for place in rarest[:_MOST]:
        beside = [one for other, one in enumerate(query.wanted) if other != place]
        words = query.wanted[place].words
        if len(words) == 1:
            near = near_words(words[0].letters, slips=1)[:_LOOKED_AT]
            if found := _together(near, beside):
                meant = _with(query, {words[0]: found})
                return meant and replace(meant, unknown=(query.text,))
    return None


def better_known(query: SearchQuery, *, pages: int) -> Respelled | None:
    """The question for one word with a word that very many more pages say.

    None where more than a few `pages` were found, or say the one that was typed and are
    left out by filters.
    """
    words = query.wanted[0].words if len(query.wanted) == 1 else ()
    if pages > _FEW or len(words) != 1:
        return None
    near = near_words(words[0].letters, slips=1)[:_LOOKED_AT]
    if not near:
        return None
    own, *others = _counts([query.wanted[0], *map(_clause, near)])
    # Of equals the first, which is the likeliest: counts end at so many.
    most, best = max(zip(others, near, strict=True), key=itemgetter(0))
    many = own <= _FEW and most >= _MANY * max(own, 1)
    return _with(query, {words[0]: best}) if many else None


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
    text = query.text
    unknown: list[str] = []
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
