"""Keeps what search holds in step with what readers see.

The index holds the visible pages and nothing else. Whoever changes what pages say or
whether they are visible calls `index` in the same transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Case, F, TextField, Value, When

from articles.models import Page, SearchEntry
from articles.models.bulk import among, chunks, insert_rows
from articles.models.writing import writing
from articles.rules.text.words import VERSION, form, read_forms
from articles.rules.time_ordered_id import time_ordered_id

from . import vocabulary
from .backend import backend
from .hit import BETWEEN, EntryText
from .query import Clause, SearchQuery

AT_ONCE = 200  # pages
# Raised where more or other things are indexed of a page than before.
_SCOPE = 2
_ASKED = 1000  # pages, the newest, that are read for one that says a word still


@dataclass(frozen=True, slots=True)
class _Said:
    """What a visible page says, as far as search holds it."""

    page: int
    canonical_url: str
    title: str
    excerpt: str
    provider: str
    domain: str
    published_at: datetime
    headline: str = ""  # an editor's, of the story that the page leads

    @property
    def texts(self) -> tuple[str, ...]:
        return self.headline, self.title, self.excerpt, self.provider

    @property
    def digest(self) -> bytes:
        said = (
            VERSION,
            _SCOPE,
            self.published_at.timestamp(),
            self.title,
            self.excerpt,
            self.provider,
            self.domain,
            self.headline,
        )
        return hashlib.blake2b(repr(said).encode(), digest_size=8).digest()


def index(pages: Iterable[int]) -> bool:
    """Let search hold these pages (by pk) as readers see them now, or not at all.

    Pages that are held as they are cost no write. Returns whether any is held
    otherwise than before.
    """
    news: dict[str, int] = {}
    held = [_index(some, news) for some in chunks(sorted(set(pages)))]
    left = vocabulary.without_entry()
    said = {w.letters: news.get(w.letters) or _entry_saying(w.letters) for w in left}
    vocabulary.settle_words(left, said)
    return any(held)


def reindex() -> int:
    """Read every visible page again; return how many there are.

    Some pages at a time are a transaction: whoever wants to write waits for one.
    """
    last = held = 0
    while pages := list(
        Page.objects.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    ):
        with writing():
            SearchEntry.objects.filter(page__in=among(pages)).delete()
            index(pages)
            held += SearchEntry.objects.filter(page__in=among(pages)).count()
        last = pages[-1]
    purge()
    return held


def purge() -> None:
    """Leave nothing in the database's files of words that are no longer held."""
    backend().purge()


def _index(pages: list[int], news: dict[str, int]) -> bool:
    """Hold these pages; what new entries say is added to `news`, by its words."""
    held = {
        page: (pk, bytes(digest))
        for page, pk, digest in SearchEntry.objects.filter(
            page__in=among(pages)
        ).values_list("page", "pk", "digest")
    }
    said = _said(pages)
    digests = {one.page: one.digest for one in said}
    old = [pk for page, (pk, digest) in held.items() if digests.get(page) != digest]
    if old:
        SearchEntry.objects.filter(pk__in=among(old)).delete()
    new = [
        (one, digests[one.page])
        for one in said
        if held.get(one.page, (0, b""))[1] != digests[one.page]
    ]
    news |= _write(new)
    return bool(old or new)


def _said(pages: list[int]) -> list[_Said]:
    """What those of the pages say that readers may see."""
    seen = Page.objects.visible().filter(pk__in=among(pages)).order_by("pk")
    titled = When(story__lead=F("pk"), then=F("story__title"))
    rows = seen.exclude(provider=None).values_list(
        "pk",
        "canonical_url",
        "title",
        "excerpt",
        "provider__name",
        "provider__domain",
        "published_at",
        Case(titled, default=Value(""), output_field=TextField()),
    )
    return [
        _Said(page, url, title, excerpt, provider, domain, at, headline)
        for page, url, title, excerpt, provider, domain, at, headline in rows
        if at
    ]


def _write(news: list[tuple[_Said, bytes]]) -> dict[str, int]:
    """Write new entries; return one of them for each word that any says."""
    if not news:
        return {}
    ids = _free(
        [time_ordered_id(one.published_at, one.canonical_url) for one, _ in news]
    )
    insert_rows(
        SearchEntry,
        ("id", "page", "digest"),
        [(pk, one.page, digest) for pk, (one, digest) in zip(ids, news, strict=True)],
    )
    backend().write([_text(pk, one) for pk, (one, _) in zip(ids, news, strict=True)])
    said = {
        letters: pk
        for pk, (one, _) in zip(ids, news, strict=True)
        for letters in vocabulary.words_of(one.texts)
    }
    vocabulary.keep(said)
    return said


def _entry_saying(letters: str) -> int | None:
    """The newest entry that says a word just so, if any does."""
    asked = SearchQuery(letters, wanted=(Clause(letters, ((form(letters),),)),))
    hits = backend().hits(asked, Page.objects.visible(), most=_ASKED).found
    for some in chunks(hits, 20):
        entries = {hit.page: hit.id for hit in some}
        for one in _said(list(entries)):
            if letters in vocabulary.words_of(one.texts):
                return entries[one.page]
    return None


def _free(wanted: list[int]) -> list[int]:
    """These ids, each the next one up while another entry has it."""
    taken = set(
        SearchEntry.objects.filter(pk__in=among(wanted)).values_list("pk", flat=True)
    )
    found = []
    for pk in wanted:
        while pk in taken:
            pk += 1
            if SearchEntry.objects.filter(pk=pk).exists():
                taken.add(pk)
        taken.add(pk)
        found.append(pk)
    return found


def _text(pk: int, said: _Said) -> EntryText:
    title, excerpt = read_forms(said.title), read_forms(said.excerpt)
    called, in_one_word = _name(said.provider, said.domain)
    headline = read_forms(said.headline)
    above = (*headline.words, BETWEEN) if headline.words else ()
    compounds = (*headline.compounds, *title.compounds, *excerpt.compounds)
    return EntryText(
        id=pk,
        title=" ".join((*above, *title.words)),
        excerpt=" ".join(excerpt.words),
        provider=called,
        compounds=" ".join((*compounds, *in_one_word)),
    )


@lru_cache(maxsize=1024)
def _name(name: str, domain: str) -> tuple[str, tuple[str, ...]]:
    """What a publisher is called, and the compounds in that."""
    reading = read_forms(name)
    return " ".join((*reading.words, *read_forms(domain).words)), reading.compounds
